/*
 * Markdown that staff write, as HTML that is safe to show: CommonMark without
 * raw HTML, pictures, or links that lead anywhere but to web, mail and our own
 * pages.
 */
#ifndef BASE_MARKDOWN_H
#define BASE_MARKDOWN_H

#include <stdint.h>

#include "base/html.h"

struct arena;

/*
 * The HTML of a text, in the arena. `level` (2 to 5) is that of the heading the
 * text stands under: its own begin one below it, and none is below six.
 */
struct safe_html markdown_html(
    struct arena *arena, const char *text, int32_t level);

#endif
