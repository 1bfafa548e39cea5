/*
 * A set that is taken, draft or not, reads as the same set again when it was
 * written, is the same as itself, and one to be published has no fault.
 */
#include "fuzz.h"

#include <string.h>

#include "questionnaires/questions.h"

static void
set_try(struct arena *arena, const char *document, bool is_draft)
{
	struct reading reading = reading_new(arena, "");
	struct question_set set, again;
	const char *text;

	if (!question_set_read(&reading, document, is_draft, &set)) {
		ENSURE(reading.fault_count > 0);
		return;
	}
	ENSURE(is_draft || question_set_faults(arena, &set).count == 0);
	text = question_set_write(arena, &set);
	ENSURE(question_set_read(&reading, text, is_draft, &again));
	ENSURE(strcmp(question_set_write(arena, &again), text) == 0);
	ENSURE(question_set_changes(arena, &set, &again).count == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const char *document = fuzz_text(arena, data, size);

	set_try(arena, document, true);
	set_try(arena, document, false);
	return 0;
}
