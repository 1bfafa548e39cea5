/*
 * generate-queries OUTDIR app/offers/offers.sql ...
 * Reads the .sql files of the program and writes their C below OUTDIR.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"
#include "generate/queries.h"

static void
die(const char *path)
{
	fprintf(stderr, "%s: %s\n", path, strerror(errno));
	exit(1);
}

static struct query_input
input_read(struct arena *arena, const char *path)
{
	/* One byte more than is allowed, so that a longer file is noticed. */
	const size_t size = QUERY_INPUT_MAXIMUM + 1;
	struct query_input input = { .path = path };
	char *text = malloc(size);
	FILE *file = fopen(path, "rb");

	if (text == NULL || file == NULL)
		die(path);
	input.length = fread(text, 1, size, file);
	if (ferror(file))
		die(path);
	fclose(file);
	input.text = arena_strndup(arena, text, input.length);
	free(text);
	return input;
}

static void
output_write(
    struct arena *arena, const char *folder, const struct query_output *output)
{
	char *path = arena_printf(arena, "%s/%s", folder, output->path);
	FILE *file;
	char *slash;

	for (slash = strchr(path + 1, '/'); slash != NULL;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(path, 0777) != 0 && errno != EEXIST)
			die(path);
		*slash = '/';
	}
	file = fopen(path, "wb");
	if (file == NULL ||
	    fwrite(output->text, 1, output->length, file) != output->length ||
	    fclose(file) != 0)
		die(path);
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_new(QUERY_ARENA_MAXIMUM);
	struct query_compiled compiled;
	struct query_input *inputs;
	size_t count, i;
	bool is_good;

	if (argc < 2) {
		fputs("usage: generate-queries OUTDIR FILE.sql ...\n", stderr);
		return 2;
	}
	count = (size_t)argc - 2;
	inputs = arena_array(arena, count, sizeof(*inputs));
	for (i = 0; i < count; i++)
		inputs[i] = input_read(arena, argv[i + 2]);
	compiled = query_compile(arena, inputs, count);
	is_good = *compiled.errors == '\0';
	fputs(compiled.errors, stderr);
	for (i = 0; i < compiled.output_count; i++)
		output_write(arena, argv[1], &compiled.output[i]);
	arena_free(arena);
	return is_good ? 0 : 1;
}
