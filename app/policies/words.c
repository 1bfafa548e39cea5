/* A policy in plain sentences, for the people it decides about. */
#include "policies/policies.h"

#include <inttypes.h>

#include "base/arena.h"
#include "matching/words.h"

enum { SENTENCES = 12, MINUTES_OF_HOUR = 60, SECONDS_OF_HOUR = 3600 };

struct sentences {
	struct arena *arena;
	const char **row;
	size_t count;
};

static void
say(struct sentences *sentences, const char *text)
{
	sentences->row[sentences->count++] = text;
}

/* "geographical area" of "Geographical area". */
static const char *
label_of(struct arena *arena, enum criterion criterion)
{
	char *label = arena_strdup(arena, policy_criterion_label(criterion));

	if (label[0] >= 'A' && label[0] <= 'Z')
		label[0] = (char)(label[0] - 'A' + 'a');
	return label;
}

static const char *
steps_text(struct arena *arena, const struct policy_step *steps, size_t count)
{
	const char **item = arena_array(arena, count, sizeof(*item));

	for (size_t i = 0; i < count; i++) {
		const char *label = label_of(arena, steps[i].criterion);

		if (steps[i].action == ACTION_MUST)
			item[i] = arena_printf(arena, "%s (required)", label);
		else if (steps[i].action == ACTION_WEIGH)
			item[i] = arena_printf(arena,
			    "%s (up to %" PRId32 " points)", label,
			    steps[i].points);
		else
			item[i] = label;
	}
	return words_list(arena, item, count);
}

static const char *
mode_text(struct arena *arena, const struct policy *policy)
{
	const char *whom = "all eligible providers at once";

	if (policy->mode == MODE_ONE)
		whom = "one eligible provider at a time, in order";
	else if (policy->mode == MODE_BEST)
		whom = arena_printf(arena,
		    "the first %" PRId32 " eligible providers at once, then "
		    "the next",
		    policy->best_count);
	if (!policy->chosen_alone_first)
		return arena_printf(arena, "Offers go to %s.", whom);
	return arena_printf(arena,
	    "Where the person has chosen a provider, it is asked alone "
	    "first. Otherwise, or when it declines or does not reply, offers "
	    "go to %s.",
	    whom);
}

static const char *
clock_text(struct arena *arena, int32_t minutes)
{
	return arena_printf(arena, "%02" PRId32 ":%02" PRId32,
	    minutes / MINUTES_OF_HOUR, minutes % MINUTES_OF_HOUR);
}

static const char *
days_text(struct arena *arena, uint32_t days)
{
	static const char *const names[] = { "Monday", "Tuesday", "Wednesday",
		"Thursday", "Friday", "Saturday", "Sunday" };
	const char *item[7];
	size_t count = 0;

	for (size_t i = 0; i < 7; i++)
		if (days & (1u << i))
			item[count++] = names[i];
	if (count == 7)
		return "seven days a week";
	return arena_printf(arena, "on %s", words_list(arena, item, count));
}

static const char *
winner_text(struct arena *arena, const struct policy *policy)
{
	if (policy->winner == WINNER_FIRST)
		return "The first acceptance that meets the wanted start "
		       "wins. A later start is a proposal, which the council "
		       "agrees to or refuses.";
	return arena_printf(arena,
	    "The best reply wins once the reply time has passed, or when "
	    "nobody who can still answer could come before it. Replies are "
	    "compared by %s, then by the longest time since the last award.",
	    steps_text(arena, policy->reply_step, policy->reply_step_count));
}

static const char *
price_text(struct arena *arena, const struct policy *policy)
{
	if (policy->price == PRICE_FIXED)
		return "The price is that of the rate card.";
	if (policy->floor_pence != 0 && policy->ceiling_pence != 0)
		return arena_printf(arena,
		    "Each reply names an hourly rate, from %s to %s.",
		    words_money(arena, policy->floor_pence),
		    words_money(arena, policy->ceiling_pence));
	if (policy->ceiling_pence != 0)
		return arena_printf(arena,
		    "Each reply names an hourly rate of at most %s.",
		    words_money(arena, policy->ceiling_pence));
	if (policy->floor_pence != 0)
		return arena_printf(arena,
		    "Each reply names an hourly rate of at least %s.",
		    words_money(arena, policy->floor_pence));
	return "Each reply names an hourly rate.";
}

static bool
uses_fit(const struct policy *policy)
{
	for (size_t i = 0; i < policy->step_count; i++)
		if (policy->step[i].criterion == CRITERION_FIT)
			return true;
	for (size_t i = 0; i < policy->reply_step_count; i++)
		if (policy->reply_step[i].criterion == CRITERION_FIT)
			return true;
	return false;
}

static const char *
fit_text(struct arena *arena, const struct fit_weights *fit)
{
	const struct {
		const char *label;
		int32_t weight;
	} feature[] = {
		{ "call times", fit->call_times },
		{ "specialisms", fit->specialisms },
		{ "closeness", fit->closeness },
		{ "continuity", fit->continuity },
		{ "quality score", fit->quality },
		{ "local office", fit->local },
	};
	const char *item[sizeof(feature) / sizeof(feature[0])];
	size_t count = 0;

	for (size_t i = 0; i < sizeof(feature) / sizeof(feature[0]); i++)
		if (feature[i].weight != 0)
			item[count++] = arena_printf(arena, "%s %" PRId32,
			    feature[i].label, feature[i].weight);
	return arena_printf(arena, "Fit is a score of 0 to 100 made of %s.",
	    words_list(arena, item, count));
}

struct text_list
policy_words(struct arena *arena, const struct policy *policy)
{
	struct sentences sentences = { .arena = arena };

	sentences.row = arena_array(arena, SENTENCES, sizeof(*sentences.row));
	say(&sentences,
	    arena_printf(arena,
		"Providers are put in order by %s, then by the longest time "
		"since the last award.",
		steps_text(arena, policy->step, policy->step_count)));
	if (uses_fit(policy))
		say(&sentences, fit_text(arena, &policy->fit));
	say(&sentences, mode_text(arena, policy));
	if (policy->single_needs_no_competition)
		say(&sentences,
		    "When only one provider is available, no competition is "
		    "needed.");
	say(&sentences,
	    arena_printf(arena,
		"A reply is due within %s, counted from %s to %s %s.",
		words_duration(arena, policy->reply_seconds),
		clock_text(arena, policy->referral_opens_minutes),
		clock_text(arena, policy->referral_closes_minutes),
		days_text(arena, policy->referral_days)));
	say(&sentences,
	    arena_printf(arena,
		"Care starts within %" PRId32 " hours if it is rapid, "
		"otherwise within %" PRId32 " hours, from the sending of the "
		"offers.",
		policy->start_rapid_seconds / SECONDS_OF_HOUR,
		policy->start_standard_seconds / SECONDS_OF_HOUR));
	say(&sentences, winner_text(arena, policy));
	say(&sentences, price_text(arena, policy));
	return (struct text_list) { sentences.row, sentences.count };
}
