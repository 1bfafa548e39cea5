/*
 * The text of a statement: finds :name outside strings, quoted identifiers,
 * dollar quotes and comments, by PostgreSQL's own lexical rules.
 */
#include "generate/queries.h"

#include <string.h>

#include "base/arena.h"

struct sql_scan {
	struct arena *arena;
	const char *path;
	const char *at;
	int line;
	struct query_columns parameters;
	struct query_problems *problems;
	struct buffer out;
	bool is_ended; /* a semicolon was seen */
	bool is_lost;  /* a quote or comment does not end */
};

static bool
is_word_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static bool
is_word(char c)
{
	return is_word_start(c) || (c >= '0' && c <= '9') || c == '$';
}

/* Copies `length` bytes as they are. */
static void
scan_copy(struct sql_scan *scan, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (scan->at[i] == '\n')
			scan->line++;
	buffer_add(&scan->out, scan->at, length);
	scan->at += length;
}

static void
scan_unended(struct sql_scan *scan, int line, const char *what)
{
	query_problem(
	    scan->problems, scan->path, line, "%s does not end", what);
	scan->is_lost = true;
}

/* 'text' or "identifier"; the quote is doubled to stand for itself. */
static void
scan_quoted(struct sql_scan *scan, bool has_escapes)
{
	const char quote = *scan->at;
	const char *end = scan->at + 1;

	for (;;) {
		if (*end == '\0') {
			scan_unended(scan, scan->line,
			    quote == '"' ? "an identifier" : "a string");
			return;
		}
		if (has_escapes && *end == '\\' && end[1] != '\0')
			end += 2;
		else if (*end == quote && end[1] == quote)
			end += 2;
		else if (*end++ == quote)
			break;
	}
	scan_copy(scan, (size_t)(end - scan->at));
}

/* $tag$ text $tag$. */
static void
scan_dollar(struct sql_scan *scan)
{
	const char *end = scan->at + 1;
	size_t size;

	if (*end >= '0' && *end <= '9') {
		query_problem(scan->problems, scan->path, scan->line,
		    "write a parameter by its :name, not by its number");
		scan_copy(scan, 2);
		return;
	}
	while (*end != '$' && is_word(*end))
		end++;
	if (*end != '$') {
		scan_copy(scan, 1);
		return;
	}
	size = (size_t)(end + 1 - scan->at);
	for (end++; *end != '\0'; end++)
		if (*end == '$' && strncmp(end, scan->at, size) == 0)
			break;
	if (*end == '\0')
		scan_unended(scan, scan->line, "a dollar quote");
	else
		scan_copy(scan, (size_t)(end - scan->at) + size);
}

/* Comments are left out, but their lines are kept; those in stars nest. */
static void
scan_comment(struct sql_scan *scan)
{
	const int line = scan->line;
	int depth = 0;

	if (*scan->at == '-') {
		scan->at += strcspn(scan->at, "\n");
		return;
	}
	do {
		if (*scan->at == '\0') {
			scan_unended(scan, line, "a comment");
			return;
		}
		if (scan->at[0] == '/' && scan->at[1] == '*') {
			depth++;
			scan->at++;
		} else if (scan->at[0] == '*' && scan->at[1] == '/') {
			depth--;
			scan->at++;
		} else if (*scan->at == '\n') {
			buffer_byte(&scan->out, '\n');
			scan->line++;
		}
		scan->at++;
	} while (depth > 0);
	buffer_byte(&scan->out, ' ');
}

static void
scan_parameter(struct sql_scan *scan)
{
	const char *name = scan->at + 1;
	size_t length = 0, i;

	while (is_word(name[length]))
		length++;
	scan->at += 1 + length;
	for (i = 0; i < scan->parameters.count; i++) {
		struct query_column *parameter = &scan->parameters.row[i];

		if (strlen(parameter->name) == length &&
		    memcmp(parameter->name, name, length) == 0) {
			parameter->is_used = true;
			buffer_printf(&scan->out, "$%zu", i + 1);
			return;
		}
	}
	query_problem(scan->problems, scan->path, scan->line,
	    ":%.*s is not declared", length > 99 ? 99 : (int)length, name);
}

/* A word, with the string that may follow it: E'...' has escapes. */
static void
scan_word(struct sql_scan *scan)
{
	size_t length = 0;

	while (is_word(scan->at[length]))
		length++;
	if (length == 1 && (*scan->at == 'e' || *scan->at == 'E') &&
	    scan->at[1] == '\'') {
		scan_copy(scan, 1);
		scan_quoted(scan, true);
		return;
	}
	scan_copy(scan, length);
}

static void
scan_step(struct sql_scan *scan)
{
	const char *at = scan->at;
	const bool is_comment = (at[0] == '-' && at[1] == '-') ||
	                        (at[0] == '/' && at[1] == '*');

	if (is_comment) {
		scan_comment(scan);
		return;
	}
	if (scan->is_ended && strchr(" \t\r\n", *at) == NULL) {
		query_problem(scan->problems, scan->path, scan->line,
		    "a query is one statement");
		scan->is_lost = true;
		return;
	}
	if (*at == '\'' || *at == '"')
		scan_quoted(scan, false);
	else if (*at == '$')
		scan_dollar(scan);
	else if (at[0] == ':' && at[1] == ':')
		scan_copy(scan, 2);
	else if (at[0] == ':' && is_word_start(at[1]))
		scan_parameter(scan);
	else if (is_word(*at))
		scan_word(scan);
	else if (*at == ';') {
		scan->is_ended = true;
		scan->at++;
	} else
		scan_copy(scan, 1);
}

/* Without the white space at both ends; `line` follows the beginning. */
static const char *
sql_trim(struct arena *arena, const char *sql, size_t length, int *line)
{
	while (length > 0 && strchr(" \t\r\n", sql[length - 1]) != NULL)
		length--;
	while (length > 0 && strchr(" \t\r\n", *sql) != NULL) {
		*line += *sql == '\n';
		sql++;
		length--;
	}
	return arena_strndup(arena, sql, length);
}

const char *
query_sql(struct arena *arena, const char *path, int *line, const char *sql,
    struct query_columns parameters, struct query_problems *problems)
{
	struct sql_scan scan = {
		.arena = arena,
		.path = path,
		.at = sql,
		.line = *line,
		.parameters = parameters,
		.problems = problems,
		.out = buffer_new(arena, strlen(sql) + 64, QUERY_TEXT_MAXIMUM),
	};

	while (*scan.at != '\0' && !scan.is_lost)
		scan_step(&scan);
	return sql_trim(arena, scan.out.data, scan.out.length, line);
}
