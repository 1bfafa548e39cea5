/*
 * A policy that is taken passes its check, has words, and reads as the same
 * policy again when it was written.
 */
#include "fuzz.h"

#include <string.h>

#include "policies/policies.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	struct policy policy, again;
	const char *text;

	if (policy_read(arena, fuzz_text(arena, data, size), &policy).count > 0)
		return 0;
	ENSURE(policy_check(arena, &policy).count == 0);
	ENSURE(policy_words(arena, &policy).count > 0);
	text = policy_write(arena, &policy);
	ENSURE(policy_read(arena, text, &again).count == 0);
	ENSURE(strcmp(policy_write(arena, &again), text) == 0);
	return 0;
}
