/*
 * A week priced visit by visit. Visits of one timetable line whose working is
 * the same are one line, so a card without premiums has one for each.
 */
#include "matching/rates_week.h"

#include "base/arena.h"
#include "matching/rates_ready.h"

enum {
	WEEK_DAYS = 7,
	MINUTE_SECONDS = 60,
	MIDDAY_MINUTES = 12 * 60,
	HUNDRED = 100,
};

/* How many visits of a line are on each day, or are taken to be. */
static void
visits_by_day(const struct week_visit *visit, int32_t *count)
{
	for (int day = 0; day < WEEK_DAYS; day++)
		count[day] = 0;
	switch (visit->kind) {
	case WEEK_ON_DAYS:
		for (int day = 0; day < WEEK_DAYS; day++)
			count[day] = visit->days >> day & 1;
		break;
	case WEEK_TIMES:
		for (int32_t i = 0; i < visit->times; i++)
			count[i % WEEK_DAYS]++;
		break;
	case WEEK_FLEXIBLE:
		count[0] = 1;
		break;
	}
}

static bool
workings_equal(const struct rate_working *a, const struct rate_working *b)
{
	if (a->price.each_pence != b->price.each_pence || a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->line[i].kind != b->line[i].kind ||
		    a->line[i].premium != b->line[i].premium ||
		    a->line[i].seconds != b->line[i].seconds ||
		    a->line[i].pence != b->line[i].pence)
			return false;
	return true;
}

/* Whether every price at the card's rate stays within what can be counted. */
static bool
rate_fits(const struct rates *rates)
{
	int64_t rate = rates->card->base.hourly_pence;

	return rate >= 1 && rate <= PRICE_HOURLY_PENCE &&
	       rate * (RATE_WHOLE + rates->most_hundredths) +
	               rates->most_pence * RATE_WHOLE <=
	           (int64_t)RATE_MOST_PENCE * RATE_WHOLE;
}

static struct rate_working
visit_working(struct arena *arena, const struct rates *rates,
    const struct week_person *person, const struct week_visit *visit, int day)
{
	int32_t start = visit->has_start ? visit->start_minutes
	                                 : MIDDAY_MINUTES;
	struct rate_visit priced = {
		.day = WEEK_MONDAY + day,
		.starts = start * MINUTE_SECONDS,
		.seconds = visit->minutes * MINUTE_SECONDS,
		.carers = 1,
		.area = RATE_NONE,
		.rurality = RATE_NONE,
		.need = RATE_NONE,
		.age_group = person->age_group,
		.absence = RATE_NONE,
		.needs = person->needs,
		.is_spread = visit->kind == WEEK_FLEXIBLE,
	};

	if (!rate_fits(rates))
		return (struct rate_working) { .count = 0 };
	return rates_open(arena, rates, &priced);
}

static struct price_line
line_of(const struct rates *rates, const struct week_visit *visit,
    const struct rate_working *working)
{
	const struct price_card *base = &rates->card->base;
	struct price_line line = {
		.carers = visit->carers,
		.seconds = (int64_t)visit->minutes * MINUTE_SECONDS,
		.band = PRICE_PRO_RATA,
		.percent = HUNDRED,
		.each_pence = working->price.each_pence,
		.working = *working,
	};

	if (visit->kind != WEEK_FLEXIBLE)
		line.band = price_band_of(base, line.seconds);
	if (line.band != PRICE_PRO_RATA)
		line.percent = base->band[line.band].percent;
	return line;
}

/* Adds the lines of one timetable line; gives how many. */
static size_t
lines_add(struct arena *arena, const struct rates *rates,
    const struct week_person *person, const struct week_visit *visit,
    struct price_line *lines)
{
	int32_t visits[WEEK_DAYS];
	size_t count = 0;

	visits_by_day(visit, visits);
	for (int day = 0; day < WEEK_DAYS; day++) {
		struct rate_working working;
		size_t at = 0;

		if (visits[day] == 0)
			continue;
		working = visit_working(arena, rates, person, visit, day);
		while (
		    at < count && !workings_equal(&lines[at].working, &working))
			at++;
		if (at == count)
			lines[count++] = line_of(rates, visit, &working);
		lines[at].visits += visits[day];
		lines[at].days |= 1u << day;
	}
	return count;
}

struct price_week
rates_week(struct arena *arena, const struct rates *rates,
    const struct week_person *person, const struct week_visit *visits,
    size_t count)
{
	struct price_line *lines = arena_array(
	    arena, count * WEEK_DAYS, sizeof(*lines));
	struct price_week week = {
		.line = lines,
		.is_priced = rate_fits(rates),
		.hourly_pence = rates->card->base.hourly_pence,
		.rates = rates,
	};

	for (size_t i = 0; i < count; i++) {
		size_t end = week.count;

		if (visits[i].minutes > 0)
			end += lines_add(arena, rates, person, &visits[i],
			    &lines[week.count]);
		for (; week.count < end; week.count++) {
			struct price_line *line = &lines[week.count];

			line->visit = i;
			line->total_pence = line->each_pence * line->visits *
			                    line->carers;
			week.visit_seconds += line->seconds * line->visits;
			week.care_seconds += line->seconds * line->visits *
			                     line->carers;
			week.total_pence += line->total_pence;
			week.is_priced = week.is_priced &&
			                 line->working.price.verdict ==
			                     RATE_FINE;
		}
	}
	if (week.is_priced)
		return week;
	week.total_pence = 0;
	for (size_t i = 0; i < week.count; i++)
		lines[i].each_pence = lines[i].total_pence = 0;
	return week;
}

struct price_week
price_week(struct arena *arena, const struct price_card *card,
    const struct week_visit *visits, size_t count)
{
	static const struct week_person anybody = { .age_group = RATE_NONE };
	struct rate_card *whole = arena_alloc(arena, sizeof(*whole));

	whole->base = *card;
	return rates_week(arena, rates_prepare(arena, whole, NULL, 0), &anybody,
	    visits, count);
}
