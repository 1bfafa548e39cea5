/* Trying a version out on the packages of the last month. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/chart.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "matching/words.h"
#include "offers/match.h"
#include "permissions.h"
#include "policies/policies_pages.h"
#include "policies/trial_views.h"
#include "policies/trials.sql.h"
#include "templates.h"

enum { TRIAL_DAYS = 31, BARS = 2, PARTS = 3 };

/* The framework that the query names, or the first; NULL without any. */
static const struct policy_framework *
framework_asked(
    const struct request *r, struct policy_framework_list frameworks)
{
	const char *asked = request_query(r, "framework");

	for (size_t i = 0; i < frameworks.count; i++)
		if (asked == NULL ||
		    text_equal(frameworks.row[i].reference, asked))
			return frameworks.row + i;
	return NULL;
}

static struct choice_list
framework_choices(struct request *r, struct policy_framework_list frameworks)
{
	struct choice *row = arena_array(
	    r->arena, frameworks.count, sizeof(*row));

	for (size_t i = 0; i < frameworks.count; i++)
		row[i] = (struct choice) { frameworks.row[i].reference,
			frameworks.row[i].name, NULL };
	return (struct choice_list) { row, frameworks.count };
}

/* Two bars, of what became of all packages under either policy. */
static void
picture_draw(struct request *r, struct trial_view *view)
{
	const struct trial_total *total[BARS] = { &view->trial.present,
		&view->trial.tried };
	static const char *const label[BARS] = { "In force now", "Tried" };
	int64_t(*value)[BARS] = arena_array(r->arena, PARTS, sizeof(*value));
	struct chart_series series[PARTS];
	struct chart chart = {
		.id = "trial",
		.title = "What would have become of the packages",
		.description = arena_printf(r->arena,
		    "Two bars of %zu packages. In force now: %" PRId64
		    " placed with the first asked, %" PRId64 " later, %" PRId64
		    " not. Tried: %" PRId64 ", %" PRId64 " and %" PRId64 ".",
		    view->trial.lines.count, total[0]->placed_at_once,
		    total[0]->placed_later, total[0]->not_placed,
		    total[1]->placed_at_once, total[1]->placed_later,
		    total[1]->not_placed),
		.label = label,
		.mark = label,
		.count = BARS,
		.series = series,
		.series_count = PARTS,
	};

	for (size_t i = 0; i < BARS; i++) {
		value[0][i] = total[i]->placed_at_once;
		value[1][i] = total[i]->placed_later;
		value[2][i] = total[i]->not_placed;
	}
	for (size_t i = 0; i < PARTS; i++) {
		series[i] = (struct chart_series) { trial_parts[i], value[i] };
		view->swatch[i] = chart_swatch(r->arena, &chart, i);
	}
	view->bars = chart_bars(r->arena, &chart);
}

static void
trial_fill(
    struct request *r, struct trial_view *view, const struct policy *tried)
{
	const char *document = policy_document_by_id(
	    r->db, r->session.council_id, view->framework->version_id);
	const struct policy *present = match_policy(
	    r->db, r->arena, document != NULL ? document : "");
	int64_t since = clock_midnight(policy_today(r) - TRIAL_DAYS);

	if (present == NULL)
		return;
	view->paging = request_paging(r, "page",
	    trial_package_count(
		r->db, r->session.council_id, view->framework->id, since),
	    TRIAL_PORTION);
	view->trial = trial_run(r->db, r->arena, r->session.council_id,
	    view->framework->id, since, view->paging.offset, present, tried);
	picture_draw(r, view);
}

/* GET /policies/:reference/versions/:number/try */
struct reply
policy_trial_show(struct request *r)
{
	struct policy_view version = policy_view_version(r);
	struct policy_framework_list frameworks;
	struct trial_view view = { .version = &version };

	if (version.policy == NULL)
		return reply_not_found(r);
	frameworks = policy_framework_list(
	    r->db, r->session.council_id, policy_today(r));
	view.framework = framework_asked(r, frameworks);
	if (view.framework == NULL && request_query(r, "framework") != NULL)
		return reply_not_found(r);
	view.frameworks = framework_choices(r, frameworks);
	view.shows_all = request_query(r, "all") != NULL;
	view.may_open = permission_has(r->session.role, PACKAGE_READ);
	view.faults = policy_check(r->arena, version.rules).count;
	if (view.faults == 0 && view.framework != NULL)
		trial_fill(r, &view, version.rules);
	render_policies_trial(r, &view);
	return reply_page(r, HTTP_OK);
}

const char *
trial_portion(struct request *r, const struct trial_view *view)
{
	size_t count = view->trial.lines.count;

	if (view->paging.pages <= 1)
		return arena_printf(r->arena, "%zu %s", count,
		    count == 1 ? "package" : "packages");
	return arena_printf(r->arena,
	    "packages %" PRId64 " to %" PRId64 " of %" PRId64,
	    view->paging.offset + 1, view->paging.offset + (int64_t)count,
	    view->paging.count);
}

const char *const trial_parts[PARTS] = {
	"Placed with the first asked",
	"Placed later",
	"Not placed",
};

const char *
trial_who(const struct trial_outcome *outcome)
{
	switch (outcome->end) {
	case TRIAL_BROKER:
		return "Nobody: a broker decides";
	case TRIAL_NOBODY:
		return "Nobody: it waits";
	case TRIAL_PLACED:
		break;
	}
	return outcome->organisation;
}

const char *
trial_when(struct request *r, const struct trial_outcome *outcome)
{
	if (outcome->end != TRIAL_PLACED)
		return "–";
	return arena_printf(r->arena, "%s later; starts %s",
	    words_duration(r->arena, outcome->waited / 1000000),
	    at(r, outcome->starts_at));
}

const char *
trial_price(struct request *r, int64_t pence)
{
	return pence == 0 ? "–" : money(r, pence);
}

const char *
trial_distance(struct request *r, int64_t metres)
{
	return metres == 0 ? "–" : words_distance(r->arena, metres);
}

const char *
trial_wait(struct request *r, const struct trial_total *total)
{
	if (total->placed_at_once + total->placed_later == 0)
		return "–";
	return words_duration(r->arena, total->waited / 1000000);
}
