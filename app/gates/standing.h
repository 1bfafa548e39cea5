/*
 * What changed: holds the members of a council against its gates anew and
 * writes down when one is paused or restarted. Called by every edit that
 * gates look at, and by the jobs process each day.
 */
#ifndef GATES_STANDING_H
#define GATES_STANDING_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;

/*
 * After an edit: all members of a framework, or all memberships of an
 * organisation; 0 for any. Days that went by since the daily check are told
 * with their own dates.
 */
void standing_update(struct db *db, struct arena *arena, int64_t council,
    int64_t framework, int64_t organisation, int32_t today);

/* The same once a day for one organisation, and notes that it was done. */
void standing_check(struct db *db, struct arena *arena, int64_t council,
    int64_t organisation, int32_t today);

/* A fact whose end closes a gate that is passed today. */
struct fact_expiry {
	const char *kind;
	int32_t closes_on; /* first day on which the gate is not passed */
	int32_t notice;    /* the smallest of 60, 30 and 7 days that is due */
};

struct fact_expiry_list {
	const struct fact_expiry *row;
	size_t count;
};

/*
 * What an organisation must renew within 60 days, for the kinds of service
 * that it offers, each fact once.
 */
struct fact_expiry_list fact_expiries(struct db *db, struct arena *arena,
    int64_t council, int64_t organisation, int32_t today);

/* Both lists, what is in both once. */
struct fact_expiry_list fact_expiries_add(struct arena *arena,
    struct fact_expiry_list list, struct fact_expiry_list more);

#endif
