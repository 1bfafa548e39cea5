/* A time of day that is taken is one, and survives being shown. */
#include "fuzz.h"

#include "base/clock.h"
#include "base/form.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct request r = { .arena = fuzz_arena() };
	int32_t minutes, again;

	if (!time_parse(fuzz_text(r.arena, data, size), &minutes))
		return 0;
	ENSURE(minutes >= 0 && minutes < 24 * 60);
	ENSURE(time_parse(time_of_day(&r, minutes), &again));
	ENSURE(again == minutes);
	return 0;
}
