/*
 * Gates against 003 (L211-219, L287-292, L413-424), 002 L52 and 004 L49-51,
 * and changes over time against looking at every day.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/days.h"
#include "matching/gates.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* 1 January 2024, days since 1970; service kinds as a caller has them. */
enum { YEAR = 19723, PERSONAL_CARE = 0, COMMUNITY_SUPPORT = 1 };

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* A provider that meets everything from before the year to its end. */
static const struct gate_fact whole[] = {
	{ 1, FACT_REGISTRATION, 1, YEAR - 1000, 0, YEAR - 900, "CQC register" },
	{ 2, FACT_RATING, RATING_GOOD, YEAR - 500, 0, YEAR - 400,
	    "CQC register" },
	{ 3, FACT_TRAINING, 1, YEAR - 500, 0, YEAR - 400, "Tender" },
	{ 4, FACT_WEEKLY_HOURS, 200, YEAR - 500, 0, YEAR - 400, "Tender" },
	{ 5, FACT_PUBLIC_LIABILITY, 10000000, YEAR - 500, YEAR + 99, YEAR - 400,
	    "Certificate" },
	{ 6, FACT_EMPLOYERS_LIABILITY, 10000000, YEAR - 500, 0, YEAR - 400,
	    "Certificate" },
	{ 7, FACT_PROFESSIONAL_LIABILITY, 5000000, YEAR - 500, 0, YEAR - 400,
	    "Certificate" },
	{ 8, FACT_MEDICAL_MALPRACTICE, 10000000, YEAR - 500, 0, YEAR - 400,
	    "Certificate" },
	{ 9, FACT_ELECTRONIC_MONITORING, 1, YEAR - 500, 0, YEAR - 400,
	    "Tender" },
	{ 10, FACT_FINANCIAL_ASSESSMENT, 1, YEAR - 500, 0, YEAR - 400,
	    "Accounts" },
	{ 11, FACT_MONITORING_VISIT, 1, YEAR - 500, 0, YEAR - 400, "Report" },
};

enum { WHOLE = LENGTH(whole), MOST_FACTS = WHOLE + 16 };

struct provider {
	struct gate_fact fact[MOST_FACTS];
	size_t count;
	struct gate_case gates;
};

/* The whole provider for Hertfordshire's gates, to be changed by a test. */
static struct provider *
provider_new(void)
{
	struct provider *provider = arena_alloc(arena, sizeof(*provider));
	struct gate_list list = gates_hertfordshire(arena, 1u << PERSONAL_CARE);

	memcpy(provider->fact, whole, sizeof(whole));
	provider->count = WHOLE;
	provider->gates = (struct gate_case) { list.gate, list.count,
		provider->fact, WHOLE, PERSONAL_CARE, 0 };
	return provider;
}

static struct gate_fact *
fact_of(struct provider *provider, enum fact_kind kind)
{
	for (size_t i = 0; i < provider->count; i++)
		if (provider->fact[i].kind == kind)
			return &provider->fact[i];
	fail_msg("no fact of kind %d", (int)kind);
	return NULL;
}

static void
fact_add(struct provider *provider, enum fact_kind kind, int64_t value,
    int32_t from, int32_t until)
{
	size_t at = provider->count++;

	provider->fact[at] = (struct gate_fact) { 100 + (int64_t)at, kind,
		value, from, until, from, "Letter" };
	provider->gates.fact_count = provider->count;
}

static void
fact_remove(struct provider *provider, enum fact_kind kind)
{
	fact_of(provider, kind)->kind = FACT_NONE;
}

static struct gate_verdict
verdict_of(struct provider *provider, const char *name, int32_t day)
{
	struct gate_result result = gates_evaluate(
	    arena, &provider->gates, day);

	for (size_t i = 0; i < result.count; i++)
		if (strcmp(result.verdict[i].gate->name, name) == 0)
			return result.verdict[i];
	fail_msg("no gate %s", name);
	return (struct gate_verdict) { 0 };
}

static void
expect(struct provider *provider, const char *name, enum gate_outcome outcome)
{
	assert_int_equal(verdict_of(provider, name, YEAR).outcome, outcome);
}

static void
test_whole_provider_passes(void **state)
{
	struct provider *provider = provider_new();
	struct gate_result result = gates_evaluate(
	    arena, &provider->gates, YEAR);

	(void)state;
	assert_true(result.is_open);
	assert_int_equal(result.changes_on, YEAR + 100);
	for (size_t i = 0; i < result.count; i++) {
		assert_null(gate_check(arena, result.verdict[i].gate));
		assert_true(result.verdict[i].outcome == GATE_PASSED ||
			    result.verdict[i].outcome == GATE_NOT_ASKED);
	}
}

/* Each threshold at its edge: met as it is, failed by one less. */
static void
test_each_threshold(void **state)
{
	static const struct {
		const char *name;
		enum fact_kind kind;
	} cases[] = {
		{ "CQC rating", FACT_RATING },
		{ "Staff training", FACT_TRAINING },
		{ "Hours a week", FACT_WEEKLY_HOURS },
		{ "Public liability insurance", FACT_PUBLIC_LIABILITY },
		{ "Employer's liability insurance", FACT_EMPLOYERS_LIABILITY },
		{ "Professional liability insurance",
		    FACT_PROFESSIONAL_LIABILITY },
		{ "Medical malpractice insurance", FACT_MEDICAL_MALPRACTICE },
		{ "Electronic monitoring", FACT_ELECTRONIC_MONITORING },
		{ "Financial assessment", FACT_FINANCIAL_ASSESSMENT },
		{ "Monitoring visit", FACT_MONITORING_VISIT },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct provider *provider = provider_new();

		expect(provider, cases[i].name, GATE_PASSED);
		fact_of(provider, cases[i].kind)->value--;
		expect(provider, cases[i].name, GATE_FAILED);
		assert_false(
		    gates_evaluate(arena, &provider->gates, YEAR).is_open);
		fact_remove(provider, cases[i].kind);
		expect(provider, cases[i].name, GATE_FAILED);
	}
}

static void
test_registered_for_a_year(void **state)
{
	struct provider *provider = provider_new();
	struct gate_fact *fact = fact_of(provider, FACT_REGISTRATION);
	struct gate_verdict verdict;

	(void)state;
	fact->valid_from = day_add_months(YEAR, -12);
	expect(provider, "Registered for a year", GATE_PASSED);
	fact->valid_from++;
	verdict = verdict_of(provider, "Registered for a year", YEAR);
	assert_int_equal(verdict.outcome, GATE_PASSES_LATER);
	assert_int_equal(verdict.passes_from, YEAR + 1);
	assert_ptr_equal(verdict.fact, fact);
	assert_string_equal(verdict.text,
	    "Passes from 2 January 2024, asks 12 months of it: CQC "
	    "registration: yes (CQC register), from 2 January 2023");
	expect(provider, "CQC registration", GATE_PASSED);
	/* Accepted corporate experience stands for the year, not for being */
	/* registered. */
	fact_add(provider, FACT_CORPORATE_EXPERIENCE, 1, YEAR - 5, 0);
	expect(provider, "Registered for a year", GATE_PASSED);
	fact_remove(provider, FACT_REGISTRATION);
	expect(provider, "Registered for a year", GATE_PASSED);
	expect(provider, "CQC registration", GATE_FAILED);
}

/* Two facts without a gap are one; a fact of no value in between is a gap. */
static void
test_registration_in_parts(void **state)
{
	struct provider *provider = provider_new();
	struct gate_fact *fact = fact_of(provider, FACT_REGISTRATION);

	(void)state;
	fact->valid_until = YEAR - 100;
	fact_add(provider, FACT_REGISTRATION, 1, YEAR - 99, 0);
	expect(provider, "Registered for a year", GATE_PASSED);
	provider->fact[WHOLE].valid_from++;
	expect(provider, "Registered for a year", GATE_PASSES_LATER);
	provider->fact[WHOLE].valid_from--;
	fact_add(provider, FACT_REGISTRATION, 0, YEAR - 50, YEAR - 40);
	assert_int_equal(
	    verdict_of(provider, "Registered for a year", YEAR).passes_from,
	    day_add_months(YEAR - 39, 12));
}

static void
test_not_yet_rated(void **state)
{
	struct provider *provider = provider_new();

	(void)state;
	fact_add(provider, FACT_CORPORATE_EXPERIENCE, 1, YEAR - 5, 0);
	fact_of(provider, FACT_RATING)->value = RATING_NOT_YET;
	expect(provider, "CQC rating", GATE_PASSED);
	fact_of(provider, FACT_RATING)->value = RATING_INADEQUATE;
	expect(provider, "CQC rating", GATE_FAILED);
	fact_remove(provider, FACT_RATING);
	expect(provider, "CQC rating", GATE_PASSED);
	fact_of(provider, FACT_CORPORATE_EXPERIENCE)->value = 0;
	expect(provider, "CQC rating", GATE_FAILED);
	fact_add(provider, FACT_RATING_REASON, 1, YEAR - 5, 0);
	expect(provider, "CQC rating", GATE_PASSED);
	fact_add(provider, FACT_RATING, RATING_REQUIRES_IMPROVEMENT, YEAR, 0);
	expect(provider, "CQC rating", GATE_FAILED);
}

/* 004 L49-51: community support needs no registration. */
static void
test_service_kinds(void **state)
{
	struct provider *provider = provider_new();

	(void)state;
	fact_remove(provider, FACT_REGISTRATION);
	fact_remove(provider, FACT_RATING);
	assert_false(gates_evaluate(arena, &provider->gates, YEAR).is_open);
	provider->gates.service_kind = COMMUNITY_SUPPORT;
	expect(provider, "CQC registration", GATE_NOT_ASKED);
	expect(provider, "CQC rating", GATE_NOT_ASKED);
	assert_true(gates_evaluate(arena, &provider->gates, YEAR).is_open);
}

/* 003 L424: who does not provide now is visited before the first call-off. */
static void
test_monitoring_visit_of_the_new(void **state)
{
	struct provider *provider = provider_new();

	(void)state;
	fact_remove(provider, FACT_MONITORING_VISIT);
	expect(provider, "Monitoring visit", GATE_FAILED);
	fact_add(provider, FACT_PROVIDING, 1, YEAR - 5, 0);
	expect(provider, "Monitoring visit", GATE_PASSED);
}

/* 002 L52: one or two people; 200 hours are not asked of them. */
static void
test_micro_enterprise(void **state)
{
	struct provider *provider = provider_new();

	(void)state;
	expect(provider, "Micro-enterprise", GATE_NOT_ASKED);
	fact_of(provider, FACT_WEEKLY_HOURS)->value = 20;
	fact_add(provider, FACT_PEOPLE_SUPPORTED, 2, YEAR - 5, 0);
	expect(provider, "Hours a week", GATE_FAILED);
	fact_add(provider, FACT_MICRO_ENTERPRISE, 1, YEAR - 5, 0);
	expect(provider, "Hours a week", GATE_NOT_ASKED);
	expect(provider, "Micro-enterprise", GATE_PASSED);
	fact_of(provider, FACT_PEOPLE_SUPPORTED)->value = 3;
	expect(provider, "Micro-enterprise", GATE_FAILED);
}

static void
test_suspension(void **state)
{
	struct provider *provider = provider_new();
	struct gate_verdict verdict;

	(void)state;
	fact_add(provider, FACT_SUSPENSION, 1, YEAR - 5, YEAR + 5);
	fact_add(provider, FACT_SUSPENSION, 1, YEAR - 3, YEAR + 8);
	verdict = verdict_of(provider, "Suspension", YEAR);
	assert_int_equal(verdict.outcome, GATE_PASSES_LATER);
	assert_int_equal(verdict.passes_from, YEAR + 9);
	verdict = verdict_of(provider, "Suspension", YEAR + 9);
	assert_int_equal(verdict.outcome, GATE_PASSED);
	assert_string_equal(
	    verdict.text, "Passed: suspension: nothing on record");
}

static void
test_words_of_failure(void **state)
{
	struct provider *provider = provider_new();

	(void)state;
	fact_of(provider, FACT_PUBLIC_LIABILITY)->value = 5000000;
	assert_string_equal(
	    verdict_of(provider, "Public liability insurance", YEAR).text,
	    "Failed, asks at least £10,000,000: public liability insurance: "
	    "£5,000,000 (Certificate), from 19 August 2022, to 9 April 2024");
	fact_remove(provider, FACT_RATING);
	assert_string_equal(verdict_of(provider, "CQC rating", YEAR).text,
	    "Failed, asks at least Good: CQC rating: nothing on record");
}

/* What was known on a past day decides as it did then. */
static void
test_what_was_known(void **state)
{
	struct provider *provider = provider_new();

	(void)state;
	fact_add(provider, FACT_RATING, RATING_INADEQUATE, YEAR - 20, 0);
	provider->fact[WHOLE].recorded_on = YEAR + 3;
	expect(provider, "CQC rating", GATE_FAILED);
	provider->gates.known_on = YEAR + 2;
	expect(provider, "CQC rating", GATE_PASSED);
	provider->gates.known_on = YEAR + 3;
	expect(provider, "CQC rating", GATE_FAILED);
}

static void
test_expiring(void **state)
{
	static const int32_t notices[] = { 60, 30, 7 };
	static const struct {
		int32_t days_left, notice;
	} cases[] = { { 61, 0 }, { 60, 60 }, { 31, 60 }, { 30, 30 }, { 8, 30 },
		{ 7, 7 }, { 1, 7 } };
	struct provider *provider = provider_new();

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct gate_expiries found = gates_expiring(arena,
		    &provider->gates, YEAR + 100 - cases[i].days_left, notices,
		    LENGTH(notices));

		assert_int_equal(found.count, cases[i].notice != 0);
		if (found.count == 0)
			continue;
		assert_int_equal(found.expiry->notice, cases[i].notice);
		assert_int_equal(found.expiry->days_left, cases[i].days_left);
		assert_int_equal(found.expiry->closes_on, YEAR + 100);
		assert_int_equal(found.expiry->fact->id, 5);
	}
	/* Nothing to renew once the next certificate is there. */
	fact_add(provider, FACT_PUBLIC_LIABILITY, 10000000, YEAR + 100, 0);
	assert_int_equal(gates_expiring(arena, &provider->gates, YEAR + 99,
			     notices, LENGTH(notices))
			     .count,
	    0);
}

static void
test_paused_and_restarted(void **state)
{
	struct provider *provider = provider_new();
	struct gate_history history;

	(void)state;
	fact_add(provider, FACT_PUBLIC_LIABILITY, 10000000, YEAR + 110, 0);
	fact_add(provider, FACT_SUSPENSION, 1, YEAR + 200, YEAR + 210);
	history = gates_history(arena, &provider->gates, YEAR, YEAR + 205);
	assert_true(history.was_open);
	assert_int_equal(history.count, 3);
	assert_int_equal(history.change[0].day, YEAR + 100);
	assert_false(history.change[0].is_open);
	assert_string_equal(
	    history.change[0].gate->name, "Public liability insurance");
	assert_int_equal(history.change[1].day, YEAR + 110);
	assert_true(history.change[1].is_open);
	assert_string_equal(
	    history.change[1].gate->name, "Public liability insurance");
	assert_int_equal(history.change[2].day, YEAR + 200);
	assert_string_equal(history.change[2].gate->name, "Suspension");
}

static uint64_t seed = 3;

static int32_t
any(int32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) +
	       UINT64_C(1442695040888963407);
	return (int32_t)((seed >> 33) % (uint32_t)below);
}

static void
check_every_day(const struct provider *provider)
{
	struct gate_history history = gates_history(
	    arena, &provider->gates, YEAR, YEAR + 500);
	struct gate_result before = gates_evaluate(
	    arena, &provider->gates, YEAR);
	size_t next = 0;

	assert_int_equal(history.was_open, before.is_open);
	for (int32_t day = YEAR + 1; day <= YEAR + 500; day++) {
		struct gate_result now = gates_evaluate(
		    arena, &provider->gates, day);

		if (now.is_open != before.is_open) {
			assert_true(next < history.count);
			assert_int_equal(history.change[next].day, day);
			assert_int_equal(
			    history.change[next].is_open, now.is_open);
			assert_int_equal(before.changes_on, day);
			next++;
		}
		before = now;
	}
	assert_int_equal(next, history.count);
}

/* Any facts: the days of change are those that every day shows. */
static void
test_history_is_every_day(void **state)
{
	static const enum fact_kind kinds[] = { FACT_REGISTRATION, FACT_RATING,
		FACT_SUSPENSION, FACT_CORPORATE_EXPERIENCE, FACT_TRAINING };

	(void)state;
	for (int turn = 0; turn < 30; turn++) {
		struct provider *provider = provider_new(), *reversed;

		for (int i = 0; i < 8; i++) {
			int32_t from = YEAR - 400 + any(800);

			fact_add(provider, kinds[any(LENGTH(kinds))], any(4),
			    from, any(3) == 0 ? 0 : from + any(200));
			provider->fact[provider->count - 1].recorded_on =
			    from - any(50);
		}
		check_every_day(provider);
		reversed = provider_new();
		reversed->count = provider->count;
		reversed->gates.fact_count = provider->count;
		for (size_t i = 0; i < provider->count; i++)
			reversed->fact[i] =
			    provider->fact[provider->count - 1 - i];
		for (int32_t day = YEAR; day < YEAR + 500; day += 17)
			assert_int_equal(
			    gates_evaluate(arena, &provider->gates, day)
				.is_open,
			    gates_evaluate(arena, &reversed->gates, day)
				.is_open);
		arena_reset(arena);
	}
}

static void
test_fact_codes(void **state)
{
	enum fact_kind kind;

	(void)state;
	for (int i = FACT_NONE + 1; i < FACT_COUNT; i++) {
		assert_true(
		    fact_kind_of(fact_kind_code((enum fact_kind)i), &kind));
		assert_int_equal(kind, i);
	}
	assert_false(fact_kind_of("", &kind));
	assert_false(fact_kind_of("ratings", &kind));
}

static void
test_gate_check(void **state)
{
	struct gate gate = { .name = "Hours", .fact = FACT_WEEKLY_HOURS };

	(void)state;
	assert_null(gate_check(arena, &gate));
	gate.threshold = -1;
	assert_string_equal(
	    gate_check(arena, &gate), "Hours has a threshold that cannot be");
	gate.threshold = 1;
	gate.starts_on = 5;
	gate.ends_on = 4;
	assert_non_null(gate_check(arena, &gate));
	gate.fact = FACT_NONE;
	assert_non_null(gate_check(arena, &gate));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole_provider_passes),
		cmocka_unit_test(test_each_threshold),
		cmocka_unit_test(test_registered_for_a_year),
		cmocka_unit_test(test_registration_in_parts),
		cmocka_unit_test(test_not_yet_rated),
		cmocka_unit_test(test_service_kinds),
		cmocka_unit_test(test_monitoring_visit_of_the_new),
		cmocka_unit_test(test_micro_enterprise),
		cmocka_unit_test(test_suspension),
		cmocka_unit_test(test_words_of_failure),
		cmocka_unit_test(test_what_was_known),
		cmocka_unit_test(test_expiring),
		cmocka_unit_test(test_paused_and_restarted),
		cmocka_unit_test(test_history_is_every_day),
		cmocka_unit_test(test_fact_codes),
		cmocka_unit_test(test_gate_check),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
