/*
 * Policy documents: those that ship, what is said of bad ones, the words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "policies/policies.h"

/* A whole good document with `extra` before its end. */
#define DOCUMENT(steps, sending, rest)                                         \
	"{\"name\": \"A\", \"steps\": [" steps "], \"sending\": " sending      \
	", \"winner\": \"first\", \"price\": {\"kind\": \"fixed\"},"           \
	" \"reply\": {\"minutes\": 60, \"opens\": \"08:00\","                  \
	" \"closes\": \"20:00\", \"days\": [\"monday\"]},"                     \
	" \"start\": {\"rapid_hours\": 24, \"standard_hours\": 48}" rest "}"
#define STEP "{\"criterion\": \"framework\", \"action\": \"must\"}"
#define ALL  "{\"mode\": \"all\"}"

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(16 << 20);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct policy
file_policy(const char *path)
{
	struct policy policy;
	const char *problem;
	const char *text = policy_file_read(arena, path, &problem);
	struct policy_faults faults;

	assert_null(problem);
	assert_non_null(text);
	faults = policy_read(arena, text, &policy);
	if (faults.count != 0)
		fail_msg("%s: %s", path, faults.text[0]);
	return policy;
}

static void
expect_same_steps(
    const struct policy_step *a, const struct policy_step *b, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(a[i].criterion, b[i].criterion);
		assert_int_equal(a[i].action, b[i].action);
		assert_int_equal(a[i].points, b[i].points);
		assert_int_equal(a[i].tolerance, b[i].tolerance);
		assert_int_equal(a[i].limit, b[i].limit);
	}
}

static void
expect_same(struct policy a, struct policy b)
{
	assert_string_equal(a.name, b.name);
	assert_int_equal(a.step_count, b.step_count);
	expect_same_steps(a.step, b.step, a.step_count);
	assert_int_equal(a.reply_step_count, b.reply_step_count);
	expect_same_steps(a.reply_step, b.reply_step, a.reply_step_count);
	assert_int_equal(a.mode, b.mode);
	assert_int_equal(a.best_count, b.best_count);
	assert_int_equal(a.chosen_alone_first, b.chosen_alone_first);
	assert_int_equal(
	    a.single_needs_no_competition, b.single_needs_no_competition);
	assert_int_equal(a.winner, b.winner);
	assert_int_equal(a.price, b.price);
	assert_int_equal(a.floor_pence, b.floor_pence);
	assert_int_equal(a.ceiling_pence, b.ceiling_pence);
	assert_memory_equal(&a.fit, &b.fit, sizeof(a.fit));
	assert_int_equal(a.reply_seconds, b.reply_seconds);
	assert_int_equal(a.referral_opens_minutes, b.referral_opens_minutes);
	assert_int_equal(a.referral_closes_minutes, b.referral_closes_minutes);
	assert_int_equal(a.referral_days, b.referral_days);
	assert_int_equal(a.start_rapid_seconds, b.start_rapid_seconds);
	assert_int_equal(a.start_standard_seconds, b.start_standard_seconds);
}

/* The files say what the documents say. */
static void
test_files(void **state)
{
	struct policy three;

	(void)state;
	expect_same(file_policy("conf/policies/hertfordshire.json"),
	    policy_hertfordshire());
	expect_same(file_policy("conf/policies/cambridgeshire-2017.json"),
	    policy_cambridgeshire());
	three = file_policy("conf/policies/test-best-three.json");
	assert_int_equal(three.mode, MODE_BEST);
	assert_int_equal(three.best_count, 3);
	assert_int_equal(
	    file_policy("conf/policies/test-one-at-a-time.json").mode,
	    MODE_ONE);
}

static void
expect_fault(const char *document, const char *fault)
{
	struct policy policy;
	struct policy_faults faults = policy_read(arena, document, &policy);

	for (size_t i = 0; i < faults.count; i++)
		if (strcmp(faults.text[i], fault) == 0)
			return;
	for (size_t i = 0; i < faults.count; i++)
		print_error("%s\n", faults.text[i]);
	fail_msg("nobody said: %s", fault);
}

static void
test_faults(void **state)
{
	struct policy policy;

	(void)state;
	assert_int_equal(
	    policy_read(arena, DOCUMENT(STEP, ALL, ""), &policy).count, 0);
	expect_fault("[]", "document: must be an object, in { and }");
	expect_fault("{\"name\": \"A\", \"name\": \"B\"}",
	    "line 1, column 20: duplicate object key near '\"name\"'");
	expect_fault("{}", "name: is missing");
	expect_fault("{}", "steps: is missing");
	expect_fault("{}", "sending: is missing");
	expect_fault(
	    "{\"name\": 7}", "name: must be a text, in quotation marks");
	expect_fault(DOCUMENT(STEP, ALL, ", \"colour\": 1"),
	    "colour: there is no such key here");
	expect_fault(DOCUMENT("{\"criterion\": \"framework\"}", ALL, ""),
	    "steps[0].action: is missing");
	expect_fault(DOCUMENT(STEP ", {\"criterion\": \"price\","
				   " \"action\": \"hope\"}",
			 ALL, ""),
	    "steps[1].action: \"hope\" is not one of must, prefer, weigh");
	expect_fault(DOCUMENT(STEP, "{\"mode\": \"some\"}", ""),
	    "sending.mode: \"some\" is not one of all, best, one, tiers");
	expect_fault(
	    DOCUMENT(STEP, "{\"mode\": \"all\", \"best_count\": -1}", ""),
	    "sending.best_count: must be a whole number from 0 to 32767");
	expect_fault(DOCUMENT(STEP, "{\"mode\": \"best\"}", ""),
	    "Say how many of the best are asked at once");
	expect_fault(DOCUMENT(STEP, ALL, ", \"fit\": {\"far_metres\": 1.5}"),
	    "fit.far_metres: must be a whole number from 0 to 2147483647");
}

static void
test_faults_of_values(void **state)
{
	(void)state;
	expect_fault("{\"price\": {\"kind\": \"offered\", \"floor\": 14.17}}",
	    "price.floor: must be an amount in quotation marks, such as "
	    "\"14.17\"");
	expect_fault("{\"price\": {\"kind\": \"free\"}}",
	    "price.kind: \"free\" is not one of fixed, offered, own, set");
	expect_fault("{\"reply\": {\"opens\": \"8 o'clock\"}}",
	    "reply.opens: \"8 o'clock\" is not a time such as \"08:00\"");
	expect_fault("{\"reply\": {\"days\": [\"mon\"]}}",
	    "reply.days: \"mon\" is not a day, monday to sunday");
	expect_fault("{\"reply\": {}}",
	    "reply.days: must be a list of days, such as [\"monday\"]");
	expect_fault("{\"steps\": {}}", "steps: must be a list, in [ and ]");
	expect_fault(
	    "{\"steps\": [7]}", "steps[0]: must be an object, in { and }");
	expect_fault("{\"sending\": {\"chosen_alone_first\": 1}}",
	    "sending.chosen_alone_first: must be true or false");
	expect_fault("{\"winner\": \"last\"}",
	    "winner: \"last\" is not one of first, ranked, best");
}

static void
test_files_that_cannot_be_read(void **state)
{
	const char *problem;

	(void)state;
	assert_null(policy_file_read(arena, "conf/policies/none", &problem));
	assert_string_equal(problem,
	    "conf/policies/none cannot be opened: No such file or directory");
	assert_null(policy_file_read(arena, "conf", &problem));
	assert_non_null(problem);
}

static void
expect_words(const struct policy *policy, const char *sentence)
{
	struct text_list words = policy_words(arena, policy);

	for (size_t i = 0; i < words.count; i++)
		if (strcmp(words.row[i], sentence) == 0)
			return;
	for (size_t i = 0; i < words.count; i++)
		print_error("%s\n", words.row[i]);
	fail_msg("nobody said: %s", sentence);
}

static void
test_words(void **state)
{
	struct policy herts = policy_hertfordshire();
	struct policy cambs = policy_cambridgeshire();

	(void)state;
	expect_words(&herts,
	    "Where the person has chosen a provider, it is asked alone first. "
	    "Otherwise, or when it declines or does not reply, offers go to "
	    "all eligible providers at once.");
	expect_words(&herts,
	    "A reply is due within 2 hours, counted from 08:00 to 20:00 seven "
	    "days a week.");
	expect_words(&herts, "The price is that of the rate card.");
	expect_words(
	    &cambs, "Each reply names an hourly rate, from £14.17 to £16.22.");
	expect_words(&cambs,
	    "Fit is a score of 0 to 100 made of call times 25, specialisms "
	    "25, closeness 15, continuity 15, quality score 10 and local "
	    "office 10.");
	cambs.mode = MODE_BEST;
	cambs.best_count = 3;
	cambs.winner = WINNER_FIRST;
	cambs.referral_days = 3;
	expect_words(&cambs,
	    "Offers go to the first 3 eligible providers at once, then the "
	    "next.");
	expect_words(&cambs,
	    "A reply is due within 2 hours, counted from 08:00 to 20:00 on "
	    "Monday and Tuesday.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_faults_of_values),
		cmocka_unit_test(test_files_that_cannot_be_read),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
