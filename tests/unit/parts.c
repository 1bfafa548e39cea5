/*
 * The template parts against govuk-frontend's own fixtures.json. Each fixture
 * is drawn with the part's arguments and compared, or the option that the
 * part lacks is named; tests/data/parts.txt says which of both, for each one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/request.h"
#include "support_parts.h"

enum { REPORT_MAXIMUM = 1024 * 1024 };

static json_t *
fixtures_load(struct arena *arena, const char *component)
{
	const char *build = getenv("BUILD");
	const char *path = arena_printf(arena,
	    "%s/npm/node_modules/govuk-frontend/dist/govuk/components/%s/"
	    "fixtures.json",
	    build != NULL ? build : "build", component);
	json_error_t error;
	json_t *root = json_load_file(path, 0, &error);

	if (root == NULL)
		fail_msg("%s: %s", path, error.text);
	return root;
}

/* What we leave out on purpose: the crown and its copyright are GOV.UK's. */
static const char *
ours_of(struct arena *arena, const char *component, const char *html)
{
	const char *crown, *end, *copyright;

	if (strcmp(component, "footer") != 0)
		return html;
	crown = strstr(html, "<svg");
	end = strstr(crown, "</svg>") + strlen("</svg>");
	copyright = strstr(end, "<div class=\"govuk-footer__meta-item\">");
	return arena_printf(arena, "%.*s%.*s</div></div></div>",
	    (int)(crown - html), html, (int)(copyright - end), end);
}

/* Draws one fixture and adds its line to the report. */
static void
fixture_try(struct request *r, const struct drawing *drawing, json_t *fixture,
    struct buffer *report)
{
	const char *name = json_string_value(json_object_get(fixture, "name"));
	const char *html = json_string_value(json_object_get(fixture, "html"));
	json_t *options = json_deep_copy(json_object_get(fixture, "options"));
	const char *wanted, *given, *left;

	r->out = buffer_new(r->arena, 4096, REPORT_MAXIMUM);
	drawing->draw(r, options);
	left = option_left(r->arena, options);
	buffer_printf(report, "%s: %s: ", drawing->component, name);
	if (left != NULL) {
		buffer_printf(report, "lacks %s\n", left);
		json_decref(options);
		return;
	}
	json_decref(options);
	wanted = html_normal(
	    r->arena, ours_of(r->arena, drawing->component, html));
	given = html_normal(r->arena, r->out.data);
	if (strcmp(wanted, given) == 0) {
		buffer_text(report, "same\n");
		return;
	}
	buffer_text(report, "differs\n");
	print_error("%s, %s:\n--- fixture\n%s--- part\n%s\n",
	    drawing->component, name, wanted, given);
}

/* Fails at the first line that is not as it was agreed. */
static void
reports_compare(const char *agreed, const char *report)
{
	while (*agreed != '\0' || *report != '\0') {
		int length = (int)strcspn(agreed, "\n");
		int given = (int)strcspn(report, "\n");

		if (length != given ||
		    memcmp(agreed, report, (size_t)length) != 0)
			fail_msg("tests/data/parts.txt has\n  %.*s\nbut it "
				 "is\n  %.*s",
			    length, agreed, given, report);
		agreed += length + (agreed[length] == '\n');
		report += given + (report[given] == '\n');
	}
}

static char *
file_read(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = arena_alloc(arena, REPORT_MAXIMUM);

	assert_non_null(file);
	text[fread(text, 1, REPORT_MAXIMUM - 1, file)] = '\0';
	fclose(file);
	return text;
}

static void
fixtures_are_drawn(void **state)
{
	struct arena *lasting = arena_new(16 * 1024 * 1024);
	struct buffer report = buffer_new(lasting, 65536, REPORT_MAXIMUM);
	struct request r = { .arena = arena_new(64 * 1024 * 1024),
		.path = "/",
		.query_string = "" };
	json_t *root, *fixture;
	size_t i, j;

	(void)state;
	for (i = 0; i < drawing_count; i++) {
		root = fixtures_load(lasting, drawings[i].component);
		json_array_foreach(
		    json_object_get(root, "fixtures"), j, fixture)
		{
			fixture_try(&r, &drawings[i], fixture, &report);
			arena_reset(r.arena);
		}
		json_decref(root);
	}
	if (getenv("PARTS_REPORT") != NULL)
		puts(report.data);
	reports_compare(
	    file_read(lasting, "tests/data/parts.txt"), report.data);
	arena_free(r.arena);
	arena_free(lasting);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fixtures_are_drawn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
