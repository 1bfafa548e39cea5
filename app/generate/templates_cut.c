/*
 * Cuts a template into literal text and {{...}} tags, and takes away the
 * white space of lines that hold nothing but tags.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "generate/templates.h"

struct cutter {
	struct arena *arena;
	const char *source;
	size_t length;
	size_t at;
	int line;
	struct token_list tokens;
	size_t size;
	struct template_error *error;
};

bool
template_fail(struct template_error *error, int line, const char *format, ...)
{
	va_list args;

	error->line = line;
	va_start(args, format);
	vsnprintf(error->text, sizeof(error->text), format, args);
	va_end(args);
	return false;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static void
token_add(struct cutter *cutter, struct token token)
{
	if (cutter->tokens.count == cutter->size) {
		size_t size = cutter->size == 0 ? 64 : cutter->size * 2;
		struct token *row = arena_array(
		    cutter->arena, size, sizeof(*row));

		if (cutter->tokens.count > 0)
			memcpy(row, cutter->tokens.row,
			    cutter->tokens.count * sizeof(*row));
		cutter->tokens.row = row;
		cutter->size = size;
	}
	cutter->tokens.row[cutter->tokens.count++] = token;
}

/* The length of a C string or character with its quotes, or 0. */
static size_t
quoted_length(const char *text, size_t length)
{
	size_t i;

	for (i = 1; i < length && text[i] != '\n'; i++) {
		if (text[i] == '\\')
			i++;
		else if (text[i] == text[0])
			return i + 1;
	}
	return 0;
}

/*
 * Finds the end of a tag: }} outside of C strings and braces. Gives the
 * length before it, or SIZE_MAX.
 */
static size_t
tag_length(const char *text, size_t length)
{
	bool is_comment = length > 0 && text[0] == '#';
	size_t i, quoted, depth = 0;

	for (i = 0; i < length; i++) {
		if (text[i] == '}' && depth == 0) {
			if (i + 1 < length && text[i + 1] == '}')
				return i;
			return SIZE_MAX;
		}
		if (is_comment)
			continue;
		if (text[i] == '{')
			depth++;
		else if (text[i] == '}')
			depth--;
		if (text[i] != '"' && text[i] != '\'')
			continue;
		quoted = quoted_length(text + i, length - i);
		if (quoted == 0)
			return SIZE_MAX;
		i += quoted - 1;
	}
	return SIZE_MAX;
}

static void
token_trim(struct token *token)
{
	while (token->length > 0 && is_space(token->text[0])) {
		if (token->text[0] == '\n')
			token->line++;
		token->text++;
		token->length--;
	}
	while (token->length > 0 && is_space(token->text[token->length - 1]))
		token->length--;
}

/* Takes `word` off the front; false when the tag does not begin with it. */
static bool
token_take(struct token *token, const char *word)
{
	size_t length = strlen(word);

	if (token->length < length || memcmp(token->text, word, length) != 0)
		return false;
	if (token->length > length && !is_space(token->text[length]) &&
	    token->text[length] != '(')
		return false;
	token->text += length;
	token->length -= length;
	token_trim(token);
	return true;
}

static bool
tag_read(struct token *token, struct template_error *error)
{
	static const struct {
		const char *word;
		enum token_kind kind;
		bool is_alone; /* nothing may follow the word */
	} words[] = {
		{ "template", TOKEN_TEMPLATE, false },
		{ "layout", TOKEN_LAYOUT, false },
		{ "part", TOKEN_PART, false },
		{ "if", TOKEN_IF, false },
		{ "each", TOKEN_EACH, false },
		{ "let", TOKEN_LET, false },
		{ "else", TOKEN_ELSE, true },
		{ "end", TOKEN_END, true },
		{ "content", TOKEN_CONTENT, true },
	};
	size_t i;

	token->kind = TOKEN_VALUE;
	if (token->length > 0 && token->text[0] == '#') {
		token->kind = TOKEN_COMMENT;
		return true;
	}
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (!token_take(token, words[i].word))
			continue;
		token->kind = words[i].kind;
		if (token->kind == TOKEN_ELSE && token_take(token, "if"))
			token->kind = TOKEN_ELSE_IF;
		else if (words[i].is_alone && token->length > 0)
			return template_fail(error, token->line,
			    "nothing may follow {{%s", words[i].word);
		break;
	}
	return true;
}

static int
lines_of(const char *text, size_t length)
{
	int lines = 0;
	size_t i;

	for (i = 0; i < length; i++)
		if (text[i] == '\n')
			lines++;
	return lines;
}

static bool
tag_cut(struct cutter *cutter)
{
	struct token token = { .line = cutter->line };
	const char *text = cutter->source + cutter->at + 2;
	size_t length = tag_length(text, cutter->length - cutter->at - 2);

	if (length == SIZE_MAX)
		return template_fail(cutter->error, cutter->line,
		    "{{ without }} (or an open quote or brace in between)");
	token.text = text;
	token.length = length;
	cutter->at += length + 4;
	cutter->line += lines_of(text, length);
	token_trim(&token);
	if (token.length == 0)
		return template_fail(
		    cutter->error, token.line, "{{ }} is empty");
	if (!tag_read(&token, cutter->error))
		return false;
	token_add(cutter, token);
	return true;
}

static void
text_cut(struct cutter *cutter)
{
	struct token token = { .kind = TOKEN_TEXT, .line = cutter->line };
	size_t at = cutter->at;

	token.text = cutter->source + at;
	while (at < cutter->length) {
		if (cutter->source[at] == '{' && at + 1 < cutter->length &&
		    cutter->source[at + 1] == '{')
			break;
		if (cutter->source[at++] == '\n') {
			cutter->line++;
			break;
		}
	}
	token.length = at - cutter->at;
	cutter->at = at;
	token_add(cutter, token);
}

static bool
token_is_blank(const struct token *token)
{
	size_t i;

	for (i = 0; i < token->length; i++)
		if (!is_space(token->text[i]))
			return false;
	return true;
}

static bool
token_ends_line(const struct token *token)
{
	return token->kind == TOKEN_TEXT && token->length > 0 &&
	       token->text[token->length - 1] == '\n';
}

/* One line: if it holds only tags, its white space was for the author. */
static void
line_trim(struct token *first, struct token *end)
{
	bool has_tag = false, has_part = false;
	struct token *token;

	for (token = first; token < end; token++) {
		if (token->kind == TOKEN_VALUE)
			return;
		if (token->kind == TOKEN_TEXT && !token_is_blank(token))
			return;
		has_tag |= token->kind != TOKEN_TEXT;
		has_part |= token->kind == TOKEN_PART && token->length > 0 &&
		            token->text[0] != '(';
	}
	if (!has_tag)
		return;
	for (token = first; token < end; token++) {
		if (token->kind != TOKEN_TEXT)
			continue;
		if (has_part && token_ends_line(token)) {
			token->text += token->length - 1;
			token->length = 1;
		} else {
			token->length = 0;
		}
	}
}

static void
lines_trim(struct token_list tokens)
{
	size_t i, first = 0;

	for (i = 0; i < tokens.count; i++) {
		if (!token_ends_line(&tokens.row[i]) && i + 1 < tokens.count)
			continue;
		line_trim(tokens.row + first, tokens.row + i + 1);
		first = i + 1;
	}
}

/* White space at the end of a file is the editor's, not the page's. */
static void
end_trim(struct token_list tokens)
{
	size_t i;

	for (i = tokens.count; i > 0; i--) {
		struct token *token = &tokens.row[i - 1];

		if (token->kind != TOKEN_TEXT)
			return;
		while (token->length > 0 &&
		       is_space(token->text[token->length - 1]))
			token->length--;
		if (token->length > 0)
			return;
	}
}

bool
template_cut(struct arena *arena, const char *source, size_t length,
    struct token_list *tokens, struct template_error *error)
{
	struct cutter cutter = { .arena = arena,
		.source = source,
		.length = length,
		.line = 1,
		.error = error };

	while (cutter.at < length) {
		if (length - cutter.at >= 2 && source[cutter.at] == '{' &&
		    source[cutter.at + 1] == '{') {
			if (!tag_cut(&cutter))
				return false;
		} else {
			text_cut(&cutter);
		}
	}
	lines_trim(cutter.tokens);
	end_trim(cutter.tokens);
	*tokens = cutter.tokens;
	return true;
}
