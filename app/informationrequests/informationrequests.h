/*
 * Requests under the Freedom of Information Act 2000 as pages show them: a
 * request with its clock, what it asks for of a market test, and what is
 * decided of each answer. A respondent's label is evidence for a decision and
 * never one (001 L16). Personal data do not come this far: questions that are
 * personal are left out and people who responded have no name here.
 */
#ifndef INFORMATIONREQUESTS_INFORMATIONREQUESTS_H
#define INFORMATIONREQUESTS_INFORMATIONREQUESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/form.h"
#include "base/reply.h"
#include "base/request.h"
#include "informationrequests/deadline.h"
#include "informationrequests/decisions.sql.h"
#include "informationrequests/passages.h"
#include "informationrequests/requests.sql.h"
#include "questionnaires/questions.h"

enum {
	/* Of one bundle, so that it can be read, and held by a worker. */
	REQUEST_ANSWERS_MOST = 2000,
	REQUEST_BYTES_MOST = 1500000,
	REQUEST_TEXT = 5000, /* characters of an officer's reasoning */
};

/* A request in a list, with its clock. */
struct request_line {
	const struct information_request_summary *request;
	struct request_clock clock;
};

struct request_line_list {
	const struct request_line *row;
	size_t count;
};

/* One answer in scope, and how it stands. */
struct decided_answer {
	const struct information_answer *row;
	const struct question *question;
	const char *respondent; /* an organisation, or "Respondent 3" */
	const char *text;
	const char *outcome; /* "release", "withhold", "part"; "" undecided */
	bool is_default;     /* released because nobody labelled it */
	bool is_outdated;    /* decided when it said something else */
	struct passage_list passages;            /* of "part" */
	const struct information_reason *reason; /* of "withhold" */
	struct segment_list released;
};

struct decided_answer_list {
	const struct decided_answer *row;
	size_t count;
};

struct request_view {
	const struct information_request *request;
	const char *path; /* "/information-requests/G..." */
	const struct information_requester *requester;
	struct information_clarification_list clarifications;
	const struct information_clarification *open; /* NULL: none waits */
	struct request_clock clock;
	struct information_reason_list reasons;
	struct information_bundle_list bundles;
	const struct information_test_asked *test; /* NULL: none is named */
	struct question_set set;                   /* of that market test */
	struct question_list questions;            /* in scope, in order */
	bool may_write; /* the role may, and it is not answered yet */
	bool may_decide;
	/* Of request_answers_load. */
	bool is_too_large;
	struct decided_answer_list answers;
	int32_t undecided;
	int32_t whole;
	int32_t in_part;
	int32_t withheld;
};

/*
 * The request that the path names, without its answers; false: there is none.
 * `is_locked` for whoever changes something.
 */
bool request_load(struct request *r, struct request_view *view, bool is_locked);

/*
 * The answers in scope, by question and respondent; none where this session
 * may not read them, or there are too many.
 */
void request_answers_load(struct request *r, struct request_view *view);

/* An answer of request_answers_load by its response and question, or NULL. */
const struct decided_answer *request_answer_find(
    const struct request_view *view, const char *response,
    const char *question);

/* NULL when there is none of that id. */
const struct information_reason *reason_by_id(
    struct information_reason_list reasons, int64_t id);

/* Answers whose released text holds what was withheld from another, if any. */
struct text_list request_leaks(
    struct request *r, const struct request_view *view);

/* Open requests, overdue first, then by the days left; waiting ones last. */
struct request_line_list request_open_lines(
    struct request *r, struct information_request_summary_list list);

/* 409, as reply_conflict(): somebody else has changed the request. */
struct reply request_conflict(struct request *r,
    const struct request_view *view, const char *title, const struct form *mine,
    const struct form *theirs);

/* SHA-256 of an answer's text. */
struct bytes answer_hash(struct arena *arena, const char *text);

/* A line of the audit about this request. */
void request_audit(struct request *r, const struct request_view *view,
    const char *act, const char *detail);

/* --- Words, in the arena -------------------------------------------------- */

extern const struct choice exemption_choices[];

/* "section 43(2)" */
const char *exemption_text(const struct information_reason *reason);

/* "Commercial interests"; "" of another exemption. */
const char *exemption_subject(const struct information_reason *reason);

/* "Reason 2: section 43(2)" */
const char *reason_title(
    struct request *r, const struct information_reason *reason);
struct choice_list reason_choices(
    struct request *r, struct information_reason_list reasons);

/* "3 working days left", "Due today", "Overdue by 2 working days" */
const char *clock_text(struct request *r, struct request_clock clock);
const char *clock_colour(struct request_clock clock);

/* "Released", "Withheld", "Released in part", "Not decided" */
const char *answer_outcome_text(const struct decided_answer *answer);
const char *answer_outcome_colour(const struct decided_answer *answer);

const char *request_state_text(const char *state);

/* "Question 9" or its text where it has no number; its whole text. */
const char *question_heading(
    struct request *r, const struct question *question);
const char *question_full(struct request *r, const struct question *question);

/* Why the answers cannot be shown; NULL: they can. */
const char *scope_obstacle(struct request *r, const struct request_view *view);

/* "Withheld: section 43(2)" for the bar of a reason. */
const char *bar_text(struct request *r, const struct request_view *view,
    const struct segment *segment);

/* "Reason 1, reason 3": by which an answer is withheld; "" by none. */
const char *answer_reasons(struct request *r, const struct request_view *view,
    const struct decided_answer *answer);

/* The reasons by which anything in scope is withheld. */
struct information_reason_list reasons_used(
    struct request *r, const struct request_view *view);

/* "12 of 15 answers are decided" */
const char *decided_text(struct request *r, const struct request_view *view);

const char *answer_path(struct request *r, const struct request_view *view,
    const struct decided_answer *answer);

#endif
