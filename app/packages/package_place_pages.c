/* Who pays, under which framework, and where the care is given. */
#include "areas/areas.h"
#include "areas/terms.h"
#include "base/arena.h"
#include "base/db.h"
#include "base/requests.sql.h"
#include "packages/giveaway.h"
#include "packages/packages_pages.h"
#include "packages/sections.h"
#include "templates.h"

/* --- Funding -------------------------------------------------------------- */

struct funding_form {
	const char *funding;
	const char *service_kind;
	const char *framework;
};

static const struct field funding_fields[] = {
	FIELD(struct funding_form, FIELD_CHOICE, funding,
	    "Who pays for the care?", .missing = "Select who pays for the care",
	    .is_required = true),
	FIELD(struct funding_form, FIELD_CHOICE, service_kind,
	    "What kind of service is it?",
	    .missing = "Select the kind of service", .is_required = true),
	FIELD(struct funding_form, FIELD_CHOICE, framework,
	    "Which framework is it called off from?",
	    .missing = "Select the framework", .is_required = true),
	FIELD_END,
};

static void
funding_load(struct request *r, const struct package *package, void *values)
{
	struct funding_form *funding = values;

	(void)r;
	funding->funding = package->funding;
	funding->service_kind = package->service_kind;
	funding->framework = package->framework_reference;
}

static void
funding_choices(
    struct request *r, const struct package *package, struct form *form)
{
	struct framework_choice_list frameworks = package_framework_list(
	    r->db, r->session.council_id);
	struct choice *rows = arena_array(
	    r->arena, frameworks.count, sizeof(*rows));
	size_t i;

	(void)package;
	for (i = 0; i < frameworks.count; i++)
		rows[i] = (struct choice) { frameworks.row[i].reference,
			frameworks.row[i].name, NULL };
	form_choices(
	    form, "framework", (struct choice_list) { rows, frameworks.count });
	form_choices(form, "funding", term_choices(r, "funding"));
	form_choices(form, "service_kind", term_choices(r, "service_kind"));
}

/* What is on the waiting list stands in an area, so that it is unmet there. */
static void
funding_check(struct request *r, const struct package *package,
    struct form *form, const void *values)
{
	const struct funding_form *funding = values;

	if (form_ok(form) && !text_equal(package->state, "draft") &&
	    package_area_under(r->db, r->session.council_id, package->id,
		funding->framework) == 0)
		form_error(form, "framework",
		    "The place of care, in postcode sector %s, lies in no area "
		    "of this framework. Select another framework, or change "
		    "the place of care first",
		    package->sector);
}

static void
funding_save(
    struct request *r, const struct package *package, const void *values)
{
	const struct funding_form *funding = values;
	int64_t council = r->session.council_id;
	int64_t area = package_area_under(
	    r->db, council, package->id, funding->framework);

	package_save_funding(r->db, council, package->id, funding->framework,
	    funding->funding, funding->service_kind, area != 0 ? &area : NULL);
}

static const struct section funding_section = {
	.name = "funding",
	.title = "Funding and kind of service",
	.fields = funding_fields,
	.size = sizeof(struct funding_form),
	.load = funding_load,
	.choices = funding_choices,
	.check = funding_check,
	.save = funding_save,
};

/* GET /packages/:reference/funding */
struct reply
package_funding_edit(struct request *r)
{
	return section_edit(r, &funding_section);
}

/* POST /packages/:reference/funding */
struct reply
package_funding_update(struct request *r)
{
	return section_update(r, &funding_section);
}

/* --- Place ---------------------------------------------------------------- */

struct place_form {
	const char *address;
	const char *postcode;
	const char *directions;
};

static const struct field place_fields[] = {
	FIELD(struct place_form, FIELD_TEXT, address,
	    "Address where care is given",
	    .hint = "Providers see it only after the package is placed",
	    .missing = "Enter the address", .is_required = true, .maximum = 300,
	    .autocomplete = "off"),
	FIELD(struct place_form, FIELD_POSTCODE, postcode, "Postcode",
	    .hint = "The area is suggested from it. Before acceptance "
		    "providers see its sector only, for example AL1 3",
	    .missing = "Enter the postcode", .is_required = true,
	    .autocomplete = "off"),
	FIELD(struct place_form, FIELD_TEXT, directions,
	    "How to find it (optional)", .subject = "How to find it",
	    .hint = "Not the key-safe code: that is kept with the person",
	    .maximum = 500),
	FIELD_END,
};

static void
place_load(struct request *r, const struct package *package, void *values)
{
	struct place_form *place = values;
	bool is_new = *package->postcode == '\0';

	(void)r;
	place->address = is_new ? package->person_address : package->address;
	place->postcode = is_new ? package->person_postcode : package->postcode;
	place->directions = package->directions;
}

static void
place_check(struct request *r, const struct package *package, struct form *form,
    const void *values)
{
	const struct place_form *place = values;
	const char *sector = postcode_sector(r->arena, place->postcode);

	(void)package;
	if (sector_by_name(r->db, sector) == NULL)
		form_error(form, "postcode",
		    "Hearth does not know the postcode sector %s: check the "
		    "postcode",
		    sector);
}

static void
place_save(struct request *r, const struct package *package, const void *values)
{
	const struct place_form *place = values;
	int64_t council = r->session.council_id;

	package_save_place(r->db, council, package->id, place->address,
	    place->postcode, place->directions);
	package_suggest_area(r->db, council, package->id,
	    postcode_sector(r->arena, place->postcode), place->postcode);
}

static const struct section place_section = {
	.name = "place",
	.title = "Place of care",
	.fields = place_fields,
	.size = sizeof(struct place_form),
	.load = place_load,
	.check = place_check,
	.save = place_save,
	.next = "area",
};

/* GET /packages/:reference/place: shows where the person lives. */
struct reply
package_place_edit(struct request *r)
{
	struct reply reply;
	const struct package *package = package_open(r, &reply);

	if (package == NULL)
		return reply;
	audit_add(
	    r->db, "person.view", "person", package->person_reference, NULL);
	return section_edit(r, &place_section);
}

/* POST /packages/:reference/place */
struct reply
package_place_update(struct request *r)
{
	return section_update(r, &place_section);
}

/* --- Area ----------------------------------------------------------------- */

struct area_form {
	const char *area;
	const char *rurality;
	const char *reason;
	const char *reason_text;
};

static const struct field area_fields[] = {
	FIELD(struct area_form, FIELD_CHOICE, area, "Area",
	    .missing = "Select the area", .is_required = true),
	FIELD(struct area_form, FIELD_CHOICE, rurality, "Kind of place",
	    .missing = "Select the kind of place", .is_required = true,
	    .choices = rurality_choices),
	FIELD(struct area_form, FIELD_CHOICE, reason,
	    "Why is it different from the suggestion?",
	    .hint = "Only when you changed the area or the kind of place"),
	FIELD(struct area_form, FIELD_LINE, reason_text,
	    "The reason in your own words",
	    .hint = "Only for another reason. No names or addresses",
	    .maximum = 200),
	FIELD_END,
};

static void
area_load(struct request *r, const struct package *package, void *values)
{
	struct area_form *area = values;
	const struct package_area_now *now = package_area_now(
	    r->db, r->session.council_id, package->id);
	struct choice_list reasons = term_choices(r, "area_reason");
	size_t i;

	area->area = now != NULL ? now->area : "";
	area->rurality = package->rurality;
	area->reason = area->reason_text = "";
	if (*package->area_reason == '\0')
		return;
	for (i = 0; i < reasons.count; i++)
		if (text_equal(reasons.row[i].label, package->area_reason))
			area->reason = reasons.row[i].value;
	if (*area->reason == '\0') {
		area->reason = "other";
		area->reason_text = package->area_reason;
	}
}

static void
area_choices(
    struct request *r, const struct package *package, struct form *form)
{
	struct package_area_list areas = package_area_list(
	    r->db, r->session.council_id, package->id);
	struct choice *rows = arena_array(r->arena, areas.count, sizeof(*rows));
	size_t i;

	for (i = 0; i < areas.count; i++) {
		rows[i].value = areas.row[i].code;
		rows[i].label = areas.row[i].name;
		if (areas.row[i].has_share_percent)
			rows[i].hint = arena_printf(r->arena,
			    "%d %% of the postcodes of %s",
			    (int)areas.row[i].share_percent, package->sector);
	}
	form_choices(form, "area", (struct choice_list) { rows, areas.count });
	form_choices(form, "reason", term_choices(r, "area_reason"));
}

/* Whether the broker's area or rurality is not what was suggested. */
static bool
area_is_corrected(struct request *r, const struct package *package,
    const struct area_form *area)
{
	const struct package_area_now *now = package_area_now(
	    r->db, r->session.council_id, package->id);

	return now == NULL || !text_equal(area->area, now->suggested_area) ||
	       (*package->suggested_rurality != '\0' &&
		   !text_equal(area->rurality, package->suggested_rurality));
}

static void
area_check(struct request *r, const struct package *package, struct form *form,
    const void *values)
{
	const struct area_form *area = values;
	bool is_corrected = area_is_corrected(r, package, area);

	if (is_corrected && *area->reason == '\0')
		form_error(form, "reason",
		    "Select why it is different from the suggestion");
	if (!is_corrected && *area->reason != '\0')
		form_error(form, "area",
		    "This is what was suggested: choose another area or kind "
		    "of place, or take the reason away");
	if (text_equal(area->reason, "other") && *area->reason_text == '\0')
		form_error(
		    form, "reason_text", "Enter the reason in your own words");
	if (!text_equal(area->reason, "other") && *area->reason_text != '\0')
		form_error(form, "reason",
		    "Select another reason, or take your own words away");
	giveaway_check(form, "reason_text", area->reason_text, READ_BY_STAFF,
	    r->session.council_id, package->reference);
}

static void
area_save(struct request *r, const struct package *package, const void *values)
{
	const struct area_form *area = values;
	struct choice_list reasons = term_choices(r, "area_reason");
	const char *reason = area->reason_text;
	size_t i;

	for (i = 0; i < reasons.count; i++)
		if (text_equal(reasons.row[i].value, area->reason) &&
		    !text_equal(area->reason, "other"))
			reason = reasons.row[i].label;
	package_save_area(r->db, r->session.council_id, package->id, area->area,
	    area->rurality, reason);
}

static const struct section area_section = {
	.name = "area",
	.title = "Area of the place of care",
	.fields = area_fields,
	.size = sizeof(struct area_form),
	.load = area_load,
	.choices = area_choices,
	.check = area_check,
	.save = area_save,
	.render = render_packages_area,
};

/* The area hangs on the postcode: without one, that page comes first. */
static bool
is_place_missing(struct request *r, struct reply *reply)
{
	const struct package *package = package_open(r, reply);

	if (package == NULL)
		return true;
	if (*package->sector != '\0' && package->has_framework_id)
		return false;
	*reply = reply_redirect_with(r, "Enter the place of care first",
	    "/packages/%s/%s", package->reference,
	    package->has_framework_id ? "place" : "funding");
	return true;
}

/* GET /packages/:reference/area */
struct reply
package_area_edit(struct request *r)
{
	struct reply reply;

	if (is_place_missing(r, &reply))
		return reply;
	return section_edit(r, &area_section);
}

/* POST /packages/:reference/area */
struct reply
package_area_update(struct request *r)
{
	struct reply reply;

	if (is_place_missing(r, &reply))
		return reply;
	return section_update(r, &area_section);
}
