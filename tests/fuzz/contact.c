/*
 * E-mail addresses and telephone numbers: what is taken can stand in a mail's
 * header or in a link without any care.
 */
#include "fuzz.h"

#include <string.h>

#include "base/form.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const char *text = fuzz_text(arena, data, size), *c;

	if (email_is_one(text)) {
		ENSURE(strlen(text) <= 254);
		ENSURE(strchr(text, '@') == strrchr(text, '@'));
		for (c = text; *c != '\0'; c++)
			ENSURE(*c > ' ' && *c < 0x7F &&
			       !strchr("<>,;:\"\\()[]", *c));
		ENSURE(email_is_one(text_lower(arena, text)));
	}
	if (telephone_is_one(text))
		for (c = text; *c != '\0'; c++)
			ENSURE(
			    *c >= ' ' && *c < 0x7F && !strchr("<>,;:\"&'", *c));
	return 0;
}
