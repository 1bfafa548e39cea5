/*
 * Pricing in whole pence. Every price is rounded once, at the visit; totals
 * are sums of rounded visits, so that they equal their working.
 */
#include "matching/price.h"

#include <inttypes.h>

#include "base/arena.h"

enum { HOUR_SECONDS = 3600, PERCENT_MAXIMUM = 1000, WEEK_DAYS = 7 };

struct price_card
price_card_of(int64_t hourly_pence, const int64_t *up_to_seconds,
    const int64_t *percents, size_t count)
{
	struct price_card card = { .hourly_pence = hourly_pence };

	for (size_t i = 0; i < count && i < PRICE_BANDS; i++)
		card.band[card.band_count++] = (struct price_band) {
			(int32_t)up_to_seconds[i],
			(int32_t)percents[i],
		};
	return card;
}

const char *
price_card_check(struct arena *arena, const struct price_card *card)
{
	int32_t before = -1;

	if (card->hourly_pence < 1 || card->hourly_pence > PRICE_HOURLY_PENCE)
		return arena_printf(arena,
		    "The hourly rate must be between £0.01 and £%d",
		    PRICE_HOURLY_PENCE / 100);
	if (card->band_count > PRICE_BANDS)
		return arena_printf(
		    arena, "A rate card has at most %d bands", PRICE_BANDS);
	for (size_t i = 0; i < card->band_count; i++) {
		const struct price_band *band = &card->band[i];

		if (band->up_to_seconds <= before)
			return arena_printf(arena,
			    "Band %zu must end later than the band before it",
			    i + 1);
		if (band->percent < 1 || band->percent > PERCENT_MAXIMUM)
			return arena_printf(arena,
			    "Band %zu must pay between 1 and %d per cent",
			    i + 1, PERCENT_MAXIMUM);
		before = band->up_to_seconds;
	}
	return NULL;
}

int
price_band_of(const struct price_card *card, int64_t seconds)
{
	for (size_t i = 0; i < card->band_count; i++)
		if (seconds <= card->band[i].up_to_seconds)
			return (int)i;
	return PRICE_PRO_RATA;
}

static int64_t
price_pro_rata(const struct price_card *card, int64_t seconds)
{
	return (card->hourly_pence * seconds + HOUR_SECONDS / 2) / HOUR_SECONDS;
}

static int64_t
price_of_percent(const struct price_card *card, int32_t percent)
{
	return (card->hourly_pence * percent + 50) / 100;
}

int64_t
price_visit(const struct price_card *card, int64_t seconds)
{
	int band;

	if (seconds < 0)
		seconds = 0;
	band = price_band_of(card, seconds);
	if (band == PRICE_PRO_RATA)
		return price_pro_rata(card, seconds);
	return price_of_percent(card, card->band[band].percent);
}

int64_t
price_effective_hourly(int64_t pence, int64_t seconds)
{
	if (seconds <= 0)
		return 0;
	return (pence * HOUR_SECONDS * 2 + seconds) / (seconds * 2);
}

bool
price_rate_allowed(
    int64_t rate_pence, int64_t floor_pence, int64_t ceiling_pence)
{
	if (rate_pence < 1)
		return false;
	if (floor_pence != 0 && rate_pence < floor_pence)
		return false;
	return ceiling_pence == 0 || rate_pence <= ceiling_pence;
}

static int32_t
visits_a_week(const struct week_visit *visit)
{
	int32_t days = 0;

	switch (visit->kind) {
	case WEEK_ON_DAYS:
		for (int day = 0; day < WEEK_DAYS; day++)
			days += (visit->days >> day & 1) != 0;
		return days;
	case WEEK_TIMES:
		return visit->times;
	case WEEK_FLEXIBLE:
		return 1;
	}
	return 0;
}

static struct price_line
price_timetable_line(
    const struct price_card *card, const struct week_visit *visit)
{
	struct price_line line = {
		.visits = visits_a_week(visit),
		.carers = visit->carers,
		.seconds = (int64_t)visit->minutes * 60,
		.band = PRICE_PRO_RATA,
		.percent = 100,
	};

	if (visit->kind == WEEK_FLEXIBLE) {
		line.each_pence = price_pro_rata(card, line.seconds);
	} else {
		line.band = price_band_of(card, line.seconds);
		line.each_pence = price_visit(card, line.seconds);
		if (line.band != PRICE_PRO_RATA)
			line.percent = card->band[line.band].percent;
	}
	line.total_pence = line.each_pence * line.visits * line.carers;
	return line;
}

struct price_week
price_week(struct arena *arena, const struct price_card *card,
    const struct week_visit *visits, size_t count)
{
	struct price_week week = { .hourly_pence = card->hourly_pence };
	struct price_line *lines = arena_array(arena, count, sizeof(*lines));

	for (size_t i = 0; i < count; i++) {
		struct price_line line = price_timetable_line(card, &visits[i]);

		if (line.visits <= 0 || line.seconds <= 0)
			continue;
		line.visit = i;
		week.visit_seconds += line.seconds * line.visits;
		week.care_seconds += line.seconds * line.visits * line.carers;
		week.total_pence += line.total_pence;
		lines[week.count++] = line;
	}
	week.line = lines;
	return week;
}
