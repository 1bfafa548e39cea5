/*
 * Verdicts of one day, and of all days between two. A verdict can only change
 * on a day on which a fact or a gate begins, ends or has been held for long
 * enough, so those days are all that is ever looked at.
 */
#include "matching/gates.h"

#include <stdlib.h>

#include "base/arena.h"
#include "matching/days.h"

enum { SERVICE_KINDS = 64 };

/* Days on which something may change, ascending, each once. */
struct day_list {
	int32_t *day;
	size_t count;
};

/* What a gate says on a day, without words and without other days. */
struct gate_state {
	bool is_asked;
	bool is_passed;
	const struct gate_fact *fact;
};

static bool
fact_holds(
    const struct gate_case *gates, const struct gate_fact *fact, int32_t day)
{
	return fact->valid_from <= day &&
	       (fact->valid_until == 0 || fact->valid_until >= day) &&
	       (gates->known_on == 0 || fact->recorded_on <= gates->known_on);
}

static bool
fact_is_later(const struct gate_fact *fact, const struct gate_fact *than)
{
	if (fact->recorded_on != than->recorded_on)
		return fact->recorded_on > than->recorded_on;
	if (fact->valid_from != than->valid_from)
		return fact->valid_from > than->valid_from;
	return fact->id > than->id;
}

/* The fact of a kind that counts on a day, or NULL. */
static const struct gate_fact *
fact_on(const struct gate_case *gates, enum fact_kind kind, int32_t day)
{
	const struct gate_fact *found = NULL;

	for (size_t i = 0; i < gates->fact_count; i++) {
		const struct gate_fact *fact = &gates->fact[i];

		if (fact->kind == kind && fact_holds(gates, fact, day) &&
		    (found == NULL || fact_is_later(fact, found)))
			found = fact;
	}
	return found;
}

static bool
fact_has_value(const struct gate_case *gates, enum fact_kind kind, int32_t day)
{
	const struct gate_fact *fact = kind == FACT_NONE
	                                   ? NULL
	                                   : fact_on(gates, kind, day);

	return fact != NULL && fact->value != 0;
}

/*
 * Since when a kind has had a value without a gap until `day`, on which it
 * has one: whether it has can only change where a fact begins or has ended.
 */
static int32_t
held_since(const struct gate_case *gates, enum fact_kind kind, int32_t day)
{
	int32_t since = INT32_MIN;

	for (size_t i = 0; i < gates->fact_count; i++) {
		const struct gate_fact *fact = &gates->fact[i];
		int32_t edge[2] = { fact->valid_from, fact->valid_from };

		if (fact->kind != kind)
			continue;
		if (fact->valid_until != 0)
			edge[1] = fact->valid_until + 1;
		for (size_t j = 0; j < 2; j++)
			if (edge[j] <= day && edge[j] > since &&
			    !fact_has_value(gates, kind, edge[j] - 1))
				since = edge[j];
	}
	return since;
}

/* A fact of the kind with a value; of several the one that counts. */
static const struct gate_fact *
fact_present(const struct gate_case *gates, enum fact_kind kind, int32_t day)
{
	const struct gate_fact *found = NULL;

	for (size_t i = 0; i < gates->fact_count; i++) {
		const struct gate_fact *fact = &gates->fact[i];

		if (fact->kind == kind && fact->value != 0 &&
		    fact_holds(gates, fact, day) &&
		    (found == NULL || fact_is_later(fact, found)))
			found = fact;
	}
	return found;
}

static bool
test_passes(const struct gate_case *gates, const struct gate *gate,
    const struct gate_fact *fact, int32_t day)
{
	switch (gate->test) {
	case GATE_AT_LEAST:
		return fact != NULL && fact->value >= gate->threshold;
	case GATE_AT_MOST:
		return fact != NULL && fact->value <= gate->threshold;
	case GATE_HELD_FOR:
		return fact != NULL && fact->value != 0 &&
		       day_add_months(held_since(gates, fact->kind, day),
			   (int32_t)gate->threshold) <= day;
	case GATE_ABSENT:
		return fact == NULL;
	case GATE_TEST_COUNT:
		break;
	}
	return false;
}

static bool
gate_is_asked(
    const struct gate_case *gates, const struct gate *gate, int32_t day)
{
	if (gate->starts_on > day ||
	    (gate->ends_on != 0 && gate->ends_on < day))
		return false;
	/* A kind that no bit stands for is asked everything. */
	if (gate->service_kinds != 0 && gates->service_kind >= 0 &&
	    gates->service_kind < SERVICE_KINDS &&
	    !(gate->service_kinds >> gates->service_kind & 1))
		return false;
	if (gate->only_with != FACT_NONE &&
	    !fact_has_value(gates, gate->only_with, day))
		return false;
	return !fact_has_value(gates, gate->unless, day);
}

static struct gate_state
gate_state_on(
    const struct gate_case *gates, const struct gate *gate, int32_t day)
{
	struct gate_state state = { .is_asked = gate_is_asked(
					gates, gate, day) };

	if (!state.is_asked)
		return state;
	state.fact = gate->test == GATE_ABSENT
	                 ? fact_present(gates, gate->fact, day)
	                 : fact_on(gates, gate->fact, day);
	state.is_passed = test_passes(gates, gate, state.fact, day);
	if (state.is_passed ||
	    (gate->otherwise == OTHERWISE_NO_VALUE && state.fact != NULL &&
		state.fact->value != 0))
		return state;
	for (int kind = FACT_NONE + 1; kind < FACT_COUNT; kind++)
		if ((gate->alternatives >> kind & 1) != 0 &&
		    fact_has_value(gates, (enum fact_kind)kind, day)) {
			state.is_passed = true;
			state.fact = fact_on(gates, (enum fact_kind)kind, day);
			break;
		}
	return state;
}

static int
compare_days(const void *a, const void *b)
{
	const int32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void
day_add(struct day_list *days, int32_t day)
{
	days->day[days->count++] = day;
}

/* An edge of a fact, and when what begins there has been held long enough. */
static void
day_add_held(struct day_list *days, const struct gate_case *gates,
    enum fact_kind kind, int32_t day)
{
	day_add(days, day);
	for (size_t i = 0; i < gates->gate_count; i++)
		if (gates->gate[i].test == GATE_HELD_FOR &&
		    gates->gate[i].fact == kind)
			day_add(days, day_add_months(day,
					  (int32_t)gates->gate[i].threshold));
}

/* Every day on which a verdict may change. */
static struct day_list
days_of_change(struct arena *arena, const struct gate_case *gates)
{
	size_t most = 2 * gates->gate_count +
	              gates->fact_count * 2 * (1 + gates->gate_count);
	struct day_list days = { arena_array(arena, most, sizeof(int32_t)), 0 };
	size_t kept = 0;

	for (size_t i = 0; i < gates->gate_count; i++) {
		day_add(&days, gates->gate[i].starts_on);
		if (gates->gate[i].ends_on != 0)
			day_add(&days, gates->gate[i].ends_on + 1);
	}
	for (size_t i = 0; i < gates->fact_count; i++) {
		const struct gate_fact *fact = &gates->fact[i];

		day_add_held(&days, gates, fact->kind, fact->valid_from);
		if (fact->valid_until != 0)
			day_add_held(
			    &days, gates, fact->kind, fact->valid_until + 1);
	}
	if (days.count != 0)
		qsort(days.day, days.count, sizeof(*days.day), compare_days);
	for (size_t i = 0; i < days.count; i++)
		if (kept == 0 || days.day[i] != days.day[kept - 1])
			days.day[kept++] = days.day[i];
	days.count = kept;
	return days;
}

static bool
state_is_open(struct gate_state state)
{
	return !state.is_asked || state.is_passed;
}

static struct gate_verdict
gate_verdict_on(struct arena *arena, const struct gate_case *gates,
    const struct gate *gate, const struct day_list *days, int32_t day)
{
	struct gate_state now = gate_state_on(gates, gate, day), then;
	struct gate_verdict verdict = { .gate = gate, .fact = now.fact };

	for (size_t i = 0; i < days->count && verdict.changes_on == 0; i++) {
		if (days->day[i] <= day)
			continue;
		then = gate_state_on(gates, gate, days->day[i]);
		if (state_is_open(then) != state_is_open(now))
			verdict.changes_on = days->day[i];
	}
	if (!now.is_asked)
		verdict.outcome = GATE_NOT_ASKED;
	else if (now.is_passed)
		verdict.outcome = GATE_PASSED;
	else if (verdict.changes_on == 0)
		verdict.outcome = GATE_FAILED;
	else
		verdict.outcome = GATE_PASSES_LATER;
	if (verdict.outcome == GATE_PASSES_LATER)
		verdict.passes_from = verdict.changes_on;
	verdict.text = gate_verdict_words(arena, &verdict);
	return verdict;
}

/* The first gate that is closed on a day, or NULL. */
static const struct gate *
gate_closed_on(const struct gate_case *gates, int32_t day)
{
	for (size_t i = 0; i < gates->gate_count; i++)
		if (!state_is_open(gate_state_on(gates, &gates->gate[i], day)))
			return &gates->gate[i];
	return NULL;
}

struct gate_result
gates_evaluate(struct arena *arena, const struct gate_case *gates, int32_t day)
{
	struct day_list days = days_of_change(arena, gates);
	struct gate_verdict *verdicts = arena_array(
	    arena, gates->gate_count, sizeof(*verdicts));
	struct gate_result result = { .verdict = verdicts,
		.count = gates->gate_count,
		.is_open = gate_closed_on(gates, day) == NULL };

	for (size_t i = 0; i < gates->gate_count; i++)
		verdicts[i] = gate_verdict_on(
		    arena, gates, &gates->gate[i], &days, day);
	for (size_t i = 0; i < days.count && result.changes_on == 0; i++)
		if (days.day[i] > day && (gate_closed_on(gates, days.day[i]) ==
					     NULL) != result.is_open)
			result.changes_on = days.day[i];
	return result;
}

struct gate_history
gates_history(struct arena *arena, const struct gate_case *gates, int32_t first,
    int32_t last)
{
	struct day_list days = days_of_change(arena, gates);
	struct gate_change *changes = arena_array(
	    arena, days.count, sizeof(*changes));
	const struct gate *closed = gate_closed_on(gates, first);
	struct gate_history history = { .was_open = closed == NULL,
		.change = changes };
	bool is_open = history.was_open;

	for (size_t i = 0; i < days.count && days.day[i] <= last; i++) {
		int32_t day = days.day[i];
		const struct gate *now;
		struct gate_verdict verdict;

		if (day <= first)
			continue;
		now = gate_closed_on(gates, day);
		if ((now == NULL) != is_open) {
			/* What opens is the gate that was the last closed. */
			verdict = gate_verdict_on(arena, gates,
			    now != NULL ? now : closed, &days, day);
			changes[history.count++] = (struct gate_change) { day,
				now == NULL, verdict.gate, verdict.text };
			is_open = now == NULL;
		}
		closed = now;
	}
	return history;
}

static int
compare_expiries(const void *a, const void *b)
{
	const struct gate_expiry *x = a, *y = b;

	if (x->closes_on != y->closes_on)
		return x->closes_on < y->closes_on ? -1 : 1;
	return (x->gate > y->gate) - (x->gate < y->gate);
}

struct gate_expiries
gates_expiring(struct arena *arena, const struct gate_case *gates, int32_t day,
    const int32_t *notices, size_t notice_count)
{
	struct gate_result result = gates_evaluate(arena, gates, day);
	struct gate_expiry *rows = arena_array(
	    arena, result.count, sizeof(*rows));
	struct gate_expiries expiries = { .expiry = rows };

	for (size_t i = 0; i < result.count; i++) {
		const struct gate_verdict *verdict = &result.verdict[i];
		struct gate_expiry expiry = { verdict->gate, verdict->fact,
			verdict->changes_on, verdict->changes_on - day, 0 };

		if (verdict->outcome != GATE_PASSED || verdict->fact == NULL ||
		    verdict->changes_on == 0)
			continue;
		/* On its last day a fact has one day left. */
		for (size_t j = 0; j < notice_count; j++)
			if (notices[j] >= expiry.days_left &&
			    (expiry.notice == 0 || notices[j] < expiry.notice))
				expiry.notice = notices[j];
		if (expiry.notice != 0)
			rows[expiries.count++] = expiry;
	}
	if (expiries.count != 0)
		qsort(rows, expiries.count, sizeof(*rows), compare_expiries);
	return expiries;
}
