/*
 * Writes the C of a .sql file: structs and prototypes into a header, the
 * statements and the functions around them into a source. What is written
 * points back at the author's lines.
 */
#include "generate/queries.h"

#include <ctype.h>
#include <string.h>

#include "base/arena.h"

/* How a type of SQL looks in C. */
struct c_type {
	const char *name;     /* DB_... */
	const char *c;        /* of a value */
	const char *optional; /* of a parameter that may be NULL */
	const char *member;   /* of struct db_value */
	const char *read;     /* from a result; row and column follow */
	const char *read_end;
	const char *is_null; /* of an optional parameter; its name precedes */
	bool has_flag;       /* a nullable member gets has_NAME */
};

static const struct c_type c_types[] = {
	[DB_BIGINT] = { "DB_BIGINT", "int64_t ", "const int64_t *", "number",
	    "db_number(result_, ", ")", NULL, true },
	[DB_INTEGER] = { "DB_INTEGER", "int32_t ", "const int32_t *", "number",
	    "(int32_t)db_number(result_, ", ")", NULL, true },
	[DB_BOOLEAN] = { "DB_BOOLEAN", "bool ", "const bool *", "number",
	    "db_number(result_, ", ") != 0", NULL, true },
	[DB_TEXT] = { "DB_TEXT", "const char *", "const char *", "text",
	    "db_text(result_, ", ")", " == NULL", false },
	[DB_DATE] = { "DB_DATE", "int32_t ", "int32_t ", "number",
	    "(int32_t)db_number(result_, ", ")", " == 0", false },
	[DB_TIMESTAMPTZ] = { "DB_TIMESTAMPTZ", "int64_t ", "int64_t ", "number",
	    "db_number(result_, ", ")", " == 0", false },
	[DB_DOUBLE] = { "DB_DOUBLE", "double ", "const double *", "real",
	    "db_double(result_, ", ")", NULL, true },
	[DB_BYTEA] = { "DB_BYTEA", "struct bytes ", "struct bytes ", "bytes",
	    "db_bytes(result_, ", ")", ".data == NULL", false },
	[DB_TEXT_ARRAY] = { "DB_TEXT_ARRAY", "struct text_list ",
	    "struct text_list ", "text_list", "db_text_list(db, result_, ", ")",
	    ".row == NULL", false },
	[DB_BIGINT_ARRAY] = { "DB_BIGINT_ARRAY", "struct int64_list ",
	    "struct int64_list ", "int64_list", "db_int64_list(db, result_, ",
	    ")", ".row == NULL", false },
};

static struct buffer
write_begin(struct arena *arena, const struct query_file *file)
{
	struct buffer out = buffer_new(arena, 16384, QUERY_TEXT_MAXIMUM);

	buffer_printf(&out,
	    "/* Written by generate-queries from %s: change that. */\n",
	    file->path);
	return out;
}

static struct query_output
write_end(struct arena *arena, const struct buffer *out,
    const struct query_file *file, const char *ending)
{
	return (struct query_output) {
		.path = arena_printf(arena, "%s%s", file->name, ending),
		.text = out->data,
		.length = out->length,
	};
}

static void
write_line(struct buffer *out, const struct query_file *file, int line)
{
	buffer_printf(out, "#line %d \"%s\"\n", line, file->path);
}

static void
write_comment(struct buffer *out, const char *comment)
{
	if (*comment == '\0')
		return;
	buffer_text(out, "/*\n");
	while (*comment != '\0') {
		const size_t length = strcspn(comment, "\n");
		size_t i;

		buffer_text(out, length > 0 ? " * " : " *");
		for (i = 0; i < length; i++) {
			buffer_byte(out, comment[i]);
			/* Nothing in it may end or begin a comment in C. */
			if ((comment[i] == '*' && comment[i + 1] == '/') ||
			    (comment[i] == '/' && comment[i + 1] == '*'))
				buffer_byte(out, ' ');
		}
		buffer_byte(out, '\n');
		comment += length + (comment[length] == '\n');
	}
	buffer_text(out, " */\n");
}

/* A string of C, one line of source for each of SQL. */
static void
write_string(struct buffer *out, const char *text)
{
	buffer_text(out, "\"");
	for (; *text != '\0'; text++) {
		const unsigned char c = (unsigned char)*text;

		if (c == '\n')
			buffer_text(out, "\\n\"\n\t    \"");
		else if (c == '"' || c == '\\' || c == '?')
			buffer_printf(out, "\\%c", c);
		else if (c < ' ' || c >= 0x7F)
			buffer_printf(out, "\\%03o", (unsigned)c);
		else
			buffer_byte(out, *text);
	}
	buffer_text(out, "\"");
}

/* --- The header ----------------------------------------------------------- */

static void
write_row(struct buffer *out, const struct query_file *file,
    const struct query_row *row)
{
	size_t i;

	write_comment(out, row->comment);
	write_line(out, file, row->line);
	buffer_printf(out, "struct %s {\n", row->name);
	for (i = 0; i < row->columns.count; i++) {
		const struct query_column *column = &row->columns.row[i];
		const struct c_type *type = &c_types[column->type];

		buffer_printf(out, "\t%s%s;\n", type->c, column->name);
		if (column->is_nullable && type->has_flag)
			buffer_printf(out, "\tbool has_%s;\n", column->name);
	}
	buffer_printf(out,
	    "};\n\nstruct %s_list {\n\tconst struct %s *row;\n"
	    "\tsize_t count;\n};\n\n",
	    row->name, row->name);
}

/* The return type and what stands between it and the name. */
static void
write_gives(struct buffer *out, const struct query *query, const char *between)
{
	switch (query->kind) {
	case QUERY_ONE:
		buffer_printf(
		    out, "const struct %s *%s", query->row_name, between);
		break;
	case QUERY_MANY:
		buffer_printf(
		    out, "struct %s_list %s", query->row_name, between);
		break;
	case QUERY_VALUE:
		buffer_printf(
		    out, "%s%s", c_types[query->value.type].c, between);
		break;
	case QUERY_NONE:
		buffer_printf(out, "int64_t %s", between);
		break;
	}
	/* No white space at the end of a line. */
	if (*between == '\n' && out->data[out->length - 2] == ' ')
		out->data[--out->length - 1] = '\n';
}

static void
write_prototype(
    struct buffer *out, const struct query *query, const char *between)
{
	size_t i;

	write_gives(out, query, between);
	buffer_printf(out, "%s(struct db *db", query->name);
	for (i = 0; i < query->parameters.count; i++) {
		const struct query_column *p = &query->parameters.row[i];
		const struct c_type *type = &c_types[p->type];

		buffer_printf(out, ", %s%s",
		    p->is_nullable ? type->optional : type->c, p->name);
	}
	buffer_text(out, ")");
}

static void
write_guard(struct buffer *out, const char *before, const char *name)
{
	buffer_text(out, before);
	for (; *name != '\0'; name++)
		buffer_byte(out, isalnum((unsigned char)*name)
				     ? (char)toupper((unsigned char)*name)
				     : '_');
	buffer_text(out, "_H\n");
}

/* The header of each other file that a row comes from, once. */
static void
write_includes(struct buffer *out, const struct query_file *file)
{
	size_t i, j;

	for (i = 0; i < file->row_count; i++) {
		const char *from = file->rows[i].from;

		for (j = 0; j < i && from != NULL; j++)
			if (text_equal(file->rows[j].from, from))
				from = NULL;
		if (from != NULL)
			buffer_printf(out, "#include \"%s.h\"\n", from);
	}
}

struct query_output
query_write_header(struct arena *arena, const struct query_file *file)
{
	struct buffer out = write_begin(arena, file);
	size_t i;

	write_guard(&out, "#ifndef ", file->name);
	write_guard(&out, "#define ", file->name);
	buffer_text(&out, "\n#include <stdbool.h>\n#include <stddef.h>\n"
			  "#include <stdint.h>\n\n#include \"base/text.h\"\n");
	write_includes(&out, file);
	buffer_text(&out, "\nstruct db;\n\n");
	for (i = 0; i < file->row_count; i++)
		if (file->rows[i].from == NULL)
			write_row(&out, file, &file->rows[i]);
	for (i = 0; i < file->query_count; i++) {
		write_comment(&out, file->queries[i].comment);
		write_line(&out, file, file->queries[i].line);
		write_prototype(&out, &file->queries[i], "");
		buffer_text(&out, ";\n\n");
	}
	buffer_text(&out, "#endif\n");
	return write_end(arena, &out, file, ".h");
}

/* --- The source ----------------------------------------------------------- */

static void
write_columns(struct buffer *out, const char *name, const char *what,
    struct query_columns columns)
{
	size_t i;

	buffer_printf(
	    out, "static const struct db_column %s_%s_[] = {\n", name, what);
	for (i = 0; i < columns.count; i++)
		buffer_printf(out, "\t{ \"%s\", %s, %s },\n",
		    columns.row[i].name, c_types[columns.row[i].type].name,
		    columns.row[i].is_nullable ? "true" : "false");
	buffer_text(out, "};\n\n");
}

static void
write_row_reader(struct buffer *out, const struct query_file *file,
    const struct query_row *row)
{
	size_t i;

	write_line(out, file, row->line);
	write_columns(out, row->name, "columns", row->columns);
	buffer_printf(out,
	    "static void\nread_%s_row_(struct db *db, "
	    "const struct db_result *result_, int row_, struct %s *into_)\n"
	    "{\n\t(void)db;\n",
	    row->name, row->name);
	for (i = 0; i < row->columns.count; i++) {
		const struct query_column *column = &row->columns.row[i];
		const struct c_type *type = &c_types[column->type];

		buffer_printf(out, "\tinto_->%s = %srow_, %zu%s;\n",
		    column->name, type->read, i, type->read_end);
		if (column->is_nullable && type->has_flag)
			buffer_printf(out,
			    "\tinto_->has_%s = "
			    "!db_is_null(result_, row_, %zu);\n",
			    column->name, i);
	}
	buffer_text(out, "}\n\n");
}

static void
write_statement(struct buffer *out, const struct query_file *file,
    const struct query *query)
{
	if (query->parameters.count > 0)
		write_columns(
		    out, query->name, "parameters", query->parameters);
	if (query->kind == QUERY_VALUE)
		buffer_printf(out,
		    "static const struct db_column %s_value_[] = {\n"
		    "\t{ \"\", %s, true },\n};\n\n",
		    query->name, c_types[query->value.type].name);
	buffer_printf(out,
	    "extern const struct db_statement %s_statement;\n"
	    "const struct db_statement %s_statement = {\n"
	    "\t.name = \"%s\",\n\t.sql = ",
	    query->name, query->name, query->name);
	write_string(out, query->sql);
	buffer_printf(out,
	    ",\n\t.file = \"%s\",\n\t.line = %d,\n"
	    "\t.sql_line = %d,\n",
	    file->path, query->line, query->sql_line);
	if (query->parameters.count > 0)
		buffer_printf(out,
		    "\t.parameters = %s_parameters_,\n"
		    "\t.parameter_count = %zu,\n",
		    query->name, query->parameters.count);
	if (query->row != NULL)
		buffer_printf(out,
		    "\t.columns = %s_columns_,\n\t.column_count = %zu,\n",
		    query->row->name, query->row->columns.count);
	if (query->kind == QUERY_VALUE)
		buffer_printf(out,
		    "\t.columns = %s_value_,\n\t.column_count = 1,\n",
		    query->name);
	buffer_printf(out, "\t.is_single = %s,\n};\n\n",
	    query->kind == QUERY_ONE || query->kind == QUERY_VALUE ? "true"
								   : "false");
}

static void
write_value(struct buffer *out, const struct query_column *parameter)
{
	const struct c_type *type = &c_types[parameter->type];
	const char *name = parameter->name;

	buffer_printf(out, "\t\t{ .type = %s, ", type->name);
	if (!parameter->is_nullable)
		buffer_printf(out, ".%s = %s },\n", type->member, name);
	else if (type->is_null != NULL)
		buffer_printf(out, ".is_null = %s%s, .%s = %s },\n", name,
		    type->is_null, type->member, name);
	else
		buffer_printf(out,
		    ".is_null = %s == NULL, .%s = %s != NULL ? *%s : 0 },\n",
		    name, type->member, name, name);
}

/* What a function does with its result. */
static void
write_result(struct buffer *out, const struct query *query)
{
	const char *row = query->row_name;
	const struct c_type *type = &c_types[query->value.type];

	switch (query->kind) {
	case QUERY_ONE:
		buffer_printf(out,
		    "\tstruct %s *row_;\n\n\tif (db_rows(result_) == 0)\n"
		    "\t\treturn NULL;\n"
		    "\trow_ = arena_alloc(db_arena(db), sizeof(*row_));\n"
		    "\tread_%s_row_(db, result_, 0, row_);\n"
		    "\treturn row_;\n",
		    row, row);
		break;
	case QUERY_MANY:
		buffer_printf(out,
		    "\tconst int count_ = db_rows(result_);\n"
		    "\tstruct %s *row_;\n\tint i_;\n\n"
		    "\tif (count_ == 0)\n"
		    "\t\treturn (struct %s_list){ .count = 0 };\n"
		    "\trow_ = arena_array(db_arena(db), (size_t)count_, "
		    "sizeof(*row_));\n"
		    "\tfor (i_ = 0; i_ < count_; i_++)\n"
		    "\t\tread_%s_row_(db, result_, i_, &row_[i_]);\n"
		    "\treturn (struct %s_list){ .row = row_, "
		    ".count = (size_t)count_ };\n",
		    row, row, row, row);
		break;
	case QUERY_VALUE:
		buffer_printf(
		    out, "\n\treturn %s0, 0%s;\n", type->read, type->read_end);
		break;
	case QUERY_NONE:
		buffer_text(out, "\n\treturn db_affected(result_);\n");
		break;
	}
}

static void
write_function(struct buffer *out, const struct query_file *file,
    const struct query *query)
{
	const char *values = "NULL";
	size_t i;

	write_line(out, file, query->line);
	write_prototype(out, query, "\n");
	buffer_text(out, "\n{\n");
	if (query->parameters.count > 0) {
		values = "values_";
		buffer_text(out, "\tconst struct db_value values_[] = {\n");
		for (i = 0; i < query->parameters.count; i++)
			write_value(out, &query->parameters.row[i]);
		buffer_text(out, "\t};\n");
	}
	buffer_printf(out,
	    "\tconst struct db_result *result_ =\n"
	    "\t    db_run(db, &%s_statement, %s);\n",
	    query->name, values);
	write_result(out, query);
	buffer_text(out, "}\n\n");
}

struct query_output
query_write_source(struct arena *arena, const struct query_file *file)
{
	struct buffer out = write_begin(arena, file);
	size_t i;

	buffer_printf(&out,
	    "#include \"%s.h\"\n\n#include \"base/arena.h\"\n"
	    "#include \"base/db.h\"\n\n",
	    file->name);
	for (i = 0; i < file->row_count; i++)
		if (file->rows[i].is_used)
			write_row_reader(&out, file, &file->rows[i]);
	for (i = 0; i < file->query_count; i++) {
		write_line(&out, file, file->queries[i].line);
		write_statement(&out, file, &file->queries[i]);
		write_function(&out, file, &file->queries[i]);
	}
	return write_end(arena, &out, file, ".c");
}

struct query_output
query_write_list(
    struct arena *arena, const struct query_file *files, size_t count)
{
	struct buffer out = buffer_new(arena, 16384, QUERY_TEXT_MAXIMUM);
	struct buffer list = buffer_new(arena, 16384, QUERY_TEXT_MAXIMUM);
	size_t i, j, statements = 0;

	buffer_text(&out,
	    "/* Written by generate-queries: the statements of all files. */\n"
	    "#include \"base/db.h\"\n\n#include <stddef.h>\n\n");
	for (i = 0; i < count; i++) {
		for (j = 0; j < files[i].query_count; j++) {
			const char *name = files[i].queries[j].name;

			buffer_printf(&out,
			    "extern const struct db_statement %s_statement;\n",
			    name);
			buffer_printf(&list, "\t&%s_statement,\n", name);
			statements++;
		}
	}
	buffer_printf(&out,
	    "\nconst struct db_statement *const db_statements[] = {\n"
	    "%s\tNULL,\n};\nconst int db_statement_count = %zu;\n",
	    list.data, statements);
	return (struct query_output) {
		.path = "queries.c",
		.text = out.data,
		.length = out.length,
	};
}
