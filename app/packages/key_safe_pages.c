/*
 * The key-safe note of a person: kept apart from everything else, shown on a
 * click, and every look and change recorded.
 */
#include "base/db.h"
#include "base/requests.sql.h"
#include "packages/packages_pages.h"
#include "packages/people.h"
#include "packages/sections.h"
#include "templates.h"

struct key_safe_form {
	const char *note;
};

static const struct field key_safe_fields[] = {
	FIELD(struct key_safe_form, FIELD_TEXT, note, "Key-safe note",
	    .hint = "Where the key safe is and its code. Leave empty to "
		    "remove the note",
	    .maximum = 1000, .autocomplete = "off"),
	FIELD_END,
};

/*
 * POST /people/:reference/key-safe/show: the database audits the look at a
 * note; that there is none is told of the person, too.
 */
struct reply
key_safe_show_run(struct request *r)
{
	const struct care_person *person = person_open(r);
	const char *note;

	if (person == NULL)
		return reply_not_found(r);
	note = key_safe_show(r->db, r->session.council_id, person->id);
	if (note == NULL)
		audit_add(
		    r->db, "person.view", "person", person->reference, NULL);
	render_people_key_safe(
	    r, person, note != NULL ? note : "There is no note.", NULL);
	return reply_page(r, HTTP_OK);
}

/* GET /people/:reference/key-safe: never shows what is kept. */
struct reply
key_safe_edit(struct request *r)
{
	const struct care_person *person = person_open(r);

	if (person == NULL)
		return reply_not_found(r);
	audit_add(r->db, "person.view", "person", person->reference, NULL);
	render_people_key_safe(
	    r, person, NULL, form_show(r, key_safe_fields, NULL));
	return reply_page(r, HTTP_OK);
}

/* What is saved stands beside mine without being told: that were a look. */
static struct reply
key_safe_conflict(struct request *r, const struct care_person *person,
    const struct form *mine)
{
	const struct key_safe_form saved = {
		person->has_key_safe ? "A note that is not shown here" : "",
	};

	return person_conflict(r, person, "The key-safe note", mine,
	    form_show(r, key_safe_fields, &saved));
}

/* POST /people/:reference/key-safe: the database audits the change. */
struct reply
key_safe_update(struct request *r)
{
	struct key_safe_form values = { 0 };
	struct form *form = form_read(r, key_safe_fields, &values);
	const struct care_person *person = person_take(r);

	if (person == NULL)
		return reply_not_found(r);
	if (!revision_holds(r, person->revision))
		return key_safe_conflict(r, person, form);
	if (!form_ok(form)) {
		render_people_key_safe(r, person, NULL, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	key_safe_keep(r->db, person->id, values.note);
	person_touch(r->db, r->session.council_id, person->id);
	return reply_redirect_with(r,
	    *values.note == '\0' ? "The key-safe note is removed"
				 : "The key-safe note is saved",
	    "%s", person_home(r, person->reference));
}
