// The market tests of the demonstration and the responses to one of them:
// instants, references, the shapes of answers (answers.h), and the figures of
// the published overview, which a summary of the responses must show.
import { existsSync, readFileSync } from "node:fs";
import { expect, read, shipped } from "./schema.mjs";

const folder = "conf/demo";
const sets = shipped("conf/questions", "question-set.schema.json");
const { market_tests } = read(`${folder}/market-tests.json`);
const overview = read("tests/data/peterborough_overview.json");

// The first columns of a file of the demonstration, which hold no commas.
function rows(file, count)
{
	return readFileSync(`${folder}/${file}`, "utf8").trim().split("\n")
	    .slice(1).map((line) => line.split(",", count));
}

const councils = rows("councils.csv", 1).flat();
const providers = new Map(rows("providers.csv", 2));

// --- Market tests -----------------------------------------------------------

// How an instant reads on a clock in London: "2021-10-15 16:00".
function london(instant)
{
	return new Date(instant).toLocaleString("sv-SE", {
		timeZone: "Europe/London", dateStyle: "short",
		timeStyle: "short" });
}

for (const test of market_tests) {
	const of = test.key;
	const times = ["opens", "clarify_by", "closes"]
	    .filter((name) => test[name] !== null);

	expect(councils.includes(test.council), `${of}: no such council`);
	expect(sets[test.question_set] !== undefined, `${of}: no such set`);
	expect(test.responses === undefined ||
	    existsSync(`${folder}/${test.responses}`), `${of}: no responses`);
	for (const name of times) {
		const time = test.is_copy ? test[name].time
		                          : test[name].slice(11);

		expect(/^(0[6-9]|1[0-9]|2[0-3]):[0-5][0-9]$/.test(time),
		    `${of}: ${name} is at night`);
		if (!test.is_copy)
			expect(london(test[`${name}_at`]) === test[name],
			    `${of}: ${name} is ${london(test[`${name}_at`])}`);
	}
	for (let i = 1; i < times.length; i++) {
		const [before, after] = times.slice(i - 1, i + 1).map((name) =>
		    test.is_copy ? test[name].days : test[`${name}_at`]);

		expect(before < after, `${of}: ${times[i]} comes too early`);
	}
	if (test.is_copy)
		expect(test.opens.days < 0 && test.clarify_by.days > 0,
		    `${of} is not open`);
}
expect(new Set(market_tests.map((test) => test.key)).size ===
    market_tests.length, "a market test has another's key");

// --- Responses --------------------------------------------------------------

const { market_test, responses, themes, codings, quotations } =
    read(`${folder}/peterborough-responses.json`);
const answered = market_tests.find((test) => test.key === market_test);
const questions = new Map(sets[answered.question_set].sections
    .flatMap((section) => section.questions)
    .map((question) => [question.id, question]));

function options_of(question)
{
	return question.options ??
	    [{ id: "yes", text: "Yes" }, { id: "no", text: "No" }];
}

// What was picked, be it one or several, with lines to say more or without.
const picked = (value) => value.picked ?? [value];

function is_picked_well(question, value)
{
	const options = options_of(question);
	const of = (id) => options.find((option) => option.id === id);

	return picked(value).length > 0 && picked(value).every(of) &&
	    new Set(picked(value)).size === picked(value).length &&
	    Object.entries(value.more ?? {}).every(([id, text]) =>
	        picked(value).includes(id) && of(id).asks && text !== "");
}

const is_right = {
	short_text: (question, value) => typeof value === "string" &&
	    value !== "" && !value.includes("\n"),
	long_text: (question, value) => typeof value === "string" &&
	    value !== "",
	money_per_hour: (question, value) => Number.isInteger(value) &&
	    value > 0,
	many_of: (question, value) => Array.isArray(value.picked) &&
	    is_picked_well(question, value),
	one_of: (question, value) => picked(value).length === 1 &&
	    is_picked_well(question, value),
};
is_right.yes_no = is_right.one_of;

for (const { provider, received_at, answers, confidential } of responses) {
	expect(providers.get(provider) === answers.organisation,
	    `${provider} is not ${answers.organisation}`);
	expect(received_at >= answered.opens_at &&
	    received_at < answered.closes_at, `${provider} is out of time`);
	for (const [id, value] of Object.entries(answers)) {
		const question = questions.get(id);
		const when = question?.asked_when;

		expect(question && is_right[question.kind](question, value),
		    `${provider} answers ${id} with`, value);
		expect(!when || picked(answers[when.question] ?? {})
		    .some((option) => when.is.includes(option)),
		    `${provider} was not asked ${id}`);
	}
	for (const id of Object.keys(confidential ?? {}))
		expect(answers[id] !== undefined &&
		    questions.get(id).may_be_confidential,
		    `${provider} cannot mark ${id}`);
	for (const question of questions.values())
		expect(!question.required ||
		    answers[question.id] !== undefined,
		    `${provider} leaves ${question.id} out`);
}

// --- What the overview says -------------------------------------------------

const given = (id) => responses.map(({ answers }) => answers[id])
    .filter((value) => value !== undefined);
const count_of = (id, option) =>
    given(id).filter((value) => picked(value).includes(option)).length;

function same(found, wanted, what)
{
	expect(found === wanted, `${what}: ${found}, published ${wanted}`);
}

same(responses.length, overview.responses, "responses");
same(new Set(responses.map(({ provider }) => provider)).size,
    overview.responses, "providers");
for (const [id, counts] of Object.entries(overview.counts)) {
	same(Object.keys(counts).length,
	    options_of(questions.get(id)).length, `options of ${id}`);
	for (const [option, count] of Object.entries(counts))
		same(count_of(id, option), count, `${id} ${option}`);
}
for (const [id, base] of Object.entries(overview.bases))
	same(given(id).length, base, `base of ${id}`);
for (const [id, options] of Object.entries(overview.none)) {
	same(given(id).length, overview.responses, `base of ${id}`);
	for (const option of options)
		same(count_of(id, option), 0, `${id} ${option}`);
}
for (const [id, option] of Object.entries(overview.majority))
	expect(2 * count_of(id, option) > overview.responses,
	    `${id}: ${option} is no majority`);
for (const [id, { minimum, maximum, mean }] of
    Object.entries(overview.pence)) {
	const pence = given(id);
	const sum = pence.reduce((total, value) => total + value, 0);

	same(Math.min(...pence), minimum, `least ${id}`);
	same(Math.max(...pence), maximum, `most ${id}`);
	same(Math.floor((2 * sum + pence.length) / (2 * pence.length)), mean,
	    `mean ${id}, halves up`);
}

// --- Themes -----------------------------------------------------------------

const theme_key = (question, id) => `${question} ${id}`;
const known = new Set(themes.map(({ question, id }) =>
    theme_key(question, id)));
const coded = new Set();
const seen = new Set();

same(known.size, themes.length, "themes, each once");
for (const { coder, question, provider, themes: ids } of codings) {
	const row = `${coder} ${question} ${provider}`;

	expect(!seen.has(row), `${row} is coded twice`);
	seen.add(row);
	expect(questions.get(question)?.kind === "long_text" &&
	    responses.find((response) => response.provider === provider)
	    ?.answers[question] !== undefined, `${row} has no text`);
	for (const id of ids) {
		expect(known.has(theme_key(question, id)),
		    `${row} has the theme ${id}`);
		if (coder === 1)
			coded.add(theme_key(question, id));
	}
}
for (const key of known)
	expect(coded.has(key), `nobody says ${key}`);
for (const { question, theme, provider, text } of quotations)
	expect(responses.find((response) => response.provider === provider)
	    ?.answers[question]?.includes(text) &&
	    codings.some((row) => row.coder === 1 &&
	        row.question === question && row.provider === provider &&
	        row.themes.includes(theme)), `nobody says "${text}"`);
