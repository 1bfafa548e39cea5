/*
 * A stable sort of up to millions of small keys in linear time.
 */
#ifndef MATCHING_SORT_H
#define MATCHING_SORT_H

#include <stddef.h>
#include <stdint.h>

struct sort_item {
	uint64_t key;
	uint32_t index; /* whatever the key stands for */
	int32_t note;   /* goes with it */
};

/*
 * Sorts `items` by key, least first; equal keys keep their order. `spare` has
 * room for as many.
 */
void sort_items(struct sort_item *items, struct sort_item *spare, size_t count);

#endif
