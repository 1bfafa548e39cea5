/*
 * Policy documents: those that ship, what is said of bad ones, the words.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "base/arena.h"
#include "base/file.h"
#include "policies/policies.h"
#include "unit/support_policy.h"
#include "unit/support_random.h"

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

/* The files say what the policies built in say. */
static void
test_files(void **state)
{
	struct policy file = shipped_policy(arena, "hertfordshire");
	struct policy built = policy_hertfordshire();

	(void)state;
	expect_same_policy(&file, &built);
	file = shipped_policy(arena, "cambridgeshire-2017");
	built = policy_cambridgeshire();
	expect_same_policy(&file, &built);
	file = shipped_policy(arena, "test-best-three");
	assert_int_equal(file.mode, MODE_BEST);
	assert_int_equal(file.best_count, 3);
	file = shipped_policy(arena, "test-one-at-a-time");
	assert_int_equal(file.mode, MODE_ONE);
}

static const char *const shipped[] = { "hertfordshire", "cambridgeshire-2017",
	"cambridgeshire-lot1-first-come", "cambridgeshire-lot1-tiers",
	"cambridgeshire-lot1-quality", "cambridgeshire-lot2",
	"rutland-framework", "rutland-catchment-teams", "rutland-low-level",
	"peterborough-block-first", "test-best-three", "test-one-at-a-time" };

static void
expect_written(const struct policy *policy)
{
	const char *text = policy_write(arena, policy);
	struct policy again;
	struct policy_faults faults = policy_read(arena, text, &again);

	if (faults.count != 0)
		fail_msg("%s in %s", faults.text[0], text);
	expect_same_policy(policy, &again);
	assert_string_equal(policy_write(arena, &again), text);
}

/* What was written reads as the same policy, of all there can be. */
static void
test_written_and_read_again(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(shipped) / sizeof(shipped[0]); i++) {
		struct policy policy = shipped_policy(arena, shipped[i]);

		expect_written(&policy);
	}
	random_begin(3);
	for (size_t i = 0; i < 2000; i++) {
		struct policy policy = random_policy();
		struct policy_faults faults = policy_check(arena, &policy);

		if (faults.count != 0)
			fail_msg("%s", faults.text[0]);
		expect_written(&policy);
		assert_true(policy_words(arena, &policy).count >= 5);
		arena_reset(arena);
	}
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

/* The keys that say what follows, ties, clocks and ratings. */
static void
test_faults_of_new_keys(void **state)
{
	(void)state;
	expect_fault(
	    DOCUMENT(STEP, "{\"mode\": \"tiers\", \"by\": [\"teir\"]}", ""),
	    "sending.by[0]: \"teir\" is not one of framework, "
	    "monitoring_visit, area, group, choice, needs, service_kind, "
	    "start, price, capacity, call_times, closeness, continuity, "
	    "quality, local, fit, tier, turn, rating, gates, block_hours, "
	    "people, specialist, low_level");
	expect_fault(DOCUMENT(STEP,
			 "{\"mode\": \"tiers\","
			 " \"by\": [\"tier\", \"tier\", 7]}",
			 ""),
	    "sending.by[1]: \"tier\" is there twice");
	expect_fault("{\"sending\": {\"mode\": \"tiers\", \"by\": [7]}}",
	    "sending.by[0]: must be a text, in quotation marks");
	expect_fault("{\"sending\": {\"mode\": \"tiers\", \"by\": 7}}",
	    "sending.by: must be a list, in [ and ]");
	expect_fault("{\"after\": {\"decline\": \"wait\"}}",
	    "after.decline: \"wait\" is not one of next, reply_time");
	expect_fault("{\"after\": {\"no_reply\": 1}}",
	    "after.no_reply: must be a text, in quotation marks");
	expect_fault("{\"after\": {\"last\": \"ends\"}}",
	    "after.last: \"ends\" is not one of waits, again");
	expect_fault("{\"after\": {\"again_most\": 11}}",
	    "after.again_most: must be a whole number from 0 to 10");
	expect_fault("{\"ties\": [\"order\", \"luck\"]}",
	    "ties[1]: \"luck\" is not one of award, quality, closeness, "
	    "order");
	expect_fault(
	    "{\"ties\": [1, 2, 3, 4, 5]}", "ties: has 5; 4 are the most");
	expect_fault("{\"reply\": {\"clock\": \"every_hour\","
		     " \"opens\": \"08:00\"}}",
	    "reply.opens: has no place where the clock runs every hour");
	expect_fault("{\"reply\": {\"clock\": \"never\"}}",
	    "reply.clock: \"never\" is not one of every_hour, "
	    "referral_hours");
	expect_fault("{\"reply\": {\"bank_holidays\": \"shut\"}}",
	    "reply.bank_holidays: \"shut\" is not one of closed, open");
	expect_fault("{\"start\": {\"introduction\": true}}",
	    "start.introduction: must be a text, in quotation marks");
	expect_fault("{\"steps\": [{\"criterion\": \"rating\","
		     " \"action\": \"must\", \"limit\": 3}]}",
	    "steps[0].limit: must be one of outstanding, good, "
	    "requires_improvement, inadequate");
	expect_fault("{\"steps\": [{\"criterion\": \"rating\","
		     " \"action\": \"must\", \"unrated_passes\": 3}]}",
	    "steps[0].unrated_passes: must be true or false");
}

/* Changes a document as RFC 7396 does: null takes a member away. */
static void
document_change(json_t *document, json_t *change)
{
	const char *key;
	json_t *value;

	json_object_foreach(change, key, value)
	{
		json_t *member = json_object_get(document, key);

		if (json_is_null(value))
			json_object_del(document, key);
		else if (json_is_object(value) && json_is_object(member))
			document_change(member, value);
		else
			json_object_set(document, key, value);
	}
}

static json_t *
json_file(const char *path)
{
	json_t *document = json_load_file(path, 0, NULL);

	assert_non_null(document);
	return document;
}

/*
 * The list that tests/check/policies.mjs holds the published schema to: every
 * document in it is refused here, with its sentence.
 */
static void
test_faults_that_the_schema_knows(void **state)
{
	json_t *list = json_file("tests/data/policy_faults.json"), *row;
	size_t i;

	(void)state;
	assert_true(json_array_size(list) > 50);
	json_array_foreach(list, i, row)
	{
		const char *fault = json_string_value(
		    json_object_get(row, "fault"));
		json_t *document = json_file(
		    arena_printf(arena, "conf/policies/%s.json",
			json_string_value(json_object_get(row, "of"))));
		struct policy_faults faults;
		struct policy policy;
		bool is_said = false;
		char *text;

		document_change(document, json_object_get(row, "change"));
		text = json_dumps(document, 0);
		faults = policy_read(arena, text, &policy);
		for (size_t j = 0; j < faults.count; j++)
			is_said = is_said || strncmp(faults.text[j], fault,
						 strlen(fault)) == 0;
		if (!is_said)
			fail_msg("%s: %s", fault,
			    faults.count > 0 ? faults.text[0] : "no fault");
		free(text);
		json_decref(document);
	}
	json_decref(list);
}

static void
test_files_that_cannot_be_read(void **state)
{
	const char *problem;

	(void)state;
	assert_null(file_read(
	    arena, "conf/policies/none", POLICY_DOCUMENT_MAXIMUM, &problem));
	assert_string_equal(problem,
	    "conf/policies/none cannot be opened: No such file or directory");
	assert_null(
	    file_read(arena, "conf", POLICY_DOCUMENT_MAXIMUM, &problem));
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

static void
test_words_of_what_follows(void **state)
{
	struct policy tiers = shipped_policy(
	    arena, "cambridgeshire-lot1-tiers");
	struct policy teams = shipped_policy(arena, "rutland-catchment-teams");
	struct policy spot = shipped_policy(arena, "rutland-low-level");
	struct policy block = shipped_policy(arena, "peterborough-block-first");

	(void)state;
	expect_words(&tiers,
	    "Offers go to the first eligible providers and all that are equal "
	    "to them by tier at once, then the next.");
	expect_words(&tiers,
	    "Each provider has the hourly rate that was set when it applied, "
	    "by area and how rural it is, and higher for greater needs.");
	expect_words(&teams,
	    "A provider may be asked when it passes each of these steps: on "
	    "the framework, conditions of the framework, geographical area, "
	    "ability to meet needs and people cared for (at most 16 with the "
	    "new one).");
	expect_words(&teams,
	    "Those that pass are put in order by continuity, people cared for "
	    "(in steps of 13) and closeness (in steps of 0.3 miles), then by "
	    "the closeness and the longest time since the last award.");
	expect_words(&teams,
	    "When a reply does not come in time, a broker decides how it goes "
	    "on.");
	expect_words(&teams,
	    "Carer and person are introduced before the start: a reply names "
	    "when.");
	expect_words(&teams,
	    "A reply is due within 8 hours, counted from 09:00 to 17:00 on "
	    "Monday, Tuesday, Wednesday, Thursday and Friday, but not on bank "
	    "holidays.");
	expect_words(&spot,
	    "When nobody is left to ask, the offers start again without those "
	    "that have declined, at most once; then the package waits.");
	expect_words(
	    &spot, "Each provider has its own hourly rate in the register.");
	expect_words(
	    &block, "A reply is due within 2 hours, counted day and night.");
	block.after_decline = DECLINE_REPLY_TIME;
	block.step[5] = (struct policy_step) { .criterion = CRITERION_RATING,
		.limit = RATING_GOOD,
		.passes_unrated = true };
	block.tie[0] = TIE_ORDER;
	block.tie_count = 1;
	expect_words(&block,
	    "The next are asked when the reply time is over, even when "
	    "everybody has declined before.");
	expect_words(&block,
	    "A provider may be asked when it passes each of these steps: on "
	    "the framework, conditions of the framework, geographical area, "
	    "service user group, ability to meet needs and CQC rating (at "
	    "least Good or not yet rated).");
	expect_words(&block,
	    "Those that pass are put in order by start (in steps of 1 hour), "
	    "then by their place in the register.");
	block.step[0] = block.step[5];
	block.step_count = 1;
	expect_words(&block,
	    "A provider may be asked when it passes each of these steps: CQC "
	    "rating (at least Good or not yet rated).");
	expect_words(&block,
	    "Those that pass are put in order by their place in the register.");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_files),
		cmocka_unit_test(test_written_and_read_again),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_faults_of_values),
		cmocka_unit_test(test_faults_of_new_keys),
		cmocka_unit_test(test_faults_that_the_schema_knows),
		cmocka_unit_test(test_files_that_cannot_be_read),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_words_of_what_follows),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
