/* A postcode that is taken is the same when it is read again. */
#include "fuzz.h"

#include <string.h>

#include "base/form.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const char *text = fuzz_text(arena, data, size);
	const char *postcode, *again, *sector;
	size_t length;

	if (!postcode_parse(arena, text, &postcode))
		return 0;
	length = strlen(postcode);
	ENSURE(length >= 6 && length <= 8 && postcode[length - 4] == ' ');
	ENSURE(postcode_parse(arena, postcode, &again));
	ENSURE(strcmp(postcode, again) == 0);
	sector = postcode_sector(arena, postcode);
	ENSURE(strlen(sector) == length - 2);
	ENSURE(text_starts_with(postcode, sector));
	return 0;
}
