/* See giveaway.h: the message beside the field. */
#include "base/request.h"
#include "packages/giveaway.h"

void
giveaway_check(struct form *form, const char *name, const char *text,
    enum giveaway_reader reader, int64_t council, const char *package)
{
	struct request *r = form->r;
	struct giveaway giveaway;

	if (*text == '\0')
		return;
	giveaway = giveaway_find(r->arena,
	    person_facts_of_package(r->db, council, package), reader, text);
	if (giveaway.found == NULL)
		return;
	form_error(form, name, "Take out \"%s\", %s: %s", giveaway.found,
	    giveaway.what,
	    reader == READ_BY_PROVIDERS
		? "providers read this before they accept"
		: "this is kept for good, and the package shows who it is for");
}
