/*
 * Gates in words: what facts are called, why a gate is passed or not, and the
 * gates that the documents name.
 */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "matching/days.h"
#include "matching/gates.h"

enum { MONTHS_MOST = 1200 };

struct fact_word {
	const char *code;
	const char *name;
};

static const struct fact_word fact_words[FACT_COUNT] = {
	[FACT_NONE] = { "", "nothing" },
	[FACT_REGISTRATION] = { "registration", "CQC registration" },
	[FACT_CORPORATE_EXPERIENCE] = { "corporate_experience",
	    "corporate experience" },
	[FACT_TRAINING] = { "training",
	    "staff training against the national standards" },
	[FACT_RATING] = { "rating", "CQC rating" },
	[FACT_RATING_REASON] = { "rating_reason",
	    "reason for having no CQC rating" },
	[FACT_WEEKLY_HOURS] = { "weekly_hours", "hours of care a week" },
	[FACT_PUBLIC_LIABILITY] = { "public_liability",
	    "public liability insurance" },
	[FACT_EMPLOYERS_LIABILITY] = { "employers_liability",
	    "employer's liability insurance" },
	[FACT_PROFESSIONAL_LIABILITY] = { "professional_liability",
	    "professional liability insurance" },
	[FACT_MEDICAL_MALPRACTICE] = { "medical_malpractice",
	    "medical malpractice insurance" },
	[FACT_ELECTRONIC_MONITORING] = { "electronic_monitoring",
	    "electronic monitoring" },
	[FACT_FINANCIAL_ASSESSMENT] = { "financial_assessment",
	    "financial assessment" },
	[FACT_MONITORING_VISIT] = { "monitoring_visit", "monitoring visit" },
	[FACT_PROVIDING] = { "providing", "care for the council now" },
	[FACT_MICRO_ENTERPRISE] = { "micro_enterprise", "micro-enterprise" },
	[FACT_PEOPLE_SUPPORTED] = { "people_supported", "people supported" },
	[FACT_SUSPENSION] = { "suspension", "suspension" },
};

const char *
fact_kind_name(enum fact_kind kind)
{
	return fact_words[kind].name;
}

const char *
fact_kind_code(enum fact_kind kind)
{
	return fact_words[kind].code;
}

bool
fact_kind_of(const char *code, enum fact_kind *kind)
{
	for (int i = FACT_NONE + 1; i < FACT_COUNT; i++)
		if (strcmp(fact_words[i].code, code) == 0) {
			*kind = (enum fact_kind)i;
			return true;
		}
	return false;
}

const char *
gate_check(struct arena *arena, const struct gate *gate)
{
	if (gate->name == NULL || *gate->name == '\0')
		return "A gate must have a name";
	if (gate->fact == FACT_NONE)
		return arena_printf(
		    arena, "%s looks at no kind of fact", gate->name);
	if (gate->threshold < 0 ||
	    (gate->test == GATE_HELD_FOR && gate->threshold > MONTHS_MOST))
		return arena_printf(
		    arena, "%s has a threshold that cannot be", gate->name);
	if (gate->ends_on != 0 && gate->ends_on < gate->starts_on)
		return arena_printf(
		    arena, "%s ends before it begins", gate->name);
	return NULL;
}

static const char *
rating_words(int64_t rating)
{
	switch (rating) {
	case RATING_NOT_YET:
		return "not yet rated";
	case RATING_INADEQUATE:
		return "Inadequate";
	case RATING_REQUIRES_IMPROVEMENT:
		return "Requires improvement";
	case RATING_GOOD:
		return "Good";
	case RATING_OUTSTANDING:
		return "Outstanding";
	default:
		return "a rating that is not known";
	}
}

/* "10,000,000" */
static const char *
number_words(struct arena *arena, int64_t number)
{
	if (number < 1000)
		return arena_printf(arena, "%" PRId64, number);
	return arena_printf(arena, "%s,%03" PRId64,
	    number_words(arena, number / 1000), number % 1000);
}

/* A value as its kind is counted; whether it is a yes or no is said by NULL. */
static const char *
value_words(struct arena *arena, enum fact_kind kind, int64_t value)
{
	switch (kind) {
	case FACT_RATING:
		return rating_words(value);
	case FACT_WEEKLY_HOURS:
	case FACT_PEOPLE_SUPPORTED:
		return number_words(arena, value);
	case FACT_PUBLIC_LIABILITY:
	case FACT_EMPLOYERS_LIABILITY:
	case FACT_PROFESSIONAL_LIABILITY:
	case FACT_MEDICAL_MALPRACTICE:
		return arena_printf(arena, "£%s", number_words(arena, value));
	default:
		return NULL;
	}
}

/* "CQC rating: Good (CQC register), from 3 May 2024, to 2 May 2026" */
static const char *
fact_text(struct arena *arena, const struct gate_fact *fact)
{
	const char *value = value_words(arena, fact->kind, fact->value);
	const char *until = "";

	if (fact->valid_until != 0)
		until = arena_printf(
		    arena, ", to %s", day_words(arena, fact->valid_until));
	if (value == NULL)
		value = fact->value != 0 ? "yes" : "no";
	return arena_printf(arena, "%s: %s (%s), from %s%s",
	    fact_kind_name(fact->kind), value, fact->source,
	    day_words(arena, fact->valid_from), until);
}

/* What a gate asks: "at least £10,000,000". */
static const char *
asks_text(struct arena *arena, const struct gate *gate)
{
	const char *value = value_words(arena, gate->fact, gate->threshold);

	switch (gate->test) {
	case GATE_AT_LEAST:
		return value == NULL
		           ? "it to be accepted"
		           : arena_printf(arena, "at least %s", value);
	case GATE_AT_MOST:
		return arena_printf(arena, "at most %s",
		    value == NULL ? number_words(arena, gate->threshold)
				  : value);
	case GATE_HELD_FOR:
		return gate->threshold == 0
		           ? "it to be in force"
		           : arena_printf(arena, "%" PRId64 " months of it",
				 gate->threshold);
	case GATE_ABSENT:
		return "there to be none";
	case GATE_TEST_COUNT:
		break;
	}
	return "";
}

const char *
gate_verdict_words(struct arena *arena, const struct gate_verdict *verdict)
{
	const struct gate *gate = verdict->gate;
	const char *fact = verdict->fact != NULL
	                       ? fact_text(arena, verdict->fact)
	                       : arena_printf(arena, "%s: nothing on record",
				     fact_kind_name(gate->fact));

	switch (verdict->outcome) {
	case GATE_PASSED:
		return arena_printf(arena, "Passed: %s", fact);
	case GATE_NOT_ASKED:
		return "Not asked";
	case GATE_PASSES_LATER:
		return arena_printf(arena, "Passes from %s, asks %s: %s",
		    day_words(arena, verdict->passes_from),
		    asks_text(arena, gate), fact);
	case GATE_FAILED:
		return arena_printf(
		    arena, "Failed, asks %s: %s", asks_text(arena, gate), fact);
	}
	return "";
}

struct gate_list
gates_hertfordshire(struct arena *arena, uint64_t personal_care)
{
	const int64_t million = 1000000;
	const struct gate gates[] = {
		{ "CQC registration", FACT_REGISTRATION, GATE_HELD_FOR, 0,
		    .service_kinds = personal_care },
		{ "Registered for a year", FACT_REGISTRATION, GATE_HELD_FOR, 12,
		    1u << FACT_CORPORATE_EXPERIENCE, OTHERWISE_ALWAYS,
		    .service_kinds = personal_care },
		{ "CQC rating", FACT_RATING, GATE_AT_LEAST, RATING_GOOD,
		    1u << FACT_CORPORATE_EXPERIENCE | 1u << FACT_RATING_REASON,
		    OTHERWISE_NO_VALUE, .service_kinds = personal_care },
		{ "Staff training", FACT_TRAINING, GATE_AT_LEAST, 1 },
		{ "Hours a week", FACT_WEEKLY_HOURS, GATE_AT_LEAST, 200,
		    .unless = FACT_MICRO_ENTERPRISE },
		{ "Public liability insurance", FACT_PUBLIC_LIABILITY,
		    GATE_AT_LEAST, 10 * million },
		{ "Employer's liability insurance", FACT_EMPLOYERS_LIABILITY,
		    GATE_AT_LEAST, 10 * million },
		{ "Professional liability insurance",
		    FACT_PROFESSIONAL_LIABILITY, GATE_AT_LEAST, 5 * million },
		{ "Medical malpractice insurance", FACT_MEDICAL_MALPRACTICE,
		    GATE_AT_LEAST, 10 * million },
		{ "Electronic monitoring", FACT_ELECTRONIC_MONITORING,
		    GATE_AT_LEAST, 1 },
		{ "Financial assessment", FACT_FINANCIAL_ASSESSMENT,
		    GATE_AT_LEAST, 1 },
		{ "Monitoring visit", FACT_MONITORING_VISIT, GATE_AT_LEAST, 1,
		    1u << FACT_PROVIDING, OTHERWISE_ALWAYS },
		{ "Micro-enterprise", FACT_PEOPLE_SUPPORTED, GATE_AT_MOST, 2,
		    .only_with = FACT_MICRO_ENTERPRISE },
		{ "Suspension", FACT_SUSPENSION, GATE_ABSENT, 0 },
	};
	struct gate *list = arena_alloc(arena, sizeof(gates));

	memcpy(list, gates, sizeof(gates));
	return (struct gate_list) { list, sizeof(gates) / sizeof(*gates) };
}
