/* Words and figures for templates. */
#include "offers/views.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/money.h"
#include "base/request.h"
#include "offers/match.h"
#include "offers/replies.h"
#include "policies/policies.h"

enum { EVERY_DAY = 127 };

struct word {
	const char *code;
	const char *label;
	const char *colour;
};

static const struct word standings[] = {
	{ "sent", "Reply needed", "blue" },
	{ "no_reply", "No reply", "grey" },
	{ "declined", "Declined", "grey" },
	{ "accepted", "Accepted, not decided yet", "yellow" },
	{ "proposed", "Later start, being considered", "yellow" },
	{ "chosen", "Chosen", "green" },
	{ "not_selected", "Not selected", "grey" },
	{ "withdrawn_by_provider", "Acceptance withdrawn", "orange" },
	{ "withdrawn", "Withdrawn by the council", "grey" },
	{ "taken", "Went to another provider", "grey" },
	{ NULL, NULL, NULL },
};

static const struct word outcomes[] = {
	{ "placed", "Placed", "green" },
	{ "nobody", "Nobody could take it", "orange" },
	{ "broker", "No reply, the next asked", "orange" },
	{ "withdrawn", "Withdrawn", "grey" },
	{ NULL, NULL, NULL },
};

static const struct word waves[] = {
	{ "chosen", "The provider that the person has chosen, alone", NULL },
	{ "single", "The only provider available", NULL },
	{ "all", "All eligible providers at once", NULL },
	{ "best", "The first in the order, at once", NULL },
	{ "one", "One provider at a time, in order", NULL },
	{ "tier", "All of the first tier that is left", NULL },
	{ NULL, NULL, NULL },
};

static const struct word need_kinds[] = {
	{ "specialism", "Specialism", NULL },
	{ "language", "Language", NULL },
	{ "culture", "Culture", NULL },
	{ "carer_gender", "Care worker", NULL },
	{ "two_carers", "Care workers", NULL },
	{ "medication_level", "Medicines", NULL },
	{ "moving_handling", "Moving and handling", NULL },
	{ NULL, NULL, NULL },
};

static const struct word *
word_find(const struct word *words, const char *code)
{
	static const struct word unknown = { "", "", "grey" };

	for (; words->code != NULL; words++)
		if (strcmp(words->code, code) == 0)
			return words;
	return &unknown;
}

const char *
standing_label(const char *standing)
{
	return word_find(standings, standing)->label;
}

const char *
standing_colour(const char *standing)
{
	return word_find(standings, standing)->colour;
}

const char *
outcome_label(const char *outcome, bool is_settled)
{
	return is_settled ? word_find(outcomes, outcome)->label : "Offers out";
}

const char *
outcome_colour(const char *outcome, bool is_settled)
{
	return is_settled ? word_find(outcomes, outcome)->colour : "blue";
}

const char *
wave_label(const char *wave)
{
	return word_find(waves, wave)->label;
}

const char *
need_kind_label(const char *kind)
{
	return word_find(need_kinds, kind)->label;
}

const char *
answer_standing(const struct round_answer *answer)
{
	return *answer->result != '\0' ? answer->result : answer->state;
}

const char *
urgency_text(const char *urgency)
{
	return strcmp(urgency, "rapid") == 0 ? "Rapid" : "Standard";
}

static const char *
chosen_text(struct request *r, const struct offer_page *offer)
{
	if (strcmp(offer->placement_state, "ended") == 0)
		return "You were chosen. This placement has ended.";
	return arena_printf(r->arena,
	    "You are chosen. Care starts on %s. The person's name, address "
	    "and contacts are on the placement page.",
	    at(r, offer->placement_starts_at));
}

const char *
standing_text(struct request *r, const struct offer_page *offer)
{
	const char *standing = offer->standing;

	if (strcmp(standing, "sent") == 0)
		return arena_printf(r->arena, "Reply by %s. Time left: %s.",
		    at(r, offer->reply_by), time_left(r, offer->reply_by));
	if (strcmp(standing, "no_reply") == 0)
		return arena_printf(r->arena, "The time to reply ended on %s.",
		    at(r, offer->reply_by));
	if (strcmp(standing, "accepted") == 0)
		return "You have accepted. The council decides when the "
		       "reply time has passed or nobody else could come "
		       "before you. We will email you.";
	if (strcmp(standing, "proposed") == 0)
		return "You offered a later start than wanted. The council "
		       "agrees to it or refuses it. We will email you.";
	if (strcmp(standing, "chosen") == 0)
		return chosen_text(r, offer);
	if (strcmp(standing, "not_selected") == 0)
		return "Thank you for accepting. You were not selected this "
		       "time.";
	if (strcmp(standing, "withdrawn_by_provider") == 0)
		return "You withdrew your acceptance.";
	if (strcmp(standing, "declined") == 0)
		return "You declined this offer.";
	if (strcmp(standing, "taken") == 0)
		return "Another provider was chosen, so this offer was "
		       "withdrawn.";
	return "The council withdrew this offer.";
}

static const char *
days_text(struct request *r, int32_t days)
{
	static const char *const names[] = { "Monday", "Tuesday", "Wednesday",
		"Thursday", "Friday", "Saturday", "Sunday" };
	const char *text = "";
	int left = __builtin_popcount((unsigned)days);

	if (left == 7)
		return "Every day";
	for (int i = 0; i < 7; i++) {
		if (!(days & (1 << i)))
			continue;
		left--;
		text = arena_printf(r->arena, "%s%s%s", text, names[i],
		    left == 0   ? ""
		    : left == 1 ? " and "
				: ", ");
	}
	return text;
}

static const char *
when_text(struct request *r, const struct week_line *line)
{
	if (strcmp(line->kind, "days") == 0)
		return days_text(r, line->days);
	if (strcmp(line->kind, "flexible") == 0)
		return "Over the week";
	if (line->times == 1)
		return "Once a week";
	return arena_printf(r->arena, "%" PRId32 " times a week", line->times);
}

/* "midday" begins a cell with a capital. */
static const char *
text_capital(struct request *r, const char *text)
{
	char *copy = arena_strdup(r->arena, text);

	if (copy[0] >= 'a' && copy[0] <= 'z')
		copy[0] = (char)(copy[0] - 'a' + 'A');
	return copy;
}

static const char *
times_text(struct request *r, const struct week_line *line)
{
	if (!line->has_start_from_minute)
		return "";
	if (!line->has_start_until_minute ||
	    line->start_until_minute == line->start_from_minute)
		return arena_printf(
		    r->arena, "At %s", time_of_day(r, line->start_from_minute));
	return arena_printf(r->arena, "%s to %s",
	    text_capital(r, time_of_day(r, line->start_from_minute)),
	    time_of_day(r, line->start_until_minute));
}

/* "7 visits × £17.54 (80% of £21.92 an hour)" */
static const char *
working_text(struct request *r, const struct price_line *line, int64_t hourly)
{
	const char *share = line->band == PRICE_PRO_RATA
	                        ? "by the minute at"
	                        : arena_printf(r->arena, "%" PRId32 "%% of",
				      line->percent);
	const char *carers = line->carers == 1
	                         ? ""
	                         : arena_printf(r->arena,
				       " × %" PRId32 " care workers",
				       line->carers);

	return arena_printf(r->arena, "%" PRId32 " %s%s × %s (%s %s an hour%s)",
	    line->visits, line->visits == 1 ? "visit" : "visits", carers,
	    money(r, line->each_pence), share, money(r, hourly),
	    line->working.count > 1 ? " and premiums" : "");
}

/* Days of a line that has a part of its visits only: "Saturday and Sunday". */
static const char *
part_text(struct request *r, const struct week_line *line, uint32_t days)
{
	bool is_any = strcmp(line->kind, "times") == 0;
	struct week_line part = { .kind = "days", .days = (int32_t)days };

	if (strcmp(line->kind, "days") == 0 && (int32_t)days == line->days)
		return "";
	if (is_any && days == EVERY_DAY)
		return "As on every day: ";
	return arena_printf(
	    r->arena, "%s%s: ", is_any ? "As on " : "", when_text(r, &part));
}

/* Adds what a line of the priced week says to its row. */
static void
row_price(struct request *r, struct week_row *row, const struct week_line *line,
    const struct price_week *priced, const struct price_line *price,
    bool has_times)
{
	struct text_list premiums = week_line_premiums(r->arena, priced, price);
	const char **text = arena_array(
	    r->arena, row->working.count + premiums.count + 1, sizeof(*text));
	size_t count = 0;

	for (; count < row->working.count; count++)
		text[count] = row->working.row[count];
	text[count++] =
	    strcmp(line->kind, "flexible") == 0
		? arena_printf(r->arena, "%s by the minute at %s an hour%s",
		      row->length, money(r, priced->hourly_pence),
		      premiums.count > 0 ? " and premiums" : "")
		: arena_printf(r->arena, "%s%s",
		      has_times ? part_text(r, line, price->days) : "",
		      working_text(r, price, priced->hourly_pence));
	for (size_t i = 0; i < premiums.count; i++)
		text[count++] = premiums.row[i];
	row->working = (struct text_list) { text, count };
	row->total_pence += price->total_pence;
}

struct week_row_list
week_rows(struct request *r, const struct week_card *card, int64_t hourly_pence,
    struct week_line_list week)
{
	struct week_row *row = arena_array(r->arena, week.count, sizeof(*row));
	struct price_week priced;

	for (size_t i = 0; i < week.count; i++)
		row[i] = (struct week_row) {
			.when = when_text(r, &week.row[i]),
			.times = times_text(r, &week.row[i]),
			.length = minutes_text(r, week.row[i].minutes),
			.carers = week.row[i].carers,
			.purpose = week.row[i].purpose,
			.is_critical = week.row[i].is_critical,
		};
	if (hourly_pence == 0)
		return (struct week_row_list) { row, week.count };
	priced = week_price(r->arena, card, hourly_pence, week);
	for (size_t i = 0; i < priced.count && priced.is_priced; i++) {
		size_t line = priced.line[i].visit;

		row_price(r, &row[line], &week.row[line], &priced,
		    &priced.line[i], card->has_times);
	}
	return (struct week_row_list) { row, week.count };
}

static int64_t
week_at(struct request *r, const struct week_card *card,
    struct week_line_list week, int64_t rate_pence)
{
	return rate_pence == 0
	           ? 0
	           : week_price(r->arena, card, rate_pence, week).total_pence;
}

/* What the week costs, and how. */
static void
offer_view_price(
    struct request *r, struct offer_view *view, const struct policy *policy)
{
	const struct offer_page *offer = view->offer;
	const struct offer_terms *terms = offer_terms(
	    r->db, offer->council_id, offer->id);
	const struct week_card *card;
	struct week_line_list week = week_line_list_of_version(r->db,
	    offer->council_id, offer->package_id, offer->package_version);

	if (terms == NULL)
		return;
	card = offer_week_card(r->db, r->arena, terms);
	policy = policy_at_rate(r->arena, policy, offer->individual_pence);
	view->is_rate_asked = policy->price == PRICE_OFFERED;
	view->floor_pence = policy->floor_pence;
	view->ceiling_pence = policy->ceiling_pence;
	view->is_individual = offer->has_individual_pence;
	view->rate_pence = view->is_rate_asked ? offer->offered_rate_pence
	                                       : offer->rate_pence;
	view->week = week_rows(r, card, view->rate_pence, week);
	view->week_pence = week_at(r, card, week, view->rate_pence);
	view->floor_week_pence = week_at(r, card, week, view->floor_pence);
	view->ceiling_week_pence = week_at(r, card, week, view->ceiling_pence);
	view->notes = week_notes(r->arena, card, week);
	if (view->rate_pence != 0)
		view->holiday_week_pence = week_holiday_pence(
		    r->arena, card, view->rate_pence, week);
}

struct offer_view *
offer_view_load(struct request *r, const struct offer_page *offer)
{
	struct offer_view *view = arena_alloc(r->arena, sizeof(*view));
	const struct policy *policy = match_policy(
	    r->db, r->arena, offer->policy_document);

	view->offer = offer;
	view->lead = arena_printf(r->arena, "/offers/%s", offer->reference);
	view->needs = offer_need_list_of_version(r->db, offer->council_id,
	    offer->package_id, offer->package_version);
	view->outcomes = offer_outcome_list_of_version(r->db, offer->council_id,
	    offer->package_id, offer->package_version);
	if (policy == NULL)
		return view;
	view->is_best = policy->winner == WINNER_BEST;
	view->rules = policy_words(r->arena, policy);
	view->is_introduction_asked = policy->is_introduced_before_start;
	offer_view_price(r, view, policy);
	return view;
}

const char *
rate_hint(struct request *r, const struct offer_view *view)
{
	if (view->floor_pence != 0 && view->ceiling_pence != 0)
		return arena_printf(r->arena,
		    "From %s to %s. The week then costs from %s to %s.",
		    money(r, view->floor_pence), money(r, view->ceiling_pence),
		    money(r, view->floor_week_pence),
		    money(r, view->ceiling_week_pence));
	if (view->ceiling_pence != 0)
		return arena_printf(
		    r->arena, "At most %s.", money(r, view->ceiling_pence));
	if (view->floor_pence != 0)
		return arena_printf(
		    r->arena, "At least %s.", money(r, view->floor_pence));
	return "What you charge for one hour.";
}
