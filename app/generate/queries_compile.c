/*
 * Puts the files of a program together: rows used across files, names that
 * are unique over all of them, and what is written when nothing is wrong.
 */
#include "generate/queries.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

/* A name and where it was declared, for finding those declared twice. */
struct declared {
	const char *name;
	const char *path;
	int line;
};

/* File names become names in C and in #include. */
static void
path_check(const struct query_file *file, struct query_problems *problems)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789_-./";
	const size_t length = strlen(file->name);

	if (length < 5 || length > 200 ||
	    strcmp(file->name + length - 4, ".sql") != 0 ||
	    strspn(file->name, letters) != length ||
	    strchr("-./0123456789", *file->name) != NULL ||
	    strstr(file->name, "..") != NULL ||
	    strspn(file->path, letters) != strlen(file->path))
		query_problem(problems, "generate-queries", 1,
		    "an input is called like app/offers/offers.sql");
}

static int
declared_compare(const void *a, const void *b)
{
	const struct declared *left = a, *right = b;
	int order = strcmp(left->name, right->name);

	if (order == 0)
		order = strcmp(left->path, right->path);
	return order != 0 ? order : left->line - right->line;
}

static void
declared_check(struct declared *declared, size_t count, const char *what,
    struct query_problems *problems)
{
	size_t i;

	if (count == 0)
		return;
	qsort(declared, count, sizeof(*declared), declared_compare);
	for (i = 1; i < count; i++)
		if (text_equal(declared[i].name, declared[i - 1].name))
			query_problem(problems, declared[i].path,
			    declared[i].line,
			    "%s %s was declared in %s:%d already", what,
			    declared[i].name, declared[i - 1].path,
			    declared[i - 1].line);
}

static void
names_check(struct arena *arena, const struct query_file *files, size_t count,
    struct query_problems *problems)
{
	struct declared *rows, *queries;
	size_t i, j, row_count = 0, query_count = 0;

	for (i = 0; i < count; i++) {
		row_count += files[i].row_count;
		query_count += files[i].query_count;
	}
	rows = arena_array(arena, row_count, sizeof(*rows));
	queries = arena_array(arena, query_count, sizeof(*queries));
	row_count = query_count = 0;
	for (i = 0; i < count; i++) {
		for (j = 0; j < files[i].row_count; j++)
			if (files[i].rows[j].from == NULL)
				rows[row_count++] = (struct declared) {
					files[i].rows[j].name, files[i].path,
					files[i].rows[j].line
				};
		for (j = 0; j < files[i].query_count; j++)
			queries[query_count++] =
			    (struct declared) { files[i].queries[j].name,
				    files[i].path, files[i].queries[j].line };
	}
	declared_check(rows, row_count, "row", problems);
	declared_check(queries, query_count, "query", problems);
}

static struct query_row *
row_find(const struct query_file *file, const char *name)
{
	size_t i;

	for (i = 0; i < file->row_count; i++)
		if (text_equal(file->rows[i].name, name))
			return &file->rows[i];
	return NULL;
}

/* Gives the rows taken from other files their columns. */
static void
rows_resolve(struct query_file *file, const struct query_file *files,
    size_t count, struct query_problems *problems)
{
	size_t i, j;

	for (i = 0; i < file->row_count; i++) {
		struct query_row *row = &file->rows[i], *other = NULL;

		if (row->from == NULL)
			continue;
		for (j = 0; j < count; j++)
			if (text_equal(files[j].name, row->from) &&
			    &files[j] != file)
				other = row_find(&files[j], row->name);
		if (other == NULL || other->from != NULL) {
			query_problem(problems, file->path, row->line,
			    "row %s is not declared in %.99s", row->name,
			    row->from);
			continue;
		}
		row->columns = other->columns;
		other->is_used = true;
	}
}

static void
queries_resolve(struct query_file *file, struct query_problems *problems)
{
	size_t i;

	for (i = 0; i < file->query_count; i++) {
		struct query *query = &file->queries[i];

		if (query->row_name == NULL)
			continue;
		query->row = row_find(file, query->row_name);
		if (query->row == NULL)
			query_problem(problems, file->path, query->line,
			    "row %s is not declared above or below",
			    query->row_name);
		else
			query->row->is_used = true;
	}
}

static void
rows_unused(const struct query_file *file, struct query_problems *problems)
{
	size_t i;

	for (i = 0; i < file->row_count; i++)
		if (!file->rows[i].is_used)
			query_problem(problems, file->path, file->rows[i].line,
			    "row %s is never used", file->rows[i].name);
}

struct query_compiled
query_compile(
    struct arena *arena, const struct query_input *inputs, size_t count)
{
	struct query_problems problems = {
		.text = buffer_new(arena, 1024, QUERY_TEXT_MAXIMUM),
	};
	struct query_file *files = arena_array(arena, count, sizeof(*files));
	struct query_compiled compiled = { .errors = "" };
	struct query_output *output;
	size_t i;

	for (i = 0; i < count; i++) {
		query_read(arena, &inputs[i], &files[i], &problems);
		path_check(&files[i], &problems);
	}
	names_check(arena, files, count, &problems);
	for (i = 0; i < count; i++)
		rows_resolve(&files[i], files, count, &problems);
	for (i = 0; i < count; i++)
		queries_resolve(&files[i], &problems);
	for (i = 0; i < count; i++)
		rows_unused(&files[i], &problems);
	if (problems.count > 0) {
		compiled.errors = problems.text.data;
		return compiled;
	}
	output = arena_array(arena, 2 * count + 1, sizeof(*output));
	for (i = 0; i < count; i++) {
		output[2 * i] = query_write_header(arena, &files[i]);
		output[2 * i + 1] = query_write_source(arena, &files[i]);
	}
	output[2 * count] = query_write_list(arena, files, count);
	compiled.output = output;
	compiled.output_count = 2 * count + 1;
	return compiled;
}
