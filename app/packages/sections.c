/* See sections.h. */
#include "packages/sections.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/db.h"
#include "base/requests.sql.h"
#include "conflict.h"
#include "offers/match_views.h"
#include "offers/reply_forms.h"
#include "offers/send.h"
#include "offers/settle.h"
#include "templates.h"

bool
returns_to_check(const struct request *r)
{
	return text_equal(r->method == POST ? request_field(r, "return")
					    : request_query(r, "return"),
	    "check");
}

const char *
package_home(struct request *r, const struct package *package)
{
	return arena_printf(r->arena, "/packages/%s%s", package->reference,
	    returns_to_check(r) && text_equal(package->state, "draft")
		? "/check"
		: "");
}

const char *
package_next(struct request *r, const struct package *package,
    enum package_section after)
{
	enum package_section next = package_section_next(package, after);

	if (!text_equal(package->state, "draft") || returns_to_check(r))
		return package_home(r, package);
	return arena_printf(r->arena, "/packages/%s/%s", package->reference,
	    next != SECTION_COUNT ? package_section_name(next) : "check");
}

const char *
package_home_text(const struct request *r, const struct package *package)
{
	return text_equal(package->state, "draft") && !returns_to_check(r)
	           ? "All sections"
	           : NULL;
}

const struct package *
package_open(struct request *r, struct reply *reply)
{
	const struct package *package = package_by_reference(
	    r->db, r->session.council_id, request_part(r, "reference"));

	if (package == NULL) {
		*reply = reply_not_found(r);
		return NULL;
	}
	if (!package_may_change(package)) {
		*reply = reply_redirect_with(r,
		    arena_printf(r->arena,
			"This package is %s and can no longer be changed",
			text_lower(
			    r->arena, package_state_label(package->state))),
		    "/packages/%s", package->reference);
		return NULL;
	}
	return package;
}

bool
package_settle(struct request *r, int64_t package)
{
	struct offer_work work = offer_work_of(r);

	return offer_round_settle_due(&work, r->session.council_id, package);
}

const struct package *
package_take(struct request *r, struct reply *reply)
{
	struct offer_work work = offer_work_of(r);

	offer_package_lock(
	    &work, r->session.council_id, request_part(r, "reference"));
	return package_open(r, reply);
}

bool
revision_holds(const struct request *r, int32_t revision)
{
	const char *text = request_field(r, "revision");
	int64_t posted;

	return text != NULL && text_to_int64(text, 1, INT32_MAX, &posted) &&
	       posted == revision;
}

const char *
revision_shown(struct request *r, int32_t revision)
{
	const char *text = pair_find(r->parked, "revision");
	int64_t parked;

	if (text != NULL && text_to_int64(text, 1, INT32_MAX, &parked))
		return text;
	text = request_field(r, "revision");
	if (text != NULL && text_to_int64(text, 1, INT32_MAX, &parked))
		return text;
	return form_revision_text(r, revision);
}

const struct price_rule *
package_rule_on(struct request *r, const struct package *package, int32_t day)
{
	return package_price_rule(
	    r->db, r->session.council_id, package->id, day);
}

struct package_price
package_price_now(struct request *r, const struct package *package)
{
	return package_price(r->db, r->arena,
	    package_rule_on(r, package, clock_local_date(r->now)),
	    visit_list(r->db, r->session.council_id, package->id));
}

/* --- Conflicts ------------------------------------------------------------ */

struct reply
package_conflict(struct request *r, const struct package *package,
    const char *title, const struct form *mine, const struct form *theirs)
{
	const struct package_saver *last = package_last_saver(r->db,
	    r->session.council_id, package->reference, r->session.account_id);
	struct saver saver = { .saved_at = package->changed_at };

	if (last != NULL)
		saver = (struct saver) { last->name, last->saved_at,
			last->is_viewer };
	return reply_conflict(r, title, saver, package->revision, mine, theirs);
}

/* --- Saving --------------------------------------------------------------- */

static void
week_keep(struct request *r, const struct package *package)
{
	struct package_price price = package_price_now(r, package);

	package_save_week(r->db, r->session.council_id, package->id,
	    (int32_t)(price.low.care_seconds / 60),
	    price.is_known && !price.is_range ? price.low.total_pence : 0);
}

/* Hours or reason that changed begin a new stretch of waiting. */
static void
wait_keep(struct request *r, const struct package *package)
{
	int64_t council = r->session.council_id;

	if (!package_wait_is_other(r->db, council, package->id))
		return;
	package_wait_close(r->db, council, package->id);
	package_wait_open(r->db, council, package->id);
}

void
package_round_end(
    struct request *r, const struct package *package, const char *reason)
{
	struct offer_work work = offer_work_of(r);

	offer_round_withdraw(&work, r->session.council_id, package->id, reason);
}

/* What became of the offers of a package that changed. */
struct version_outcome {
	bool is_asked;   /* the broker is still to be asked; nothing was done */
	bool is_new;     /* there is a new version */
	bool had_offers; /* of the old one, which are withdrawn */
	bool is_complete;
	size_t asked; /* providers who have an offer of the new version */
};

/* Whether the package, as it is saved now, still says all that it must. */
static bool
is_complete_now(struct request *r, const struct package *package)
{
	const struct package *now = package_by_reference(
	    r->db, r->session.council_id, package->reference);

	return now != NULL && package_sections_left(now) == 0;
}

/*
 * A package on the list that now says something else is a new version; live
 * offers of the old one are withdrawn, once the broker knows that, and those
 * whom the new one suits are asked again.
 */
static struct version_outcome
version_keep(struct request *r, const struct package *package)
{
	int64_t council = r->session.council_id;
	int64_t account = r->session.account_id;
	struct offer_work work = offer_work_of(r);
	struct version_outcome outcome = { 0 };

	if (!package_is_changed(r->db, council, package->id))
		return outcome;
	outcome.is_complete = is_complete_now(r, package);
	outcome.had_offers = package_live_round(r->db, council, package->id) !=
	                     NULL;
	if (outcome.had_offers &&
	    !text_equal(request_field(r, "confirm"), "yes")) {
		outcome.is_asked = true;
		if (outcome.is_complete)
			outcome.asked = offer_again_preview(
			    &work, council, package->id);
		return outcome;
	}
	outcome.is_new = true;
	if (outcome.had_offers)
		package_round_end(r, package, "The package has changed");
	package_version_next(r->db, council, package->id);
	package_version_insert(r->db, council, package->id, account, false);
	/* What was costed is another package now. */
	task_finish(r->db, council, "approve_rate", package->id, NULL, NULL);
	if (outcome.had_offers && outcome.is_complete)
		outcome.asked = offer_round_again(
		    &work, council, package->id, account);
	return outcome;
}

/* Nothing is saved yet: says what saving would do. */
static struct reply
reply_confirm(struct request *r, const struct package *package,
    const struct version_outcome *outcome)
{
	const struct live_round *round;
	struct pair_list again = fields_again(r, "confirm");

	db_rollback_to_savepoint(r->db);
	round = package_live_round(r->db, r->session.council_id, package->id);
	render_packages_confirm(r, package, round, again, outcome->is_complete,
	    (int64_t)outcome->asked);
	return reply_page(r, HTTP_OK);
}

/*
 * "Saved as version 2: Start and urgency. The offers were withdrawn and sent
 * again to ..."
 */
static const char *
change_notice(struct request *r, const struct package *package,
    const struct package_change *change, const struct version_outcome *outcome)
{
	const char *title = change->title == NULL
	                        ? ""
	                        : arena_printf(r->arena, ": %s", change->title);
	const char *saved;

	if (!outcome->is_new || !outcome->had_offers)
		return arena_printf(r->arena, "%s%s", change->act, title);
	saved = arena_printf(r->arena, "%s version %" PRId32 "%s",
	    text_equal(change->act, "Saved")
		? "Saved as"
		: arena_printf(r->arena, "%s, saved as", change->act),
	    package->version + 1, title);
	if (outcome->asked > 0)
		return arena_printf(r->arena,
		    "%s. The offers were withdrawn and sent again to %s", saved,
		    providers_text(r, (int64_t)outcome->asked));
	return arena_printf(r->arena,
	    "%s. The offers were withdrawn and not sent again: %s", saved,
	    outcome->is_complete
		? "no provider matches the package now, so it waits"
		: "the change leaves something to answer first");
}

struct reply
package_change(struct request *r, const struct package *package,
    const struct package_change *change)
{
	bool is_draft = text_equal(package->state, "draft");
	const char *location = change->location;
	struct version_outcome outcome = { 0 };

	db_savepoint(r->db);
	change->save(r, package, change->values);
	week_keep(r, package);
	package_touch(
	    r->db, r->session.council_id, package->id, change->section);
	if (!is_draft) {
		outcome = version_keep(r, package);
		if (outcome.is_asked)
			return reply_confirm(r, package, &outcome);
		wait_keep(r, package);
	}
	audit_add(r->db, "package.change", "package", package->reference,
	    arena_printf(r->arena, "{\"section\": \"%s\"}", change->section));
	if (location == NULL)
		location = package_next(r,
		    package_by_reference(
			r->db, r->session.council_id, package->reference),
		    package_section_of(change->section));
	return reply_redirect_with(
	    r, change_notice(r, package, change, &outcome), "%s", location);
}

/* --- A section that is one form ------------------------------------------- */

/* Choices that came late are looked at again. */
static void
choices_give(struct request *r, const struct package *package,
    const struct section *section, struct form *form, bool is_read)
{
	size_t i;

	if (section->choices == NULL)
		return;
	section->choices(r, package, form);
	for (i = 0; is_read && i < form->count; i++)
		if (form->fields[i].field->choices == NULL &&
		    (form->fields[i].field->kind == FIELD_CHOICE ||
			form->fields[i].field->kind == FIELD_CHOICES))
			form_check_choice(form, form->fields[i].field->name);
}

static struct form *
section_form(struct request *r, const struct package *package,
    const struct section *section)
{
	void *values = arena_alloc(r->arena, section->size);
	struct form *form;

	section->load(r, package, values);
	form = form_show(r, section->fields, values);
	choices_give(r, package, section, form, false);
	return form;
}

static void
section_render(struct request *r, const struct package *package,
    const struct section *section, struct form *form)
{
	if (section->render != NULL)
		section->render(r, package, form);
	else
		render_packages_section(r, package, section, form);
}

struct reply
section_edit(struct request *r, const struct section *section)
{
	struct reply reply;
	const struct package *package = package_open(r, &reply);

	if (package == NULL)
		return reply;
	section_render(r, package, section, section_form(r, package, section));
	return reply_page(r, HTTP_OK);
}

struct reply
section_update(struct request *r, const struct section *section)
{
	struct reply reply;
	const struct package *package = package_take(r, &reply);
	void *values = arena_alloc(r->arena, section->size);
	struct package_change change = {
		.section = section->name,
		.act = "Saved",
		.title = section->title,
		.save = section->save,
		.values = values,
	};
	struct form *form;

	if (package == NULL)
		return reply;
	form = form_read(r, section->fields, values);
	choices_give(r, package, section, form, true);
	if (!revision_holds(r, package->revision))
		return package_conflict(r, package, section->title, form,
		    section_form(r, package, section));
	if (form_ok(form) && section->check != NULL)
		section->check(r, package, form, values);
	if (!form_ok(form)) {
		section_render(r, package, section, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	if (section->next != NULL)
		change.location = arena_printf(r->arena, "/packages/%s/%s%s",
		    package->reference, section->next,
		    returns_to_check(r) ? "?return=check" : "");
	return package_change(r, package, &change);
}
