/* What a clearing was made from, as files that hearth match clear reads. */
#include <inttypes.h>

#include "base/arena.h"
#include "clearing/clearing.h"

enum { FILE_MAXIMUM = 16 * 1024 * 1024 };

/* "C123", or of a bundle "C123+C456". */
static void
item_add(struct buffer *out, const struct clearing_input *input, size_t at)
{
	const struct clearing_item *item = &input->item[at];

	for (size_t i = 0; i < item->count; i++)
		buffer_printf(out, "%s%s", i > 0 ? "+" : "",
		    input->package[item->package[i]].row->reference);
}

/* An organisation may be a member twice, so its number as one is added. */
static void
provider_add(struct buffer *out, const struct clearing_provider *provider)
{
	buffer_printf(
	    out, "%s-%" PRId64, provider->reference, provider->member_id);
}

/* The order of the file is the order of waiting. */
static const char *
packages_file(struct arena *arena, const struct clearing_input *input)
{
	struct buffer out = buffer_new(arena, 16384, FILE_MAXIMUM);
	int64_t order;
	size_t i;

	buffer_text(&out, "package,minutes\n");
	for (order = 1; order <= (int64_t)input->package_count; order++)
		for (i = 0; i < input->item_count; i++) {
			if (input->list.package[i].order != order)
				continue;
			item_add(&out, input, i);
			buffer_printf(&out, ",%" PRId32 "\n",
			    input->list.package[i].weekly_minutes);
		}
	return out.data;
}

static const char *
slot_name(const struct clearing_input *input, size_t slot)
{
	return clearing_kind_code(&input->hours, input->kind[slot]);
}

/* The provider whose order comes after that of another (or NULL, the first). */
static const struct clearing_provider *
provider_after(
    const struct clearing_input *input, const struct clearing_provider *last)
{
	const struct clearing_provider *next = NULL;

	for (size_t i = 0; i < input->provider_count; i++) {
		const struct clearing_provider *provider = &input->provider[i];

		if ((last == NULL || provider->member_id > last->member_id) &&
		    (next == NULL || provider->member_id < next->member_id))
			next = provider;
	}
	return next;
}

/* In the order that decides the last ties, which the file's is read as. */
static const char *
providers_file(struct arena *arena, const struct clearing_input *input)
{
	struct buffer out = buffer_new(arena, 8192, FILE_MAXIMUM);
	const struct clearing_provider *provider = NULL;
	const bool has_slots = input->slot_count > 1;

	buffer_text(
	    &out, has_slots ? "provider,slot,spare\n" : "provider,spare\n");
	while ((provider = provider_after(input, provider)) != NULL)
		for (size_t slot = 0; slot < input->slot_count; slot++) {
			provider_add(&out, provider);
			if (has_slots)
				buffer_printf(
				    &out, ",%s", slot_name(input, slot));
			buffer_printf(
			    &out, ",%" PRId32 "\n", provider->spare[slot]);
		}
	return out.data;
}

/* Slot by slot, so that the slots are numbered as they are here. */
static const char *
demands_file(struct arena *arena, const struct clearing_input *input)
{
	struct buffer out = buffer_new(arena, 16384, FILE_MAXIMUM);

	if (input->slot_count == 1)
		return "";
	buffer_text(&out, "package,slot,amount\n");
	for (size_t slot = 0; slot < input->slot_count; slot++)
		for (size_t i = 0; i < input->item_count; i++) {
			const struct clear_package *package =
			    &input->list.package[i];

			for (size_t d = 0; d < package->demand_count; d++) {
				if (package->demand[d].slot != slot)
					continue;
				item_add(&out, input, i);
				buffer_printf(&out, ",%s,%" PRId32 "\n",
				    slot_name(input, slot),
				    package->demand[d].amount);
			}
		}
	return out.data;
}

static const char *
options_file(struct arena *arena, const struct clearing_input *input)
{
	struct buffer out = buffer_new(arena, 65536, FILE_MAXIMUM);
	size_t i, o;

	buffer_text(&out, "package,provider,fit,price,distance\n");
	for (i = 0; i < input->item_count; i++)
		for (o = 0; o < input->list.package[i].option_count; o++) {
			const struct clear_option *option =
			    &input->list.package[i].option[o];

			item_add(&out, input, i);
			buffer_byte(&out, ',');
			provider_add(&out, &input->provider[option->provider]);
			buffer_printf(&out,
			    ",%" PRId32 ".%02" PRId32 ",%" PRId32 ".%02" PRId32
			    ",%" PRId32 "\n",
			    option->fit_hundredths / 100,
			    option->fit_hundredths % 100,
			    option->price_pence / 100,
			    option->price_pence % 100, option->distance_metres);
		}
	return out.data;
}

void
clearing_files(struct arena *arena, struct clearing_input *input)
{
	input->packages_csv = packages_file(arena, input);
	input->providers_csv = providers_file(arena, input);
	input->options_csv = options_file(arena, input);
	input->demands_csv = demands_file(arena, input);
}
