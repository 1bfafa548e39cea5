/* Writes mails: RFC 5322, headers after RFC 2047, bodies after RFC 2045. */
#include "messages/letter.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"

enum {
	LETTER_MAXIMUM = 1 << 20,
	LINE_LENGTH = 76,
	/* What base64 makes of 42 bytes still fits "=?UTF-8?B?...?=". */
	WORD_BYTES = 42,
};

/* --- Addresses ------------------------------------------------------------ */

bool
address_is_plain(const char *address)
{
	const char *sign = strchr(address, '@');
	const char *c;

	if (sign == NULL || sign == address || sign[1] == '\0' ||
	    strchr(sign + 1, '@') != NULL || strlen(address) > 254)
		return false;
	for (c = address; *c != '\0'; c++)
		if (*c <= ' ' || *c >= 0x7F || strchr("<>()[]\\,;:\"", *c))
			return false;
	return true;
}

const char *
address_of(struct arena *arena, const char *mailbox)
{
	const char *open = strrchr(mailbox, '<');
	const char *address = mailbox;

	if (open != NULL) {
		const size_t length = strlen(open + 1);

		if (length == 0 || open[length] != '>')
			return NULL;
		address = arena_strndup(arena, open + 1, length - 1);
	}
	return address_is_plain(address) ? address : NULL;
}

/* --- Headers -------------------------------------------------------------- */

static bool
is_ascii(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

static bool
is_line(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7F)
			return false;
	return true;
}

static void
base64_add(struct buffer *out, const unsigned char *data, size_t length)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t i;

	for (i = 0; i < length; i += 3) {
		const uint32_t second = i + 1 < length ? data[i + 1] : 0;
		const uint32_t third = i + 2 < length ? data[i + 2] : 0;
		const uint32_t word = (uint32_t)data[i] << 16 | second << 8 |
		                      third;

		buffer_byte(out, digits[word >> 18]);
		buffer_byte(out, digits[word >> 12 & 63]);
		buffer_byte(out, i + 1 < length ? digits[word >> 6 & 63] : '=');
		buffer_byte(out, i + 2 < length ? digits[word & 63] : '=');
	}
}

/* Encoded words of whole characters, each on a line of its own. */
static void
words_add(struct buffer *out, const char *text)
{
	while (*text != '\0') {
		size_t length = strlen(text);

		if (length > WORD_BYTES)
			for (length = WORD_BYTES;
			     ((unsigned char)text[length] & 0xC0) == 0x80;)
				length--;
		buffer_text(out, "=?UTF-8?B?");
		base64_add(out, (const unsigned char *)text, length);
		buffer_text(out, "?=");
		text += length;
		if (*text != '\0')
			buffer_text(out, "\r\n ");
	}
}

/* Unstructured text, as in Subject. */
static void
text_add(struct buffer *out, const char *text)
{
	if (is_ascii(text) && strlen(text) <= 60 && strstr(text, "=?") == NULL)
		buffer_text(out, text);
	else
		words_add(out, text);
}

static void
mailbox_add(struct buffer *out, const char *name, const char *email)
{
	const char *c;

	if (*name != '\0' && is_ascii(name) && strstr(name, "=?") == NULL &&
	    strlen(name) <= 60) {
		buffer_byte(out, '"');
		for (c = name; *c != '\0'; c++) {
			if (*c == '"' || *c == '\\')
				buffer_byte(out, '\\');
			buffer_byte(out, *c);
		}
		buffer_text(out, "\"\r\n ");
	} else if (*name != '\0') {
		words_add(out, name);
		buffer_text(out, "\r\n ");
	}
	buffer_printf(out, "<%s>\r\n", email);
}

/* "Sun, 22 Nov 2026 01:08:00 +0000" */
static void
date_add(struct buffer *out, int64_t instant)
{
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed", "Thu",
		"Fri", "Sat" };
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	const time_t seconds = (time_t)(instant / CLOCK_SECOND);
	struct tm utc;

	gmtime_r(&seconds, &utc);
	buffer_printf(out, "%s, %d %s %d %02d:%02d:%02d +0000",
	    days[utc.tm_wday], utc.tm_mday, months[utc.tm_mon],
	    utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
}

/* --- Body ----------------------------------------------------------------- */

/* ASCII in lines that every server takes goes as it is, so links stay whole. */
static bool
body_is_simple(const char *body)
{
	size_t length = 0;

	for (; *body != '\0'; body++) {
		const unsigned char c = (unsigned char)*body;

		length = c == '\n' ? 0 : length + 1;
		if (c >= 0x7F || (c < ' ' && c != '\n' && c != '\t') ||
		    length > 900)
			return false;
	}
	return true;
}

static void
simple_add(struct buffer *out, const char *body)
{
	for (; *body != '\0'; body++) {
		if (*body == '\n')
			buffer_byte(out, '\r');
		buffer_byte(out, *body);
	}
}

static void
quoted_add(struct buffer *out, const char *body)
{
	size_t column = 0;

	for (; *body != '\0'; body++) {
		const unsigned char c = (unsigned char)*body;
		const bool is_plain = (c > ' ' && c < 0x7F && c != '=') ||
		                      (c == ' ' && body[1] != '\n' &&
					  body[1] != '\0');

		if (c == '\n') {
			buffer_text(out, "\r\n");
			column = 0;
			continue;
		}
		if (column + (is_plain ? 1 : 3) > LINE_LENGTH - 1) {
			buffer_text(out, "=\r\n");
			column = 0;
		}
		if (is_plain)
			buffer_byte(out, (char)c);
		else
			buffer_printf(out, "=%02X", c);
		column += is_plain ? 1 : 3;
	}
}

/* --- Whole ---------------------------------------------------------------- */

/* Why a letter cannot be written, or NULL. */
static const char *
letter_problem(const struct letter *letter, const char *from)
{
	if (from == NULL)
		return "the sender's address is not an address";
	if (!address_is_plain(letter->to_email))
		return "the address is not an email address";
	if (!is_line(letter->to_name) || !is_line(letter->subject) ||
	    !is_line(letter->from))
		return "a header holds a control character";
	return NULL;
}

const char *
letter_write(
    struct arena *arena, const struct letter *letter, const char **problem)
{
	const char *from = address_of(arena, letter->from);
	const char *open = strrchr(letter->from, '<');
	const bool is_simple = body_is_simple(letter->body);
	struct buffer out;

	*problem = letter_problem(letter, from);
	if (*problem != NULL)
		return NULL;
	out = buffer_new(arena, 4096, LETTER_MAXIMUM);
	buffer_text(&out, "Date: ");
	date_add(&out, letter->written_at);
	buffer_text(&out, "\r\nFrom: ");
	mailbox_add(&out,
	    open == NULL ? ""
			 : text_tidy(arena, arena_strndup(arena, letter->from,
						(size_t)(open - letter->from))),
	    from);
	buffer_text(&out, "To: ");
	mailbox_add(&out, letter->to_name, letter->to_email);
	buffer_text(&out, "Subject: ");
	text_add(&out, letter->subject);
	buffer_printf(&out, "\r\nMessage-ID: <%s%s>\r\n", letter->message_id,
	    strchr(from, '@'));
	buffer_text(&out, "Auto-Submitted: auto-generated\r\n"
			  "MIME-Version: 1.0\r\n"
			  "Content-Type: text/plain; charset=utf-8\r\n");
	buffer_printf(&out, "Content-Transfer-Encoding: %s\r\n\r\n",
	    is_simple ? "7bit" : "quoted-printable");
	if (is_simple)
		simple_add(&out, letter->body);
	else
		quoted_add(&out, letter->body);
	if (out.length < 2 || out.data[out.length - 1] != '\n')
		buffer_text(&out, "\r\n");
	return out.data;
}
