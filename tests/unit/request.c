/* What a request says about itself: its sender, its query, its cookies. */
#include "base/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

static struct request request;

static int
each_begin(void **state)
{
	(void)state;
	request = (struct request) { .arena = arena_new(1 << 20), .path = "/" };
	return 0;
}

static int
each_end(void **state)
{
	(void)state;
	arena_free(request.arena);
	return 0;
}

static const char *
address(const char *peer, const char *proxy, const char *forwarded)
{
	return request_address(request.arena, peer, proxy, forwarded);
}

static void
only_the_proxy_says_who_is_behind_it(void **state)
{
	(void)state;
	assert_string_equal(
	    address("127.0.0.1", "127.0.0.1", "192.0.2.7"), "192.0.2.7");
	assert_string_equal(
	    address("192.0.2.9", "127.0.0.1", "192.0.2.7"), "192.0.2.9");
	assert_string_equal(
	    address("127.0.0.1", NULL, "192.0.2.7"), "127.0.0.1");
}

static void
the_last_address_is_the_one_the_proxy_wrote(void **state)
{
	(void)state;
	assert_string_equal(
	    address("::1", "::1", "192.0.2.1, 2001:db8::7 "), "2001:db8::7");
	assert_string_equal(address("::1", "::1", ""), "::1");
	assert_string_equal(address("::1", "::1", "192.0.2.1,"), "::1");
	assert_string_equal(address("::1", "::1", "unknown"), "::1");
}

static void
a_cookie_is_set_once(void **state)
{
	(void)state;
	request_set_cookie(&request, "notice=; Max-Age=0");
	request_set_cookie(&request, "notices=a");
	request_set_cookie(&request, "notice=b");
	assert_int_equal(request.set_cookies.count, 2);
	assert_string_equal(request.set_cookies.row[0], "notices=a");
	assert_string_equal(request.set_cookies.row[1], "notice=b");
}

static void
secrets_are_known_by_their_name(void **state)
{
	const struct pair secret = { "new_password", "x" };
	const struct pair plain = { "name", "password" };

	(void)state;
	assert_true(pair_is_secret(&secret));
	assert_false(pair_is_secret(&plain));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    only_the_proxy_says_who_is_behind_it, each_begin, each_end),
		cmocka_unit_test_setup_teardown(
		    the_last_address_is_the_one_the_proxy_wrote, each_begin,
		    each_end),
		cmocka_unit_test_setup_teardown(
		    a_cookie_is_set_once, each_begin, each_end),
		cmocka_unit_test_setup_teardown(
		    secrets_are_known_by_their_name, each_begin, each_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
