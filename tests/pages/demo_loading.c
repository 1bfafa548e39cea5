/*
 * Loading the demonstration: once, or anew and the same; and everybody who
 * is said to can sign in.
 */
#include "support_demo.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "command.h"

#define FOLDER "conf/demo"

static int
begin(void **state)
{
	(void)state;
	harness_begin();
	return 0;
}

static int
end(void **state)
{
	(void)state;
	harness_end();
	return 0;
}

static void
everybody_named_can_sign_in(void **state)
{
	FILE *file = fopen(FOLDER "/sign-ins.txt", "r");
	char line[512];
	int signed_in = 0;

	(void)state;
	assert_non_null(file);
	while (fgets(line, sizeof(line), file) != NULL) {
		char *email = strchr(line, '\t'), *password;
		struct browser *b;

		if (line[0] == '#' || email == NULL)
			continue;
		password = strchr(++email, '\t');
		assert_non_null(password);
		*password++ = '\0';
		password[strcspn(password, "\t\n")] = '\0';
		assert_string_equal(password, demo_password);
		b = browser_new();
		browser_sign_in(b, email);
		browser_get(b, "/");
		assert_true(b->status == 200 || b->status == 303);
		browser_free(b);
		signed_in++;
	}
	fclose(file);
	assert_true(signed_in >= 15);
}

static int
demo_run(char *argument, char *folder)
{
	char name[] = "demo";
	char *arguments[] = { name, argument, folder, NULL };
	int code;

	user_take(superuser());
	code = command_demo(folder == NULL ? 2 : 3, arguments);
	user_give_back();
	return code;
}

/* All that does not depend on the moment. */
static const char *
fingerprint(void)
{
	return sql_text(
	    "SELECT md5(string_agg(line, '/' ORDER BY line)) FROM ("
	    " SELECT reference || name AS line FROM organisation"
	    " UNION ALL SELECT reference || given_name || postcode FROM person"
	    " UNION ALL SELECT reference || state || weekly_price_pence"
	    "  FROM package"
	    " UNION ALL SELECT reference || state || coalesce(result, '')"
	    "  FROM offer"
	    " UNION ALL SELECT reference || weekly_price_pence FROM placement)"
	    " AS lines");
}

static void
it_loads_once_and_anew_the_same(void **state)
{
	char folder[] = FOLDER, anew[] = "--reload", missing[] = "/nowhere";
	char before[64];

	(void)state;
	/* What there is was loaded some time ago, and hours may have struck. */
	assert_int_equal(demo_run(anew, folder), 0);
	snprintf(before, sizeof(before), "%s", fingerprint());
	assert_int_equal(demo_run(folder, NULL), 1);
	assert_int_equal(demo_run(missing, NULL), 1);
	assert_int_equal(demo_run(anew, NULL), 2);
	assert_string_equal(fingerprint(), before);
	assert_int_equal(demo_run(anew, folder), 0);
	assert_string_equal(fingerprint(), before);
	assert_int_equal(sql_number("SELECT count(*) FROM audit"),
	    sql_number("SELECT count(*) FROM council"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everybody_named_can_sign_in),
		cmocka_unit_test(it_loads_once_and_anew_the_same),
	};

	return cmocka_run_group_tests_name("demo_loading", tests, begin, end);
}
