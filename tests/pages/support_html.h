/*
 * Whether a page is well made: what the pages' tests hold every page to,
 * beside the validator and axe of the browser's tests.
 */
#ifndef PAGES_SUPPORT_HTML_H
#define PAGES_SUPPORT_HTML_H

struct arena;

/*
 * Says in a sentence (in the arena) what is wrong with a page, or NULL: tags
 * that do not nest, an id twice, a label or description of an id that is not
 * there, not exactly one h1 and one main, no title, no language.
 */
const char *html_fault(struct arena *arena, const char *page);

#endif
