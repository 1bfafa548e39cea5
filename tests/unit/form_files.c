/* The decoder of forms that send files: what is taken, and what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/form.h"

static struct arena *arena;
static struct pair_list pairs;
static struct file_list files;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(16 * 1024 * 1024);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static bool
decode_bytes(const char *type, const char *body, size_t length)
{
	return form_decode_files(arena, type, body, length, &pairs, &files);
}

static bool
decode(const char *body)
{
	return decode_bytes(
	    "multipart/form-data; boundary=x", body, strlen(body));
}

#define PART(name, content)                                                    \
	"--x\r\nContent-Disposition: form-data; name=\"" name                  \
	"\"\r\n\r\n" content "\r\n"

static void
test_taken(void **state)
{
	static const char body[] = PART("csrf", "a b") PART("empty",
	    "") "--x\r\ncontent-disposition: form-data; name=\"document\";"
		" filename=\"p.json\"\r\nContent-Type: application/json\r\n\r\n"
		"{\r\n--\0\xFF}\r\n--x--\r\n";

	(void)state;
	assert_true(decode_bytes("multipart/form-data; boundary=\"x\"; y=z",
	    body, sizeof(body) - 1));
	assert_int_equal(pairs.count, 2);
	assert_string_equal(pair_find(pairs, "csrf"), "a b");
	assert_string_equal(pair_find(pairs, "empty"), "");
	assert_int_equal(files.count, 1);
	assert_string_equal(files.row[0].name, "document");
	assert_string_equal(files.row[0].file_name, "p.json");
	assert_int_equal(files.row[0].content.length, 8);
	assert_memory_equal(files.row[0].content.data, "{\r\n--\0\xFF}", 8);
	assert_true(decode("--x--\r\n"));
	assert_int_equal(pairs.count + files.count, 0);
}

/* A field in which nothing was picked is no file. */
static void
test_nothing_picked(void **state)
{
	struct request r = { .arena = arena };

	(void)state;
	assert_true(
	    decode("--x\r\nContent-Disposition: form-data; name=\"document\";"
		   " filename=\"\"\r\n\r\n\r\n--x--"));
	r.files = files;
	assert_int_equal(files.count, 1);
	assert_null(request_file(&r, "document"));
	assert_null(request_file(&r, "another"));
}

static void
test_refused(void **state)
{
	static const char *const bodies[] = {
		"",
		"--y--",
		"--x",
		"--x\r\n",
		PART("a", "1"),
		PART("a", "1") "--x",
		PART("a", "1") "--x-",
		PART("", "1") "--x--",
		PART("a", "\xFF") "--x--",
		"--x\r\n\r\n1\r\n--x--",
		"--x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1"
		"\r\n--x--",
		"--x\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n"
		"--x--",
		"--x\r\nContent-Disposition: form-data; name=\"a\"\n\n1\r\n"
		"--x--",
	};
	static const char fine[] = PART("a", "1") "--x--";
	static const char *const types[] = { "multipart/form-data",
		"multipart/form-data; boundary=",
		"multipart/form-data; boundary=\"\"",
		"multipart/form-data; boundary=xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
		"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx" };

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		if (decode(bodies[i]))
			fail_msg("taken: %s", bodies[i]);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		assert_false(decode_bytes(types[i], fine, strlen(fine)));
	assert_true(decode(fine));
}

static void
test_too_many(void **state)
{
	struct buffer body = buffer_new(arena, 1024, 1024 * 1024);

	(void)state;
	for (int i = 0; i < 400; i++)
		buffer_text(&body, PART("a", "1"));
	assert_true(decode(arena_printf(arena, "%s--x--", body.data)));
	assert_int_equal(pairs.count, 400);
	buffer_text(&body, PART("a", "1"));
	assert_false(decode(arena_printf(arena, "%s--x--", body.data)));
	assert_int_equal(pairs.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_taken),
		cmocka_unit_test(test_nothing_picked),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_too_many),
	};

	return cmocka_run_group_tests_name("form_files", tests, begin, end);
}
