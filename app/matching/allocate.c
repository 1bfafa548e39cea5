/*
 * The sealed list, drawn as allocate.h states.
 */
#include "matching/allocate.h"

#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

enum { NUMBER_BYTES = 4, COUNTER_BYTES = 8 };

/* The stream of one stratum. */
struct stream {
	const uint8_t *seed;
	const char *name;
	uint64_t block;
	uint8_t bytes[SHA256_BYTES];
	size_t used;
};

static uint32_t
stream_number(struct stream *stream)
{
	const uint8_t *bytes;

	if (stream->used == SHA256_BYTES) {
		struct sha256 hash = sha256_begin();
		uint8_t counter[COUNTER_BYTES];

		for (size_t i = 0; i < COUNTER_BYTES; i++)
			counter[i] = (uint8_t)(stream->block >> (56 - i * 8));
		sha256_add(&hash, stream->seed, SHA256_BYTES);
		sha256_add(&hash, stream->name, strlen(stream->name) + 1);
		sha256_add(&hash, counter, sizeof(counter));
		sha256_end(&hash, stream->bytes);
		stream->block++;
		stream->used = 0;
	}
	bytes = &stream->bytes[stream->used];
	stream->used += NUMBER_BYTES;
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 |
	       (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Numbers beyond the greatest multiple would favour the low ones. */
static uint32_t
stream_below(struct stream *stream, uint32_t below)
{
	uint64_t limit = (UINT64_C(1) << 32) / below * below;
	uint32_t number;

	if (below == 1)
		return 0;
	do
		number = stream_number(stream);
	while (number >= limit);
	return number % below;
}

static int32_t
block_size(
    struct stream *stream, const struct allocate_design *design, int32_t left)
{
	uint32_t fitting = 0;

	while (fitting < design->size_count && design->size[fitting] <= left)
		fitting++;
	return fitting == 0 ? left
	                    : design->size[stream_below(stream, fitting)];
}

static void
block_fill(struct stream *stream, struct allocate_place *place, int32_t size)
{
	for (int32_t i = 0; i < size; i++)
		place[i].arm = i < size / ALLOCATE_RATIO * 2 ? ARM_HOLISTIC
		                                             : ARM_CONTROL;
	for (int32_t i = size; i > 1; i--) {
		uint32_t j = stream_below(stream, (uint32_t)i);
		enum allocate_arm arm = place[i - 1].arm;

		place[i - 1].arm = place[j].arm;
		place[j].arm = arm;
	}
}

static void
stratum_fill(const struct allocate_design *design, size_t stratum,
    struct allocate_place *place)
{
	int32_t places = design->stratum[stratum].places;
	struct stream stream = { .seed = design->seed,
		.name = design->stratum[stratum].name,
		.used = SHA256_BYTES };
	int32_t done = 0, block = 0;

	while (done < places) {
		int32_t size = block_size(&stream, design, places - done);

		block_fill(&stream, &place[done], size);
		block++;
		for (int32_t end = done + size; done < end; done++) {
			place[done].stratum = stratum;
			place[done].position = done + 1;
			place[done].block = block;
		}
	}
}

struct allocate_list
allocate_seal(struct arena *arena, const struct allocate_design *design)
{
	struct allocate_list list = { 0 };
	struct allocate_place *place;
	size_t done = 0;

	for (size_t i = 0; i < design->stratum_count; i++)
		list.count += (size_t)design->stratum[i].places;
	place = arena_array(arena, list.count, sizeof(*place));
	for (size_t i = 0; i < design->stratum_count; i++) {
		stratum_fill(design, i, &place[done]);
		done += (size_t)design->stratum[i].places;
	}
	for (size_t i = 0; i < list.count; i++)
		list.total[place[i].arm]++;
	list.place = place;
	return list;
}

const char *
allocate_commitment(struct arena *arena, const uint8_t *seed)
{
	static const char digits[] = "0123456789abcdef";
	struct sha256 hash = sha256_begin();
	char *text = arena_alloc(arena, SHA256_BYTES * 2 + 1);
	uint8_t digest[SHA256_BYTES];

	sha256_add(&hash, seed, SHA256_BYTES);
	sha256_end(&hash, digest);
	for (size_t i = 0; i < SHA256_BYTES; i++) {
		text[i * 2] = digits[digest[i] >> 4];
		text[i * 2 + 1] = digits[digest[i] & 15];
	}
	return text;
}

const char *
allocate_arm_name(enum allocate_arm arm)
{
	return arm == ARM_CONTROL ? "control" : "holistic";
}

static const char *
check_sizes(const struct allocate_design *design)
{
	if (design->size_count < 1 || design->size_count > ALLOCATE_SIZES)
		return "There must be 1 to 16 sizes of blocks";
	for (size_t i = 0; i < design->size_count; i++) {
		int32_t size = design->size[i];

		if (size < 1 || size > ALLOCATE_PLACES ||
		    size % ALLOCATE_RATIO != 0)
			return "The size of a block must be a multiple of "
			       "three";
		if (i > 0 && size <= design->size[i - 1])
			return "The sizes of blocks must ascend";
	}
	return NULL;
}

const char *
allocate_check(struct arena *arena, const struct allocate_design *design)
{
	if (design->stratum_count > ALLOCATE_STRATA)
		return arena_printf(
		    arena, "More than %d strata", ALLOCATE_STRATA);
	for (size_t i = 0; i < design->stratum_count; i++) {
		const struct allocate_stratum *stratum = &design->stratum[i];

		if (stratum->name[0] == '\0')
			return "A stratum has no name";
		if (stratum->places < 0 || stratum->places > ALLOCATE_PLACES ||
		    stratum->places % ALLOCATE_RATIO != 0)
			return arena_printf(arena,
			    "The places of %s must be a multiple of three, "
			    "%d at most",
			    stratum->name, ALLOCATE_PLACES);
		for (size_t j = 0; j < i; j++)
			if (strcmp(design->stratum[j].name, stratum->name) == 0)
				return arena_printf(arena,
				    "The stratum %s is there twice",
				    stratum->name);
	}
	return check_sizes(design);
}
