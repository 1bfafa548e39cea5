/* Parked fields are kept as they came: encoded pairs, decoded on the way out. */
#include "base/parked.h"

#include <string.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/html.h"
#include "base/request.h"
#include "base/requests.sql.h"

enum { PARKED_MAXIMUM = 256 * 1024 }; /* as parked_form_fields_check has it */

static bool
is_kept(const struct pair *pair)
{
	return strcmp(pair->name, "csrf") != 0 &&
	       strcmp(pair->name, "once") != 0 && !pair_is_secret(pair);
}

bool
parked_form_keep(struct request *r)
{
	struct buffer text = buffer_new(r->arena, 1024, PARKED_MAXIMUM + 1);
	size_t i;

	for (i = 0; i < r->fields.count; i++) {
		const struct pair *pair = &r->fields.row[i];
		const char *one;

		if (!is_kept(pair))
			continue;
		one = arena_printf(r->arena, "%s%s=%s",
		    text.length > 0 ? "&" : "", url_encode(r, pair->name),
		    url_encode(r, pair->value));
		if (strlen(one) > PARKED_MAXIMUM - text.length)
			return false;
		buffer_text(&text, one);
	}
	return parked_form_put(r->db, session_token_hash(r, session_cookie(r)),
	    r->path, text.data);
}

void
parked_form_take(struct request *r)
{
	const char *fields = parked_form_get(r->db, r->path);

	if (fields != NULL)
		form_decode(r->arena, fields, strlen(fields), &r->parked);
}
