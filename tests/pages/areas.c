/* The areas of a council and what a postcode tells. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "support_register.h"

static void
test_hours(void **state)
{
	struct browser *browser = signed_in("broker@elm.example");

	(void)state;
	browser_get(browser, "/areas");
	expect_status(browser, 200);
	expect_text(browser, "North Elm");
	expect_text(browser, "Upper Elm");
	expect_text(browser, "22,396");
	expect_text(browser, "17,456");
	expect_text(browser, "77.94%");
	expect_text(browser, "81.37%");
	expect_text(browser, "49,395");
	expect_text(browser, "Not known");
	expect_no_text(browser, "North Oak");
	browser_free(browser);
}

static void
test_postcode(void **state)
{
	struct browser *browser = signed_in("auditor@elm.example");

	(void)state;
	browser_get(browser, "/areas?postcode=ze11aa");
	expect_status(browser, 200);
	expect_text(browser, "ZE1 1AA");
	expect_text(browser, "Suggested area");
	expect_text(browser, "Urban");
	expect_no_text(browser, "Also lies in");
	browser_get(browser, "/areas?postcode=ZE1+2AA");
	expect_text(browser, "Semi-rural");
	expect_text(browser, "Also lies in");
	expect_text(browser, "60%");
	expect_text(browser, "40%");
	browser_get(browser, "/areas?postcode=ZE9+9AA");
	expect_status(browser, 200);
	expect_text(browser, "This sector lies in none of your areas");
	browser_free(browser);
}

static void
test_postcode_wrong(void **state)
{
	struct browser *browser = signed_in("broker@elm.example");

	(void)state;
	browser_get(browser, "/areas?postcode=ZE1");
	expect_status(browser, 422);
	expect_text(browser, "Enter a full UK postcode, like AL1 1AA");
	expect_text(browser, "value=\"ZE1\"");
	expect_text(browser, "href=\"#postcode\"");
	browser_get(browser, "/areas?postcode=");
	expect_status(browser, 422);
	expect_text(browser, "Enter a postcode");
	browser_get(browser, "/areas?postcode=ZE8+8AA");
	expect_status(browser, 422);
	expect_text(browser, "The sector ZE8 8 is not in the table of sectors");
	browser_free(browser);
}

/* A partner sees the areas of the framework that it may call off from. */
static void
test_partner(void **state)
{
	struct browser *browser = signed_in("broker@nhs.example");

	(void)state;
	browser_get(browser, "/areas?postcode=ZE1+1AA");
	expect_status(browser, 200);
	expect_text(browser, "Elm Council districts");
	expect_text(browser, "Of Elm Council, from whose framework");
	expect_text(browser, "Suggested area");
	expect_no_text(browser, "North Oak");
	browser_free(browser);
}

static void
test_who(void **state)
{
	struct browser *provider = signed_in("owner@acorn.example");
	struct browser *nobody = browser_new();

	(void)state;
	browser_get(provider, "/areas");
	expect_status(provider, 403);
	browser_get(nobody, "/areas");
	expect_location(nobody, "/sign-in");
	browser_free(provider);
	browser_free(nobody);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hours),
		cmocka_unit_test(test_postcode),
		cmocka_unit_test(test_postcode_wrong),
		cmocka_unit_test(test_partner),
		cmocka_unit_test(test_who),
	};

	return cmocka_run_group_tests(tests, register_begin, register_end);
}
