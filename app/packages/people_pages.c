/* People: found, added, shown and kept up to date. Every view is audited. */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/db.h"
#include "base/requests.sql.h"
#include "conflict.h"
#include "packages/packages_pages.h"
#include "packages/people.h"
#include "packages/sections.h"
#include "permissions.h"
#include "templates.h"

enum { OLDEST_YEARS = 125, PAGE_LINES = 20, MOST_LIKELY = 20 };

static const struct field person_fields[] = {
	FIELD(struct person_form, FIELD_LINE, person_number,
	    "The council's person number",
	    .missing = "Enter the council's person number", .is_required = true,
	    .maximum = 40, .autocomplete = "off"),
	FIELD(struct person_form, FIELD_LINE, given_name, "First name",
	    .missing = "Enter the first name", .is_required = true,
	    .maximum = 100, .autocomplete = "off"),
	FIELD(struct person_form, FIELD_LINE, family_name, "Last name",
	    .missing = "Enter the last name", .is_required = true,
	    .maximum = 100, .autocomplete = "off"),
	FIELD(struct person_form, FIELD_LINE, called,
	    "Likes to be called (optional)", .subject = "Likes to be called",
	    .maximum = 100, .autocomplete = "off"),
	FIELD(struct person_form, FIELD_DATE, born_on, "Date of birth",
	    .hint = "For example: 27 3 1941",
	    .missing = "Enter the date of birth", .is_required = true),
	FIELD(struct person_form, FIELD_TEXT, address, "Home address",
	    .missing = "Enter the home address", .is_required = true,
	    .maximum = 300, .autocomplete = "off"),
	FIELD(struct person_form, FIELD_POSTCODE, postcode, "Postcode",
	    .missing = "Enter the postcode", .is_required = true,
	    .autocomplete = "off"),
	FIELD(struct person_form, FIELD_TELEPHONE, telephone,
	    "Telephone (optional)", .subject = "Telephone",
	    .autocomplete = "off"),
	FIELD(struct person_form, FIELD_LINE, gp_name,
	    "GP and surgery (optional)", .subject = "GP and surgery",
	    .maximum = 200, .autocomplete = "off"),
	FIELD(struct person_form, FIELD_TELEPHONE, gp_telephone,
	    "Telephone of the surgery (optional)",
	    .subject = "Telephone of the surgery", .autocomplete = "off"),
	FIELD(struct person_form, FIELD_TEXT, communication_needs,
	    "Communication needs (optional)", .subject = "Communication needs",
	    .hint = "For example: hard of hearing in the left ear, reads "
		    "large print. Providers see it after placement",
	    .maximum = 1000),
	FIELD(struct person_form, FIELD_TICK, is_another,
	    "None of these people is the same person"),
	FIELD_END,
};

static void
born_check(
    struct request *r, struct form *form, const struct person_form *person)
{
	int32_t today = clock_local_date(r->now);

	if (person->born_on == 0)
		return;
	if (person->born_on > today)
		form_error(
		    form, "born_on", "Date of birth must be in the past");
	else if (person->born_on < today - OLDEST_YEARS * 366)
		form_error(
		    form, "born_on", "Check the year of the date of birth");
}

static struct reply
person_form_page(struct request *r, struct form *form,
    const struct care_person *person, struct person_match_list likely,
    int status)
{
	render_people_form(r, form, person, likely);
	return reply_page(r, status);
}

/* GET /people/new */
struct reply
person_new(struct request *r)
{
	return person_form_page(r, form_show(r, person_fields, NULL), NULL,
	    (struct person_match_list) { 0 }, HTTP_OK);
}

struct reply
person_new_from(struct request *r)
{
	struct person_form values = { 0 };
	struct form *form;
	size_t i;

	form_read(r, person_fields, &values);
	form = form_show(r, person_fields, &values);
	/* What was typed and could not be read is shown as it was typed. */
	for (i = 0; i < form->count; i++) {
		const char *typed = request_field(
		    r, form->fields[i].field->name);

		if (typed != NULL && *form->fields[i].value == '\0')
			form->fields[i].value = typed;
	}
	return person_form_page(
	    r, form, NULL, (struct person_match_list) { 0 }, HTTP_OK);
}

void
people_found_audit(struct request *r, struct person_match_list found)
{
	struct buffer detail = buffer_new(r->arena, 512, 4096);
	size_t i;

	buffer_text(&detail, "{\"found\": [");
	for (i = 0; i < found.count; i++)
		buffer_printf(&detail, "%s\"%s\"", i > 0 ? ", " : "",
		    found.row[i].reference);
	buffer_text(&detail, "]}");
	audit_add(r->db, "person.search", "person", "", detail.data);
}

/* Those of a search that are likely the same person as `except` is not. */
static struct person_match_list
person_likely(struct request *r, const struct person_form *person)
{
	struct person_match_list all = person_search(r->db,
	    r->session.council_id, "", person->given_name, person->family_name,
	    person->born_on, person->postcode, 0, MOST_LIKELY);
	struct person_match *rows = arena_array(
	    r->arena, all.count, sizeof(*rows));
	struct person_match_list likely = { rows, 0 };
	size_t i;

	for (i = 0; i < all.count; i++)
		if (all.row[i].is_likely)
			rows[likely.count++] = all.row[i];
	return likely;
}

/* The number belongs to one person only; `self` may keep its own. */
static void
number_check(struct request *r, struct form *form,
    const struct person_form *person, const char *self)
{
	const char *owner = person_number_owner(
	    r->db, r->session.council_id, person->person_number);

	if (owner != NULL && !text_equal(owner, self))
		form_error(form, "person_number",
		    "%s is the number of somebody who is in Hearth already",
		    person->person_number);
}

/* POST /people/new: adds the person and begins a package. */
struct reply
person_create(struct request *r)
{
	struct person_form person = { 0 };
	struct form *form = form_read(r, person_fields, &person);
	struct person_match_list likely = { 0 };
	const char *reference;

	born_check(r, form, &person);
	if (*person.person_number != '\0')
		number_check(r, form, &person, NULL);
	if (form_ok(form) && !person.is_another) {
		likely = person_likely(r, &person);
		people_found_audit(r, likely);
		if (likely.count > 0)
			form_error(form, "is_another",
			    "Use one of the people found, or confirm that "
			    "none of them is the same person");
	}
	if (!form_ok(form))
		return person_form_page(
		    r, form, NULL, likely, HTTP_UNPROCESSABLE);
	reference = person_insert(r->db, r->session.council_id,
	    person.person_number, person.given_name, person.family_name,
	    person.called, person.born_on, person.address, person.postcode,
	    person.telephone, person.gp_name, person.gp_telephone,
	    person.communication_needs);
	if (reference == NULL)
		return reply_not_found(r);
	audit_add(r->db, "person.create", "person", reference, NULL);
	return package_begin(r, reference);
}

const struct care_person *
person_open(struct request *r)
{
	return care_person_by_reference(
	    r->db, r->session.council_id, request_part(r, "reference"));
}

/* GET /people/:reference */
struct reply
person_show(struct request *r)
{
	const struct care_person *person = person_open(r);
	int64_t council = r->session.council_id;
	struct paging paging;

	if (person == NULL)
		return reply_not_found(r);
	paging = request_paging(r, "page",
	    person_package_count(r->db, council, person->id), PAGE_LINES);
	audit_add(r->db, "person.view", "person", person->reference, NULL);
	render_people_show(r, person, contact_list(r->db, council, person->id),
	    person_package_list(
		r->db, council, person->id, paging.offset, PAGE_LINES),
	    paging, permission_has(r->session.role, PACKAGE_WRITE));
	return reply_page(r, HTTP_OK);
}

static struct form *
person_form_of(struct request *r, const struct care_person *person)
{
	struct person_form values = {
		.person_number = person->person_number,
		.given_name = person->given_name,
		.family_name = person->family_name,
		.called = person->called,
		.born_on = person->born_on,
		.address = person->address,
		.postcode = person->postcode,
		.telephone = person->telephone,
		.gp_name = person->gp_name,
		.gp_telephone = person->gp_telephone,
		.communication_needs = person->communication_needs,
	};

	return form_show(r, person_fields, &values);
}

/* GET /people/:reference/edit */
struct reply
person_edit(struct request *r)
{
	const struct care_person *person = person_open(r);

	if (person == NULL)
		return reply_not_found(r);
	audit_add(r->db, "person.view", "person", person->reference, NULL);
	return person_form_page(r, person_form_of(r, person), person,
	    (struct person_match_list) { 0 }, HTTP_OK);
}

const char *
person_home(struct request *r, const char *reference)
{
	const char *package = request_field(r, "package");

	if (package != NULL &&
	    package_by_reference(r->db, r->session.council_id, package) != NULL)
		return arena_printf(r->arena, "/packages/%s/person", package);
	return arena_printf(r->arena, "/people/%s", reference);
}

const struct care_person *
person_take(struct request *r)
{
	person_lock(r->db, r->session.council_id, request_part(r, "reference"));
	return person_open(r);
}

struct reply
person_conflict(struct request *r, const struct care_person *person,
    const char *title, const struct form *mine, const struct form *theirs)
{
	const struct person_saver *last = person_last_saver(r->db,
	    r->session.council_id, person->reference, r->session.account_id);
	struct saver saver = { 0 };

	if (last != NULL)
		saver = (struct saver) { last->name, last->saved_at,
			last->is_viewer };
	return reply_conflict(r, title, saver, person->revision, mine, theirs);
}

/* POST /people/:reference/edit */
struct reply
person_update_run(struct request *r)
{
	struct person_form values = { 0 };
	struct form *form = form_read(r, person_fields, &values);
	const struct care_person *person = person_take(r);

	if (person == NULL)
		return reply_not_found(r);
	if (!revision_holds(r, person->revision))
		return person_conflict(r, person, "The person's details", form,
		    person_form_of(r, person));
	born_check(r, form, &values);
	if (*values.person_number != '\0')
		number_check(r, form, &values, person->reference);
	if (!form_ok(form))
		return person_form_page(r, form, person,
		    (struct person_match_list) { 0 }, HTTP_UNPROCESSABLE);
	person_update(r->db, r->session.council_id, person->reference,
	    values.person_number, values.given_name, values.family_name,
	    values.called, values.born_on, values.address, values.postcode,
	    values.telephone, values.gp_name, values.gp_telephone,
	    values.communication_needs);
	audit_add(r->db, "person.change", "person", person->reference, NULL);
	return reply_redirect_with(r, "The person's details are saved", "%s",
	    person_home(r, person->reference));
}

/* --- Contacts ------------------------------------------------------------- */

struct contact_form {
	const char *kind;
	const char *name;
	const char *relation;
	const char *telephone;
	const char *note;
};

static const struct choice contact_choices[] = {
	{ "emergency", "Emergency contact", NULL },
	{ "informal_carer", "Informal carer",
	    "Family, a friend or a neighbour who helps" },
	{ NULL, NULL, NULL },
};

static const struct field contact_fields[] = {
	FIELD(struct contact_form, FIELD_CHOICE, kind,
	    "What kind of contact is it?",
	    .missing = "Select the kind of contact", .is_required = true,
	    .choices = contact_choices),
	FIELD(struct contact_form, FIELD_LINE, name, "Name",
	    .missing = "Enter the name of the contact", .is_required = true,
	    .maximum = 200, .autocomplete = "off"),
	FIELD(struct contact_form, FIELD_LINE, relation,
	    "Relation to the person (optional)",
	    .subject = "Relation to the person",
	    .hint = "For example: daughter", .maximum = 100),
	FIELD(struct contact_form, FIELD_TELEPHONE, telephone, "Telephone",
	    .hint = "An emergency contact must have one",
	    .autocomplete = "off"),
	FIELD(struct contact_form, FIELD_TEXT, note, "Note (optional)",
	    .subject = "Note",
	    .hint = "For example: helps with shopping on Saturdays",
	    .maximum = 500),
	FIELD_END,
};

size_t
contact_count(struct contact_list contacts, const char *kind)
{
	size_t i, count = 0;

	for (i = 0; i < contacts.count; i++)
		if (text_equal(contacts.row[i].kind, kind))
			count++;
	return count;
}

static const struct contact *
contact_find(struct request *r, const struct care_person *person)
{
	int64_t id = 0;

	text_to_int64(request_part(r, "contact"), 1, INT64_MAX, &id);
	return contact_by_id(r->db, r->session.council_id, person->id, id);
}

static struct form *
contact_form(struct request *r, const struct contact *contact)
{
	struct contact_form values = { 0 };

	if (contact != NULL)
		values = (struct contact_form) { contact->kind, contact->name,
			contact->relation, contact->telephone, contact->note };
	return form_show(r, contact_fields, &values);
}

/* GET /people/:reference/contacts/new and .../contacts/:contact */
struct reply
contact_edit(struct request *r)
{
	const struct care_person *person = person_open(r);
	const struct contact *contact;

	if (person == NULL)
		return reply_not_found(r);
	contact = contact_find(r, person);
	if (contact == NULL && *request_part(r, "contact") != '\0')
		return reply_not_found(r);
	audit_add(r->db, "person.view", "person", person->reference, NULL);
	render_people_contact(
	    r, person, contact != NULL, contact_form(r, contact));
	return reply_page(r, HTTP_OK);
}

static void
contact_save(struct request *r, const struct care_person *person,
    const struct contact *contact, const struct contact_form *values)
{
	int64_t council = r->session.council_id;

	if (text_equal(values->kind, "emergency"))
		person_no_emergency_contact(r->db, council, person->id, false);
	if (contact != NULL)
		contact_update(r->db, council, person->id, contact->id,
		    values->kind, values->name, values->relation,
		    values->telephone, values->note);
	else
		contact_insert(r->db, council, person->id, values->kind,
		    values->name, values->relation, values->telephone,
		    values->note);
}

/*
 * POST of both: saves the contact, or takes it away. One that somebody else
 * has removed meanwhile is met as a conflict, and kept as a new one.
 */
struct reply
contact_update_run(struct request *r)
{
	const struct care_person *person = person_take(r);
	const struct contact *contact;
	struct contact_form values = { 0 };
	struct form *form = form_read(r, contact_fields, &values);
	bool is_removal = text_equal(request_field(r, "act"), "remove");

	if (person == NULL)
		return reply_not_found(r);
	contact = contact_find(r, person);
	if (!revision_holds(r, person->revision))
		return person_conflict(r, person, "A contact of the person",
		    form, contact_form(r, contact));
	if (form_ok(form) && text_equal(values.kind, "emergency") &&
	    *values.telephone == '\0')
		form_error(form, "telephone",
		    "Enter the telephone number of the emergency contact");
	if (!is_removal && !form_ok(form)) {
		render_people_contact(r, person, contact != NULL, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	if (!is_removal)
		contact_save(r, person, contact, &values);
	else if (contact != NULL)
		contact_remove(
		    r->db, r->session.council_id, person->id, contact->id);
	person_touch(r->db, r->session.council_id, person->id);
	audit_add(r->db, "person.change", "person", person->reference, NULL);
	return reply_redirect_with(r,
	    is_removal ? "Contact removed" : "Contact saved", "%s",
	    person_home(r, person->reference));
}

/* POST /people/:reference/contacts/none: it was asked, and there is none. */
struct reply
contact_none_run(struct request *r)
{
	const struct care_person *person = person_take(r);

	if (person == NULL)
		return reply_not_found(r);
	if (contact_count(
		contact_list(r->db, r->session.council_id, person->id),
		"emergency") > 0)
		return reply_redirect_with(r,
		    "There is an emergency contact: remove it first", "%s",
		    person_home(r, person->reference));
	person_no_emergency_contact(
	    r->db, r->session.council_id, person->id, true);
	person_touch(r->db, r->session.council_id, person->id);
	audit_add(r->db, "person.change", "person", person->reference, NULL);
	return reply_redirect_with(r,
	    "It is recorded that there is no emergency contact", "%s",
	    person_home(r, person->reference));
}
