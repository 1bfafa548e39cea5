/* See card_form.h. */
#include "rates/card_form.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "rates/reading.h"

enum { BLANK_BANDS = 2 };

#define BAND(number)                                                           \
	{ .kind = FIELD_LINE,                                                  \
		.name = "up_to_" #number,                                      \
		.label = "Band " #number ": up to",                            \
		.maximum = 7,                                                  \
		.offset = offsetof(struct card_form, up_to[(number)-1]) },     \
	{                                                                      \
		.kind = FIELD_NUMBER, .name = "percent_" #number,              \
		.label = "Band " #number ": share of the hourly rate",         \
		.minimum = 1, .maximum = 1000,                                 \
		.offset = offsetof(struct card_form, percent[(number)-1])      \
	}

const struct field card_fields[] = { FIELD(struct card_form, FIELD_HIDDEN,
					 revision, "Revision"),
	FIELD(struct card_form, FIELD_LINE, name, "Name",
	    .missing = "Enter a name", .is_required = true, .maximum = 200),
	FIELD(struct card_form, FIELD_DATE, starts_on, "First day",
	    .hint = "Visits from this day on cost this. For example, 1 4 2027",
	    .missing = "Enter the first day", .is_required = true),
	FIELD(struct card_form, FIELD_DATE, ends_on, "Last day (optional)",
	    .subject = "The last day",
	    .hint = "Leave it empty where the card goes on until the next"),
	FIELD(struct card_form, FIELD_MONEY, hourly_pence,
	    "Hourly rate (optional)", .subject = "The hourly rate",
	    .hint = "Leave it empty where providers name their own rate, or "
		    "where rates differ by area",
	    .minimum = 1, .maximum = RATE_HOURLY_PENCE,
	    .has_offset = offsetof(struct card_form, has_hourly_pence)),
	FIELD(struct card_form, FIELD_MONEY, floor_pence,
	    "Lowest rate of a provider (optional)",
	    .subject = "The lowest rate", .minimum = 1,
	    .maximum = RATE_HOURLY_PENCE,
	    .has_offset = offsetof(struct card_form, has_floor_pence)),
	FIELD(struct card_form, FIELD_MONEY, ceiling_pence,
	    "Highest rate of a provider (optional)",
	    .subject = "The highest rate", .minimum = 1,
	    .maximum = RATE_HOURLY_PENCE,
	    .has_offset = offsetof(struct card_form, has_ceiling_pence)),
	BAND(1), BAND(2), BAND(3), BAND(4), BAND(5), BAND(6), BAND(7), BAND(8),
	BAND(9), BAND(10), BAND(11), BAND(12), BAND(13), BAND(14), BAND(15),
	BAND(16), FIELD_END };

_Static_assert(PRICE_BANDS == 16, "there is a field for each band");

struct card_form
card_form_of(struct arena *arena, const struct rate_document *document)
{
	const struct rate_card *card = document->card;
	struct card_form values = {
		.revision = "",
		.name = document->name,
		.starts_on = card->starts_on + DATE_1970,
		.ends_on = card->ends_on == 0 ? 0 : card->ends_on + DATE_1970,
		.hourly_pence = card->base.hourly_pence,
		.floor_pence = card->floor_pence,
		.ceiling_pence = card->ceiling_pence,
		.has_hourly_pence = card->base.hourly_pence != 0,
		.has_floor_pence = card->floor_pence != 0,
		.has_ceiling_pence = card->ceiling_pence != 0,
	};

	for (size_t i = 0; i < PRICE_BANDS; i++) {
		values.up_to[i] = "";
		if (i >= card->base.band_count)
			continue;
		values.up_to[i] = rate_length(
		    arena, card->base.band[i].up_to_seconds);
		values.percent[i] = card->base.band[i].percent;
	}
	return values;
}

static const char *
field_name(struct form *form, const char *name, size_t band)
{
	return arena_printf(form->r->arena, "%s_%zu", name, band + 1);
}

/* Bands that are filled in, without gaps where a line was emptied. */
static void
bands_read(struct form *form, const struct card_form *values,
    struct rate_basics *basics)
{
	for (size_t i = 0; i < PRICE_BANDS; i++) {
		struct price_band *band = &basics->band[basics->band_count];
		const char *up_to = field_name(form, "up_to", i);
		const char *percent = field_name(form, "percent", i);

		if (*values->up_to[i] == '\0' && values->percent[i] == 0)
			continue;
		if (*values->up_to[i] == '\0')
			form_error(form, up_to,
			    "Enter how long a visit in band %zu may be", i + 1);
		else if (!reading_length(
			     values->up_to[i], &band->up_to_seconds))
			form_error(form, up_to,
			    "Band %zu must be minutes and seconds, like 20:59",
			    i + 1);
		else if (basics->band_count > 0 &&
			 band->up_to_seconds <= band[-1].up_to_seconds)
			form_error(form, up_to,
			    "Band %zu must be longer than the band before",
			    i + 1);
		if (values->percent[i] == 0)
			form_error(form, percent,
			    "Enter the share that band %zu pays", i + 1);
		band->percent = (int32_t)values->percent[i];
		basics->band_count++;
	}
}

struct form *
card_form_read(
    struct request *r, struct card_form *values, struct rate_basics *basics)
{
	struct form *form = form_read(r, card_fields, values);

	*basics = (struct rate_basics) {
		.name = values->name,
		.starts_on = values->starts_on - DATE_1970,
		.ends_on = values->ends_on == 0 ? 0
		                                : values->ends_on - DATE_1970,
		.hourly_pence = values->hourly_pence,
		.floor_pence = values->floor_pence,
		.ceiling_pence = values->ceiling_pence,
	};
	if (values->starts_on != 0 && values->starts_on <= DATE_1970)
		form_error(
		    form, "starts_on", "The first day must be after 1970");
	if (values->ends_on != 0 && values->ends_on < values->starts_on)
		form_error(form, "ends_on",
		    "The last day must not be before the first");
	if (values->has_floor_pence && values->has_ceiling_pence &&
	    values->ceiling_pence < values->floor_pence)
		form_error(form, "ceiling_pence",
		    "The highest rate must not be below the lowest");
	bands_read(form, values, basics);
	return form;
}

void
card_form_faults(struct form *form, struct rate_faults faults)
{
	for (size_t i = 0; i < faults.count; i++) {
		const char *text = faults.text[i];
		const char *sentence = strstr(text, ": ");

		form_error(form, "hourly_pence", "%s",
		    strncmp(text, "cards[0]: ", strlen("cards[0]: ")) == 0
			? sentence + strlen(": ")
			: text);
	}
}

struct band_field_list
card_form_bands(struct request *r, const struct form *form)
{
	struct band_field *row = arena_array(
	    r->arena, PRICE_BANDS, sizeof(*row));
	size_t filled = 0;

	for (size_t i = 0; i < PRICE_BANDS; i++) {
		row[i].title = arena_printf(r->arena, "Band %zu", i + 1);
		row[i].up_to = arena_printf(r->arena, "up_to_%zu", i + 1);
		row[i].percent = arena_printf(r->arena, "percent_%zu", i + 1);
		if (*form_field(form, row[i].up_to)->value != '\0' ||
		    *form_field(form, row[i].percent)->value != '\0')
			filled = i + 1;
	}
	return (struct band_field_list) { row,
		filled + BLANK_BANDS < PRICE_BANDS ? filled + BLANK_BANDS
						   : PRICE_BANDS };
}
