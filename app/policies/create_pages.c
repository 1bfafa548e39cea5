/*
 * New policies: from one that ships, from nothing, from a file, as a copy; and
 * the draft that a version is edited in.
 */
#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "policies/policies.h"
#include "policies/policies_pages.h"
#include "policies/shipped.h"
#include "policies/views.h"
#include "templates.h"

enum { HOUR_SECONDS = 3600, HOUR_MINUTES = 60, EVERY_DAY = 0x7f };

/* A new policy whose draft is that; its reference. */
static const char *
policy_add(struct request *r, const struct policy *rules, const char *act)
{
	const struct policy_new *policy = policy_insert(
	    r->db, r->session.council_id, rules->name);

	if (policy == NULL)
		return "";
	policy_draft_insert(r->db, r->session.council_id, policy->id,
	    policy_write(r->arena, rules), r->session.account_id);
	audit_add(r->db, act, "policy", policy->reference, "{\"version\": 1}");
	return policy->reference;
}

/* --- From one that ships, or from nothing --------------------------------- */

struct new_form {
	const char *name;
	const char *from;
};

static const struct field new_fields[] = {
	FIELD(struct new_form, FIELD_LINE, name, "Name",
	    .hint = "As people know it, for example Support at home framework",
	    .missing = "Enter a name", .is_required = true, .maximum = 200),
	FIELD(struct new_form, FIELD_CHOICE, from, "Begin with",
	    .missing = "Select what to begin with", .is_required = true),
	FIELD_END,
};

/* What nothing begins with: an offer to all for two hours, and no steps. */
static struct policy
policy_blank(void)
{
	return (struct policy) {
		.tie = { TIE_AWARD, TIE_ORDER },
		.tie_count = 2,
		.reply_seconds = 2 * HOUR_SECONDS,
		.referral_opens_minutes = 8 * HOUR_MINUTES,
		.referral_closes_minutes = 20 * HOUR_MINUTES,
		.referral_days = EVERY_DAY,
		.start_rapid_seconds = 24 * HOUR_SECONDS,
		.start_standard_seconds = 48 * HOUR_SECONDS,
	};
}

static size_t
shipped_count(void)
{
	size_t count = 0;

	while (policies_shipped[count].code != NULL)
		count++;
	return count;
}

/* The shipped policy of that code; what it says is checked by tests. */
static bool
shipped_read(struct request *r, const char *code, struct policy *rules)
{
	for (size_t i = 0; policies_shipped[i].code != NULL; i++)
		if (strcmp(policies_shipped[i].code, code) == 0)
			return policy_read(r->arena,
				   policies_shipped[i].document, rules)
			           .count == 0;
	return false;
}

static struct choice_list
from_choices(struct request *r)
{
	size_t count = shipped_count();
	struct choice *row = arena_array(r->arena, count + 1, sizeof(*row));

	row[0] = (struct choice) { "blank", "Nothing",
		"You add every step yourself" };
	for (size_t i = 0; i < count; i++) {
		struct policy *rules = arena_alloc(r->arena, sizeof(*rules));

		shipped_read(r, policies_shipped[i].code, rules);
		row[i + 1] = (struct choice) { policies_shipped[i].code,
			rules->name, NULL };
	}
	return (struct choice_list) { row, count + 1 };
}

static struct reply
new_page(struct request *r, struct form *form, int status)
{
	render_policies_new(r, form);
	return reply_page(r, status);
}

/* GET /policies/new */
struct reply
policy_new(struct request *r)
{
	struct form *form = form_show(r, new_fields, NULL);

	form_choices(form, "from", from_choices(r));
	return new_page(r, form, HTTP_OK);
}

/* POST /policies/new */
struct reply
policy_create(struct request *r)
{
	struct new_form values = { .name = "" };
	struct form *form = form_read(r, new_fields, &values);
	struct policy rules = policy_blank();

	form_choices(form, "from", from_choices(r));
	form_check_choice(form, "from");
	if (!form_ok(form))
		return new_page(r, form, HTTP_UNPROCESSABLE);
	if (strcmp(values.from, "blank") != 0)
		shipped_read(r, values.from, &rules);
	rules.name = values.name;
	return reply_redirect_with(r, "Draft begun", "/policies/%s/draft",
	    policy_add(r, &rules, "policy.create"));
}

/* --- From a file ---------------------------------------------------------- */

static struct reply
import_page(struct request *r, struct text_list faults, int status)
{
	render_policies_import(r, faults);
	return reply_page(r, status);
}

static struct reply
import_refuse(struct request *r, const char *fault)
{
	return import_page(
	    r, (struct text_list) { &fault, 1 }, HTTP_UNPROCESSABLE);
}

/* GET /policies/import */
struct reply
policy_import_new(struct request *r)
{
	return import_page(r, (struct text_list) { NULL, 0 }, HTTP_OK);
}

/* POST /policies/import */
struct reply
policy_import_create(struct request *r)
{
	struct policy_faults faults;
	struct policy rules;
	const char *fault;
	const char *text = request_file_text(r, "document",
	    POLICY_DOCUMENT_MAXIMUM, "a policy as JSON, in UTF-8", &fault);

	if (text == NULL)
		return import_refuse(r, fault);
	faults = policy_read(r->arena, text, &rules);
	if (faults.count != 0)
		return import_page(r,
		    (struct text_list) { faults.text, faults.count },
		    HTTP_UNPROCESSABLE);
	return reply_redirect_with(r, "Policy imported as a draft",
	    "/policies/%s/draft", policy_add(r, &rules, "policy.import"));
}

/* --- Copies, and the draft of a version ----------------------------------- */

struct copy_form {
	const char *name;
};

static const struct field copy_fields[] = {
	FIELD(struct copy_form, FIELD_LINE, name, "Name of the copy",
	    .missing = "Enter a name", .is_required = true, .maximum = 200),
	FIELD_END,
};

/* GET /policies/:reference/versions/:number/copy */
struct reply
policy_copy_new(struct request *r)
{
	struct policy_view view = policy_view_version(r);

	if (view.policy == NULL)
		return reply_not_found(r);
	render_policies_copy(r, &view, form_show(r, copy_fields, NULL));
	return reply_page(r, HTTP_OK);
}

/* POST /policies/:reference/versions/:number/copy */
struct reply
policy_copy_create(struct request *r)
{
	struct policy_view view = policy_view_version(r);
	struct copy_form values = { "" };
	struct form *form;

	if (view.policy == NULL)
		return reply_not_found(r);
	form = form_read(r, copy_fields, &values);
	if (!form_ok(form)) {
		render_policies_copy(r, &view, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	view.rules->name = values.name;
	return reply_redirect_with(r, "Copied", "/policies/%s/draft",
	    policy_add(r, view.rules, "policy.copy"));
}

/* POST /policies/:reference/versions/:number/edit */
struct reply
policy_draft_create(struct request *r)
{
	struct policy_view view = policy_view_version(r);

	if (view.policy == NULL)
		return reply_not_found(r);
	if (view.policy->has_draft ||
	    policy_draft_insert(r->db, r->session.council_id, view.policy->id,
		policy_write(r->arena, view.rules), r->session.account_id) == 0)
		return reply_redirect_with(
		    r, "There is a draft already", "%s", draft_path(r, &view));
	policy_audit(r, &view, "policy.draft", NULL);
	return reply_redirect_with(
	    r, "Draft begun", "%s", draft_path(r, &view));
}
