/*
 * The way of an offer through the pages: match, sending, replies, placement,
 * under Hertfordshire's policy and the others that ship.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support_offers.h"

static void
canary_absent(const struct browser *browser)
{
	expect_no_text(browser, "Canar");
	expect_no_text(browser, "ZX1 1CY");
	expect_no_text(browser, "960777");
}

/* The match says who comes in which order, and what failed the others. */
static void
test_match_shows_everybody(void **state)
{
	struct browser *broker = fern_sign_in("broker@fern.example");
	char *package = fern_package("hertfordshire");

	(void)state;
	browser_get(broker, fern_path("/packages/%s/match", package));
	expect_status(broker, 200);
	expect_text(broker, "Providers in order");
	expect_text(broker, "Alder Test Care");
	expect_text(broker, "3 providers eligible, 3 providers not");
	expect_text(broker, "Not offering care in Fernton");
	expect_text(broker, "Monitoring visit");
	expect_text(broker, "dementia care");
	/* 14 visits of 30 minutes; said once, where it is one for all. */
	expect_text(broker, "£184.10 a week, the same for all");
	expect_no_text(broker, "Price a week");
	expect_text(broker, "Contract");
	expect_text(broker, "CQC rating");
	expect_text(broker, "Spare hours a week");
	expect_text(broker, "All that was looked at");
	assert_true(strstr(broker->page, "Send offers</h2>") <
		    strstr(broker->page, "Other providers"));
	expect_text(broker, "Geographical area: 1 provider");
	expect_text(broker, "3 February 2027 at midday"); /* two hours */
	expect_text(broker, "5 February 2027 at 10am");   /* 48 hours */
	canary_absent(broker);
	free(package);
	browser_free(broker);
}

static void
test_send_accept_place(void **state)
{
	struct browser *broker = fern_sign_in("broker@fern.example");
	struct browser *alder = fern_sign_in("owner@alder.example");
	struct browser *birch = fern_sign_in("owner@birch.example");
	struct browser *cedar = fern_sign_in("owner@cedar.example");
	char *package = fern_package("hertfordshire");
	char *to_alder, *to_birch, *to_cedar, *placement;

	(void)state;
	fern_send(broker, package);
	browser_follow(broker);
	expect_text(broker, "Offers sent");
	expect_text(broker, "What was shown when the offers went out");
	assert_string_equal(fern_package_state(package), "waiting");
	to_alder = fern_offer(package, "Alder");
	to_birch = fern_offer(package, "Birch");
	to_cedar = fern_offer(package, "Cedar");
	assert_int_equal(fern_mails("new_offer", "alder"), 1);

	browser_get(alder, "/offers");
	expect_text(alder, to_alder);
	expect_text(alder, "1 hour 59 minutes");
	canary_absent(alder);
	browser_get(alder, fern_path("/offers/%s", to_alder));
	expect_status(alder, 200);
	expect_text(alder, "Fernton");
	expect_text(alder, "ZX1 1");
	expect_text(alder, "To go to the lunch club");
	expect_text(alder, "Getting up and medicines");
	expect_text(alder, "£184.10");
	expect_text(alder, "(60% of £21.92 an hour)");
	canary_absent(alder);
	assert_true(sql_number("SELECT count(*) FROM offer WHERE reference ="
			       " '%s' AND viewed_at IS NOT NULL",
			to_alder) == 1);

	/* The start wanted stands in the form already: 5 February at 10am. */
	browser_get(alder, fern_path("/offers/%s/accept", to_alder));
	expect_text(alder, "name=\"start_at-month\" type=\"text\" value=\"2\"");
	expect_text(alder, "value=\"10am\"");
	fern_accept(alder, to_alder, 30, NULL);
	expect_location(alder, fern_path("/offers/%s", to_alder));
	browser_follow(alder);
	expect_text(alder, "Accepted, not decided yet");
	canary_absent(alder);
	fern_decline(birch, to_birch);
	assert_int_equal(fern_live_placements(package), 0);
	fern_accept(cedar, to_cedar, 20, NULL);
	browser_follow(cedar);
	expect_text(cedar, "You are chosen");

	assert_string_equal(fern_package_state(package), "placed");
	assert_int_equal(fern_live_placements(package), 1);
	assert_string_equal(fern_offer_result(to_cedar), "accepted chosen");
	assert_string_equal(
	    fern_offer_result(to_alder), "accepted not_selected");
	assert_string_equal(fern_offer_result(to_birch), "declined");
	assert_int_equal(fern_mails("offer_chosen", "cedar"), 1);
	assert_int_equal(fern_mails("offer_not_selected", "alder"), 1);
	assert_int_equal(fern_mails("offer_not_selected", "birch"), 0);

	placement = strdup(
	    sql_text("SELECT p.reference FROM placement p JOIN offer o"
		     " ON o.id = p.offer_id WHERE o.reference = '%s'",
		to_cedar));
	browser_get(cedar, fern_path("/placements/%s", placement));
	expect_status(cedar, 200);
	expect_text(cedar, "Canaria Canaryson");
	expect_text(cedar, "7 Canary Lane");
	expect_text(cedar, "ZX1 1CY");
	expect_text(cedar, "01632 960777");
	expect_text(cedar, "Dr Canarygp");
	expect_text(cedar, "Canaryfriend");
	expect_text(cedar, "Canarytalk");
	expect_no_text(cedar, "Canarykey");
	assert_int_equal(sql_number("SELECT count(*) FROM audit WHERE act ="
				    " 'person.view' AND detail->>'placement'"
				    " = '%s'",
			     placement),
	    1);
	browser_post(
	    cedar, fern_path("/placements/%s/key-safe", placement), NULL);
	expect_status(cedar, 200);
	expect_text(cedar, "Canarykey 4321");
	assert_int_equal(
	    sql_number(
		"SELECT count(*) FROM audit WHERE act = 'key_safe.view'"),
	    1);
	browser_get(cedar, fern_path("/placements/%s", placement));
	expect_no_text(cedar, "Canarykey");

	browser_get(alder, fern_path("/placements/%s", placement));
	expect_status(alder, 404);
	browser_get(alder, fern_path("/offers/%s", to_cedar));
	expect_status(alder, 404);
	browser_get(alder, fern_path("/offers/%s", to_alder));
	expect_text(alder, "Not selected");
	canary_absent(alder);

	free(placement);
	free(to_alder);
	free(to_birch);
	free(to_cedar);
	free(package);
	browser_free(broker);
	browser_free(alder);
	browser_free(birch);
	browser_free(cedar);
}

static void
expect_list_as_offered(struct browser *provider)
{
	browser_get(provider, "/offers");
	expect_text(provider, "Older people");
	expect_text(provider, "Support at home");
	expect_text(provider, "Fernton, ZX1 1");
	expect_no_text(provider, "Learning disability");
	expect_no_text(provider, "Reablement");
	expect_no_text(provider, "Fernham");
	expect_no_text(provider, "ZX1 2");
}

/* The lists say what was offered, whatever the package says since. */
static void
test_lists_show_what_was_offered(void **state)
{
	struct fern_cast cast = fern_cast_begin("hertfordshire");

	(void)state;
	fern_send(cast.broker, cast.package);
	sql_run("UPDATE package k SET version = version + 1, sector = 'ZX1 2',"
		" rurality = 'rural', area_id = a.id, group_id = g.id,"
		" service_kind_id = s.id FROM area a, care_term g, care_term s"
		" WHERE k.reference = '%s' AND a.code = 'fernham'"
		" AND a.council_id = k.council_id"
		" AND g.code = 'learning_disability' AND s.code = 'reablement'",
	    cast.package);
	expect_list_as_offered(cast.birch);
	fern_decline_in(cast.birch, cast.package, "Birch");
	expect_list_as_offered(cast.birch);
	fern_cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_match_shows_everybody),
		cmocka_unit_test(test_send_accept_place),
		cmocka_unit_test(test_lists_show_what_was_offered),
	};

	return cmocka_run_group_tests(tests, fern_begin, fern_end);
}
