/* Rules about areas; the pages are in areas_pages.c. */
#include "areas/areas.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/money.h"

const struct choice rurality_choices[] = {
	{ "urban", "Urban", NULL },
	{ "semi_rural", "Semi-rural", NULL },
	{ "rural", "Rural", NULL },
	{ NULL, NULL, NULL },
};

const char *
rurality_label(const char *rurality)
{
	const struct choice *choice;

	for (choice = rurality_choices; choice->value != NULL; choice++)
		if (text_equal(choice->value, rurality))
			return choice->label;
	return rurality;
}

struct postcode_place
postcode_find(struct request *r, const char *postcode, int64_t council)
{
	struct postcode_place found = {
		.postcode = postcode,
		.sector = postcode_sector(r->arena, postcode),
	};

	found.place = sector_by_name(r->db, found.sector);
	found.areas = sector_area_list(r->db, council, found.sector);
	return found;
}

struct area_scheme_hours_list
area_schemes(struct request *r, struct area_line_list areas)
{
	struct area_scheme_hours *rows = arena_array(
	    r->arena, areas.count, sizeof(*rows));
	struct area_scheme_hours_list list = { rows, 0 };
	struct area_scheme_hours *scheme = NULL;
	size_t i;

	for (i = 0; i < areas.count; i++) {
		const struct area_line *area = &areas.row[i];

		if (scheme == NULL || area->scheme_id != area[-1].scheme_id) {
			scheme = &rows[list.count++];
			scheme->name = area->scheme;
			scheme->council = area->is_own ? NULL : area->council;
			scheme->areas.row = area;
		}
		scheme->areas.count++;
		if (area->has_total_hours)
			scheme->total_hours += area->total_hours;
		if (area->has_spot_hours)
			scheme->spot_hours += area->spot_hours;
		if (area->has_total_hours || area->has_spot_hours)
			scheme->has_hours = true;
	}
	return list;
}

const char *
percent_text(struct request *r, int64_t part, int64_t whole)
{
	int64_t hundredths;

	if (whole <= 0)
		return "";
	hundredths = money_round(part * 10000, whole);
	return arena_printf(r->arena, "%" PRId64 ".%02" PRId64 "%%",
	    hundredths / 100, hundredths % 100);
}

const char *
thousands_text(struct request *r, int64_t number)
{
	char *digits = arena_printf(r->arena, "%" PRId64, number);
	size_t length = strlen(digits), i;
	struct buffer out = buffer_new(r->arena, 2 * length + 1, 64);

	for (i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0 && digits[i - 1] != '-')
			buffer_byte(&out, ',');
		buffer_byte(&out, digits[i]);
	}
	return out.data;
}
