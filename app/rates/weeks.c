/*
 * Visits by week, for what is paid by the week.
 */
#include <stdlib.h>

#include "base/arena.h"
#include "base/clock.h"
#include "rates/rate_documents.h"

enum { WEEK_DAYS = 7 };

static int
compare_visits(const void *a, const void *b)
{
	const struct rate_visit *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

/* The card of a week, or NULL. */
static const struct rate_card *
card_of(const struct rate_document *document, int32_t monday)
{
	const struct rate_card *card = NULL;

	for (int32_t day = 0; day < WEEK_DAYS && card == NULL; day++)
		card = rate_card_on(
		    document->card, document->card_count, monday + day);
	return card;
}

struct rate_weeks
rate_weeks(struct arena *arena, const struct rate_document *document,
    const struct named_visits *visits)
{
	struct rate_visit *sorted = arena_array(
	    arena, visits->count, sizeof(*sorted));
	struct rate_week *rows = arena_array(
	    arena, visits->count, sizeof(*rows));
	struct rate_weeks weeks = { .row = rows };
	size_t first = 0, next;

	for (size_t i = 0; i < visits->count; i++)
		sorted[i] = visits->row[i].visit;
	if (visits->count != 0)
		qsort(sorted, visits->count, sizeof(*sorted), compare_visits);
	for (; first < visits->count; first = next) {
		int32_t monday = sorted[first].day -
		                 date_weekday(sorted[first].day + DATE_1970);
		const struct rate_card *card = card_of(document, monday);
		const struct block *block;

		for (next = first; next < visits->count &&
				   sorted[next].day < monday + WEEK_DAYS;)
			next++;
		if (card == NULL)
			continue;
		block = &document->block[card - document->card];
		if (block->weekly_seconds == 0)
			continue;
		rows[weeks.count++] = (struct rate_week) { monday, block,
			block_week(arena, block,
			    rates_prepare(arena, card, document->bank_holiday,
				document->bank_holiday_count),
			    &sorted[first], next - first) };
	}
	return weeks;
}
