/* See giveaway.h: names, addresses and postcodes. */
#include "packages/giveaway.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/text.h"

struct search {
	struct arena *arena;
	const char *text;
	struct giveaway result;
};

static bool
is_word_byte(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

const char *
phrase_find(const char *text, const char *phrase, bool any_case)
{
	size_t length = strlen(phrase);
	const char *at;

	if (length < 2)
		return NULL;
	for (at = text; *at != '\0'; at++)
		if ((at == text || !is_word_byte(at[-1])) &&
		    (any_case ? strncasecmp(at, phrase, length)
			      : strncmp(at, phrase, length)) == 0 &&
		    !is_word_byte(at[length]))
			return at;
	return NULL;
}

/* One blank for each run of them, and the straight apostrophe for both. */
static const char *
text_plain(struct arena *arena, const char *text)
{
	char *plain = arena_strdup(arena, text), *to = plain;

	for (; *text != '\0'; text++) {
		if (*text == ' ' || *text == '\t') {
			if (to == plain || to[-1] != ' ')
				*to++ = ' ';
		} else if (strncmp(text, "\u2019", 3) == 0) {
			*to++ = '\'';
			text += 2;
		} else {
			*to++ = *text;
		}
	}
	*to = '\0';
	return plain;
}

static bool
found_at(struct search *search, const char *what, const char *at, size_t length)
{
	if (at == NULL)
		return false;
	search->result = (struct giveaway) {
		arena_strndup(search->arena, at, length), what
	};
	return true;
}

static bool
phrase_is_found(
    struct search *search, const char *what, const char *phrase, bool any_case)
{
	return found_at(search, what,
	    phrase_find(search->text, phrase, any_case), strlen(phrase));
}

/* --- Names ---------------------------------------------------------------- */

static const char *const titles[] = { "Mr", "Mrs", "Ms", "Miss", "Dr" };

/* In a contact's name, words that are said of others just as well. */
static const char *const ordinary[] = { "Mr", "Mrs", "Ms", "Miss", "Dr", "The",
	"And", "Of", "Care", "Home", "House", "Court", "Team", "Office",
	"Social", "Services", "Council", "Warden", "Manager", "Nurse", "Doctor",
	"Hospital", "Surgery", "Neighbour", "Friend", "Family", "Daughter",
	"Son", "Wife", "Husband", "Partner", "Sister", "Brother", "Mother",
	"Father", "Mum", "Dad" };

static bool
is_ordinary(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(ordinary) / sizeof(ordinary[0]); i++)
		if (strcasecmp(ordinary[i], word) == 0)
			return true;
	return false;
}

/* "van", "de": small words within a name. */
static bool
is_particle(const char *word, const char *name)
{
	return strlen(word) <= 3 && islower((unsigned char)word[0]) &&
	       strchr(name, ' ') != NULL;
}

/* A word of a name with its capital, or all in capitals. */
static bool
name_word_is_found(struct search *search, const char *what, const char *word)
{
	char *capital = arena_strdup(search->arena, word);
	size_t i;

	capital[0] = (char)toupper((unsigned char)capital[0]);
	if (phrase_is_found(search, what, capital, false) ||
	    phrase_is_found(
		search, what, text_upper(search->arena, word), false))
		return true;
	for (i = 0; i < sizeof(titles) / sizeof(titles[0]); i++)
		if (phrase_is_found(search, what,
			arena_printf(search->arena, "%s %s", titles[i], word),
			true))
			return true;
	return false;
}

static bool
name_is_found(
    struct search *search, const char *what, const char *name, bool is_contact)
{
	const char *plain = text_plain(search->arena, name), *at = plain;

	while (*at != '\0') {
		size_t length = strcspn(at, " ,.()/");
		const char *word = arena_strndup(search->arena, at, length);

		if (length >= (is_contact ? 3 : 2) &&
		    !is_particle(word, name) &&
		    !(is_contact && is_ordinary(word)) &&
		    (name_word_is_found(search, what, word) ||
			(strchr(plain, ' ') != NULL &&
			    phrase_is_found(search, what, plain, true))))
			return true;
		at += length;
		at += strspn(at, " ,.()/");
	}
	return false;
}

static bool
names_are_found(struct search *search, const struct person_facts *facts)
{
	static const char own[] = "the person's name";
	size_t i;

	if (phrase_is_found(search, own,
		arena_printf(search->arena, "%s %s", facts->given_name,
		    facts->family_name),
		true) ||
	    name_is_found(search, own, facts->family_name, false) ||
	    name_is_found(search, own, facts->given_name, false) ||
	    name_is_found(search, own, facts->called, false))
		return true;
	for (i = 0; i < facts->contact_names.count; i++)
		if (name_is_found(search, "the name of a contact",
			facts->contact_names.row[i], true))
			return true;
	return false;
}

/* --- Addresses ------------------------------------------------------------ */

static const struct {
	const char *full;
	const char *brief;
} streets[] = {
	{ "road", "rd" },
	{ "street", "st" },
	{ "lane", "ln" },
	{ "avenue", "ave" },
	{ "close", "cl" },
	{ "drive", "dr" },
	{ "gardens", "gdns" },
	{ "crescent", "cres" },
	{ "court", "ct" },
	{ "place", "pl" },
	{ "terrace", "terr" },
	{ "way", "way" },
	{ "grove", "gr" },
	{ "hill", "hl" },
	{ "mews", "mews" },
	{ "walk", "wk" },
	{ "row", "row" },
	{ "square", "sq" },
	{ "green", "gn" },
	{ "park", "pk" },
	{ "rise", "rise" },
	{ "view", "vw" },
	{ "end", "end" },
	{ "mead", "mead" },
};

enum { STREETS = sizeof(streets) / sizeof(streets[0]) };

/* Which kind of street a line ends in; STREETS when in none. */
static size_t
street_of(const char *line)
{
	const char *space = strrchr(line, ' ');
	size_t i = 0;

	if (space == NULL)
		return STREETS;
	while (i < STREETS && strcasecmp(space + 1, streets[i].full) != 0 &&
	       strcasecmp(space + 1, streets[i].brief) != 0)
		i++;
	return i;
}

/* A street under its full and its brief name. */
static bool
street_is_found(struct search *search, const char *what, const char *street)
{
	size_t kind = street_of(street);
	const char *stem;

	if (phrase_is_found(search, what, street, true))
		return true;
	if (kind == STREETS)
		return false;
	stem = arena_strndup(
	    search->arena, street, (size_t)(strrchr(street, ' ') - street));
	return phrase_is_found(search, what,
		   arena_printf(
		       search->arena, "%s %s", stem, streets[kind].full),
		   true) ||
	       phrase_is_found(search, what,
		   arena_printf(
		       search->arena, "%s %s", stem, streets[kind].brief),
		   true);
}

/* After the number of a house: "5", "12a", "3-5", "Flat 2". */
static const char *
after_number(const char *line)
{
	const char *at = line, *last = line;

	while (*at != '\0') {
		size_t length = strcspn(at, " ");

		if (isdigit((unsigned char)*at))
			last = at + length + strspn(at + length, " ");
		at += length;
		at += strspn(at, " ");
	}
	return last;
}

/* "5 Elm Road" is found as such and as its street; a town never. */
static bool
line_is_found(
    struct search *search, const char *what, const char *line, bool is_first)
{
	const char *street = after_number(line);

	if (!is_first && street == line && street_of(line) == STREETS)
		return false;
	if (street != line && strchr(line, ' ') != NULL &&
	    phrase_is_found(search, what, line, true))
		return true;
	if (strchr(street, ' ') != NULL)
		return street_is_found(search, what, street);
	/* The one word of a house's name, with its capital. */
	return *street != '\0' && phrase_is_found(search, what, street, false);
}

/* The first two lines: house and street, whichever comes first. */
static bool
address_is_found(struct search *search, const char *what, const char *address)
{
	const char *at = address;
	int lines = 0;

	while (*at != '\0' && lines < 2) {
		size_t length = strcspn(at, ",\n");
		const char *line = text_plain(search->arena,
		    text_tidy(search->arena,
			arena_strndup(search->arena, at, length)));

		if (*line != '\0' &&
		    line_is_found(search, what, line, lines++ == 0))
			return true;
		at += length;
		at += strspn(at, ",\n");
	}
	return false;
}

/* --- Postcodes ------------------------------------------------------------ */

/* Length of the known postcode at the beginning of a text, else 0. */
static size_t
known_postcode(const char *text, const char *postcode)
{
	const char *at = text;

	if (*postcode == '\0')
		return 0;
	while (*postcode != '\0') {
		if (*postcode == ' ')
			postcode++;
		else if (*at == ' ')
			at++;
		else if (toupper((unsigned char)*at++) != *postcode++)
			return 0;
	}
	return is_word_byte(*at) ? 0 : (size_t)(at - text);
}

/* Never the last two letters: M keeps "B12 5mg" from being a postcode. */
static bool
is_inward_letter(char c)
{
	return isalpha((unsigned char)c) &&
	       strchr("CIKMOV", toupper((unsigned char)c)) == NULL;
}

/* "1AA", after blanks; where it ends, or NULL. */
static const char *
inward_end(const char *at)
{
	at += strspn(at, " ");
	if (!isdigit((unsigned char)at[0]) || !is_inward_letter(at[1]) ||
	    !is_inward_letter(at[2]) || is_word_byte(at[3]))
		return NULL;
	return at + 3;
}

/* Length of what has the shape of a full postcode, else 0. */
static size_t
any_postcode(const char *text)
{
	const char *at = text, *end;

	while (isalpha((unsigned char)*at) && at < text + 2)
		at++;
	if (at == text || !isdigit((unsigned char)*at))
		return 0;
	end = inward_end(++at);
	if (end == NULL && isalnum((unsigned char)*at))
		end = inward_end(at + 1);
	return end != NULL ? (size_t)(end - text) : 0;
}

static bool
postcode_is_found(struct search *search, const struct person_facts *facts)
{
	const char *at;
	size_t length;

	for (at = search->text; *at != '\0'; at++) {
		if (*at == ' ' || (at > search->text && is_word_byte(at[-1])))
			continue;
		length = any_postcode(at);
		if (length == 0 && facts != NULL)
			length = known_postcode(at, facts->home_postcode);
		if (length == 0 && facts != NULL)
			length = known_postcode(at, facts->care_postcode);
		if (length > 0)
			return found_at(search, "a full postcode", at, length);
	}
	return false;
}

/* --- All ------------------------------------------------------------------ */

static bool
email_is_found(struct search *search)
{
	const char *at = strchr(search->text, '@');
	const char *from = at, *to = at;

	while (at != NULL && from > search->text &&
	       (is_word_byte(from[-1]) || strchr("._+-", from[-1]) != NULL))
		from--;
	while (
	    at != NULL && (is_word_byte(to[1]) || to[1] == '.' || to[1] == '-'))
		to++;
	if (at == NULL || from == at || to == at)
		return false;
	return found_at(
	    search, "an email address", from, (size_t)(to + 1 - from));
}

/* A number as short as "12" says nothing. */
static bool
person_number_is_found(struct search *search, const char *number)
{
	return strlen(number) >= 4 && strpbrk(number, "0123456789") != NULL &&
	       phrase_is_found(search, "the person's number", number, true);
}

static bool
person_is_found(struct search *search, const struct person_facts *facts)
{
	return names_are_found(search, facts) ||
	       address_is_found(
		   search, "the person's address", facts->home_address) ||
	       address_is_found(
		   search, "the address of the care", facts->care_address) ||
	       person_number_is_found(search, facts->person_number);
}

struct giveaway
giveaway_find(struct arena *arena, const struct person_facts *facts,
    enum giveaway_reader reader, const char *text)
{
	struct search search = { arena, text_plain(arena, text),
		{ NULL, NULL } };
	struct giveaway code;

	if ((facts != NULL && person_is_found(&search, facts)) ||
	    postcode_is_found(&search, facts))
		return search.result;
	code = giveaway_entry_code(arena, search.text);
	if (code.found != NULL || reader == READ_BY_STAFF)
		return code;
	if (email_is_found(&search))
		return search.result;
	return giveaway_number(arena, search.text);
}
