/* Mails as they go over the wire, and how long they wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "messages/backoff.h"
#include "messages/letter.h"

static struct arena *arena;

static int
arena_begin(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int
arena_end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static struct letter
letter_usual(void)
{
	return (struct letter) {
		.from = "Hearth <hearth@council.example>",
		.to_email = "office@alder.example",
		.to_name = "Ada Alder",
		.subject = "A new offer of care",
		.body = "You have a new offer.\n\nSign in.\n",
		.message_id = "m123",
		.written_at = INT64_C(1795309680) * CLOCK_SECOND,
	};
}

static const char *
written(const struct letter *letter)
{
	const char *problem = NULL;
	const char *text = letter_write(arena, letter, &problem);

	assert_null(problem);
	assert_non_null(text);
	return text;
}

static void
refused(const struct letter *letter, const char *expected)
{
	const char *problem = NULL;

	assert_null(letter_write(arena, letter, &problem));
	assert_string_equal(problem, expected);
}

static void
a_usual_letter_is_this(void **state)
{
	const struct letter letter = letter_usual();

	(void)state;
	assert_string_equal(written(&letter),
	    "Date: Sun, 22 Nov 2026 01:08:00 +0000\r\n"
	    "From: \"Hearth\"\r\n <hearth@council.example>\r\n"
	    "To: \"Ada Alder\"\r\n <office@alder.example>\r\n"
	    "Subject: A new offer of care\r\n"
	    "Message-ID: <m123@council.example>\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: 7bit\r\n"
	    "\r\n"
	    "You have a new offer.\r\n\r\nSign in.\r\n");
}

static void
the_same_letter_is_the_same_bytes(void **state)
{
	const struct letter letter = letter_usual();

	(void)state;
	assert_string_equal(written(&letter), written(&letter));
}

static void
headers_are_encoded(void **state)
{
	struct letter letter = letter_usual();

	(void)state;
	letter.to_name = "Zo\xC3\xAB \"Z\" Smith";
	letter.subject = "Caf\xC3\xA9";
	assert_non_null(
	    strstr(written(&letter), "To: =?UTF-8?B?Wm/DqyAiWiIgU21pdGg=?=\r\n"
				     " <office@alder.example>\r\n"
				     "Subject: =?UTF-8?B?Q2Fmw6k=?=\r\n"));
	letter.to_name = "Ada \"A\\B\" Alder";
	letter.subject = "=?UTF-8?B?WA==?=";
	assert_non_null(
	    strstr(written(&letter), "To: \"Ada \\\"A\\\\B\\\" Alder\"\r\n"));
	assert_null(strstr(written(&letter), "Subject: =?UTF-8?B?WA==?="));
}

static void
long_headers_are_cut_between_characters(void **state)
{
	struct letter letter = letter_usual();
	const char *line, *end;
	char subject[400] = "";
	size_t i;

	(void)state;
	for (i = 0; i < 300; i += 3)
		memcpy(subject + i, "\xE2\x82\xAC", 4);
	letter.subject = subject;
	line = strstr(written(&letter), "Subject: ");
	for (; line[0] != 'M'; line = end + 2) {
		end = strstr(line, "\r\n");
		assert_non_null(end);
		assert_true(end - line <= 78);
		/* 42 bytes are 14 whole characters: no padding but at last. */
		assert_true(strstr(line, "=?=") == NULL ||
			    strstr(line, "=?=") > end || end[2] == 'M');
	}
}

static void
nothing_breaks_out_of_a_header(void **state)
{
	struct letter letter = letter_usual();

	(void)state;
	letter.subject = "Hello\r\nBcc: all@example.org";
	refused(&letter, "a header holds a control character");
	letter = letter_usual();
	letter.to_name = "Ada\nBcc: all@example.org";
	refused(&letter, "a header holds a control character");
	letter = letter_usual();
	letter.to_email = "a@example.org\r\nRCPT TO:<b@example.org>";
	refused(&letter, "the address is not an email address");
	letter.to_email = "a@example.org>,<b@example.org";
	refused(&letter, "the address is not an email address");
	letter.to_email = "nobody";
	refused(&letter, "the address is not an email address");
	letter = letter_usual();
	letter.from = "Hearth";
	refused(&letter, "the sender's address is not an address");
}

static void
addresses_are_plain_or_not(void **state)
{
	(void)state;
	assert_true(address_is_plain("o'hara+care@alder-care.example"));
	assert_false(address_is_plain("@example.org"));
	assert_false(address_is_plain("a@"));
	assert_false(address_is_plain("a@b@c"));
	assert_false(address_is_plain("a b@example.org"));
	assert_false(address_is_plain("zo\xC3\xAB@example.org"));
	assert_string_equal(
	    address_of(arena, "Hearth <a@example.org>"), "a@example.org");
	assert_string_equal(
	    address_of(arena, "a@example.org"), "a@example.org");
	assert_null(address_of(arena, "Hearth <a@example.org> x"));
	assert_null(address_of(arena, "Hearth <"));
}

static void
bodies_of_other_letters_are_quoted(void **state)
{
	struct letter letter = letter_usual();

	(void)state;
	letter.body = "Zo\xC3\xAB = 1 \nnext";
	assert_non_null(strstr(written(&letter),
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n"
	    "Zo=C3=AB =3D 1=20\r\nnext\r\n"));
	letter.body = "\xC3\xAB"
		      "123456789012345678901234567890123456789012345678901234"
		      "567890123456789012345678901234567890";
	assert_non_null(strstr(written(&letter),
	    "=C3=AB123456789012345678901234567890123456789012345678901234567890"
	    "123456789=\r\n0123"));
}

static void
a_link_stays_whole(void **state)
{
	struct letter letter = letter_usual();

	(void)state;
	letter.body = "http://127.0.0.1:8080/reset-password/"
		      "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz=\n";
	assert_non_null(strstr(written(&letter),
	    "/reset-password/"
	    "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz=\r\n"));
}

static void
waits_double_up_to_four_hours(void **state)
{
	int32_t attempts;

	(void)state;
	assert_int_equal(backoff_seconds(0), 30);
	assert_int_equal(backoff_seconds(1), 30);
	assert_int_equal(backoff_seconds(2), 60);
	assert_int_equal(backoff_seconds(9), 30 * 256);
	assert_int_equal(backoff_seconds(10), 4 * 3600);
	assert_int_equal(backoff_seconds(INT32_MAX), 4 * 3600);
	for (attempts = 1; !backoff_is_over(attempts); attempts++)
		assert_true(attempts < 100);
	/* 30 s, 60 s ... 2 h 8 min are over four hours; then every four. */
	assert_int_equal(attempts, 27);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_usual_letter_is_this),
		cmocka_unit_test(the_same_letter_is_the_same_bytes),
		cmocka_unit_test(headers_are_encoded),
		cmocka_unit_test(long_headers_are_cut_between_characters),
		cmocka_unit_test(nothing_breaks_out_of_a_header),
		cmocka_unit_test(addresses_are_plain_or_not),
		cmocka_unit_test(bodies_of_other_letters_are_quoted),
		cmocka_unit_test(a_link_stays_whole),
		cmocka_unit_test(waits_double_up_to_four_hours),
	};

	return cmocka_run_group_tests_name(
	    "messages_letter", tests, arena_begin, arena_end);
}
