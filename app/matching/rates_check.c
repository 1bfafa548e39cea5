/*
 * What can be wrong with rate cards, told all at once.
 */
#include <inttypes.h>
#include <stdarg.h>

#include "base/arena.h"
#include "matching/days.h"
#include "matching/rates_ready.h"
#include "matching/words.h"

enum {
	FAULTS = 64,
	HUNDREDTHS_MOST = 100000, /* a premium of 1,000 per cent */
	DAY_MINUTES = 1440,
	ABSENCE_DAYS = 3650,
	HUNDRED = 100,
};

struct checking {
	struct arena *arena;
	const struct rate_card *card;
	size_t index;
	const char **fault;
	size_t fault_count;
};

static void fault(struct checking *checking, const char *list, size_t index,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* `list` NULL is the card itself. */
static void
fault(struct checking *checking, const char *list, size_t index,
    const char *format, ...)
{
	struct arena *arena = checking->arena;
	const char *text, *place = "";
	va_list args;

	if (checking->fault_count == FAULTS)
		return;
	va_start(args, format);
	text = arena_vprintf(arena, format, args);
	va_end(args);
	if (list != NULL)
		place = arena_printf(arena, ".%s[%zu]", list, index);
	checking->fault[checking->fault_count++] = arena_printf(
	    arena, "cards[%zu]%s: %s", checking->index, place, text);
}

static void
check_names(struct checking *checking, const char *list,
    const struct rate_names *names, size_t most)
{
	if (names->count > most)
		fault(checking, NULL, 0, "there are %zu %s; %zu are the most",
		    names->count, list, most);
}

static bool
is_index(int index, size_t count)
{
	return index >= RATE_ANY && index < (int)count;
}

/* The most that a rate comes to when every premium holds. */
static bool
is_payable(const struct rate_card *card, int64_t hourly_pence)
{
	int64_t units = hourly_pence * RATE_WHOLE;

	for (size_t i = 0; i < card->premium_count; i++)
		units += hourly_pence * card->premium[i].hundredths +
		         card->premium[i].hourly_pence * RATE_WHOLE;
	return units <= (int64_t)RATE_HOURLY_PENCE * RATE_WHOLE;
}

static void
check_rate(struct checking *checking, const char *list, size_t index,
    int64_t hourly_pence)
{
	const struct rate_card *card = checking->card;
	struct arena *arena = checking->arena;

	if (hourly_pence < 1 || hourly_pence > RATE_HOURLY_PENCE)
		fault(checking, list, index,
		    "the hourly rate must be between £0.01 and %s",
		    words_money(arena, RATE_HOURLY_PENCE));
	else if (!is_payable(card, hourly_pence))
		fault(checking, list, index,
		    "%s an hour with every premium is more than %s",
		    words_money(arena, hourly_pence),
		    words_money(arena, RATE_HOURLY_PENCE));
	else if ((card->floor_pence != 0 && hourly_pence < card->floor_pence) ||
		 (card->ceiling_pence != 0 &&
		     hourly_pence > card->ceiling_pence))
		fault(checking, list, index,
		    "%s an hour is outside floor and ceiling",
		    words_money(arena, hourly_pence));
}

static void
check_rows(struct checking *checking)
{
	const struct rate_card *card = checking->card;

	if (card->row_count > RATE_ROWS)
		fault(checking, NULL, 0, "there are %zu rates; %d are the most",
		    card->row_count, RATE_ROWS);
	for (size_t i = 0; i < card->row_count && i < RATE_ROWS; i++) {
		const struct rate_row *row = &card->row[i];

		check_rate(checking, "rates", i, row->hourly_pence);
		if (!is_index(row->area, card->areas.count) ||
		    !is_index(row->rurality, RURALITY_COUNT) ||
		    !is_index(row->need, card->needs.count))
			fault(checking, "rates", i,
			    "the area, rurality or need is not on the card");
		for (size_t j = 0; j < i; j++)
			if (card->row[j].area == row->area &&
			    card->row[j].rurality == row->rurality &&
			    card->row[j].need == row->need)
				fault(checking, "rates", i,
				    "is for the same as rates[%zu]", j);
	}
}

static void
check_premium(struct checking *checking, size_t index)
{
	const struct rate_card *card = checking->card;
	const struct rate_premium *premium = &card->premium[index];
	static const char list[] = "premiums";

	if (premium->hundredths < 0 || premium->hundredths > HUNDREDTHS_MOST)
		fault(checking, list, index,
		    "must pay between 0 and %d per cent",
		    HUNDREDTHS_MOST / HUNDRED);
	if (premium->hourly_pence < 0 ||
	    premium->hourly_pence > RATE_HOURLY_PENCE)
		fault(checking, list, index,
		    "must pay between nothing and %s an hour",
		    words_money(checking->arena, RATE_HOURLY_PENCE));
	if (premium->hundredths == 0 && premium->hourly_pence == 0)
		fault(checking, list, index, "pays nothing");
	if (!is_index(premium->need, card->needs.count) ||
	    !is_index(premium->age_group, card->age_groups.count) ||
	    !is_index(premium->outcome, card->outcomes.count))
		fault(checking, list, index,
		    "the need, age group or outcome is not on the card");
	if (premium->days >> RATE_WEEK_DAYS != 0)
		fault(checking, list, index, "a week has seven days");
	if (premium->from_minutes < 0 || premium->from_minutes >= DAY_MINUTES ||
	    premium->to_minutes < 0 || premium->to_minutes > DAY_MINUTES)
		fault(checking, list, index,
		    "the times must be between 00:00 and 24:00");
}

static void
check_premiums(struct checking *checking)
{
	const struct rate_card *card = checking->card;

	if (card->premium_count > RATE_PREMIUMS) {
		fault(checking, NULL, 0,
		    "there are %zu premiums; %d are the most",
		    card->premium_count, RATE_PREMIUMS);
		return;
	}
	for (size_t i = 0; i < card->premium_count; i++)
		check_premium(checking, i);
}

static void
check_absences(struct checking *checking)
{
	const struct rate_card *card = checking->card;
	static const char list[] = "absence_rules";

	if (card->absence_count > RATE_ABSENCE_RULES)
		fault(checking, NULL, 0,
		    "there are %zu absence rules; %d are the most",
		    card->absence_count, RATE_ABSENCE_RULES);
	for (size_t i = 0; i < card->absence_count && i < RATE_ABSENCE_RULES;
	     i++) {
		const struct rate_absence *rule = &card->absence[i];

		if (rule->reason < 0 ||
		    rule->reason >= (int)card->absences.count)
			fault(
			    checking, list, i, "the reason is not on the card");
		if (rule->days < 1 || rule->days > ABSENCE_DAYS)
			fault(checking, list, i, "must hold for 1 to %d days",
			    ABSENCE_DAYS);
		if (rule->percent < 0 || rule->percent > HUNDRED)
			fault(checking, list, i,
			    "must pay between 0 and 100 per cent");
	}
}

static void
check_base(struct checking *checking)
{
	const struct rate_card *card = checking->card;
	struct price_card base = card->base;
	const char *problem;

	if (base.hourly_pence != 0)
		check_rate(checking, NULL, 0, base.hourly_pence);
	else if (card->row_count == 0 && card->floor_pence == 0 &&
		 card->ceiling_pence == 0)
		fault(checking, NULL, 0,
		    "has no hourly rate, and no floor or ceiling for one");
	base.hourly_pence = 1;
	problem = price_card_check(checking->arena, &base);
	if (problem != NULL)
		fault(checking, NULL, 0, "%s", problem);
	if (card->floor_pence < 0 || card->ceiling_pence < 0 ||
	    card->floor_pence > RATE_HOURLY_PENCE ||
	    card->ceiling_pence > RATE_HOURLY_PENCE)
		fault(checking, NULL, 0,
		    "floor and ceiling must be between £0.01 and %s",
		    words_money(checking->arena, RATE_HOURLY_PENCE));
	if (card->ceiling_pence != 0 && card->floor_pence > card->ceiling_pence)
		fault(checking, NULL, 0, "the floor is above the ceiling");
	/* A longer band would break the bound that keeps products small. */
	if (base.band_count != 0 && base.band_count <= PRICE_BANDS &&
	    base.band[base.band_count - 1].up_to_seconds > RATE_VISIT_SECONDS)
		fault(checking, NULL, 0, "a band ends after 24 hours");
}

static void
check_dates(
    struct checking *checking, const struct rate_card *cards, size_t index)
{
	const struct rate_card *card = &cards[index];

	if (card->starts_on < RATE_FIRST_DAY || card->starts_on > RATE_LAST_DAY)
		fault(checking, NULL, 0, "begins on no day of the calendar");
	if (card->ends_on != 0 && card->ends_on < card->starts_on)
		fault(checking, NULL, 0, "ends before it begins");
	for (size_t i = 0; i < index; i++)
		if (cards[i].starts_on == card->starts_on)
			fault(checking, NULL, 0,
			    "begins on the same day as cards[%zu]", i);
}

struct rate_faults
rate_cards_check(
    struct arena *arena, const struct rate_card *cards, size_t count)
{
	struct checking checking = { .arena = arena };

	checking.fault = arena_array(arena, FAULTS, sizeof(*checking.fault));
	for (size_t i = 0; i < count; i++) {
		const struct rate_card *card = &cards[i];

		checking.card = card;
		checking.index = i;
		check_names(&checking, "areas", &card->areas, RATE_AREAS);
		check_names(&checking, "needs", &card->needs, RATE_NEEDS);
		check_names(&checking, "age groups", &card->age_groups,
		    RATE_AGE_GROUPS);
		check_names(
		    &checking, "outcomes", &card->outcomes, RATE_OUTCOMES);
		check_names(
		    &checking, "absences", &card->absences, RATE_ABSENCES);
		check_dates(&checking, cards, i);
		check_base(&checking);
		check_rows(&checking);
		check_premiums(&checking);
		check_absences(&checking);
	}
	return (struct rate_faults) { checking.fault, checking.fault_count };
}
