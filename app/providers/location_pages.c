/*
 * The places that a provider has registered with the Care Quality Commission:
 * add, change and remove one. By staff. The id of a place never changes: a new
 * registration is a new place.
 */
#include "providers/providers_pages.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "providers/register.h"
#include "providers/register_edit.sql.h"
#include "templates.h"

struct location_form {
	const char *revision;
	const char *cqc_location_id; /* of a new one only */
	const char *name;
	const char *address;
	const char *postcode;
	const char *cqc_rating;
	int32_t rated_on;
	int32_t registered_on;
};

#define LOCATION_FIELDS                                                        \
	FIELD(struct location_form, FIELD_HIDDEN, revision, "Revision"),       \
	    FIELD(struct location_form, FIELD_LINE, name, "Name",              \
		.missing = "Enter the name of the location",                   \
		.is_required = true, .maximum = 200),                          \
	    FIELD(struct location_form, FIELD_TEXT, address, "Address",        \
		.hint = "Without the postcode", .maximum = 300),               \
	    FIELD(struct location_form, FIELD_POSTCODE, postcode, "Postcode"), \
	    FIELD(struct location_form, FIELD_CHOICE, cqc_rating,              \
		"CQC rating", .missing = "Select the CQC rating",              \
		.is_required = true, .choices = cqc_ratings),                  \
	    FIELD(struct location_form, FIELD_DATE, rated_on,                  \
		"Date of rating", .hint = "For example, 27 3 2026"),           \
	    FIELD(struct location_form, FIELD_DATE, registered_on,             \
		"Date of registration", .hint = "For example, 27 3 2020"),     \
	    FIELD_END

static const struct field location_fields[] = { LOCATION_FIELDS };

static const struct field location_new_fields[] = {
	FIELD(struct location_form, FIELD_LINE, cqc_location_id,
	    "CQC location ID",
	    .hint = "For example, 1-1234567890. Leave empty if no registration "
		    "is needed. It cannot be changed later",
	    .maximum = 20),
	LOCATION_FIELDS,
};

/* `location` is NULL for a new one. */
static struct reply
location_again(struct request *r, const struct provider_view *view,
    const struct register_location *location, struct form *form, int status)
{
	render_providers_location(
	    r, view, location, form, status == HTTP_CONFLICT);
	return reply_page(r, status);
}

/* The location that the path names; loads the list into `view`. */
static const struct register_location *
location_find(struct request *r, struct provider_view *view)
{
	const int64_t id = register_part_id(r, "location");
	size_t i;

	if (view->provider == NULL)
		return NULL;
	view->locations = register_location_list(r->db, view->provider->id);
	for (i = 0; i < view->locations.count; i++)
		if (view->locations.row[i].id == id)
			return &view->locations.row[i];
	return NULL;
}

/* NULL where the database says "not yet rated". */
static const char *
location_rating(const struct location_form *values)
{
	return text_equal(values->cqc_rating, "not_yet_rated")
	           ? NULL
	           : values->cqc_rating;
}

static void
location_check(
    struct request *r, struct form *form, const struct location_form *values)
{
	const int32_t today = clock_local_date(r->now);

	if (values->rated_on > today)
		form_error(form, "rated_on",
		    "Date of rating must be today or in the past");
	if (values->registered_on > today)
		form_error(form, "registered_on",
		    "Date of registration must be today or in the past");
	if (!form_ok(form))
		return;
	if (values->rated_on != 0 && location_rating(values) == NULL)
		form_error(form, "rated_on",
		    "Leave the date of rating empty until there is a rating");
	if (values->rated_on != 0 && values->rated_on < values->registered_on)
		form_error(form, "rated_on",
		    "Date of rating must be on or after the registration");
}

static struct reply
location_done(struct request *r, const struct provider_view *view,
    const char *act, int64_t id, const char *notice)
{
	register_audit(r, view, act,
	    arena_printf(r->arena, "{\"location\":%" PRId64 "}", id));
	return reply_redirect_with(r, notice, "%s", view->base);
}

/* The form as it is saved. */
static struct form *
location_saved(struct request *r, const struct register_location *location)
{
	const struct location_form values = {
		.revision = form_revision_text(r, location->revision),
		.name = location->name,
		.address = location->address,
		.postcode = location->postcode,
		.cqc_rating = location->cqc_rating != NULL
		                  ? location->cqc_rating
		                  : "not_yet_rated",
		.rated_on = location->rated_on,
		.registered_on = location->registered_on,
	};

	return form_show(r, location_fields, &values);
}

static struct reply
location_remove(struct request *r, const struct provider_view *view,
    const struct register_location *location)
{
	if (register_location_delete(r->db, location->id,
		form_revision(request_field(r, "revision")),
		view->provider->id) == 0)
		return location_again(r, view, location,
		    location_saved(r, location), HTTP_CONFLICT);
	return location_done(
	    r, view, "location.remove", location->id, "Location removed");
}

/* GET /providers/:reference/locations/new */
struct reply
provider_location_new(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);

	if (view.provider == NULL)
		return reply_not_found(r);
	return location_again(
	    r, &view, NULL, form_show(r, location_new_fields, NULL), HTTP_OK);
}

/* POST /providers/:reference/locations/new */
struct reply
provider_location_create(struct request *r)
{
	const struct provider_view view = register_view_to_edit(r);
	struct location_form values = { 0 };
	struct form *form;
	int64_t id = 0;

	if (view.provider == NULL)
		return reply_not_found(r);
	form = form_read(r, location_new_fields, &values);
	if (*values.cqc_location_id != '\0' &&
	    !cqc_id_is_one(values.cqc_location_id))
		form_error(form, "cqc_location_id",
		    "CQC location ID must be 1- and then digits, like "
		    "1-1234567890");
	location_check(r, form, &values);
	if (form_ok(form)) {
		id = register_location_insert(r->db, view.provider->id,
		    *values.cqc_location_id != '\0' ? values.cqc_location_id
						    : NULL,
		    values.name, values.address, values.postcode,
		    location_rating(&values), values.rated_on,
		    values.registered_on);
		if (id == 0)
			form_error(form, "cqc_location_id",
			    "Another location has this CQC location ID");
	}
	if (!form_ok(form))
		return location_again(r, &view, NULL, form, HTTP_UNPROCESSABLE);
	return location_done(r, &view, "location.create", id, "Location added");
}

/* GET /providers/:reference/locations/:location */
struct reply
provider_location_edit(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_location *location = location_find(r, &view);

	if (location == NULL)
		return reply_not_found(r);
	return location_again(
	    r, &view, location, location_saved(r, location), HTTP_OK);
}

/* POST /providers/:reference/locations/:location : save, or remove it */
struct reply
provider_location_update(struct request *r)
{
	struct provider_view view = register_view_to_edit(r);
	const struct register_location *location = location_find(r, &view);
	struct location_form values = { 0 };
	struct form *form;

	if (location == NULL)
		return reply_not_found(r);
	if (text_equal(request_field(r, "act"), "remove"))
		return location_remove(r, &view, location);
	form = form_read(r, location_fields, &values);
	location_check(r, form, &values);
	if (!form_ok(form))
		return location_again(
		    r, &view, location, form, HTTP_UNPROCESSABLE);
	if (register_location_save(r->db, location->id,
		form_revision(values.revision), view.provider->id, values.name,
		values.address, values.postcode, location_rating(&values),
		values.rated_on, values.registered_on) == 0) {
		form_revision_renew(form, location->revision);
		return location_again(r, &view, location, form, HTTP_CONFLICT);
	}
	return location_done(
	    r, &view, "location.update", location->id, "Location saved");
}
