/* The match of a package, the sending of offers, and the rounds kept. */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/requests.sql.h"
#include "offers/match.h"
#include "offers/match_views.h"
#include "offers/offers_pages.h"
#include "offers/places.sql.h"
#include "offers/reply_forms.h"
#include "offers/send.h"
#include "packages/giveaway.h"
#include "permissions.h"
#include "policies/policies.h"
#include "templates.h"

struct send_form {
	struct text_list leave_out;
	const char *reason;
	const char *mark;
};

static const struct field send_fields[] = {
	FIELD(struct send_form, FIELD_CHOICES, leave_out,
	    "Which providers are left out?",
	    .hint = "Tick none to ask everybody whose turn it is."),
	FIELD(struct send_form, FIELD_TEXT, reason, "Why are they left out?",
	    .hint = "Kept with the match. Do not name the person.",
	    .maximum = 1000),
	FIELD(struct send_form, FIELD_HIDDEN, mark, "Match"),
	FIELD_END,
};

const char *
providers_text(struct request *r, int64_t count)
{
	return arena_printf(
	    r->arena, "%" PRId64 " provider%s", count, count == 1 ? "" : "s");
}

const char *
reason_head(struct request *r, const char *reason)
{
	return arena_strndup(r->arena, reason, strcspn(reason, "\n"));
}

const char *
reason_rest(const char *reason)
{
	const char *rest = strchr(reason, '\n');

	return rest != NULL ? rest + 1 : "";
}

/* The eligible come first, so two parts of one list. */
static size_t
eligible_count(struct match_line_list lines)
{
	size_t count = 0;

	while (count < lines.count && lines.row[count].is_eligible)
		count++;
	return count;
}

static struct match_line_list
lines_eligible(struct match_line_list lines)
{
	return (struct match_line_list) { lines.row, eligible_count(lines) };
}

/* The others come by the step they failed, so that groups are runs. */
static struct match_group_list
groups_of(struct arena *arena, struct match_line_list lines)
{
	struct match_group *group = arena_array(
	    arena, lines.count, sizeof(*group));
	struct match_group_list list = { group, 0 };

	for (size_t i = eligible_count(lines); i < lines.count; i++) {
		const struct match_line *line = &lines.row[i];

		if (list.count == 0 || !text_equal(line->failed_step,
					   group[list.count - 1].failed_step))
			group[list.count++] = (struct match_group) {
				line->failed_step, { line, 0 }
			};
		group[list.count - 1].lines.count++;
	}
	return list;
}

static bool
weighs(const struct policy_step *steps, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (steps[i].action == ACTION_WEIGH)
			return true;
	return false;
}

static struct match_sheet
sheet_of(struct arena *arena, struct match_line_list lines)
{
	struct match_sheet sheet = {
		.eligible = lines_eligible(lines),
		.others = groups_of(arena, lines),
		.other_count = lines.count - eligible_count(lines),
		.week_pence = lines.count > 0 ? lines.row[0].weekly_price_pence
		                              : 0,
	};

	for (size_t i = 0; i < lines.count; i++) {
		const struct match_line *line = &lines.row[i];

		if (line->weekly_price_pence != sheet.week_pence)
			sheet.has_prices = true;
		if (*line->preferences_met != '\0' ||
		    *line->preferences_unmet != '\0')
			sheet.has_preferences = true;
	}
	return sheet;
}

static bool
may_send(const struct request *r, const struct match_package *package)
{
	return permission_has(r->session.role, OFFER_SEND) &&
	       strcmp(package->state, "waiting") == 0 &&
	       !package->has_live_round;
}

static struct match_view *
match_view_of(
    struct request *r, const struct match *match, struct match_line_list lines)
{
	struct match_view *view = arena_alloc(r->arena, sizeof(*view));

	view->package = match->package;
	view->sheet = sheet_of(r->arena, lines);
	view->rules = policy_words(r->arena, match->policy);
	view->policy_number = match->package->policy_number;
	view->sheet.has_points = weighs(
	    match->policy->step, match->policy->step_count);
	view->may_send = may_send(r, match->package);
	view->ask_count = offer_round_preview(r->arena, match,
	    (struct chain_member_list) { NULL, 0 }, &view->wave);
	view->reply_by = reply_deadline(r->arena, match->policy,
	    policy_holidays(r->db, match->policy, match->now), match->now);
	view->start_by = match->wanted_start_at;
	view->rounds = round_summary_list(
	    r->db, match->package->council_id, match->package->id);
	view->request_reference = placement_request_open(
	    r->db, match->package->council_id, match->package->id);
	return view;
}

static struct choice_list
provider_choices(struct request *r, struct match_line_list lines)
{
	struct choice *choice = arena_array(
	    r->arena, lines.count, sizeof(*choice));

	for (size_t i = 0; i < lines.count; i++)
		choice[i] = (struct choice) {
			.value = lines.row[i].organisation_reference,
			.label = lines.row[i].organisation_name,
		};
	return (struct choice_list) { choice, lines.count };
}

static struct reply
match_again(struct request *r, const struct match *match,
    struct match_line_list lines, struct form *form, int status)
{
	form_choices(
	    form, "leave_out", provider_choices(r, lines_eligible(lines)));
	form_field(form, "mark")->value = match_mark(r->arena, lines);
	render_matches_show(r, match_view_of(r, match, lines), form);
	return reply_page(r, status);
}

/* GET /packages/:reference/match */
struct reply
match_show(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	const char *reference = request_part(r, "reference");
	int64_t council = r->session.council_id;
	const struct match_id *package = match_package_find(
	    r->db, council, reference);
	const struct match *match;

	if (package == NULL)
		return reply_not_found(r);
	offer_round_settle_due(&work, council, package->id);
	match = match_load(r->db, r->arena, council, package->id, r->now);
	if (match == NULL)
		return reply_redirect_with(r,
		    "Finish the package before you match it", "/packages/%s",
		    reference);
	return match_again(r, match, match_lines(r->arena, match),
	    form_show(r, send_fields, NULL), HTTP_OK);
}

static struct chain_member_list
left_out_list(struct request *r, const struct send_form *values,
    struct match_line_list lines)
{
	struct chain_member *member = arena_array(
	    r->arena, lines.count, sizeof(*member));
	struct chain_member_list list = { member, 0 };

	for (size_t i = 0; i < lines.count; i++)
		if (lines.row[i].is_eligible &&
		    text_list_has(
			values->leave_out, lines.row[i].organisation_reference))
			member[list.count++] = (struct chain_member) {
				lines.row[i].organisation_id, values->reason
			};
	return list;
}

static void
send_check(struct request *r, struct form *form, const struct send_form *values,
    const struct match *match, struct match_line_list lines)
{
	const char *wave;

	if (values->leave_out.count > 0 && *values->reason == '\0')
		form_error(
		    form, "reason", "Enter why these providers are left out");
	if (values->leave_out.count == 0 && *values->reason != '\0')
		form_error(form, "leave_out",
		    "Select the providers that are left out, or remove the "
		    "reason");
	if (!text_equal(values->mark, match_mark(r->arena, lines)))
		form_error(form, "leave_out",
		    "The match has changed since you opened this page. Look "
		    "at it again before you send the offers");
	else if (offer_round_preview(r->arena, match,
		     left_out_list(r, values, lines), &wave) == 0)
		form_error(form, "leave_out",
		    "There is no provider left to send an offer to");
}

/* POST /packages/:reference/match */
struct reply
match_send(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	const char *reference = request_part(r, "reference");
	int64_t council = r->session.council_id;
	const struct match_id *package = offer_package_lock(
	    &work, council, reference);
	struct send_form values = { 0 };
	struct match_line_list lines;
	const struct match *match;
	struct form *form;
	int64_t round;

	if (package == NULL)
		return reply_not_found(r);
	match = match_load(
	    r->db, r->arena, council, package->id, clock_now(r->db));
	if (match == NULL || !may_send(r, match->package))
		return reply_redirect_with(r,
		    "No offers were sent: the package does not wait for any",
		    "/packages/%s/match", reference);
	lines = match_lines(r->arena, match);
	form = form_read(r, send_fields, &values);
	form_choices(
	    form, "leave_out", provider_choices(r, lines_eligible(lines)));
	form_check_choice(form, "leave_out");
	send_check(r, form, &values, match, lines);
	giveaway_check(
	    form, "reason", values.reason, READ_BY_STAFF, council, reference);
	if (!form_ok(form))
		return match_again(r, match, lines, form, HTTP_UNPROCESSABLE);
	round = offer_round_send(&work, match, left_out_list(r, &values, lines),
	    r->session.account_id, 0);
	return reply_redirect_with(r, "Offers sent",
	    "/packages/%s/rounds/%" PRId32, reference,
	    round_number(r->db, council, round));
}

static struct round_view *
round_view_of(struct request *r, const struct round_page *round)
{
	struct round_view *view = arena_alloc(r->arena, sizeof(*view));
	const struct policy *policy = match_policy(
	    r->db, r->arena, round->policy_document);
	int64_t council = r->session.council_id;
	struct match_line_list lines = match_line_list(
	    r->db, council, round->id);

	view->round = round;
	view->answers = round_answer_list(r->db, council, round->id);
	view->sheet = sheet_of(r->arena, lines);
	view->may_act = permission_has(r->session.role, OFFER_SEND) &&
	                round->settled_at == 0;
	if (policy != NULL) {
		view->rules = policy_words(r->arena, policy);
		view->sheet.has_points = weighs(
		    policy->step, policy->step_count);
		view->has_rates = policy->price == PRICE_OFFERED;
		view->has_introductions = policy->is_introduced_before_start;
		view->has_reply_points = weighs(
		    policy->reply_step, policy->reply_step_count);
	}
	return view;
}

/* GET /packages/:reference/rounds/:number */
struct reply
round_show(struct request *r)
{
	struct offer_work work = offer_work_of(r);
	const char *reference = request_part(r, "reference");
	int64_t council = r->session.council_id, number;
	const struct match_id *package = match_package_find(
	    r->db, council, reference);
	const struct round_page *round;

	if (package == NULL ||
	    !text_to_int64(request_part(r, "number"), 1, INT32_MAX, &number))
		return reply_not_found(r);
	offer_round_settle_due(&work, council, package->id);
	round = round_by_number(r->db, council, reference, (int32_t)number);
	if (round == NULL)
		return reply_not_found(r);
	render_matches_round(r, round_view_of(r, round));
	return reply_page(r, HTTP_OK);
}
