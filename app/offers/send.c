/* Writes a round: who is asked, and everything that was shown. */
#include "offers/send.h"

#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/requests.sql.h"
#include "matching/rank.h"
#include "offers/notices.h"

static const char *const wave_names[] = {
	[WAVE_NOBODY] = "",
	[WAVE_CHOSEN] = "chosen",
	[WAVE_SINGLE] = "single",
	[WAVE_ALL] = "all",
	[WAVE_BEST] = "best",
	[WAVE_ONE] = "one",
	[WAVE_TIER] = "tier",
};

static const struct chain_member *
out_find(struct chain_member_list out, int64_t organisation_id)
{
	for (size_t i = 0; i < out.count; i++)
		if (out.row[i].organisation_id == organisation_id)
			return out.row + i;
	return NULL;
}

static struct wave
wave_find(struct arena *arena, const struct match *match,
    struct chain_member_list out)
{
	bool *is_out = arena_array(
	    arena, match->members.count, sizeof(*is_out));

	for (size_t i = 0; i < match->members.count; i++)
		is_out[i] = out_find(out,
				match->members.row[i].organisation_id) != NULL;
	return match_wave(arena, match->ranking, is_out);
}

size_t
offer_round_preview(struct arena *arena, const struct match *match,
    struct chain_member_list out, const char **wave)
{
	struct wave found = wave_find(arena, match, out);

	*wave = wave_names[found.kind];
	return found.count;
}

/* The lines with who is asked and who is left out, as columns. */
struct line_columns {
	int64_t *organisation, *eligible, *rate, *price, *fit, *points;
	int64_t *chosen, *awarded, *quality, *metres, *asked, *spare;
	const char **name, **failed, **reason, **left_out;
	const char **contract, **rating, **met, **unmet;
};

static int64_t *
numbers_new(struct arena *arena, size_t count)
{
	return arena_array(arena, count, sizeof(int64_t));
}

static const char **
texts_new(struct arena *arena, size_t count)
{
	return arena_array(arena, count, sizeof(const char *));
}

static struct line_columns
columns_of(struct arena *arena, struct match_line_list lines,
    struct chain_member_list out)
{
	size_t n = lines.count;
	struct line_columns c = {
		numbers_new(arena, n),
		numbers_new(arena, n),
		numbers_new(arena, n),
		numbers_new(arena, n),
		numbers_new(arena, n),
		numbers_new(arena, n),
		numbers_new(arena, n),
		numbers_new(arena, n),
		numbers_new(arena, n),
		numbers_new(arena, n),
		numbers_new(arena, n),
		numbers_new(arena, n),
		texts_new(arena, n),
		texts_new(arena, n),
		texts_new(arena, n),
		texts_new(arena, n),
		texts_new(arena, n),
		texts_new(arena, n),
		texts_new(arena, n),
		texts_new(arena, n),
	};

	for (size_t i = 0; i < n; i++) {
		const struct match_line *line = &lines.row[i];
		const struct chain_member *member = out_find(
		    out, line->organisation_id);

		c.organisation[i] = line->organisation_id;
		c.eligible[i] = line->is_eligible;
		c.rate[i] = line->rate_pence;
		c.price[i] = line->weekly_price_pence;
		c.fit[i] = line->fit_hundredths;
		c.points[i] = line->points_hundredths;
		c.chosen[i] = line->is_chosen;
		c.awarded[i] = line->last_awarded_at;
		c.quality[i] = line->quality_score;
		c.metres[i] = line->distance_metres;
		c.spare[i] = line->spare_minutes;
		c.contract[i] = line->contract;
		c.rating[i] = line->cqc_rating;
		c.met[i] = line->preferences_met;
		c.unmet[i] = line->preferences_unmet;
		c.name[i] = line->organisation_name;
		c.failed[i] = line->failed_step;
		c.reason[i] = line->reason;
		c.left_out[i] = line->is_eligible && member != NULL
		                    ? member->left_out_reason
		                    : "";
	}
	return c;
}

static void
lines_keep(const struct offer_work *work, const struct match *match,
    int64_t round, struct wave wave, struct chain_member_list out)
{
	struct match_line_list lines = match_lines(work->arena, match);
	struct line_columns c = columns_of(work->arena, lines, out);
	size_t n = lines.count;

	for (size_t i = 0; i < wave.count; i++)
		c.asked[wave.entry[i]] = 1;
	match_line_add(work->db, match->package->council_id, round,
	    (struct int64_list) { c.organisation, n },
	    (struct text_list) { c.name, n },
	    (struct int64_list) { c.eligible, n },
	    (struct text_list) { c.failed, n },
	    (struct text_list) { c.reason, n },
	    (struct int64_list) { c.rate, n },
	    (struct int64_list) { c.price, n },
	    (struct int64_list) { c.fit, n },
	    (struct int64_list) { c.points, n },
	    (struct int64_list) { c.chosen, n },
	    (struct int64_list) { c.awarded, n },
	    (struct int64_list) { c.quality, n },
	    (struct int64_list) { c.metres, n },
	    (struct int64_list) { c.asked, n },
	    (struct text_list) { c.left_out, n },
	    (struct text_list) { c.contract, n },
	    (struct text_list) { c.rating, n },
	    (struct int64_list) { c.spare, n }, (struct text_list) { c.met, n },
	    (struct text_list) { c.unmet, n });
}

static struct int64_list
offer_ids(const struct offer_work *work, int64_t council, int64_t round)
{
	struct offer_id_list list = round_offer_ids(work->db, council, round);
	int64_t *id = numbers_new(work->arena, list.count);

	for (size_t i = 0; i < list.count; i++)
		id[i] = list.row[i].id;
	return (struct int64_list) { id, list.count };
}

int64_t
offer_round_send(const struct offer_work *work, const struct match *match,
    struct chain_member_list out, int64_t sent_by, int64_t bundle)
{
	const struct match_package *package = match->package;
	struct wave wave = wave_find(work->arena, match, out);
	int64_t reply_by = reply_deadline(work->arena, match->policy,
	    policy_holidays(work->db, match->policy, match->now), match->now);
	int64_t council = package->council_id;
	int64_t round;

	if (wave.kind == WAVE_NOBODY)
		return 0;
	if (reply_by == 0) {
		db_fail(work->db, DB_BROKEN,
		    "the referral hours of a policy never come");
		return 0;
	}
	round_version_keep(
	    work->db, council, package->id, sent_by != 0 ? &sent_by : NULL);
	round = round_insert(work->db, council, package->id,
	    package->framework_council_id, package->policy_version_id,
	    package->has_rate_card_id ? &package->rate_card_id : NULL,
	    package->has_individual_rate_id ? &package->individual_rate_id
					    : NULL,
	    package->has_individual_pence ? &package->individual_pence : NULL,
	    wave_names[wave.kind], policy_winner_name(match->policy->winner),
	    match->now, reply_by, match->wanted_start_at,
	    sent_by != 0 ? &sent_by : NULL, sent_by == 0);
	lines_keep(work, match, round, wave, out);
	round_offer_add(work->db, council, round,
	    match->policy->price == PRICE_OFFERED,
	    bundle != 0 ? &bundle : NULL);
	notice_providers(work, council, offer_ids(work, council, round),
	    NOTICE_NEW_OFFER, reply_by);
	audit_add_for_council(work->db, "round.send", "package",
	    package->reference,
	    arena_printf(work->arena,
		"{\"round\": %d, \"wave\": \"%s\", \"asked\": %zu}",
		round_number(work->db, council, round), wave_names[wave.kind],
		wave.count),
	    council);
	return round;
}

/* Of those asked or left out last, whom the broker left out. */
static struct chain_member_list
left_out_before(const struct offer_work *work, int64_t council, int64_t package)
{
	struct chain_member_list chain = round_chain_list(
	    work->db, council, package);
	struct chain_member *member = arena_array(
	    work->arena, chain.count, sizeof(*member));
	struct chain_member_list list = { member, 0 };

	for (size_t i = 0; i < chain.count; i++)
		if (*chain.row[i].left_out_reason != '\0')
			member[list.count++] = chain.row[i];
	return list;
}

size_t
offer_again_preview(
    const struct offer_work *work, int64_t council, int64_t package)
{
	const struct match *match = match_load(
	    work->db, work->arena, council, package, clock_now(work->db));
	const char *wave;

	return match == NULL
	           ? 0
	           : offer_round_preview(work->arena, match,
			 left_out_before(work, council, package), &wave);
}

size_t
offer_go_on_preview(const struct offer_work *work, int64_t council,
    int64_t package, const char **wave, bool *is_again)
{
	const struct match *match = match_load(
	    work->db, work->arena, council, package, clock_now(work->db));
	size_t count;

	*wave = "";
	*is_again = false;
	if (match == NULL)
		return 0;
	count = offer_round_preview(work->arena, match,
	    round_chain_list(work->db, council, package), wave);
	if (count > 0 || match->policy->after_last != LAST_AGAIN)
		return count;
	*is_again = true;
	return offer_round_preview(work->arena, match,
	    round_declined_list(work->db, council, package), wave);
}

size_t
offer_round_again(const struct offer_work *work, int64_t council,
    int64_t package, int64_t sent_by)
{
	struct chain_member_list out = left_out_before(work, council, package);
	const struct match *match = match_load(
	    work->db, work->arena, council, package, clock_now(work->db));
	const char *wave;
	size_t count;

	if (match == NULL)
		return 0;
	count = offer_round_preview(work->arena, match, out, &wave);
	if (count > 0)
		offer_round_send(work, match, out, sent_by, 0);
	return count;
}
