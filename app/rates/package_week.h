/*
 * The week of a package priced by the whole card that is in force for it. The
 * hourly rate comes from outside, as the card, the provider or an approval
 * sets it; what is paid on top of it, and how time is counted, is the card's.
 */
#ifndef RATES_PACKAGE_WEEK_H
#define RATES_PACKAGE_WEEK_H

#include "base/text.h"
#include "matching/rates_week.h"

struct arena;
struct db;

/* What queries say of a package and its card. */
struct week_terms {
	const char *document; /* of the card's version; NULL, "" = bands */
	struct int64_list band_seconds; /* of the card's short form */
	struct int64_list band_percents;
	struct text_list needs; /* labels of group, kind of service and needs */
	const char *age;        /* label of the age band, or "" */
	bool is_individual;     /* the rate is the whole rate, no premiums */
};

struct week_card {
	const struct rate_card *card; /* without rates and limits */
	struct week_person person;
	bool is_individual;
	bool has_premiums; /* that this person's week could ever have */
	bool has_times;    /* of them, some by day or time of day */
	bool has_holidays; /* of them, some by bank holidays */
	bool has_outcomes; /* the card pays for outcomes reached */
};

/*
 * The card for a package, in the arena; its names are compared with the
 * package's whatever the case. A version that cannot be read fails the
 * request: what was put in force was checked before.
 */
const struct week_card *week_card_load(
    struct db *db, struct arena *arena, const struct week_terms *terms);

/* A card of bands alone, for anybody. */
const struct week_card *week_card_plain(
    struct arena *arena, const struct price_card *bands);

/* A typical week at an hourly rate in pence; 0: there is none. */
struct price_week week_card_price(struct arena *arena,
    const struct week_card *card, int64_t hourly_pence,
    const struct week_visit *visits, size_t count);

/* The same where the Monday is a bank holiday. */
struct price_week week_card_holiday_price(struct arena *arena,
    const struct week_card *card, int64_t hourly_pence,
    const struct week_visit *visits, size_t count);

/*
 * What a reader must know beside the price: the rules by which premiums were
 * found for visits without a fixed day or time, and what a typical week leaves
 * out. A sentence each; none where the card has nothing of that kind.
 */
struct text_list week_card_notes(struct arena *arena,
    const struct week_card *card, const struct week_visit *visits,
    size_t count);

/*
 * The premiums within one line of a priced week, as
 * "Night: 15% of £20.47 more for 30 minutes: £1.54", for one care worker.
 */
struct text_list week_line_premiums(struct arena *arena,
    const struct price_week *week, const struct price_line *line);

#endif
