/* The list of policies, a policy with its versions, and one version. */
#include <string.h>

#include "base/arena.h"
#include "base/request.h"
#include "permissions.h"
#include "policies/policies.h"
#include "policies/policies_pages.h"
#include "policies/views.h"
#include "templates.h"

/* GET /policies */
struct reply
policy_list_show(struct request *r)
{
	render_policies_list(r,
	    policy_list(r->db, r->session.council_id, policy_today(r)),
	    policy_framework_list(
		r->db, r->session.council_id, policy_today(r)),
	    permission_has(r->session.role, POLICY_WRITE));
	return reply_page(r, HTTP_OK);
}

/* GET /policies/:reference */
struct reply
policy_show(struct request *r)
{
	struct policy_view view = policy_view_load(r);

	if (view.policy == NULL)
		return reply_not_found(r);
	render_policies_show(r, &view,
	    policy_version_list(r->db, r->session.council_id, view.policy->id,
		policy_today(r)));
	return reply_page(r, HTTP_OK);
}

/* GET /policies/:reference/versions/:number */
struct reply
policy_version_show(struct request *r)
{
	struct policy_view view = policy_view_version(r);
	struct policy_sheet sheet;

	if (view.policy == NULL)
		return reply_not_found(r);
	sheet = policy_sheet_of(r, view.rules);
	render_policies_version(r, &view, &sheet,
	    policy_use_list(r->db, r->session.council_id, view.version->id,
		policy_today(r)),
	    policy_write(r->arena, view.rules));
	return reply_page(r, HTTP_OK);
}

/* GET /policies/:reference/versions/:number/document.json */
struct reply
policy_version_download(struct request *r)
{
	struct policy_view view = policy_view_version(r);
	const char *document;

	if (view.policy == NULL)
		return reply_not_found(r);
	document = policy_write(r->arena, view.rules);
	return reply_file(r,
	    arena_printf(r->arena, "policy-%s-version-%d.json",
		view.policy->reference, view.version->number),
	    "application/json",
	    (struct bytes) {
		(const unsigned char *)document, strlen(document) });
}
