/* Turns rows of care_term into what a form offers. */
#include "areas/terms.h"

#include "areas/terms.sql.h"
#include "base/arena.h"

struct choice_list
term_choices(struct request *r, const char *kind)
{
	struct care_term_list terms = care_term_list(r->db, kind);
	struct choice *rows = arena_array(r->arena, terms.count, sizeof(*rows));
	size_t i;

	for (i = 0; i < terms.count; i++) {
		rows[i].value = terms.row[i].code;
		rows[i].label = terms.row[i].label;
	}
	return (struct choice_list) { rows, terms.count };
}

const char *
term_label(struct request *r, const char *kind, const char *code)
{
	const char *label = care_term_label(r->db, kind, code);

	return label != NULL ? label : code;
}
