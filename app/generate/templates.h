/*
 * The template compiler: HTML with {{...}} in, C out. Nothing here reads or
 * writes files, prints or exits, so that tests and fuzzers can call all of
 * it; app/generate/templates.c is the command around it.
 */
#ifndef GENERATE_TEMPLATES_H
#define GENERATE_TEMPLATES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct arena;

/* Longer sources are refused. */
enum { TEMPLATE_MAXIMUM = 256 * 1024 };

/* The first thing that is wrong with a template. */
struct template_error {
	int line;
	char text[240];
};

enum token_kind {
	TOKEN_TEXT, /* HTML as it stands: at most one line of it */
	TOKEN_VALUE,
	TOKEN_COMMENT,
	TOKEN_TEMPLATE,
	TOKEN_LAYOUT,
	TOKEN_PART,
	TOKEN_IF,
	TOKEN_ELSE,
	TOKEN_ELSE_IF,
	TOKEN_EACH,
	TOKEN_LET,
	TOKEN_END,
	TOKEN_CONTENT,
};

/* A piece of the source; of a tag: what follows its word, trimmed. */
struct token {
	enum token_kind kind;
	int line;
	const char *text;
	size_t length;
};

struct token_list {
	struct token *row;
	size_t count;
};

/* One argument of a template or part: "const char *", "text". */
struct argument {
	const char *type;
	const char *name;
};

struct argument_list {
	const struct argument *row;
	size_t count;
};

/* A source after its first reading. */
struct template
{
	const char *path; /* for messages and #line */
	const char *name; /* offers_show; of a part: button */
	int line;         /* of its declaration */
	bool is_part;
	bool has_content; /* a part that encloses what its caller writes */
	struct argument_list arguments;
	struct text_list uses; /* headers */
	struct token_list tokens;
};

struct template_list {
	const struct template *row;
	size_t count;
};

/*
 * Where literal HTML stands at one point of a template. Followed over the
 * text alone; branches are merged by html_context_merge.
 */
enum html_state {
	HTML_IN_TEXT,
	HTML_IN_PLAIN,     /* title, textarea: text without tags */
	HTML_IN_RAW,       /* script, style: nothing is escaped there */
	HTML_IN_COMMENT,   /* <!-- --> */
	HTML_IN_DECLARED,  /* <!doctype> */
	HTML_TAG_BEGUN,    /* after < */
	HTML_TAG_NAME,     /* in a tag's name */
	HTML_TAG_GAP,      /* in a tag, after white space */
	HTML_TAG_TOUCHING, /* in a tag, where white space must follow */
	HTML_ATTRIBUTE,    /* in an attribute's name */
	HTML_EQUALS,       /* after = */
	HTML_IN_VALUE,     /* between the quotes of an attribute */
};

/* How far the text of a URL attribute has come. */
enum url_state {
	URL_NOT,     /* not such an attribute */
	URL_START,   /* nothing but white space yet: a whole URL may follow */
	URL_BEGUN,   /* literal text that does not fix the scheme yet */
	URL_FIXED,   /* literal text that fixes it: any value is harmless */
	URL_DYNAMIC, /* a value wrote the beginning */
	URL_NUMBER,  /* not a URL: only a number is harmless here */
	URL_REFUSED, /* an attribute that takes no value at all */
};

struct html_context {
	enum html_state state;
	char tag[16];
	char attribute[24];
	char quote;
	enum url_state url;
	char start[12];      /* the literal beginning of a URL */
	bool is_closing;     /* of </tag> */
	bool has_http_equiv; /* of the meta tag we are in */
	bool has_value;      /* its content holds a value */
	int matched;         /* letters seen of what ends the text */
};

enum html_way {
	HTML_WAY_TEXT,      /* html_put: safe_html too */
	HTML_WAY_ATTRIBUTE, /* html_put_attribute */
	HTML_WAY_URL,
	HTML_WAY_NUMBER,
};

/* Follows one piece of literal text. NULL, or what is wrong with it. */
const char *html_context_read(
    struct html_context *context, const char *text, size_t length);

/* Readies for a branch or its end: half names may not be continued. */
const char *html_context_settle(struct html_context *context);

/* How a value is to be written here. NULL, or why it may not stand here. */
const char *html_context_value(
    struct html_context *context, enum html_way *way);

/* What holds after either of two branches; false when they differ. */
bool html_context_merge(
    struct html_context *into, const struct html_context *other);

/*
 * Cuts a source into tokens, in `arena`. Lines that hold nothing but tags
 * lose their white space. False with `error` filled when it cannot be cut.
 */
bool template_cut(struct arena *arena, const char *source, size_t length,
    struct token_list *tokens, struct template_error *error);

/*
 * First reading: the tokens and the declaration that opens the file. `path`
 * is kept, not copied; `name` is the path below templates/ without ".html".
 */
bool template_read(struct arena *arena, const char *path, const char *name,
    const char *source, size_t length, struct template *template,
    struct template_error *error);

/*
 * Second reading: writes the C file of one template. `parts` are all
 * templates of this run (their declarations are looked up by name).
 */
bool template_compile(const struct template *template,
    struct template_list parts, struct buffer *out,
    struct template_error *error);

/* The beginning of a C file: what it includes. */
void template_write_includes(
    const struct template *template, struct buffer *out);

/*
 * The head of a template's function: its name with `suffix` ("", "_open" or
 * "_close"), its arguments and the opening brace.
 */
void template_write_head(
    const struct template *template, const char *suffix, struct buffer *out);

/* The two headers over all templates of a run. */
void template_write_prototypes(
    struct template_list templates, struct buffer *out);
void template_write_parts(struct template_list templates, struct buffer *out);

/* "const char *text, int64_t count" as a list; NULL or what is wrong. */
const char *argument_list_read(struct arena *arena, const char *text,
    size_t length, struct argument_list *list);

/* The value of a call: ".text = x, .count = 2"; NULL or what is wrong. */
const char *argument_call_check(const char *text, size_t length);

/* Whether parentheses close and nothing but one C expression can be there. */
const char *expression_check(const char *text, size_t length);

/* Length of the identifier that `text` begins with, or 0. */
size_t identifier_length(const char *text, size_t length);

/* Fills an error; always gives false. */
bool template_fail(struct template_error *error, int line, const char *format,
    ...) __attribute__((format(printf, 3, 4)));

#endif
