/*
 * Radix sort by bytes, least significant first. Bytes that are the same in
 * every key are skipped, and so is everything when it is in order already.
 */
#include "matching/sort.h"

#include <stdbool.h>
#include <string.h>

enum { BYTES = 8, VALUES = 256, FEW = 48 };

static bool
is_sorted(const struct sort_item *items, size_t count)
{
	for (size_t i = 1; i < count; i++)
		if (items[i].key < items[i - 1].key)
			return false;
	return true;
}

static void
sort_few(struct sort_item *items, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		struct sort_item item = items[i];
		size_t j = i;

		for (; j > 0 && items[j - 1].key > item.key; j--)
			items[j] = items[j - 1];
		items[j] = item;
	}
}

/* Moves `from` to `to` in the order of one byte, whose counts are given. */
static void
sort_by_byte(struct sort_item *to, const struct sort_item *from, size_t count,
    unsigned byte, const uint32_t *counts)
{
	uint32_t place[VALUES];
	uint32_t sum = 0;

	for (size_t value = 0; value < VALUES; value++) {
		place[value] = sum;
		sum += counts[value];
	}
	for (size_t i = 0; i < count; i++) {
		uint8_t value = (uint8_t)(from[i].key >> (byte * 8));

		to[place[value]++] = from[i];
	}
}

static void
sort_many(struct sort_item *items, struct sort_item *spare, size_t count)
{
	uint32_t counts[BYTES][VALUES] = { { 0 } };
	struct sort_item *from = items, *to = spare;

	for (size_t i = 0; i < count; i++)
		for (unsigned byte = 0; byte < BYTES; byte++)
			counts[byte][(uint8_t)(items[i].key >> (byte * 8))]++;
	for (unsigned byte = 0; byte < BYTES; byte++) {
		uint8_t first = (uint8_t)(items[0].key >> (byte * 8));
		struct sort_item *swap = to;

		if (counts[byte][first] == count)
			continue;
		sort_by_byte(to, from, count, byte, counts[byte]);
		to = from;
		from = swap;
	}
	if (from != items)
		memcpy(items, from, count * sizeof(*items));
}

void
sort_items(struct sort_item *items, struct sort_item *spare, size_t count)
{
	if (is_sorted(items, count))
		return;
	if (count <= FEW)
		sort_few(items, count);
	else
		sort_many(items, spare, count);
}
