/* Cards made ready for the week of a package. */
#include "rates/package_week.h"

#include <strings.h>

#include "base/arena.h"
#include "base/db.h"
#include "matching/words.h"
#include "rates/rate_documents.h"

enum { MOST_NOTES = 8 };

static bool
names_have(struct text_list names, const char *name)
{
	for (size_t i = 0; i < names.count; i++)
		if (strcasecmp(names.row[i], name) == 0)
			return true;
	return false;
}

static struct week_person
person_of(const struct rate_card *card, const struct week_terms *terms)
{
	struct week_person person = { .age_group = RATE_NONE };

	for (size_t i = 0; i < card->needs.count; i++)
		if (names_have(terms->needs, card->needs.name[i]))
			person.needs |= UINT64_C(1) << i;
	for (size_t i = 0; i < card->age_groups.count; i++)
		if (strcasecmp(card->age_groups.name[i], terms->age) == 0)
			person.age_group = (int)i;
	return person;
}

/* Whether a premium could be paid in a week of this person. */
static bool
is_for(const struct rate_premium *premium, const struct week_person *person)
{
	return premium->outcome == RATE_ANY &&
	       (premium->need == RATE_ANY ||
		   (person->needs >> premium->need & 1) != 0) &&
	       (premium->age_group == RATE_ANY ||
		   premium->age_group == person->age_group);
}

static void
premiums_note(struct week_card *week)
{
	const struct rate_card *card = week->card;

	for (size_t i = 0; i < card->premium_count; i++) {
		const struct rate_premium *premium = &card->premium[i];
		bool has_time = premium->days != 0 ||
		                premium->from_minutes != 0 ||
		                premium->to_minutes != 0;

		if (premium->outcome != RATE_ANY)
			week->has_outcomes = true;
		if (!is_for(premium, &week->person))
			continue;
		week->has_premiums = true;
		week->has_times = week->has_times || has_time;
		week->has_holidays = week->has_holidays ||
		                     premium->holiday != HOLIDAY_ANY;
	}
}

/* The rates and limits of a card are not asked again. */
static struct week_card *
week_card_of(struct arena *arena, const struct rate_card *from)
{
	struct rate_card *card = arena_alloc(arena, sizeof(*card));
	struct week_card *week = arena_alloc(arena, sizeof(*week));

	*card = *from;
	card->row = NULL;
	card->row_count = 0;
	card->floor_pence = card->ceiling_pence = 0;
	week->card = card;
	week->person.age_group = RATE_NONE;
	return week;
}

const struct week_card *
week_card_plain(struct arena *arena, const struct price_card *bands)
{
	return week_card_of(arena, &(struct rate_card) { .base = *bands });
}

const struct week_card *
week_card_load(
    struct db *db, struct arena *arena, const struct week_terms *terms)
{
	struct rate_card card = {
		.base = price_card_of(0, terms->band_seconds.row,
		    terms->band_percents.row, terms->band_seconds.count),
	};
	bool has_document = terms->document != NULL && *terms->document != '\0';
	struct rate_document document = { .card_count = 0 };
	struct rate_faults faults = { .count = 0 };
	struct week_card *week;

	if (has_document)
		faults = rate_document_read(arena, terms->document, &document);
	if (faults.count != 0)
		db_fail(db, DB_BROKEN,
		    arena_printf(arena, "a rate card kept here is faulty: %s",
			faults.text[0]));
	else if (has_document)
		card = document.card[0];
	/* A whole rate has nothing on top of it. 004 L106 */
	if (terms->is_individual)
		card.premium_count = 0;
	week = week_card_of(arena, &card);
	week->is_individual = terms->is_individual;
	if (has_document)
		week->person = person_of(week->card, terms);
	premiums_note(week);
	return week;
}

static struct price_week
week_priced(struct arena *arena, const struct week_card *card,
    int64_t hourly_pence, const struct week_visit *visits, size_t count,
    size_t holidays)
{
	static const int32_t monday = WEEK_MONDAY;
	struct rate_card *priced = arena_alloc(arena, sizeof(*priced));

	*priced = *card->card;
	priced->base.hourly_pence = hourly_pence;
	return rates_week(arena,
	    rates_prepare(arena, priced, &monday, holidays), &card->person,
	    visits, count);
}

struct price_week
week_card_price(struct arena *arena, const struct week_card *card,
    int64_t hourly_pence, const struct week_visit *visits, size_t count)
{
	return week_priced(arena, card, hourly_pence, visits, count, 0);
}

struct price_week
week_card_holiday_price(struct arena *arena, const struct week_card *card,
    int64_t hourly_pence, const struct week_visit *visits, size_t count)
{
	return week_priced(arena, card, hourly_pence, visits, count, 1);
}

struct text_list
week_card_notes(struct arena *arena, const struct week_card *card,
    const struct week_visit *visits, size_t count)
{
	const char **note = arena_array(arena, MOST_NOTES, sizeof(*note));
	struct text_list notes = { note, 0 };
	bool has_window = false, has_no_time = false, has_no_days = false,
	     has_flexible = false;

	for (size_t i = 0; i < count; i++) {
		bool is_flexible = visits[i].kind == WEEK_FLEXIBLE;

		has_flexible = has_flexible || is_flexible;
		has_no_days = has_no_days || visits[i].kind == WEEK_TIMES;
		has_no_time = has_no_time ||
		              (!is_flexible && !visits[i].has_start);
		has_window = has_window || visits[i].has_start;
	}
	if (card->is_individual)
		note[notes.count++] =
		    "The rate was costed for this person and is the whole "
		    "rate: no premiums are added to it.";
	if (card->has_times && has_window)
		note[notes.count++] =
		    "Premiums are those of the earliest start of each visit.";
	if (card->has_times && has_no_time)
		note[notes.count++] =
		    "A visit without a time is priced as if it began at "
		    "midday.";
	if (card->has_times && has_no_days)
		note[notes.count++] =
		    "Visits on any days are priced as if they were on Monday "
		    "and on each day after it in turn.";
	if (card->has_times && has_flexible)
		note[notes.count++] =
		    "Flexible minutes are priced as on Monday at midday.";
	if (card->has_holidays)
		note[notes.count++] =
		    "A typical week has no bank holiday, so none is in this "
		    "price.";
	if (card->has_outcomes && !card->is_individual)
		note[notes.count++] =
		    "What the card pays for outcomes is paid when they are "
		    "reached, so it is not in this price.";
	return notes;
}

struct text_list
week_line_premiums(struct arena *arena, const struct price_week *week,
    const struct price_line *line)
{
	const struct rate_working *working = &line->working;
	const char **text = arena_array(arena, working->count, sizeof(*text));
	struct text_list list = { text, 0 };

	for (size_t i = 0; i < working->count; i++)
		if (working->line[i].kind == LINE_PREMIUM)
			text[list.count++] = arena_printf(arena, "%s: %s",
			    rate_line_words(arena, week->rates, working, i),
			    words_money(arena, working->line[i].pence));
	return list;
}
