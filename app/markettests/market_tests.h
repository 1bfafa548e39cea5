/*
 * Market tests: what a council asks the market before it buys. The rules of
 * their times, the words of their states, and the mails that tell of them.
 * Responses, which are sealed, are in responses.h.
 */
#ifndef MARKETTESTS_MARKET_TESTS_H
#define MARKETTESTS_MARKET_TESTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/form.h"
#include "base/text.h"
#include "markettests/market_tests.sql.h"
#include "questionnaires/questions.h"

struct arena;
struct request;

/* Lists show this many rows on a page. */
enum { MARKET_TEST_ROWS = 25 };

/* A market test with its questions, as pages show it. */
struct market_test_view {
	const struct market_test_row *row;
	struct question_set set; /* without sections when there is none yet */
	struct market_test_change_row_list changes;
	const struct market_test_change_row *waiting; /* for a second person */
	bool is_own;    /* the viewer works for the council that asks */
	bool may_write; /* and may change it */
};

/*
 * Loads the market test that the path names, as far as the viewer may see it;
 * `row` is NULL when that is not at all. Lives in the request's arena.
 */
struct market_test_view market_test_view_load(struct request *r);

/*
 * The same for staff who may change it, locked; `row` is NULL for everybody
 * else. The state in it is of the clock after the lock.
 */
struct market_test_view market_test_view_lock(struct request *r);

/*
 * What is wrong with a time at which a market test closes or its questions end:
 * a sentence, or NULL. Between midnight and six in the morning nobody is there
 * to help. (Gaps and overlaps of the clock are refused by the field.)
 */
const char *market_test_hour_fault(int64_t instant);

/*
 * What keeps a draft from being published, a sentence each: no questions, no
 * close, a close that is past or at night, a cut-off for questions after it,
 * nobody invited where only the invited may answer. None when it is fit.
 */
struct text_list market_test_faults(
    struct request *r, const struct market_test_view *view, int64_t invited);

/* "Open" of "published", for tags, and the colour of it. */
const char *market_test_state_text(const char *state);
const char *market_test_state_colour(const char *state);

/* "Moving the close to 15 October 2021 at 4:00pm", of a change. */
const char *market_test_change_text(
    struct request *r, const struct market_test_change_row *change);

/* How "approved" reads. */
const char *market_test_change_state_text(const char *state);

/* "15 October 2021 at 4:00pm (15:00 UTC)", of an instant. */
const char *instant_both_text(struct request *r, int64_t instant);

/* Versions of questions as a field's choices; the value is the id. */
struct choice_list version_choice_list(
    struct request *r, struct question_version_choice_list versions);

/* What the notice is called under a legal basis; "" where there is none. */
const char *market_test_notice_label(const char *legal_basis);

/* "Procurement Act 2023", of a legal basis. */
extern const struct choice market_test_bases[];

/* What a mail tells of a market test. */
enum market_test_news {
	MARKET_TEST_PUBLISHED,
	MARKET_TEST_CLOSE_MOVED,
	MARKET_TEST_CORRECTED,
	MARKET_TEST_WITHDRAWN,
	MARKET_TEST_FINISHED,
};

/*
 * Queues a mail to everybody who is told of a market test; people who answer
 * without an account get a new link each time, which ends the last one. What is
 * sent only because somebody responded goes as mail of the installation, so
 * that nobody of the council learns who did.
 */
void market_test_tell(struct request *r, const struct market_test_row *row,
    enum market_test_news news, const char *reason);

/* Tells those who were invited since the others were told. */
void market_test_tell_new(struct request *r, const struct market_test_row *row);

#endif
