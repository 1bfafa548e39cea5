/*
 * A response to a market test as whoever answers sees it: who that is, what
 * is asked, what was answered, and whether it can still be submitted.
 */
#ifndef MARKETTESTS_RESPONSES_H
#define MARKETTESTS_RESPONSES_H

#include "base/reply.h"
#include "base/request.h"
#include "markettests/responses.sql.h"
#include "questionnaires/answers.h"

/*
 * Providers answer below /market-tests/:reference/response, who has no account
 * below /respond/:token; everything else is the same.
 */
struct answering {
	struct request *r;
	const char *base;     /* "/market-tests/V.../response" */
	const char *document; /* the page that shows notices and clauses */
	bool is_by_link;
	const char *name;  /* of the provider, or of who was invited */
	const char *email; /* where the receipt goes */
	const struct market_test_asked *test;
	const struct response *response; /* NULL: not begun */
	struct question_set set;         /* the version that was seen last */
	struct answer_saved_list saved;
	struct answer_list answers; /* the same rows */
	bool is_open;               /* it can be submitted now */
	bool is_closed;             /* the close has come */
	bool is_corrected;          /* there is a newer version to look at */
	struct text_list changes;   /* what that changed */
};

/*
 * Loads all of it; `test` is NULL when there is none that may be answered.
 * Lives in the request's arena.
 */
struct answering answering_load(struct request *r);

/* What to reply when there is none: 404, or what to do about a dead link. */
struct reply answering_refuse(struct request *r);

/* The areas that a section asks about. */
struct choice_list answering_areas(
    const struct answering *a, const struct question_section *section);

/* Those of all sections, by code, and files, by reference. */
struct pair_list answering_names(const struct answering *a);

/* A section as it stands, for the list of tasks. */
struct response_task {
	const char *id;
	const char *title;
	const char *href; /* NULL when nothing of it is asked */
	const char *status;
	const char *colour; /* of a tag; NULL: plain */
	struct section_standing standing;
};

struct response_task_list {
	const struct response_task *row;
	size_t count;
};

struct response_task_list answering_tasks(const struct answering *a);

/* A section with its answers, for checking and printing. */
struct response_part {
	const struct question_section *section;
	const char *href; /* of its form */
	const char *base; /* of the response */
	struct answer_line_list lines;
};

struct response_part_list {
	const struct response_part *row;
	size_t count;
};

struct response_part_list answering_parts(const struct answering *a);

/* What keeps a response from being complete: where it leads, and why. */
struct response_gap {
	const char *href;
	const char *text;
};

struct response_gap_list {
	const struct response_gap *row;
	size_t count;
};

struct response_gap_list answering_gaps(
    const struct answering *a, struct response_part_list parts);

/* Saves answers; the rows tell what was, and what another had changed. */
struct answer_stored_list answering_save(
    const struct answering *a, struct answer_list answers);

/* "9. How many ...?", and where its field stands on the page of a section. */
const char *response_question_text(
    struct request *r, const struct question *question);

/*
 * An instant to the millisecond in London's time and in UTC: "15 October 2021
 * at 4:00:00.000pm (2021-10-15T15:00:00.000Z)". In the arena.
 */
const char *instant_exact(struct request *r, int64_t instant);

/* The receipt as a text file and as the body of the mail. */
const char *receipt_text(const struct answering *a,
    const struct submission *submission, const char *content);

/* Files that a submission counted, from its content. */
struct receipt_file {
	const char *name;
	const char *size;
	const char *sha256;
};

struct receipt_file_list {
	const struct receipt_file *row;
	size_t count;
};

struct receipt_file_list receipt_files(
    struct arena *arena, const char *content);

void receipt_mail(const struct answering *a,
    const struct submission *submission, const char *content);

/* An answer that somebody else had changed, beside what was posted. */
struct answer_conflict {
	const struct question *question;
	const char *label;
	const char *mine;
	const char *theirs;
	const char *who; /* "Nora North saved this on ..." */
	int32_t revision;
	bool may_join; /* texts can be kept both */
};

struct answer_conflict_list {
	const struct answer_conflict *row;
	size_t count;
};

#endif
