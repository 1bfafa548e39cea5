/* Rules and words of market tests. */
#include "markettests/market_tests.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "permissions.h"

/* Nobody answers the telephone before this hour. */
enum { EARLIEST_HOUR = 6, FAULTS_MOST = 12 };

const struct choice market_test_bases[] = {
	{ "procurement_act_2023", "Procurement Act 2023",
	    "A notice of preliminary market engagement is published first" },
	{ "pcr_2015", "Public Contracts Regulations 2015",
	    "For a procurement that began before 24 February 2025" },
	{ "provider_selection_regime", "NHS Provider Selection Regime",
	    "For health care that a council and the NHS buy together" },
	{ NULL, NULL, NULL },
};

static const struct {
	const char *state;
	const char *text;
	const char *colour;
} states[] = {
	{ "draft", "Draft", "grey" },
	{ "published", "Open", "green" },
	{ "closed", "Closed", "yellow" },
	{ "opened", "Responses opened", "blue" },
	{ "finished", "Finished", "grey" },
	{ "withdrawn", "Withdrawn", "red" },
};

const char *
market_test_state_text(const char *state)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (text_equal(states[i].state, state))
			return states[i].text;
	return state;
}

const char *
market_test_state_colour(const char *state)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++)
		if (text_equal(states[i].state, state))
			return states[i].colour;
	return "";
}

const char *
market_test_change_text(
    struct request *r, const struct market_test_change_row *change)
{
	if (text_equal(change->kind, "close"))
		return arena_printf(r->arena, "Moving the close to %s",
		    at(r, change->closes_at));
	if (text_equal(change->kind, "correct"))
		return arena_printf(r->arena,
		    "Correcting the questions, to version %" PRId32,
		    change->version_number);
	return text_equal(change->kind, "publish") ? "Publishing"
	                                           : "Withdrawing";
}

const char *
market_test_change_state_text(const char *state)
{
	if (text_equal(state, "approved"))
		return "Approved";
	if (text_equal(state, "refused"))
		return "Refused";
	return text_equal(state, "taken_back") ? "Taken back" : "Proposed";
}

const char *
instant_both_text(struct request *r, int64_t instant)
{
	const int64_t minutes = instant / CLOCK_MINUTE;

	return arena_printf(r->arena, "%s (%02" PRId64 ":%02" PRId64 " UTC)",
	    at(r, instant), minutes / 60 % 24, minutes % 60);
}

const char *
market_test_notice_label(const char *legal_basis)
{
	if (text_equal(legal_basis, "procurement_act_2023"))
		return "Preliminary market engagement notice";
	if (text_equal(legal_basis, "pcr_2015"))
		return "Prior information notice";
	return "Transparency notice";
}

const char *
market_test_hour_fault(int64_t instant)
{
	if (instant != 0 && clock_local(instant).hour < EARLIEST_HOUR)
		return "must be after 6 in the morning and before midnight, "
		       "when there are people to help";
	return NULL;
}

struct choice_list
version_choice_list(
    struct request *r, struct question_version_choice_list versions)
{
	struct choice *choice = arena_array(
	    r->arena, versions.count + 1, sizeof(*choice));

	for (size_t i = 0; i < versions.count; i++) {
		choice[i].value = arena_printf(
		    r->arena, "%" PRId64, versions.row[i].id);
		choice[i].label = versions.row[i].label;
	}
	return (struct choice_list) { choice, versions.count };
}

static void
fault_add(struct text_list *list, const char **row, const char *fault)
{
	if (fault != NULL && list->count < FAULTS_MOST)
		row[list->count++] = fault;
}

struct text_list
market_test_faults(
    struct request *r, const struct market_test_view *view, int64_t invited)
{
	const struct market_test_row *row = view->row;
	const char **faults = arena_array(
	    r->arena, FAULTS_MOST, sizeof(*faults));
	struct text_list list = { faults, 0 };
	const char *hour = market_test_hour_fault(row->closes_at);

	if (text_is_empty(row->summary))
		fault_add(&list, faults, "It has no summary");
	if (row->version_id == 0)
		fault_add(&list, faults, "It has no questions");
	if (row->closes_at == 0)
		fault_add(&list, faults, "It has no time at which it closes");
	else if (row->closes_at <= r->now)
		fault_add(&list, faults, "The close has gone by");
	if (hour != NULL)
		fault_add(&list, faults,
		    arena_printf(r->arena, "The close %s", hour));
	if (row->opens_at == 0)
		fault_add(&list, faults, "It has no time at which it opens");
	if (text_is_empty(row->support))
		fault_add(
		    &list, faults, "It does not say whom to ask for help");
	if (text_equal(row->audience, "invited") && invited == 0)
		fault_add(&list, faults, "Nobody is invited");
	return list;
}

static void
view_fill(struct request *r, struct market_test_view *view)
{
	struct reading reading = reading_new(r->arena, "");
	const struct market_test_row *row = view->row;

	view->is_own = r->session.council_id == row->council_id &&
	               permission_has(r->session.role, MARKET_TEST_READ);
	view->may_write = view->is_own &&
	                  permission_has(r->session.role, MARKET_TEST_WRITE);
	if (row->document != NULL && row->version_id != 0)
		question_set_read(&reading, row->document, false, &view->set);
	view->changes = market_test_change_list(
	    r->db, row->council_id, row->id);
	if (view->changes.count > 0 &&
	    text_equal(view->changes.row[0].state, "proposed"))
		view->waiting = &view->changes.row[0];
}

struct market_test_view
market_test_view_load(struct request *r)
{
	struct market_test_view view = { 0 };

	view.row = market_test_by_reference(
	    r->db, request_part(r, "reference"));
	if (view.row != NULL)
		view_fill(r, &view);
	return view;
}

struct market_test_view
market_test_view_lock(struct request *r)
{
	struct market_test_view view = { 0 };

	if (market_test_lock(r->db, r->session.council_id,
		request_part(r, "reference")) == 0)
		return view;
	r->now = clock_now(r->db);
	return market_test_view_load(r);
}
