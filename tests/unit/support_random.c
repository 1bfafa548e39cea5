#include "unit/support_random.h"

static uint64_t state;

void
random_begin(uint64_t seed)
{
	state = seed;
}

uint32_t
random_below(uint32_t below)
{
	state = state * UINT64_C(6364136223846793005) +
	        UINT64_C(1442695040888963407);
	return (uint32_t)(state >> 33) % below;
}
