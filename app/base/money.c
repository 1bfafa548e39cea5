/* Pence from what people type, and back to what they read. */
#include "base/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/request.h"

#define POUND "\xC2\xA3"

enum { POUNDS_MAXIMUM = 1000000000 };

int64_t
money_round(int64_t numerator, int64_t denominator)
{
	int64_t whole = numerator / denominator;
	int64_t rest = numerator % denominator;

	/* Compared this way round, twice the rest cannot overflow. */
	return whole + (rest >= denominator - rest);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/*
 * Reads pounds with or without commas, and moves `text` behind them. Commas
 * must part groups of three all the way or not be there at all.
 */
static bool
pounds_parse(const char **text, int64_t *pounds)
{
	const char *c = *text;
	size_t digits = 0;
	bool has_commas = false;
	int64_t sum = 0;

	for (;; c++) {
		if (*c == ',') {
			if (digits == 0 || digits > 3 ||
			    (has_commas && digits != 3))
				return false;
			has_commas = true;
			digits = 0;
			continue;
		}
		if (!is_digit(*c))
			break;
		digits++;
		sum = sum * 10 + (*c - '0');
		if (sum > POUNDS_MAXIMUM)
			return false;
	}
	if (digits == 0 || (has_commas && digits != 3))
		return false;
	*text = c;
	*pounds = sum;
	return true;
}

bool
money_parse(const char *text, int64_t *pence)
{
	int64_t pounds, sum = 0;

	text += strspn(text, " \t\r\n");
	if (strncmp(text, POUND, strlen(POUND)) == 0) {
		text += strlen(POUND);
		text += strspn(text, " ");
	}
	if (!pounds_parse(&text, &pounds))
		return false;
	if (*text == '.') {
		if (!is_digit(text[1]))
			return false;
		sum = (text[1] - '0') * 10;
		text += 2;
		if (is_digit(*text))
			sum += *text++ - '0';
	}
	text += strspn(text, " \t\r\n");
	sum += pounds * 100;
	if (*text != '\0' || sum > POUNDS_MAXIMUM * INT64_C(100))
		return false;
	*pence = sum;
	return true;
}

const char *
money(struct request *r, int64_t pence)
{
	/* As unsigned, so that the smallest number has a size too. */
	uint64_t size = pence < 0 ? -(uint64_t)pence : (uint64_t)pence;
	char digits[24], grouped[32];
	size_t length, i, used = 0;

	length = (size_t)snprintf(
	    digits, sizeof(digits), "%" PRIu64, size / 100);
	for (i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			grouped[used++] = ',';
		grouped[used++] = digits[i];
	}
	grouped[used] = '\0';
	return arena_printf(r->arena, "%s" POUND "%s.%02" PRIu64,
	    pence < 0 ? "-" : "", grouped, size % 100);
}

const char *
money_plain(struct request *r, int64_t pence)
{
	uint64_t size = pence < 0 ? -(uint64_t)pence : (uint64_t)pence;

	return arena_printf(r->arena, "%s%" PRIu64 ".%02" PRIu64,
	    pence < 0 ? "-" : "", size / 100, size % 100);
}
