/* An amount that is taken is within bounds and survives being shown. */
#include "fuzz.h"

#include "base/money.h"
#include "base/request.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct request r = { .arena = fuzz_arena() };
	int64_t pence, again;

	if (!money_parse(fuzz_text(r.arena, data, size), &pence))
		return 0;
	ENSURE(pence >= 0 && pence <= INT64_C(100000000000));
	ENSURE(money_parse(money(&r, pence), &again) && again == pence);
	ENSURE(money_parse(money_plain(&r, pence), &again) && again == pence);
	return 0;
}
