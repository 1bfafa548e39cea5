/*
 * A guesser tries common words, names and rows of keys, decorated with digits
 * and signs. So the letters that remain without the decoration are taken
 * apart into such pieces: few pieces are few guesses.
 */
#include "accounts/password_rules.h"

#include <string.h>

#include "base/arena.h"
#include "base/reply.h"

enum {
	FEW_PIECES = 3,
	SHORTEST_WORD = 3,
	SHORTEST_RUN = 3,
	SHORTEST_CORE = 4,
	FEW_SIGNS = 8, /* different ones, where there is no core */
};

static const char too_easy[] =
    "Password is too easy to guess. Use three or more words that do not "
    "belong together";

static const char *const rows_of_keys[] = {
	"abcdefghijklmnopqrstuvwxyz",
	"qwertyuiop",
	"asdfghjkl",
	"zxcvbnm",
	"qazwsxedcrfvtgbyhnujmikolp",
	NULL,
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* How a digit or sign is read where it stands for a letter. */
static char
letter_of(char c, char one)
{
	static const char signs[] = "0345789@$!|+";
	static const char letters[] = "oeastbgasiit";
	const char *found;

	if (c == '1')
		return one;
	found = c != '\0' ? strchr(signs, c) : NULL;
	return found != NULL ? letters[found - signs] : c;
}

/*
 * The letters of a password. With `one` not 0, signs between letters that
 * stand for letters are read as such, and `one` is what 1 stands for.
 */
static char *
core_of(struct arena *arena, const char *small, char one)
{
	size_t length = strlen(small), i;
	char *core = arena_alloc(arena, length + 1), *end = core;

	while (length > 0 && !is_letter(small[length - 1]))
		length--;
	for (i = 0; i < length; i++) {
		char c = one != '\0' ? letter_of(small[i], one) : small[i];

		if (is_letter(c))
			*end++ = c;
	}
	return core;
}

/* Letters from `at` on that go along a row of keys or the alphabet. */
static size_t
run_length(const char *at, int step)
{
	size_t longest = 0, i;

	for (i = 0; rows_of_keys[i] != NULL; i++) {
		const char *row = rows_of_keys[i];
		const char *place = strchr(row, at[0]);
		size_t length = 0;

		while (place != NULL && at[length] != '\0' &&
		       *place == at[length]) {
			length++;
			if (place == row && step < 0)
				break;
			place += step;
		}
		if (length > longest)
			longest = length;
	}
	return longest;
}

static size_t
same_length(const char *at)
{
	size_t length = 1;

	while (at[length] == at[0])
		length++;
	return length;
}

struct cut {
	const char *core;
	size_t length;
	int *pieces; /* fewest that the first n letters fall into */
};

static void
cut_piece(struct cut *cut, size_t from, size_t length, size_t shortest)
{
	size_t end;

	for (end = from + shortest; end <= from + length; end++)
		if (cut->pieces[end] > cut->pieces[from] + 1)
			cut->pieces[end] = cut->pieces[from] + 1;
}

/* A word said again costs nothing: "passwordpassword" is one guess. */
static void
cut_word(struct cut *cut, size_t from, const char *word)
{
	size_t length = strlen(word), end = from;

	while (cut->length - end >= length &&
	       memcmp(cut->core + end, word, length) == 0) {
		end += length;
		if (cut->pieces[end] > cut->pieces[from] + 1)
			cut->pieces[end] = cut->pieces[from] + 1;
	}
}

/* The fewest words, runs and single letters that make up a core. */
static int
pieces_of(struct arena *arena, const char *core, struct text_list own)
{
	struct cut cut = { core, strlen(core), NULL };
	size_t at, i;

	cut.pieces = arena_array(arena, cut.length + 1, sizeof(int));
	for (at = 1; at <= cut.length; at++)
		cut.pieces[at] = (int)at;
	for (at = 0; at < cut.length; at++) {
		cut_piece(&cut, at, 1, 1);
		cut_piece(&cut, at, run_length(core + at, 1), SHORTEST_RUN);
		cut_piece(&cut, at, run_length(core + at, -1), SHORTEST_RUN);
		cut_piece(&cut, at, same_length(core + at), SHORTEST_RUN);
		for (i = 0; password_words[i] != NULL; i++)
			cut_word(&cut, at, password_words[i]);
		for (i = 0; i < own.count; i++)
			cut_word(&cut, at, own.row[i]);
	}
	return cut.pieces[cut.length];
}

/* The words of what is known about the owner. */
static struct text_list
words_of(struct arena *arena, struct text_list about)
{
	enum { MOST_WORDS = 40 };
	const char **words = arena_array(arena, MOST_WORDS, sizeof(*words));
	struct text_list list = { words, 0 };
	size_t i;

	for (i = 0; i < about.count; i++) {
		const char *text = about.row[i] != NULL ? about.row[i] : "";
		const char *at = text_lower(arena, text);

		while (*at != '\0' && list.count < MOST_WORDS) {
			size_t length = 0;

			while (is_letter(at[length]))
				length++;
			if (length >= SHORTEST_WORD)
				words[list.count++] = arena_strndup(
				    arena, at, length);
			at += length > 0 ? length : 1;
		}
	}
	return list;
}

/* One short piece over and over: "zU7zU7zU7zU7". */
static bool
is_repeated(const char *password)
{
	size_t length = strlen(password), unit;

	for (unit = 1; unit < PASSWORD_MINIMUM && unit * 2 <= length; unit++)
		if (length % unit == 0 &&
		    memcmp(password, password + unit, length - unit) == 0)
			return true;
	return false;
}

static int
signs_in(const char *password)
{
	bool seen[256] = { false };
	int count = 0;

	for (; *password != '\0'; password++)
		if (!seen[(unsigned char)*password]) {
			seen[(unsigned char)*password] = true;
			count++;
		}
	return count;
}

/* Numbers and signs without a word: dates and telephone numbers. */
static bool
is_poor(const char *password)
{
	return strspn(password, "0123456789 +-/.()") == strlen(password) ||
	       signs_in(password) < FEW_SIGNS;
}

const char *
password_problem(
    struct arena *arena, const char *password, struct text_list about)
{
	static const char ones[] = { '\0', 'i', 'l' };
	const char *small = text_lower(arena, password);
	struct text_list own;
	size_t i;

	if (text_length(password) < PASSWORD_MINIMUM)
		return arena_printf(arena,
		    "Password must be %d characters or more", PASSWORD_MINIMUM);
	if (strlen(password) > PASSWORD_MAXIMUM)
		return "Password is too long. Use 1,000 characters or fewer";
	if (is_repeated(small))
		return too_easy;
	own = words_of(arena, about);
	for (i = 0; i < sizeof(ones); i++) {
		const char *core = core_of(arena, small, ones[i]);

		if (strlen(core) < SHORTEST_CORE) {
			if (is_poor(small))
				return too_easy;
		} else if (pieces_of(arena, core, own) <= FEW_PIECES) {
			return too_easy;
		}
	}
	return NULL;
}
