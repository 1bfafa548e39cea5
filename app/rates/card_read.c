/*
 * Rate cards from JSON. Every fault is gathered, so that whoever writes one
 * can mend it in one go; the last word has rate_cards_check() of matching.
 */
#include <inttypes.h>
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/money.h"
#include "rates/reading.h"

enum {
	NAME_MAXIMUM = 200,
	DAY_MINUTES = 1440,
	PERCENT_MOST = 1000,
	DAYS_MOST = 3650,
	HOLIDAYS_MOST = 10000,
	HOURS_MOST = 100000,
};

/* Where in the document a value is looked for. */
struct place {
	struct reading *reading;
	json_t *object;
	const char *name; /* "" is the document itself */
};

static const char *
place_key(const struct place *place, const char *key)
{
	return reading_place(place->reading, place->name, key);
}

#define FAULT(place, key, ...)                                                 \
	reading_fault((place)->reading, place_key((place), (key)), __VA_ARGS__)

static void
keys_check(const struct place *place, const char *const *known)
{
	reading_keys(place->reading, place->object, place->name, known);
}

static const char *
text_of(const struct place *place, const char *key)
{
	return reading_optional(
	    place->reading, place->object, place->name, key);
}

static int32_t
number_of(const struct place *place, const char *key, int32_t maximum)
{
	json_t *value = json_object_get(place->object, key);
	json_int_t number = json_integer_value(value);

	if (!json_is_integer(value) || number < 0 || number > maximum) {
		FAULT(place, key, "must be a whole number from 0 to %" PRId32,
		    maximum);
		return 0;
	}
	return (int32_t)number;
}

/* Money is written as people write it, "14.17"; 0 when absent. */
static int64_t
pence_of(const struct place *place, const char *key)
{
	const char *text = text_of(place, key);
	int64_t pence = 0;

	if (text != NULL && !money_parse(text, &pence))
		FAULT(place, key,
		    "must be an amount in quotation marks, such as \"14.17\"");
	return pence;
}

/* "12.5" as hundredths of a per cent; 0 when absent. */
static int32_t
hundredths_of(const struct place *place, const char *key)
{
	const char *text = text_of(place, key);
	int64_t hundredths = 0;

	if (text == NULL)
		return 0;
	if (*text < '0' || *text > '9' || !money_parse(text, &hundredths) ||
	    hundredths > (int64_t)PERCENT_MOST * 100) {
		FAULT(place, key,
		    "must be per cent in quotation marks, such as \"12.5\"");
		return 0;
	}
	return (int32_t)hundredths;
}

static int32_t
date_of(const struct place *place, const char *key)
{
	const char *text = text_of(place, key);
	int32_t date = 0;

	if (text != NULL && !reading_date(text, &date))
		FAULT(place, key, "must be a date such as \"2024-04-01\"");
	return date;
}

/* "22:00" as minutes after midnight; "24:00" is the end of the day. */
static int32_t
minutes_of(const struct place *place, const char *key)
{
	const char *text = text_of(place, key);
	int32_t minutes = 0;

	if (text == NULL)
		return 0;
	if (strcmp(text, "24:00") == 0)
		return DAY_MINUTES;
	if (!time_parse(text, &minutes))
		FAULT(place, key, "must be a time such as \"22:00\"");
	return minutes;
}

/* A member that is a list, and its length; NULL and 0 when absent. */
static json_t *
list_of(const struct place *place, const char *key, size_t most, size_t *count)
{
	json_t *array = reading_rows(
	    place->reading, place->object, place->name, key, most);

	*count = json_array_size(array);
	return array;
}

/* The member of a list as a place; false, with a fault, when no object. */
static bool
member_of(const struct place *place, json_t *array, const char *key,
    size_t index, struct place *member)
{
	member->reading = place->reading;
	member->object = reading_row(
	    place->reading, array, place_key(place, key), index, &member->name);
	return member->object != NULL;
}

static struct rate_names
names_of(const struct place *place, const char *key, size_t most)
{
	struct arena *arena = place->reading->arena;
	size_t count;
	json_t *array = list_of(place, key, most, &count);
	const char **names = arena_array(arena, count, sizeof(*names));
	struct rate_names list = { names, 0 };

	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(json_array_get(array, i));

		if (name == NULL || *name == '\0' ||
		    strlen(name) > NAME_MAXIMUM || strchr(name, ';') != NULL)
			FAULT(place, key,
			    "must be a list of names without \";\"");
		else if (reading_name(&list, name) != RATE_NONE)
			FAULT(place, key, "has \"%s\" twice", name);
		else
			names[list.count++] = arena_strdup(arena, name);
	}
	return list;
}

/* A name of the document's list; RATE_ANY when absent. */
static int
index_of(
    const struct place *place, const char *key, const struct rate_names *names)
{
	const char *name = text_of(place, key);
	int index = name == NULL ? RATE_ANY : reading_name(names, name);

	if (name != NULL && index == RATE_NONE)
		FAULT(place, key, "\"%s\" is not one of %s", name,
		    reading_names(place->reading->arena, names));
	return index;
}

static void
bands_read(const struct place *place, struct price_card *card)
{
	static const char *const known[] = { "up_to", "percent", NULL };
	size_t count;
	json_t *array = list_of(place, "bands", PRICE_BANDS, &count);

	for (size_t i = 0; i < count; i++) {
		struct price_band *band = &card->band[card->band_count++];
		struct place member;
		const char *limit;

		if (!member_of(place, array, "bands", i, &member))
			continue;
		keys_check(&member, known);
		limit = text_of(&member, "up_to");
		if (limit == NULL ||
		    !reading_length(limit, &band->up_to_seconds))
			FAULT(&member, "up_to",
			    "must be minutes and seconds such as \"20:59\"");
		band->percent = number_of(&member, "percent", PERCENT_MOST);
	}
}

static void
rows_read(const struct place *place, struct rate_card *card)
{
	static const char *const known[] = { "area", "rurality", "need",
		"hourly", NULL };
	size_t count;
	json_t *array = list_of(place, "rates", RATE_ROWS, &count);
	struct rate_row *rows = arena_array(
	    place->reading->arena, count, sizeof(*rows));

	for (size_t i = 0; i < count; i++) {
		struct place member;
		const char *rurality;

		if (!member_of(place, array, "rates", i, &member))
			continue;
		keys_check(&member, known);
		rurality = text_of(&member, "rurality");
		rows[i] = (struct rate_row) {
			.area = index_of(&member, "area", &card->areas),
			.rurality = rurality == NULL
			                ? RATE_ANY
			                : reading_rurality(rurality),
			.need = index_of(&member, "need", &card->needs),
			.hourly_pence = pence_of(&member, "hourly"),
		};
		if (rurality != NULL && rows[i].rurality == RATE_NONE)
			FAULT(&member, "rurality",
			    "\"%s\" is not one of urban, semi-rural, rural",
			    rurality);
	}
	card->row = rows;
	card->row_count = count;
}

static uint32_t
days_of(const struct place *place)
{
	static const char *const names[] = { "monday", "tuesday", "wednesday",
		"thursday", "friday", "saturday", "sunday" };
	const struct rate_names list = { names, 7 };
	size_t count;
	json_t *array = list_of(place, "days", 7, &count);
	uint32_t days = 0;

	for (size_t i = 0; i < count; i++) {
		const char *name = json_string_value(json_array_get(array, i));
		int day = name == NULL ? RATE_NONE : reading_name(&list, name);

		if (day == RATE_NONE)
			FAULT(place, "days", "are from monday to sunday");
		else
			days |= 1u << day;
	}
	return days;
}

static enum rate_holiday
holiday_of(const struct place *place)
{
	const char *text = text_of(place, "bank_holiday");

	if (text == NULL || strcmp(text, "any") == 0)
		return HOLIDAY_ANY;
	if (strcmp(text, "only") == 0)
		return HOLIDAY_ONLY;
	if (strcmp(text, "never") != 0)
		FAULT(place, "bank_holiday",
		    "\"%s\" is not one of any, only, never", text);
	return HOLIDAY_NEVER;
}

static void
premiums_read(const struct place *place, struct rate_card *card)
{
	static const char *const known[] = { "name", "percent", "hourly",
		"need", "age_group", "outcome", "days", "bank_holiday", "from",
		"to", NULL };
	size_t count;
	json_t *array = list_of(place, "premiums", RATE_PREMIUMS, &count);
	struct rate_premium *premiums = arena_array(
	    place->reading->arena, count, sizeof(*premiums));

	for (size_t i = 0; i < count; i++) {
		struct place member;

		if (!member_of(place, array, "premiums", i, &member))
			continue;
		keys_check(&member, known);
		premiums[i] = (struct rate_premium) {
			.name = text_of(&member, "name"),
			.hundredths = hundredths_of(&member, "percent"),
			.hourly_pence = pence_of(&member, "hourly"),
			.need = index_of(&member, "need", &card->needs),
			.age_group = index_of(
			    &member, "age_group", &card->age_groups),
			.outcome = index_of(
			    &member, "outcome", &card->outcomes),
			.days = days_of(&member),
			.holiday = holiday_of(&member),
			.from_minutes = minutes_of(&member, "from"),
			.to_minutes = minutes_of(&member, "to"),
		};
		if (premiums[i].name == NULL)
			FAULT(&member, "name", "is missing");
	}
	card->premium = premiums;
	card->premium_count = count;
}

static void
absences_read(const struct place *place, struct rate_card *card)
{
	static const char *const known[] = { "reason", "days", "percent",
		NULL };
	static const char key[] = "absence_rules";
	size_t count;
	json_t *array = list_of(place, key, RATE_ABSENCE_RULES, &count);
	struct rate_absence *rules = arena_array(
	    place->reading->arena, count, sizeof(*rules));

	for (size_t i = 0; i < count; i++) {
		struct place member;

		if (!member_of(place, array, key, i, &member))
			continue;
		keys_check(&member, known);
		rules[i] = (struct rate_absence) {
			.reason = index_of(&member, "reason", &card->absences),
			.days = number_of(&member, "days", DAYS_MOST),
			.percent = number_of(&member, "percent", 100),
		};
	}
	card->absence = rules;
	card->absence_count = count;
}

static void
block_read(const struct place *place, struct block *block)
{
	static const char *const known[] = { "hours_a_week", "hourly", NULL };
	json_t *object = json_object_get(place->object, "block");
	const struct place member = { place->reading, object,
		place_key(place, "block") };

	if (object == NULL)
		return;
	if (!json_is_object(object)) {
		FAULT(place, "block", "must be an object, in { and }");
		return;
	}
	keys_check(&member, known);
	block->weekly_seconds = INT64_C(3600) *
	                        number_of(&member, "hours_a_week", HOURS_MOST);
	block->hourly_pence = pence_of(&member, "hourly");
	if (block->weekly_seconds == 0)
		FAULT(&member, "hours_a_week", "must be at least 1");
	if (block->hourly_pence < 1 || block->hourly_pence > RATE_HOURLY_PENCE)
		FAULT(&member, "hourly", "must be between £0.01 and £%d",
		    RATE_HOURLY_PENCE / 100);
}

/* `card` has the names of the document already. */
static void
card_read(
    const struct place *place, struct rate_card *card, struct block *block)
{
	static const char *const known[] = { "note", "starts", "ends", "hourly",
		"bands", "rates", "premiums", "premiums_together", "floor",
		"ceiling", "absence_rules", "block", NULL };
	const char *together;

	keys_check(place, known);
	text_of(place, "note");
	if (json_object_get(place->object, "starts") == NULL)
		FAULT(place, "starts", "is missing");
	card->starts_on = date_of(place, "starts");
	card->ends_on = date_of(place, "ends");
	card->base.hourly_pence = pence_of(place, "hourly");
	bands_read(place, &card->base);
	rows_read(place, card);
	premiums_read(place, card);
	together = text_of(place, "premiums_together");
	if (together != NULL && strcmp(together, "highest") == 0)
		card->stacking = STACK_HIGHEST;
	else if (together != NULL && strcmp(together, "add") != 0)
		FAULT(place, "premiums_together",
		    "\"%s\" is not one of add, highest", together);
	card->floor_pence = pence_of(place, "floor");
	card->ceiling_pence = pence_of(place, "ceiling");
	absences_read(place, card);
	block_read(place, block);
}

static void
holidays_read(const struct place *place, struct rate_document *document)
{
	static const char key[] = "bank_holidays";
	size_t count;
	json_t *array = list_of(place, key, HOLIDAYS_MOST, &count);
	int32_t *days = arena_array(
	    place->reading->arena, count, sizeof(*days));

	for (size_t i = 0; i < count; i++) {
		const char *text = json_string_value(json_array_get(array, i));

		if (text == NULL || !reading_date(text, &days[i]))
			FAULT(place, key,
			    "must be a list of dates such as \"2024-12-25\"");
	}
	document->bank_holiday = days;
	document->bank_holiday_count = count;
}

static void
document_read(const struct place *place, struct rate_document *document)
{
	static const char *const known[] = { "name", "note", "areas", "needs",
		"age_groups", "outcomes", "absences", "bank_holidays", "cards",
		NULL };
	size_t count;
	json_t *array = list_of(place, "cards", RATE_CARDS, &count);
	struct rate_card *cards = arena_array(
	    place->reading->arena, count, sizeof(*cards));
	struct block *blocks = arena_array(
	    place->reading->arena, count, sizeof(*blocks));
	struct rate_card names = { .name = text_of(place, "name") };

	keys_check(place, known);
	text_of(place, "note");
	if (names.name == NULL || *names.name == '\0')
		FAULT(place, "name", "is missing");
	if (count == 0)
		FAULT(place, "cards", "must have at least one");
	names.areas = names_of(place, "areas", RATE_AREAS);
	names.needs = names_of(place, "needs", RATE_NEEDS);
	names.age_groups = names_of(place, "age_groups", RATE_AGE_GROUPS);
	names.outcomes = names_of(place, "outcomes", RATE_OUTCOMES);
	names.absences = names_of(place, "absences", RATE_ABSENCES);
	holidays_read(place, document);
	for (size_t i = 0; i < count; i++) {
		struct place member;

		cards[i] = names;
		if (member_of(place, array, "cards", i, &member))
			card_read(&member, &cards[i], &blocks[i]);
	}
	document->name = names.name;
	document->card = cards;
	document->block = blocks;
	document->card_count = count;
}

struct rate_faults
rate_document_read(
    struct arena *arena, const char *text, struct rate_document *document)
{
	struct reading reading = reading_new(arena, "");
	json_t *root = reading_parse(&reading, text);
	const struct place place = { &reading, root, "" };

	*document = (struct rate_document) { .name = "" };
	if (json_is_object(root))
		document_read(&place, document);
	else if (root != NULL)
		reading_fault(
		    &reading, "document", "must be an object, in { and }");
	json_decref(root);
	if (reading.fault_count == 0)
		return rate_cards_check(
		    arena, document->card, document->card_count);
	return reading_faults(&reading);
}
