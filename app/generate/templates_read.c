/*
 * Reads the declaration that opens a template and the C expressions in its
 * tags, as far as needed to be sure that each is one expression.
 */
#include <string.h>

#include "base/arena.h"
#include "generate/templates.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static bool
is_name_start(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

size_t
identifier_length(const char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++)
		if (!is_name_start(text[i]) &&
		    (i == 0 || text[i] < '0' || text[i] > '9'))
			break;
	return i;
}

/* Past a C string or character that the cutter found closed. */
static size_t
quoted_end(const char *text, size_t length, size_t at)
{
	char quote = text[at];

	for (at++; at < length && text[at] != quote; at++)
		if (text[at] == '\\')
			at++;
	return at < length ? at : length;
}

enum { NESTING_MAXIMUM = 64 };

/*
 * Walks over an expression. `*comma` is where the first comma outside of
 * parentheses is, or `length`.
 */
static const char *
expression_walk(const char *text, size_t length, size_t *comma)
{
	char open[NESTING_MAXIMUM];
	size_t depth = 0, i;

	*comma = length;
	for (i = 0; i < length; i++) {
		char c = text[i];

		if (c == '"' || c == '\'') {
			i = quoted_end(text, length, i);
		} else if (c == '(' || c == '[' || c == '{') {
			if (depth == NESTING_MAXIMUM)
				return "too many parentheses";
			open[depth++] = c == '(' ? ')' : c == '[' ? ']' : '}';
		} else if (c == ')' || c == ']' || c == '}') {
			if (depth == 0 || open[--depth] != c)
				return "parentheses do not match";
		} else if (c == ',' && depth == 0 && *comma == length) {
			*comma = i;
		} else if (strchr(";#\\@$`", c) != NULL) {
			return "this is not one C expression";
		} else if (c == '/' && i + 1 < length &&
			   (text[i + 1] == '/' || text[i + 1] == '*')) {
			return "write comments as {{# ... }}";
		}
	}
	return depth > 0 ? "parentheses do not match" : NULL;
}

const char *
expression_check(const char *text, size_t length)
{
	size_t comma;

	if (length == 0)
		return "an expression is missing";
	return expression_walk(text, length, &comma);
}

/* One argument, white space around it taken away. */
static void
trim(const char **text, size_t *length)
{
	while (*length > 0 && is_space(**text)) {
		++*text;
		--*length;
	}
	while (*length > 0 && is_space((*text)[*length - 1]))
		--*length;
}

const char *
argument_call_check(const char *text, size_t length)
{
	const char *wrong;
	size_t comma, name;

	while (true) {
		trim(&text, &length);
		if (length == 0)
			return NULL;
		wrong = expression_walk(text, length, &comma);
		if (wrong != NULL)
			return wrong;
		if (text[0] != '.')
			return "arguments are named: .text = \"Save\"";
		name = identifier_length(text + 1, length - 1) + 1;
		while (name < length && is_space(text[name]))
			name++;
		if (name >= length || text[name] != '=')
			return "arguments are named: .text = \"Save\"";
		if (comma == length)
			return NULL;
		text += comma + 1;
		length -= comma + 1;
	}
}

static const char *
argument_read(struct arena *arena, const char *text, size_t length,
    struct argument *argument)
{
	size_t start = length;

	while (start > 0 &&
	       (is_name_start(text[start - 1]) ||
		   (text[start - 1] >= '0' && text[start - 1] <= '9')))
		start--;
	if (start == 0 || identifier_length(text + start, length - start) == 0)
		return "an argument needs a type and a name";
	if (memchr(text, '(', length) != NULL ||
	    memchr(text, '=', length) != NULL ||
	    memchr(text, '{', length) != NULL)
		return "an argument is a type and a name, nothing more";
	argument->name = arena_strndup(arena, text + start, length - start);
	argument->type = arena_strndup(arena, text, start);
	return NULL;
}

const char *
argument_list_read(struct arena *arena, const char *text, size_t length,
    struct argument_list *list)
{
	struct argument *row;
	const char *wrong;
	size_t comma, one, most = 1, i;

	for (i = 0; i < length; i++)
		most += text[i] == ',';
	list->row = row = arena_array(arena, most, sizeof(*row));
	list->count = 0;
	trim(&text, &length);
	while (length > 0) {
		const char *start = text;

		wrong = expression_walk(text, length, &comma);
		if (wrong != NULL)
			return wrong;
		one = comma;
		trim(&start, &one);
		wrong = argument_read(arena, start, one, &row[list->count]);
		if (wrong != NULL)
			return wrong;
		list->count++;
		if (comma == length)
			break;
		text += comma + 1;
		length -= comma + 1;
	}
	return NULL;
}

/* Where the parenthesis that opens `text` closes, or 0. */
static size_t
parenthesis_end(const char *text, size_t length)
{
	size_t depth = 0, i;

	for (i = 0; i < length; i++) {
		if (text[i] == '"' || text[i] == '\'')
			i = quoted_end(text, length, i);
		else if (text[i] == '(')
			depth++;
		else if (text[i] == ')' && --depth == 0)
			return i;
	}
	return 0;
}

static const char *
uses_read(struct arena *arena, const char *text, size_t length,
    struct text_list *uses)
{
	const char **row;
	size_t most = 0, end, i;

	for (i = 0; i < length; i++)
		most += text[i] == '"';
	uses->row = row = arena_array(arena, most + 1, sizeof(*row));
	uses->count = 0;
	trim(&text, &length);
	if (length == 0)
		return NULL;
	if (length < 4 || memcmp(text, "uses", 4) != 0)
		return "expected: (arguments) uses \"header.h\"";
	text += 4;
	length -= 4;
	for (trim(&text, &length); length > 0; trim(&text, &length)) {
		end = text[0] == '"' ? quoted_end(text, length, 0) : length;
		if (end >= length || end == 1 ||
		    memchr(text, '\\', end) != NULL)
			return "expected: uses \"header.h\" \"other.h\"";
		row[uses->count++] = arena_strndup(arena, text + 1, end - 1);
		text += end + 1;
		length -= end + 1;
	}
	return uses->count == 0 ? "expected: uses \"header.h\"" : NULL;
}

static const char *
declaration_read(
    struct arena *arena, const struct token *token, struct template *template)
{
	const char *wrong;
	size_t end;

	end = token->length > 0 && token->text[0] == '('
	          ? parenthesis_end(token->text, token->length)
	          : 0;
	if (end == 0)
		return "expected: {{template (arguments) uses \"header.h\"}}";
	wrong = argument_list_read(
	    arena, token->text + 1, end - 1, &template->arguments);
	if (wrong != NULL)
		return wrong;
	return uses_read(arena, token->text + end + 1, token->length - end - 1,
	    &template->uses);
}

/* offers/show to offers_show, parts/button to button. */
static const char *
name_read(struct arena *arena, const char *name, struct template *template)
{
	char *c;

	if (template->is_part && text_starts_with(name, "parts/"))
		name += strlen("parts/");
	template->name = c = arena_strdup(arena, name);
	for (; *c != '\0'; c++)
		if (*c == '/')
			*c = '_';
	if (template->name[0] == '\0' ||
	    identifier_length(template->name, strlen(template->name)) !=
		strlen(template->name))
		return "a template's file name holds only a-z, 0-9, _ and /";
	return NULL;
}

static const char *
source_check(const char *source, size_t length)
{
	size_t i;

	if (length > TEMPLATE_MAXIMUM)
		return "the file is too large for a template";
	if (!text_is_utf8(source, length))
		return "the file is not UTF-8";
	for (i = 0; i < length; i++)
		if (((unsigned char)source[i] < 0x20 && source[i] != '\t' &&
			source[i] != '\n') ||
		    source[i] == 0x7F)
			return "the file holds a control character";
	return NULL;
}

bool
template_read(struct arena *arena, const char *path, const char *name,
    const char *source, size_t length, struct template *template,
    struct template_error *error)
{
	const struct token *token = NULL;
	const char *wrong = source_check(source, length);
	size_t i;

	*template = (struct template) { .path = path };
	if (wrong != NULL)
		return template_fail(error, 1, "%s", wrong);
	if (!template_cut(arena, source, length, &template->tokens, error))
		return false;
	for (i = 0; i < template->tokens.count && token == NULL; i++)
		if (template->tokens.row[i].kind != TOKEN_COMMENT &&
		    template->tokens.row[i].length > 0)
			token = &template->tokens.row[i];
	if (token == NULL ||
	    (token->kind != TOKEN_TEMPLATE && token->kind != TOKEN_PART))
		return template_fail(error, 1,
		    "a template begins with {{template (...)}} or "
		    "{{part (...)}}");
	template->is_part = token->kind == TOKEN_PART;
	template->line = token->line;
	wrong = declaration_read(arena, token, template);
	if (wrong == NULL)
		wrong = name_read(arena, name, template);
	if (wrong != NULL)
		return template_fail(error, token->line, "%s", wrong);
	template->tokens.count -= (size_t)(token - template->tokens.row) + 1;
	template->tokens.row += token - template->tokens.row + 1;
	for (i = 0; i < template->tokens.count; i++)
		if (template->tokens.row[i].kind == TOKEN_CONTENT)
			template->has_content = true;
	return true;
}
