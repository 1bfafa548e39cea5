/* A rate card in plain words. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/money.h"
#include "base/request.h"
#include "matching/mix.h"
#include "matching/words.h"
#include "rates/card_write.h"
#include "rates/views.h"

enum { MINUTE_SECONDS = 60, HOUR_MINUTES = 60, WEEK_DAYS = 7, MOST_PARTS = 8 };

/* "12.5" */
static const char *
percent_text(struct request *r, int32_t hundredths)
{
	return hundredths % 100 == 0
	           ? arena_printf(r->arena, "%" PRId32, hundredths / 100)
	           : words_hundredths(r->arena, hundredths);
}

static const char *
name_of(const struct rate_names *names, int index, const char *any)
{
	return index == RATE_ANY ? any : names->name[index];
}

static const char *
hourly_text(struct request *r, const struct rate_card *card)
{
	if (card->base.hourly_pence != 0 && card->row_count != 0)
		return arena_printf(r->arena,
		    "%s an hour where no other rate is listed below.",
		    money(r, card->base.hourly_pence));
	if (card->base.hourly_pence != 0)
		return arena_printf(r->arena, "%s an hour everywhere.",
		    money(r, card->base.hourly_pence));
	if (card->row_count != 0)
		return "By area, rurality and need, as listed below.";
	return "Each provider names its own rate.";
}

static struct rate_band_line_list
band_lines(struct request *r, const struct rate_card *card)
{
	const struct price_card *base = &card->base;
	struct rate_band_line *line = arena_array(
	    r->arena, base->band_count, sizeof(*line));

	for (size_t i = 0; i < base->band_count; i++)
		line[i] = (struct rate_band_line) {
			arena_printf(r->arena, "Up to %s",
			    rate_length(r->arena, base->band[i].up_to_seconds)),
			arena_printf(
			    r->arena, "%" PRId32 "%%", base->band[i].percent),
			base->hourly_pence == 0
			    ? ""
			    : money(r, price_visit(
					   base, base->band[i].up_to_seconds)),
		};
	return (struct rate_band_line_list) { line, base->band_count };
}

static struct rate_length_line_list
length_lines(struct request *r, const struct rate_card *card)
{
	static const int32_t minutes[] = { 15, 20, 30, 45, 60, 90 };
	enum { COUNT = sizeof(minutes) / sizeof(minutes[0]) };
	struct rate_length_line *line = arena_array(
	    r->arena, COUNT, sizeof(*line));

	if (card->base.hourly_pence == 0)
		return (struct rate_length_line_list) { NULL, 0 };
	for (size_t i = 0; i < COUNT; i++) {
		struct price_early early = price_early(r->arena, &card->base,
		    (int64_t)minutes[i] * MINUTE_SECONDS);

		line[i] = (struct rate_length_line) {
			words_hours(r->arena, minutes[i]),
			money(r, early.pence),
			money(r, early.hourly_pence),
			early.pays ? early.text : "No",
		};
	}
	return (struct rate_length_line_list) { line, COUNT };
}

static struct rate_row_line_list
row_lines(struct request *r, const struct rate_card *card)
{
	struct rate_row_line *line = arena_array(
	    r->arena, card->row_count, sizeof(*line));

	for (size_t i = 0; i < card->row_count; i++) {
		const struct rate_row *row = &card->row[i];

		line[i] = (struct rate_row_line) {
			name_of(&card->areas, row->area, "All areas"),
			row->rurality == RATE_ANY
			    ? "All"
			    : rate_rurality_name(
				  (enum rate_rurality)row->rurality),
			name_of(&card->needs, row->need, "All needs"),
			money(r, row->hourly_pence),
		};
	}
	return (struct rate_row_line_list) { line, card->row_count };
}

static const char *
days_text(struct request *r, uint32_t days)
{
	static const char *const names[WEEK_DAYS] = { "Mondays", "Tuesdays",
		"Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays" };
	const char *item[WEEK_DAYS];
	size_t count = 0;

	for (size_t i = 0; i < WEEK_DAYS; i++)
		if ((days & 1u << i) != 0)
			item[count++] = names[i];
	return words_list(r->arena, item, count);
}

static const char *
clock_text(struct request *r, int32_t minutes)
{
	return arena_printf(r->arena, "%02" PRId32 ":%02" PRId32,
	    minutes / HOUR_MINUTES, minutes % HOUR_MINUTES);
}

/* When and for whom a premium is paid: "on Sundays", "from 22:00 to 07:00". */
static const char *
premium_when(struct request *r, const struct rate_card *card,
    const struct rate_premium *premium)
{
	const char *part[MOST_PARTS];
	size_t count = 0;

	if (premium->need != RATE_ANY)
		part[count++] = card->needs.name[premium->need];
	if (premium->age_group != RATE_ANY)
		part[count++] = card->age_groups.name[premium->age_group];
	if (premium->outcome != RATE_ANY)
		part[count++] = card->outcomes.name[premium->outcome];
	if (premium->days != 0)
		part[count++] = days_text(r, premium->days);
	if (premium->holiday == HOLIDAY_ONLY)
		part[count++] = "bank holidays";
	if (premium->holiday == HOLIDAY_NEVER)
		part[count++] = "not on bank holidays";
	if (premium->from_minutes != 0 || premium->to_minutes != 0)
		part[count++] = arena_printf(r->arena, "%s to %s",
		    clock_text(r, premium->from_minutes),
		    clock_text(r, premium->to_minutes));
	return count == 0 ? "always" : words_list(r->arena, part, count);
}

static const char *
premium_text(struct request *r, const struct rate_card *card,
    const struct rate_premium *premium)
{
	const char *share = arena_printf(
	    r->arena, "%s%% more", percent_text(r, premium->hundredths));
	const char *pounds = arena_printf(
	    r->arena, "%s an hour more", money(r, premium->hourly_pence));

	return arena_printf(r->arena, "%s: %s%s%s (%s)", premium->name,
	    premium->hundredths != 0 ? share : "",
	    premium->hundredths != 0 && premium->hourly_pence != 0 ? " and "
								   : "",
	    premium->hourly_pence != 0 ? pounds : "",
	    premium_when(r, card, premium));
}

static struct text_list
premium_texts(struct request *r, const struct rate_card *card)
{
	const char **text = arena_array(
	    r->arena, card->premium_count + 1, sizeof(*text));
	size_t count = 0;

	for (; count < card->premium_count; count++)
		text[count] = premium_text(r, card, &card->premium[count]);
	if (count > 1)
		text[count++] =
		    card->stacking == STACK_ADD
			? "Where several hold at once, all of them are paid."
			: "Where several hold at once, the one that pays most "
			  "is paid.";
	return (struct text_list) { text, count };
}

static struct text_list
limit_texts(struct request *r, const struct rate_card *card)
{
	const char **text = arena_array(r->arena, 3, sizeof(*text));
	size_t count = 0;

	if (card->floor_pence != 0)
		text[count++] = arena_printf(r->arena,
		    "A provider’s own rate is at least %s an hour.",
		    money(r, card->floor_pence));
	if (card->ceiling_pence != 0)
		text[count++] = arena_printf(r->arena,
		    "It is at most %s an hour; care that is costed "
		    "individually may be above that when somebody approves it "
		    "by name.",
		    money(r, card->ceiling_pence));
	if (card->ends_on != 0)
		text[count++] = arena_printf(r->arena, "The card ends on %s.",
		    day(r, card->ends_on + DATE_1970));
	return (struct text_list) { text, count };
}

static struct text_list
absence_texts(struct request *r, const struct rate_card *card)
{
	const char **text = arena_array(
	    r->arena, card->absence_count, sizeof(*text));

	for (size_t i = 0; i < card->absence_count; i++) {
		const struct rate_absence *rule = &card->absence[i];
		bool is_next = i > 0 &&
		               card->absence[i - 1].reason == rule->reason;

		text[i] = arena_printf(r->arena,
		    "Away, %s: %" PRId32 "%% of the planned price is paid for "
		    "the %s %" PRId32 " %s.",
		    card->absences.name[rule->reason], rule->percent,
		    is_next ? "next" : "first", rule->days,
		    rule->days == 1 ? "day" : "days");
	}
	return (struct text_list) { text, card->absence_count };
}

static const char *
block_text(struct request *r, const struct block *block)
{
	if (block->weekly_seconds == 0)
		return NULL;
	return arena_printf(r->arena,
	    "%s a week at %s an hour are paid whether they are used or not, "
	    "and used first.",
	    words_hours(r->arena, block->weekly_seconds / MINUTE_SECONDS),
	    money(r, block->hourly_pence));
}

struct rate_sheet
rate_sheet_of(struct request *r, const struct rate_view *view)
{
	const struct rate_card *card = rate_view_card(view);

	return (struct rate_sheet) {
		.hourly = hourly_text(r, card),
		.bands = band_lines(r, card),
		.lengths = length_lines(r, card),
		.rows = row_lines(r, card),
		.premiums = premium_texts(r, card),
		.limits = limit_texts(r, card),
		.absences = absence_texts(r, card),
		.block = block_text(r, view->document->block),
	};
}
