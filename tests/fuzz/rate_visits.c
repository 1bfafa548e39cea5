/*
 * Visits as CSV or JSON; whatever is read without a fault can be priced, and
 * its figures are within their limits.
 */
#include "fuzz.h"

#include <string.h>

#include "base/text.h"
#include "rates/rate_documents.h"

static const char card[] =
    "{\"name\": \"A\", \"areas\": [\"x\"], \"needs\": [\"n\"],"
    "\"age_groups\": [\"a\"], \"outcomes\": [\"o\", \"p\"],"
    "\"absences\": [\"h\"], \"cards\": [{\"starts\": \"1970-01-01\","
    "\"hourly\": \"20\", \"bands\": [{\"up_to\": \"20:59\","
    "\"percent\": 40}], \"premiums\": [{\"name\": \"Night\","
    "\"from\": \"22:00\", \"to\": \"07:00\", \"percent\": \"15\"},"
    "{\"name\": \"O\", \"outcome\": \"o\", \"hourly\": \"1\"}],"
    "\"absence_rules\": [{\"reason\": \"h\", \"days\": 3,"
    "\"percent\": 50}]}]}";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const char *text = fuzz_text(arena, data, size);
	struct rate_document document;
	struct named_visits visits;
	struct rate_faults faults;
	const struct rates *rates;

	if (!text_is_utf8(text, strlen(text)))
		return 0;
	faults = rate_document_read(arena, card, &document);
	ENSURE(faults.count == 0);
	faults = rate_visits_read(
	    arena, *text == '[' ? "v.json" : "v.csv", text, &document, &visits);
	rates = rates_prepare(arena, document.card, NULL, 0);
	for (size_t i = 0; faults.count == 0 && i < visits.count; i++) {
		const struct rate_visit *visit = &visits.row[i].visit;
		struct rate_price price = rates_price(rates, visit);

		ENSURE(price.verdict == RATE_FINE ||
		       (visit->offer != NULL &&
			   price.verdict == RATE_OUT_OF_RANGE));
		ENSURE(price.total_pence == price.each_pence * visit->carers);
	}
	return 0;
}
