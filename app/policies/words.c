/* A policy in plain sentences, for the people it decides about. */
#include "policies/policies.h"

#include <inttypes.h>

#include "base/arena.h"
#include "matching/words.h"

enum {
	SENTENCES = 20,
	MINUTES_OF_HOUR = 60,
	SECONDS_OF_HOUR = 3600,
	DAY_MINUTES = 24 * 60,
	EVERY_DAY = 0x7f,
};

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

/* What a must asks at least, or at most; "" where there is no such limit. */
static const char *
limit_text(struct arena *arena, const struct policy_step *step)
{
	switch (step->criterion) {
	case CRITERION_START:
		if (step->limit == 0)
			break;
		return arena_printf(arena, "at most %s after the start wanted",
		    words_duration(arena, step->limit));
	case CRITERION_CLOSENESS:
		return arena_printf(
		    arena, "at most %s", words_distance(arena, step->limit));
	case CRITERION_QUALITY:
	case CRITERION_CALL_TIMES:
		return arena_printf(
		    arena, "at least %" PRId64 "%%", step->limit);
	case CRITERION_TIER:
		return arena_printf(
		    arena, "at most tier %" PRId64, step->limit);
	case CRITERION_PEOPLE:
		return arena_printf(
		    arena, "at most %" PRId64 " with the new one", step->limit);
	case CRITERION_RATING:
		return arena_printf(arena, "at least %s%s",
		    policy_rating_label((enum rating)step->limit),
		    step->passes_unrated ? " or not yet rated" : "");
	default:
		break;
	}
	return "";
}

/* The steps within which values are equal. */
static const char *
tolerance_text(struct arena *arena, const struct policy_step *step)
{
	int64_t size = step->tolerance + 1;

	switch (step->criterion) {
	case CRITERION_START:
		return words_duration(arena, step->tolerance);
	case CRITERION_PRICE:
		return words_money(arena, size);
	case CRITERION_CLOSENESS:
		return words_distance(arena, size);
	case CRITERION_CAPACITY:
		return words_hours(arena, size);
	case CRITERION_FIT:
		return words_hundredths(arena, size);
	default:
		return arena_printf(arena, "%" PRId64, size);
	}
}

static const char *
must_text(struct arena *arena, const char *label, const char *limit)
{
	return *limit != '\0' ? arena_printf(arena, "%s (%s)", label, limit)
	                      : label;
}

static const char *
step_text(struct arena *arena, const struct policy_step *step)
{
	const char *label = step->criterion == CRITERION_RATING
	                        ? "CQC rating"
	                        : label_of(arena, step->criterion);

	if (step->action == ACTION_MUST)
		return must_text(arena, label, limit_text(arena, step));
	if (step->action == ACTION_WEIGH)
		return arena_printf(arena, "%s (up to %" PRId32 " points)",
		    label, step->points);
	if (step->tolerance != 0)
		return arena_printf(arena, "%s (in steps of %s)", label,
		    tolerance_text(arena, step));
	return label;
}

/* The steps that exclude, or those that order, as a list; "" without any. */
static const char *
steps_text(struct arena *arena, const struct policy_step *steps, size_t count,
    bool is_must)
{
	const char **item = arena_array(arena, count, sizeof(*item));
	size_t used = 0;

	for (size_t i = 0; i < count; i++)
		if ((steps[i].action == ACTION_MUST) == is_must)
			item[used++] = step_text(arena, &steps[i]);
	return words_list(arena, item, used);
}

/* The order of the register comes last always, and is said when alone. */
static const char *
ties_text(struct arena *arena, const struct policy *policy)
{
	static const char *const names[TIE_COUNT] = {
		[TIE_AWARD] = "the longest time since the last award",
		[TIE_QUALITY] = "the quality score",
		[TIE_CLOSENESS] = "the closeness",
		[TIE_ORDER] = "their place in the register",
	};
	const char *item[TIE_COUNT];
	size_t count = policy->tie_count > 1 ? policy->tie_count - 1 : 1;

	for (size_t i = 0; i < count; i++)
		item[i] = names[policy->tie[i]];
	return words_list(arena, item, count);
}

/* The criteria that make a tier, as a list. */
static const char *
wave_text(struct arena *arena, const struct policy *policy)
{
	const char *item[CRITERION_COUNT];
	size_t count = 0;

	if (policy->wave_by == 0)
		return "steps that are not chosen yet";
	for (unsigned i = 0; i < CRITERION_COUNT; i++)
		if (policy->wave_by >> i & 1)
			item[count++] = label_of(arena, (enum criterion)i);
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
	else if (policy->mode == MODE_TIERS)
		whom = arena_printf(arena,
		    "the first eligible providers and all that are equal to "
		    "them by %s at once, then the next",
		    wave_text(arena, policy));
	if (!policy->chosen_alone_first)
		return arena_printf(arena, "Offers go to %s.", whom);
	return arena_printf(arena,
	    "Where the person has chosen a provider, it is asked alone "
	    "first. Otherwise, or when it declines or does not reply, offers "
	    "go to %s.",
	    whom);
}

static void
say_after(struct sentences *sentences, const struct policy *policy)
{
	if (policy->after_decline == DECLINE_REPLY_TIME)
		say(sentences,
		    "The next are asked when the reply time is over, even "
		    "when everybody has declined before.");
	if (policy->after_no_reply == NO_REPLY_BROKER)
		say(sentences,
		    "When a reply does not come in time, a broker decides how "
		    "it goes on.");
	if (policy->after_last == LAST_AGAIN)
		say(sentences,
		    arena_printf(sentences->arena,
			"When nobody is left to ask, the offers start again "
			"without those that have declined, at most %s; then "
			"the package waits.",
			policy->again_most == 1
			    ? "once"
			    : arena_printf(sentences->arena,
				  "%" PRId32 " times", policy->again_most)));
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
	if (count == 0)
		return "on no day";
	return arena_printf(arena, "on %s", words_list(arena, item, count));
}

static const char *
reply_text(struct arena *arena, const struct policy *policy)
{
	const char *time = words_duration(arena, policy->reply_seconds);
	bool is_whole_day = policy->referral_opens_minutes == 0 &&
	                    policy->referral_closes_minutes == DAY_MINUTES;

	if (is_whole_day && policy->referral_days == EVERY_DAY &&
	    !policy->is_closed_on_bank_holidays)
		return arena_printf(arena,
		    "A reply is due within %s, counted day and night.", time);
	return arena_printf(arena,
	    "A reply is due within %s, counted from %s to %s %s%s.", time,
	    clock_text(arena, policy->referral_opens_minutes),
	    clock_text(arena, policy->referral_closes_minutes),
	    days_text(arena, policy->referral_days),
	    policy->is_closed_on_bank_holidays ? ", but not on bank holidays"
					       : "");
}

static const char *
winner_text(struct arena *arena, const struct policy *policy)
{
	if (policy->winner == WINNER_FIRST)
		return "The first acceptance that meets the wanted start "
		       "wins. A later start is a proposal, which the council "
		       "agrees to or refuses.";
	if (policy->winner == WINNER_RANKED)
		return "The best ranked of those who accept wins, once the "
		       "reply time has passed or nobody ranked before it can "
		       "still answer. A later start than wanted is a proposal, "
		       "which the council agrees to or refuses when nobody "
		       "else can start in time.";
	if (policy->reply_step_count == 0)
		return "The best reply wins, but no step compares replies yet.";
	return arena_printf(arena,
	    "The best reply wins once the reply time has passed, or when "
	    "nobody who can still answer could come before it. Replies are "
	    "compared by %s, then by %s.",
	    steps_text(
		arena, policy->reply_step, policy->reply_step_count, false),
	    ties_text(arena, policy));
}

/* ", from £14.17 to £16.22"; nothing without a floor or ceiling. */
static const char *
range_text(struct arena *arena, const struct policy *policy)
{
	const char *floor = words_money(arena, policy->floor_pence);
	const char *ceiling = words_money(arena, policy->ceiling_pence);

	if (policy->floor_pence != 0 && policy->ceiling_pence != 0)
		return arena_printf(arena, ", from %s to %s", floor, ceiling);
	if (policy->ceiling_pence != 0)
		return arena_printf(arena, " of at most %s", ceiling);
	if (policy->floor_pence != 0)
		return arena_printf(arena, " of at least %s", floor);
	return "";
}

static const char *
price_text(struct arena *arena, const struct policy *policy)
{
	switch (policy->price) {
	case PRICE_OFFERED:
		return arena_printf(arena, "Each reply names an hourly rate%s.",
		    range_text(arena, policy));
	case PRICE_OWN:
		return arena_printf(arena,
		    "Each provider has its own hourly rate in the register%s.",
		    range_text(arena, policy));
	case PRICE_SET:
		return arena_printf(arena,
		    "Each provider has the hourly rate that was set when it "
		    "applied, by area and how rural it is, and higher for "
		    "greater needs%s.",
		    range_text(arena, policy));
	case PRICE_FIXED:
	case PRICE_COUNT:
		break;
	}
	return "The price is that of the rate card.";
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

static void
say_steps(struct sentences *sentences, const struct policy *policy)
{
	struct arena *arena = sentences->arena;
	const char *gates = steps_text(
	    arena, policy->step, policy->step_count, true);
	const char *order = steps_text(
	    arena, policy->step, policy->step_count, false);

	if (*gates != '\0')
		say(sentences,
		    arena_printf(arena,
			"A provider may be asked when it passes each of these "
			"steps: %s.",
			gates));
	say(sentences,
	    arena_printf(arena, "%s are put in order by %s%s%s.",
		*gates != '\0' ? "Those that pass" : "Providers", order,
		*order != '\0' ? ", then by " : "", ties_text(arena, policy)));
}

static void
say_sending(struct sentences *sentences, const struct policy *policy)
{
	say(sentences, mode_text(sentences->arena, policy));
	if (policy->single_needs_no_competition)
		say(sentences,
		    "When only one provider is available, no competition is "
		    "needed.");
}

static void
say_start(struct sentences *sentences, const struct policy *policy)
{
	say(sentences,
	    arena_printf(sentences->arena,
		"Care starts within %" PRId32 " hours if it is rapid, "
		"otherwise within %" PRId32 " hours, from the sending of the "
		"offers.",
		policy->start_rapid_seconds / SECONDS_OF_HOUR,
		policy->start_standard_seconds / SECONDS_OF_HOUR));
	if (policy->is_introduced_before_start)
		say(sentences,
		    "Carer and person are introduced before the start: a reply "
		    "names when.");
}

struct text_list
policy_words(struct arena *arena, const struct policy *policy)
{
	struct sentences sentences = { .arena = arena };

	sentences.row = arena_array(arena, SENTENCES, sizeof(*sentences.row));
	say_steps(&sentences, policy);
	if (uses_fit(policy))
		say(&sentences, fit_text(arena, &policy->fit));
	say_sending(&sentences, policy);
	say_after(&sentences, policy);
	say(&sentences, reply_text(arena, policy));
	say_start(&sentences, policy);
	say(&sentences, winner_text(arena, policy));
	say(&sentences, price_text(arena, policy));
	return (struct text_list) { sentences.row, sentences.count };
}

/* --- Step by step, part by part ------------------------------------------- */

/* How a preferred criterion orders. */
static const char *const preferred_texts[CRITERION_COUNT] = {
	[CRITERION_AREA] = "Whoever serves the area comes first",
	[CRITERION_GROUP] = "Whoever cares for the group comes first",
	[CRITERION_CHOICE] = "The one that the person has chosen comes first",
	[CRITERION_NEEDS] = "Whoever meets more of the preferences comes first",
	[CRITERION_SERVICE_KIND] = "Whoever provides the kind of service "
				   "comes first",
	[CRITERION_START] = "An earlier start comes first",
	[CRITERION_PRICE] = "A lower rate comes first",
	[CRITERION_CAPACITY] = "More spare hours come first",
	[CRITERION_CALL_TIMES] = "A larger share of the visits comes first",
	[CRITERION_CLOSENESS] = "A shorter distance comes first",
	[CRITERION_CONTINUITY] = "Whoever has cared for the person comes first",
	[CRITERION_QUALITY] = "A higher quality score comes first",
	[CRITERION_LOCAL] = "Whoever has an office in the area comes first",
	[CRITERION_FIT] = "A better fit comes first",
	[CRITERION_TIER] = "The first tier comes first",
	[CRITERION_TURN] = "The longest time since the last award comes first",
	[CRITERION_RATING] = "A better rating comes first",
	[CRITERION_BLOCK_HOURS] = "Whoever has block hours left comes first",
	[CRITERION_PEOPLE] = "The team that cares for fewest comes first",
};

static const char *
preferred_text(struct arena *arena, const struct policy_step *step)
{
	const char *text = preferred_texts[step->criterion];

	if (text == NULL)
		text = "Whoever meets it comes first";
	if (step->tolerance == 0)
		return text;
	return arena_printf(
	    arena, "%s, in steps of %s", text, tolerance_text(arena, step));
}

const char *
policy_step_words(struct arena *arena, const struct policy_step *step)
{
	const char *limit = limit_text(arena, step);

	switch (step->action) {
	case ACTION_PREFER:
		return preferred_text(arena, step);
	case ACTION_WEIGH:
		if (step->criterion == CRITERION_START)
			return arena_printf(arena,
			    "Up to %" PRId32 " points, none from %s late on",
			    step->points, words_duration(arena, step->limit));
		return arena_printf(
		    arena, "Up to %" PRId32 " points", step->points);
	case ACTION_MUST:
	case ACTION_COUNT:
		break;
	}
	if (*limit == '\0')
		return "Whoever does not meet it drops out";
	return arena_printf(arena, "Must be %s, or drops out", limit);
}

static void
say_all_after(struct sentences *sentences, const struct policy *policy)
{
	if (policy->after_decline == DECLINE_NEXT)
		say(sentences,
		    "When everybody asked has declined, the next are asked at "
		    "once.");
	if (policy->after_no_reply == NO_REPLY_NEXT)
		say(sentences,
		    "When a reply does not come in time, the next are asked.");
	say_after(sentences, policy);
	if (policy->after_last == LAST_WAITS)
		say(sentences,
		    "When nobody is left to ask, the package waits.");
}

struct text_list
policy_part_words(
    struct arena *arena, const struct policy *policy, enum policy_part part)
{
	struct sentences said = { .arena = arena };

	said.row = arena_array(arena, SENTENCES, sizeof(*said.row));
	if (part == PART_NAME)
		say(&said, policy->name);
	else if (part == PART_TIES)
		say(&said,
		    arena_printf(arena, "Equal providers are parted by %s.",
			ties_text(arena, policy)));
	else if (part == PART_SENDING)
		say_sending(&said, policy);
	else if (part == PART_AFTER)
		say_all_after(&said, policy);
	else if (part == PART_WINNER)
		say(&said, winner_text(arena, policy));
	else if (part == PART_PRICE)
		say(&said, price_text(arena, policy));
	else if (part == PART_FIT)
		say(&said, uses_fit(policy) ? fit_text(arena, &policy->fit)
					    : "No step looks at fit.");
	else if (part == PART_REPLY)
		say(&said, reply_text(arena, policy));
	else if (part == PART_START)
		say_start(&said, policy);
	return (struct text_list) { said.row, said.count };
}
