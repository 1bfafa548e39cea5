/*
 * Who may do what to offers and placements, what forms refuse, and the acts
 * of brokers: recording, withdrawing, placing outside the ranking, ending.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_offers.h"

static struct browser *broker, *alder, *birch;

static int
people_begin(void **state)
{
	fern_begin(state);
	broker = fern_sign_in("broker@fern.example");
	alder = fern_sign_in("owner@alder.example");
	birch = fern_sign_in("owner@birch.example");
	return 0;
}

static int
people_end(void **state)
{
	browser_free(broker);
	browser_free(alder);
	browser_free(birch);
	return fern_end(state);
}

static char *
package_offered(const char *policy)
{
	char *package;

	sql_run("UPDATE framework_member SET last_award_at = NULL,"
		" spare_minutes = 3000");
	package = fern_package(policy);
	fern_send(broker, package);
	return package;
}

static char *
placement_of(const char *package)
{
	return strdup(
	    sql_text("SELECT p.reference FROM placement p JOIN package k"
		     " ON k.id = p.package_id WHERE k.reference = '%s'"
		     " ORDER BY p.id DESC LIMIT 1",
		package));
}

/* A package that Alder takes under "first wins". */
static char *
package_placed(void)
{
	char *package = package_offered("test-best-three");
	char *offer = fern_offer(package, "Alder");

	fern_accept(alder, offer, 30, NULL);
	expect_status(alder, 303);
	free(offer);
	return package;
}

static int64_t
spare_minutes(void)
{
	return sql_number("SELECT m.spare_minutes FROM framework_member m"
			  " JOIN organisation o ON o.id = m.organisation_id"
			  " JOIN framework f ON f.id = m.framework_id"
			  " WHERE o.name LIKE 'Alder %%'"
			  " AND f.code = 'test-best-three'");
}

/* Another council and another provider get what nobody gets: 404. */
static void
test_others_see_nothing(void **state)
{
	struct browser *gorse = fern_sign_in("broker@gorse.example");
	struct browser *stranger = fern_sign_in("owner@stranger.example");
	char *package = package_offered("hertfordshire");
	char *offer = fern_offer(package, "Alder");
	char *placed = package_placed();
	char *placement = placement_of(placed);
	static const char *const council_pages[] = { "match", "rounds/1",
		"withdraw", "outside-ranking" };
	static const char *const offer_pages[] = { "", "/accept", "/decline",
		"/withdraw" };
	size_t i;

	(void)state;
	for (i = 0; i < 4; i++) {
		browser_get(gorse,
		    fern_path("/packages/%s/%s", package, council_pages[i]));
		expect_status(gorse, 404);
		browser_get(
		    stranger, fern_path("/offers/%s%s", offer, offer_pages[i]));
		expect_status(stranger, 404);
		browser_get(
		    birch, fern_path("/offers/%s%s", offer, offer_pages[i]));
		expect_status(birch, 404);
	}
	browser_get(
	    gorse, fern_path("/packages/%s/offers/%s/record", package, offer));
	expect_status(gorse, 404);
	browser_get(
	    gorse, fern_path("/packages/%s/offers/%s/confirm", package, offer));
	expect_status(gorse, 404);
	browser_get(gorse, fern_path("/placements/%s", placement));
	expect_status(gorse, 404);
	browser_get(birch, fern_path("/placements/%s/end", placement));
	expect_status(birch, 404);
	browser_get(gorse, "/placements");
	expect_status(gorse, 200);
	expect_no_text(gorse, placement);
	browser_post(
	    gorse, fern_path("/placements/%s/key-safe", placement), NULL);
	expect_status(gorse, 404);
	browser_get(broker, fern_path("/packages/%s/rounds/9", package));
	expect_status(broker, 404);
	browser_get(broker, fern_path("/packages/%s/rounds/x", package));
	expect_status(broker, 404);
	free(placement);
	free(placed);
	free(offer);
	free(package);
	browser_free(stranger);
	browser_free(gorse);
}

/* An auditor reads the match and sends nothing; a provider not even that. */
static void
test_roles(void **state)
{
	struct browser *auditor = fern_sign_in("auditor@fern.example");
	char *package = fern_package("hertfordshire");

	(void)state;
	browser_get(auditor, fern_path("/packages/%s/match", package));
	expect_status(auditor, 200);
	expect_no_text(auditor, "Send offers");
	browser_post(auditor, fern_path("/packages/%s/match", package), NULL);
	expect_status(auditor, 403);
	browser_get(auditor, "/approvals");
	expect_status(auditor, 403);
	browser_get(auditor, "/offers");
	expect_status(auditor, 403);
	browser_get(alder, fern_path("/packages/%s/match", package));
	expect_status(alder, 403);
	free(package);
	browser_free(auditor);
}

static void
test_left_out_with_reason(void **state)
{
	char *package = fern_package("hertfordshire");
	const char *path = fern_path("/packages/%s/match", package);
	char mark[64];
	char *reference = strdup(sql_text(
	    "SELECT reference FROM organisation WHERE name LIKE 'Birch %%'"));

	(void)state;
	browser_get(broker, path);
	browser_hidden(broker, "mark", mark, sizeof(mark));
	browser_post(broker, path, "mark", mark, "leave_out", reference,
	    "reason", "", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Enter why these providers are left out");
	browser_post(broker, path, "mark", "0", NULL);
	expect_status(broker, 422);
	expect_text(broker, "The match has changed");
	browser_get(broker, path);
	browser_post(broker, path, "mark", mark, "leave_out", reference,
	    "reason", "Asked us to wait a week", NULL);
	expect_status(broker, 303);
	browser_follow(broker);
	expect_text(broker, "Asked us to wait a week");
	assert_int_equal(sql_number("SELECT count(*) FROM offer o JOIN package"
				    " k ON k.id = o.package_id"
				    " WHERE k.reference = '%s'",
			     package),
	    2);
	browser_get(broker, path);
	expect_text(broker, "Offers are out");
	browser_post(broker, path, "mark", mark, NULL);
	expect_location(broker, path);
	free(reference);
	free(package);
}

static void
test_forms_refuse(void **state)
{
	char *package = package_offered("hertfordshire");
	char *offer = fern_offer(package, "Alder");
	struct start_fields yesterday = fern_start(-20);

	(void)state;
	browser_fill(alder, fern_path("/offers/%s/accept", offer),
	    "start_at-day", "", "start_at-month", "", "start_at-year", "",
	    "start_at-time", "", "note", "", "rate_pence", "", NULL);
	expect_status(alder, 422);
	expect_text(alder, "Enter the date and time at which you can start");
	browser_fill(alder, fern_path("/offers/%s/accept", offer),
	    "start_at-day", yesterday.day, "start_at-month", yesterday.month,
	    "start_at-year", yesterday.year, "start_at-time", yesterday.time,
	    "note", "We are near", "rate_pence", "", NULL);
	expect_status(alder, 422);
	expect_text(alder, "The start must be in the future");
	expect_text(alder, "We are near");
	fern_accept(alder, offer, 24 * 120, NULL);
	expect_status(alder, 422);
	expect_text(alder, "within 3 months");
	browser_fill(alder, fern_path("/offers/%s/decline", offer), "reason",
	    "", "note", "", NULL);
	expect_status(alder, 422);
	expect_text(alder, "Select why you decline");
	browser_fill(alder, fern_path("/offers/%s/decline", offer), "reason",
	    "staff", "note", "", NULL);
	expect_status(alder, 422);
	assert_string_equal(fern_offer_result(offer), "sent");
	browser_get(alder, fern_path("/offers/%s/withdraw", offer));
	expect_status(alder, 410);
	free(offer);
	free(package);
}

/* An accept form that is sent twice is one acceptance. */
static void
test_double_click(void **state)
{
	char *package = package_offered("hertfordshire");
	char *offer = fern_offer(package, "Alder");
	const char *path = fern_path("/offers/%s/accept", offer);
	struct start_fields start = fern_start(20);
	char page[32768];
	int i;

	(void)state;
	browser_get(alder, path);
	strncpy(page, alder->page, sizeof(page) - 1);
	page[sizeof(page) - 1] = '\0';
	for (i = 0; i < 2; i++) {
		free(alder->page);
		alder->page = strdup(page);
		browser_post(alder, path, "start_at-day", start.day,
		    "start_at-month", start.month, "start_at-year", start.year,
		    "start_at-time", start.time, "note", "", "rate_pence", "",
		    NULL);
		expect_location(alder, fern_path("/offers/%s", offer));
	}
	browser_get(alder, path);
	expect_status(alder, 410);
	expect_text(alder, "This offer has been answered");
	free(offer);
	free(package);
}

static void
test_record_telephoned(void **state)
{
	char *package = package_offered("test-best-three");
	char *offer = fern_offer(package, "Birch");
	struct start_fields start = fern_start(20);
	const char *path = fern_path(
	    "/packages/%s/offers/%s/record", package, offer);

	(void)state;
	sql_run("UPDATE organisation_contact SET telephone = '01632 960321'"
		" WHERE name LIKE 'Desk of Birch %%'");
	browser_get(broker, path);
	expect_text(broker, "Desk of Birch Test Care");
	expect_text(broker, "01632 960321");
	browser_get(broker, fern_path("/packages/%s/rounds/1", package));
	expect_text(broker, "Desk of Birch Test Care, 01632 960321");
	browser_fill(broker, path, "told_by", "", "answer", "accept",
	    "start_at-day", "", "start_at-month", "", "start_at-year", "",
	    "start_at-time", "", "reason", "", "note", "", "rate_pence", "",
	    NULL);
	expect_status(broker, 422);
	expect_text(broker, "Enter the name of the person who gave the reply");
	expect_text(broker, "Enter the date and time at which it can start");
	browser_fill(broker, path, "told_by", "Jo Example", "answer", "decline",
	    "start_at-day", "", "start_at-month", "", "start_at-year", "",
	    "start_at-time", "", "reason", "", "note", "", "rate_pence", "",
	    NULL);
	expect_text(broker, "Select why the provider declines");
	browser_fill(broker, path, "told_by", "Jo Example", "answer", "accept",
	    "start_at-day", start.day, "start_at-month", start.month,
	    "start_at-year", start.year, "start_at-time", start.time, "reason",
	    "", "note", "", "rate_pence", "", NULL);
	expect_location(broker, fern_path("/packages/%s/rounds/1", package));
	browser_follow(broker);
	expect_text(broker, "telephoned by Jo Example");
	assert_string_equal(fern_offer_result(offer), "accepted chosen");
	browser_get(broker, path);
	expect_status(broker, 410);
	browser_get(birch, fern_path("/offers/%s", offer));
	expect_text(birch, "by telephone, Jo Example");
	free(offer);
	free(package);
}

static void
test_withdraw_and_offer_again(void **state)
{
	char *package = package_offered("hertfordshire");
	char *offer = fern_offer(package, "Alder");
	const char *path = fern_path("/packages/%s/withdraw", package);

	(void)state;
	fern_accept(alder, offer, 20, NULL);
	browser_fill(broker, path, "reason", "", NULL);
	expect_status(broker, 422);
	browser_fill(
	    broker, path, "reason", "The discharge has been put off", NULL);
	expect_location(broker, fern_path("/packages/%s/rounds/1", package));
	assert_string_equal(fern_offer_result(offer), "accepted not_selected");
	browser_get(alder, fern_path("/offers/%s", offer));
	expect_text(alder, "The discharge has been put off");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox x JOIN offer o"
		       " ON o.id = x.offer_id JOIN package k"
		       " ON k.id = o.package_id WHERE k.reference = '%s'"
		       " AND x.kind = 'offer_withdrawn'",
		package),
	    3);
	browser_get(broker, path);
	expect_location(broker, fern_path("/packages/%s/match", package));
	free(offer);
	offer = fern_offer(package, "Birch");
	browser_get(birch, fern_path("/offers/%s/accept", offer));
	expect_status(birch, 410);
	expect_text(birch, "This offer was withdrawn");
	fern_send(broker, package);
	expect_location(broker, fern_path("/packages/%s/rounds/2", package));
	free(offer);
	free(package);
}

/* A chosen provider withdraws before the start: it waits again. */
static void
test_acceptance_withdrawn(void **state)
{
	char *package = package_placed();
	char *offer = fern_offer(package, "Alder");
	char *placement = placement_of(package);

	(void)state;
	assert_int_equal(spare_minutes(), 3000 - 420);
	browser_fill(alder, fern_path("/offers/%s/withdraw", offer), "reason",
	    "", "note", "", NULL);
	expect_status(alder, 422);
	browser_fill(alder, fern_path("/offers/%s/withdraw", offer), "reason",
	    "staff", "note", "Two are ill", NULL);
	expect_location(alder, fern_path("/offers/%s", offer));
	assert_string_equal(
	    fern_offer_result(offer), "accepted withdrawn_by_provider");
	assert_string_equal(fern_package_state(package), "waiting");
	assert_int_equal(fern_live_placements(package), 0);
	assert_int_equal(spare_minutes(), 3000);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM package_wait w JOIN package k"
		       " ON k.id = w.package_id WHERE k.reference = '%s'"
		       " AND w.until_at IS NULL",
		package),
	    1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM task t JOIN package k"
		       " ON k.id = t.package_id WHERE k.reference = '%s'"
		       " AND t.kind = 'waits_again' AND t.done_at IS NULL",
		package),
	    1);
	browser_get(alder, fern_path("/placements/%s", placement));
	expect_status(alder, 200);
	expect_no_text(alder, "Canar");
	fern_send(broker, package);
	free(placement);
	free(offer);
	free(package);
}

static void
test_placement_ended(void **state)
{
	char *package = package_placed();
	char *placement = placement_of(package);
	const char *path = fern_path("/placements/%s/end", placement);

	(void)state;
	browser_get(broker, "/placements");
	expect_text(broker, placement);
	browser_get(broker, fern_path("/placements/%s", placement));
	expect_text(broker, "Canaria Canaryson");
	browser_fill(broker, path, "reason", "", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Select what happens next");
	browser_fill(broker, path, "reason", "They have recovered", "after",
	    "close", NULL);
	expect_location(broker, fern_path("/placements/%s", placement));
	assert_string_equal(fern_package_state(package), "closed");
	assert_int_equal(spare_minutes(), 3000);
	browser_get(broker, path);
	expect_status(broker, 303);
	browser_get(broker, "/placements?show=ended");
	expect_text(broker, placement);
	free(placement);
	free(package);
}

/* A provider gives up care that has started: it waits from now on. */
static void
test_provider_ends(void **state)
{
	char *package = package_placed();
	char *placement = placement_of(package);

	(void)state;
	sql_run("UPDATE placement SET starts_at = clock_now() - interval"
		" '3 days' WHERE reference = '%s'",
	    placement);
	browser_get(alder, fern_path("/placements/%s", placement));
	expect_text(alder, "Started");
	browser_fill(alder, fern_path("/placements/%s/end", placement),
	    "reason", "We have lost our staff there", NULL);
	expect_location(alder, fern_path("/placements/%s", placement));
	assert_string_equal(fern_package_state(package), "waiting");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM package_wait w JOIN package k"
		       " ON k.id = w.package_id WHERE k.reference = '%s'",
		package),
	    2);
	free(placement);
	free(package);
}

static char *
place_request(const char *package, const char *provider)
{
	struct start_fields start = fern_start(24);
	char *reference = strdup(sql_text(
	    "SELECT reference FROM organisation WHERE name LIKE '%s %%'",
	    provider));
	char *path = strdup(fern_path("/packages/%s/outside-ranking", package));

	browser_get(broker, path);
	expect_text(
	    broker, "Dogwood Test Care (not eligible: Geographical area)");
	browser_fill(broker, path, "provider", reference, "start_at-day",
	    start.day, "start_at-month", start.month, "start_at-year",
	    start.year, "start_at-time", start.time, "rate_pence", "",
	    "agreed_by", "", "reason", "", NULL);
	expect_status(broker, 422);
	expect_text(
	    broker, "Enter the name and role of who at the provider agreed");
	expect_text(broker, "Enter why it is placed outside the ranking");
	browser_fill(broker, path, "provider", reference, "start_at-day",
	    start.day, "start_at-month", start.month, "start_at-year",
	    start.year, "start_at-time", start.time, "rate_pence", "",
	    "agreed_by", "Jo Hill, care manager", "reason",
	    "It cares for the partner already", NULL);
	expect_location(broker, "/approvals/");
	free(reference);
	free(path);
	return strdup(fern_path(
	    "/approvals/%s", broker->location + strlen("/approvals/")));
}

/* Outside the ranking, approval_edit and approval_update: a second person. */
static void
test_outside_ranking(void **state)
{
	struct browser *second = fern_sign_in("commissioner@fern.example");
	char *package = package_offered("hertfordshire");
	char *offer = fern_offer(package, "Alder");
	char *path = place_request(package, "Dogwood");

	(void)state;
	browser_fill(broker, path, "decision", "approve", "note", "", NULL);
	expect_status(broker, 422);
	assert_string_equal(fern_package_state(package), "waiting");
	browser_get(second, "/approvals");
	expect_text(second, "Dogwood Test Care");
	browser_get(second, path);
	expect_text(second, "Not eligible. Geographical area: Not offering "
			    "care in Fernton");
	expect_text(second, "First in the ranking");
	expect_text(second, "Alder Test Care");
	expect_text(second, "Jo Hill, care manager");
	browser_fill(second, path, "decision", "refuse", "note", "", NULL);
	expect_status(second, 422);
	browser_fill(second, path, "decision", "approve", "note", "", NULL);
	expect_location(second, path);
	assert_string_equal(fern_package_state(package), "placed");
	assert_int_equal(fern_live_placements(package), 1);
	assert_string_equal(fern_offer_result(offer), "withdrawn");
	assert_int_equal(fern_mails("offer_chosen", "dogwood"), 1);
	browser_get(broker, fern_path("/packages/%s/outside-ranking", package));
	expect_location(broker, "/packages/");
	browser_get(second, path);
	expect_text(second, "Approved");
	expect_text(second, "Jo Hill, care manager");
	browser_get(broker,
	    fern_path("/placements/%s",
		sql_text("SELECT p.reference FROM placement p JOIN package k"
			 " ON k.id = p.package_id WHERE k.reference = '%s'",
		    package)));
	expect_text(broker, "Jo Hill, care manager");
	free(path);
	free(offer);
	free(package);
	browser_free(second);
}

/*
 * A package that cannot be matched is not placed, nor half placed. The table
 * keeps it from losing its area, so that rule goes first.
 */
static void
test_unfinished_is_not_placed(void **state)
{
	struct browser *second = fern_sign_in("commissioner@fern.example");
	char *package = package_offered("hertfordshire");
	char *offer = fern_offer(package, "Alder");
	char *path = place_request(package, "Dogwood");

	(void)state;
	sql_run("ALTER TABLE package DROP CONSTRAINT package_check;"
		" UPDATE package SET area_id = NULL WHERE reference = '%s'",
	    package);
	browser_fill(second, path, "decision", "approve", "note", "", NULL);
	expect_status(second, 422);
	expect_text(second, "The package cannot be priced as it stands");
	assert_string_equal(
	    sql_text("SELECT q.state FROM placement_request q JOIN package k"
		     " ON k.id = q.package_id WHERE k.reference = '%s'",
		package),
	    "requested");
	assert_string_equal(fern_offer_result(offer), "sent");
	assert_int_equal(fern_live_placements(package), 0);
	browser_fill(
	    second, path, "decision", "refuse", "note", "Not finished", NULL);
	expect_location(second, path);
	free(path);
	free(offer);
	free(package);
	browser_free(second);
}

static void
test_request_cancelled(void **state)
{
	char *package = fern_package("hertfordshire");
	char *path = place_request(package, "Elder");

	(void)state;
	browser_get(broker, fern_path("/packages/%s/match", package));
	expect_text(broker, "waits for approval");
	browser_fill(broker, path, "decision", "cancel", "note", "", NULL);
	expect_location(broker, path);
	browser_follow(broker);
	expect_text(broker, "Cancelled");
	assert_string_equal(fern_package_state(package), "waiting");
	free(path);
	free(package);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_others_see_nothing),
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_left_out_with_reason),
		cmocka_unit_test(test_forms_refuse),
		cmocka_unit_test(test_double_click),
		cmocka_unit_test(test_record_telephoned),
		cmocka_unit_test(test_withdraw_and_offer_again),
		cmocka_unit_test(test_acceptance_withdrawn),
		cmocka_unit_test(test_placement_ended),
		cmocka_unit_test(test_provider_ends),
		cmocka_unit_test(test_outside_ranking),
		cmocka_unit_test(test_unfinished_is_not_placed),
		cmocka_unit_test(test_request_cancelled),
	};

	return cmocka_run_group_tests(tests, people_begin, people_end);
}
