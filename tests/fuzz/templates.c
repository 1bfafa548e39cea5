/*
 * The template compiler, with a part to call and one that encloses: either
 * it names a line of the source or it writes C.
 */
#include "fuzz.h"

#include <string.h>

#include "generate/templates.h"

static const char button[] =
    "{{part (const char *text, const char *href, bool disabled)}}\n"
    "<a href=\"{{ href }}\">{{ text }}</a>\n";
static const char details[] =
    "{{part (const char *summary)}}\n<p>{{ summary }}</p>{{content}}\n";
static const char layout[] =
    "{{part (const char *title)}}\n<h1>{{ title }}</h1>{{content}}\n";

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	struct buffer out = buffer_new(arena, 4096, 64 << 20);
	struct template templates[4];
	struct template_list list = { templates, 4 };
	struct template_error error = { .line = 0 };
	const char *source;

	ENSURE(template_read(arena, "templates/parts/button.html",
	    "parts/button", button, strlen(button), &templates[1], &error));
	ENSURE(template_read(arena, "templates/parts/details.html",
	    "parts/details", details, strlen(details), &templates[2], &error));
	ENSURE(template_read(arena, "templates/layout.html", "layout", layout,
	    strlen(layout), &templates[3], &error));
	source = arena_strndup(arena, (const char *)data, size);
	if (template_read(arena, "templates/offers/show.html", "offers/show",
		source, size, &templates[0], &error) &&
	    template_compile(&templates[0], list, &out, &error)) {
		ENSURE(out.length > 0 && out.length == strlen(out.data));
		template_write_prototypes(list, &out);
		template_write_parts(list, &out);
		return 0;
	}
	ENSURE(error.line >= 1);
	ENSURE(memchr(error.text, '\0', sizeof(error.text)) != NULL);
	ENSURE(*error.text != '\0');
	return 0;
}
