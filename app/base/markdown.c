/* CommonMark by libcmark, with headings moved and odd things taken out. */
#include "base/markdown.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

static bool
link_is_safe(const char *url)
{
	return url[0] == '#' || (url[0] == '/' && url[1] != '/') ||
	       text_starts_with(url, "https://") ||
	       text_starts_with(url, "http://") ||
	       text_starts_with(url, "mailto:") ||
	       text_starts_with(url, "tel:");
}

/* Puts what a node encloses in its place: a picture its words, say. */
static void
node_unwrap(cmark_node *node)
{
	cmark_node *child;

	while ((child = cmark_node_first_child(node)) != NULL)
		cmark_node_insert_before(node, child);
	cmark_node_unlink(node);
	cmark_node_free(node);
}

static void
node_settle(cmark_node *node, int32_t level)
{
	int heading;

	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_HEADING:
		heading = cmark_node_get_heading_level(node) + level;
		cmark_node_set_heading_level(node, heading > 6 ? 6 : heading);
		break;
	case CMARK_NODE_LINK:
		if (!link_is_safe(cmark_node_get_url(node)))
			node_unwrap(node);
		break;
	case CMARK_NODE_IMAGE:
		node_unwrap(node);
		break;
	default:
		break;
	}
}

struct safe_html
markdown_html(struct arena *arena, const char *text, int32_t level)
{
	cmark_node *document = cmark_parse_document(
	    text, strlen(text), CMARK_OPT_DEFAULT);
	cmark_iter *nodes = cmark_iter_new(document);
	cmark_event_type event;
	struct safe_html html;
	char *rendered;

	/* Settled on the way out, when all that is inside has been seen. */
	while ((event = cmark_iter_next(nodes)) != CMARK_EVENT_DONE) {
		if (event == CMARK_EVENT_EXIT)
			node_settle(cmark_iter_get_node(nodes), level);
	}
	cmark_iter_free(nodes);
	rendered = cmark_render_html(document, CMARK_OPT_DEFAULT);
	cmark_node_free(document);
	html.data = arena_strdup(arena, rendered);
	html.length = strlen(html.data);
	free(rendered);
	return html;
}
