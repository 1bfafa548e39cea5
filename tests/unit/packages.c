/*
 * Rules of packages: completeness, states, lines of the timetable,
 * and the week of 003's Mr K at the rates of its card.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "packages/packages.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static struct request r;

static int
begin(void **state)
{
	(void)state;
	r.arena = arena_new(1024 * 1024);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(r.arena);
	return 0;
}

static int32_t
on(int32_t year, int32_t month, int32_t day_of_month)
{
	int32_t date = 0;

	assert_true(date_from(year, month, day_of_month, &date));
	return date;
}

/* A package with nothing but a reference, as a new draft is. */
static struct package
package_empty(void)
{
	return (struct package) {
		.reference = "C00000000",
		.state = "draft",
		.person_reference = "",
		.person_name = "",
		.person_number = "",
		.person_given_name = "",
		.person_family_name = "",
		.person_postcode = "",
		.person_address = "",
		.framework_reference = "",
		.funding = "",
		.service_kind = "",
		.group_code = "",
		.age_band = "",
		.postcode = "",
		.urgency = "",
		.wait_reason = "",
	};
}

static void
test_completeness(void **state)
{
	static const char *const saved[] = { "area", "needs", "before-coming",
		"choice" };
	struct package package = package_empty();

	(void)state;
	assert_int_equal(package_sections_left(&package), SECTION_COUNT);
	assert_int_equal(package_section_state(&package, SECTION_PERSON),
	    SECTION_NOT_STARTED);
	package.has_person_id = true;
	assert_int_equal(package_section_state(&package, SECTION_PERSON),
	    SECTION_IN_PROGRESS);
	package.person_born_on = on(1941, 3, 27);
	package.person_address = "1 Larch Lane";
	/* Whom to call is asked, too; that there is nobody is an answer. */
	assert_int_equal(package_section_state(&package, SECTION_PERSON),
	    SECTION_IN_PROGRESS);
	package.has_no_emergency_contact = true;
	assert_int_equal(
	    package_section_state(&package, SECTION_PERSON), SECTION_COMPLETED);
	package.has_no_emergency_contact = false;
	package.emergency_count = 1;
	assert_int_equal(
	    package_section_state(&package, SECTION_PERSON), SECTION_COMPLETED);
	package.has_framework_id = true;
	package.funding = "council";
	assert_int_equal(package_section_state(&package, SECTION_FUNDING),
	    SECTION_IN_PROGRESS);
	package.service_kind = "support_at_home";
	package.postcode = "ZY1 1AA";
	package.has_area_id = true;
	/* The suggestion is there, and still to be confirmed. */
	assert_int_equal(package_section_state(&package, SECTION_PLACE),
	    SECTION_IN_PROGRESS);
	package.group_code = "older_people";
	package.age_band = "from_85";
	package.visit_count = package.outcome_count = 1;
	package.urgency = "rapid";
	package.start_wanted_at = 1;
	package.wait_reason = "nothing_in_place";
	assert_int_equal(package_sections_left(&package), 4);
	package.sections = (struct text_list) { saved, LENGTH(saved) };
	assert_int_equal(package_sections_left(&package), 0);
}

/* On from where one is, round to what was left out before, then the end. */
static void
test_next_section(void **state)
{
	struct package package = package_empty();

	(void)state;
	assert_int_equal(
	    package_section_next(&package, SECTION_FUNDING), SECTION_PLACE);
	package.group_code = "older_people";
	package.age_band = "from_85";
	assert_int_equal(
	    package_section_next(&package, SECTION_PLACE), SECTION_NEEDS);
	assert_int_equal(
	    package_section_next(&package, SECTION_WAITING), SECTION_PERSON);
	assert_int_equal(
	    package_section_of("before-coming"), SECTION_BEFORE_COMING);
	assert_int_equal(package_section_of("area"), SECTION_PLACE);
}

static void
test_two_carers(void **state)
{
	static const char *const saved[] = { "needs" };
	const struct need needs[] = {
		{ .kind = "language", .code = "polish", .is_must = true },
		{ .kind = "two_carers", .code = "two_carers", .is_must = true },
	};
	const struct visit visits[] = { { .carers = 1 }, { .carers = 2 } };
	struct package package = package_empty();

	(void)state;
	assert_string_equal(
	    two_carers_need(&package, (struct need_list) { needs, 1 }), "");
	package.sections = (struct text_list) { saved, 1 };
	assert_string_equal(
	    two_carers_need(&package, (struct need_list) { needs, 1 }), "no");
	assert_string_equal(
	    two_carers_need(&package, (struct need_list) { needs, 2 }), "must");
	assert_int_equal(
	    visits_most_carers((struct visit_list) { visits, 2 }), 2);
	assert_int_equal(
	    visits_most_carers((struct visit_list) { visits, 0 }), 0);
}

/* By what the policy does, whoever's it is. */
static void
test_preferences_under_policies(void **state)
{
	struct policy policy = {
		.step = { { .criterion = CRITERION_NEEDS,
			      .action = ACTION_MUST },
		    { .criterion = CRITERION_FIT, .action = ACTION_WEIGH } },
		.step_count = 2,
	};

	(void)state;
	assert_false(policy_orders_by_needs(&policy));
	policy.fit.specialisms = 25;
	assert_true(policy_orders_by_needs(&policy));
	policy.step[1].criterion = CRITERION_PRICE;
	assert_false(policy_orders_by_needs(&policy));
	policy.step[0].action = ACTION_PREFER;
	assert_true(policy_orders_by_needs(&policy));
}

static void
test_states(void **state)
{
	static const struct {
		const char *state;
		bool may_change;
	} cases[] = {
		{ "draft", true },
		{ "waiting", true },
		{ "offered", true },
		{ "placed", false },
		{ "closed", false },
		{ "cancelled", false },
	};
	struct package package = package_empty();
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++) {
		package.state = cases[i].state;
		assert_int_equal(
		    package_may_change(&package), cases[i].may_change);
		assert_string_not_equal(
		    package_state_label(cases[i].state), cases[i].state);
	}
	assert_string_equal(package_state_label("odd"), "odd");
	assert_string_equal(wait_reason_label(""), "");
}

static void
test_age_bands(void **state)
{
	int32_t today = on(2026, 3, 27);

	(void)state;
	assert_string_equal(age_band_of(0, today), "");
	assert_string_equal(age_band_of(on(2008, 3, 28), today), "under_18");
	assert_string_equal(age_band_of(on(2008, 3, 27), today), "from_18");
	assert_string_equal(age_band_of(on(1961, 3, 28), today), "from_18");
	assert_string_equal(age_band_of(on(1961, 3, 27), today), "from_65");
	assert_string_equal(age_band_of(on(1951, 3, 27), today), "from_75");
	assert_string_equal(age_band_of(on(1941, 3, 28), today), "from_75");
	assert_string_equal(age_band_of(on(1941, 3, 27), today), "from_85");
}

/* Fills the timetable's form and gives the message of one field. */
static const char *
message(const char *field, const struct visit_form *visit)
{
	struct form *form = form_show(&r, visit_fields, NULL);
	struct visit_form checked = *visit;

	visit_check(form, &checked);
	return form_field(form, field)->error;
}

static void
test_visit_lines(void **state)
{
	static const char *const monday[] = { "1" };
	struct visit_form visit = {
		.kind = "days",
		.days = { monday, 1 },
		.minutes = 30,
		.carers = 1,
		.timing = "flexible",
	};

	(void)state;
	assert_null(message("days", &visit));
	assert_null(message("start_from", &visit));
	visit.timing = "critical";
	assert_non_null(message("start_from", &visit));
	assert_non_null(message("start_until", &visit));
	visit.has_start_from = visit.has_start_until = true;
	visit.start_from = visit.start_until = 0;
	assert_null(message("start_until", &visit));
	/* Over midnight is a window, back by most of a day is a slip. */
	visit.start_from = 23 * 60;
	visit.start_until = 60;
	assert_null(message("start_until", &visit));
	visit.start_from = 9 * 60;
	visit.start_until = 8 * 60;
	assert_non_null(message("start_until", &visit));
	visit.start_until = 10 * 60;
	visit.kind = "times";
	assert_non_null(message("times", &visit));
	visit.times = 2;
	assert_null(message("times", &visit));
	visit.minutes = 0;
	assert_non_null(message("minutes", &visit));
	visit.timing = "";
	assert_non_null(message("timing", &visit));
	visit.kind = "flexible";
	assert_null(message("minutes", &visit));
	assert_null(message("timing", &visit));
	assert_non_null(message("week_minutes", &visit));
	visit.week_minutes = 90;
	assert_null(message("week_minutes", &visit));
}

/* What was typed for another kind does not count, right or wrong. */
static void
test_other_kinds(void **state)
{
	static const char *const monday[] = { "1" };
	struct visit_form visit = {
		.kind = "flexible",
		.days = { monday, 1 },
		.times = 3,
		.minutes = 30,
		.week_minutes = 120,
		.carers = 1,
		.has_start_from = true,
		.timing = "critical",
	};
	struct form *form = form_show(&r, visit_fields, NULL);
	struct visit line;

	(void)state;
	form_error(form, "times", "Times a week must be 70 or less");
	form_error(form, "start_until", "Latest start must be a time");
	visit_check(form, &visit);
	assert_true(form_ok(form));
	line = visit_of_form(&visit);
	assert_int_equal(line.minutes, 120);
	assert_int_equal(line.days, 0);
	assert_int_equal(line.times, 0);
	assert_false(line.has_start_from_minute);
	assert_false(line.is_critical);
	visit.kind = "days";
	visit.days = (struct text_list) { monday, 1 };
	visit.minutes = 30;
	visit_check(form, &visit);
	line = visit_of_form(&visit);
	assert_int_equal(line.minutes, 30);
	assert_int_equal(line.days, 1);
}

static void
test_days(void **state)
{
	static const char *const some[] = { "2", "4", "7" };
	static const char *const every = "every";
	static const char *const weekdays = "weekdays";
	struct text_list days = { some, LENGTH(some) };
	struct visit visit = { .kind = "days" };
	int32_t bits = visit_days_of(days);
	struct text_list again = visit_days_list(r.arena, bits);

	(void)state;
	assert_int_equal(bits, 2 + 8 + 64);
	assert_int_equal(again.count, 3);
	assert_string_equal(again.row[2], "7");
	assert_int_equal(visit_days_of((struct text_list) { &every, 1 }), 127);
	assert_int_equal(
	    visit_days_of((struct text_list) { &weekdays, 1 }), 31);
	assert_string_equal(visit_days_list(r.arena, 127).row[0], "every");
	assert_string_equal(visit_days_list(r.arena, 31).row[0], "weekdays");
	assert_int_equal(visit_days_list(r.arena, 31).count, 1);
	visit.days = bits;
	assert_string_equal(
	    visit_when(&r, &visit), "Tuesday, Thursday and Sunday");
	visit.days = 127;
	assert_string_equal(visit_when(&r, &visit), "Every day");
	visit.days = 31;
	assert_string_equal(visit_when(&r, &visit), "Monday to Friday");
	visit.kind = "times";
	visit.times = 1;
	assert_string_equal(visit_when(&r, &visit), "Once a week");
	visit.times = 3;
	assert_string_equal(visit_when(&r, &visit), "3 times a week");
	visit.kind = "flexible";
	assert_string_equal(visit_when(&r, &visit), "Over the week");
	assert_string_equal(visit_times(&r, &visit), "");
	visit.has_start_from_minute = visit.has_start_until_minute = true;
	visit.start_from_minute = 450;
	visit.start_until_minute = 540;
	assert_string_equal(visit_times(&r, &visit), "7:30am to 9am");
	visit.start_until_minute = 450;
	assert_string_equal(visit_times(&r, &visit), "at 7:30am");
}

static const int64_t limits[] = { 1259, 2159, 3059, 3600 };
static const int64_t percents[] = { 40, 60, 80, 100 };

/* Mr K: 15 hours a week, longer twice a week, one long meal (003 L179-183). */
static const struct visit mr_k[] = {
	{ .kind = "days",
	    .days = 127,
	    .minutes = 45,
	    .carers = 1,
	    .purpose = "Morning" },
	{ .kind = "days",
	    .days = 127,
	    .minutes = 45,
	    .carers = 1,
	    .purpose = "Evening" },
	{ .kind = "times",
	    .times = 2,
	    .minutes = 75,
	    .carers = 1,
	    .purpose = "Longer visit" },
	{ .kind = "times",
	    .times = 1,
	    .minutes = 60,
	    .carers = 1,
	    .purpose = "Meal" },
	{ .kind = "flexible",
	    .minutes = 60,
	    .carers = 1,
	    .purpose = "Going out" },
};

static void
test_week(void **state)
{
	struct visit_list visits = { mr_k, LENGTH(mr_k) };
	struct price_rule rule = {
		.rule = "fixed",
		.hourly_pence = 2192,
		.has_hourly_pence = true,
		.up_to_seconds = { limits, 4 },
		.percents = { percents, 4 },
	};
	struct package_price price = package_price(
	    NULL, r.arena, &rule, visits);
	struct working_line_list working;

	(void)state;
	assert_true(price.is_known);
	assert_false(price.is_range);
	assert_int_equal(price.low.care_seconds, 15 * 3600);
	/* 14 x 17.54 + 2 x 27.40 + 21.92 + 21.92 */
	assert_int_equal(price.low.total_pence, 24556 + 5480 + 2192 + 2192);
	working = package_working(&r, &price, &rule, visits);
	assert_int_equal(working.count, 5);
	assert_string_equal(working.row[0].band, "36 min to 50 min 59 s");
	assert_string_equal(working.row[0].each, "£17.54");
	assert_string_equal(working.row[2].band, "over 60 min, or flexible");
	assert_string_equal(price_band_text(&r, &rule, 0), "up to 20 min 59 s");

	rule.rule = "offered";
	rule.floor_pence = 1417;
	rule.ceiling_pence = 1622;
	rule.up_to_seconds.count = rule.percents.count = 0;
	price = package_price(NULL, r.arena, &rule, visits);
	assert_true(price.is_range);
	assert_int_equal(price.low.care_seconds, price.high.care_seconds);
	/* 14 x 10.63 + 2 x 17.71 + 2 x 14.17, and at 16.22 likewise. */
	assert_string_equal(
	    package_price_text(&r, &price), "£212.58 to £243.38");
	assert_string_equal(
	    price_band_text(&r, &rule, PRICE_PRO_RATA), "by the hour");
}

/* Hours are known before there is a rate; the price is not. */
static void
test_week_without_rate(void **state)
{
	struct visit_list visits = { mr_k, LENGTH(mr_k) };
	struct price_rule rule = { .rule = "fixed" };
	struct package_price price = package_price(NULL, r.arena, NULL, visits);

	(void)state;
	assert_false(price.is_known);
	assert_int_equal(price.low.care_seconds, 15 * 3600);
	assert_string_equal(package_price_text(&r, &price), "not known yet");
	price = package_price(NULL, r.arena, &rule, visits);
	assert_false(price.is_known);
	visits.count = 0;
	price = package_price(NULL, r.arena, NULL, visits);
	assert_int_equal(price.low.care_seconds, 0);
}

static void
test_needs(void **state)
{
	static const struct need rows[] = {
		{ "specialism", "dementia", "Dementia", true },
		{ "language", "polish", "Polish", false },
		{ "language", "urdu", "Urdu", true },
	};
	struct need_list needs = { rows, LENGTH(rows) };

	(void)state;
	assert_string_equal(needs_text(&r, needs, true), "Dementia, Urdu");
	assert_string_equal(needs_text(&r, needs, false), "Polish");
	needs.count = 0;
	assert_string_equal(needs_text(&r, needs, true), "None");
	assert_string_equal(yes_no_text("yes"), "Yes");
	assert_string_equal(yes_no_text(""), "Not known");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_completeness),
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_age_bands),
		cmocka_unit_test(test_visit_lines),
		cmocka_unit_test(test_other_kinds),
		cmocka_unit_test(test_next_section),
		cmocka_unit_test(test_two_carers),
		cmocka_unit_test(test_preferences_under_policies),
		cmocka_unit_test(test_days),
		cmocka_unit_test(test_week),
		cmocka_unit_test(test_week_without_rate),
		cmocka_unit_test(test_needs),
	};

	return cmocka_run_group_tests_name("packages", tests, begin, end);
}
