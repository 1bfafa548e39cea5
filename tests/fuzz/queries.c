/*
 * The compiler of .sql files: either it names a mistake or it writes its
 * files; the same input gives the same output.
 */
#include "fuzz.h"

#include <string.h>

#include "generate/queries.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* A row that is used, or nothing would ever be written. */
	static const char base[] = "-- row base_row (id bigint)\n"
				   "-- query base_list () many base_row\n"
				   "SELECT 1;\n";
	struct arena *arena = fuzz_arena();
	struct query_input inputs[2] = {
		{ "app/offers/offers.sql", (const char *)data, size },
		{ "app/base/base.sql", base, sizeof(base) - 1 },
	};
	struct query_compiled first, again;
	size_t i;

	first = query_compile(arena, inputs, 2);
	if (*first.errors != '\0') {
		ENSURE(first.output_count == 0);
		ENSURE(strstr(first.errors, ".sql:") != NULL);
		return 0;
	}
	ENSURE(first.output_count > 0);
	again = query_compile(arena, inputs, 2);
	ENSURE(again.output_count == first.output_count);
	for (i = 0; i < first.output_count; i++) {
		const struct query_output *output = &first.output[i];

		ENSURE(output->length == strlen(output->text));
		ENSURE(output->length == again.output[i].length);
		ENSURE(memcmp(output->text, again.output[i].text,
			   output->length) == 0);
	}
	return 0;
}
