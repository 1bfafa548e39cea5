/*
 * Reads "-- row", "-- query", the comment lines that follow them and the
 * text of each statement. Finds every mistake that can be found without a
 * database; the schema's word comes with `hearth check`.
 */
#include "generate/queries.h"

#include <string.h>

#include "base/arena.h"

struct line {
	const char *text;
	size_t length;
};

struct reader {
	struct arena *arena;
	struct query_file *file;
	struct query_problems *problems;
	struct line *lines;
	size_t line_count;
	size_t next; /* line to be read */
};

/* The words of one declaration, which may go over several lines. */
struct words {
	struct reader *reader;
	const char *at;
	int line;
	bool is_bad; /* one problem a declaration is enough */
};

struct type_name {
	const char *name;
	enum db_type type;
};

static const struct type_name type_names[] = {
	{ "bigint", DB_BIGINT },
	{ "integer", DB_INTEGER },
	{ "boolean", DB_BOOLEAN },
	{ "text", DB_TEXT },
	{ "date", DB_DATE },
	{ "timestamptz", DB_TIMESTAMPTZ },
	{ "double", DB_DOUBLE },
	{ "bytea", DB_BYTEA },
	{ "text[]", DB_TEXT_ARRAY },
	{ "bigint[]", DB_BIGINT_ARRAY },
};

/* Words that C or the written code keeps for itself. */
static const char *const kept_words[] = { "auto", "bool", "break", "case",
	"char", "const", "continue", "db", "default", "do", "double", "else",
	"enum", "extern", "false", "float", "for", "goto", "if", "inline",
	"int", "int32_t", "int64_t", "long", "register", "restrict", "return",
	"short", "signed", "size_t", "sizeof", "static", "struct", "switch",
	"true", "typedef", "union", "unsigned", "void", "volatile", "while" };

void
query_problem(struct query_problems *problems, const char *path, int line,
    const char *format, ...)
{
	va_list args;

	if (++problems->count > 50)
		return;
	buffer_printf(&problems->text, "%s:%d: ", path, line);
	va_start(args, format);
	buffer_text(
	    &problems->text, arena_vprintf(problems->text.arena, format, args));
	va_end(args);
	buffer_byte(&problems->text, '\n');
}

static void
words_problem(struct words *words, const char *message, const char *about)
{
	if (words->is_bad)
		return;
	words->is_bad = true;
	query_problem(words->reader->problems, words->reader->file->path,
	    words->line, "%s%.99s", message, about);
}

/* --- Words ---------------------------------------------------------------- */

static void
words_space(struct words *words)
{
	while (*words->at != '\0' && strchr(" \t\n", *words->at) != NULL) {
		if (*words->at == '\n')
			words->line++;
		words->at++;
	}
}

static bool
words_take(struct words *words, char c)
{
	words_space(words);
	if (*words->at != c)
		return false;
	words->at++;
	return true;
}

/* The next word up to white space or one of (,)?. */
static const char *
words_next(struct words *words)
{
	const char *start;

	words_space(words);
	start = words->at;
	words->at += strcspn(start, " \t\n(),?");
	return arena_strndup(
	    words->reader->arena, start, (size_t)(words->at - start));
}

/* What is left of the line, for a message. */
static const char *
words_rest(struct words *words)
{
	words_space(words);
	if (*words->at == '\0')
		return "the end";
	return arena_strndup(
	    words->reader->arena, words->at, strcspn(words->at, "\n"));
}

/* A name as C and SQL both take it, without quotes. */
static const char *
words_name(struct words *words, const char *what)
{
	const char *name = words_next(words);
	const size_t length = strlen(name);
	size_t i;

	if (length == 0) {
		words_problem(words, "a name is missing: ", what);
		return name;
	}
	if (*name < 'a' || *name > 'z' || name[length - 1] == '_' ||
	    strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") != length ||
	    length > QUERY_NAME_MAXIMUM)
		words_problem(
		    words, "names are small_letters_and_digits, not ", name);
	for (i = 0; i < sizeof(kept_words) / sizeof(*kept_words); i++)
		if (text_equal(name, kept_words[i]))
			words_problem(
			    words, "this word cannot be a name in C: ", name);
	return name;
}

/* "text", "date?" */
static void
words_type(struct words *words, struct query_column *column)
{
	const char *name = words_next(words);
	size_t i;

	column->is_nullable = words_take(words, '?');
	for (i = 0; i < sizeof(type_names) / sizeof(*type_names); i++) {
		if (text_equal(name, type_names[i].name)) {
			column->type = type_names[i].type;
			return;
		}
	}
	words_problem(words, "unknown type ", name);
}

/* Refuses a member called twice, also by the has_ of a nullable one. */
static void
columns_unique(struct words *words, struct query_columns columns)
{
	const struct query_column *last = &columns.row[columns.count - 1];
	size_t i;

	for (i = 0; i + 1 < columns.count; i++) {
		const char *name = columns.row[i].name;

		if (text_equal(name, last->name) ||
		    (text_starts_with(name, "has_") &&
			text_equal(name + 4, last->name)) ||
		    (text_starts_with(last->name, "has_") &&
			text_equal(last->name + 4, name)))
			words_problem(words, "named twice: ", last->name);
	}
}

/* "(id bigint, starts_on date?)" */
static struct query_columns
words_columns(struct words *words)
{
	struct query_columns columns = { .count = 0 };

	columns.row = arena_array(
	    words->reader->arena, QUERY_COLUMN_MAXIMUM, sizeof(*columns.row));
	if (!words_take(words, '('))
		words_problem(words, "expected ( before ", words_rest(words));
	if (words_take(words, ')'))
		return columns;
	while (!words->is_bad) {
		struct query_column *column = &columns.row[columns.count++];

		column->name = words_name(words, "of a column");
		words_type(words, column);
		columns_unique(words, columns);
		if (words_take(words, ')'))
			break;
		if (!words_take(words, ','))
			words_problem(words, "expected , or ) before ",
			    words_rest(words));
		if (columns.count == QUERY_COLUMN_MAXIMUM)
			words_problem(words, "too many columns", "");
	}
	return columns;
}

static void
words_end(struct words *words)
{
	words_space(words);
	if (*words->at != '\0')
		words_problem(words, "not understood: ", words_rest(words));
}

/* --- Lines ---------------------------------------------------------------- */

static bool
line_starts(const struct line *line, const char *prefix)
{
	const size_t length = strlen(prefix);

	return line->length >= length &&
	       memcmp(line->text, prefix, length) == 0;
}

static bool
line_is_declaration(const struct line *line)
{
	return line_starts(line, "-- row ") || line_starts(line, "-- query ");
}

static bool
line_is_empty(const struct line *line)
{
	size_t i;

	for (i = 0; i < line->length; i++)
		if (strchr(" \t\r", line->text[i]) == NULL)
			return false;
	return true;
}

static bool
line_is_comment(const struct line *line)
{
	return line_starts(line, "--") && !line_is_declaration(line);
}

static void
lines_split(struct reader *reader, const struct query_input *input)
{
	const char *at = input->text, *end = at + input->length;
	size_t count = 1;

	for (; at < end; at++)
		count += *at == '\n';
	reader->lines = arena_array(
	    reader->arena, count, sizeof(*reader->lines));
	for (at = input->text; at < end;) {
		struct line *line = &reader->lines[reader->line_count++];
		const char *stop = memchr(at, '\n', (size_t)(end - at));

		line->text = at;
		line->length = (size_t)((stop == NULL ? end : stop) - at);
		at += line->length + 1;
		if (line->length > 0 && line->text[line->length - 1] == '\r')
			line->length--;
	}
}

/*
 * Whether a declaration goes on in the next line: its bracket is open, or
 * it is a query whose bracket ended the line before what the query gives.
 */
static bool
declaration_is_open(const struct buffer *text)
{
	const char *end = strrchr(text->data, ')');

	if (end == NULL)
		return strchr(text->data, '(') != NULL;
	return text_starts_with(text->data, " query ") &&
	       end[1 + strspn(end + 1, " \t")] == '\0';
}

/* The text of a declaration, which may go on in comment lines. */
static struct words
lines_declaration(struct reader *reader)
{
	struct words words = { .reader = reader };
	struct buffer text = buffer_new(reader->arena, 256, QUERY_TEXT_MAXIMUM);

	words.line = (int)reader->next + 1;
	do {
		const struct line *line = &reader->lines[reader->next++];

		if (text.length > 0)
			buffer_byte(&text, '\n');
		buffer_add(&text, line->text + 2, line->length - 2);
	} while (declaration_is_open(&text) &&
		 reader->next < reader->line_count &&
		 line_is_comment(&reader->lines[reader->next]));
	words.at = text.data;
	return words;
}

/* The comment lines that follow a declaration, without their dashes. */
static const char *
lines_comment(struct reader *reader)
{
	struct buffer text = buffer_new(reader->arena, 256, QUERY_TEXT_MAXIMUM);

	while (reader->next < reader->line_count) {
		const struct line *line = &reader->lines[reader->next];
		size_t skip = 2;

		if (!line_is_comment(line))
			break;
		if (line->length > 2 && line->text[2] == ' ')
			skip = 3;
		if (text.length > 0)
			buffer_byte(&text, '\n');
		buffer_add(&text, line->text + skip, line->length - skip);
		reader->next++;
	}
	return text.data;
}

/* --- Declarations --------------------------------------------------------- */

static void
row_read(struct reader *reader, struct words *words)
{
	struct query_row *row = &reader->file->rows[reader->file->row_count];
	const char *word;

	row->line = words->line;
	row->name = words_name(words, "of a row");
	words_space(words);
	if (*words->at == '(' || words->is_bad) {
		row->columns = words_columns(words);
		if (row->columns.count == 0)
			words_problem(words, "a row has columns: ", row->name);
	} else {
		word = words_next(words);
		if (!text_equal(word, "from"))
			words_problem(words,
			    "expected ( or \"from\" after the name, not ",
			    word);
		row->from = words_next(words);
	}
	words_end(words);
	row->comment = lines_comment(reader);
	if (!words->is_bad)
		reader->file->row_count++;
}

static void
kind_read(struct words *words, struct query *query)
{
	const char *rest = words_rest(words);
	const char *kind = words_next(words);

	if (text_equal(kind, "one") || text_equal(kind, "many")) {
		query->kind = *kind == 'o' ? QUERY_ONE : QUERY_MANY;
		query->row_name = words_name(words, "of the row it gives");
	} else if (text_equal(kind, "value")) {
		query->kind = QUERY_VALUE;
		query->value.name = "value";
		words_type(words, &query->value);
	} else if (text_equal(kind, "none")) {
		query->kind = QUERY_NONE;
	} else {
		words_problem(words,
		    "expected \"one ROW\", \"many ROW\", \"value TYPE\" or "
		    "\"none\", not ",
		    rest);
	}
}

/* The lines up to the next declaration, as one text. */
static const char *
statement_text(struct reader *reader)
{
	struct buffer text = buffer_new(
	    reader->arena, 1024, QUERY_TEXT_MAXIMUM);

	while (reader->next < reader->line_count &&
	       !line_is_declaration(&reader->lines[reader->next])) {
		const struct line *line = &reader->lines[reader->next++];

		buffer_add(&text, line->text, line->length);
		buffer_byte(&text, '\n');
	}
	return text.data;
}

static void
statement_read(struct reader *reader, struct query *query)
{
	const char *path = reader->file->path;
	const char *text;
	size_t i;

	query->sql_line = (int)reader->next + 1;
	text = statement_text(reader);
	query->sql = query_sql(reader->arena, path, &query->sql_line, text,
	    query->parameters, reader->problems);
	if (*query->sql == '\0') {
		query_problem(reader->problems, path, query->line,
		    "%s has no SQL", query->name);
		return;
	}
	for (i = 0; i < query->parameters.count; i++)
		if (!query->parameters.row[i].is_used)
			query_problem(reader->problems, path, query->line,
			    ":%s is declared and never used",
			    query->parameters.row[i].name);
}

static void
declaration_read(struct reader *reader)
{
	struct words words = lines_declaration(reader);
	struct query_file *file = reader->file;
	struct query *query;

	if (text_equal(words_next(&words), "row")) {
		row_read(reader, &words);
		return;
	}
	query = &file->queries[file->query_count];
	query->line = words.line;
	query->name = words_name(&words, "of a query");
	query->parameters = words_columns(&words);
	if (!words.is_bad)
		kind_read(&words, query);
	words_end(&words);
	query->comment = lines_comment(reader);
	if (words.is_bad) {
		statement_text(reader);
		return;
	}
	statement_read(reader, query);
	file->query_count++;
}

/* Outside of queries there are only comments and empty lines. */
static void
stray_read(struct reader *reader)
{
	const struct line *line = &reader->lines[reader->next];

	if (!line_is_empty(line) && !line_is_comment(line)) {
		query_problem(reader->problems, reader->file->path,
		    (int)reader->next + 1,
		    "SQL that belongs to no \"-- query\"");
		statement_text(reader);
		return;
	}
	reader->next++;
}

void
query_read(struct arena *arena, const struct query_input *input,
    struct query_file *file, struct query_problems *problems)
{
	struct reader reader = {
		.arena = arena,
		.file = file,
		.problems = problems,
	};
	size_t i, declared = 0;

	file->path = input->path;
	file->name = input->path;
	if (text_starts_with(file->name, "app/"))
		file->name += strlen("app/");
	if (input->length > QUERY_INPUT_MAXIMUM ||
	    !text_is_utf8(input->text, input->length)) {
		query_problem(problems, file->path, 1,
		    "not a file of at most 1 MB in UTF-8");
		return;
	}
	lines_split(&reader, input);
	for (i = 0; i < reader.line_count; i++)
		declared += line_is_declaration(&reader.lines[i]);
	if (declared > QUERY_DECLARED_MAXIMUM) {
		query_problem(
		    problems, file->path, 1, "too many rows and queries");
		return;
	}
	file->rows = arena_array(arena, declared + 1, sizeof(*file->rows));
	file->queries = arena_array(
	    arena, declared + 1, sizeof(*file->queries));
	while (reader.next < reader.line_count) {
		if (line_is_declaration(&reader.lines[reader.next]))
			declaration_read(&reader);
		else
			stray_read(&reader);
	}
}
