/* The gates of frameworks: who reads them, and the commissioner's edits. */
#include "areas/terms.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/requests.sql.h"
#include "gates/facts.h"
#include "gates/gates_pages.h"
#include "gates/rules.sql.h"
#include "gates/standing.h"
#include "permissions.h"
#include "providers/register.h"
#include "templates.h"

enum { MONTHS_MOST = 1200, RATING_MOST = 4 };

struct gate_form {
	const char *revision;
	const char *name;
	const char *fact;
	const char *test;
	int64_t threshold;
	bool has_threshold;
	struct text_list alternatives;
	bool counts_without_value;
	const char *asked_of;
	struct text_list service_kinds;
	int32_t first_on;
	int32_t last_on;
};

static const struct choice gate_facts[] = {
	{ "registration", "CQC registration", NULL },
	{ "rating", "CQC rating", NULL },
	{ "training", "Staff training against the national standards", NULL },
	{ "weekly_hours", "Hours of care a week", NULL },
	{ "public_liability", "Public liability insurance", NULL },
	{ "employers_liability", "Employer’s liability insurance", NULL },
	{ "professional_liability", "Professional liability insurance", NULL },
	{ "medical_malpractice", "Medical malpractice insurance", NULL },
	{ "electronic_monitoring", "Electronic monitoring", NULL },
	{ "financial_assessment", "Financial assessment", NULL },
	{ "monitoring_visit", "Monitoring visit", NULL },
	{ "people_supported", "People supported", NULL },
	{ "suspension", "Suspension", NULL },
	{ NULL, NULL, NULL },
};

static const struct choice gate_tests[] = {
	{ "at_least", "It must be accepted, or at least this much", NULL },
	{ "at_most", "It must be at most this much", NULL },
	{ "held_for", "It must have been in force for so many months", NULL },
	{ "absent", "There must be none", NULL },
	{ NULL, NULL, NULL },
};

static const struct choice gate_alternatives[] = {
	{ "corporate_experience", "Corporate experience, accepted", NULL },
	{ "rating_reason", "A reason for having no CQC rating, accepted",
	    NULL },
	{ "providing", "Provides for the council now", NULL },
	{ NULL, NULL, NULL },
};

static const struct choice gate_asked[] = {
	{ "all", "Every provider", NULL },
	{ "others", "Everybody but micro-enterprises", NULL },
	{ "micro_enterprises", "Micro-enterprises only", NULL },
	{ NULL, NULL, NULL },
};

static const struct field gate_fields[] = {
	FIELD(struct gate_form, FIELD_HIDDEN, revision, "Revision"),
	FIELD(struct gate_form, FIELD_LINE, name, "Name of the condition",
	    .missing = "Enter a name for the condition", .is_required = true,
	    .maximum = 80),
	FIELD(struct gate_form, FIELD_CHOICE, fact,
	    "Which fact does it look at?",
	    .missing = "Select the fact that it looks at", .is_required = true,
	    .choices = gate_facts),
	FIELD(struct gate_form, FIELD_CHOICE, test, "What must be so?",
	    .missing = "Select what must be so", .is_required = true,
	    .choices = gate_tests),
	FIELD(struct gate_form, FIELD_NUMBER, threshold, "How much?",
	    .subject = "How much",
	    .hint = "Pounds, hours a week, people or months. Of a CQC rating: "
		    "1 Inadequate, 2 Requires improvement, 3 Good, 4 "
		    "Outstanding. Leave empty for what is accepted or not",
	    .maximum = 1000000000,
	    .has_offset = offsetof(struct gate_form, has_threshold)),
	FIELD(struct gate_form, FIELD_CHOICES, alternatives,
	    "What will do instead?", .hint = "Tick none if nothing will",
	    .choices = gate_alternatives),
	FIELD(struct gate_form, FIELD_TICK, counts_without_value,
	    "Only while the fact has no value yet",
	    .hint = "For a rating that is not there yet"),
	FIELD(struct gate_form, FIELD_CHOICE, asked_of, "Who is asked?",
	    .missing = "Select who is asked", .is_required = true,
	    .choices = gate_asked),
	FIELD(struct gate_form, FIELD_CHOICES, service_kinds,
	    "For which kinds of service?",
	    .hint = "Tick none if it is asked for all of them"),
	FIELD(struct gate_form, FIELD_DATE, first_on, "First day",
	    .hint = "The first day on which it is asked",
	    .missing = "Enter the first day", .is_required = true),
	FIELD(struct gate_form, FIELD_DATE, last_on, "Last day",
	    .hint = "Leave empty while it has no end"),
	FIELD_END,
};

/* GET /gates */
struct reply
gate_list_show(struct request *r)
{
	const int64_t council = r->session.council_id;
	struct gate_framework_list frameworks = gate_framework_list(
	    r->db, council);
	struct gate_rules *row = arena_array(
	    r->arena, frameworks.count, sizeof(*row));
	struct gate_rules_view view = { { row, frameworks.count },
		gate_service_kind_list(r->db) };

	for (size_t i = 0; i < frameworks.count; i++) {
		const struct gate_framework *framework = &frameworks.row[i];

		row[i] = (struct gate_rules) {
			.framework = framework,
			.gates = framework_gate_list(
			    r->db, framework->council_id, &framework->id),
			.can_edit = framework->is_own &&
			            permission_has(r->session.role, GATE_WRITE),
		};
	}
	render_gates_list(r, &view);
	return reply_page(r, HTTP_OK);
}

static const struct gate_framework *
framework_find(struct request *r)
{
	return gate_framework_own(
	    r->db, r->session.council_id, request_part(r, "framework"));
}

/* `gate` is NULL for a new one. */
static struct reply
gate_again(struct request *r, const struct gate_framework *framework,
    const struct framework_gate *gate, struct form *form, int status)
{
	form_choices(form, "service_kinds", term_choices(r, "service_kind"));
	render_gates_edit(r, framework, gate, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* GET /gates/:framework/new */
struct reply
gate_new(struct request *r)
{
	const struct gate_framework *framework = framework_find(r);

	if (framework == NULL)
		return reply_not_found(r);
	return gate_again(
	    r, framework, NULL, form_show(r, gate_fields, NULL), HTTP_OK);
}

/* What is only accepted or not, so that there is nothing to count. */
static bool
is_yes_or_no(const char *fact)
{
	return !fact_is_amount(fact) && !text_equal(fact, "rating") &&
	       !text_equal(fact, "suspension");
}

static void
threshold_check(struct form *form, const struct gate_form *values)
{
	if (!values->has_threshold)
		form_error(form, "threshold", "Enter how much it must be");
	if (text_equal(values->test, "held_for") &&
	    values->threshold > MONTHS_MOST)
		form_error(form, "threshold",
		    "How much must be at most %d months", (int)MONTHS_MOST);
	else if (text_equal(values->fact, "rating") &&
		 !text_equal(values->test, "held_for") &&
		 (values->threshold < 1 || values->threshold > RATING_MOST))
		form_error(form, "threshold",
		    "How much must be 1 to %d for a rating", (int)RATING_MOST);
}

static void
gate_check_form(struct request *r, struct form *form, struct gate_form *values)
{
	int32_t earliest = 0;

	date_from(1990, 1, 1, &earliest);
	form_choices(form, "service_kinds", term_choices(r, "service_kind"));
	form_check_choice(form, "service_kinds");
	if (text_equal(values->test, "absent") ||
	    (is_yes_or_no(values->fact) &&
		text_equal(values->test, "at_least"))) {
		values->threshold = text_equal(values->test, "absent") ? 0 : 1;
	} else if (form_ok(form)) {
		threshold_check(form, values);
	}
	if (!form_ok(form))
		return;
	if (values->first_on < earliest)
		form_error(
		    form, "first_on", "First day must be in 1990 or later");
	if (values->last_on != 0 && values->last_on < values->first_on)
		form_error(form, "last_on",
		    "Last day must be on or after the first day");
}

static struct reply
gate_done(struct request *r, const struct gate_framework *framework,
    int64_t gate, const struct gate_form *values, const char *act)
{
	const int64_t council = framework->council_id;

	gate_kinds_add(r->db, council, gate, values->service_kinds);
	audit_add(r->db, act, "framework", framework->reference,
	    gate_detail(r->db, council, gate));
	standing_update(r->db, r->arena, council, framework->id, 0,
	    clock_local_date(r->now));
	return reply_redirect_with(r, "Condition saved", "/gates");
}

/* POST /gates/:framework/new */
struct reply
gate_create(struct request *r)
{
	const struct gate_framework *framework = framework_find(r);
	struct gate_form values = { 0 };
	struct form *form;
	int64_t id;

	if (framework == NULL)
		return reply_not_found(r);
	form = form_read(r, gate_fields, &values);
	gate_check_form(r, form, &values);
	if (!form_ok(form))
		return gate_again(r, framework, NULL, form, HTTP_UNPROCESSABLE);
	id = gate_insert(r->db, framework->council_id, framework->id,
	    values.name, values.fact, values.test, values.threshold,
	    values.alternatives, values.counts_without_value, values.asked_of,
	    values.first_on, values.last_on);
	return gate_done(r, framework, id, &values, "gate.create");
}

static const struct framework_gate *
gate_find(struct request *r, const struct gate_framework *framework)
{
	if (framework == NULL)
		return NULL;
	return gate_by_id(r->db, framework->council_id, framework->id,
	    register_part_id(r, "gate"));
}

/* GET /gates/:framework/:gate */
struct reply
gate_edit(struct request *r)
{
	const struct gate_framework *framework = framework_find(r);
	const struct framework_gate *gate = gate_find(r, framework);
	struct gate_form values;

	if (gate == NULL)
		return reply_not_found(r);
	values = (struct gate_form) {
		.revision = form_revision_text(r, gate->revision),
		.name = gate->name,
		.fact = gate->fact_kind,
		.test = gate->test,
		.threshold = gate->threshold,
		.has_threshold = !text_equal(gate->test, "absent") &&
		                 !(is_yes_or_no(gate->fact_kind) &&
				     text_equal(gate->test, "at_least")),
		.alternatives = gate->alternatives,
		.counts_without_value = gate->counts_without_value,
		.asked_of = gate->asked_of,
		.service_kinds = gate_kind_codes(
		    r->db, framework->council_id, gate->id),
		.first_on = gate->starts_on,
		.last_on = gate->ends_on,
	};
	return gate_again(
	    r, framework, gate, form_show(r, gate_fields, &values), HTTP_OK);
}

/* POST /gates/:framework/:gate */
struct reply
gate_update(struct request *r)
{
	const struct gate_framework *framework = framework_find(r);
	const struct framework_gate *gate = gate_find(r, framework);
	struct gate_form values = { 0 };
	struct form *form;

	if (gate == NULL)
		return reply_not_found(r);
	form = form_read(r, gate_fields, &values);
	gate_check_form(r, form, &values);
	if (!form_ok(form))
		return gate_again(r, framework, gate, form, HTTP_UNPROCESSABLE);
	if (gate_save(r->db, framework->council_id, gate->id,
		form_revision(values.revision), values.name, values.fact,
		values.test, values.threshold, values.alternatives,
		values.counts_without_value, values.asked_of, values.first_on,
		values.last_on) == 0) {
		form_revision_renew(form, gate->revision);
		return gate_again(r, framework, gate, form, HTTP_CONFLICT);
	}
	gate_kinds_remove(r->db, framework->council_id, gate->id);
	return gate_done(r, framework, gate->id, &values, "gate.update");
}
