/* Every record ends, its lines ascend, and no field is longer than the text. */
#include "fuzz.h"

#include <string.h>

#include "base/csv.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = fuzz_text(
	    fuzz_arena(), data, size < 4096 ? size : 4096);
	struct csv csv = csv_new(arena_new((size_t)1 << 30), text);
	size_t line = 0, length = 0;
	struct text_list record;

	while (csv_next(&csv, &record)) {
		ENSURE(csv.line > line);
		ENSURE(record.count > 0);
		line = csv.line;
		for (size_t i = 0; i < record.count; i++)
			length += strlen(record.row[i]);
	}
	ENSURE(length <= strlen(text));
	ENSURE(csv.problem != NULL || *csv.rest == '\0');
	arena_free(csv.arena);
	return 0;
}
