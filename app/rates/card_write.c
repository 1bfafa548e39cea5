/* See card_write.h. */
#include "rates/card_write.h"

#include <inttypes.h>
#include <jansson.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"
#include "rates/rate_documents.h"

enum { FIRST_BYTES = 2048, MINUTE_SECONDS = 60, POUND_PENCE = 100 };

static int
bytes_add(const char *bytes, size_t length, void *buffer)
{
	buffer_add(buffer, bytes, length);
	return 0;
}

static const char *
document_text(struct arena *arena, json_t *document)
{
	struct buffer text = buffer_new(
	    arena, FIRST_BYTES, RATE_DOCUMENT_MAXIMUM);

	json_dump_callback(document, bytes_add, &text, JSON_INDENT(2));
	json_decref(document);
	buffer_byte(&text, '\n');
	return text.data;
}

const char *
rate_length(struct arena *arena, int32_t seconds)
{
	return arena_printf(arena, "%" PRId32 ":%02" PRId32,
	    seconds / MINUTE_SECONDS, seconds % MINUTE_SECONDS);
}

static void
text_put(json_t *object, const char *key, const char *text)
{
	if (text == NULL)
		json_object_del(object, key);
	else
		json_object_set_new(object, key, json_string(text));
}

static void
date_put(struct arena *arena, json_t *object, const char *key, int32_t date)
{
	int32_t year, month, day;

	if (date == 0) {
		text_put(object, key, NULL);
		return;
	}
	date_split(date + DATE_1970, &year, &month, &day);
	text_put(object, key,
	    arena_printf(arena, "%04" PRId32 "-%02" PRId32 "-%02" PRId32, year,
		month, day));
}

static void
pounds_put(struct arena *arena, json_t *object, const char *key, int64_t pence)
{
	text_put(object, key,
	    pence == 0 ? NULL
		       : arena_printf(arena, "%" PRId64 ".%02" PRId64,
			     pence / POUND_PENCE, pence % POUND_PENCE));
}

static void
bands_put(struct arena *arena, json_t *card, const struct rate_basics *basics)
{
	json_t *bands = json_array();

	for (size_t i = 0; i < basics->band_count; i++) {
		json_t *band = json_object();

		text_put(band, "up_to",
		    rate_length(arena, basics->band[i].up_to_seconds));
		json_object_set_new(
		    band, "percent", json_integer(basics->band[i].percent));
		json_array_append_new(bands, band);
	}
	if (basics->band_count == 0)
		json_object_del(card, "bands");
	else
		json_object_set(card, "bands", bands);
	json_decref(bands);
}

static void
basics_put(struct arena *arena, json_t *document, json_t *card,
    const struct rate_basics *basics)
{
	text_put(document, "name", basics->name);
	date_put(arena, card, "starts", basics->starts_on);
	date_put(arena, card, "ends", basics->ends_on);
	pounds_put(arena, card, "hourly", basics->hourly_pence);
	pounds_put(arena, card, "floor", basics->floor_pence);
	pounds_put(arena, card, "ceiling", basics->ceiling_pence);
	bands_put(arena, card, basics);
}

const char *
rate_document_begin(struct arena *arena, const struct rate_basics *basics)
{
	json_t *document = json_object(), *card = json_object();

	basics_put(arena, document, card, basics);
	json_object_set_new(document, "cards", json_pack("[o]", card));
	return document_text(arena, document);
}

const char *
rate_document_change(
    struct arena *arena, const char *text, const struct rate_basics *basics)
{
	json_t *document = json_loads(text, 0, NULL);

	basics_put(arena, document,
	    json_array_get(json_object_get(document, "cards"), 0), basics);
	return document_text(arena, document);
}

const char *
rate_document_of_card(struct arena *arena, const char *text, size_t card)
{
	json_t *document = json_loads(text, 0, NULL);
	json_t *cards = json_object_get(document, "cards");

	json_object_set_new(
	    document, "cards", json_pack("[O]", json_array_get(cards, card)));
	json_object_del(document, "bank_holidays");
	return document_text(arena, document);
}
