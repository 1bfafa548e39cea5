/* Who is asked by name: providers, and people who answer by a link. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/form.h"
#include "base/request.h"
#include "base/requests.sql.h"
#include "markettests/market_tests.h"
#include "markettests/markettests_pages.h"
#include "templates.h"

struct provider_form {
	struct text_list providers;
};

static const struct field provider_fields[] = {
	FIELD(struct provider_form, FIELD_CHOICES, providers,
	    "Providers of your frameworks",
	    .missing = "Select the providers to invite", .is_required = true),
	FIELD_END,
};

struct person_form {
	const char *kind;
	const char *name;
	const char *email;
};

static const struct choice kinds[] = {
	{ "service_user", "Somebody who receives care", NULL },
	{ "carer", "A carer", "Family or friend who looks after somebody" },
	{ "provider", "A provider without an account", NULL },
	{ "other", "Somebody else", NULL },
	{ NULL, NULL, NULL },
};

static const struct field person_fields[] = {
	FIELD(struct person_form, FIELD_CHOICE, kind, "Who is it?",
	    .missing = "Select who it is", .is_required = true,
	    .choices = kinds),
	FIELD(struct person_form, FIELD_LINE, name, "Name",
	    .missing = "Enter a name", .is_required = true, .maximum = 200),
	FIELD(struct person_form, FIELD_EMAIL, email, "E-mail address",
	    .missing = "Enter an e-mail address", .is_required = true),
	FIELD_END,
};

/* A market test to which people can still be invited. */
static bool
takes_invitations(const struct market_test_view *view)
{
	return view->row != NULL && view->may_write &&
	       (text_equal(view->row->state, "draft") ||
		   text_equal(view->row->state, "published"));
}

static struct choice_list
provider_choices(struct request *r, struct market_test_provider_list list)
{
	struct choice *row = arena_array(
	    r->arena, list.count + 1, sizeof(*row));

	for (size_t i = 0; i < list.count; i++)
		row[i] = (struct choice) { list.row[i].reference,
			list.row[i].name, NULL };
	return (struct choice_list) { row, list.count };
}

static struct reply
invitations_page(struct request *r, const struct market_test_view *view,
    struct form *person, int status)
{
	const struct market_test_row *row = view->row;
	struct paging paging = request_paging(r, "page",
	    market_test_invitation_count(r->db, row->council_id, row->id),
	    MARKET_TEST_ROWS);

	render_markettests_invitations(r, view,
	    market_test_invitation_list(r->db, row->council_id, row->id,
		MARKET_TEST_ROWS, paging.offset),
	    &paging, person, takes_invitations(view));
	return reply_page(r, status);
}

/* GET /market-tests/:reference/invitations */
struct reply
market_test_invitation_list_show(struct request *r)
{
	struct market_test_view view = market_test_view_load(r);

	if (view.row == NULL || !view.is_own)
		return reply_not_found(r);
	return invitations_page(
	    r, &view, form_show(r, person_fields, NULL), HTTP_OK);
}

static struct reply
providers_page(struct request *r, const struct market_test_view *view,
    struct market_test_provider_list others, struct form *form, int status)
{
	form_choices(form, "providers", provider_choices(r, others));
	render_markettests_providers(r, view, form, others.count);
	return reply_page(r, status);
}

/* GET /market-tests/:reference/invitations/providers */
struct reply
market_test_provider_invite_edit(struct request *r)
{
	struct market_test_view view = market_test_view_load(r);

	if (!takes_invitations(&view))
		return reply_not_found(r);
	return providers_page(r, &view,
	    market_test_provider_list(
		r->db, view.row->council_id, view.row->id),
	    form_show(r, provider_fields, NULL), HTTP_OK);
}

static struct int64_list
provider_ids(struct request *r, struct market_test_provider_list list,
    struct text_list references)
{
	int64_t *ids = arena_array(r->arena, list.count + 1, sizeof(*ids));
	struct int64_list found = { ids, 0 };

	for (size_t i = 0; i < list.count; i++)
		if (text_list_has(references, list.row[i].reference))
			ids[found.count++] = list.row[i].id;
	return found;
}

/* Those invited after it was published are told at once. */
static struct reply
invited(struct request *r, const struct market_test_view *view)
{
	audit_add(r->db, "market_test.invite", "market test",
	    view->row->reference, NULL);
	if (text_equal(view->row->state, "published"))
		market_test_tell_new(r, view->row);
	return reply_redirect_with(
	    r, "Invited", "/market-tests/%s/invitations", view->row->reference);
}

/* POST /market-tests/:reference/invitations/providers */
struct reply
market_test_provider_invite_update(struct request *r)
{
	struct market_test_view view = market_test_view_lock(r);
	struct market_test_provider_list others;
	struct provider_form values = { 0 };
	struct form *form;

	if (!takes_invitations(&view))
		return reply_not_found(r);
	others = market_test_provider_list(
	    r->db, view.row->council_id, view.row->id);
	form = form_read(r, provider_fields, &values);
	form_choices(form, "providers", provider_choices(r, others));
	form_check_choice(form, "providers");
	if (!form_ok(form))
		return providers_page(
		    r, &view, others, form, HTTP_UNPROCESSABLE);
	market_test_provider_invite(r->db, view.row->council_id, view.row->id,
	    provider_ids(r, others, values.providers), r->session.account_id);
	return invited(r, &view);
}

/* POST /market-tests/:reference/invitations : somebody without an account */
struct reply
market_test_invitation_create(struct request *r)
{
	struct market_test_view view = market_test_view_lock(r);
	struct person_form values = { 0 };
	struct form *form;

	if (!takes_invitations(&view))
		return reply_not_found(r);
	form = form_read(r, person_fields, &values);
	if (form_ok(form) &&
	    market_test_person_invite(r->db, view.row->council_id, view.row->id,
		values.kind, values.name, values.email,
		r->session.account_id) == 0)
		form_error(form, "email", "That address is invited already");
	if (!form_ok(form))
		return invitations_page(r, &view, form, HTTP_UNPROCESSABLE);
	return invited(r, &view);
}

/* POST /market-tests/:reference/invitations/:invitation/remove */
struct reply
market_test_invitation_remove_run(struct request *r)
{
	struct market_test_view view = market_test_view_lock(r);
	int64_t invitation = 0;

	if (!takes_invitations(&view) ||
	    !text_to_int64(
		request_part(r, "invitation"), 1, INT64_MAX, &invitation))
		return reply_not_found(r);
	if (market_test_invitation_remove(
		r->db, r->session.council_id, view.row->id, invitation) == 0)
		return reply_not_found(r);
	audit_add(r->db, "market_test.uninvite", "market test",
	    view.row->reference, NULL);
	return reply_redirect_with(r, "Taken off the list",
	    "/market-tests/%s/invitations", view.row->reference);
}
