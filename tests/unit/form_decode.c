/*
 * The decoder of form bodies: nothing is lost, nothing odd is taken, and
 * node's URLSearchParams agrees about all that is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/form.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;
static uint64_t seed;

static int
setup(void **state)
{
	(void)state;
	arena = arena_new(64 << 20);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static uint32_t
random_below(uint32_t limit)
{
	seed = seed * UINT64_C(6364136223846793005) + 1442695041;
	return (uint32_t)(seed >> 33) % limit;
}

static bool
decode(const char *body, struct pair_list *pairs)
{
	return form_decode(arena, body, strlen(body), pairs);
}

/* Pairs as "name=value|" each, to compare with one text. */
static const char *
joined(struct pair_list pairs)
{
	struct buffer text = buffer_new(arena, 64, 1 << 24);
	size_t i;

	for (i = 0; i < pairs.count; i++) {
		buffer_text(&text, pairs.row[i].name);
		buffer_byte(&text, '=');
		buffer_text(&text, pairs.row[i].value);
		buffer_byte(&text, '|');
	}
	return text.data;
}

static void
test_taken(void **state)
{
	static const struct {
		const char *body, *pairs;
	} cases[] = {
		{ "", "" },
		{ "&", "" },
		{ "&&&", "" },
		{ "a", "a=|" },
		{ "a=", "a=|" },
		{ "a=1", "a=1|" },
		{ "a=1&", "a=1|" },
		{ "&a=1", "a=1|" },
		{ "a=1&b=2", "a=1|b=2|" },
		{ "a=1&&b=2", "a=1|b=2|" },
		{ "a=1&a=2", "a=1|a=2|" },
		{ "a=2&a=1&a=2", "a=2|a=1|a=2|" },
		{ "a=b=c", "a=b=c|" },
		{ "a==", "a==|" },
		{ "a=+", "a= |" },
		{ "a+b=c+d", "a b=c d|" },
		{ "a=%2B", "a=+|" },
		{ "a=%26%3D%25", "a=&=%|" },
		{ "a%26b=1", "a&b=1|" },
		{ "a=%c3%a9", "a=\xC3\xA9|" },
		{ "a=%C3%A9", "a=\xC3\xA9|" },
		{ "a=\xC3\xA9", "a=\xC3\xA9|" },
		{ "a=%F0%9F%8F%A0", "a=\xF0\x9F\x8F\xA0|" },
		{ "a=l1%0D%0Al2", "a=l1\r\nl2|" },
		{ "a=l1%0Al2%0D", "a=l1\nl2\r|" },
		{ "a=%09", "a=\t|" },
		{ "a=1;b=2", "a=1;b=2|" },
		{ "a=%01%7F", "a=\x01\x7F|" },
		{ "a[]=1&a[]=2", "a[]=1|a[]=2|" },
		{ "a=%EF%BB%BF", "a=\xEF\xBB\xBF|" },
		{ "a=?x#y", "a=?x#y|" },
		{ "note=l1%0D%0Al2+x&f=a=b", "note=l1\r\nl2 x|f=a=b|" },
	};
	struct pair_list pairs;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++) {
		if (!decode(cases[i].body, &pairs))
			fail_msg("\"%s\" is refused", cases[i].body);
		assert_string_equal(joined(pairs), cases[i].pairs);
	}
	assert_true(form_decode(arena, NULL, 0, &pairs));
	assert_int_equal(pairs.count, 0);
}

static void
test_refused(void **state)
{
	static const char *const cases[] = { "=", "=1", "a=1&=2", "%", "a%",
		"a=%", "a=%4", "a=%&b=1", "a=%4&b=1", "a=%zz", "a=%4g", "a=%g4",
		"a=%%41", "a=% 41", "a=%u0041", "a=%00", "a=b%00c", "%00=1",
		"a=%80", "a=%C3", "a=%C3%28", "a=%C0%80", "a=%C1%BF",
		"a=%E0%80%80", "a=%ED%A0%80", "a=%F0%80%80%80",
		"a=%F4%90%80%80", "a=%F5%80%80%80", "a=%FF", "a=\xFF", "a=\xC3",
		"a=%E2%82", "a=1&b=%C3&c=3", "a=%C3&b=%A9" };
	struct pair_list pairs;
	size_t i;

	(void)state;
	for (i = 0; i < LENGTH(cases); i++)
		if (decode(cases[i], &pairs))
			fail_msg("\"%s\" is taken", cases[i]);
	assert_false(form_decode(arena, "a=\0b", 4, &pairs));
	assert_false(form_decode(arena, "\0", 1, &pairs));
	assert_int_equal(pairs.count, 0);
}

static void
test_limits(void **state)
{
	struct buffer body;
	struct pair_list pairs;
	size_t i;

	(void)state;
	body = buffer_new(arena, 4096, 1 << 20);
	for (i = 0; i < 2000; i++)
		buffer_printf(&body, "%sf%zu=%zu", i > 0 ? "&" : "", i, i);
	assert_true(form_decode(arena, body.data, body.length, &pairs));
	assert_int_equal(pairs.count, 2000);
	assert_string_equal(pairs.row[1999].name, "f1999");
	buffer_text(&body, "&");
	assert_true(form_decode(arena, body.data, body.length, &pairs));
	buffer_text(&body, "x");
	assert_false(form_decode(arena, body.data, body.length, &pairs));

	body = buffer_new(arena, 4096, 1 << 20);
	for (i = 0; i < 128; i++)
		buffer_text(&body, i % 2 == 0 ? "n" : "%6E");
	assert_true(form_decode(arena, body.data, body.length, &pairs));
	assert_int_equal(strlen(pairs.row[0].name), 128);
	buffer_text(&body, "n=");
	assert_false(form_decode(arena, body.data, body.length, &pairs));

	body = buffer_new(arena, 4096, 1 << 24);
	buffer_text(&body, "a=");
	for (i = 0; i < 524288; i++)
		buffer_text(&body, i % 2 == 0 ? "v" : "%76");
	assert_true(form_decode(arena, body.data, body.length, &pairs));
	assert_int_equal(strlen(pairs.row[0].value), 524288);
	buffer_text(&body, "v");
	assert_false(form_decode(arena, body.data, body.length, &pairs));
	arena_reset(arena);
}

/* Pieces that break decoders, in any order. */
static const char *
random_text(size_t most)
{
	static const char *const pieces[] = { "a", "Z", "0", " ", "\r\n", "\n",
		"\t", "=", "&", "%", "+", "%41", ";", "\"", "<", "\xC3\xA9",
		"\xE2\x82\xAC", "\xF0\x9F\x8F\xA0", "\xEF\xBB\xBF", "%%",
		"\x7F", "\x01", "e\xCC\x81" };
	struct buffer text = buffer_new(arena, 64, 1 << 20);
	size_t count = random_below((uint32_t)most);

	while (count-- > 0)
		buffer_text(&text, pieces[random_below(LENGTH(pieces))]);
	return text.data;
}

/* Encoded as a browser would, or with more escapes than it needs. */
static void
encode(struct buffer *body, const char *text)
{
	bool always = random_below(4) == 0;

	for (; *text != '\0'; text++) {
		unsigned char c = (unsigned char)*text;
		bool is_plain = (c >= '0' && c <= '9') ||
		                (c >= 'A' && c <= 'Z') ||
		                (c >= 'a' && c <= 'z');

		if (is_plain && !always)
			buffer_byte(body, *text);
		else if (c == ' ' && !always)
			buffer_byte(body, '+');
		else
			buffer_printf(body, always ? "%%%02x" : "%%%02X", c);
	}
}

static void
test_everything_comes_back(void **state)
{
	int round;

	(void)state;
	seed = 20261122;
	for (round = 0; round < 40; round++) {
		struct buffer body = buffer_new(arena, 4096, 32 << 20);
		const char *names[400], *values[400];
		struct pair_list pairs;
		size_t i;

		for (i = 0; i < 400; i++) {
			names[i] = arena_printf(
			    arena, "%zu%s", i, random_text(8));
			values[i] = random_text(i == 7 ? 15000 : 40);
			if (i > 0)
				buffer_byte(&body, '&');
			encode(&body, names[i]);
			buffer_byte(&body, '=');
			encode(&body, values[i]);
		}
		assert_true(form_decode(arena, body.data, body.length, &pairs));
		assert_int_equal(pairs.count, 400);
		for (i = 0; i < 400; i++) {
			assert_string_equal(pairs.row[i].name, names[i]);
			assert_string_equal(pairs.row[i].value, values[i]);
		}
		arena_reset(arena);
	}
}

/* Escapes, good and broken, put together at random. */
static const char *
random_body(void)
{
	static const char *const pieces[] = { "a", "b", "=", "&", "+", "%20",
		"%C3%A9", "%E2%82%AC", "%f0%9f%8f%a0", "%0D%0A", "%25", "%26",
		"%3d", "%2B", "%zz", "%", "%00", "%ff", "1", ";", "~",
		"%EF%BB%BF" };
	struct buffer text = buffer_new(arena, 64, 1 << 16);
	uint32_t count = random_below(16);

	while (count-- > 0) {
		/* Broken ones seldom, or none would be taken. */
		uint32_t piece = random_below(LENGTH(pieces));

		if (piece >= 14 && piece <= 17 && random_below(8) != 0)
			piece = 0;
		buffer_text(&text, pieces[piece]);
	}
	return text.data;
}

/* Compares with what node makes of the same bodies, all in one run. */
static void
test_against_node(void **state)
{
	static const char script[] =
	    "require('fs').readFileSync(0, 'utf8').split('\\n').slice(0, -1)"
	    ".forEach(body => console.log(Buffer.from([...new "
	    "URLSearchParams(body)].map(([n, v]) => n + '=' + v + '|')"
	    ".join('')).toString('hex')))";
	char bodies_path[] = "/tmp/hearth-bodies-XXXXXX";
	FILE *bodies = fdopen(mkstemp(bodies_path), "w"), *node;
	struct buffer expected = buffer_new(arena, 4096, 32 << 20);
	const char *command;
	char line[4096];
	size_t taken = 0, cursor = 0;
	int i;

	(void)state;
	assert_non_null(bodies);
	seed = 37;
	for (i = 0; i < 20000; i++) {
		const char *body = random_body(), *text;
		struct pair_list pairs;

		if (!decode(body, &pairs))
			continue;
		/* URLSearchParams drops a "?" at the beginning; none is. */
		fprintf(bodies, "%s\n", body);
		text = joined(pairs);
		buffer_printf(&expected, "%s\n",
		    text_hex(arena, (const unsigned char *)text, strlen(text)));
		taken++;
	}
	fclose(bodies);
	assert_true(taken > 10000);
	command = arena_printf(
	    arena, "node -e \"%s\" < %s", script, bodies_path);
	node = popen(command, "r");
	assert_non_null(node);
	for (; taken > 0 && fgets(line, sizeof(line), node); taken--) {
		size_t length = strlen(line);

		if (memcmp(line, expected.data + cursor, length) != 0)
			fail_msg("node reads %s", line);
		cursor += length;
	}
	assert_int_equal(pclose(node), 0);
	unlink(bodies_path);
	assert_int_equal(taken, 0);
	assert_int_equal(cursor, expected.length);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_taken),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_everything_comes_back),
		cmocka_unit_test(test_against_node),
	};

	return cmocka_run_group_tests_name(
	    "form_decode", tests, setup, teardown);
}
