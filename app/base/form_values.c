/*
 * Readers of single values as people type them. They know nothing of forms,
 * so that anything may use them and each is fuzzed by itself.
 */
#include "base/form_read.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"

enum {
	POSTCODE_LONGEST = 7, /* letters and digits */
	HOURS_MAXIMUM = 10000,
	EMAIL_MAXIMUM = 254, /* RFC 5321 and its errata */
	EMAIL_LOCAL_MAXIMUM = 64,
	EMAIL_LABEL_MAXIMUM = 63,
	TELEPHONE_LEAST = 7,
	TELEPHONE_MOST = 20,
};

#define LOWER  "abcdefghijklmnopqrstuvwxyz"
#define UPPER  "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

/* Reads `least` to `most` digits and moves `text` behind them. */
static bool
digits_read(const char **text, size_t least, size_t most, int32_t *number)
{
	size_t count = 0;

	*number = 0;
	while (count < most && is_digit((*text)[count]))
		*number = *number * 10 + ((*text)[count++] - '0');
	*text += count;
	return count >= least && !is_digit(**text);
}

/* Which letters may stand where is from BS 7666. */
#define FIRST  "ABCDEFGHIJKLMNOPRSTUWYZ"
#define SECOND "ABCDEFGHKLMNOPQRSTUVWXY"
#define INWARD "ABDEFGHJLNPQRSTUWXYZ"

/* Whether letters and digits, in capitals and unspaced, are a postcode. */
static bool
postcode_fits(const char *code, size_t length)
{
	static const char *const outward[][5] = {
		{ FIRST, DIGITS },
		{ FIRST, DIGITS, DIGITS },
		{ FIRST, DIGITS, "ABCDEFGHJKPSTUW" },
		{ FIRST, SECOND, DIGITS },
		{ FIRST, SECOND, DIGITS, DIGITS },
		{ FIRST, SECOND, DIGITS, "ABEHMNPRVWXY" },
	};
	const char *inward = code + length - 3;
	size_t i, j;

	if (!is_digit(inward[0]) || !is_one_of(inward[1], INWARD) ||
	    !is_one_of(inward[2], INWARD))
		return false;
	for (i = 0; i < sizeof(outward) / sizeof(outward[0]); i++) {
		const char *const *sets = outward[i];

		for (j = 0; j < length - 3 && sets[j] != NULL; j++)
			if (!is_one_of(code[j], sets[j]))
				break;
		if (j == length - 3 && sets[j] == NULL)
			return true;
	}
	return false;
}

bool
postcode_parse(struct arena *arena, const char *text, const char **postcode)
{
	char code[POSTCODE_LONGEST + 1];
	size_t length = 0;

	for (; *text != '\0'; text++) {
		char c = *text;

		if (is_one_of(c, " \t\r\n-.()"))
			continue;
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if (length == POSTCODE_LONGEST)
			return false;
		code[length++] = c;
	}
	code[length] = '\0';
	if (length < 5 || !postcode_fits(code, length))
		return false;
	*postcode = arena_printf(
	    arena, "%.*s %s", (int)length - 3, code, code + length - 3);
	return true;
}

const char *
postcode_sector(struct arena *arena, const char *postcode)
{
	return arena_strndup(arena, postcode, strlen(postcode) - 2);
}

/* "am" or "pm" in any of its spellings, to the end of the text. */
static bool
half_read(const char *text, bool *is_afternoon)
{
	*is_afternoon = *text == 'p' || *text == 'P';
	if (!*is_afternoon && *text != 'a' && *text != 'A')
		return false;
	text++;
	if (*text == '.')
		text++;
	if (*text != 'm' && *text != 'M')
		return false;
	text++;
	if (*text == '.')
		text++;
	return text[strspn(text, " ")] == '\0';
}

bool
time_parse(const char *text, int32_t *minutes)
{
	int32_t hour, minute = 0;
	bool has_minute = false, is_afternoon;
	size_t digits;

	text += strspn(text, " ");
	if (strcasecmp(text, "midday") == 0 || strcasecmp(text, "noon") == 0) {
		*minutes = 12 * 60;
		return true;
	}
	if (strcasecmp(text, "midnight") == 0) {
		*minutes = 0;
		return true;
	}
	digits = strspn(text, DIGITS);
	if (digits == 4) {
		has_minute = true;
		digits_read(&text, 4, 4, &minute);
		hour = minute / 100;
		minute %= 100;
	} else {
		if (!digits_read(&text, 1, 2, &hour))
			return false;
		if (*text == ':' || *text == '.') {
			text++;
			has_minute = true;
			if (!digits_read(&text, 2, 2, &minute))
				return false;
		}
	}
	text += strspn(text, " ");
	if (*text != '\0') {
		if (!half_read(text, &is_afternoon) || hour < 1 || hour > 12)
			return false;
		hour = hour % 12 + (is_afternoon ? 12 : 0);
	} else if (!has_minute) {
		return false;
	}
	if (hour > 23 || minute > 59)
		return false;
	*minutes = hour * 60 + minute;
	return true;
}

bool
hours_parse(const char *text, int64_t *minutes)
{
	int32_t hours, part = 0;
	size_t decimals;

	text += strspn(text, " ");
	if (!digits_read(&text, 1, 5, &hours))
		return false;
	if (*text == ':') {
		text++;
		if (!digits_read(&text, 2, 2, &part) || part > 59)
			return false;
	} else if (*text == '.') {
		text++;
		decimals = strspn(text, DIGITS);
		if (!digits_read(&text, 1, 2, &part))
			return false;
		if (decimals == 1)
			part *= 10;
		part = (part * 60 + 50) / 100;
	}
	text += strspn(text, " ");
	if (*text != '\0' || (int64_t)hours * 60 + part > HOURS_MAXIMUM * 60)
		return false;
	*minutes = (int64_t)hours * 60 + part;
	return true;
}

bool
month_parse(const char *text, int64_t *month)
{
	static const char *const names[] = { "january", "february", "march",
		"april", "may", "june", "july", "august", "september",
		"october", "november", "december" };
	size_t length = strlen(text), i;

	if (text_to_int64(text, 1, 12, month))
		return true;
	for (i = 0; i < 12; i++) {
		if (length < 3 || length > strlen(names[i]) ||
		    strncasecmp(text, names[i], length) != 0)
			continue;
		*month = (int64_t)i + 1;
		return true;
	}
	return false;
}

/* A host name with a dot; its last label is no number. */
static bool
is_domain(const char *text)
{
	size_t labels = 0, length;

	for (;;) {
		length = strspn(text, LOWER UPPER DIGITS "-");
		if (length == 0 || length > EMAIL_LABEL_MAXIMUM ||
		    text[0] == '-' || text[length - 1] == '-')
			return false;
		labels++;
		if (text[length] == '\0')
			break;
		if (text[length] != '.')
			return false;
		text += length + 1;
	}
	return labels >= 2 && length >= 2 && strspn(text, DIGITS) < length;
}

bool
email_is_one(const char *text)
{
	size_t local = strspn(text, LOWER UPPER DIGITS "!#$%&'*+/=?^_`{|}~.-");

	if (local == 0 || local > EMAIL_LOCAL_MAXIMUM || text[local] != '@' ||
	    strlen(text) > EMAIL_MAXIMUM)
		return false;
	if (text[0] == '.' || text[local - 1] == '.')
		return false;
	if (memmem(text, local, "..", 2) != NULL)
		return false;
	return is_domain(text + local + 1);
}

bool
telephone_is_one(const char *text)
{
	size_t digits = 0, pluses = 0;
	const char *c;

	for (c = text; *c != '\0'; c++) {
		if (is_digit(*c)) {
			digits++;
		} else if (*c == '+') {
			if (digits > 0 || pluses++ > 0)
				return false;
		} else if (is_one_of(*c, "xXeE")) {
			break;
		} else if (!is_one_of(*c, " ()-.")) {
			return false;
		}
	}
	if (digits < TELEPHONE_LEAST || digits > TELEPHONE_MOST)
		return false;
	if (*c == '\0')
		return true;
	if (strncasecmp(c, "extension", 9) == 0)
		c += 9;
	else if (strncasecmp(c, "ext", 3) == 0)
		c += 3;
	else if (is_one_of(*c, "xX"))
		c++;
	else
		return false;
	c += strspn(c, ". ");
	digits = strspn(c, DIGITS);
	return digits >= 1 && digits <= 6 && c[digits] == '\0';
}
