/* Loads what a policy is tried on, plays it twice, and adds it up. */
#include "policies/trial.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/money.h"
#include "base/requests.sql.h"
#include "policies/trial_rounds.h"
#include "policies/trials.sql.h"

/*
 * A request has 64 MB; what a page of hundreds of packages is written with
 * must fit beside the facts of all providers.
 */
enum {
	SCRATCH_BYTES = 64 * 1024 * 1024,
	FACTS_BYTES = 32 * 1024 * 1024,
	LOAD = 50, /* packages whose facts are asked for at once */
};

/* What was asked of the database, for all packages at once. */
struct trial_data {
	struct trial_package_list packages;
	struct trial_reply_list replies;
	struct trial_fact_list facts;
};

static struct trial_data
data_load(struct db *db, struct arena *arena, int64_t council,
    struct trial_package_list packages)
{
	size_t count = packages.count;
	int64_t *id = arena_array(arena, count, sizeof(*id));
	int64_t *number = arena_array(arena, count, sizeof(*number));
	int64_t *round = arena_array(arena, count, sizeof(*round));
	struct int64_list ids = { id, count };

	for (size_t i = 0; i < count; i++) {
		id[i] = packages.row[i].id;
		number[i] = packages.row[i].round_number;
		round[i] = packages.row[i].round_id;
	}
	return (struct trial_data) {
		.packages = packages,
		.replies = trial_reply_list(
		    db, council, ids, (struct int64_list) { number, count }),
		.facts = trial_fact_list(
		    db, council, ids, (struct int64_list) { round, count }),
	};
}

/* The member of an organisation; `count` when it is none any more. */
static size_t
member_of(const struct match *match, int64_t organisation)
{
	size_t i = 0;

	while (i < match->members.count &&
	       match->members.row[i].organisation_id != organisation)
		i++;
	return i;
}

static const struct trial_answer *
answers_of(struct arena *arena, const struct match *match,
    const struct trial_data *data, int64_t package)
{
	struct trial_answer *answer = arena_array(
	    arena, match->members.count + 1, sizeof(*answer));

	for (size_t i = 0; i < data->replies.count; i++) {
		const struct trial_reply *reply = &data->replies.row[i];
		struct trial_answer *one;

		if (reply->package_id != package)
			continue;
		one = &answer[member_of(match, reply->organisation_id)];
		one->is_known = true;
		one->has_accepted = reply->has_accepted;
		one->has_declined = reply->has_declined;
		one->waited = reply->waited;
		one->late = reply->late;
		one->rate_pence = reply->rate_pence;
	}
	for (size_t i = 0; i < data->facts.count; i++) {
		const struct trial_fact *fact = &data->facts.row[i];
		struct trial_answer *one;

		if (fact->package_id != package)
			continue;
		one = &answer[member_of(match, fact->organisation_id)];
		one->has_facts = true;
		one->last_awarded_at = fact->last_awarded_at;
		one->has_cared_before = fact->has_cared_before;
	}
	return answer;
}

static bool
is_other(const struct trial_outcome *a, const struct trial_outcome *b)
{
	return a->end != b->end || a->organisation_id != b->organisation_id ||
	       a->waited != b->waited || a->starts_at != b->starts_at ||
	       a->week_pence != b->week_pence ||
	       a->distance_metres != b->distance_metres;
}

/* The means of what came of it. */
static struct trial_total
total_of(struct trial_line_list lines, bool is_tried)
{
	struct trial_total total = { 0 };
	int64_t placed, priced = 0, measured = 0;

	for (size_t i = 0; i < lines.count; i++) {
		const struct trial_outcome *one = is_tried
		                                      ? &lines.row[i].tried
		                                      : &lines.row[i].present;

		if (one->end != TRIAL_PLACED) {
			total.not_placed++;
			continue;
		}
		if (one->waves == 1)
			total.placed_at_once++;
		else
			total.placed_later++;
		total.waited += one->waited;
		total.week_pence += one->week_pence;
		priced += one->week_pence != 0;
		total.metres += one->distance_metres;
		measured += one->distance_metres != 0;
	}
	placed = total.placed_at_once + total.placed_later;
	total.waited = placed == 0 ? 0 : total.waited / placed;
	total.week_pence = priced == 0 ? 0
	                               : money_round(total.week_pence, priced);
	total.metres = measured == 0 ? 0 : total.metres / measured;
	return total;
}

/* Both policies' bank holidays are the same list, from the first day on. */
static struct bank_holiday_list
holidays_from(struct db *db, struct trial_package_list packages)
{
	if (packages.count == 0)
		return (struct bank_holiday_list) { NULL, 0 };
	return bank_holiday_list(
	    db, clock_local_date(packages.row[packages.count - 1].at));
}

/* What the packages of one load are played with. */
struct trial_work {
	struct db *db;
	struct arena *arena;
	struct arena *scratch; /* emptied after each package */
	struct bank_holiday_list holidays;
	const struct policy *present;
	const struct policy *tried;
	struct trial_data data;
	struct trial_line *line;
	struct trial *trial;
};

/* By a policy as it would be gone by: the framework's gates are asked too. */
static struct trial_outcome
outcome_of(const struct trial_work *run, const struct trial_case *one,
    const struct policy *policy)
{
	return trial_play(run->scratch, one,
	    match_policy_with_gates(run->db, run->scratch, one->match, policy),
	    run->holidays);
}

static void
package_play(struct trial_work *run, const struct match *match,
    const struct trial_package *package)
{
	struct trial_line *line = &run->line[run->trial->lines.count];
	struct trial_case one = { .match = match, .at = package->at };

	one.answer = answers_of(run->scratch, match, &run->data, package->id);
	line->package_reference = package->reference;
	line->at = one.at;
	line->present = outcome_of(run, &one, run->present);
	line->tried = outcome_of(run, &one, run->tried);
	line->is_other = is_other(&line->present, &line->tried);
	run->trial->other_count += line->is_other;
	run->trial->lines.count++;
	arena_reset(run->scratch);
}

/* Loads and plays some of the packages, from `first` on. */
static void
packages_play(struct trial_work *run, int64_t council, size_t first)
{
	struct trial_package_list packages = run->data.packages;
	size_t count = packages.count - first;
	int64_t id[LOAD];
	struct match_list matches;

	if (count > LOAD)
		count = LOAD;
	for (size_t i = 0; i < count; i++)
		id[i] = packages.row[first + i].id;
	matches = match_load_many(run->db, run->arena, council,
	    (struct int64_list) { id, count }, clock_now(run->db));
	for (size_t i = 0, place = first; i < matches.count; i++, place++) {
		/* Those that say too little have no match. */
		while (packages.row[place].id != matches.row[i]->package->id)
			place++;
		package_play(run, matches.row[i], &packages.row[place]);
	}
}

struct trial
trial_run(struct db *db, struct arena *arena, int64_t council,
    int64_t framework, int64_t since, int64_t offset,
    const struct policy *present, const struct policy *tried)
{
	struct trial_package_list packages = trial_package_list(
	    db, council, framework, since, offset, TRIAL_PORTION);
	struct trial trial = { 0 };
	struct trial_work run = {
		.db = db,
		.arena = arena,
		.scratch = arena_new(SCRATCH_BYTES),
		.holidays = holidays_from(db, packages),
		.present = present,
		.tried = tried,
		.data = data_load(db, arena, council, packages),
		.line = arena_array(
		    arena, packages.count, sizeof(struct trial_line)),
		.trial = &trial,
	};

	for (size_t first = 0; first < packages.count; first += LOAD) {
		if (arena_used(arena) > FACTS_BYTES) {
			trial.is_cut = true;
			break;
		}
		packages_play(&run, council, first);
	}
	arena_free(run.scratch);
	trial.lines.row = run.line;
	trial.present = total_of(trial.lines, false);
	trial.tried = total_of(trial.lines, true);
	return trial;
}
