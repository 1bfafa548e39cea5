/* Loads policies for their pages, and words their states. */
#include "policies/views.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/db.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "matching/words.h"
#include "permissions.h"
#include "policies/policies.h"

int32_t
policy_today(const struct request *r)
{
	return clock_local_date(r->now);
}

struct policy_view
policy_view_load(struct request *r)
{
	return (struct policy_view) {
		.policy = policy_by_reference(
		    r->db, r->session.council_id, request_part(r, "reference")),
		.may_write = permission_has(r->session.role, POLICY_WRITE),
	};
}

/* The version of that number, and what it says. */
static struct policy_view
view_of_number(struct request *r, int64_t number)
{
	struct policy_view view = policy_view_load(r);
	struct policy_version_row_list versions;

	if (view.policy == NULL)
		return view;
	versions = policy_version_list(
	    r->db, r->session.council_id, view.policy->id, policy_today(r));
	for (size_t i = 0; i < versions.count; i++)
		if (versions.row[i].number == number)
			view.version = &versions.row[i];
	if (view.version == NULL) {
		view.policy = NULL;
		return view;
	}
	view.rules = arena_alloc(r->arena, sizeof(*view.rules));
	if (policy_draft_read(r->arena, view.version->document, view.rules)
		.count != 0)
		db_fail(r->db, DB_BROKEN, "a policy kept here cannot be read");
	return view;
}

struct policy_view
policy_view_version(struct request *r)
{
	int64_t number = 0;

	text_to_int64(request_part(r, "number"), 1, INT32_MAX, &number);
	return view_of_number(r, number);
}

struct policy_view
policy_view_draft(struct request *r)
{
	struct policy_view view = policy_view_load(r);

	if (view.policy != NULL && !view.policy->has_draft)
		view.policy = NULL;
	return view.policy == NULL ? view
	                           : view_of_number(r, view.policy->draft);
}

bool
version_is_used(const struct policy_version_row *version)
{
	return version->is_in_force || version->planned_on != 0;
}

const char *
version_state(struct request *r, const struct policy_version_row *version)
{
	if (version->published_at == 0)
		return "Draft";
	if (version->retired_at != 0)
		return "Retired";
	if (version->is_in_force)
		return "In force";
	if (version->planned_on != 0)
		return arena_printf(
		    r->arena, "In force from %s", day(r, version->planned_on));
	return "No longer in force";
}

const char *
version_colour(const struct policy_version_row *version)
{
	if (version->published_at == 0)
		return "blue";
	if (version->is_in_force)
		return "green";
	return version->planned_on != 0 ? "yellow" : "grey";
}

const char *
entry_state(const struct policy_entry *entry)
{
	if (entry->in_force.count > 0)
		return "In force";
	if (entry->planned.count > 0)
		return "Will be in force";
	if (entry->is_retired)
		return "Retired";
	return entry->has_newest ? "Not in force" : "Draft";
}

const char *
entry_colour(const struct policy_entry *entry)
{
	if (entry->in_force.count > 0)
		return "green";
	if (entry->planned.count > 0)
		return "yellow";
	return entry->is_retired || entry->has_newest ? "grey" : "blue";
}

const char *
names_text(struct request *r, struct text_list names)
{
	return words_list(r->arena, names.row, names.count);
}

const char *
version_path(struct request *r, const struct policy_view *view)
{
	return arena_printf(r->arena, "/policies/%s/versions/%" PRId32,
	    view->policy->reference, view->version->number);
}

const char *
draft_path(struct request *r, const struct policy_view *view)
{
	return arena_printf(
	    r->arena, "/policies/%s/draft", view->policy->reference);
}

void
policy_audit(struct request *r, const struct policy_view *view, const char *act,
    const char *more)
{
	audit_add(r->db, act, "policy", view->policy->reference,
	    arena_printf(r->arena, "{\"version\": %" PRId32 "%s}",
		view->version->number, more != NULL ? more : ""));
}

/* --- Step by step --------------------------------------------------------- */

/* The faults of one place, in the arena. */
static struct text_list
faults_of(struct request *r, struct policy_faults faults, enum policy_part part,
    int step)
{
	const char **text = arena_array(r->arena, faults.count, sizeof(*text));
	size_t count = 0;

	for (size_t i = 0; i < faults.count; i++)
		if (faults.place[i].part == part &&
		    faults.place[i].step == step)
			text[count++] = faults.text[i];
	return (struct text_list) { text, count };
}

static struct step_line_list
step_lines(struct request *r, const struct step_list *list,
    struct policy_faults faults)
{
	static const char *const names[ACTION_COUNT] = {
		[ACTION_MUST] = "Must",
		[ACTION_PREFER] = "Prefer",
		[ACTION_WEIGH] = "Weigh",
	};
	enum policy_part part = list->is_of_replies ? PART_REPLY_STEPS
	                                            : PART_STEPS;
	struct step_line *line = arena_array(
	    r->arena, *list->count, sizeof(*line));

	for (size_t i = 0; i < *list->count; i++) {
		const struct policy_step *step = &list->step[i];

		line[i] = (struct step_line) {
			.number = (int32_t)i + 1,
			.label = policy_criterion_label(step->criterion),
			.action = names[step->action],
			.words = policy_step_words(r->arena, step),
			.faults = faults_of(r, faults, part, (int)i),
			.can_change = step_has_fields(list, step),
			.is_first = i == 0,
			.is_last = i + 1 == *list->count,
		};
	}
	return (struct step_line_list) { line, *list->count };
}

static struct part_line_list
part_lines(
    struct request *r, const struct policy *policy, struct policy_faults faults)
{
	struct part_line *line = arena_array(
	    r->arena, PART_COUNT, sizeof(*line));
	size_t count = 0;

	for (; draft_parts[count] != NULL; count++)
		line[count] = (struct part_line) {
			.slug = draft_parts[count]->slug,
			.title = draft_parts[count]->title,
			.words = policy_part_words(
			    r->arena, policy, draft_parts[count]->part),
			.faults = faults_of(
			    r, faults, draft_parts[count]->part, -1),
		};
	return (struct part_line_list) { line, count };
}

/* Where the page shows what a fault is about. */
static const char *
fault_href(struct request *r, struct policy_place place)
{
	if (place.part == PART_STEPS || place.part == PART_REPLY_STEPS) {
		const char *slug = place.part == PART_STEPS ? "steps"
		                                            : "reply-steps";

		return place.step < 0 ? arena_printf(r->arena, "#%s", slug)
		                      : arena_printf(r->arena, "#%s-%d", slug,
					    place.step + 1);
	}
	for (size_t i = 0; draft_parts[i] != NULL; i++)
		if (draft_parts[i]->part == place.part)
			return arena_printf(
			    r->arena, "#%s", draft_parts[i]->slug);
	return "#";
}

static const char *
mend_text(struct request *r, size_t faults)
{
	if (faults == 0)
		return "It can be put in force.";
	return arena_printf(r->arena,
	    "%zu %s to be mended before it can be put in force.", faults,
	    faults == 1 ? "thing is" : "things are");
}

struct policy_sheet
policy_sheet_of(struct request *r, const struct policy *policy)
{
	struct policy *rules = arena_alloc(r->arena, sizeof(*rules));
	struct policy_faults faults = policy_check(r->arena, policy);
	struct fault_link *link = arena_array(
	    r->arena, faults.count, sizeof(*link));
	struct step_list steps, reply_steps;

	*rules = *policy;
	steps = step_list_find(rules, "steps");
	reply_steps = step_list_find(rules, "reply-steps");
	for (size_t i = 0; i < faults.count; i++)
		link[i] = (struct fault_link) { faults.text[i],
			fault_href(r, faults.place[i]) };
	return (struct policy_sheet) {
		.steps = step_lines(r, &steps, faults),
		.reply_steps = step_lines(r, &reply_steps, faults),
		.step_faults = faults_of(r, faults, PART_STEPS, -1),
		.parts = part_lines(r, policy, faults),
		.faults = { link, faults.count },
		.to_mend = mend_text(r, faults.count),
	};
}
