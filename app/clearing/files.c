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
providers_file(struct arena *arena, const struct clearing_input *input)
{
	struct buffer out = buffer_new(arena, 8192, FILE_MAXIMUM);
	size_t i;

	buffer_text(&out, "provider,spare\n");
	for (i = 0; i < input->provider_count; i++) {
		provider_add(&out, &input->provider[i]);
		buffer_printf(
		    &out, ",%" PRId32 "\n", input->provider[i].spare_minutes);
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
}
