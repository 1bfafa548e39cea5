/* Pricing in whole pence. Every price is rounded once, at the visit. */
#include "matching/price.h"

#include <inttypes.h>

#include "base/arena.h"

enum { HOUR_SECONDS = 3600, PERCENT_MAXIMUM = 1000 };

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
