/*
 * The command `generate-templates FOLDER FILE...`: compiles templates to C.
 * Writes FOLDER/templates.h, FOLDER/parts.h and FOLDER/templates/<path>.c; a
 * file that would not change is left alone, so that make builds little. The
 * compiler itself is in the other templates_*.c.
 */
#include "generate/templates.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"

enum { OUTPUT_MAXIMUM = 64 * 1024 * 1024 };

static bool
complain(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	return false;
}

/* Reads a whole file of at most `maximum` bytes; NULL with errno set. */
static char *
file_read(struct arena *arena, const char *path, size_t maximum, size_t *length)
{
	FILE *file = fopen(path, "rb");
	char *data;

	if (file == NULL)
		return NULL;
	data = arena_alloc(arena, maximum + 1);
	*length = fread(data, 1, maximum + 1, file);
	if (ferror(file) || *length > maximum) {
		errno = ferror(file) ? EIO : EFBIG;
		data = NULL;
	}
	fclose(file);
	return data;
}

/* Makes the folders above a file. */
static bool
folders_make(struct arena *arena, const char *path)
{
	char *copy = arena_strdup(arena, path), *slash;

	for (slash = strchr(copy + 1, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(copy, 0777) != 0 && errno != EEXIST)
			return complain(copy);
		*slash = '/';
	}
	return true;
}

static bool
file_write(struct arena *arena, const char *path, const struct buffer *text)
{
	size_t length;
	const char *old = file_read(arena, path, text->length, &length);
	FILE *file;

	if (old != NULL && length == text->length &&
	    memcmp(old, text->data, length) == 0)
		return true;
	if (!folders_make(arena, path))
		return false;
	file = fopen(path, "wb");
	if (file == NULL)
		return complain(path);
	if (fwrite(text->data, 1, text->length, file) != text->length) {
		fclose(file);
		return complain(path);
	}
	return fclose(file) == 0 || complain(path);
}

/*
 * "templates/offers/show.html" and "offers/show.html" are the same template;
 * gives its path from the top and its name "offers/show".
 */
static bool
path_read(struct arena *arena, const char *given, const char **path,
    const char **name)
{
	static const char folder[] = "templates/";
	const char *below = strstr(given, folder);
	size_t length;

	*path = given;
	if (below == NULL) {
		*path = arena_printf(arena, "%s%s", folder, given);
		below = *path;
	}
	below += strlen(folder);
	length = strlen(below);
	if (length < 6 || strcmp(below + length - 5, ".html") != 0 ||
	    strpbrk(given, "\"\\\n") != NULL) {
		fprintf(stderr, "%s: not the name of a template\n", given);
		return false;
	}
	*name = arena_strndup(arena, below, length - 5);
	return true;
}

/* First reading of all files. */
static bool
templates_read(struct arena *arena, char **files, size_t count,
    struct template *templates, const char **names)
{
	struct template_error error;
	const char *path, *source;
	bool is_good = true;
	size_t i, length;

	for (i = 0; i < count; i++) {
		if (!path_read(arena, files[i], &path, &names[i]))
			return false;
		source = file_read(arena, path, TEMPLATE_MAXIMUM, &length);
		if (source == NULL)
			return complain(path);
		if (template_read(arena, path, names[i], source, length,
			&templates[i], &error))
			continue;
		fprintf(
		    stderr, "%s:%d: error: %s\n", path, error.line, error.text);
		is_good = false;
	}
	return is_good;
}

/* Second reading, into a buffer for each; nothing is written yet. */
static bool
templates_compile(
    struct arena *arena, struct template_list all, struct buffer *outs)
{
	struct template_error error;
	bool is_good = true;
	size_t i;

	for (i = 0; i < all.count; i++) {
		const struct template *one = &all.row[i];

		outs[i] = buffer_new(arena, 16384, OUTPUT_MAXIMUM);
		if (template_compile(one, all, &outs[i], &error))
			continue;
		fprintf(stderr, "%s:%d: error: %s\n", one->path, error.line,
		    error.text);
		is_good = false;
	}
	return is_good;
}

static bool
sources_write(struct arena *arena, const char *folder, const char *const *names,
    const struct buffer *outs, size_t count)
{
	size_t i;

	for (i = 0; i < count; i++) {
		const char *path = arena_printf(
		    arena, "%s/templates/%s.c", folder, names[i]);

		if (!file_write(arena, path, &outs[i]))
			return false;
	}
	return true;
}

static bool
headers_write(struct arena *arena, const char *folder, struct template_list all)
{
	struct buffer prototypes = buffer_new(arena, 16384, OUTPUT_MAXIMUM);
	struct buffer parts = buffer_new(arena, 16384, OUTPUT_MAXIMUM);

	template_write_prototypes(all, &prototypes);
	template_write_parts(all, &parts);
	return file_write(arena, arena_printf(arena, "%s/templates.h", folder),
		   &prototypes) &&
	       file_write(
		   arena, arena_printf(arena, "%s/parts.h", folder), &parts);
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new((size_t)1024 * 1024 * 1024);
	size_t count = argc > 2 ? (size_t)argc - 2 : 0;
	struct template *templates = arena_array(
	    arena, count + 1, sizeof(*templates));
	const char **names = arena_array(arena, count + 1, sizeof(*names));
	struct buffer *outs = arena_array(arena, count + 1, sizeof(*outs));
	struct template_list all = { templates, count };
	bool is_good;

	if (argc < 2) {
		fprintf(stderr, "usage: generate-templates FOLDER FILE...\n");
		return EXIT_FAILURE;
	}
	is_good = templates_read(arena, argv + 2, count, templates, names) &&
	          templates_compile(arena, all, outs) &&
	          sources_write(arena, argv[1], names, outs, count) &&
	          headers_write(arena, argv[1], all);
	arena_free(arena);
	return is_good ? EXIT_SUCCESS : EXIT_FAILURE;
}
