/*
 * Clearing the waiting list: which provider is proposed for which package, for
 * the whole list at once, by the frameworks' policies. It proposes and keeps
 * what it proposed; offers go out line by line, and nobody is placed by it.
 */
#ifndef CLEARING_H
#define CLEARING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/form.h"
#include "clearing/clearing.sql.h"
#include "matching/clear.h"
#include "offers/match.h"
#include "offers/settle.h"

struct arena;
struct db;

enum {
	CLEARING_CHANGES = 5,
	CLEARING_KINDS_MOST = 9,      /* parts of the day, and any time */
	CLEARING_PACKAGES_MOST = 500, /* in one proposal */
	CLEARING_SENT_MOST = 100,     /* offers in one go */
};

struct clearing_question {
	int32_t travel_pence;      /* that a kilometre counts as cost */
	int32_t bundle_kilometres; /* 0: no bundles */
};

/*
 * Hours by kind: those of each part of the day, in the day's order, and last
 * those at any time. Without a member that divides its hours (no shares) all
 * hours of the week are of the last kind.
 */
struct clearing_hours {
	struct clearing_day_part_list parts;
	struct clearing_share_list shares;
	struct clearing_week_list
	    weeks; /* of the packages; none without shares */
	struct clearing_promise_list promises;
	size_t kind_count;
};

/* For the packages, by id, of a council. Lives in the database's arena. */
struct clearing_hours clearing_hours_load(
    struct db *db, int64_t council, struct int64_list packages);

/* "morning", "any" */
const char *clearing_kind_code(const struct clearing_hours *hours, size_t kind);

/*
 * By kind: the minutes a week that a member has left when offers already out
 * are taken up; says whether it divides them. And those that a package takes,
 * which add up to its weekly minutes.
 */
bool clearing_spare_fill(const struct clearing_hours *hours,
    const struct match_member *member, int32_t *spare);
void clearing_demand_fill(const struct clearing_hours *hours, int64_t package,
    int32_t weekly_minutes, int32_t *amount);

/* A member of a framework with the hours it has left. */
struct clearing_provider {
	int64_t council_id;
	int64_t member_id;
	int64_t organisation_id;
	const char *reference;
	const char *name;
	const int32_t *spare; /* by slot */
	bool is_divided;
};

/* A package that waits, and who may take it. */
struct clearing_need_of {
	const struct clearing_package *row;
	const struct match *match;
	struct clear_package options; /* as if it were cleared alone */
};

/* What is cleared as one: a package, or a bundle of them. */
struct clearing_item {
	const uint32_t *package; /* of the packages, in their order */
	size_t count;
	int32_t bundle; /* from 1; 0 for a package alone */
};

struct clearing_input {
	struct clearing_hours hours;
	/*
	 * The slots of the lists: one for the week, or of each kind of hours
	 * one, those that packages want before the others, each in the day's
	 * order. So hearth match clear numbers them from the files.
	 */
	size_t slot_count;
	size_t kind[CLEARING_KINDS_MOST]; /* by slot */
	const struct clearing_need_of *package;
	size_t package_count;
	bool *is_alone; /* by package: in no bundle, whatever lies near */
	const struct clearing_provider *provider;
	size_t provider_count;
	const struct clearing_item *item;
	size_t item_count;
	struct clear_list alone;  /* packages as they are */
	struct clear_list list;   /* items */
	const char *packages_csv; /* the items, as hearth match clear reads */
	const char *providers_csv;
	const char *options_csv;
	const char *demands_csv; /* "" when the week is one slot */
};

/*
 * Loads the waiting packages without offers out, who may take each by its
 * policy, and the hours that are left when offers already out are taken up;
 * no items and no files yet. NULL when nobody waits. Lives in the arena.
 */
struct clearing_input *clearing_load(struct db *db, struct arena *arena,
    int64_t council, const struct clearing_question *question, int64_t now);

/*
 * Puts rural packages that lie close together into one item each; to be called
 * again when packages have been set to be alone. Then come the files.
 */
void clearing_bundle(struct arena *arena, struct clearing_input *input,
    const struct clearing_question *question);
void clearing_files(struct arena *arena, struct clearing_input *input);

/*
 * By package: the parts of the day ("morning,evening") in which hours are too
 * few, where nobody takes it though somebody has hours enough in the week; ""
 * otherwise. And keeps the hours wanted, spare and proposed of each kind. Both
 * say nothing when the week is one slot.
 */
void clearing_lacking_fill(struct arena *arena,
    const struct clearing_input *input, const struct clear_plan *plan,
    const char **lacking);
void clearing_parts_keep(struct db *db, int64_t council, int64_t clearing,
    const struct clearing_input *input, const struct clear_plan *plan);

/*
 * Solves, and keeps the proposal with what it was made from; takes memory of
 * its own, as a whole list does not fit a request's. Gives its reference, in
 * the arena of the database's answers; NULL when nobody waits or the database
 * has failed, which the request then answers by itself.
 */
const char *clearing_propose(struct db *db, int64_t council,
    const struct clearing_question *question, int64_t now, int64_t account);

/*
 * Sends an offer from each of the lines to the provider proposed, one from all
 * lines of a bundle, which are asked for together; or from none: when a package or a provider is not any more what it was, what has
 * changed is said in sentences, one for each. `now` is read after the locks.
 */
struct text_list clearing_send(const struct offer_work *work, int64_t council,
    const struct clearing *clearing, struct clearing_line_list lines,
    int64_t account);

/* What a page shows. */
struct clearing_view {
	const struct clearing *clearing;
	struct clearing_line_list proposed;
	struct clearing_line_list listed; /* that cannot be ticked here */
	struct clearing_line_list rest;
	struct clearing_change_list changes;
	struct clearing_part_list parts; /* none when the week is one */
	struct choice_list choices; /* lines that may be sent, by package */
	size_t sendable;
	bool may_send;
};

struct clearing_figure {
	const char *name;
	const char *plan;
	const char *single;
};

struct clearing_figure_list {
	const struct clearing_figure *row;
	size_t count;
};

/* The plan beside offers for one package at a time, figure by figure. */
struct clearing_figure_list clearing_figures(
    struct request *r, const struct clearing *clearing);

/* How far the plan is from the best there can be, in a sentence. */
const char *clearing_bound_text(
    struct request *r, const struct clearing *clearing);

/*
 * What is proposed, on one line; and how many wait, of whom a proposal takes
 * the first CLEARING_PACKAGES_MOST, or may be sent.
 */
const char *clearing_sum_text(
    struct request *r, const struct clearing *clearing);
const char *clearing_waiting_text(struct request *r, size_t count);
const char *clearing_send_text(struct request *r, size_t count);

/*
 * What the line at `at` proposes, with all of its bundle, of which it is the
 * first: "C123 in Fenland, 10.5 hours a week: Pewter Linnet".
 */
const char *clearing_line_label(
    struct request *r, struct clearing_line_list lines, size_t at);
const char *clearing_line_hint(
    struct request *r, struct clearing_line_list lines, size_t at);

/* Why nobody is proposed. */
const char *clearing_rest_text(
    struct request *r, const struct clearing_line *line);

/*
 * For which packages, and in which parts of the day, hours are too few though
 * not in the week, in a sentence; "" for none.
 */
const char *clearing_lacking_text(
    struct request *r, struct clearing_line_list rest);

#endif
