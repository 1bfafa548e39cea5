/* What texts of staff must not say of a person, and what they may. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "packages/giveaway.h"

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(4 * 1024 * 1024);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static const char *const contacts[] = { "Farida Elderflower", "Mr Cole",
	"Care Team" };

static const struct person_facts rose = {
	.given_name = "Rose Marie",
	.family_name = "O'Hara",
	.called = "Posy",
	.person_number = "HCC-20417",
	.home_address = "Flat 2, 5 Elm Road\nHertford",
	.home_postcode = "ZY2 2BB",
	.care_address = "Larchwood, High Street, Ware",
	.care_postcode = "ZY1 1AA",
	.contact_names = { contacts, 3 },
};

static const struct person_facts walker = {
	.given_name = "May",
	.family_name = "Walker",
	.called = "",
	.person_number = "7",
	.home_address = "14 Kings Mead",
	.home_postcode = "",
	.care_address = "",
	.care_postcode = "",
};

struct sample {
	const char *text;
	const char *found; /* NULL: nothing */
	const char *what;
};

static void
expect(const struct person_facts *facts, enum giveaway_reader reader,
    const struct sample *sample)
{
	struct giveaway giveaway = giveaway_find(
	    arena, facts, reader, sample->text);

	if (sample->found == NULL && giveaway.found != NULL)
		fail_msg("\"%s\" gives away %s, %s", sample->text,
		    giveaway.found, giveaway.what);
	if (sample->found == NULL)
		return;
	if (giveaway.found == NULL)
		fail_msg("\"%s\" should give away \"%s\"", sample->text,
		    sample->found);
	assert_string_equal(giveaway.found, sample->found);
	assert_string_equal(giveaway.what, sample->what);
}

#define EXPECT_ALL(facts, reader, samples)                                     \
	for (size_t i = 0; i < sizeof(samples) / sizeof((samples)[0]); i++)    \
	expect((facts), (reader), &(samples)[i])

static void
test_names(void **state)
{
	static const char own[] = "the person's name";
	static const char other[] = "the name of a contact";
	static const struct sample samples[] = {
		{ "Ask Rose.", "Rose", own },
		{ "(Mrs O'Hara)", "O'Hara", own },
		{ "Mrs O\u2019Hara is deaf", "O'Hara", own },
		{ "ROSE died", "ROSE", own },
		{ "mrs  o'hara", "mrs o'hara", own },
		{ "for rose marie o'hara", "rose marie o'hara", own },
		{ "Marie likes tea", "Marie", own },
		{ "Posy's dog", "Posy", own },
		{ "Ring Farida first", "Farida", other },
		{ "the Elderflower family", "Elderflower", other },
		{ "Let Cole know", "Cole", other },
	};

	(void)state;
	EXPECT_ALL(&rose, READ_BY_STAFF, samples);
	EXPECT_ALL(&rose, READ_BY_PROVIDERS, samples);
}

static void
test_addresses(void **state)
{
	static const char home[] = "the person's address";
	static const char care[] = "the address of the care";
	static const struct sample samples[] = {
		{ "at 5 Elm Road", "5 Elm Road", home },
		{ "5  elm road", "5 elm road", home },
		{ "the top of Elm Rd", "Elm Rd", home },
		{ "Flat 2 has no bell", "Flat 2", home },
		{ "Larchwood has a slope", "Larchwood", care },
		{ "behind the high street", "high street", care },
	};
	static const struct sample kings = { "Is it Kings Mead?", "Kings Mead",
		home };

	(void)state;
	EXPECT_ALL(&rose, READ_BY_STAFF, samples);
	expect(&walker, READ_BY_PROVIDERS, &kings);
}

static void
test_postcodes(void **state)
{
	static const char what[] = "a full postcode";
	static const struct sample samples[] = {
		{ "at zy11aa", "zy11aa", what },
		{ "or Zy2  2bB, left", "Zy2 2bB", what },
		{ "near SG13 8AB", "SG13 8AB", what },
		{ "sg138ab", "sg138ab", what },
		{ "W1A 1AA.", "W1A 1AA", what },
		{ "from M1 1AE", "M1 1AE", what },
	};

	(void)state;
	EXPECT_ALL(&rose, READ_BY_STAFF, samples);
	EXPECT_ALL(&rose, READ_BY_PROVIDERS, samples);
	/* Known or not, another person's postcode says where somebody is. */
	expect(NULL, READ_BY_PROVIDERS, &samples[2]);
}

static void
test_numbers(void **state)
{
	static const char telephone[] = "a telephone number";
	static const char nhs[] = "a number like an NHS number";
	static const struct sample samples[] = {
		{ "tel 01632 960777", "01632 960777", telephone },
		{ "01632960777", "01632960777", telephone },
		{ "+44 (0)1632 960-777", "44 (0)1632 960-777", telephone },
		{ "call 020 7946 0958 now", "020 7946 0958", telephone },
		{ "07 70 09 00 12 3", "07 70 09 00 12 3", telephone },
		{ "0800 1111", "0800 1111", telephone },
		{ "From 10.30 on 01632 960777", "01632 960777", telephone },
		{ "NHS 943 476 5919", "943 476 5919", nhs },
		{ "9434765919", "9434765919", nhs },
		{ "write to r.ohara@example.org", "r.ohara@example.org",
		    "an email address" },
		{ "number hcc-20417", "hcc-20417", "the person's number" },
	};

	(void)state;
	EXPECT_ALL(&rose, READ_BY_PROVIDERS, samples);
}

static void
test_codes(void **state)
{
	static const char what[] = "a code that opens a door";
	static const struct sample samples[] = {
		{ "Key safe code 1234", "Key safe", what },
		{ "keysafe: 12 34", "keysafe", what },
		{ "the key-safe by the door, C1-2-3-4Y", "key-safe", what },
		{ "Door code is 907", "Door code", what },
		{ "1234 opens the key safe", "key safe", what },
		{ "Mind the key safe. The key code is 5512", "key code", what },
	};

	(void)state;
	EXPECT_ALL(&rose, READ_BY_PROVIDERS, samples);
	EXPECT_ALL(&rose, READ_BY_STAFF, samples);
}

/* Ordinary sentences are let through. */
static void
test_ordinary(void **state)
{
	static const struct sample samples[] = {
		{ "", NULL, NULL },
		{ "She rose at seven", NULL, NULL },
		{ "Rosebush in front", NULL, NULL },
		{ "Near ZY1 1AAB", NULL, NULL },
		{ "Sector ZY1 1", NULL, NULL },
		{ "12 stairs", NULL, NULL },
		{ "after 10:30", NULL, NULL },
		{ "two carers at 8", NULL, NULL },
		{ "between 10.30-11.30 and 14.00 - 15.00", NULL, NULL },
		{ "from 27 3 2027 at 8 30", NULL, NULL },
		{ "since 2027-02-03 08:00", NULL, NULL },
		{ "Housebound 2019-2027", NULL, NULL },
		{ "0800-2000 every day", NULL, NULL },
		{ "at 8 12 17 and 20", NULL, NULL },
		{ "vitamin B12 5mg, then 500 ml", NULL, NULL },
		{ "The key safe is by the back door", NULL, NULL },
		{ "There is a key safe. Come after 10:30", NULL, NULL },
		{ "A flat with 2 dogs in Hertford", NULL, NULL },
		{ "Her care team comes too; the road is steep", NULL, NULL },
		{ "7 days a week, 45 minutes", NULL, NULL },
		{ "The hospital @ Ware", NULL, NULL },
	};
	static const struct sample ordinary[] = {
		{ "Uses a walker", NULL, NULL },
		{ "They may be late, number 7 bus", NULL, NULL },
		{ "the kings of old", NULL, NULL },
	};
	static const struct sample staff[] = {
		{ "Rang 01632 960777", NULL, NULL },
		{ "Wrote to desk@example.org", NULL, NULL },
	};

	(void)state;
	EXPECT_ALL(&rose, READ_BY_PROVIDERS, samples);
	EXPECT_ALL(&walker, READ_BY_PROVIDERS, ordinary);
	EXPECT_ALL(&rose, READ_BY_STAFF, staff);
	EXPECT_ALL(NULL, READ_BY_STAFF, staff);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_postcodes),
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_ordinary),
	};

	return cmocka_run_group_tests_name(
	    "packages_giveaway", tests, begin, end);
}
