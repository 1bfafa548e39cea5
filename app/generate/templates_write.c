/*
 * Writes C: the function of one template from its tokens, and the headers
 * over all. The context of the HTML is followed here from tag to tag.
 */
#include <string.h>

#include "generate/templates.h"

enum { FRAME_MAXIMUM = 32 };

/* An if, each or enclosing part that waits for its {{end}}. */
struct frame {
	enum token_kind kind;
	int line;
	bool has_else;
	bool has_merged;
	struct html_context start;
	struct html_context merged; /* of the branches that are over */
	const struct template *part;
	int number;
};

struct writer {
	const struct template *template;
	struct template_list parts;
	struct buffer *out;
	struct template_error *error;
	struct html_context context;
	struct frame frames[FRAME_MAXIMUM];
	size_t depth;
	int number; /* of the last enclosing part */
	bool is_after_content;
	const struct template *layout;
	size_t text_first; /* literal text not yet written: tokens ... */
	size_t text_end;
};

static bool
fail_at(struct writer *w, int line, const char *wrong)
{
	return template_fail(w->error, line, "%s", wrong);
}

static void
indent(struct writer *w)
{
	size_t i;

	for (i = 0; i <= w->depth; i++)
		buffer_byte(w->out, '\t');
}

static void
write_line(struct writer *w, int line)
{
	buffer_printf(w->out, "#line %d \"%s\"\n", line, w->template->path);
}

/* Bytes as the inside of a C string. */
static void
write_quoted(struct buffer *out, const char *text, size_t length)
{
	size_t i;

	for (i = 0; i < length; i++) {
		if (text[i] == '\n')
			buffer_text(out, "\\n");
		else if (text[i] == '\t')
			buffer_text(out, "\\t");
		else if (text[i] == '"' || text[i] == '\\' || text[i] == '?')
			buffer_printf(out, "\\%c", text[i]);
		else
			buffer_byte(out, text[i]);
	}
}

/* Writes the literal text that was put off. */
static void
text_flush(struct writer *w)
{
	const struct token *row = w->template->tokens.row;
	size_t i, total = 0;

	for (i = w->text_first; i < w->text_end; i++)
		if (row[i].kind == TOKEN_TEXT)
			total += row[i].length;
	if (total > 0) {
		indent(w);
		buffer_text(w->out, "buffer_add(&r->out,");
		for (i = w->text_first; i < w->text_end; i++) {
			if (row[i].kind != TOKEN_TEXT || row[i].length == 0)
				continue;
			buffer_byte(w->out, '\n');
			indent(w);
			buffer_text(w->out, "    \"");
			write_quoted(w->out, row[i].text, row[i].length);
			buffer_byte(w->out, '"');
		}
		buffer_printf(w->out, ",\n");
		indent(w);
		buffer_printf(w->out, "    %zu);\n", total);
	}
	w->text_first = w->text_end;
}

static bool
text_write(struct writer *w, const struct token *token)
{
	const char *wrong = html_context_read(
	    &w->context, token->text, token->length);

	if (wrong != NULL)
		return fail_at(w, token->line, wrong);
	return true;
}

static bool
value_write(struct writer *w, const struct token *token)
{
	static const char *const calls[] = {
		[HTML_WAY_TEXT] = "html_put",
		[HTML_WAY_ATTRIBUTE] = "html_put_attribute",
		[HTML_WAY_URL] = "html_url",
		[HTML_WAY_NUMBER] = "html_number",
	};
	const char *wrong = expression_check(token->text, token->length);
	enum html_way way;

	if (wrong == NULL)
		wrong = html_context_value(&w->context, &way);
	if (wrong != NULL)
		return fail_at(w, token->line, wrong);
	write_line(w, token->line);
	indent(w);
	buffer_printf(w->out, "%s(&r->out, (%.*s));\n", calls[way],
	    (int)token->length, token->text);
	return true;
}

/* Opens a frame and its braces are written by the caller. */
static bool
frame_push(struct writer *w, const struct token *token, const char *wrong)
{
	struct frame *frame;

	if (wrong == NULL)
		wrong = html_context_settle(&w->context);
	if (wrong == NULL && w->depth == FRAME_MAXIMUM)
		wrong = "nested too deeply";
	if (wrong != NULL)
		return fail_at(w, token->line, wrong);
	frame = &w->frames[w->depth++];
	*frame = (struct frame) {
		.kind = token->kind, .line = token->line, .start = w->context
	};
	return true;
}

static bool
if_write(struct writer *w, const struct token *token)
{
	write_line(w, token->line);
	indent(w);
	buffer_printf(w->out, "if (%.*s) {\n", (int)token->length, token->text);
	return frame_push(
	    w, token, expression_check(token->text, token->length));
}

/* Keeps what the branch that ends here leaves of the HTML. */
static bool
branch_end(struct writer *w, struct frame *frame, int line)
{
	const char *wrong = html_context_settle(&w->context);

	if (wrong != NULL)
		return fail_at(w, line, wrong);
	if (!frame->has_merged)
		frame->merged = w->context;
	else if (!html_context_merge(&frame->merged, &w->context))
		return fail_at(w, line,
		    "the branches end at different places of the HTML");
	frame->has_merged = true;
	return true;
}

static bool
else_write(struct writer *w, const struct token *token)
{
	struct frame *frame;
	const char *wrong = NULL;

	if (w->depth == 0 || w->frames[w->depth - 1].kind != TOKEN_IF)
		return fail_at(w, token->line, "{{else}} without {{if}}");
	frame = &w->frames[w->depth - 1];
	if (frame->has_else)
		return fail_at(w, token->line, "a second {{else}}");
	if (!branch_end(w, frame, token->line))
		return false;
	w->context = frame->start;
	w->depth--;
	write_line(w, token->line);
	indent(w);
	if (token->kind == TOKEN_ELSE) {
		frame->has_else = true;
		buffer_text(w->out, "} else {\n");
	} else {
		wrong = expression_check(token->text, token->length);
		buffer_printf(w->out, "} else if (%.*s) {\n",
		    (int)token->length, token->text);
	}
	w->depth++;
	return wrong == NULL || fail_at(w, token->line, wrong);
}

/* each NAME in LIST: NAME points to one row, NAME_index counts from 0. */
static bool
each_write(struct writer *w, const struct token *token)
{
	size_t name = identifier_length(token->text, token->length);
	const char *list = token->text + name;
	size_t length = token->length - name;
	const char *item = token->text;
	int n = (int)name;

	while (length > 0 && (*list == ' ' || *list == '\n' || *list == '\t')) {
		list++;
		length--;
	}
	if (name == 0 || length < 4 || memcmp(list, "in ", 3) != 0)
		return fail_at(
		    w, token->line, "expected: {{each item in list}}");
	list += 3;
	length -= 3;
	if (!frame_push(w, token, expression_check(list, length)))
		return false;
	w->depth--;
	write_line(w, token->line);
	indent(w);
	buffer_printf(w->out, "{ const __typeof__(%.*s) %.*s_list = %.*s;\n",
	    (int)length, list, n, item, (int)length, list);
	write_line(w, token->line);
	indent(w);
	buffer_printf(w->out,
	    "for (size_t %.*s_index = 0; %.*s_index < %.*s_list.count; "
	    "%.*s_index++) {\n",
	    n, item, n, item, n, item, n, item);
	w->depth++;
	write_line(w, token->line);
	indent(w);
	buffer_printf(w->out,
	    "__typeof__(&%.*s_list.row[0]) %.*s = "
	    "&%.*s_list.row[%.*s_index]; (void)%.*s;\n",
	    n, item, n, item, n, item, n, item, n, item);
	return true;
}

static bool
let_write(struct writer *w, const struct token *token)
{
	const char *wrong = expression_check(token->text, token->length);

	if (wrong == NULL && memchr(token->text, '=', token->length) == NULL)
		wrong = "expected: {{let type name = expression}}";
	if (wrong != NULL)
		return fail_at(w, token->line, wrong);
	write_line(w, token->line);
	indent(w);
	buffer_printf(w->out, "%.*s;\n", (int)token->length, token->text);
	return true;
}

static const struct template *
part_find(struct writer *w, const char *name, size_t length)
{
	size_t i;

	for (i = 0; i < w->parts.count; i++) {
		const struct template *part = &w->parts.row[i];

		if (part->is_part && strlen(part->name) == length &&
		    memcmp(part->name, name, length) == 0)
			return part;
	}
	return NULL;
}

/* The arguments of a call, as they go between the braces of its struct. */
struct call {
	struct token title; /* of a layout in short: title="Offers" */
	struct token named; /* .text = "Save", .href = url */
	int line;
};

static void
call_arguments_write(struct writer *w, const struct call *call)
{
	if (call->title.length > 0)
		buffer_printf(w->out, " .%.*s,", (int)call->title.length,
		    call->title.text);
	if (call->named.length > 0)
		buffer_printf(w->out, " %.*s ", (int)call->named.length,
		    call->named.text);
	else if (call->title.length == 0)
		buffer_text(w->out, " 0 ");
}

static void
token_advance(struct token *token, size_t length)
{
	token->text += length;
	token->length -= length;
	while (token->length > 0 && strchr(" \t\n", *token->text) != NULL) {
		token->text++;
		token->length--;
	}
}

/* Takes the parentheses off the arguments of a call and checks them. */
static const char *
call_read(
    const struct template *part, const struct token *token, struct call *call)
{
	call->named = *token;
	call->line = token->line;
	if (token->length == 0)
		return NULL;
	if (token->text[0] != '(' || token->text[token->length - 1] != ')')
		return "expected arguments in parentheses";
	call->named.length--;
	token_advance(&call->named, 1);
	if (call->named.length > 0 && part->arguments.count == 0)
		return "this part takes no arguments";
	return argument_call_check(call->named.text, call->named.length);
}

/* A layout may also be called in short: title="Offers" (.is_wide = true). */
static const char *
layout_call_read(
    const struct template *part, const struct token *given, struct call *call)
{
	static const char start[] = "title=\"";
	struct token rest = *given;
	size_t i = strlen(start);

	call->title.length = 0;
	if (rest.length > i && memcmp(rest.text, start, i) == 0) {
		while (i < rest.length && rest.text[i] != '"')
			i += rest.text[i] == '\\' ? 2 : 1;
		if (i >= rest.length)
			return "the title is not closed";
		call->title = rest;
		call->title.length = i + 1;
		token_advance(&rest, i + 1);
	}
	return call_read(part, &rest, call);
}

/* The declaration of an enclosing part's arguments and its first half. */
static void
call_open_write(struct writer *w, const struct template *part,
    const struct call *call, int number)
{
	if (part->arguments.count == 0) {
		indent(w);
		buffer_printf(w->out, "part_%s_open(r);\n", part->name);
		return;
	}
	write_line(w, call->line);
	indent(w);
	buffer_printf(
	    w->out, "const struct part_%s part_%d = {", part->name, number);
	call_arguments_write(w, call);
	buffer_text(w->out, "};\n");
	write_line(w, call->line);
	indent(w);
	buffer_printf(
	    w->out, "part_%s_open(r, &part_%d);\n", part->name, number);
}

static void
call_close_write(struct writer *w, const struct template *part, int number)
{
	indent(w);
	if (part->arguments.count == 0)
		buffer_printf(w->out, "part_%s_close(r);\n", part->name);
	else
		buffer_printf(w->out, "part_%s_close(r, &part_%d);\n",
		    part->name, number);
}

static void
call_write(
    struct writer *w, const struct template *part, const struct call *call)
{
	write_line(w, call->line);
	indent(w);
	if (part->arguments.count == 0) {
		buffer_printf(w->out, "part_%s(r);\n", part->name);
		return;
	}
	buffer_printf(w->out, "part_%s(r, &(const struct part_%s){", part->name,
	    part->name);
	call_arguments_write(w, call);
	buffer_text(w->out, "});\n");
}

static bool
part_write(struct writer *w, const struct token *given)
{
	struct token token = *given;
	size_t name = identifier_length(token.text, token.length);
	const struct template *part = part_find(w, token.text, name);
	struct call call = { .line = token.line };
	const char *wrong;

	if (part == NULL)
		return template_fail(w->error, token.line,
		    "there is no part called \"%.*s\"",
		    (int)(name > 40 ? 40 : name), token.text);
	if (w->context.state != HTML_IN_TEXT)
		return fail_at(
		    w, token.line, "a part may only stand where elements may");
	token_advance(&token, name);
	wrong = call_read(part, &token, &call);
	if (wrong != NULL)
		return fail_at(w, token.line, wrong);
	if (!part->has_content) {
		call_write(w, part, &call);
		return true;
	}
	indent(w);
	buffer_text(w->out, "{\n");
	if (!frame_push(w, &token, NULL))
		return false;
	w->frames[w->depth - 1].part = part;
	w->frames[w->depth - 1].number = ++w->number;
	call_open_write(w, part, &call, w->number);
	return true;
}

static bool
layout_write(struct writer *w, const struct token *token)
{
	const struct template *part = part_find(w, "layout", 6);
	struct call call = { .line = token->line };
	const char *wrong;

	if (part == NULL || !part->has_content)
		wrong = "there is no layout.html with {{content}}";
	else if (w->template->is_part || w->layout != NULL || w->depth > 0)
		wrong = "{{layout}} may stand once, at the top of a page";
	else
		wrong = layout_call_read(part, token, &call);
	if (wrong != NULL)
		return fail_at(w, token->line, wrong);
	w->layout = part;
	call_open_write(w, part, &call, 0);
	return true;
}

static bool
end_write(struct writer *w, const struct token *token)
{
	struct frame *frame;

	if (w->depth == 0)
		return fail_at(w, token->line, "{{end}} closes nothing");
	frame = &w->frames[w->depth - 1];
	if (!branch_end(w, frame, token->line))
		return false;
	if (!frame->has_else &&
	    !html_context_merge(&frame->merged, &frame->start))
		return fail_at(w, token->line,
		    "the HTML must be at the same place at {{end}} as where "
		    "this began");
	w->context = frame->merged;
	if (frame->part != NULL)
		call_close_write(w, frame->part, frame->number);
	w->depth--;
	indent(w);
	buffer_text(w->out, frame->kind == TOKEN_EACH ? "}}\n" : "}\n");
	return true;
}

static bool
content_write(struct writer *w, const struct token *token)
{
	const char *wrong = NULL;

	if (!w->template->is_part)
		wrong = "{{content}} may only stand in a part";
	else if (w->is_after_content)
		wrong = "a second {{content}}";
	else if (w->depth > 0)
		wrong = "{{content}} may not stand in an if, each or part";
	else if (w->context.state != HTML_IN_TEXT)
		wrong = "{{content}} may only stand where elements may";
	if (wrong != NULL)
		return fail_at(w, token->line, wrong);
	w->is_after_content = true;
	buffer_text(w->out, "}\n\n");
	template_write_head(w->template, "_close", w->out);
	return true;
}

static bool
token_write(struct writer *w, const struct token *token)
{
	switch (token->kind) {
	case TOKEN_VALUE:
		return value_write(w, token);
	case TOKEN_LAYOUT:
		return layout_write(w, token);
	case TOKEN_PART:
		return part_write(w, token);
	case TOKEN_IF:
		return if_write(w, token);
	case TOKEN_ELSE:
	case TOKEN_ELSE_IF:
		return else_write(w, token);
	case TOKEN_EACH:
		return each_write(w, token);
	case TOKEN_LET:
		return let_write(w, token);
	case TOKEN_END:
		return end_write(w, token);
	case TOKEN_CONTENT:
		return content_write(w, token);
	default:
		return fail_at(w, token->line,
		    "{{template}} or {{part (...)}} may only stand at the top");
	}
}

static bool
tokens_write(struct writer *w)
{
	struct token_list tokens = w->template->tokens;
	size_t i;

	for (i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.row[i];

		if (token->kind == TOKEN_COMMENT)
			continue;
		if (token->kind == TOKEN_TEXT) {
			if (!text_write(w, token))
				return false;
			continue;
		}
		w->text_end = i;
		text_flush(w);
		w->text_first = i + 1;
		if (!token_write(w, token))
			return false;
	}
	w->text_end = tokens.count;
	text_flush(w);
	return true;
}

bool
template_compile(const struct template *template, struct template_list parts,
    struct buffer *out, struct template_error *error)
{
	struct writer w = {
		.template = template, .parts = parts, .out = out, .error = error
	};
	struct token_list tokens = template->tokens;
	int last = tokens.count > 0 ? tokens.row[tokens.count - 1].line
	                            : template->line;

	template_write_includes(template, out);
	template_write_head(
	    template, template->has_content ? "_open" : "", out);
	if (!tokens_write(&w))
		return false;
	if (w.depth > 0)
		return fail_at(&w, w.frames[w.depth - 1].line,
		    "this is never closed by {{end}}");
	if (w.context.state != HTML_IN_TEXT)
		return fail_at(
		    &w, last, "the file ends inside a tag or its text");
	if (w.layout != NULL)
		call_close_write(&w, w.layout, 0);
	buffer_text(out, "}\n");
	return true;
}
