/* See giveaway.h: telephone numbers, numbers of people, codes of doors. */
#include <ctype.h>
#include <string.h>

#include "base/arena.h"
#include "packages/giveaway.h"

enum {
	NUMBER_DIGITS = 7,   /* the fewest that somebody could be rung by */
	NHS_DIGITS = 10,     /* which begin with another digit than 0 */
	CODE_DIGITS = 3,     /* the fewest that open a door */
	CODE_REACH = 40,     /* bytes between such a code and its word */
	MOST_SEPARATORS = 3, /* " - " between two groups of a number */
};

static bool
is_digit(char c)
{
	return isdigit((unsigned char)c);
}

/* --- Dates and times ------------------------------------------------------ */

/* Up to three groups of digits with one byte between. */
struct groups {
	size_t count;
	size_t length[3];
	int value[3];
	char after[3];
	size_t end[3]; /* bytes from the start of the first */
};

static struct groups
groups_read(const char *text)
{
	struct groups groups = { 0 };
	const char *at = text;

	while (groups.count < 3 && is_digit(*at)) {
		size_t i = groups.count++;

		for (; is_digit(*at); at++, groups.length[i]++)
			if (groups.value[i] < 100000)
				groups.value[i] = groups.value[i] * 10 +
				                  (*at - '0');
		groups.end[i] = (size_t)(at - text);
		groups.after[i] = *at;
		if (*at == '\0' || strchr("-/. ", *at) == NULL)
			break;
		at++;
	}
	return groups;
}

static bool
is_within(const struct groups *groups, size_t i, size_t length, int most)
{
	return i < groups->count && groups->length[i] <= length &&
	       groups->value[i] <= most;
}

static bool
is_year(const struct groups *groups, size_t i)
{
	return is_within(groups, i, 4, 2099) && groups->value[i] >= 1900;
}

static bool
is_hundred_hours(const struct groups *groups, size_t i)
{
	return groups->length[i] == 4 && is_within(groups, i, 4, 2400) &&
	       groups->value[i] % 100 < 60;
}

/*
 * Length of a date ("27 3 2027", "2027-03-27"), of a time ("10.30") or of a
 * span ("2019-2027", "0800-2000") at the beginning of a text, else 0.
 */
static size_t
calendar_length(const char *text)
{
	struct groups g = groups_read(text);

	if ((is_within(&g, 0, 2, 31) && is_within(&g, 1, 2, 12) &&
		is_year(&g, 2)) ||
	    (is_year(&g, 0) && is_within(&g, 1, 2, 12) &&
		is_within(&g, 2, 2, 31)))
		return g.end[2];
	if (g.count < 2)
		return 0;
	if (g.after[0] == '-' &&
	    ((is_year(&g, 0) && is_year(&g, 1)) ||
		(is_hundred_hours(&g, 0) && is_hundred_hours(&g, 1))))
		return g.end[1];
	if (g.after[0] == '.' && is_within(&g, 0, 2, 24) && g.length[1] == 2 &&
	    g.value[1] < 60 && g.after[1] != '.')
		return g.end[1];
	return 0;
}

/* --- Numbers -------------------------------------------------------------- */

/* A run of groups of digits, as a number is written. */
struct run {
	size_t length;
	size_t digits;
	size_t longest; /* group */
};

static struct run
run_read(const char *text)
{
	const char *at = text;
	struct run run = { calendar_length(text), 0, 0 };

	if (run.length > 0)
		return run;
	for (;;) {
		size_t group = strspn(at, "0123456789"), gap;

		run.digits += group;
		if (group > run.longest)
			run.longest = group;
		at += group;
		run.length = (size_t)(at - text);
		gap = strspn(at, " -().+");
		if (gap > MOST_SEPARATORS || !is_digit(at[gap]) ||
		    calendar_length(at + gap) > 0)
			return run;
		at += gap;
	}
}

/* Several small numbers one after the other are none, but for "07 70 09". */
static bool
is_number(const char *text, const struct run *run)
{
	return run->digits >= NUMBER_DIGITS &&
	       (run->longest > 2 || *text == '0');
}

struct giveaway
giveaway_number(struct arena *arena, const char *text)
{
	const char *at = text;

	while (*at != '\0') {
		struct run run;

		if (!is_digit(*at)) {
			at++;
			continue;
		}
		run = run_read(at);
		if (is_number(at, &run))
			return (struct giveaway) {
				arena_strndup(arena, at, run.length),
				run.digits == NHS_DIGITS && *at != '0'
				    ? "a number like an NHS number"
				    : "a telephone number",
			};
		at += run.length;
	}
	return (struct giveaway) { NULL, NULL };
}

/* --- Codes that open doors ------------------------------------------------ */

static const char *const code_words[] = { "key safe", "key-safe", "keysafe",
	"key code", "keycode", "key pad", "keypad", "door code", "entry code",
	"gate code", "access code", "safe code", "lock code", "alarm code",
	"pin code", "pin number" };

/* Whether a full stop or the end of a line stands here. */
static bool
ends_sentence(const char *at)
{
	return strchr("!?;\n", *at) != NULL ||
	       (*at == '.' && (at[1] == ' ' || at[1] == '\n' || at[1] == '\0'));
}

/* Whether enough digits for a code, "1234" or "12 34", stand in a stretch. */
static bool
has_code(const char *from, const char *to)
{
	size_t digits = 0;

	for (; from < to; from++) {
		if (is_digit(*from))
			digits++;
		else if (*from != ' ' && *from != '-')
			digits = 0;
		if (digits >= CODE_DIGITS)
			return true;
	}
	return false;
}

/* The word with its sentence around, as far as a code would stand from it. */
static bool
has_code_beside(const char *text, const char *word, size_t length)
{
	const char *from = word, *to = word + length;

	while (
	    from > text && from > word - CODE_REACH && !ends_sentence(from - 1))
		from--;
	while (*to != '\0' && to < word + length + CODE_REACH &&
	       !ends_sentence(to))
		to++;
	return has_code(word + length, to) || has_code(from, word);
}

struct giveaway
giveaway_entry_code(struct arena *arena, const char *text)
{
	size_t i, length;
	const char *word;

	for (i = 0; i < sizeof(code_words) / sizeof(code_words[0]); i++) {
		length = strlen(code_words[i]);
		for (word = phrase_find(text, code_words[i], true);
		     word != NULL;
		     word = phrase_find(word + length, code_words[i], true))
			if (has_code_beside(text, word, length))
				return (struct giveaway) {
					arena_strndup(arena, word, length),
					"a code that opens a door",
				};
	}
	return (struct giveaway) { NULL, NULL };
}
