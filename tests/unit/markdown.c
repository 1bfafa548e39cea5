/* Markdown: what is kept, what is taken out, and how headings move. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/markdown.h"

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(1 << 20);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void
expect(const char *text, const char *html)
{
	assert_string_equal(markdown_html(arena, text, 2).data, html);
}

static void
test_what_is_kept(void **state)
{
	(void)state;
	expect("", "");
	expect("Two *words*", "<p>Two <em>words</em></p>\n");
	expect("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n");
	expect("[here](https://example.org/?a=1&b=2)",
	    "<p><a href=\"https://example.org/?a=1&amp;b=2\">here</a></p>\n");
	expect("[mail](mailto:a@example.org) [ours](/accessibility)",
	    "<p><a href=\"mailto:a@example.org\">mail</a> "
	    "<a href=\"/accessibility\">ours</a></p>\n");
}

static void
test_headings_stand_below_their_place(void **state)
{
	(void)state;
	expect("# A", "<h3>A</h3>\n");
	expect("##### A", "<h6>A</h6>\n");
}

static void
test_what_is_taken_out(void **state)
{
	(void)state;
	expect("a <script>alert(1)</script>",
	    "<p>a <!-- raw HTML omitted -->alert(1)"
	    "<!-- raw HTML omitted --></p>\n");
	expect("[x](javascript:alert(1))", "<p>x</p>\n");
	expect("[x](//evil.example)", "<p>x</p>\n");
	expect("![a *b*](https://example.org/x.png)", "<p>a <em>b</em></p>\n");
	expect("[![a](x.png)](data:text/html,x)", "<p>a</p>\n");
	/* 000 L23: an address in running text is never linked by itself. */
	expect("https://procontract@due-north.com/Login",
	    "<p>https://procontract@due-north.com/Login</p>\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_kept),
		cmocka_unit_test(test_headings_stand_below_their_place),
		cmocka_unit_test(test_what_is_taken_out),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
