/*
 * Prices of visits: duration in seconds, band, pence. Which rate card is in
 * force on which date is left to others; a card is data, never a constant
 * here. Weeks are priced in rates_week.h.
 */
#ifndef MATCHING_PRICE_H
#define MATCHING_PRICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

enum {
	PRICE_BANDS = 16,
	PRICE_HOURLY_PENCE = 1000000,
	PRICE_PRO_RATA = -1,
};

/*
 * Visits of up to `up_to_seconds`, that second included, and longer than the
 * band before, cost `percent` of the hourly rate.
 */
struct price_band {
	int32_t up_to_seconds;
	int32_t percent;
};

/*
 * An hourly rate with its bands, shortest first. Longer than the last band is
 * pro rata of the hourly rate by the second; so is every visit on a card
 * without bands. 003 L269-283, domain.md decision 6.
 */
struct price_card {
	int64_t hourly_pence;
	struct price_band band[PRICE_BANDS];
	size_t band_count;
};

/*
 * The card of an hourly rate (0: none is in force) and of bands as a rate card
 * keeps them, `count` limits in seconds with the percentage of each. Bands
 * beyond PRICE_BANDS are left out.
 */
struct price_card price_card_of(int64_t hourly_pence,
    const int64_t *up_to_seconds, const int64_t *percents, size_t count);

/*
 * Says in a sentence (in the arena) what is wrong with a card, or NULL when
 * it can be used: rate 1 to PRICE_HOURLY_PENCE, bands rising, percent 1-1000.
 * The other functions here expect a card that passed.
 */
const char *price_card_check(
    struct arena *arena, const struct price_card *card);

/*
 * The price in pence of one visit by one care worker, rounded half up once.
 * A visit of no seconds is in the first band; less than none counts as none.
 */
int64_t price_visit(const struct price_card *card, int64_t seconds);

/* The band that a visit falls in, from 0, or PRICE_PRO_RATA. */
int price_band_of(const struct price_card *card, int64_t seconds);

/* What `pence` for `seconds` comes to by the hour, half up; 0 for no time. */
int64_t price_effective_hourly(int64_t pence, int64_t seconds);

/*
 * Whether an hourly rate lies within floor and ceiling, both inclusive
 * (002 L53-55); a limit of 0 is no limit. A rate below 1 penny never does.
 */
bool price_rate_allowed(
    int64_t rate_pence, int64_t floor_pence, int64_t ceiling_pence);

#endif
