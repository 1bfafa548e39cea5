/*
 * Allocation: known answers of the hash, a list replayed by another program
 * from the text of allocate.h, and the balance of every block.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "matching/allocate.h"
#include "unit/support_matching.h"
#include "unit/support_random.h"

static const uint8_t counting_seed[SHA256_BYTES] = { 0, 1, 2, 3, 4, 5, 6, 7, 8,
	9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26,
	27, 28, 29, 30, 31 };

/* The examples of FIPS 180-4, and lengths around the padding. */
static void
test_known_hashes(void **state)
{
	static const struct {
		const char *text;
		size_t times;
		uint8_t begins[4];
	} cases[] = {
		{ "", 1, { 0xe3, 0xb0, 0xc4, 0x42 } },
		{ "abc", 1, { 0xba, 0x78, 0x16, 0xbf } },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
		    { 0x24, 0x8d, 0x6a, 0x61 } },
		{ "a", 55, { 0x9f, 0x43, 0x90, 0xf8 } },
		{ "a", 56, { 0xb3, 0x54, 0x39, 0xa4 } },
		{ "a", 64, { 0xff, 0xe0, 0x54, 0xfe } },
		{ "a", 1000000, { 0xcd, 0xc7, 0x6e, 0x5c } },
	};

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct sha256 hash = sha256_begin();
		uint8_t digest[SHA256_BYTES];

		for (size_t j = 0; j < cases[i].times; j++)
			sha256_add(&hash, cases[i].text, strlen(cases[i].text));
		sha256_end(&hash, digest);
		assert_memory_equal(digest, cases[i].begins, 4);
	}
}

static void
arms_are(const struct allocate_list *list, size_t stratum, const char *arms,
    const int32_t *blocks)
{
	size_t at = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct allocate_place *place = &list->place[i];

		if (place->stratum != stratum)
			continue;
		assert_int_equal(place->position, at + 1);
		assert_int_equal(place->block, blocks[at / 3]);
		assert_int_equal(place->arm == ARM_CONTROL, arms[at] == 'C');
		at++;
	}
	assert_int_equal(at, strlen(arms));
}

/* Worked out by a program of a few lines in another language. */
static void
test_replayed_elsewhere(void **state)
{
	const struct allocate_stratum strata[] = { { "Ely, provider A", 21 },
		{ "S\xc3\xb6"
		  "dra",
		    12 } };
	const int32_t sizes[] = { 3, 6, 9 };
	const int32_t first[] = { 1, 2, 2, 3, 4, 5, 6 };
	const int32_t second[] = { 1, 2, 2, 3 };
	const struct allocate_design design = { counting_seed, strata, 2, sizes,
		3 };
	struct arena *arena = arena_new(1 << 20);
	struct allocate_list list;

	(void)state;
	assert_null(allocate_check(arena, &design));
	assert_string_equal(allocate_commitment(arena, counting_seed),
	    "630dcd2966c4336691125448bbb25b4ff412a49c732db2c8abc1b8581bd710dd");
	list = allocate_seal(arena, &design);
	arms_are(&list, 0, "CHHHCHCHHCHHHHCHCHHHC", first);
	arms_are(&list, 1, "CHHHCHHHCHHC", second);
	arena_free(arena);
}

static void
seed_fill(uint8_t seed[SHA256_BYTES])
{
	for (size_t i = 0; i < SHA256_BYTES; i++)
		seed[i] = (uint8_t)random_below(256);
}

/* Three hundred people: 200 and 100, and two to one in every block. */
static void
test_every_block_is_balanced(void **state)
{
	const struct allocate_stratum strata[] = { { "a", 150 }, { "b", 96 },
		{ "c", 3 }, { "d", 0 }, { "e", 51 } };
	const int32_t sizes[] = { 6, 9 };
	struct arena *arena = arena_new(1 << 20);
	uint8_t seed[SHA256_BYTES];
	const struct allocate_design design = { seed, strata, 5, sizes, 2 };

	(void)state;
	random_begin(31);
	for (size_t trial = 0; trial < 200; trial++) {
		struct allocate_list list;
		size_t i = 0;

		seed_fill(seed);
		list = allocate_seal(arena, &design);
		assert_int_equal(list.count, 300);
		assert_int_equal(list.total[ARM_HOLISTIC], 200);
		assert_int_equal(list.total[ARM_CONTROL], 100);
		while (i < list.count) {
			size_t begin = i, arm[ARM_COUNT] = { 0 };

			while (
			    i < list.count &&
			    list.place[i].block == list.place[begin].block &&
			    list.place[i].stratum == list.place[begin].stratum)
				arm[list.place[i++].arm]++;
			assert_int_equal(
			    arm[ARM_HOLISTIC], 2 * arm[ARM_CONTROL]);
			assert_in_range(i - begin, 3, 9);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}

/* Each place is control for about a third of the seeds. */
static void
test_no_place_is_favoured(void **state)
{
	enum { SEEDS = 3000, PLACES = 9 };
	const struct allocate_stratum stratum = { "all", PLACES };
	const int32_t size = PLACES;
	struct arena *arena = arena_new(1 << 20);
	uint8_t seed[SHA256_BYTES];
	const struct allocate_design design = { seed, &stratum, 1, &size, 1 };
	size_t control[PLACES] = { 0 };

	(void)state;
	random_begin(32);
	for (size_t trial = 0; trial < SEEDS; trial++) {
		struct allocate_list list;

		seed_fill(seed);
		list = allocate_seal(arena, &design);
		for (size_t i = 0; i < PLACES; i++)
			control[i] += list.place[i].arm == ARM_CONTROL;
		arena_reset(arena);
	}
	for (size_t i = 0; i < PLACES; i++)
		assert_in_range(control[i], SEEDS / 3 - 120, SEEDS / 3 + 120);
	arena_free(arena);
}

/* One more stratum, or another order, leaves the others as they were. */
static void
test_strata_are_independent(void **state)
{
	const struct allocate_stratum one[] = { { "x", 30 } };
	const struct allocate_stratum two[] = { { "w", 9 }, { "x", 30 } };
	const int32_t sizes[] = { 3, 6 };
	const struct allocate_design alone = { counting_seed, one, 1, sizes,
		2 };
	const struct allocate_design both = { counting_seed, two, 2, sizes, 2 };
	struct arena *arena = arena_new(1 << 20);
	struct allocate_list a = allocate_seal(arena, &alone);
	struct allocate_list b = allocate_seal(arena, &both);

	(void)state;
	for (size_t i = 0; i < 30; i++) {
		assert_int_equal(a.place[i].arm, b.place[9 + i].arm);
		assert_int_equal(a.place[i].block, b.place[9 + i].block);
	}
	arena_free(arena);
}

static void
test_designs_that_are_refused(void **state)
{
	static const int32_t good[] = { 3, 6 }, odd[] = { 4 },
			     falling[] = { 6, 3 };
	static const struct {
		struct allocate_stratum stratum[2];
		const int32_t *size;
		size_t size_count;
		const char *fault;
	} cases[] = {
		{ { { "a", 3 }, { "b", 6 } }, good, 2, NULL },
		{ { { "a", 4 }, { "b", 6 } }, good, 2,
		    "The places of a must be a multiple of three, 30000 at "
		    "most" },
		{ { { "a", 3 }, { "a", 6 } }, good, 2,
		    "The stratum a is there twice" },
		{ { { "a", 3 }, { "", 6 } }, good, 2, "A stratum has no name" },
		{ { { "a", 3 }, { "b", 6 } }, odd, 1,
		    "The size of a block must be a multiple of three" },
		{ { { "a", 3 }, { "b", 6 } }, falling, 2,
		    "The sizes of blocks must ascend" },
		{ { { "a", 3 }, { "b", 6 } }, good, 0,
		    "There must be 1 to 16 sizes of blocks" },
	};
	struct arena *arena = arena_new(1 << 20);

	(void)state;
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct allocate_design design = { counting_seed,
			cases[i].stratum, 2, cases[i].size,
			cases[i].size_count };
		const char *fault = allocate_check(arena, &design);

		if (cases[i].fault == NULL)
			assert_null(fault);
		else
			assert_string_equal(fault, cases[i].fault);
	}
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known_hashes),
		cmocka_unit_test(test_replayed_elsewhere),
		cmocka_unit_test(test_every_block_is_balanced),
		cmocka_unit_test(test_no_place_is_favoured),
		cmocka_unit_test(test_strata_are_independent),
		cmocka_unit_test(test_designs_that_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
