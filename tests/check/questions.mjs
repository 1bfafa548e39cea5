// The published schema of sets of questions, and the sets that ship: what a
// schema cannot say of them, how many questions of the documents each has, and
// some of them word for word, misprints included.
import { expect, schema_hold } from "./schema.mjs";

const sets = schema_hold("conf/questions", "question-set.schema.json",
    "tests/data/question_faults.json");

const questions_of = (set) =>
    set.sections.flatMap((section) => section.questions);
const repeated = (ids) => ids.filter((id, i) => ids.indexOf(id) !== i);

function options_of(question)
{
	if (question.options !== undefined)
		return question.options.map((option) => option.id);
	return question.kind === "yes_no" ? ["yes", "no"] : [];
}

// What refers to something that is not there, or stands there twice.
for (const [name, set] of Object.entries(sets)) {
	const questions = questions_of(set);
	const clauses = (set.clauses ?? []).map((clause) => clause.id);
	const earlier = new Map();

	expect(set.code === name, `${name} has the code ${set.code}`);
	for (const ids of [clauses, questions.map((question) => question.id),
	    set.sections.map((section) => section.id),
	    (set.notices ?? []).map((notice) => notice.id)])
		expect(repeated(ids).length === 0, `${name} repeats an id`,
		    repeated(ids));
	for (const question of questions) {
		const options = options_of(question);
		const on = earlier.get(question.asked_when?.question);

		expect(repeated(options).length === 0,
		    `${name} ${question.id} repeats an option`);
		for (const clause of question.clauses ?? [])
			expect(clauses.includes(clause),
			    `${name} ${question.id} cites ${clause}`);
		expect(question.asked_when === undefined ||
		    question.asked_when.is.every((id) => on?.includes(id)),
		    `${name} ${question.id} depends on what is not there`);
		earlier.set(question.id, options);
	}
}

// How many questions of the documents each section has: those with a number,
// since what was added has none, or all where the document numbers none.
const counts = [
	["cambridgeshire-homecare-2021", "a", 8, null],
	["cambridgeshire-homecare-2021", "b", 13, /^[0-9]+$/],
	["cambridgeshire-homecare-2021", "pilot", 4, /^1[4-7]$/],
	["rutland-homecare-2017", "you", 9, null],
	["rutland-homecare-2017", "views", 9, /^([1-8]|10)$/],
	["rutland-homecare-2017", "views", 5, /^9[a-e]$/],
	["hertfordshire-event-2021", "model", 3, /^[1-3]$/],
	["hertfordshire-event-2021", "rates", 3, /^[1-3]$/],
	["hertfordshire-event-2021", "framework", 2, /^[12]$/],
	["hertfordshire-breakout-2021", "model", 3, /^[1-3]$/],
	["hertfordshire-breakout-2021", "rates", 3, /^[1-3]$/],
	["hertfordshire-breakout-2021", "framework", 2, /^[12]$/],
];

for (const [name, id, count, numbers] of counts) {
	const section = sets[name].sections.find((row) => row.id === id);
	const found = section.questions.filter((question) =>
	    numbers === null || numbers.test(question.number ?? ""));

	expect(found.length === count,
	    `${name} ${id} has ${found.length} of ${count} questions`);
}

const nine = questions_of(sets["rutland-homecare-2017"])
    .filter((question) => /^9[a-d]$/.test(question.number ?? ""));

expect(nine.length === 4 && nine.every(({ kind }) => kind === "yes_no"),
    "question 9 of Rutland is four times yes or no");

const texts = [
	["cambridgeshire-homecare-2021", "contact-name", "Name of person whom an queries relating to this questionnaire should be addressed"],
	["cambridgeshire-homecare-2021", "q1", "How do you propose we meet the needs and market gaps identified in section 5.2.1-5.2.6 and meet sections 6.4.1-6.4.3?"],
	["cambridgeshire-homecare-2021", "q4", "Would you be interested in bidding for the zoned model described in 6.1.2 Lot 2? What are your thoughts on this?"],
	["cambridgeshire-homecare-2021", "q9", "In section 6.3, it’s suggested we might wish providers to pay a minimum hourly rate to their carers. How much would you need to be paid per hour by us, to pay your carers a minimum of £10 per hour?"],
	["cambridgeshire-homecare-2021", "q14", "Do you think this project will be useful in supporting service users and improve their quality of life?"],
	["rutland-homecare-2017", "q4", "Which model would you prefer and do you think would be sustainable?"],
	["rutland-homecare-2017", "q7", "Is there a minimum term for the contract under which you would not consider tendering?"],
	["rutland-homecare-2017", "q9-specialist", "Would your organisation be interested in providing: Specialist/ Complex support"],
	["hertfordshire-event-2021", "rates-1", "What do you think about a flat banded rates?"],
	["hertfordshire-breakout-2021", "framework-2", "Is there anything we have discussed today that would prevent you from applying?"],
	["peterborough-home-community-support-2022", "skill-set", "Is a different skill set is required for Home Care and Community Support?"],
];

for (const [name, id, text] of texts) {
	const question = questions_of(sets[name]).find((row) => row.id === id);

	expect(question?.text === text, `${name} ${id} is not word for word`,
	    question?.text);
}

// Cambridgeshire's questions cite numbers that its document does not print.
const printed = { "5.2.1": "1.1.1", "5.2.6": "1.1.6", "6.1.1": "1.1.7",
	"6.1.2": "1.1.8", "6.4.1": "1.1.9", "6.4.3": "1.1.11" };

for (const [id, number] of Object.entries(printed))
	expect(sets["cambridgeshire-homecare-2021"].clauses
	    .find((clause) => clause.id === id)?.number === number,
	    `clause ${id} of Cambridgeshire is printed as ${number}`);
