/*
 * Policies in the browser: drafts and their forms, putting in force, files,
 * and trying out.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "policies/policies.h"
#include "policies/shipped.h"
#include "support_controls.h"
#include "support_offers.h"

static struct browser *commissioner;
static struct arena *arena;

static int
begin(void **state)
{
	fern_begin(state);
	account_make("admin@gorse.example", "Gil Gorse",
	    "council_administrator", "gorse", "");
	return 0;
}

/* Everybody's session of this test, at ten on a Wednesday. */
static int
each_begin(void **state)
{
	(void)state;
	sql_run("SELECT fern_day(10)");
	commissioner = fern_sign_in("commissioner@fern.example");
	arena = arena_new(64 * 1024 * 1024);
	return 0;
}

static int
each_end(void **state)
{
	(void)state;
	browser_free(commissioner);
	arena_free(arena);
	return 0;
}

/* --- Helpers -------------------------------------------------------------- */

/* A draft that begins with one that ships, or "blank"; its reference. */
static const char *
draft_make(const char *from)
{
	browser_fill(commissioner, "/policies/new", "name", "A draft of tests",
	    "from", from, NULL);
	expect_location(commissioner, "/policies/Y");
	return arena_strndup(
	    arena, commissioner->location + strlen("/policies/"), 9);
}

static const char *
policy_of(const char *code)
{
	return arena_strdup(arena,
	    sql_text("SELECT reference FROM policy WHERE code = '%s'", code));
}

static const char *at(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

static const char *
at(const char *format, ...)
{
	const char *path;
	va_list args;

	va_start(args, format);
	path = arena_vprintf(arena, format, args);
	va_end(args);
	return path;
}

/* What the file of a version says. */
static const char *
document_of(const char *reference, int number)
{
	browser_get(commissioner,
	    at("/policies/%s/versions/%d/document.json", reference, number));
	expect_status(commissioner, 200);
	return arena_strdup(arena, commissioner->page);
}

/* The same policy as written anew, which leaves out what is usual. */
static const char *
written_anew(const char *document)
{
	struct policy policy;

	assert_int_equal(policy_read(arena, document, &policy).count, 0);
	return policy_write(arena, &policy);
}

static int64_t
audits(const char *act, const char *reference)
{
	return sql_number("SELECT count(*) FROM audit WHERE act = '%s'"
			  " AND object_reference = '%s'",
	    act, reference);
}

/* Puts a version in force for the framework of a code, days from now. */
static void
put_in_force(const char *reference, int number, const char *code, int days)
{
	const char *path = at(
	    "/policies/%s/versions/%d/put-in-force", reference, number);
	char framework[16], revision[16];
	struct start_fields day = fern_start(24 * days);

	snprintf(framework, sizeof(framework), "%s",
	    sql_text(
		"SELECT reference FROM framework WHERE code = '%s'", code));
	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	browser_hidden(commissioner, "revision", revision, sizeof(revision));
	browser_post(commissioner, path, "revision", revision, "framework",
	    framework, "from_on-day", day.day, "from_on-month", day.month,
	    "from_on-year", day.year, NULL);
}

static int64_t
version_in_force(const char *code)
{
	return sql_number("SELECT v.number FROM framework f"
			  " JOIN policy_version v ON v.council_id ="
			  " f.council_id AND v.id = policy_in_force("
			  "f.council_id, f.id, (clock_now() AT TIME ZONE"
			  " 'Europe/London')::date) WHERE f.code = '%s'",
	    code);
}

/* --- Reading -------------------------------------------------------------- */

static void
test_list_and_words(void **state)
{
	struct browser *broker = fern_sign_in("broker@fern.example");
	const char *policy = policy_of("hertfordshire");

	(void)state;
	browser_get(broker, "/policies");
	expect_text(broker, "Framework hertfordshire");
	expect_text(broker, "In force");
	expect_no_text(broker, "Create a policy");
	browser_get(broker, at("/policies/%s/versions/1", policy));
	expect_text(broker, "Person&#39;s choice");
	expect_text(broker, "The one that the person has chosen comes first");
	expect_text(broker, "A reply is due within 2 hours");
	expect_text(broker, "&quot;criterion&quot;: &quot;choice&quot;");
	expect_text(broker, "Framework hertfordshire");
	expect_no_text(broker, "Put in force");
	browser_get(broker, "/policies/new");
	expect_status(broker, 403);
	browser_free(broker);
}

static void
test_another_council(void **state)
{
	struct browser *other = fern_sign_in("admin@gorse.example");
	const char *policy = policy_of("hertfordshire");

	(void)state;
	browser_get(other, "/policies");
	expect_text(other, "There are no policies yet");
	browser_get(other, at("/policies/%s/versions/1", policy));
	expect_status(other, 404);
	browser_get(other, at("/policies/%s/versions/1/document.json", policy));
	expect_status(other, 404);
	browser_free(other);
}

/* --- Forms ---------------------------------------------------------------- */

/* Sends the form of a page again as it stands. */
static void
send_again(const char *path)
{
	struct control_list form;

	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	form = controls_read(arena, commissioner->page, path);
	assert_true(form.count > 2);
	browser_post_body(commissioner, path, controls_body(arena, form));
	if (commissioner->status != 303)
		print_error("%s is not taken as it is shown\n", path);
	expect_status(commissioner, 303);
}

/* Every form of every policy that ships, shown and sent, changes nothing. */
static void
test_forms_keep(void **state)
{
	static const char *const parts[] = { "name", "sending", "reply-time",
		"after", "winner", "price", "start", "ties", "fit" };

	(void)state;
	for (size_t i = 0; policies_shipped[i].code != NULL; i++) {
		const char *draft = draft_make(policies_shipped[i].code);
		const char *before = document_of(draft, 1);
		struct policy policy;

		assert_int_equal(policy_read(arena, before, &policy).count, 0);
		for (size_t j = 0; j < sizeof(parts) / sizeof(parts[0]); j++)
			send_again(
			    at("/policies/%s/draft/%s", draft, parts[j]));
		for (size_t j = 1; j <= policy.step_count; j++)
			send_again(
			    at("/policies/%s/draft/steps/%zu", draft, j));
		for (size_t j = 1; j <= policy.reply_step_count; j++)
			send_again(
			    at("/policies/%s/draft/reply-steps/%zu", draft, j));
		assert_string_equal(document_of(draft, 1), before);
	}
}

static void
post_part(const char *draft, const char *part, const char *name,
    const char *value, const char *other, const char *text)
{
	const char *path = at("/policies/%s/draft/%s", draft, part);
	char revision[16];

	browser_get(commissioner, path);
	browser_hidden(commissioner, "revision", revision, sizeof(revision));
	browser_post(commissioner, path, "revision", revision, name, value,
	    *other != '\0' ? other : NULL, text, NULL);
}

static void
refuse_part(const char *draft, const char *part, const char *name,
    const char *value, const char *other, const char *text, const char *message)
{
	post_part(draft, part, name, value, other, text);
	expect_status(commissioner, 422);
	expect_text(commissioner, message);
}

static void
test_parts_wrong(void **state)
{
	const char *draft = draft_make("blank");

	(void)state;
	refuse_part(draft, "name", "name", "", "", "", "Enter a name");
	refuse_part(draft, "sending", "mode", "best", "", "",
	    "Enter how many are asked");
	refuse_part(draft, "sending", "mode", "all", "best_count", "3",
	    "Leave this empty unless the first few are asked at once");
	refuse_part(draft, "sending", "mode", "tiers", "", "",
	    "Select what makes a tier");
	refuse_part(draft, "price", "price", "fixed", "floor_pence", "14.17",
	    "Leave this empty: the rate card is the same for everybody");
	refuse_part(draft, "ties", "tie_second", "award", "", "",
	    "Fill in the line above first");
	refuse_part(draft, "ties", "tie_first", "award", "tie_second", "award",
	    "Select something that does not stand above already");
	refuse_part(draft, "reply-time", "reply_minutes", "2", "clock",
	    "referral_hours", "Enter when referral hours begin");
	refuse_part(draft, "start", "rapid_hours", "48", "standard_hours", "24",
	    "must be those until a rapid start, or more");
	refuse_part(draft, "fit", "closeness", "5", "", "",
	    "must be more than of what is close");
	browser_get(commissioner, at("/policies/%s/draft/nothing", draft));
	expect_status(commissioner, 404);
}

static void
step_add(const char *draft, const char *criterion, const char *action)
{
	char revision[16];
	const char *path = at("/policies/%s/draft/steps/new", draft);

	browser_get(commissioner, path);
	browser_hidden(commissioner, "revision", revision, sizeof(revision));
	browser_post(commissioner, path, "revision", revision, "criterion",
	    criterion, "action", action, NULL);
}

static void
test_steps(void **state)
{
	const char *draft = draft_make("blank");

	(void)state;
	browser_get(commissioner, at("/policies/%s/draft?check=yes", draft));
	expect_text(commissioner, "A policy has 1 to 32 steps");
	expect_text(commissioner, "href=\"#steps\"");
	step_add(draft, "framework", "weigh");
	expect_status(commissioner, 422);
	expect_text(commissioner, "On the framework cannot do this");
	step_add(draft, "framework", "must");
	expect_location(commissioner, at("/policies/%s/draft#steps-1", draft));
	step_add(draft, "framework", "must");
	expect_text(commissioner, "Step 1 looks at this already");
	step_add(draft, "rating", "must");
	expect_location(commissioner, at("/policies/%s/draft/steps/2", draft));
	browser_get(commissioner, at("/policies/%s/draft?check=yes", draft));
	expect_text(commissioner, "href=\"#steps-2\"");
	post_part(draft, "steps/2", "action", "must", "rating", "");
	expect_status(commissioner, 422);
	expect_text(commissioner, "Select the worst rating that passes");
	post_part(draft, "steps/2", "action", "must", "rating", "good");
	expect_status(commissioner, 303);
	step_add(draft, "start", "prefer");
	post_part(draft, "steps/3", "action", "prefer", "tolerance", "4.5");
	expect_status(commissioner, 303);
	browser_get(commissioner, at("/policies/%s/draft?check=yes", draft));
	expect_text(commissioner, "Nothing is wrong with this policy");
	assert_non_null(strstr(document_of(draft, 1), "16200"));
	post_part(draft, "steps/move", "step", "3", "move", "up");
	assert_int_equal(commissioner->status, 409);
}

/* What a page's button of a step sends. */
static void
step_move(const char *draft, const char *step, const char *how)
{
	char revision[16];

	browser_get(commissioner, at("/policies/%s/draft", draft));
	browser_hidden(commissioner, "revision", revision, sizeof(revision));
	browser_post(commissioner, at("/policies/%s/draft/steps/move", draft),
	    "revision", revision, "step", step, "move", how, NULL);
}

static void
test_steps_move(void **state)
{
	const char *draft = draft_make("hertfordshire");

	(void)state;
	step_move(draft, "8", "up");
	expect_location(commissioner, at("/policies/%s/draft#steps", draft));
	assert_string_equal(
	    sql_text("SELECT string_agg(s ->> 'criterion', ' ' ORDER BY n)"
		     " FROM policy p JOIN policy_version v USING (council_id)"
		     " CROSS JOIN LATERAL jsonb_array_elements("
		     "v.document -> 'steps') WITH ORDINALITY AS x (s, n)"
		     " WHERE v.policy_id = p.id AND p.reference = '%s'"
		     " AND n > 5",
		draft),
	    "needs price start");
	step_move(draft, "1", "remove");
	expect_status(commissioner, 303);
	step_move(draft, "1", "up");
	expect_status(commissioner, 404);
	step_move(draft, "8", "down");
	expect_status(commissioner, 404);
	step_move(draft, "7", "down");
	expect_status(commissioner, 404);
	assert_int_equal(audits("policy.change", draft), 2);
}

/* Two at once: the later one is told, and may still have it so. */
static void
test_conflict(void **state)
{
	const char *draft = draft_make("hertfordshire");
	char revision[16];

	(void)state;
	browser_get(commissioner, at("/policies/%s/draft/name", draft));
	browser_hidden(commissioner, "revision", revision, sizeof(revision));
	post_part(draft, "name", "name", "By another", "", "");
	expect_status(commissioner, 303);
	browser_get(commissioner, at("/policies/%s/draft/name", draft));
	browser_post(commissioner, at("/policies/%s/draft/name", draft),
	    "revision", revision, "name", "Mine", NULL);
	expect_status(commissioner, 409);
	expect_text(commissioner, "By another");
	expect_text(commissioner, "Mine");
	browser_get(commissioner, at("/policies/%s/draft", draft));
	browser_post(commissioner, at("/policies/%s/draft/steps/move", draft),
	    "revision", revision, "step", "1", "move", "remove", NULL);
	expect_status(commissioner, 409);
	expect_text(commissioner, "Nothing was moved");
	browser_get(commissioner, at("/policies/%s/draft/discard", draft));
	browser_post(commissioner, at("/policies/%s/draft/discard", draft),
	    "revision", revision, NULL);
	expect_status(commissioner, 409);
	expect_text(commissioner, "Not thrown away");
	assert_non_null(strstr(document_of(draft, 1), "\"By another\""));
}

/* --- In force ------------------------------------------------------------- */

static void
test_put_in_force(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	const char *policy = policy_of("hertfordshire");

	(void)state;
	browser_get(commissioner, at("/policies/%s/versions/1", policy));
	browser_post(
	    commissioner, at("/policies/%s/versions/1/edit", policy), NULL);
	expect_location(commissioner, at("/policies/%s/draft", policy));
	post_part(policy, "start", "rapid_hours", "12", "standard_hours", "36");
	put_in_force(policy, 2, "hertfordshire", -1);
	expect_status(commissioner, 422);
	expect_text(commissioner, "The day must be today or in the future");
	put_in_force(policy, 2, "hertfordshire", 0);
	expect_location(commissioner, at("/policies/%s/versions/2", policy));
	assert_int_equal(version_in_force("hertfordshire"), 2);
	fern_send(cast.broker, cast.package);
	assert_int_equal(
	    sql_number("SELECT v.number FROM offer_round r"
		       " JOIN package k ON k.id = r.package_id"
		       " JOIN policy_version v ON v.id = r.policy_version_id"
		       " WHERE k.reference = '%s'",
		cast.package),
	    2);
	browser_get(commissioner, at("/policies/%s/draft", policy));
	expect_status(commissioner, 404);
	put_in_force(policy, 2, "hertfordshire", 0);
	expect_text(commissioner, "This version is in force for it already");
	browser_get(commissioner, at("/policies/%s/versions/2/retire", policy));
	expect_status(commissioner, 404);
	assert_int_equal(audits("policy.put_in_force", policy), 1);
	assert_int_equal(audits("policy.draft", policy), 1);
	fern_cast_end(&cast);
}

/* A day ahead: nothing happens before it, and it can be called off. */
static void
test_planned(void **state)
{
	const char *draft = draft_make("rutland-low-level");
	const char *path;
	char use[24];

	(void)state;
	put_in_force(draft, 1, "test-best-three", 1);
	expect_location(commissioner, at("/policies/%s/versions/1", draft));
	browser_get(commissioner, at("/policies/%s/versions/1", draft));
	expect_text(commissioner, "In force from");
	assert_string_equal(
	    sql_text("SELECT p.code FROM framework f JOIN policy_version v"
		     " ON v.id = policy_in_force(f.council_id, f.id,"
		     " (clock_now() AT TIME ZONE 'Europe/London')::date)"
		     " JOIN policy p ON p.id = v.policy_id"
		     " WHERE f.code = 'test-best-three'"),
	    "test-best-three");
	browser_hidden(commissioner, "use", use, sizeof(use));
	path = at("/policies/%s/versions/1/call-off", draft);
	browser_post(commissioner, path, "use", use, NULL);
	expect_location(commissioner, at("/policies/%s/versions/1", draft));
	browser_get(commissioner, at("/policies/%s/versions/1", draft));
	expect_text(commissioner, "No longer in force");
	browser_post(commissioner, path, "use", use, NULL);
	expect_status(commissioner, 404);
	put_in_force(draft, 1, "test-best-three", 1);
	fern_later("24 hours");
	fern_sign_in_again(&commissioner, "commissioner@fern.example");
	browser_get(commissioner, at("/policies/%s/versions/1", draft));
	expect_text(commissioner, "In force");
	expect_no_text(commissioner, "Call off");
	assert_int_equal(audits("policy.call_off", draft), 1);
}

static void
test_retire_and_discard(void **state)
{
	const char *draft = draft_make("hertfordshire");

	(void)state;
	put_in_force(draft, 1, "cambridgeshire-2017", 2);
	browser_get(commissioner, at("/policies/%s/versions/1/retire", draft));
	expect_status(commissioner, 404);
	sql_run("DELETE FROM framework_policy p USING policy_version v,"
		" policy y WHERE v.id = p.policy_version_id"
		" AND y.id = v.policy_id AND y.reference = '%s'",
	    draft);
	browser_get(commissioner, at("/policies/%s/versions/1/retire", draft));
	browser_post(
	    commissioner, at("/policies/%s/versions/1/retire", draft), NULL);
	expect_location(commissioner, at("/policies/%s/versions/1", draft));
	browser_get(commissioner, at("/policies/%s/versions/1", draft));
	expect_text(commissioner, "Retired");
	browser_get(
	    commissioner, at("/policies/%s/versions/1/put-in-force", draft));
	expect_status(commissioner, 404);
	assert_int_equal(audits("policy.retire", draft), 1);

	draft = draft_make("blank");
	put_in_force(draft, 1, "cambridgeshire-2017", 0);
	expect_status(commissioner, 422);
	expect_text(commissioner, "Mend what is wrong with the policy first");
	browser_get(commissioner, at("/policies/%s/draft/discard", draft));
	browser_post(commissioner, at("/policies/%s/draft/discard", draft),
	    "revision", "1", NULL);
	expect_location(commissioner, "/policies");
	browser_get(commissioner, at("/policies/%s/draft", draft));
	expect_status(commissioner, 404);
	assert_int_equal(audits("policy.discard", draft), 1);
}

/* --- Files ---------------------------------------------------------------- */

static void
import(const char *content, size_t length)
{
	browser_get(commissioner, "/policies/import");
	browser_post_file(commissioner, "/policies/import", "document",
	    "policy.json",
	    (struct bytes) { (const unsigned char *)content, length });
}

/* What is exported and imported again is the same, to the last letter. */
static void
test_round_trip(void **state)
{
	(void)state;
	for (size_t i = 0; policies_shipped[i].code != NULL; i++) {
		const char *text = policies_shipped[i].document;
		const char *copy;

		import(text, strlen(text));
		expect_location(commissioner, "/policies/Y");
		copy = arena_strndup(
		    arena, commissioner->location + strlen("/policies/"), 9);
		assert_int_equal(audits("policy.import", copy), 1);
		text = document_of(copy, 1);
		assert_string_equal(
		    text, written_anew(policies_shipped[i].document));
		import(text, strlen(text));
		copy = arena_strndup(
		    arena, commissioner->location + strlen("/policies/"), 9);
		assert_string_equal(document_of(copy, 1), text);
	}
}

static void
test_import_wrong(void **state)
{
	static const char wrong[] =
	    "{ \"name\": \"x\", \"steps\": [{ \"criterion\": \"aera\","
	    " \"action\": \"must\" }], \"sending\": { \"mode\": \"all\" },"
	    " \"winner\": \"last\" }";
	char *large = arena_alloc(arena, POLICY_DOCUMENT_MAXIMUM + 1);
	int64_t before = sql_number("SELECT count(*) FROM policy");

	(void)state;
	import(wrong, strlen(wrong));
	expect_status(commissioner, 422);
	expect_text(commissioner, "steps[0].criterion");
	expect_text(commissioner, "winner");
	expect_text(commissioner, "href=\"#document\"");
	import("\xFF\xFE", 2);
	expect_text(commissioner, "in UTF-8");
	memset(large, ' ', POLICY_DOCUMENT_MAXIMUM + 1);
	import(large, POLICY_DOCUMENT_MAXIMUM + 1);
	expect_text(commissioner, "smaller than 64 KB");
	browser_get(commissioner, "/policies/import");
	browser_post(commissioner, "/policies/import", NULL);
	expect_status(commissioner, 422);
	expect_text(commissioner, "Select a file");
	browser_get(commissioner, "/policies/new");
	browser_post_file(commissioner, "/policies/new", "document", "x",
	    (struct bytes) { NULL, 0 });
	expect_status(commissioner, 400);
	assert_int_equal(sql_number("SELECT count(*) FROM policy"), before);
}

/* A copy is a policy of its own; what it was made of stays as it is. */
static void
test_copy(void **state)
{
	const char *policy = policy_of("hertfordshire"), *copy;
	const char *path = at("/policies/%s/versions/1/copy", policy);

	(void)state;
	browser_fill(commissioner, path, "name", "", NULL);
	expect_status(commissioner, 422);
	expect_text(commissioner, "Enter a name");
	browser_fill(commissioner, path, "name", "A copy", NULL);
	expect_location(commissioner, "/policies/Y");
	copy = arena_strndup(
	    arena, commissioner->location + strlen("/policies/"), 9);
	assert_non_null(strstr(document_of(copy, 1), "\"A copy\""));
	assert_null(strstr(document_of(policy, 1), "A copy"));
	assert_int_equal(audits("policy.copy", copy), 1);
}

/* --- Trying out ----------------------------------------------------------- */

/* A figure of every table that a trial could change. */
static const char *
everything(void)
{
	return arena_strdup(arena,
	    sql_text("SELECT concat_ws(' ', (SELECT count(*) FROM offer),"
		     " (SELECT count(*) FROM offer_round),"
		     " (SELECT count(*) FROM match_line),"
		     " (SELECT count(*) FROM outbox),"
		     " (SELECT count(*) FROM placement),"
		     " (SELECT count(*) FROM audit),"
		     " (SELECT md5(string_agg(k::text, '' ORDER BY k.id))"
		     " FROM package k),"
		     " (SELECT md5(string_agg(m::text, '' ORDER BY m.id))"
		     " FROM framework_member m))"));
}

/*
 * All are asked at ten. Alder declines at 10:10, Birch accepts at 10:20, Cedar
 * says nothing. By the best reply that is placed at noon; one at a time Alder
 * declines within ten minutes, and Birch accepts twenty minutes later.
 */
static void
test_trial(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	const char *draft = draft_make("hertfordshire"), *before, *path;

	(void)state;
	fern_send(cast.broker, cast.package);
	fern_later("10 minutes");
	fern_decline_in(cast.alder, cast.package, "Alder");
	fern_later("10 minutes");
	fern_sign_in_again(&cast.birch, "owner@birch.example");
	fern_accept_in(cast.birch, cast.package, "Birch", 20, NULL);
	fern_later("2 hours");
	fern_sign_in_again(&commissioner, "commissioner@fern.example");
	post_part(draft, "sending", "mode", "one", "", "");
	expect_status(commissioner, 303);
	step_move(draft, "5", "remove");
	post_part(draft, "winner", "winner", "first", "", "");
	expect_status(commissioner, 303);
	for (int i = 0; i < 2; i++) {
		char revision[16];

		browser_get(commissioner, at("/policies/%s/draft", draft));
		browser_hidden(
		    commissioner, "revision", revision, sizeof(revision));
		browser_post(commissioner,
		    at("/policies/%s/draft/reply-steps/move", draft),
		    "revision", revision, "step", "1", "move", "remove", NULL);
		expect_status(commissioner, 303);
	}
	before = everything();
	path = arena_printf(arena, "%s?framework=%s&all=yes",
	    at("/policies/%s/versions/1/try", draft),
	    sql_text("SELECT reference FROM framework"
		     " WHERE code = 'hertfordshire'"));
	browser_get(commissioner, path);
	expect_status(commissioner, 200);
	expect_text(commissioner, cast.package);
	expect_text(commissioner, "2 hours later; starts");
	expect_text(commissioner, "30 minutes later; starts");
	expect_text(commissioner, "Birch Test Care");
	expect_text(commissioner, "<svg");
	assert_string_equal(everything(), before);
	browser_get(commissioner,
	    at("/policies/%s/versions/1/try?framework=F00000000", draft));
	expect_status(commissioner, 404);
	fern_cast_end(&cast);
}

/* The version in force beside itself is the same in every figure. */
static void
test_trial_of_the_same(void **state)
{
	struct fern_cast cast = fern_cast_begin("cambridgeshire-2017");
	const char *policy = policy_of("cambridgeshire-2017");

	(void)state;
	browser_get(
	    commissioner, arena_printf(arena, "%s?framework=%s",
			      at("/policies/%s/versions/1/try", policy),
			      sql_text("SELECT reference FROM framework"
				       " WHERE code = 'cambridgeshire-2017'")));
	expect_status(commissioner, 200);
	expect_text(commissioner, ", 0 would have gone another way");
	expect_no_text(commissioner, ": 0 packages");
	fern_cast_end(&cast);
}

/* Who may not be asked by the framework's gates is not tried either. */
static void
test_trial_asks_the_gates(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");
	const char *page = at(
	    "/policies/%s/versions/1/try", policy_of("hertfordshire"));
	const char *path = arena_printf(arena, "%s?framework=%s&all=yes", page,
	    sql_text("SELECT reference FROM framework"
		     " WHERE code = 'hertfordshire'"));

	(void)state;
	fern_send(cast.broker, cast.package);
	fern_later("20 minutes");
	fern_accept_in(cast.birch, cast.package, "Birch", 20, NULL);
	fern_later("2 hours");
	fern_sign_in_again(&commissioner, "commissioner@fern.example");
	browser_get(commissioner, path);
	expect_text(commissioner, cast.package);
	expect_text(commissioner, "Birch Test Care");
	fern_gate_add("support_at_home");
	browser_get(commissioner, path);
	expect_text(commissioner, cast.package);
	expect_no_text(commissioner, "Birch Test Care");
	fern_gates_remove();
	fern_cast_end(&cast);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, each_begin, each_end)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(test_trial),
		EACH(test_trial_of_the_same),
		EACH(test_trial_asks_the_gates),
		EACH(test_list_and_words),
		EACH(test_another_council),
		EACH(test_forms_keep),
		EACH(test_parts_wrong),
		EACH(test_steps),
		EACH(test_steps_move),
		EACH(test_conflict),
		EACH(test_put_in_force),
		EACH(test_planned),
		EACH(test_retire_and_discard),
		EACH(test_round_trip),
		EACH(test_import_wrong),
		EACH(test_copy),
	};

	return cmocka_run_group_tests_name("policies", tests, begin, fern_end);
}
