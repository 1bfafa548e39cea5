/*
 * Making a card ready: rates of all areas, ruralities and needs become a
 * table, premiums become sets of bits by the part of the day, the weekday and
 * whom they are for, so that pricing a visit takes a few looks.
 */
#include <string.h>

#include "base/arena.h"
#include "matching/rates_ready.h"

enum {
	DAY_SECONDS = 86400,
	MINUTE_SECONDS = 60,
	WORD_BITS = 64,
};

size_t
rates_place(const struct rates *rates, int area, int rurality, int need)
{
	size_t needs = rates->card->needs.count + 1;

	return ((size_t)(area + 1) * (RURALITY_COUNT + 1) +
		   (size_t)(rurality + 1)) *
	           needs +
	       (size_t)(need + 1);
}

/* More for what decides first, so that the better fit has the larger one. */
static int
row_rank(const struct rate_row *row)
{
	return (row->need != RATE_ANY) * 4 + (row->area != RATE_ANY) * 2 +
	       (row->rurality != RATE_ANY);
}

/* Enters a row wherever it fits and nothing fits better. */
static void
row_enter(struct rates *rates, int index)
{
	const struct rate_card *card = rates->card;
	const struct rate_row *row = &card->row[index];
	int areas = row->area == RATE_ANY ? (int)card->areas.count - 1
	                                  : row->area;
	int ruralities = row->rurality == RATE_ANY ? RURALITY_COUNT - 1
	                                           : row->rurality;
	int needs = row->need == RATE_ANY ? (int)card->needs.count - 1
	                                  : row->need;

	for (int area = row->area; area <= areas; area++)
		for (int rurality = row->rurality; rurality <= ruralities;
		     rurality++)
			for (int need = row->need; need <= needs; need++) {
				int *at = &rates->row[rates_place(
				    rates, area, rurality, need)];

				if (*at == RATE_NONE ||
				    row_rank(row) > row_rank(&card->row[*at]))
					*at = index;
			}
}

static void
rows_prepare(struct arena *arena, struct rates *rates)
{
	const struct rate_card *card = rates->card;
	size_t count = (card->areas.count + 1) * (RURALITY_COUNT + 1) *
	               (card->needs.count + 1);

	rates->row = arena_array(arena, count, sizeof(*rates->row));
	for (size_t i = 0; i < count; i++)
		rates->row[i] = RATE_NONE;
	for (size_t i = 0; i < card->row_count; i++)
		row_enter(rates, (int)i);
}

static bool
is_a_day(int32_t day)
{
	return day >= RATE_FIRST_DAY && day <= RATE_LAST_DAY;
}

static void
holidays_prepare(struct arena *arena, struct rates *rates,
    const int32_t *holidays, size_t count)
{
	int32_t first = INT32_MAX, last = INT32_MIN;

	for (size_t i = 0; i < count; i++) {
		if (!is_a_day(holidays[i]))
			continue;
		first = holidays[i] < first ? holidays[i] : first;
		last = holidays[i] > last ? holidays[i] : last;
	}
	if (first > last)
		return;
	rates->holiday_first = first;
	rates->holiday_days = (size_t)((int64_t)last - first + 1);
	rates->holiday = arena_array(arena, rates->holiday_days / WORD_BITS + 1,
	    sizeof(*rates->holiday));
	for (size_t i = 0; i < count; i++) {
		size_t day = (size_t)((int64_t)holidays[i] - first);

		if (!is_a_day(holidays[i]))
			continue;
		rates->holiday[day / WORD_BITS] |= UINT64_C(1)
		                                   << day % WORD_BITS;
	}
}

/* Keeps the ends of parts of the day sorted, each once. */
static void
part_end_add(struct rates *rates, int32_t second)
{
	size_t i = 0;

	while (rates->part_end[i] < second)
		i++;
	if (rates->part_end[i] == second)
		return;
	memmove(&rates->part_end[i + 1], &rates->part_end[i],
	    (rates->part_count - i) * sizeof(*rates->part_end));
	rates->part_end[i] = second;
	rates->part_count++;
}

static bool
premium_has_minute(const struct rate_premium *premium, int32_t minute)
{
	int32_t from = premium->from_minutes, to = premium->to_minutes;

	if (from == 0 && to == 0)
		return true;
	if (from < to)
		return minute >= from && minute < to;
	return minute >= from || minute < to;
}

/* Cuts the day wherever a premium begins or ends. */
static void
parts_prepare(struct rates *rates)
{
	const struct rate_card *card = rates->card;
	int32_t begins = 0;

	rates->part_end[0] = DAY_SECONDS;
	rates->part_count = 1;
	for (size_t i = 0; i < card->premium_count; i++) {
		const struct rate_premium *premium = &card->premium[i];

		if (premium->from_minutes != 0)
			part_end_add(
			    rates, premium->from_minutes * MINUTE_SECONDS);
		if (premium->to_minutes != 0)
			part_end_add(
			    rates, premium->to_minutes * MINUTE_SECONDS);
	}
	for (size_t i = 0; i < rates->part_count; i++) {
		for (size_t j = 0; j < card->premium_count; j++)
			if (premium_has_minute(
				&card->premium[j], begins / MINUTE_SECONDS))
				rates->part_premiums[i] |= 1u << j;
		begins = rates->part_end[i];
	}
}

static void
premium_prepare(struct rates *rates, size_t index)
{
	const struct rate_premium *premium = &rates->card->premium[index];
	uint32_t bit = 1u << index;

	for (int day = 0; day < RATE_WEEK_DAYS; day++)
		if (premium->days == 0 || (premium->days >> day & 1) != 0)
			rates->day_premiums[day] |= bit;
	if (premium->holiday != HOLIDAY_NEVER)
		rates->holiday_premiums[true] |= bit;
	if (premium->holiday != HOLIDAY_ONLY)
		rates->holiday_premiums[false] |= bit;
	for (int need = RATE_NONE; need < RATE_NEEDS; need++)
		if (premium->need == RATE_ANY || premium->need == need)
			rates->need_premiums[need + 1] |= bit;
	for (int group = RATE_NONE; group < RATE_AGE_GROUPS; group++)
		if (premium->age_group == RATE_ANY ||
		    premium->age_group == group)
			rates->age_premiums[group + 1] |= bit;
	if (premium->outcome == RATE_ANY)
		rates->plain_premiums |= bit;
	else
		rates->outcome_premiums[premium->outcome] |= bit;
}

struct rates *
rates_prepare(struct arena *arena, const struct rate_card *card,
    const int32_t *bank_holidays, size_t count)
{
	struct rates *rates = arena_alloc(arena, sizeof(*rates));

	rates->card = card;
	rows_prepare(arena, rates);
	holidays_prepare(arena, rates, bank_holidays, count);
	parts_prepare(rates);
	for (size_t i = 0; i < card->premium_count; i++) {
		premium_prepare(rates, i);
		rates->most_hundredths += card->premium[i].hundredths;
		rates->most_pence += card->premium[i].hourly_pence;
	}
	return rates;
}
