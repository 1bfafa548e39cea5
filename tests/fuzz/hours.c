/* Hours that are taken are within bounds and survive being shown. */
#include "fuzz.h"

#include "base/clock.h"
#include "base/form.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct request r = { .arena = fuzz_arena() };
	int64_t minutes, again;

	if (!hours_parse(fuzz_text(r.arena, data, size), &minutes))
		return 0;
	ENSURE(minutes >= 0 && minutes <= 600000);
	ENSURE(hours_parse(hours_text(&r, minutes), &again));
	ENSURE(again == minutes);
	minutes_text(&r, minutes);
	return 0;
}
