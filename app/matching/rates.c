/*
 * Pricing with a full card that has been made ready. One walk over the local
 * time of a visit tells how long each premium holds; price and working are
 * both made of that.
 */
#include "matching/rates.h"

#include <string.h>

#include "base/arena.h"
#include "matching/days.h"
#include "matching/rates_ready.h"

enum {
	HOUR_SECONDS = 3600,
	DAY_SECONDS = 86400,
	WORD_BITS = 64,
	HUNDRED = 100,
};

/* How much of each premium falls into a visit, in seconds. */
struct premium_time {
	int32_t seconds[RATE_PREMIUMS];
};

const struct rate_card *
rate_card_on(const struct rate_card *cards, size_t count, int32_t day)
{
	const struct rate_card *found = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct rate_card *card = &cards[i];

		if (card->starts_on > day ||
		    (card->ends_on != 0 && card->ends_on < day))
			continue;
		if (found == NULL || card->starts_on > found->starts_on)
			found = card;
	}
	return found;
}

int32_t
rate_absence_percent(
    const struct rate_card *card, int reason, int32_t absence_day)
{
	int64_t before = 0;

	for (size_t i = 0; i < card->absence_count; i++) {
		const struct rate_absence *rule = &card->absence[i];

		if (rule->reason != reason)
			continue;
		before += rule->days;
		if (absence_day <= before)
			return rule->percent;
	}
	return 0;
}

/* What a premium adds to a rate, in hundredths of a per cent of a penny. */
static int64_t
premium_units(const struct rates *rates, size_t index, int64_t hourly_pence)
{
	const struct rate_premium *premium = &rates->card->premium[index];

	return hourly_pence * premium->hundredths +
	       premium->hourly_pence * RATE_WHOLE;
}

static void
time_add(const struct rates *rates, uint32_t active, int64_t hourly_pence,
    int32_t seconds, struct premium_time *time)
{
	int64_t best = -1;
	size_t chosen = 0;

	for (size_t i = 0; active != 0; i++, active >>= 1) {
		int64_t units;

		if ((active & 1) == 0)
			continue;
		if (rates->card->stacking == STACK_ADD) {
			time->seconds[i] += seconds;
			continue;
		}
		units = premium_units(rates, i, hourly_pence);
		if (units > best) {
			best = units;
			chosen = i;
		}
	}
	if (best >= 0)
		time->seconds[chosen] += seconds;
}

static bool
is_bank_holiday(const struct rates *rates, int32_t day)
{
	int64_t at = (int64_t)day - rates->holiday_first;

	if (at < 0 || (uint64_t)at >= rates->holiday_days)
		return false;
	return rates->holiday[at / WORD_BITS] >> at % WORD_BITS & 1;
}

/* A stretch of local time, in seconds after midnight of the visit's day. */
static void
stretch_add(const struct rates *rates, const struct rate_visit *visit,
    uint32_t premiums, int64_t hourly_pence, int32_t from, int32_t to,
    struct premium_time *time)
{
	while (from < to) {
		int32_t days = from / DAY_SECONDS, midnight;
		uint32_t active;
		size_t part = 0;

		midnight = days * DAY_SECONDS;
		active = premiums &
		         rates->day_premiums[day_weekday(visit->day + days)] &
		         rates->holiday_premiums[is_bank_holiday(
			     rates, visit->day + days)];
		while (rates->part_end[part] <= from - midnight)
			part++;
		for (; part < rates->part_count && from < to; part++) {
			int32_t end = midnight + rates->part_end[part];

			end = end < to ? end : to;
			time_add(rates, active & rates->part_premiums[part],
			    hourly_pence, end - from, time);
			from = end;
		}
	}
}

/* The premiums of all that does not change within a visit. */
static uint32_t
visit_premiums(const struct rates *rates, const struct rate_visit *visit)
{
	uint32_t premiums = rates->plain_premiums;
	uint32_t outcomes = visit->outcomes;
	uint32_t by_need = rates->need_premiums[visit->need + 1];
	uint64_t needs = visit->needs;

	if (visit->offer != NULL && visit->offer->is_individual)
		return 0;
	for (size_t i = 0; outcomes != 0; i++, outcomes >>= 1)
		if ((outcomes & 1) != 0)
			premiums |= rates->outcome_premiums[i];
	for (size_t i = 0; needs != 0; i++, needs >>= 1)
		if ((needs & 1) != 0)
			by_need |= rates->need_premiums[i + 1];
	return premiums & by_need & rates->age_premiums[visit->age_group + 1];
}

/* Fills in how long each premium holds between two seconds of a visit. */
static void
premium_times(const struct rates *rates, const struct rate_visit *visit,
    int64_t hourly_pence, int32_t from, int32_t to, struct premium_time *time)
{
	uint32_t premiums = visit_premiums(rates, visit);
	int32_t change = visit->shift_seconds == 0 ? to : visit->shift_after;
	int32_t until = change < to ? change : to;
	int32_t since = change > from ? change : from;
	int32_t shifted = visit->starts + visit->shift_seconds;

	memset(time->seconds, 0,
	    rates->card->premium_count * sizeof(*time->seconds));
	if (premiums == 0)
		return;
	if (visit->is_spread) {
		stretch_add(rates, visit, premiums, hourly_pence, visit->starts,
		    visit->starts + 1, time);
		for (size_t i = 0; i < rates->card->premium_count; i++)
			time->seconds[i] *= to - from;
		return;
	}
	stretch_add(rates, visit, premiums, hourly_pence, visit->starts + from,
	    visit->starts + until, time);
	stretch_add(rates, visit, premiums, hourly_pence, shifted + since,
	    shifted + to, time);
}

static bool
visit_is_in_range(const struct rates *rates, const struct rate_visit *visit)
{
	const struct rate_card *card = rates->card;

	return visit->day >= RATE_FIRST_DAY && visit->day <= RATE_LAST_DAY &&
	       visit->seconds >= 0 &&
	       visit->seconds <= (visit->is_spread ? RATE_WEEK_SECONDS
						   : RATE_VISIT_SECONDS) &&
	       visit->starts >= 0 && visit->starts < DAY_SECONDS &&
	       visit->carers >= 1 && visit->carers <= INT16_MAX &&
	       visit->area >= RATE_NONE &&
	       visit->area < (int)card->areas.count &&
	       visit->rurality >= RATE_NONE &&
	       visit->rurality < RURALITY_COUNT && visit->need >= RATE_NONE &&
	       visit->need < (int)card->needs.count &&
	       visit->age_group >= RATE_NONE &&
	       visit->age_group < (int)card->age_groups.count &&
	       (visit->absence == RATE_NONE || visit->absence_day >= 1) &&
	       (visit->shift_seconds == 0 ||
		   (visit->shift_seconds >= -HOUR_SECONDS &&
		       visit->shift_seconds <= HOUR_SECONDS &&
		       visit->shift_after >= 0 &&
		       visit->shift_after <= RATE_VISIT_SECONDS &&
		       visit->starts + visit->shift_after +
			       visit->shift_seconds >=
			   0));
}

static enum rate_verdict
offer_verdict(const struct rates *rates, const struct rate_offer *offer)
{
	const struct rate_card *card = rates->card;
	int64_t rate = offer->hourly_pence, most = rate * RATE_WHOLE;

	if (rate < 1 || rate > RATE_HOURLY_PENCE)
		return RATE_OUT_OF_RANGE;
	if (!offer->is_individual)
		most += rate * rates->most_hundredths +
		        rates->most_pence * RATE_WHOLE;
	if (most > (int64_t)RATE_HOURLY_PENCE * RATE_WHOLE)
		return RATE_OUT_OF_RANGE;
	if (card->floor_pence != 0 && rate < card->floor_pence)
		return RATE_BELOW_FLOOR;
	if (card->ceiling_pence == 0 || rate <= card->ceiling_pence)
		return RATE_FINE;
	if (!offer->is_individual)
		return RATE_ABOVE_CEILING;
	return offer->approved_by != NULL && *offer->approved_by != '\0'
	           ? RATE_FINE
	           : RATE_NOT_APPROVED;
}

/* The hourly rate before premiums, with its verdict. */
static struct rate_price
rate_of(const struct rates *rates, const struct rate_visit *visit)
{
	const struct rate_card *card = rates->card;
	struct rate_price price = { .row = RATE_NONE,
		.band = PRICE_PRO_RATA,
		.carers = visit->carers };

	if (!visit_is_in_range(rates, visit)) {
		price.verdict = RATE_OUT_OF_RANGE;
		return price;
	}
	if (!visit->is_spread)
		price.band = price_band_of(&card->base, visit->seconds);
	if (visit->offer != NULL) {
		price.hourly_pence = visit->offer->hourly_pence;
		price.verdict = offer_verdict(rates, visit->offer);
		return price;
	}
	price.row = rates->row[rates_place(
	    rates, visit->area, visit->rurality, visit->need)];
	price.hourly_pence = price.row == RATE_NONE
	                         ? card->base.hourly_pence
	                         : card->row[price.row].hourly_pence;
	if (price.hourly_pence == 0)
		price.verdict = RATE_NO_ROW;
	return price;
}

/* Per cent of the price that is paid. */
static int32_t
paid_percent(const struct rates *rates, const struct rate_visit *visit)
{
	return visit->absence == RATE_NONE
	           ? HUNDRED
	           : rate_absence_percent(
			 rates->card, visit->absence, visit->absence_day);
}

/* A visit of no seconds is a moment where a band pays for it. */
static int32_t
span_of(const struct rate_visit *visit, const struct rate_price *price)
{
	return visit->seconds == 0 && price->band != PRICE_PRO_RATA
	           ? 1
	           : visit->seconds;
}

/*
 * Units that run for seconds, as pence: rounded half up, once. The limits of
 * rates.h keep the product below 2^63: 10^9 units × 86,400 seconds × 1,000
 * per cent of a band × 100 per cent; 10^11 units (RATE_MOST_PENCE) where all
 * is paid, so that the last factor is left out.
 */
static int64_t
pence_of(const struct rates *rates, const struct rate_visit *visit,
    const struct rate_price *price, int64_t unit_seconds, int32_t paid)
{
	int64_t divisor = (int64_t)RATE_WHOLE * HUNDRED;

	if (paid == HUNDRED) {
		divisor = RATE_WHOLE;
		paid = 1;
	}
	if (price->band == PRICE_PRO_RATA) {
		divisor *= HOUR_SECONDS;
	} else {
		unit_seconds *= rates->card->base.band[price->band].percent;
		divisor *= (int64_t)HUNDRED * span_of(visit, price);
	}
	return (unit_seconds * paid + divisor / 2) / divisor;
}

/* What runs from a second of the visit to its end, for one care worker. */
static int64_t
rest_pence(const struct rates *rates, const struct rate_visit *visit,
    const struct rate_price *price, int32_t from)
{
	int32_t to = span_of(visit, price);
	struct premium_time time;
	int64_t units = price->hourly_pence * RATE_WHOLE * (to - from);

	if (rates->card->premium_count != 0) {
		premium_times(
		    rates, visit, price->hourly_pence, from, to, &time);
		for (size_t i = 0; i < rates->card->premium_count; i++)
			if (time.seconds[i] != 0)
				units += premium_units(
					     rates, i, price->hourly_pence) *
				         time.seconds[i];
	}
	return pence_of(rates, visit, price, units, paid_percent(rates, visit));
}

struct rate_price
rates_price(const struct rates *rates, const struct rate_visit *visit)
{
	struct rate_price price = rate_of(rates, visit);

	if (price.verdict != RATE_FINE)
		return price;
	price.each_pence = rest_pence(rates, visit, &price, 0);
	price.total_pence = price.each_pence * visit->carers;
	return price;
}

int64_t
rates_price_rest(
    const struct rates *rates, const struct rate_visit *visit, int32_t from)
{
	struct rate_price price = rate_of(rates, visit);

	if (price.verdict != RATE_FINE || from >= span_of(visit, &price))
		return 0;
	return rest_pence(rates, visit, &price, from < 0 ? 0 : from);
}

struct rate_working
rates_open(struct arena *arena, const struct rates *rates,
    const struct rate_visit *visit)
{
	struct rate_working working = { .price = rates_price(rates, visit) };
	const struct rate_price *price = &working.price;
	const struct rate_card *card = rates->card;
	struct rate_line *lines;
	struct premium_time time;
	int32_t to = span_of(visit, price), paid;
	int64_t units = price->hourly_pence * RATE_WHOLE * to, before = 0;

	if (price->verdict != RATE_FINE)
		return working;
	lines = arena_array(arena, card->premium_count + 3, sizeof(*lines));
	lines[working.count++] = (struct rate_line) {
		.kind = LINE_RATE,
		.seconds = visit->seconds,
		.percent = price->band == PRICE_PRO_RATA
		               ? HUNDRED
		               : card->base.band[price->band].percent,
		.pence = pence_of(rates, visit, price, units, HUNDRED),
	};
	before = lines[0].pence;
	premium_times(rates, visit, price->hourly_pence, 0, to, &time);
	for (size_t i = 0; i < card->premium_count; i++) {
		int64_t pence;

		if (time.seconds[i] == 0)
			continue;
		units += premium_units(rates, i, price->hourly_pence) *
		         time.seconds[i];
		pence = pence_of(rates, visit, price, units, HUNDRED);
		lines[working.count++] = (struct rate_line) { LINE_PREMIUM, i,
			time.seconds[i], 0, pence - before };
		before = pence;
	}
	paid = paid_percent(rates, visit);
	if (visit->absence != RATE_NONE)
		lines[working.count++] = (struct rate_line) { LINE_ABSENCE, 0,
			visit->seconds, paid, price->each_pence - before };
	if (visit->carers > 1)
		lines[working.count++] = (struct rate_line) { LINE_CARERS, 0,
			visit->seconds, HUNDRED,
			price->total_pence - price->each_pence };
	working.line = lines;
	return working;
}
