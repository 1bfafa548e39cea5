/*
 * How long ranking and pricing take, as lines of name, value and unit. What
 * the figures are held against is left to the bench runner. With a folder as
 * its argument it writes the market that ranking.mjs ranks in SQL instead.
 */
#define _POSIX_C_SOURCE 200809L

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "matching/price.h"
#include "matching/rank.h"

enum {
	SPOT_PROVIDERS = 66,
	MANY_PROVIDERS = 10000,
	MOST_PROVIDERS = 1000000,
	VISITS = 20000000,
	MONEY_RANGE = 206,
};

static const int64_t second = 1000000;
static uint64_t seed = 66;

static uint32_t
any(uint32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) +
	       UINT64_C(1442695040888963407);
	return (uint32_t)(seed >> 33) % below;
}

static int64_t
now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * INT64_C(1000000000) + now.tv_nsec;
}

/* A provider of a market where about `share` in 100 are eligible. */
static struct candidate
any_candidate(int64_t order, uint32_t share)
{
	struct candidate candidate = {
		.groups = 1,
		.tags = { (uint64_t)any(UINT32_MAX) | 7 },
		.is_on_framework = true,
		.has_monitoring_visit = true,
		.has_all_areas = any(100) < share,
		.is_local = any(2),
		.has_cared_before = any(100) == 0,
		.order = order,
		.last_awarded_at = second * any(1u << 30),
		.earliest_start_at = second * (1 + any(30) * 3600),
		.call_slots = any(1u << 28),
		.rate_pence = (int32_t)(1417 + any(MONEY_RANGE)),
		.spare_minutes = (int32_t)any(10000),
		.distance_metres = (int32_t)(1 + any(40000)),
		.quality_score = (int32_t)any(101),
		.tier = (uint8_t)(1 + any(3)),
		.rating = RATING_GOOD,
		.passes_gates = true,
		.has_people = true,
		.people = (int32_t)any(16),
		.block_minutes = (int32_t)any(2000),
	};

	return candidate;
}

static struct need
any_need(void)
{
	struct need need = {
		.service_kind = 2,
		.has_choice = true,
		.weekly_minutes = 840,
		.must_tags = { 3 },
		.preferred_tags = { 0xf0 },
		.call_slots = any(1u << 28),
		.wanted_start_at = second * 36000,
	};

	return need;
}

static int
compare_times(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* The median time of one ranking, over `rounds` of them. */
static int64_t
rank_ns(const struct policy *policy, const struct candidate *candidates,
    size_t count, size_t rounds)
{
	struct arena *arena = arena_new(SIZE_MAX / 2);
	int64_t *times = calloc(rounds, sizeof(*times));
	struct need need = any_need();
	int64_t median;

	for (size_t i = 0; i < rounds; i++) {
		int64_t start = now_ns();

		match_rank(arena, policy, &need, candidates, count);
		times[i] = now_ns() - start;
		arena_reset(arena);
	}
	qsort(times, rounds, sizeof(*times), compare_times);
	median = times[rounds / 2];
	free(times);
	arena_free(arena);
	return median;
}

static void
bench_rank(const char *name, const struct policy *policy, size_t count,
    uint32_t share, size_t rounds)
{
	struct candidate *candidates = calloc(count, sizeof(*candidates));

	for (size_t i = 0; i < count; i++)
		candidates[i] = any_candidate((int64_t)i, share);
	printf("rank_%zu_%s_%" PRIu32 "%%_eligible\t%.1f\tus\n", count, name,
	    share, (double)rank_ns(policy, candidates, count, rounds) / 1e3);
	free(candidates);
}

static void
bench_price(void)
{
	const struct price_card card = {
		.hourly_pence = 2192,
		.band = { { 1259, 40 }, { 2159, 60 }, { 3059, 80 },
		    { 3600, 100 } },
		.band_count = 4,
	};
	int64_t total = 0, start;
	int32_t *lengths = calloc(VISITS / 1000, sizeof(*lengths));

	for (size_t i = 0; i < VISITS / 1000; i++)
		lengths[i] = (int32_t)any(2 * 3600);
	start = now_ns();
	for (size_t round = 0; round < 1000; round++)
		for (size_t i = 0; i < VISITS / 1000; i++)
			total += price_visit(&card, lengths[i]);
	printf("price_visits\t%.0f\tvisits/s\n",
	    (double)VISITS * 1e9 / (double)(now_ns() - start));
	free(lengths);
	if (total == 0)
		printf("price_total\t0\tpence\n");
}

/* The criteria of the register: gates, rating, block hours, tier, turn. */
static struct policy
tiers_policy(void)
{
	struct policy policy = policy_hertfordshire();
	const struct policy_step steps[] = {
		{ .criterion = CRITERION_GATES },
		{ .criterion = CRITERION_RATING, .limit = RATING_GOOD },
		{ .criterion = CRITERION_AREA },
		{ .criterion = CRITERION_NEEDS },
		{ .criterion = CRITERION_PEOPLE, .limit = 16 },
		{ .criterion = CRITERION_BLOCK_HOURS, .action = ACTION_PREFER },
		{ .criterion = CRITERION_TIER, .action = ACTION_PREFER },
		{ .criterion = CRITERION_TURN, .action = ACTION_PREFER },
	};

	memcpy(policy.step, steps, sizeof(steps));
	policy.step_count = sizeof(steps) / sizeof(steps[0]);
	return policy;
}

/* --- The market, for the same ranking in SQL ------------------------------ */

static FILE *
file_open(const char *folder, const char *name)
{
	char path[1024];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	if (file == NULL) {
		perror(path);
		exit(EXIT_FAILURE);
	}
	return file;
}

static void
provider_write(FILE *providers, FILE *areas, FILE *groups, FILE *terms,
    const struct candidate *candidate)
{
	fprintf(providers,
	    "%" PRId64 ",t,f,t,f,f,%" PRId64 ",%" PRId64 ",%" PRIu64
	    ",%d,%d,%d,%d,%d\n",
	    candidate->order, candidate->last_awarded_at,
	    candidate->earliest_start_at, candidate->call_slots,
	    candidate->rate_pence, candidate->distance_metres,
	    candidate->quality_score, candidate->is_local,
	    candidate->has_cared_before);
	if (candidate->has_all_areas)
		fprintf(areas, "%" PRId64 ",0\n", candidate->order);
	fprintf(groups, "%" PRId64 ",0\n", candidate->order);
	for (int term = 0; term < MATCH_WORD_BITS; term++)
		if (candidate->tags[0] >> term & 1)
			fprintf(
			    terms, "%" PRId64 ",%d\n", candidate->order, term);
}

static void
order_write(const char *folder, const char *name, const struct policy *policy,
    const struct need *need, const struct candidate *candidates, size_t count)
{
	struct arena *arena = arena_new(SIZE_MAX / 2);
	struct ranking ranking = match_rank(
	    arena, policy, need, candidates, count);
	FILE *file = file_open(folder, name);

	for (size_t i = 0; i < ranking.eligible_count; i++)
		fprintf(file, "%" PRId64 "\n",
		    candidates[ranking.entry[i].candidate].order);
	fclose(file);
	arena_free(arena);
}

static int
market_write(const char *folder)
{
	struct candidate *candidates = calloc(
	    MANY_PROVIDERS, sizeof(*candidates));
	const struct policy six_steps = policy_hertfordshire();
	const struct policy weighted = policy_cambridgeshire();
	FILE *providers = file_open(folder, "provider.csv");
	FILE *areas = file_open(folder, "provider_area.csv");
	FILE *groups = file_open(folder, "provider_group.csv");
	FILE *terms = file_open(folder, "provider_term.csv");
	FILE *wanted = file_open(folder, "need");
	struct need need;

	for (size_t i = 0; i < MANY_PROVIDERS; i++) {
		candidates[i] = any_candidate((int64_t)i, 30);
		provider_write(providers, areas, groups, terms, &candidates[i]);
	}
	need = any_need();
	fprintf(wanted, "%" PRIu64 "\n", need.call_slots);
	fclose(providers);
	fclose(areas);
	fclose(groups);
	fclose(terms);
	fclose(wanted);
	order_write(folder, "six_steps.order", &six_steps, &need, candidates,
	    MANY_PROVIDERS);
	order_write(folder, "weighted.order", &weighted, &need, candidates,
	    MANY_PROVIDERS);
	printf("%" PRId64 " %" PRId64 "\n",
	    rank_ns(&six_steps, candidates, MANY_PROVIDERS, 301),
	    rank_ns(&weighted, candidates, MANY_PROVIDERS, 301));
	free(candidates);
	return EXIT_SUCCESS;
}

int
main(int count, char **argument)
{
	const struct policy tiers = tiers_policy();
	const struct policy six_steps = policy_hertfordshire();
	const struct policy weighted = policy_cambridgeshire();

	if (count > 1)
		return market_write(argument[1]);
	bench_rank("six_steps", &six_steps, SPOT_PROVIDERS, 30, 2001);
	bench_rank("weighted", &weighted, SPOT_PROVIDERS, 30, 2001);
	bench_rank("six_steps", &six_steps, MANY_PROVIDERS, 30, 301);
	bench_rank("weighted", &weighted, MANY_PROVIDERS, 30, 301);
	bench_rank("six_steps", &six_steps, MANY_PROVIDERS, 100, 301);
	bench_rank("weighted", &weighted, MANY_PROVIDERS, 100, 301);
	bench_rank("tiers", &tiers, MANY_PROVIDERS, 30, 301);
	bench_rank("tiers", &tiers, MANY_PROVIDERS, 100, 301);
	bench_rank("six_steps", &six_steps, MOST_PROVIDERS, 30, 3);
	bench_rank("weighted", &weighted, MOST_PROVIDERS, 30, 3);
	bench_price();
	return 0;
}
