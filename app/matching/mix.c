/*
 * Averages over calls, from the rounded price of each call, since that is
 * what is paid.
 */
#include "matching/mix.h"

#include <inttypes.h>

#include "base/arena.h"
#include "matching/words.h"

enum { HOUR_SECONDS = 3600, MINUTE_SECONDS = 60 };

struct price_early
price_early(struct arena *arena, const struct price_card *card, int64_t seconds)
{
	struct price_early early = { .pence = price_visit(card, seconds),
		.shortest_seconds = seconds,
		.text = "" };
	int band = price_band_of(card, seconds);

	early.hourly_pence = price_effective_hourly(early.pence, seconds);
	if (band == 0)
		early.shortest_seconds = 0;
	else if (band != PRICE_PRO_RATA)
		early.shortest_seconds = card->band[band - 1].up_to_seconds + 1;
	early.shortest_hourly_pence = price_effective_hourly(
	    early.pence, early.shortest_seconds);
	early.pays = early.shortest_seconds < seconds;
	if (!early.pays)
		return early;
	if (early.shortest_seconds == 0)
		early.text = arena_printf(arena,
		    "Leaving at once is paid the same %s",
		    words_money(arena, early.pence));
	else
		early.text = arena_printf(arena,
		    "Leaving after %" PRId64 ":%02" PRId64 " is paid the same "
		    "%s, %s an hour instead of %s",
		    early.shortest_seconds / MINUTE_SECONDS,
		    early.shortest_seconds % MINUTE_SECONDS,
		    words_money(arena, early.pence),
		    words_money(arena, early.shortest_hourly_pence),
		    words_money(arena, early.hourly_pence));
	return early;
}

int64_t
price_mix_hourly(
    const struct price_card *card, const struct price_call *calls, size_t count)
{
	int64_t pence = 0, seconds = 0, whole;

	for (size_t i = 0; i < count; i++) {
		pence += price_visit(card, calls[i].seconds) * calls[i].count;
		seconds += calls[i].seconds * calls[i].count;
	}
	if (seconds <= 0)
		return 0;
	/* Whole and rest apart, so that a year of a county fits. */
	whole = pence / seconds;
	return whole * HOUR_SECONDS +
	       price_effective_hourly(pence % seconds, seconds);
}

int64_t
price_mix_hourly_by_time(
    const struct price_card *card, const struct price_call *calls, size_t count)
{
	int64_t pence = 0, shares = 0;

	for (size_t i = 0; i < count; i++) {
		pence += price_effective_hourly(
			     price_visit(card, calls[i].seconds),
			     calls[i].seconds) *
		         calls[i].count;
		shares += calls[i].count;
	}
	return shares <= 0 ? 0 : (2 * pence + shares) / (2 * shares);
}
