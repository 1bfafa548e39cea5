/* From the first search for the person to the waiting list. */
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/requests.sql.h"
#include "conflict.h"
#include "packages/packages_pages.h"
#include "packages/people.h"
#include "packages/sections.h"
#include "templates.h"

enum { PAGE_LINES = 20, MOST_PAGES = 1000 };

/* --- Whom it is for ------------------------------------------------------- */

static const struct field search_fields[] = {
	FIELD(struct person_form, FIELD_LINE, person_number,
	    "The council's person number", .maximum = 40,
	    .autocomplete = "off"),
	FIELD(struct person_form, FIELD_LINE, given_name, "First name",
	    .maximum = 100, .autocomplete = "off"),
	FIELD(struct person_form, FIELD_LINE, family_name, "Last name",
	    .maximum = 100, .autocomplete = "off"),
	FIELD(struct person_form, FIELD_DATE, born_on, "Date of birth",
	    .hint = "For example: 27 3 1941"),
	FIELD(struct person_form, FIELD_POSTCODE, postcode, "Postcode",
	    .autocomplete = "off"),
	FIELD_END,
};

/* GET /packages/new */
struct reply
package_new(struct request *r)
{
	render_packages_new(r, form_show(r, search_fields, NULL));
	return reply_page(r, HTTP_OK);
}

/* Names do not stand in addresses, so that the page is posted, too. */
static int64_t
found_page(const struct request *r)
{
	int64_t page = 1;

	text_to_int64(request_field(r, "page"), 1, MOST_PAGES, &page);
	return page;
}

static int64_t
found_total(struct person_match_list found)
{
	return found.count > 0 ? found.row[0].total : 0;
}

/* What was searched for, to be sent again with another page. */
static struct pair_list
fields_of_search(struct request *r)
{
	const struct pair_list again = fields_again(r, "act");
	struct pair *rows = arena_array(r->arena, again.count, sizeof(*rows));
	struct pair_list list = { rows, 0 };
	size_t i;

	for (i = 0; i < again.count; i++)
		if (!text_equal(again.row[i].name, "page"))
			rows[list.count++] = again.row[i];
	return list;
}

static struct reply
search_run(struct request *r)
{
	struct person_form values = { 0 };
	struct form *form = form_read(r, search_fields, &values);
	struct person_match_list found;
	int64_t page;

	if (form_ok(form) && *values.person_number == '\0' &&
	    *values.given_name == '\0' && *values.family_name == '\0' &&
	    values.born_on == 0 && *values.postcode == '\0')
		form_error(form, "person_number",
		    "Enter the person number, a name, the date of birth or "
		    "the postcode");
	if (!form_ok(form)) {
		render_packages_new(r, form);
		return reply_page(r, HTTP_UNPROCESSABLE);
	}
	page = found_page(r);
	found = person_search(r->db, r->session.council_id,
	    values.person_number, values.given_name, values.family_name,
	    values.born_on, values.postcode, (page - 1) * PAGE_LINES,
	    PAGE_LINES);
	people_found_audit(r, found);
	render_packages_found(r, form, found, page,
	    (found_total(found) + PAGE_LINES - 1) / PAGE_LINES,
	    fields_of_search(r));
	return reply_page(r, HTTP_OK);
}

struct reply
package_begin(struct request *r, const char *person_reference)
{
	struct framework_choice_list frameworks = package_framework_list(
	    r->db, r->session.council_id);
	const char *reference = package_insert(r->db, r->session.council_id,
	    person_reference,
	    frameworks.count > 0 ? frameworks.row[0].reference : NULL,
	    r->session.account_id);

	if (reference == NULL)
		return reply_not_found(r);
	audit_add(r->db, "package.create", "package", reference, NULL);
	return reply_redirect_with(r, "Draft saved", "/packages/%s", reference);
}

/*
 * A package for somebody who was found. Who has an open one already gets a
 * second only when the broker knows of the first.
 */
static struct reply
package_begin_known(struct request *r, const char *person_reference)
{
	const struct care_person *person = care_person_by_reference(
	    r->db, r->session.council_id, person_reference);
	struct person_package_list open;

	if (person == NULL)
		return reply_not_found(r);
	open = person_open_package_list(
	    r->db, r->session.council_id, person_reference);
	if (open.count == 0 ||
	    text_equal(request_field(r, "confirm"), "second"))
		return package_begin(r, person_reference);
	audit_add(r->db, "person.view", "person", person->reference, NULL);
	render_packages_second(r, person, open);
	return reply_page(r, HTTP_OK);
}

/* POST /packages/new: searches, or begins a package for who was found. */
struct reply
package_create(struct request *r)
{
	const char *act = request_field(r, "act");
	const char *person = request_field(r, "person");

	if (person != NULL)
		return package_begin_known(r, person);
	if (text_equal(act, "add"))
		return person_new_from(r);
	return search_run(r);
}

/* --- Task list and answers ------------------------------------------------ */

/* What the person's section still lacks. */
static const char *
person_hint(const struct package *package)
{
	if (package->person_born_on == 0 || *package->person_address == '\0')
		return "The date of birth or the address is missing";
	return "Add an emergency contact, or record that there is none";
}

static struct task
task_of(struct request *r, const struct package *package,
    enum package_section section)
{
	struct task task = {
		.name = package_section_name(section),
		.title = package_section_title(section),
		.href = arena_printf(r->arena, "/packages/%s/%s",
		    package->reference, package_section_name(section)),
	};

	switch (package_section_state(package, section)) {
	case SECTION_COMPLETED:
		task.status = "Completed";
		break;
	case SECTION_IN_PROGRESS:
		task.status = "In progress";
		task.colour = "light-blue";
		break;
	default:
		task.status = "Not yet started";
		task.colour = "blue";
	}
	if (section == SECTION_PLACE && task.colour != NULL &&
	    *package->postcode != '\0')
		task.hint = "Confirm the area that was suggested";
	if (section == SECTION_PERSON && task.colour != NULL)
		task.hint = person_hint(package);
	return task;
}

struct task_list
package_tasks(struct request *r, const struct package *package)
{
	struct task *rows = arena_array(r->arena, SECTION_COUNT, sizeof(*rows));
	int section;

	for (section = 0; section < SECTION_COUNT; section++)
		rows[section] = task_of(
		    r, package, (enum package_section)section);
	return (struct task_list) { rows, SECTION_COUNT };
}

static struct answers
answers_of(struct request *r, const struct package *package)
{
	int64_t council = r->session.council_id;

	const struct care_person *person = care_person_by_reference(
	    r->db, council, package->person_reference);

	return (struct answers) {
		.package = package,
		.person = person,
		.contacts = contact_list(
		    r->db, council, person != NULL ? person->id : 0),
		.needs = package_need_list(r->db, council, package->id),
		.visits = visit_list(r->db, council, package->id),
		.outcomes = outcome_list(r->db, council, package->id),
		.price = package_price_now(r, package),
		.rule = package_rule_on(r, package, clock_local_date(r->now)),
		.left = package_sections_left(package),
	};
}

struct answers
package_answers(struct request *r, const struct package *package)
{
	return answers_of(r, package);
}

/* A draft, or where to go instead. */
static bool
draft_check(
    struct request *r, const struct package *package, struct reply *reply)
{
	if (text_equal(package->state, "draft"))
		return true;
	*reply = reply_redirect(r, "/packages/%s", package->reference);
	return false;
}

/* GET /packages/:reference/check */
struct reply
package_check_show(struct request *r)
{
	struct reply reply;
	const struct package *package = package_open(r, &reply);
	struct answers answers;

	if (package == NULL || !draft_check(r, package, &reply))
		return reply;
	audit_add(
	    r->db, "person.view", "person", package->person_reference, NULL);
	answers = answers_of(r, package);
	render_packages_check(r, &answers, NULL);
	return reply_page(r, HTTP_OK);
}

static bool
needs_and_visits_differ(struct request *r, const struct package *package)
{
	int64_t council = r->session.council_id;

	return text_equal(two_carers_need(package,
			      package_need_list(r->db, council, package->id)),
		   "must") &&
	       visits_most_carers(visit_list(r->db, council, package->id)) < 2;
}

/* Why a draft cannot go onto the list, or NULL. */
static const char *
submit_refusal(struct request *r, const struct package *package)
{
	if (!revision_holds(r, package->revision))
		return "Somebody changed this package since you opened the "
		       "page. Check the answers again";
	if (package_sections_left(package) > 0)
		return "Complete every section before you put the package on "
		       "the waiting list";
	if (needs_and_visits_differ(r, package))
		return "Two care workers at once are a must-have, but no visit "
		       "has two. Change the needs or the visits";
	if (package->start_wanted_at <= r->now)
		return "The start wanted has passed. Change the start before "
		       "you put the package on the waiting list";
	return NULL;
}

/* POST /packages/:reference/check: onto the waiting list. */
struct reply
package_submit_run(struct request *r)
{
	struct reply reply;
	const struct package *package = package_take(r, &reply);
	int64_t council = r->session.council_id;
	struct answers answers;
	const char *refusal;

	if (package == NULL || !draft_check(r, package, &reply))
		return reply;
	refusal = submit_refusal(r, package);
	if (refusal != NULL) {
		answers = answers_of(r, package);
		render_packages_check(r, &answers, refusal);
		return reply_page(r, revision_holds(r, package->revision)
					 ? HTTP_UNPROCESSABLE
					 : HTTP_CONFLICT);
	}
	package_submit(r->db, council, package->id);
	package_version_insert(
	    r->db, council, package->id, r->session.account_id, false);
	package_wait_open(r->db, council, package->id);
	audit_add(r->db, "package.submit", "package", package->reference, NULL);
	return reply_redirect_with(r, "The package is on the waiting list",
	    "/packages/%s", package->reference);
}
