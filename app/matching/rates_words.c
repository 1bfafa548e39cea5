/*
 * The working of a price in words, for pages and for the command line.
 */
#include <inttypes.h>

#include "base/arena.h"
#include "matching/rates_ready.h"
#include "matching/words.h"

enum { HOUR_SECONDS = 3600, MINUTE_SECONDS = 60, HUNDRED = 100 };

const char *
rate_rurality_name(enum rate_rurality rurality)
{
	static const char *const names[RURALITY_COUNT] = {
		[RURALITY_URBAN] = "urban",
		[RURALITY_SEMI_RURAL] = "semi-rural",
		[RURALITY_RURAL] = "rural",
	};

	return names[rurality];
}

/* "45 minutes", "1 hour 15 minutes", "20 minutes 59 seconds" */
static const char *
time_words(struct arena *arena, int32_t seconds)
{
	int32_t rest = seconds % MINUTE_SECONDS;
	const char *text = words_hours(arena, seconds / MINUTE_SECONDS);
	const char *ending = rest == 1 ? "" : "s";

	if (rest == 0)
		return text;
	if (seconds < MINUTE_SECONDS)
		return arena_printf(
		    arena, "%" PRId32 " second%s", rest, ending);
	return arena_printf(
	    arena, "%s %" PRId32 " second%s", text, rest, ending);
}

/* "12.5" of hundredths, without zeros that say nothing. */
static const char *
percent_words(struct arena *arena, int32_t hundredths)
{
	int32_t rest = hundredths % HUNDRED;

	if (rest == 0)
		return arena_printf(arena, "%" PRId32, hundredths / HUNDRED);
	if (rest % 10 == 0)
		return arena_printf(arena, "%" PRId32 ".%" PRId32,
		    hundredths / HUNDRED, rest / 10);
	return words_hundredths(arena, hundredths);
}

static const char *
line_rate_words(struct arena *arena, const struct rates *rates,
    const struct rate_working *working, const struct rate_line *line)
{
	const struct rate_price *price = &working->price;
	const char *time = time_words(arena, line->seconds);
	const char *rate = words_money(arena, price->hourly_pence);
	int32_t limit;

	if (price->band == PRICE_PRO_RATA)
		return arena_printf(arena, "%s at %s an hour", time, rate);
	limit = rates->card->base.band[price->band].up_to_seconds;
	return arena_printf(arena,
	    "%s, band up to %" PRId32 ":%02" PRId32 ": %" PRId32 "%% of %s",
	    time, limit / MINUTE_SECONDS, limit % MINUTE_SECONDS, line->percent,
	    rate);
}

static const char *
line_premium_words(struct arena *arena, const struct rates *rates,
    const struct rate_working *working, const struct rate_line *line)
{
	const struct rate_premium *premium =
	    &rates->card->premium[line->premium];
	const char *time = time_words(arena, line->seconds);
	const char *rate = words_money(arena, working->price.hourly_pence);
	const char *share = percent_words(arena, premium->hundredths);
	const char *hourly = words_money(arena, premium->hourly_pence);

	if (premium->hundredths == 0)
		return arena_printf(arena, "%s: %s more an hour for %s",
		    premium->name, hourly, time);
	if (premium->hourly_pence == 0)
		return arena_printf(arena, "%s: %s%% of %s more for %s",
		    premium->name, share, rate, time);
	return arena_printf(arena, "%s: %s%% of %s and %s an hour more for %s",
	    premium->name, share, rate, hourly, time);
}

const char *
rate_line_words(struct arena *arena, const struct rates *rates,
    const struct rate_working *working, size_t line)
{
	const struct rate_line *row = &working->line[line];

	switch (row->kind) {
	case LINE_RATE:
		return line_rate_words(arena, rates, working, row);
	case LINE_PREMIUM:
		return line_premium_words(arena, rates, working, row);
	case LINE_ABSENCE:
		return arena_printf(arena,
		    "Away: %" PRId32 "%% of the price is paid", row->percent);
	case LINE_CARERS:
		return arena_printf(arena, "%" PRId32 " more care worker%s",
		    working->price.carers - 1,
		    working->price.carers == 2 ? "" : "s");
	}
	return "";
}

static const char *
name_or(const struct rate_names *names, int index, const char *none)
{
	return index < 0 ? none : names->name[index];
}

/* "Rate for Fenland, rural": what the row names. */
static const char *
row_words(struct arena *arena, const struct rate_card *card, int index)
{
	const struct rate_row *row = &card->row[index];
	const char *item[3];
	size_t count = 0;

	if (row->area != RATE_ANY)
		item[count++] = name_or(&card->areas, row->area, "");
	if (row->rurality != RATE_ANY)
		item[count++] = rate_rurality_name(
		    (enum rate_rurality)row->rurality);
	if (row->need != RATE_ANY)
		item[count++] = name_or(&card->needs, row->need, "");
	if (count == 0)
		return "Rate for everything else";
	return arena_printf(
	    arena, "Rate for %s", words_list(arena, item, count));
}

const char *
rate_verdict_words(struct arena *arena, const struct rates *rates,
    const struct rate_visit *visit, const struct rate_price *price)
{
	const struct rate_card *card = rates->card;
	const char *rate = words_money(arena, price->hourly_pence);
	const char *ceiling = words_money(arena, card->ceiling_pence);

	switch (price->verdict) {
	case RATE_FINE:
		if (visit->offer == NULL)
			return price->row == RATE_NONE
			           ? "Rate of the card"
			           : row_words(arena, card, price->row);
		if (!visit->offer->is_individual)
			return "Rate offered by the provider";
		if (card->ceiling_pence == 0 ||
		    price->hourly_pence <= card->ceiling_pence)
			return "Costed individually";
		return arena_printf(arena,
		    "Costed individually above the ceiling of %s, approved by "
		    "%s",
		    ceiling, visit->offer->approved_by);
	case RATE_NO_ROW:
		return arena_printf(arena, "No rate for %s, %s, %s",
		    name_or(&card->areas, visit->area, "no area"),
		    visit->rurality < 0
			? "no rurality"
			: rate_rurality_name(
			      (enum rate_rurality)visit->rurality),
		    name_or(&card->needs, visit->need, "no need"));
	case RATE_BELOW_FLOOR:
		return arena_printf(arena, "%s is below the floor of %s", rate,
		    words_money(arena, card->floor_pence));
	case RATE_ABOVE_CEILING:
		return arena_printf(
		    arena, "%s is above the ceiling of %s", rate, ceiling);
	case RATE_NOT_APPROVED:
		return arena_printf(arena,
		    "%s is above the ceiling of %s and nobody has approved it",
		    rate, ceiling);
	case RATE_OUT_OF_RANGE:
		return "A figure of the visit is out of range";
	}
	return "";
}
