/*
 * Follows HTML over the literal text of a template, to know where each value
 * stands: what it must be escaped for, or why it may not stand there.
 * Knows nothing of {{...}}.
 */
#include <string.h>

#include "generate/templates.h"

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

static char
to_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_letter(char c)
{
	c = to_lower(c);
	return c >= 'a' && c <= 'z';
}

static bool
is_one_of(const char *name, const char *const *names)
{
	for (; *names != NULL; names++)
		if (strcmp(name, *names) == 0)
			return true;
	return false;
}

/* Adds a letter to a name; what is too long to matter is cut. */
static void
name_add(char *name, size_t size, char c)
{
	size_t length = strlen(name);

	if (length + 1 < size) {
		name[length] = to_lower(c);
		name[length + 1] = '\0';
	}
}

static void
tag_begin(struct html_context *context, bool is_closing)
{
	context->tag[0] = '\0';
	context->attribute[0] = '\0';
	context->is_closing = is_closing;
	context->has_http_equiv = false;
	context->has_value = false;
}

/* After the > of a tag: what the element's content is. */
static void
tag_end(struct html_context *context)
{
	static const char *const raw[] = { "script", "style", "iframe", "xmp",
		"noembed", "noframes", "plaintext", NULL };
	static const char *const plain[] = { "title", "textarea", NULL };

	context->state = HTML_IN_TEXT;
	context->matched = 0;
	context->url = URL_NOT;
	if (context->is_closing)
		return;
	if (is_one_of(context->tag, raw))
		context->state = HTML_IN_RAW;
	else if (is_one_of(context->tag, plain))
		context->state = HTML_IN_PLAIN;
}

static enum url_state
attribute_url_state(const struct html_context *context)
{
	static const char *const urls[] = { "href", "src", "action",
		"formaction", "poster", "data", "xlink:href", "cite", "ping",
		"manifest", "background", NULL };
	static const char *const refused[] = { "srcset", "srcdoc",
		"imagesrcset", "http-equiv", NULL };
	const char *name = context->attribute;

	if (is_one_of(name, refused))
		return URL_REFUSED;
	if (strcmp(name, "content") == 0 && context->has_http_equiv)
		return URL_NUMBER;
	return is_one_of(name, urls) ? URL_START : URL_NOT;
}

/* The quote that opens a value was read. */
static const char *
value_begin(struct html_context *context, char quote)
{
	const char *name = context->attribute;

	if (strcmp(name, "style") == 0 || strncmp(name, "on", 2) == 0)
		return "style= and on...= are shut out by the page's "
		       "security policy: use a class or a script file";
	if (strcmp(name, "http-equiv") == 0 &&
	    strcmp(context->tag, "meta") == 0) {
		if (context->has_value)
			return "http-equiv must stand before content";
		context->has_http_equiv = true;
	}
	context->state = HTML_IN_VALUE;
	context->quote = quote;
	context->url = attribute_url_state(context);
	context->start[0] = '\0';
	return NULL;
}

/*
 * Whether the literal beginning of a URL settles where it leads whatever
 * follows. "/" alone does not: "//host" would follow.
 */
static bool
url_is_fixed(const char *start)
{
	static const char *const starts[] = { "https://", "http://",
		"mailto:", "tel:", "?", "#", NULL };
	const char *const *one;

	for (one = starts; *one != NULL; one++)
		if (strncmp(start, *one, strlen(*one)) == 0)
			return true;
	return start[0] == '/' && start[1] != '\0' && start[1] != '/' &&
	       start[1] != '\\';
}

static void
value_read(struct html_context *context, char c)
{
	if (c == context->quote) {
		context->state = HTML_TAG_TOUCHING;
		context->url = URL_NOT;
		return;
	}
	if (context->url == URL_START && !is_space(c))
		context->url = URL_BEGUN;
	if (context->url == URL_BEGUN || context->url == URL_DYNAMIC) {
		name_add(context->start, sizeof(context->start), c);
		if (url_is_fixed(context->start))
			context->url = URL_FIXED;
	}
}

/* In script, title, comment ...: looks for what ends it. */
static void
text_end_read(struct html_context *context, char c)
{
	size_t tag_length = strlen(context->tag);
	size_t matched = (size_t)context->matched;

	if (context->state == HTML_IN_COMMENT) {
		if (c == '>' && matched >= 2)
			context->state = HTML_IN_TEXT;
		context->matched = c == '-' ? context->matched + 1 : 0;
		return;
	}
	if (matched == 2 + tag_length &&
	    (c == '>' || c == '/' || is_space(c))) {
		context->is_closing = true;
		context->state = HTML_TAG_GAP;
		if (c == '>')
			tag_end(context);
		return;
	}
	if ((matched == 0 && c == '<') || (matched == 1 && c == '/') ||
	    (matched >= 2 && matched < 2 + tag_length &&
		to_lower(c) == context->tag[matched - 2]))
		context->matched++;
	else
		context->matched = c == '<' ? 1 : 0;
}

/* After "<!": a comment or a declaration. */
static void
declared_read(struct html_context *context, char c)
{
	if (c == '-' && context->matched >= 0) {
		if (++context->matched == 2) {
			context->state = HTML_IN_COMMENT;
			context->matched = 0;
		}
		return;
	}
	context->matched = -1;
	if (c == '>')
		context->state = HTML_IN_TEXT;
}

static const char *
tag_begun_read(struct html_context *context, char c)
{
	if (c == '!' && !context->is_closing) {
		context->state = HTML_IN_DECLARED;
		context->matched = 0;
		return NULL;
	}
	if (c == '/' && !context->is_closing) {
		context->is_closing = true;
		return NULL;
	}
	if (!is_letter(c))
		return "< must begin a tag; write &lt; for the sign";
	name_add(context->tag, sizeof(context->tag), c);
	context->state = HTML_TAG_NAME;
	return NULL;
}

/* Inside a tag, outside its values. */
static const char *
tag_read(struct html_context *context, char c)
{
	if (c == '>') {
		tag_end(context);
		return NULL;
	}
	if (is_space(c) || c == '/') {
		context->state = HTML_TAG_GAP;
		return NULL;
	}
	if (c == '<' || c == '"' || c == '\'')
		return "this tag is not closed, or an attribute has no name";
	switch (context->state) {
	case HTML_TAG_NAME:
		name_add(context->tag, sizeof(context->tag), c);
		return NULL;
	case HTML_ATTRIBUTE:
		if (c == '=')
			context->state = HTML_EQUALS;
		else
			name_add(
			    context->attribute, sizeof(context->attribute), c);
		return NULL;
	case HTML_TAG_GAP:
		if (c == '=')
			return "put no space before =";
		context->attribute[0] = '\0';
		name_add(context->attribute, sizeof(context->attribute), c);
		context->state = HTML_ATTRIBUTE;
		return NULL;
	default:
		return "white space must stand between attributes, and a name "
		       "may not be put together";
	}
}

static const char *
character_read(struct html_context *context, char c)
{
	switch (context->state) {
	case HTML_IN_TEXT:
		if (c == '<') {
			tag_begin(context, false);
			context->state = HTML_TAG_BEGUN;
		}
		return NULL;
	case HTML_IN_PLAIN:
	case HTML_IN_RAW:
	case HTML_IN_COMMENT:
		text_end_read(context, c);
		return NULL;
	case HTML_IN_DECLARED:
		declared_read(context, c);
		return NULL;
	case HTML_TAG_BEGUN:
		return tag_begun_read(context, c);
	case HTML_EQUALS:
		if (c != '"' && c != '\'')
			return "the value of an attribute must be in quotes";
		return value_begin(context, c);
	case HTML_IN_VALUE:
		value_read(context, c);
		return NULL;
	default:
		return tag_read(context, c);
	}
}

const char *
html_context_read(struct html_context *context, const char *text, size_t length)
{
	const char *wrong = NULL;
	size_t i;

	for (i = 0; i < length && wrong == NULL; i++)
		wrong = character_read(context, text[i]);
	return wrong;
}

const char *
html_context_settle(struct html_context *context)
{
	switch (context->state) {
	case HTML_TAG_NAME:
	case HTML_ATTRIBUTE:
		context->state = HTML_TAG_TOUCHING;
		context->attribute[0] = '\0';
		return NULL;
	case HTML_TAG_BEGUN:
		return "a tag's name may not be put together";
	case HTML_EQUALS:
		return "the value of an attribute must be in quotes";
	case HTML_IN_DECLARED:
		return "a declaration may not be put together";
	default:
		context->matched = 0;
		return NULL;
	}
}

static const char *
attribute_value(struct html_context *context, enum html_way *way)
{
	*way = HTML_WAY_ATTRIBUTE;
	if (strcmp(context->tag, "meta") == 0 &&
	    strcmp(context->attribute, "content") == 0)
		context->has_value = true;
	switch (context->url) {
	case URL_NOT:
	case URL_FIXED:
		return NULL;
	case URL_START:
		*way = HTML_WAY_URL;
		context->url = URL_DYNAMIC;
		context->start[0] = '\0';
		return NULL;
	case URL_NUMBER:
		*way = HTML_WAY_NUMBER;
		return NULL;
	case URL_BEGUN:
		return "before a value, a URL must begin with literal text "
		       "such as /offers/, ? or # that settles where it leads";
	case URL_DYNAMIC:
		return "a URL may not be put together from two values: make "
		       "it whole in C or begin with literal text";
	default:
		return "this attribute takes no values";
	}
}

const char *
html_context_value(struct html_context *context, enum html_way *way)
{
	*way = HTML_WAY_TEXT;
	switch (context->state) {
	case HTML_IN_TEXT:
		return NULL;
	case HTML_IN_PLAIN:
		*way = HTML_WAY_ATTRIBUTE;
		context->matched = 0;
		return NULL;
	case HTML_IN_VALUE:
		return attribute_value(context, way);
	case HTML_IN_RAW:
		return "a value may not stand in a script or style";
	case HTML_IN_COMMENT:
	case HTML_IN_DECLARED:
		return "a value may not stand in a comment or declaration";
	case HTML_EQUALS:
		return "the value of an attribute must be in quotes";
	default:
		return "a value may not stand in a tag, only in the quotes of "
		       "an attribute";
	}
}

/* What two branches leave of a URL: the less trusted of both. */
static void
url_merge(struct html_context *into, const struct html_context *other)
{
	if (into->url == other->url && into->url != URL_BEGUN &&
	    into->url != URL_DYNAMIC)
		return;
	if (into->url == other->url && strcmp(into->start, other->start) == 0)
		return;
	if (into->url == URL_BEGUN || other->url == URL_BEGUN ||
	    into->url == URL_REFUSED || other->url == URL_REFUSED)
		into->url = URL_REFUSED;
	else
		into->url = URL_DYNAMIC;
	into->start[0] = '\0';
}

bool
html_context_merge(struct html_context *into, const struct html_context *other)
{
	bool is_in_tag = into->state == HTML_TAG_GAP ||
	                 into->state == HTML_TAG_TOUCHING;
	bool is_other_in_tag = other->state == HTML_TAG_GAP ||
	                       other->state == HTML_TAG_TOUCHING;

	if (is_in_tag && is_other_in_tag) {
		if (other->state == HTML_TAG_TOUCHING)
			into->state = HTML_TAG_TOUCHING;
		into->attribute[0] = '\0';
	} else if (into->state != other->state) {
		return false;
	}
	if (into->state == HTML_IN_TEXT)
		return true;
	if (strcmp(into->tag, other->tag) != 0 ||
	    into->is_closing != other->is_closing)
		return false;
	into->has_http_equiv |= other->has_http_equiv;
	into->has_value |= other->has_value;
	if (into->state == HTML_IN_VALUE) {
		if (strcmp(into->attribute, other->attribute) != 0 ||
		    into->quote != other->quote)
			return false;
		url_merge(into, other);
	}
	return true;
}
