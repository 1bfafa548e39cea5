/*
 * Full rate cards: an hourly rate by area, rurality and need, bands by
 * duration, premiums by what, whom and when, floor and ceiling, payment in
 * absence. price.h is the simple case, one rate with its bands. Reading cards
 * and knowing bank holidays and clock changes is left to others.
 */
#ifndef MATCHING_RATES_H
#define MATCHING_RATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "matching/price.h"

struct arena;

enum {
	RATE_AREAS = 128,
	RATE_NEEDS = 64,
	RATE_AGE_GROUPS = 16,
	RATE_OUTCOMES = 32,
	RATE_ABSENCES = 16,
	RATE_ROWS = 4096,
	RATE_PREMIUMS = 32,
	RATE_ABSENCE_RULES = 64,
	RATE_ANY = -1,              /* in a row or premium: whatever it is */
	RATE_NONE = -1,             /* in a visit: not stated */
	RATE_HOURLY_PENCE = 100000, /* the most, premiums included */
	RATE_VISIT_SECONDS = 86400, /* the longest visit */
	RATE_WEEK_SECONDS = 7 * RATE_VISIT_SECONDS,
	RATE_WHOLE = 10000, /* hundredths of a per cent in 100 % */
};

/* What a card calls its areas, needs and so on; a visit has their index. */
struct rate_names {
	const char *const *name;
	size_t count;
};

enum rate_rurality {
	RURALITY_URBAN,
	RURALITY_SEMI_RURAL,
	RURALITY_RURAL,
	RURALITY_COUNT,
};

/*
 * The hourly rate of an area, a rurality and a need, each of which may be
 * RATE_ANY. Of the rows that fit a visit, one that names the need comes
 * before all that do not, then one that names the area, then one that names
 * the rurality; where none fits, the card's own rate counts.
 */
struct rate_row {
	int area;
	int rurality;
	int need;
	int64_t hourly_pence;
};

/* How a condition on bank holidays is meant. */
enum rate_holiday {
	HOLIDAY_ANY,
	HOLIDAY_ONLY,
	HOLIDAY_NEVER,
};

/*
 * What is added to the hourly rate while every condition holds: `hundredths`
 * of a per cent of the rate, and pence an hour. Time of day is in minutes
 * after local midnight, the end excluded; an end at or before the start is on
 * the next day (22:00 to 07:00), and both 0 is the whole day. Day and bank
 * holiday are those of each second, so at midnight they change.
 */
struct rate_premium {
	const char *name;
	int32_t hundredths;
	int64_t hourly_pence;
	int need;
	int age_group;
	int outcome;
	uint32_t days; /* bit 0 Monday to bit 6 Sunday; 0 is every day */
	enum rate_holiday holiday;
	int32_t from_minutes;
	int32_t to_minutes;
};

/* Where several premiums hold in the same second. */
enum rate_stacking {
	STACK_ADD,     /* all are paid */
	STACK_HIGHEST, /* the one that pays most; of equals the first */
};

/*
 * While the person is away for a reason (in hospital), `percent` of the price
 * of each planned visit for `days` days. Rules of one reason follow each
 * other in their order; after the last one, nothing is paid.
 */
struct rate_absence {
	int reason;
	int32_t days;
	int32_t percent; /* 0 to 100 */
};

struct rate_card {
	const char *name;
	int32_t starts_on; /* days since 1970 */
	int32_t ends_on;   /* the last day; 0 = open */
	struct rate_names areas;
	struct rate_names needs;
	struct rate_names age_groups;
	struct rate_names outcomes;
	struct rate_names absences;
	/* The rate where no row fits, 0 = none, and the bands of all rates. */
	struct price_card base;
	const struct rate_row *row;
	size_t row_count;
	const struct rate_premium *premium;
	size_t premium_count;
	enum rate_stacking stacking;
	const struct rate_absence *absence;
	size_t absence_count;
	int64_t floor_pence; /* of a provider's own rate; 0 = none */
	int64_t ceiling_pence;
};

/*
 * The card in force on a day, or NULL: of those that have begun and not
 * ended, the one that began last. Two never begin on one day (rate_cards_check).
 */
const struct rate_card *rate_card_on(
    const struct rate_card *cards, size_t count, int32_t day);

struct rate_faults {
	const char *const *text;
	size_t count;
};

/*
 * Everything that is wrong with cards that follow each other, in sentences
 * with their place ("cards[0].premiums[2]: ..."), in the arena; none when
 * they can be used. The other functions here expect cards that passed.
 */
struct rate_faults rate_cards_check(
    struct arena *arena, const struct rate_card *cards, size_t count);

/*
 * A provider's own hourly rate, which stands in for the card's: offered with
 * a reply, within floor and ceiling (002 L53-55), or costed individually for
 * one person (004 L106), which may pass the ceiling with a named approval and
 * is the whole rate, to which no premium is added.
 */
struct rate_offer {
	int64_t hourly_pence;
	bool is_individual;
	const char *approved_by; /* NULL or "" = nobody */
};

/*
 * One planned visit. Seconds are those that pass; where the clocks change
 * `shift_after` seconds into it, local time goes `shift_seconds` (3600, or
 * -3600) further, otherwise that is 0.
 */
struct rate_visit {
	int32_t day;    /* local, on which it begins */
	int32_t starts; /* seconds after local midnight */
	int32_t seconds;
	int32_t shift_after;
	int32_t shift_seconds;
	int32_t carers; /* care workers at once, each priced by itself */
	int area;
	int rurality;
	int need;
	int age_group;
	uint32_t outcomes;   /* a bit for each */
	int absence;         /* reason, or RATE_NONE when it takes place */
	int32_t absence_day; /* of the absence, from 1 */
	const struct rate_offer *offer; /* NULL = the card's rate */
	uint64_t needs; /* others that premiums go by too, a bit for each */
	/*
	 * Minutes over a week without fixed visits, RATE_WEEK_SECONDS at most:
	 * in no band, and each second is paid as the one at `starts`.
	 */
	bool is_spread;
};

enum rate_verdict {
	RATE_FINE,
	RATE_NO_ROW, /* no row fits and the card has no rate of its own */
	RATE_BELOW_FLOOR,
	RATE_ABOVE_CEILING,
	RATE_NOT_APPROVED, /* individual, above the ceiling, no name */
	RATE_OUT_OF_RANGE, /* a figure of the visit that cannot be */
};

/* A card made ready for many visits; lives in the arena it was made in. */
struct rates;

/*
 * `bank_holidays` are `count` local days in any order; they are copied, the
 * card is not.
 */
struct rates *rates_prepare(struct arena *arena, const struct rate_card *card,
    const int32_t *bank_holidays, size_t count);

struct rate_price {
	enum rate_verdict verdict;
	int row;  /* of the card, or RATE_NONE for its own rate */
	int band; /* from 0, or PRICE_PRO_RATA */
	int32_t carers;
	int64_t hourly_pence; /* before premiums */
	int64_t each_pence;   /* for each care worker; 0 unless fine */
	int64_t total_pence;
};

/*
 * The price of a visit. A band pays its share of an hour, in which each rate
 * has the part that it has of the visit; beyond the bands every second pays
 * its own rate. Rounded half up once, at the care worker's visit.
 */
struct rate_price rates_price(
    const struct rates *rates, const struct rate_visit *visit);

/*
 * The price for one care worker of what is left of a visit from `from`
 * seconds into it, by the rates of that time and the band of the whole visit;
 * rounded once. 0 unless the visit can be priced.
 */
int64_t rates_price_rest(
    const struct rates *rates, const struct rate_visit *visit, int32_t from);

/* The steps by which a price is reached. */
enum rate_line_kind {
	LINE_RATE,    /* band or pro rata of the hourly rate */
	LINE_PREMIUM, /* `premium` for `seconds` of the visit */
	LINE_ABSENCE, /* the share that is paid, so `pence` is 0 or less */
	LINE_CARERS,  /* the other care workers at once */
};

/*
 * `pence` is what the line adds to the running total, which is exact and
 * rounded at each line, so that the lines always sum to the price.
 */
struct rate_line {
	enum rate_line_kind kind;
	size_t premium;
	int32_t seconds;
	int32_t percent; /* of the band, or what is paid in absence */
	int64_t pence;
};

struct rate_working {
	struct rate_price price;
	const struct rate_line *line;
	size_t count;
};

/* The same price, with its working in the arena. */
struct rate_working rates_open(struct arena *arena, const struct rates *rates,
    const struct rate_visit *visit);

/* What is paid in absence, per cent, on a day of it (from 1); 0 after. */
int32_t rate_absence_percent(
    const struct rate_card *card, int reason, int32_t absence_day);

/* A line in words: "30 minutes, band up to 35:59: 60% of £21.92". */
const char *rate_line_words(struct arena *arena, const struct rates *rates,
    const struct rate_working *working, size_t line);

/* A verdict as a sentence; for RATE_FINE where the rate comes from. */
const char *rate_verdict_words(struct arena *arena, const struct rates *rates,
    const struct rate_visit *visit, const struct rate_price *price);

/* "urban", "semi-rural", "rural" */
const char *rate_rurality_name(enum rate_rurality rurality);

#endif
