/*
 * Loads what a match goes by, has it ranked, and words the result.
 */
#include "offers/match.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "matching/rank.h"
#include "matching/words.h"
#include "policies/policies.h"
#include "providers/providers.h"

const struct policy *
match_policy(struct db *db, struct arena *arena, const char *document)
{
	struct policy *policy = arena_alloc(arena, sizeof(*policy));
	struct policy_faults faults = policy_read(arena, document, policy);

	if (faults.count == 0)
		return policy;
	db_fail(db, DB_BROKEN,
	    arena_printf(arena, "a published policy cannot be used: %s",
		faults.text[0]));
	return NULL;
}

struct bank_holiday_list
policy_holidays(struct db *db, const struct policy *policy, int64_t now)
{
	if (!policy->is_closed_on_bank_holidays)
		return (struct bank_holiday_list) { NULL, 0 };
	return bank_holiday_list(db, clock_local_date(now));
}

/* Why a package is specialist or low-level, or why it is not. */
static void
complexity_read(struct need *need, const struct match_package *package)
{
	const char *ordinary = "It is entered as ordinary care";

	need->is_specialist = strcmp(package->complexity, "specialist") == 0;
	need->is_low_level = strcmp(package->complexity, "low_level") == 0;
	need->specialist_reason = need->is_specialist
	                              ? package->complexity_reason
	                          : need->is_low_level
	                              ? "It is entered as low-level care"
	                              : ordinary;
	need->low_level_reason = need->is_low_level ? package->complexity_reason
	                         : need->is_specialist
	                             ? "It is entered as specialist care"
	                             : ordinary;
}

static const struct need *
need_of(struct arena *arena, const struct match *match)
{
	const struct match_package *package = match->package;
	struct need *need = arena_alloc(arena, sizeof(*need));
	const char **area = arena_array(arena, 1, sizeof(*area));
	const char **group = arena_array(arena, 1, sizeof(*group));

	*area = package->area_name;
	*group = package->group_phrase;
	need->areas = (struct vocabulary) { &package->area_id, area, 1 };
	need->groups = (struct vocabulary) { &package->group_id, group, 1 };
	need->tags = (struct vocabulary) { package->tag_ids.row,
		package->tag_names.row, package->tag_ids.count };
	need->service_kind = vocabulary_index(
	    &need->tags, package->service_kind_id);
	need->has_choice = package->has_chosen_organisation_id;
	need->weekly_minutes = package->weekly_minutes;
	vocabulary_set(&need->tags, package->must_ids.row,
	    package->must_ids.count, need->must_tags, MATCH_TAGS);
	vocabulary_set(&need->tags, package->preferred_ids.row,
	    package->preferred_ids.count, need->preferred_tags, MATCH_TAGS);
	for (size_t i = 0; i < match->week.count; i++)
		need->call_slots |= week_slots(&match->week.row[i]);
	need->wanted_start_at = match->wanted_start_at;
	complexity_read(need, package);
	return need;
}

/* Right after the framework itself, so that the reason is the first given. */
const struct policy *
match_policy_with_gates(struct db *db, struct arena *arena,
    const struct match *match, const struct policy *policy)
{
	struct policy *whole;
	size_t at = policy->step_count > 0 &&
	            policy->step[0].criterion == CRITERION_FRAMEWORK;

	if (!gate_book_asks(&match->gates, match->package->framework_id))
		return policy;
	for (size_t i = 0; i < policy->step_count; i++)
		if (policy->step[i].criterion == CRITERION_GATES)
			return policy;
	if (policy->step_count == POLICY_STEPS) {
		db_fail(db, DB_BROKEN,
		    "a published policy has no room for the gates");
		return policy;
	}
	whole = arena_alloc(arena, sizeof(*whole));
	*whole = *policy;
	memmove(&whole->step[at + 1], &whole->step[at],
	    (policy->step_count - at) * sizeof(whole->step[0]));
	whole->step[at] = (struct policy_step) {
		.criterion = CRITERION_GATES,
		.action = ACTION_MUST,
	};
	whole->step_count++;
	return whole;
}

static struct gate_book
gates_load(struct db *db, struct arena *arena, const struct match *match)
{
	int64_t *ids = arena_array(arena, match->members.count, sizeof(*ids));

	for (size_t i = 0; i < match->members.count; i++)
		ids[i] = match->members.row[i].organisation_id;
	return gate_book_load(db, match->package->framework_council_id,
	    match->package->framework_id,
	    (struct int64_list) { ids, match->members.count },
	    clock_local_date(match->now));
}

static const struct gate_answer *
gates_answer(struct arena *arena, const struct match *match)
{
	struct gate_answer *answer = arena_array(
	    arena, match->members.count, sizeof(*answer));

	for (size_t i = 0; i < match->members.count; i++)
		answer[i] = gate_answer_of(arena, &match->gates,
		    match->package->framework_id,
		    match->members.row[i].organisation_id,
		    match->package->service_kind_id);
	return answer;
}

/* Asks the gates, or takes what a match that is alike has asked already. */
static void
gates_ask(struct db *db, struct arena *arena, struct match *match,
    const struct match *alike)
{
	match->gates = alike != NULL ? alike->gates
	                             : gates_load(db, arena, match);
	match->gate_answer = alike != NULL &&
	                             alike->package->service_kind_id ==
	                                 match->package->service_kind_id
	                         ? alike->gate_answer
	                         : gates_answer(arena, match);
}

static void
candidate_gates(struct candidate *candidate, const struct gate_answer *answer)
{
	candidate->passes_gates = answer->is_open;
	candidate->gates_fault = answer->fault;
	if (answer->opens_on != 0)
		candidate->gates_pass_on = answer->opens_on - DATE_1970;
}

/* A start that a provider has stated and that has gone by means: now. */
static int64_t
earliest_start(const struct match_member *member, int64_t now)
{
	int64_t start;

	if (member->earliest_start_on == 0)
		return 0;
	start = clock_midnight(member->earliest_start_on);
	return start > now ? start : now;
}

static uint64_t
slots_of(const struct match_member *member)
{
	if (!member->has_calls_from_minute && !member->has_calls_until_minute)
		return 0;
	return member_slots(member->call_days,
	    member->has_calls_from_minute ? member->calls_from_minute : 0,
	    member->has_calls_until_minute ? member->calls_until_minute
					   : 24 * 60);
}

/*
 * The worst rating of its locations: any of them may serve the person, and
 * the register does not say which. Not yet rated locations count only where
 * no location is rated.
 */
static enum rating
rating_of(struct text_list ratings)
{
	enum rating worst = ratings.count > 0 ? RATING_NOT_YET_RATED
	                                      : RATING_NOT_KNOWN;

	for (size_t i = 0; i < ratings.count; i++) {
		enum rating rating;

		if (policy_rating_of(ratings.row[i], &rating) && rating < worst)
			worst = rating;
	}
	return worst;
}

static struct candidate
candidate_of(const struct match *match, const struct need *need, size_t index)
{
	const struct match_member *member = &match->members.row[index];
	const struct match_package *package = match->package;
	struct candidate candidate = {
		.is_on_framework = member->is_on_framework,
		.is_suspended = member->is_suspended,
		.has_monitoring_visit = member->has_monitoring_visit,
		.is_current_provider = member->is_current_provider,
		.has_all_areas = member->has_all_areas,
		.is_chosen = package->has_chosen_organisation_id &&
		             package->chosen_organisation_id ==
		                 member->organisation_id,
		.has_cared_before = member->has_cared_before,
		.is_local = member->is_local,
		.order = (int64_t)index,
		.last_awarded_at = member->last_award_at,
		.earliest_start_at = earliest_start(member, match->now),
		.call_slots = slots_of(member),
		.rate_pence = (int32_t)match_rate(match, index),
		.spare_minutes = member->spare_minutes,
		.distance_metres = member->distance_metres,
		.quality_score = member->quality_score,
		.rating = (uint8_t)rating_of(member->ratings),
		.tier = (uint8_t)member->tier,
		.block_minutes = member->block_minutes,
		.has_people = member->has_people,
		.people = member->people,
	};

	if (member->serves_area)
		candidate.areas[0] = 1;
	vocabulary_set(&need->groups, member->term_ids.row,
	    member->term_ids.count, &candidate.groups, MATCH_GROUPS);
	vocabulary_set(&need->tags, member->term_ids.row,
	    member->term_ids.count, candidate.tags, MATCH_TAGS);
	return candidate;
}

static struct match_member_list
members_load(struct db *db, struct arena *arena,
    const struct match_package *package, int64_t now)
{
	int64_t *wanted = arena_array(
	    arena, package->tag_ids.count + 1, sizeof(*wanted));
	struct int64_list list = { wanted, package->tag_ids.count + 1 };

	wanted[0] = package->group_id;
	for (size_t i = 0; i < package->tag_ids.count; i++)
		wanted[i + 1] = package->tag_ids.row[i];
	return match_member_list(db, package->council_id, package->id,
	    package->framework_council_id, package->framework_id, list,
	    clock_local_date(now));
}

static const struct ranking *
ranking_of(struct arena *arena, const struct match *match)
{
	struct ranking *ranking = arena_alloc(arena, sizeof(*ranking));
	const struct need *need = need_of(arena, match);
	struct candidate *candidates = arena_array(
	    arena, match->members.count, sizeof(*candidates));

	for (size_t i = 0; i < match->members.count; i++) {
		candidates[i] = candidate_of(match, need, i);
		candidate_gates(&candidates[i], &match->gate_answer[i]);
	}
	*ranking = match_rank(
	    arena, match->policy, need, candidates, match->members.count);
	return ranking;
}

static const struct week_card *
card_load(struct db *db, struct arena *arena,
    const struct match_package *package, bool is_individual)
{
	return week_card_load(db, arena,
	    &(struct week_terms) {
		.document = package->card_document,
		.band_seconds = package->band_seconds,
		.band_percents = package->band_percents,
		.needs = package->need_names,
		.age = package->age_name,
		.is_individual = is_individual,
	    });
}

const struct policy *
policy_at_rate(
    struct arena *arena, const struct policy *policy, int64_t individual_pence)
{
	struct policy *whole;

	if (individual_pence == 0 || policy->price != PRICE_OFFERED)
		return policy;
	whole = arena_alloc(arena, sizeof(*whole));
	*whole = *policy;
	whole->ceiling_pence = individual_pence;
	return whole;
}

struct match *
match_read(struct db *db, struct arena *arena, int64_t council, int64_t package,
    int64_t now)
{
	struct match *match = arena_alloc(arena, sizeof(*match));

	match->now = now;
	match->package = match_package_by_id(db, council, package);
	if (match->package == NULL)
		return NULL;
	match->policy = match_policy(
	    db, arena, match->package->policy_document);
	if (match->policy == NULL)
		return NULL;
	match->card = card_load(
	    db, arena, match->package, match->package->has_individual_pence);
	match->policy = policy_at_rate(
	    arena, match->policy, match->package->individual_pence);
	match->week = week_line_list(db, council, package);
	match->wanted_start_at = start_asked(match->policy, now,
	    strcmp(match->package->urgency, "rapid") == 0,
	    match->package->start_wanted_at);
	return match;
}

void
match_rank_members(struct db *db, struct arena *arena, struct match *match,
    struct match_member_list members, const struct match *alike)
{
	match->members = members;
	gates_ask(db, arena, match, alike);
	match->policy = match_policy_with_gates(
	    db, arena, match, match->policy);
	match->ranking = ranking_of(arena, match);
}

const struct match *
match_load(struct db *db, struct arena *arena, int64_t council, int64_t package,
    int64_t now)
{
	struct match *match = match_read(db, arena, council, package, now);

	if (match == NULL)
		return NULL;
	match_rank_members(db, arena, match,
	    members_load(db, arena, match->package, now), NULL);
	return match;
}

int64_t
match_rate(const struct match *match, size_t member)
{
	const struct match_member *row = &match->members.row[member];
	const struct match_package *package = match->package;
	bool is_fixed = match->policy->price == PRICE_FIXED;

	if (is_fixed && package->has_individual_pence)
		return package->individual_pence;
	if (row->has_rate_pence)
		return row->rate_pence;
	return is_fixed ? package->rate_pence : 0;
}

int64_t
match_week_price(
    struct arena *arena, const struct match *match, int64_t rate_pence)
{
	if (rate_pence == 0)
		return 0;
	return week_price(arena, match->card, rate_pence, match->week)
	    .total_pence;
}

int64_t
match_ceiling(const struct match *match, size_t member)
{
	int64_t rate;

	if (match->policy->price == PRICE_OFFERED)
		return match->policy->ceiling_pence;
	rate = match_rate(match, member);
	return rate > match->package->rate_pence ? rate
	                                         : match->package->rate_pence;
}

int64_t
match_framework_ceiling(
    struct db *db, struct arena *arena, const struct match *match)
{
	const struct policy *policy = match_policy(
	    db, arena, match->package->policy_document);

	if (policy == NULL)
		return 0;
	return policy->price == PRICE_OFFERED ? policy->ceiling_pence
	                                      : match->package->rate_pence;
}

int64_t
match_individual_price(struct db *db, struct arena *arena,
    const struct match *match, int64_t rate_pence)
{
	return week_price(arena, card_load(db, arena, match->package, true),
	    rate_pence, match->week)
	    .total_pence;
}

int64_t
match_ordinary_price(struct db *db, struct arena *arena,
    const struct match *match, int64_t rate_pence)
{
	return week_price(arena, card_load(db, arena, match->package, false),
	    rate_pence, match->week)
	    .total_pence;
}

/*
 * The reason of an entry: one sentence, then, of the eligible, a line for
 * everything that decided where it stands.
 */
static const char *
reason_text(struct arena *arena, const struct match *match, size_t entry)
{
	struct standing_list standings = match_standing(
	    arena, match->ranking, entry);
	const char *text = match_reason(arena, match->ranking, entry);

	for (size_t i = 0; i < standings.count; i++) {
		const struct standing *standing = &standings.standing[i];

		text = arena_printf(arena, "%s\n%s: %s%s%s%s", text,
		    standing->label, standing->text,
		    standing->is_weighed ? " (" : "",
		    standing->is_weighed
			? words_hundredths(arena, standing->points_hundredths)
			: "",
		    standing->is_weighed ? " points)" : "");
	}
	return text;
}

static struct match_line
line_of(struct arena *arena, const struct match *match, size_t entry,
    int64_t rate, int64_t week_pence)
{
	const struct rank_entry *place = &match->ranking->entry[entry];
	const struct match_member *member =
	    &match->members.row[place->candidate];
	const struct candidate *candidate =
	    &match->ranking->candidate[place->candidate];
	bool is_eligible = place->failed_step == MATCH_NONE;
	struct preferences preferences = match_preferences(
	    arena, match->ranking->need, candidate);

	return (struct match_line) {
		.position = (int32_t)entry + 1,
		.organisation_id = member->organisation_id,
		.organisation_reference = member->reference,
		.organisation_name = member->name,
		.is_eligible = is_eligible,
		.failed_step = is_eligible
		                   ? ""
		                   : policy_criterion_name(
					 match->policy->step[place->failed_step]
					     .criterion),
		.reason = reason_text(arena, match, entry),
		.rate_pence = rate,
		.weekly_price_pence = week_pence,
		.fit_hundredths = match_fit(
		    match->policy, match->ranking->need, candidate)
		                      .total,
		.points_hundredths = place->points_hundredths,
		.is_chosen = candidate->is_chosen,
		.last_awarded_at = candidate->last_awarded_at,
		.quality_score = candidate->quality_score,
		.distance_metres = candidate->distance_metres,
		.left_out_reason = "",
		.contract = choice_label(contract_kinds, member->contract_kind),
		.cqc_rating = rating_labels(arena, member->ratings),
		.has_spare_minutes = true,
		.spare_minutes = member->spare_minutes,
		.preferences_met = preferences.met,
		.preferences_unmet = preferences.unmet,
	};
}

struct match_line_list
match_lines(struct arena *arena, const struct match *match)
{
	struct match_line *line = arena_array(
	    arena, match->ranking->count, sizeof(*line));
	int64_t week_pence = 0;

	for (size_t i = 0; i < match->ranking->count; i++) {
		int64_t rate = match_rate(
		    match, match->ranking->entry[i].candidate);

		/* Most have the rate of the one before. */
		if (i == 0 || rate != line[i - 1].rate_pence)
			week_pence = match_week_price(arena, match, rate);
		line[i] = line_of(arena, match, i, rate, week_pence);
	}
	return (struct match_line_list) { line, match->ranking->count };
}

const char *
match_mark(struct arena *arena, struct match_line_list lines)
{
	/* FNV-1a; it guards against surprise, not against anybody. */
	uint64_t mark = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < lines.count; i++) {
		const struct match_line *line = &lines.row[i];
		const char *text = arena_printf(arena, "%s %d %s %" PRId64 ";",
		    line->organisation_reference, line->is_eligible,
		    line->failed_step, line->weekly_price_pence);

		for (; *text != '\0'; text++)
			mark = (mark ^ (unsigned char)*text) *
			       UINT64_C(0x100000001b3);
	}
	return arena_printf(arena, "%016" PRIx64, mark);
}
