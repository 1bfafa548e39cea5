/* See gates.h. */
#include "gates/gates.h"

#include "base/arena.h"
#include "base/clock.h"
#include "matching/gates.h"

enum { SERVICE_KINDS = 64 };

static const struct {
	const char *code;
	enum gate_test test;
} tests[] = {
	{ "at_least", GATE_AT_LEAST },
	{ "at_most", GATE_AT_MOST },
	{ "held_for", GATE_HELD_FOR },
	{ "absent", GATE_ABSENT },
};

struct gate_book
gate_book_load(struct db *db, int64_t council, int64_t framework,
    struct int64_list organisations, int32_t today)
{
	return (struct gate_book) {
		.kinds = gate_service_kind_list(db),
		.rules = framework_gate_list(
		    db, council, framework != 0 ? &framework : NULL),
		.inputs = gate_input_list(db, council, organisations),
		.today = today,
	};
}

bool
gate_book_asks(const struct gate_book *book, int64_t framework)
{
	for (size_t i = 0; i < book->rules.count; i++)
		if (book->rules.row[i].framework_id == framework)
			return true;
	return false;
}

int
gate_kind_bit(const struct gate_book *book, int64_t service_kind)
{
	for (size_t i = 0; i < book->kinds.count && i < SERVICE_KINDS; i++)
		if (book->kinds.row[i].id == service_kind)
			return (int)i;
	return -1;
}

/* The days of app/matching begin in 1970; there as here 0 is none. */
static int32_t
matching_day(int32_t date)
{
	return date != 0 ? date - DATE_1970 : 0;
}

static int32_t
date_of(int32_t matching)
{
	return matching != 0 ? matching + DATE_1970 : 0;
}

static uint64_t
kinds_of(const struct gate_book *book, struct int64_list ids)
{
	uint64_t kinds = 0;

	for (size_t i = 0; i < ids.count; i++) {
		int bit = gate_kind_bit(book, ids.row[i]);

		if (bit >= 0)
			kinds |= UINT64_C(1) << bit;
	}
	return kinds;
}

static enum fact_kind
kind_of(const char *code)
{
	enum fact_kind kind = FACT_NONE;

	fact_kind_of(code, &kind);
	return kind;
}

static struct gate
rule_of(const struct gate_book *book, const struct framework_gate *row)
{
	struct gate gate = {
		.name = row->name,
		.fact = kind_of(row->fact_kind),
		.threshold = row->threshold,
		.otherwise = row->counts_without_value ? OTHERWISE_NO_VALUE
		                                       : OTHERWISE_ALWAYS,
		.service_kinds = kinds_of(book, row->kind_ids),
		.starts_on = matching_day(row->starts_on),
		.ends_on = matching_day(row->ends_on),
	};

	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		if (text_equal(tests[i].code, row->test))
			gate.test = tests[i].test;
	for (size_t i = 0; i < row->alternatives.count; i++)
		gate.alternatives |= UINT32_C(1)
		                     << kind_of(row->alternatives.row[i]);
	if (text_equal(row->asked_of, "micro_enterprises"))
		gate.only_with = FACT_MICRO_ENTERPRISE;
	else if (text_equal(row->asked_of, "others"))
		gate.unless = FACT_MICRO_ENTERPRISE;
	return gate;
}

static struct gate_fact
fact_of(const struct gate_input *row)
{
	return (struct gate_fact) {
		.id = row->id,
		.kind = kind_of(row->kind),
		.value = row->value,
		.valid_from = matching_day(row->valid_from),
		.valid_until = matching_day(row->valid_until),
		.recorded_on = matching_day(row->recorded_on),
		.source = row->source,
	};
}

struct gate_case *
gate_case_of(struct arena *arena, const struct gate_book *book,
    int64_t framework, int64_t organisation)
{
	struct gate_case *gates = arena_alloc(arena, sizeof(*gates));
	struct gate *rule = arena_array(
	    arena, book->rules.count, sizeof(*rule));
	struct gate_fact *fact = arena_array(
	    arena, book->inputs.count, sizeof(*fact));

	*gates = (struct gate_case) {
		.gate = rule, .fact = fact, .service_kind = -1
	};
	for (size_t i = 0; i < book->rules.count; i++)
		if (book->rules.row[i].framework_id == framework)
			rule[gates->gate_count++] = rule_of(
			    book, &book->rules.row[i]);
	for (size_t i = 0; i < book->inputs.count; i++) {
		const struct gate_input *row = &book->inputs.row[i];

		if (row->organisation_id == organisation &&
		    (!row->has_framework_id || row->framework_id == framework))
			fact[gates->fact_count++] = fact_of(row);
	}
	return gates;
}

/* The first gate that is asked and not passed, or NULL. */
static const struct gate_verdict *
verdict_closed(const struct gate_result *result)
{
	for (size_t i = 0; i < result->count; i++) {
		const struct gate_verdict *verdict = &result->verdict[i];

		if (verdict->outcome == GATE_FAILED ||
		    verdict->outcome == GATE_PASSES_LATER)
			return verdict;
	}
	return NULL;
}

static struct gate_answer
answer_of(struct arena *arena, const struct gate_case *gates, int32_t today)
{
	struct gate_result result = gates_evaluate(
	    arena, gates, matching_day(today));
	const struct gate_verdict *closed = verdict_closed(&result);

	if (closed == NULL)
		return (struct gate_answer) { .is_open = true };
	return (struct gate_answer) {
		.opens_on = date_of(result.changes_on),
		.fault = arena_printf(
		    arena, "%s: %s", closed->gate->name, closed->text),
	};
}

struct gate_answer
gate_answer_of(struct arena *arena, const struct gate_book *book,
    int64_t framework, int64_t organisation, int64_t service_kind)
{
	struct gate_case *gates = gate_case_of(
	    arena, book, framework, organisation);

	gates->service_kind = gate_kind_bit(book, service_kind);
	return answer_of(arena, gates, book->today);
}

static struct gate_line
line_of(struct request *r, const struct gate_book *book,
    const struct framework_gate *rule, const struct gate_verdict *verdict)
{
	static const char *const tags[] = {
		[GATE_PASSED] = "Passed",
		[GATE_FAILED] = "Failed",
		[GATE_NOT_ASKED] = "Not asked",
	};
	static const char *const colours[] = {
		[GATE_PASSED] = "green",
		[GATE_FAILED] = "red",
		[GATE_PASSES_LATER] = "yellow",
		[GATE_NOT_ASKED] = "grey",
	};
	bool is_later = verdict->outcome == GATE_PASSES_LATER;

	return (struct gate_line) {
		.name = rule->name,
		.asked_of = gate_kinds_text(r, book->kinds, rule->kind_ids),
		.tag = is_later ? arena_printf(r->arena, "Passes from %s",
				      day(r, date_of(verdict->passes_from)))
		                : tags[verdict->outcome],
		.colour = colours[verdict->outcome],
		.text = verdict->text,
		.changes_on = date_of(verdict->changes_on),
	};
}

/* Asked as if for every kind, so that no gate of the framework is missing. */
static struct gate_line_list
lines_of(struct request *r, const struct gate_book *book,
    const struct gate_member *member, const struct gate_case *gates)
{
	struct gate_result result = gates_evaluate(
	    r->arena, gates, matching_day(book->today));
	struct gate_line *row = arena_array(
	    r->arena, result.count, sizeof(*row));
	struct gate_line_list list = { row, 0 };

	for (size_t i = 0; i < book->rules.count; i++)
		if (book->rules.row[i].framework_id == member->framework_id) {
			row[list.count] = line_of(r, book, &book->rules.row[i],
			    &result.verdict[list.count]);
			list.count++;
		}
	return list;
}

static struct gate_kind_line
kind_line_of(struct request *r, const struct gate_book *book,
    struct gate_case *gates, int bit)
{
	struct gate_answer answer;

	gates->service_kind = bit;
	answer = answer_of(r->arena, gates, book->today);
	return (struct gate_kind_line) {
		.label = book->kinds.row[bit].label,
		.tag = answer.is_open ? "Open"
		       : answer.opens_on != 0
		           ? arena_printf(r->arena, "Paused, opens on %s",
				 day(r, answer.opens_on))
		           : "Paused",
		.colour = answer.is_open         ? "green"
		          : answer.opens_on != 0 ? "yellow"
		                                 : "red",
		.fault = answer.is_open ? "" : answer.fault,
	};
}

struct gate_sheet
gate_sheet_of(struct request *r, const struct gate_book *book,
    const struct gate_member *member)
{
	struct gate_sheet sheet = { .member_id = member->member_id };
	struct gate_case *gates = gate_case_of(
	    r->arena, book, member->framework_id, member->organisation_id);
	struct gate_kind_line *row = arena_array(
	    r->arena, member->kind_ids.count, sizeof(*row));

	if (gates->gate_count == 0)
		return sheet;
	sheet.lines = lines_of(r, book, member, gates);
	for (size_t i = 0; i < member->kind_ids.count; i++) {
		int bit = gate_kind_bit(book, member->kind_ids.row[i]);

		if (bit >= 0)
			row[sheet.kinds.count++] = kind_line_of(
			    r, book, gates, bit);
	}
	sheet.kinds.row = row;
	return sheet;
}

struct gate_sheet_list
gate_sheets_load(
    struct request *r, int64_t council, struct int64_list organisations)
{
	struct gate_member_list members = gate_member_list(
	    r->db, council, NULL, organisations);
	struct gate_book book = gate_book_load(
	    r->db, council, 0, organisations, clock_local_date(r->now));
	struct gate_sheet *row = arena_array(
	    r->arena, members.count, sizeof(*row));

	for (size_t i = 0; i < members.count; i++)
		row[i] = gate_sheet_of(r, &book, &members.row[i]);
	return (struct gate_sheet_list) { row, members.count };
}

const struct gate_sheet *
gate_sheet_find(struct gate_sheet_list sheets, int64_t member_id)
{
	for (const struct gate_sheet *sheet = sheets.row;
	     sheet < sheets.row + sheets.count; sheet++)
		if (sheet->member_id == member_id && sheet->lines.count > 0)
			return sheet;
	return NULL;
}
