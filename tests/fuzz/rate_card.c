/*
 * A rate card document of any shape; what can be used prices some visits,
 * whose workings must sum to their prices.
 */
#include "fuzz.h"

#include <string.h>

#include "base/text.h"
#include "rates/rate_documents.h"

static void
check_visit(struct arena *arena, const struct rates *rates,
    const struct rate_visit *visit)
{
	struct rate_working working = rates_open(arena, rates, visit);
	int64_t sum = 0;

	for (size_t i = 0; i < working.count; i++) {
		rate_line_words(arena, rates, &working, i);
		sum += working.line[i].pence;
	}
	ENSURE(
	    *rate_verdict_words(arena, rates, visit, &working.price) != '\0');
	ENSURE(sum == working.price.total_pence);
	ENSURE(working.price.total_pence >= 0);
	ENSURE(sum == rates_price(rates, visit).total_pence);
}

static void
check_card(struct arena *arena, const struct rate_document *document,
    const struct rate_card *card, size_t turn)
{
	const struct rates *rates = rates_prepare(
	    arena, card, document->bank_holiday, document->bank_holiday_count);
	const struct rate_visit visit = {
		.day = card->starts_on,
		.starts = (int32_t)(turn * 7919 % 86400),
		.seconds = (int32_t)(turn * turn * 1259 % 86401),
		.carers = 1 + (int32_t)turn % 3,
		.area = (int)(turn % (card->areas.count + 1)) - 1,
		.rurality = (int)(turn % (RURALITY_COUNT + 1)) - 1,
		.need = (int)(turn % (card->needs.count + 1)) - 1,
		.age_group = (int)(turn % (card->age_groups.count + 1)) - 1,
		.outcomes = (uint32_t)turn,
		.absence = (int)(turn % (card->absences.count + 1)) - 1,
		.absence_day = 1 + (int32_t)turn,
	};

	check_visit(arena, rates, &visit);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const char *text = fuzz_text(arena, data, size);
	struct rate_document document;
	struct rate_faults faults;

	if (!text_is_utf8(text, strlen(text)))
		return 0;
	faults = rate_document_read(arena, text, &document);
	for (size_t i = 0; i < faults.count; i++)
		ENSURE(*faults.text[i] != '\0');
	for (size_t i = 0; faults.count == 0 && i < document.card_count; i++)
		for (size_t turn = 0; turn < 12; turn++)
			check_card(arena, &document, &document.card[i], turn);
	return 0;
}
