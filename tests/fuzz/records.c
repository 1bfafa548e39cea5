/*
 * Records as CSV, or as JSON where the text begins with [: what is read
 * without a fault has a value of each column that is required, and every field
 * of it can be read as any kind, with no more faults than there is room for.
 */
#include "fuzz.h"

#include <string.h>

#include "base/records.h"

enum { NAME, AMOUNT, NOTE };

static const struct record_column columns[] = {
	{ "name", true },
	{ "amount", true },
	{ "note", false },
	{ NULL, false },
};

static const struct record_column open_columns[] = {
	{ "name", true },
	{ "amount", false },
	{ "note", false },
	{ RECORD_OTHERS, false },
};

static void
fields_read(const struct record *record)
{
	for (size_t column = NAME; column <= NOTE; column++) {
		struct text_list list = record_list(record, column);
		int64_t number = record_number(record, column, -7, 7, 9);
		int64_t pence = record_pence(record, column, 1000);
		int32_t minute = record_minute(record, column, -1);

		ENSURE((list.count == 0) == !record_has(record, column));
		ENSURE(number >= -7 && number <= 9);
		ENSURE(pence >= 0 && pence <= 1000);
		ENSURE(minute >= -1 && minute < 24 * 60);
		ENSURE(record_hundredths(record, column, 1000) <= 1000);
		ENSURE(record_days(record, column) < 1 << 7);
		ENSURE(record_date(record, column) >= 0);
		record_instant(record, column);
		record_truth(record, column);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const char *text = fuzz_text(arena, data, size < 4096 ? size : 4096);
	struct reading reading = reading_new(
	    arena, *text == '[' ? "f.json" : "f.csv");
	struct records records;

	if (!text_is_utf8(text, strlen(text)))
		return 0;
	records_read(&reading, text,
	    strlen(text) % 2 == 0 ? columns : open_columns, &records);
	if (reading.fault_count > 0)
		return 0;
	for (size_t i = 0; i < records.count; i++) {
		const struct record *record = &records.row[i];

		ENSURE(record_has(record, NAME));
		ENSURE(records.is_open || record_has(record, AMOUNT));
		fields_read(record);
	}
	ENSURE(reading.fault_count <= READING_FAULTS);
	return 0;
}
