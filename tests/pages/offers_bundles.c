/*
 * Packages that lie close together, offered as one: one mail, one entry, one
 * answer to all of them or to none, and what follows for each.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_offers.h"

enum { PACKAGES = 3 };

/* Three rural packages, sent to one provider from a clearing. */
struct bundle {
	struct fern_cast cast;
	struct browser *provider, *colleague;
	char *package[PACKAGES];
	char reference[20];
	char path[60];
	char desk[20]; /* "alder", as its mail says */
};

static void
rural_packages(struct bundle *bundle, const char *policy)
{
	/* What earlier tests left behind is in no bundle, nor takes hours. */
	sql_run("UPDATE package SET rurality = 'urban';"
		" UPDATE framework_member SET spare_minutes = 30000");
	bundle->package[0] = strdup(bundle->cast.package);
	for (int i = 1; i < PACKAGES; i++)
		bundle->package[i] = fern_package(policy);
	for (int i = 0; i < PACKAGES; i++)
		sql_run("UPDATE package SET rurality = 'rural'"
			" WHERE reference = '%s'",
		    bundle->package[i]);
}

static struct bundle
bundle_begin(const char *policy)
{
	struct bundle bundle = { .cast = fern_cast_begin(policy) };
	char clearing[60];

	rural_packages(&bundle, policy);
	browser_fill(bundle.cast.broker, "/clearing", "travel_pence", "28",
	    "bundle_kilometres", "5", NULL);
	expect_location(bundle.cast.broker, "/clearing/Y");
	snprintf(
	    clearing, sizeof(clearing), "%s", bundle.cast.broker->location);
	browser_follow(bundle.cast.broker);
	expect_text(bundle.cast.broker, "3 packages near Fernton, 21 hours");
	sql_run("DELETE FROM outbox");
	browser_fill(
	    bundle.cast.broker, clearing, "packages", bundle.package[0], NULL);
	expect_location(bundle.cast.broker, clearing);
	browser_follow(bundle.cast.broker);
	expect_text(bundle.cast.broker, "1 offer sent");
	snprintf(bundle.reference, sizeof(bundle.reference), "%s",
	    sql_text("SELECT reference FROM offer_bundle ORDER BY id DESC"
		     " LIMIT 1"));
	expect_text(bundle.cast.broker, bundle.reference);
	snprintf(bundle.path, sizeof(bundle.path), "/offers/bundles/%s",
	    bundle.reference);
	snprintf(bundle.desk, sizeof(bundle.desk), "%s",
	    sql_text("SELECT lower(split_part(o.name, ' ', 1))"
		     " FROM offer_bundle b JOIN organisation o"
		     " ON o.id = b.organisation_id WHERE b.reference = '%s'",
		bundle.reference));
	bundle.provider = fern_sign_in(
	    fern_path("owner@%s.example", bundle.desk));
	bundle.colleague = fern_sign_in(
	    fern_path("owner@%s.example", bundle.desk));
	return bundle;
}

static void
bundle_end(struct bundle *bundle)
{
	browser_free(bundle->provider);
	browser_free(bundle->colleague);
	for (int i = 0; i < PACKAGES; i++)
		free(bundle->package[i]);
	fern_cast_end(&bundle->cast);
}

/* How all offers of the bundle stand, if it is one way: "accepted chosen". */
static void
expect_all(const struct bundle *bundle, const char *result)
{
	char stand[200];

	snprintf(stand, sizeof(stand), "%s",
	    sql_text("SELECT string_agg(DISTINCT concat_ws(' ', o.state,"
		     " o.result), ', ') || ' of ' || count(*) FROM offer o"
		     " JOIN offer_bundle b ON b.council_id = o.council_id"
		     " AND b.id = o.bundle_id WHERE b.reference = '%s'",
		bundle->reference));
	assert_string_equal(stand, fern_path("%s of %d", result, PACKAGES));
}

static int64_t
audits(const struct bundle *bundle, const char *act)
{
	return sql_number("SELECT count(*) FROM audit WHERE act = '%s'"
			  " AND object_reference = '%s'",
	    act, bundle->reference);
}

/* Posts the acceptance of the page that stands open in the browser. */
static void
accept_post(struct bundle *bundle, struct browser *browser, int hours)
{
	const struct start_fields start = fern_start(hours);

	browser_post(browser,
	    fern_path("/offers/bundles/%s/accept", bundle->reference),
	    "start_at_1-day", start.day, "start_at_1-month", start.month,
	    "start_at_1-year", start.year, "start_at_1-time", start.time,
	    "start_at_2-day", start.day, "start_at_2-month", start.month,
	    "start_at_2-year", start.year, "start_at_2-time", start.time,
	    "start_at_3-day", start.day, "start_at_3-month", start.month,
	    "start_at_3-year", start.year, "start_at_3-time", start.time,
	    "note", "Together", NULL);
}

static void
accept_open(struct bundle *bundle, struct browser *browser)
{
	browser_get(
	    browser, fern_path("/offers/bundles/%s/accept", bundle->reference));
	expect_status(browser, 200);
}

static void
a_bundle_is_one_offer(void **state)
{
	struct bundle bundle = bundle_begin("hertfordshire");
	struct browser *broker = bundle.cast.broker;
	char *offer;

	(void)state;
	assert_int_equal(fern_mails("new_offer", bundle.desk), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox WHERE subject LIKE"
		       " 'A new offer of 3 packages of care, reply by %%'"
		       " AND body LIKE '%%/offers/bundles/%s%%'",
		bundle.reference),
	    1);
	browser_get(bundle.provider, "/offers");
	expect_text(bundle.provider, "Bundle ");
	expect_text(
	    bundle.provider, "3 packages together, 21 hours a week in all");
	offer = strdup(sql_text("SELECT o.reference FROM offer o"
				" JOIN package k ON k.id = o.package_id"
				" WHERE k.reference = '%s'",
	    bundle.package[1]));
	expect_no_text(bundle.provider, offer);
	browser_get(bundle.provider, bundle.path);
	expect_text(bundle.provider, "3 packages of care that lie close");
	expect_text(bundle.provider, "Less than a mile");
	expect_text(bundle.provider, offer);
	expect_no_text(bundle.provider, "Canar");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM offer WHERE bundle_id IS NOT NULL"
		       " AND viewed_at IS NOT NULL AND state = 'sent'"),
	    PACKAGES);
	/* The offer's own page leads there, and takes no answer. */
	browser_get(bundle.provider, fern_path("/offers/%s", offer));
	expect_text(bundle.provider, "See all of them and reply");
	expect_no_text(bundle.provider, fern_path("/offers/%s/accept", offer));
	browser_get(bundle.provider, fern_path("/offers/%s/decline", offer));
	expect_location(bundle.provider, bundle.path);
	accept_open(&bundle, bundle.provider);
	browser_post(bundle.provider, fern_path("/offers/%s/decline", offer),
	    "reason", "no_capacity", "note", "", NULL);
	expect_location(bundle.provider, bundle.path);
	expect_all(&bundle, "sent");
	/* The council's pages say so, and lead there. */
	for (int i = 0; i < PACKAGES; i++) {
		browser_get(
		    broker, fern_path("/packages/%s", bundle.package[i]));
		expect_text(
		    broker, fern_path("href=\"/bundles/%s", bundle.reference));
		browser_get(broker,
		    fern_path("/packages/%s/rounds/1", bundle.package[i]));
		expect_text(
		    broker, fern_path("href=\"/bundles/%s", bundle.reference));
	}
	browser_get(broker, fern_path("/bundles/%s", bundle.reference));
	expect_text(broker, bundle.package[2]);
	expect_text(broker, "each package goes on by its own policy");
	assert_int_equal(audits(&bundle, "bundle.send"), 1);
	free(offer);
	bundle_end(&bundle);
}

static void
all_are_accepted_in_one_act(void **state)
{
	struct bundle bundle = bundle_begin("hertfordshire");
	char *page;

	(void)state;
	accept_open(&bundle, bundle.colleague);
	accept_open(&bundle, bundle.provider);
	page = strdup(bundle.provider->page);
	accept_post(&bundle, bundle.provider, 24);
	expect_location(bundle.provider, bundle.path);
	expect_all(&bundle, "accepted chosen");
	for (int i = 0; i < PACKAGES; i++) {
		assert_int_equal(fern_live_placements(bundle.package[i]), 1);
		assert_string_equal(
		    fern_package_state(bundle.package[i]), "placed");
	}
	assert_int_equal(fern_mails("offer_chosen", bundle.desk), 1);
	assert_int_equal(audits(&bundle, "bundle.accept"), 1);
	assert_int_equal(
	    sql_number("SELECT 30000 - m.spare_minutes FROM framework_member m"
		       " JOIN offer_bundle b ON b.member_id = m.id"
		       " AND b.member_council_id = m.council_id"
		       " WHERE b.reference = '%s'",
		bundle.reference),
	    PACKAGES * 420);
	/* The same form again gives the same answer, and does nothing. */
	free(bundle.provider->page);
	bundle.provider->page = page;
	accept_post(&bundle, bundle.provider, 24);
	expect_location(bundle.provider, bundle.path);
	assert_int_equal(audits(&bundle, "bundle.accept"), 1);
	/* A colleague had the page open, too. */
	accept_post(&bundle, bundle.colleague, 24);
	expect_status(bundle.colleague, 410);
	expect_text(bundle.colleague, "Nothing you entered was saved");
	browser_get(bundle.provider, bundle.path);
	expect_text(bundle.provider, "Chosen");
	expect_no_text(bundle.provider, "Accept all");
	bundle_end(&bundle);
}

static void
a_start_that_is_wrong_stops_all(void **state)
{
	struct bundle bundle = bundle_begin("hertfordshire");
	const struct start_fields start = fern_start(24);

	(void)state;
	accept_open(&bundle, bundle.provider);
	browser_post(bundle.provider,
	    fern_path("/offers/bundles/%s/accept", bundle.reference),
	    "start_at_1-day", start.day, "start_at_1-month", start.month,
	    "start_at_1-year", start.year, "start_at_1-time", start.time,
	    "start_at_2-day", "", "start_at_2-month", "", "start_at_2-year", "",
	    "start_at_2-time", "", "start_at_3-day", start.day,
	    "start_at_3-month", start.month, "start_at_3-year", "2020",
	    "start_at_3-time", start.time, "note", "Kept", NULL);
	expect_status(bundle.provider, 422);
	expect_text(bundle.provider, "Enter the date and time at which O");
	expect_text(bundle.provider, "The start must be in the future");
	expect_text(bundle.provider, ">Kept<");
	expect_all(&bundle, "sent");
	bundle_end(&bundle);
}

/* One start is later than wanted: that package alone waits for a broker. */
static void
after_that_each_goes_its_way(void **state)
{
	struct bundle bundle = bundle_begin("test-best-three");
	const struct start_fields soon = fern_start(24), late = fern_start(400);

	(void)state;
	sql_run("DELETE FROM task");
	accept_open(&bundle, bundle.provider);
	browser_post(bundle.provider,
	    fern_path("/offers/bundles/%s/accept", bundle.reference),
	    "start_at_1-day", soon.day, "start_at_1-month", soon.month,
	    "start_at_1-year", soon.year, "start_at_1-time", soon.time,
	    "start_at_2-day", late.day, "start_at_2-month", late.month,
	    "start_at_2-year", late.year, "start_at_2-time", late.time,
	    "start_at_3-day", soon.day, "start_at_3-month", soon.month,
	    "start_at_3-year", soon.year, "start_at_3-time", soon.time, "note",
	    "", NULL);
	expect_location(bundle.provider, bundle.path);
	expect_all(&bundle, "accepted chosen, accepted proposed");
	assert_int_equal(
	    sql_number(
		"SELECT count(*) FROM task WHERE kind = 'confirm_start'"),
	    1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM outbox WHERE subject ="
		       " 'You are chosen for 2 packages of care'"),
	    1);
	/* To withdraw that one now leaves the others placed. */
	browser_fill(bundle.cast.broker,
	    fern_path("/packages/%s/withdraw",
		sql_text("SELECT k.reference FROM offer o JOIN package k"
			 " ON k.id = o.package_id WHERE o.result ="
			 " 'proposed' ORDER BY o.id DESC LIMIT 1")),
	    "reason", "Too late for us", NULL);
	expect_all(&bundle, "accepted chosen, accepted not_selected");
	assert_int_equal(audits(&bundle, "bundle.withdraw"), 0);
	bundle_end(&bundle);
}

static void
all_are_declined_in_one_act(void **state)
{
	struct bundle bundle = bundle_begin("hertfordshire");

	(void)state;
	sql_run("DELETE FROM task");
	browser_fill(bundle.provider,
	    fern_path("/offers/bundles/%s/decline", bundle.reference), "reason",
	    "", NULL);
	expect_status(bundle.provider, 422);
	browser_fill(bundle.provider,
	    fern_path("/offers/bundles/%s/decline", bundle.reference), "reason",
	    "no_capacity", "note", "One of them would do", NULL);
	expect_location(bundle.provider, "/offers");
	expect_all(&bundle, "declined");
	assert_int_equal(audits(&bundle, "bundle.decline"), 1);
	for (int i = 0; i < PACKAGES; i++)
		assert_string_equal(
		    fern_package_state(bundle.package[i]), "waiting");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM task t JOIN package k"
		       " ON k.id = t.package_id WHERE t.kind = 'waits_again'"
		       " AND k.rurality = 'rural'"),
	    PACKAGES);
	browser_get(
	    bundle.cast.broker, fern_path("/bundles/%s", bundle.reference));
	expect_text(bundle.cast.broker, "Declined");
	bundle_end(&bundle);
}

/* A package of it is withdrawn, cancelled or changed: the bundle goes. */
static void
what_takes_one_away_takes_all(void **state)
{
	struct bundle bundle = bundle_begin("hertfordshire");
	char *path = strdup(
	    fern_path("/packages/%s/withdraw", bundle.package[1]));

	(void)state;
	sql_run("DELETE FROM task; DELETE FROM outbox");
	accept_open(&bundle, bundle.provider);
	browser_get(bundle.cast.broker, path);
	expect_text(bundle.cast.broker, "The whole bundle is withdrawn");
	browser_post(bundle.cast.broker, path, "reason", "Needs changed", NULL);
	expect_location(bundle.cast.broker,
	    fern_path("/packages/%s/rounds/1", bundle.package[1]));
	expect_all(&bundle, "withdrawn");
	assert_int_equal(fern_mails("offer_withdrawn", bundle.desk), 1);
	assert_int_equal(audits(&bundle, "bundle.withdraw"), 1);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM task t JOIN package k"
		       " ON k.id = t.package_id WHERE t.kind = 'waits_again'"
		       " AND k.reference IN ('%s', '%s')",
		bundle.package[0], bundle.package[2]),
	    2);
	for (int i = 0; i < PACKAGES; i++)
		assert_string_equal(
		    fern_package_state(bundle.package[i]), "waiting");
	accept_post(&bundle, bundle.provider, 24);
	expect_status(bundle.provider, 410);
	expect_text(bundle.provider, "The council withdrew these offers");
	expect_all(&bundle, "withdrawn");
	free(path);
	bundle_end(&bundle);
}

static void
a_package_that_is_cancelled_ends_it(void **state)
{
	struct bundle bundle = bundle_begin("hertfordshire");
	const char *path = fern_path("/packages/%s/cancel", bundle.package[0]);

	(void)state;
	browser_get(bundle.cast.broker, path);
	expect_text(bundle.cast.broker,
	    fern_path("href=\"/bundles/%s", bundle.reference));
	browser_post(
	    bundle.cast.broker, path, "reason", "No longer needed", NULL);
	expect_status(bundle.cast.broker, 303);
	expect_all(&bundle, "withdrawn");
	assert_string_equal(fern_package_state(bundle.package[0]), "cancelled");
	assert_string_equal(fern_package_state(bundle.package[1]), "waiting");
	bundle_end(&bundle);
}

/* The clock says that it is over, of all of them or of one. */
static void
none_is_accepted_late(void **state)
{
	static const char *const which[] = { "true",
		"o.id = (SELECT max(id) FROM offer)" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct bundle bundle = bundle_begin("hertfordshire");

		accept_open(&bundle, bundle.provider);
		sql_run("WITH late AS (UPDATE offer o SET"
			" sent_at = clock_now() - interval '1 hour',"
			" reply_by = clock_now() FROM offer_bundle b"
			" WHERE b.id = o.bundle_id AND b.reference = '%s'"
			" AND %s RETURNING o.round_id, o.sent_at, o.reply_by)"
			" UPDATE offer_round r SET sent_at = l.sent_at,"
			" reply_by = l.reply_by FROM late l"
			" WHERE l.round_id = r.id",
		    bundle.reference, which[i]);
		accept_post(&bundle, bundle.provider, 24);
		expect_status(bundle.provider, 410);
		expect_all(&bundle, "sent");
		assert_int_equal(fern_live_placements(bundle.package[0]), 0);
		bundle_end(&bundle);
	}
}

static void
it_is_nobody_elses(void **state)
{
	struct bundle bundle = bundle_begin("hertfordshire");
	struct browser *other = fern_sign_in(strcmp(bundle.desk, "birch") == 0
						 ? "owner@cedar.example"
						 : "owner@birch.example");
	struct browser *gorse = fern_sign_in("broker@gorse.example");
	struct browser *auditor = fern_sign_in("auditor@fern.example");

	(void)state;
	browser_get(other, bundle.path);
	expect_status(other, 404);
	browser_get(
	    other, fern_path("/offers/bundles/%s/accept", bundle.reference));
	expect_status(other, 404);
	browser_get(other, "/offers");
	accept_post(&bundle, other, 24);
	expect_status(other, 404);
	browser_get(gorse, fern_path("/bundles/%s", bundle.reference));
	expect_status(gorse, 404);
	browser_get(gorse, fern_path("/bundles/%s/record", bundle.reference));
	expect_status(gorse, 404);
	browser_get(auditor, fern_path("/bundles/%s", bundle.reference));
	expect_status(auditor, 200);
	expect_no_text(auditor, "Record a reply");
	browser_get(auditor, fern_path("/bundles/%s/record", bundle.reference));
	expect_status(auditor, 403);
	expect_all(&bundle, "sent");
	browser_free(other);
	browser_free(gorse);
	browser_free(auditor);
	bundle_end(&bundle);
}

static void
a_telephoned_reply_is_to_all(void **state)
{
	struct bundle bundle = bundle_begin("hertfordshire");
	struct browser *broker = bundle.cast.broker;
	char *path = strdup(fern_path("/bundles/%s/record", bundle.reference));
	char *offer = strdup(sql_text("SELECT reference FROM offer"
				      " ORDER BY id DESC LIMIT 1"));

	(void)state;
	browser_get(broker, fern_path("/packages/%s/offers/%s/record",
				sql_text("SELECT k.reference FROM offer o"
					 " JOIN package k"
					 " ON k.id = o.package_id"
					 " WHERE o.reference = '%s'",
				    offer),
				offer));
	expect_location(broker, path);
	browser_fill(broker, path, "told_by", "Ada", "answer", "accept", NULL);
	expect_status(broker, 422);
	expect_text(broker, "can start");
	browser_fill(broker, path, "told_by", "Ada", "answer", "decline", NULL);
	expect_status(broker, 422);
	expect_text(broker, "Select why the provider declines");
	expect_all(&bundle, "sent");
	browser_fill(broker, path, "told_by", "Ada", "answer", "decline",
	    "reason", "no_capacity", "note", "", NULL);
	expect_location(broker, fern_path("/bundles/%s", bundle.reference));
	expect_all(&bundle, "declined");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM offer WHERE told_by = 'Ada'"),
	    PACKAGES);
	browser_get(broker, path);
	expect_status(broker, 410);
	free(offer);
	free(path);
	bundle_end(&bundle);
}

/* The rate of a reply is one for all, within the limits of the policy. */
static void
a_rate_is_for_all(void **state)
{
	struct bundle bundle = bundle_begin("cambridgeshire-2017");
	const struct start_fields start = fern_start(24);
	const char *rates[] = { "30", "15.50" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		accept_open(&bundle, bundle.provider);
		expect_text(bundle.provider, "The rate for an hour, for all");
		browser_post(bundle.provider,
		    fern_path("/offers/bundles/%s/accept", bundle.reference),
		    "start_at_1-day", start.day, "start_at_1-month",
		    start.month, "start_at_1-year", start.year,
		    "start_at_1-time", start.time, "start_at_2-day", start.day,
		    "start_at_2-month", start.month, "start_at_2-year",
		    start.year, "start_at_2-time", start.time, "start_at_3-day",
		    start.day, "start_at_3-month", start.month,
		    "start_at_3-year", start.year, "start_at_3-time",
		    start.time, "rate_pence", rates[i], "note", "", NULL);
		if (i == 0)
			expect_text(bundle.provider, "The rate must be from");
	}
	expect_location(bundle.provider, bundle.path);
	expect_all(&bundle, "accepted chosen");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM offer WHERE rate_pence = 1550"),
	    PACKAGES);
	bundle_end(&bundle);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bundle_is_one_offer),
		cmocka_unit_test(all_are_accepted_in_one_act),
		cmocka_unit_test(a_start_that_is_wrong_stops_all),
		cmocka_unit_test(after_that_each_goes_its_way),
		cmocka_unit_test(all_are_declined_in_one_act),
		cmocka_unit_test(what_takes_one_away_takes_all),
		cmocka_unit_test(a_package_that_is_cancelled_ends_it),
		cmocka_unit_test(none_is_accepted_late),
		cmocka_unit_test(it_is_nobody_elses),
		cmocka_unit_test(a_telephoned_reply_is_to_all),
		cmocka_unit_test(a_rate_is_for_all),
	};

	return cmocka_run_group_tests(tests, fern_begin, fern_end);
}
