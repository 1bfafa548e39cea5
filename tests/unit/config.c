/* What the environment may say, and what refuses to start. */
#include "base/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static struct config config;

static int
each_begin(void **state)
{
	(void)state;
	return clearenv();
}

static void
usual_settings_do(void **state)
{
	(void)state;
	assert_true(config_read(&config));
	assert_string_equal(config.address, "http://127.0.0.1:8080");
	assert_string_equal(config.var, "var");
	assert_null(config.smtp_url);
	assert_false(config.is_secure);
}

static void
settings_are_taken(void **state)
{
	(void)state;
	setenv("HEARTH_ADDRESS", "https://care.example.org", 1);
	setenv("HEARTH_VAR", "/var/lib/hearth", 1);
	setenv("HEARTH_WORKERS", "8", 1);
	setenv("SMTP_URL", "smtp://127.0.0.1:25", 1);
	setenv("HEARTH_ASSETS", "", 1);
	assert_true(config_read(&config));
	assert_true(config.is_secure);
	assert_string_equal(config.var, "/var/lib/hearth");
	assert_string_equal(config.smtp_url, "smtp://127.0.0.1:25");
	assert_string_equal(config.assets, "build/assets");
}

static void
the_scanner_has_an_address(void **state)
{
	static const char *const good[] = { "/run/clamav/clamd.ctl",
		"127.0.0.1:3310", "[::1]:3310", "clamd.example:1" };
	static const char *const bad[] = { "clamd", ":3310", "clamd:", "a:0",
		"a:65536", "a:x" };
	size_t i;

	(void)state;
	assert_true(config_read(&config));
	assert_null(config.clamd);
	for (i = 0; i < sizeof(good) / sizeof(*good); i++) {
		setenv("HEARTH_CLAMD", good[i], 1);
		assert_true(config_read(&config));
		assert_string_equal(config.clamd, good[i]);
	}
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		setenv("HEARTH_CLAMD", bad[i], 1);
		assert_false(config_read(&config));
	}
}

static void
unknown_names_refuse(void **state)
{
	(void)state;
	setenv("HEARTH_ADRESS", "http://127.0.0.1", 1);
	assert_false(config_read(&config));
	unsetenv("HEARTH_ADRESS");
	setenv("HEARTH_", "x", 1);
	assert_false(config_read(&config));
	unsetenv("HEARTH_");
	setenv("HEARTH", "is not ours", 1);
	assert_true(config_read(&config));
}

static void
impossible_values_refuse(void **state)
{
	static const char *const bad[] = { "care.example.org", "http://",
		"https://care.example.org/", "ftp://care.example.org",
		"http://a b", "http://a\r\nb", "https://a\"b" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		setenv("HEARTH_ADDRESS", bad[i], 1);
		assert_false(config_read(&config));
	}
	unsetenv("HEARTH_ADDRESS");
	setenv("HEARTH_MAIL_FROM", "a@b\nBcc: c@d", 1);
	assert_false(config_read(&config));
}

#define TEST(called) cmocka_unit_test_setup(called, each_begin)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(usual_settings_do),
		TEST(settings_are_taken),
		TEST(the_scanner_has_an_address),
		TEST(unknown_names_refuse),
		TEST(impossible_values_refuse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
