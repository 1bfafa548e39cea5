/*
 * Writes what surrounds the body of a compiled template: includes, function
 * heads, and the two headers by which handlers and templates call them.
 */
#include <string.h>

#include "generate/templates.h"

static const char notice[] =
    "/* Made by app/generate/templates.c; change the template instead. */\n";

static void
arguments_write(const struct template *template, struct buffer *out)
{
	size_t i;

	for (i = 0; i < template->arguments.count; i++) {
		const struct argument *one = &template->arguments.row[i];

		buffer_printf(out, ", %s%s", one->type, one->name);
	}
}

static void
part_name_write(
    const struct template *part, const char *suffix, struct buffer *out)
{
	buffer_printf(out, "part_%s%s(struct request *r", part->name, suffix);
	if (part->arguments.count > 0)
		buffer_printf(
		    out, ", const struct part_%s *arguments", part->name);
	buffer_text(out, ")");
}

void
template_write_head(
    const struct template *template, const char *suffix, struct buffer *out)
{
	size_t i;

	buffer_text(out, "void\n");
	if (template->is_part) {
		part_name_write(template, suffix, out);
	} else {
		buffer_printf(
		    out, "render_%s(struct request *r", template->name);
		arguments_write(template, out);
		buffer_text(out, ")");
	}
	buffer_text(out, "\n{\n");
	for (i = 0; i < template->arguments.count && template->is_part; i++) {
		const struct argument *one = &template->arguments.row[i];

		buffer_printf(out, "\t%s%s = arguments->%s;\n", one->type,
		    one->name, one->name);
	}
	buffer_text(out, "\t(void)r;\n");
	for (i = 0; i < template->arguments.count; i++)
		buffer_printf(
		    out, "\t(void)%s;\n", template->arguments.row[i].name);
}

static void
include_write(const char *header, struct buffer *out)
{
	buffer_printf(out, "#include \"%s\"\n", header);
}

void
template_write_includes(const struct template *template, struct buffer *out)
{
	size_t i;

	buffer_text(out, notice);
	include_write("base/html.h", out);
	include_write("base/request.h", out);
	if (!template->is_part)
		include_write("templates.h", out);
	include_write("parts.h", out);
	for (i = 0; i < template->uses.count; i++)
		include_write(template->uses.row[i], out);
	buffer_byte(out, '\n');
}

/* Whether an earlier template of the same sort has included `header`. */
static bool
is_included(struct template_list templates, size_t end, size_t end_use,
    const char *header)
{
	bool is_part = templates.row[end].is_part;
	size_t i, j;

	for (i = 0; i <= end; i++) {
		const struct template *one = &templates.row[i];
		size_t count = i == end ? end_use : one->uses.count;

		if (one->is_part != is_part)
			continue;
		for (j = 0; j < count; j++)
			if (strcmp(one->uses.row[j], header) == 0)
				return true;
	}
	return false;
}

static void
uses_write(struct template_list templates, bool is_part, struct buffer *out)
{
	size_t i, j;

	buffer_text(out, "#include <stdbool.h>\n");
	buffer_text(out, "#include <stddef.h>\n");
	buffer_text(out, "#include <stdint.h>\n\n");
	include_write("base/html.h", out);
	for (i = 0; i < templates.count; i++) {
		const struct template *one = &templates.row[i];

		if (one->is_part != is_part)
			continue;
		for (j = 0; j < one->uses.count; j++)
			if (!is_included(templates, i, j, one->uses.row[j]))
				include_write(one->uses.row[j], out);
	}
	buffer_text(out, "\nstruct request;\n");
}

void
template_write_prototypes(struct template_list templates, struct buffer *out)
{
	size_t i;

	buffer_text(out, notice);
	buffer_text(out, "#ifndef TEMPLATES_H\n#define TEMPLATES_H\n\n");
	uses_write(templates, false, out);
	for (i = 0; i < templates.count; i++) {
		const struct template *one = &templates.row[i];

		if (one->is_part)
			continue;
		buffer_printf(out, "\n#line %d \"%s\"\n", one->line, one->path);
		buffer_printf(
		    out, "void render_%s(struct request *r", one->name);
		arguments_write(one, out);
		buffer_text(out, ");\n");
	}
	buffer_text(out, "\n#endif\n");
}

static void
part_write(const struct template *part, struct buffer *out)
{
	size_t i;

	buffer_byte(out, '\n');
	if (part->arguments.count > 0) {
		buffer_printf(out, "struct part_%s {\n", part->name);
		for (i = 0; i < part->arguments.count; i++) {
			const struct argument *one = &part->arguments.row[i];

			buffer_printf(
			    out, "#line %d \"%s\"\n", part->line, part->path);
			buffer_printf(out, "\t%s%s;\n", one->type, one->name);
		}
		buffer_text(out, "};\n");
	}
	buffer_text(out, "void ");
	part_name_write(part, part->has_content ? "_open" : "", out);
	buffer_text(out, ";\n");
	if (part->has_content) {
		buffer_text(out, "void ");
		part_name_write(part, "_close", out);
		buffer_text(out, ";\n");
	}
}

void
template_write_parts(struct template_list templates, struct buffer *out)
{
	size_t i;

	buffer_text(out, notice);
	buffer_text(out, "#ifndef PARTS_H\n#define PARTS_H\n\n");
	uses_write(templates, true, out);
	for (i = 0; i < templates.count; i++)
		if (templates.row[i].is_part)
			part_write(&templates.row[i], out);
	buffer_text(out, "\n#endif\n");
}
