/*
 * How long clearing a waiting list takes as lists grow, held against solvers
 * that everybody knows: LEMON's network simplex where a place is a place, and
 * Clp's bound where packages take hours. Both sides get the same problem from
 * a file; the reference program is tests/bench/reference.cc.
 */
#define _POSIX_C_SOURCE 200809L

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "base/arena.h"
#include "matching/clear.h"
#include "matching/clear_work.h"

enum {
	SLOTS = 4,
	SHARE = 30, /* per cent of the providers that may take a package */
	MINUTES_STEP = 15,
	CHANGE_TRIES = 8,
	REFERENCE_PACKAGES = 2000, /* larger ones are solved by us alone */
};

enum kind {
	KIND_COUNTED, /* every package takes one place in one slot */
	KIND_HOURS,   /* every package takes its minutes of the week */
};

struct size {
	uint32_t packages;
	uint32_t providers;
};

static uint64_t seed;

static uint32_t
any(uint32_t below)
{
	seed = seed * UINT64_C(6364136223846793005) +
	       UINT64_C(1442695040888963407);
	return (uint32_t)(seed >> 33) % below;
}

static double
now_seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct clear_package
any_package(
    struct arena *arena, int64_t order, uint32_t providers, enum kind kind)
{
	struct clear_demand *demand = arena_alloc(arena, sizeof(*demand));
	struct clear_option *option = arena_array(
	    arena, providers * SHARE / 100 + 1, sizeof(*option));
	struct clear_package package = {
		.order = order,
		.weekly_minutes = (int32_t)(7 + any(80)) * MINUTES_STEP,
		.parts = 1,
		.demand = demand,
		.demand_count = 1,
		.option = option,
	};
	uint32_t first = any(100);

	*demand = (struct clear_demand) {
		kind == KIND_COUNTED ? any(SLOTS) : 0,
		kind == KIND_COUNTED ? 1 : package.weekly_minutes,
	};
	for (uint32_t p = 0; p < providers; p++)
		if ((p * 37 + first) % 100 < SHARE &&
		    package.option_count < providers * SHARE / 100 + 1)
			option[package.option_count++] =
			    (struct clear_option) { p, (int32_t)any(10001),
				    (int32_t)(package.weekly_minutes * 36 +
					      (int32_t)any(2000)),
				    (int32_t)any(30000) };
	return package;
}

/* Room for about nine in ten of what waits. */
static struct clear_list
any_list(struct arena *arena, struct size size, enum kind kind)
{
	struct clear_package *package = arena_array(
	    arena, size.packages, sizeof(*package));
	struct clear_provider *provider = arena_array(
	    arena, size.providers, sizeof(*provider));
	uint32_t slots = kind == KIND_COUNTED ? SLOTS : 1, share;
	int64_t wanted = 0;

	seed = 161;
	for (uint32_t i = 0; i < size.packages; i++) {
		package[i] = any_package(arena, i, size.providers, kind);
		wanted += package[i].demand->amount;
	}
	share = (uint32_t)(wanted * 18 / 10 / size.providers / slots);
	for (uint32_t p = 0; p < size.providers; p++) {
		int32_t *spare = arena_array(arena, slots, sizeof(*spare));

		for (uint32_t s = 0; s < slots; s++)
			spare[s] = (int32_t)any(share + 1);
		provider[p] = (struct clear_provider) { p, spare };
	}
	return (struct clear_list) { package, size.packages, provider,
		size.providers, slots, 30 };
}

/* --- The same problem for the reference ----------------------------------- */

static void
problem_write(FILE *file, const struct clear_work *work, enum kind kind)
{
	const struct clear_list *list = work->list;

	fprintf(file, "%zu %zu\n", list->package_count,
	    list->provider_count * list->slot_count);
	for (uint32_t p = 0; p < list->provider_count; p++)
		for (uint32_t s = 0; s < list->slot_count; s++)
			fprintf(file, "%" PRId32 "\n", work_spare(work, p, s));
	for (size_t i = 0; i < list->package_count; i++) {
		const struct work_package *package = &work->package[i];

		fprintf(file, "%" PRId32 " %zu\n", package->demand->amount,
		    package->option_count);
		for (size_t o = 0; o < package->option_count; o++) {
			const struct work_option *option =
			    &work->option[package->first_option + o];

			fprintf(file, "%zu %" PRId64 "\n",
			    option->provider * list->slot_count +
				package->demand->slot,
			    kind == KIND_COUNTED ? option->value : 1);
		}
	}
}

/* What the reference finds, and in how many seconds; false when it failed. */
static bool
reference_run(const char *program, const char *method, const char *file,
    double *found, double *seconds)
{
	char command[1024];
	FILE *out;
	bool is_read;

	snprintf(command, sizeof(command), "%s %s %s", program, method, file);
	out = popen(command, "r");
	if (out == NULL)
		return false;
	is_read = fscanf(out, "%lf %lf", found, seconds) == 2;
	return pclose(out) == 0 && is_read;
}

/* The sum of what the lines of a plan are worth in the order of the work. */
static double
plan_value(struct arena *arena, const struct clear_work *work,
    const struct clear_plan *plan)
{
	size_t *place = arena_array(
	    arena, work->list->package_count, sizeof(*place));
	long double value = 0;

	for (size_t i = 0; i < work->list->package_count; i++)
		place[work->package[i].package] = i;
	for (size_t i = 0; i < plan->line_count; i++) {
		const struct work_package *package =
		    &work->package[place[plan->line[i].package]];
		const struct work_option *option =
		    &work->option[package->first_option];

		while (option->option != plan->line[i].option)
			option++;
		value += (long double)option->value * plan->line[i].parts;
	}
	return (double)value;
}

/* --- Measures ------------------------------------------------------------- */

static const char *
name_of(enum kind kind)
{
	return kind == KIND_COUNTED ? "places" : "hours";
}

static bool
references_print(const char *program, struct arena *arena,
    const struct clear_list *list, const struct clear_plan *plan,
    enum kind kind, double ours)
{
	struct clear_work work = work_new(arena, list);
	char path[512];
	double found, seconds;
	FILE *file;

	snprintf(path, sizeof(path), "%s.%s", program, name_of(kind));
	file = fopen(path, "w");
	if (file == NULL)
		return false;
	problem_write(file, &work, kind);
	if (fclose(file) != 0 ||
	    !reference_run(program, kind == KIND_COUNTED ? "simplex" : "bound",
		path, &found, &seconds))
		return false;
	if (kind == KIND_COUNTED) {
		printf("clear_%zu_places\t%.1f\tms\tLEMON's network simplex"
		       "\t%.1f\t%.2f\n",
		    list->package_count, ours * 1e3, seconds * 1e3,
		    ours / seconds);
		printf("clear_%zu_places_worth\t%.9g\tof the objective\t"
		       "LEMON's optimum\t%.9g\t%.9f\n",
		    list->package_count, plan_value(arena, &work, plan), found,
		    plan_value(arena, &work, plan) / found);
		return true;
	}
	printf("clear_%zu_hours_placed\t%.2f\thours\tClp's bound\t%.2f\t%.5f\n",
	    list->package_count, (double)plan->total.minutes / 60, found / 60,
	    (double)plan->total.minutes / found);
	return true;
}

static bool
bench_clear(const char *program, struct size size, enum kind kind)
{
	struct arena *arena = arena_new(SIZE_MAX / 2);
	struct clear_list list = any_list(arena, size, kind);
	const char *fault = clear_check(arena, &list);
	double start = now_seconds(), seconds;
	struct clear_plan plan;
	bool is_fine = true;

	if (fault != NULL) {
		fprintf(stderr, "clearing: %s\n", fault);
		return false;
	}
	plan = clear_solve(arena, &list);
	seconds = now_seconds() - start;
	printf("clear_%" PRIu32 "x%" PRIu32 "_%s\t%.1f\tms\n", size.packages,
	    size.providers, name_of(kind), seconds * 1e3);
	printf("clear_%" PRIu32 "x%" PRIu32 "_%s_of_bound\t%.5f\tof the bound"
	       "\n",
	    size.packages, size.providers, name_of(kind),
	    (double)plan.total.minutes / (double)plan.bound_minutes);
	if (size.packages <= REFERENCE_PACKAGES)
		is_fine = references_print(
		    program, arena, &list, &plan, kind, seconds);
	fflush(stdout);
	arena_free(arena);
	return is_fine;
}

int
main(int count, char **argument)
{
	static const struct size sizes[] = { { 250, 25 }, { 500, 50 },
		{ 1000, 100 }, { 2000, 200 }, { 20000, 2000 } };
	struct rusage usage;
	char program[256];
	bool is_fine = true;

	(void)count;
	snprintf(program, sizeof(program), "%.*s/reference",
	    (int)(strrchr(argument[0], '/') - argument[0]), argument[0]);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		is_fine = bench_clear(program, sizes[i], KIND_COUNTED) &&
		          bench_clear(program, sizes[i], KIND_HOURS) && is_fine;
	getrusage(RUSAGE_SELF, &usage);
	printf("clear_memory_at_most\t%.0f\tMiB\ttarget\t1024\t%.2f\n",
	    (double)usage.ru_maxrss / 1024,
	    (double)usage.ru_maxrss / 1024 / 1024);
	return is_fine ? EXIT_SUCCESS : EXIT_FAILURE;
}
