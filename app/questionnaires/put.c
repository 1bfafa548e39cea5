/* See put.h. */
#include "questionnaires/put.h"

#include "base/arena.h"

/* Whether the document is what the newest version says already. */
static bool
is_same(struct db *db, struct arena *arena, int64_t council,
    const struct question_set_row *row, const char *document)
{
	struct reading reading = reading_new(arena, "");
	struct question_set newest;
	const char *kept;

	if (!row->has_newest)
		return false;
	kept = question_set_document(db, council, row->id, row->newest);
	return kept != NULL &&
	       question_set_read(&reading, kept, true, &newest) &&
	       text_equal(question_set_write(arena, &newest), document);
}

enum question_set_put
question_set_put(struct db *db, struct arena *arena, int64_t council,
    int64_t account, const struct question_set *set,
    const struct question_set_row **row)
{
	const char *document = question_set_write(arena, set);
	const int64_t *by = account != 0 ? &account : NULL;
	enum question_set_put done = QUESTION_SET_DRAFT;

	*row = question_set_by_code(db, council, set->code);
	if (*row == NULL) {
		question_set_insert(db, council, set->code, set->name);
		*row = question_set_by_code(db, council, set->code);
		done = QUESTION_SET_MADE;
	}
	if (*row == NULL)
		return done;
	if ((*row)->has_draft)
		return QUESTION_SET_BUSY;
	if (is_same(db, arena, council, *row, document))
		return QUESTION_SET_SAME;
	if (question_draft_insert(db, council, (*row)->id, document, by) == 0)
		return QUESTION_SET_BUSY;
	*row = question_set_by_code(db, council, set->code);
	return done;
}
