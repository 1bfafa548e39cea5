/*
 * Gates of frameworks held against the facts of providers: loads both, asks
 * app/matching for the verdicts, and gives them as pages and a match need
 * them. Writing what changed is in standing.h.
 */
#ifndef GATES_GATES_H
#define GATES_GATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/db.h"
#include "base/form.h"
#include "base/text.h"
#include "gates/gates.sql.h"

struct arena;
struct gate_case;

/* The gates of a council, and the facts of some providers. */
struct gate_book {
	struct gate_service_kind_list kinds;
	struct framework_gate_list rules;
	struct gate_input_list inputs;
	int32_t today;
};

/* Of one framework of the council, or of all of them where it is 0. */
struct gate_book gate_book_load(struct db *db, int64_t council,
    int64_t framework, struct int64_list organisations, int32_t today);

/* Whether a framework has any gates. */
bool gate_book_asks(const struct gate_book *book, int64_t framework);

/*
 * Whether a provider may be asked for packages of a service kind; the sentence
 * lives in the arena.
 */
struct gate_answer {
	bool is_open;
	int32_t opens_on;  /* of a closed one; 0: not known to */
	const char *fault; /* the first gate that closes it, a sentence */
};

struct gate_answer gate_answer_of(struct arena *arena,
    const struct gate_book *book, int64_t framework, int64_t organisation,
    int64_t service_kind);

/* One gate as a page shows it. */
struct gate_line {
	const char *name;
	const char *asked_of; /* "All kinds of service", "Reablement" */
	const char *tag;      /* "Passed", "Failed", "Passes from 3 May 2027" */
	const char *colour;
	const char *text;   /* the fact with its dates and source */
	int32_t changes_on; /* 0: nothing known will change it */
};

struct gate_line_list {
	const struct gate_line *row;
	size_t count;
};

/* One kind of service of a member: may it be asked for it? */
struct gate_kind_line {
	const char *label;
	const char *tag; /* "Open", "Paused", "Paused, opens on 3 May 2027" */
	const char *colour;
	const char *fault; /* "" where it is open */
};

struct gate_kind_line_list {
	const struct gate_kind_line *row;
	size_t count;
};

/* How a membership stands, gate by gate and kind by kind; in r->arena. */
struct gate_sheet {
	int64_t member_id;
	struct gate_line_list lines; /* none: the framework has no gates */
	struct gate_kind_line_list kinds;
};

struct gate_sheet gate_sheet_of(struct request *r, const struct gate_book *book,
    const struct gate_member *member);

/* The sheets of some organisations' memberships with one council. */
struct gate_sheet_list {
	const struct gate_sheet *row;
	size_t count;
};

struct gate_sheet_list gate_sheets_load(
    struct request *r, int64_t council, struct int64_list organisations);

/*
 * Of a membership; NULL when there is none: it is over, or its framework asks
 * nothing.
 */
const struct gate_sheet *gate_sheet_find(
    struct gate_sheet_list sheets, int64_t member_id);

/* "Public liability insurance" for "public_liability". */
const char *fact_label(struct request *r, const char *kind);

/* "£10,000,000", "Accepted", "300 hours a week": a value of a kind. */
const char *fact_value_text(struct request *r, const char *kind, int64_t value);

/* What a gate asks in words: "At least £10,000,000". */
const char *gate_asks_text(
    struct request *r, const struct framework_gate *gate);

/* "All kinds of service", or the labels of those that it is asked of. */
const char *gate_kinds_text(struct request *r,
    struct gate_service_kind_list kinds, struct int64_list ids);

/*
 * For gates/: the case of a membership, as app/matching takes it. Its service
 * kinds are bits by the place in book->kinds.
 */
struct gate_case *gate_case_of(struct arena *arena,
    const struct gate_book *book, int64_t framework, int64_t organisation);
int gate_kind_bit(const struct gate_book *book, int64_t service_kind);

#endif
