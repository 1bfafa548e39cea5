/*
 * What the templates write values with, and the parts that hang on a form.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/form.h"
#include "base/html.h"
#include "base/parts.h"
#include "base/request.h"
#include "parts.h"

enum { PAGE_MAXIMUM = 1024 * 1024 };

static struct request r;

static int
setup(void **state)
{
	(void)state;
	r = (struct request) { .arena = arena_new(16 * 1024 * 1024),
		.path = "/offers",
		.query_string = "",
		.content_type = "",
		.cookie = "",
		.csrf_token = "token" };
	r.out = buffer_new(r.arena, 256, PAGE_MAXIMUM);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_free(r.arena);
	return 0;
}

static void
text_is_escaped(void **state)
{
	(void)state;
	html_text(&r.out, "a & b < c > \"d\" 'e' \xC3\xA9");
	assert_string_equal(r.out.data,
	    "a &amp; b &lt; c &gt; &quot;d&quot; &#39;e&#39; \xC3\xA9");
	r.out.length = 0;
	html_text(&r.out, NULL);
	html_text(&r.out, "");
	assert_int_equal(r.out.length, 0);
}

static void
types_choose_their_writer(void **state)
{
	const struct safe_html bold = { "<b>x</b>", 8 };

	(void)state;
	html_put(&r.out, "<");
	html_put(&r.out, INT64_MIN);
	html_put(&r.out, (int32_t)-7);
	html_put(&r.out, (size_t)7);
	html_put(&r.out, bold);
	assert_string_equal(r.out.data, "&lt;-9223372036854775808-77<b>x</b>");
}

static void
urls_lead_nowhere_else(void **state)
{
	static const struct {
		const char *url;
		const char *written;
	} cases[] = {
		{ "/offers/A1?x=1&y=2#z", "/offers/A1?x=1&amp;y=2#z" },
		{ "/", "/" },
		{ "?page=2", "?page=2" },
		{ "#name", "#name" },
		{ "", "" },
		{ "https://example.org/", "https://example.org/" },
		{ "mailto:a@example.org", "mailto:a@example.org" },
		{ "tel:01632960000", "tel:01632960000" },
		{ "javascript:alert(1)", "#" },
		{ "JAVASCRIPT:alert(1)", "#" },
		{ " javascript:alert(1)", "#" },
		{ "data:text/html,x", "#" },
		{ "//example.org/", "#" },
		{ "/\\example.org/", "#" },
		{ "/\t/example.org/", "#" },
		{ "\x01/offers", "#" },
		{ "offers", "#" },
		{ "http:offers", "#" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		r.out = buffer_new(r.arena, 256, PAGE_MAXIMUM);
		html_url(&r.out, cases[i].url);
		assert_string_equal(r.out.data, cases[i].written);
	}
}

static void
url_parts_are_encoded(void **state)
{
	(void)state;
	assert_string_equal(url_encode(&r, "a b/c?d=e&\xC3\xA9~.-_%"),
	    "a%20b%2Fc%3Fd%3De%26%C3%A9~.-_%25");
}

static void
references_name_what_is_there(void **state)
{
	(void)state;
	assert_null(described_by(&r, NULL, "a", false, false));
	assert_string_equal(
	    described_by(&r, "x", "a", true, true), "x a-hint a-error");
	assert_string_equal(
	    described_by(&r, NULL, "a", false, true), "a-error");
	assert_string_equal(choice_id(&r, "area", 0), "area");
	assert_string_equal(choice_id(&r, "area", 2), "area-3");
}

static void
pages_are_few(void **state)
{
	struct page_link_list links = page_links(&r, NULL, 5, 9);

	(void)state;
	assert_int_equal(links.count, 7);
	assert_true(links.row[1].is_gap && links.row[5].is_gap);
	assert_int_equal(links.row[2].number, 4);
	assert_true(links.row[3].is_current);
	assert_int_equal(links.row[6].number, 9);
	assert_string_equal(links.row[6].href, "?page=9");
	assert_int_equal(page_links(&r, NULL, 1, 2).count, 2);
}

struct every {
	const char *line;
	const char *text;
	const char *email;
	const char *password;
	const char *telephone;
	const char *postcode;
	int64_t number;
	int64_t price_pence;
	int64_t minutes;
	int32_t starts_on;
	int32_t time;
	bool has_time;
	int64_t replies_by;
	const char *area;
	struct text_list groups;
	bool agrees;
	const char *hidden;
};

static const struct choice choices[] = {
	{ "north", "North", NULL },
	{ "south", "South", "Below the river" },
	{ NULL, NULL, NULL },
};

static const struct field every_field[] = { FIELD(struct every, FIELD_LINE,
						line, "Line"),
	FIELD(struct every, FIELD_TEXT, text, "Text", .maximum = 500),
	FIELD(struct every, FIELD_EMAIL, email, "E-mail",
	    .autocomplete = "email"),
	FIELD(struct every, FIELD_PASSWORD, password, "Password"),
	FIELD(struct every, FIELD_TELEPHONE, telephone, "Telephone"),
	FIELD(struct every, FIELD_POSTCODE, postcode, "Postcode"),
	FIELD(struct every, FIELD_NUMBER, number, "Number", .minimum = 1),
	FIELD(struct every, FIELD_MONEY, price_pence, "Price", .minimum = 1),
	FIELD(struct every, FIELD_HOURS, minutes, "Hours", .minimum = 1),
	FIELD(struct every, FIELD_DATE, starts_on, "Start",
	    .hint = "For example, 27 3 2026"),
	FIELD(struct every, FIELD_TIME, time, "Time",
	    .has_offset = offsetof(struct every, has_time)),
	FIELD(struct every, FIELD_INSTANT, replies_by, "Reply by"),
	FIELD(struct every, FIELD_CHOICE, area, "Area", .choices = choices),
	FIELD(
	    struct every, FIELD_CHOICES, groups, "Groups", .choices = choices),
	FIELD(struct every, FIELD_TICK, agrees, "I agree"),
	FIELD(struct every, FIELD_HIDDEN, hidden, "Hidden"), FIELD_END };

static bool
page_has(const char *text)
{
	return strstr(r.out.data, text) != NULL;
}

static void
every_field_is_drawn(void **state)
{
	static const struct pair sent[] = {
		{ "line", "a \"quoted\" line" },
		{ "text", "<b>" },
		{ "password", "secret words" },
		{ "starts_on-day", "31" },
		{ "starts_on-month", "2" },
		{ "starts_on-year", "2026" },
		{ "replies_by-time", "2pm" },
		{ "area", "south" },
		{ "groups", "north" },
		{ "groups", "south" },
		{ "agrees", "yes" },
		{ "hidden", "h" },
	};
	struct every every;
	struct form *form;
	size_t i;

	(void)state;
	r.method = POST;
	r.fields = (struct pair_list) { sent, sizeof(sent) / sizeof(sent[0]) };
	form = form_read(&r, every_field, &every);
	part_form_open(&r, &(const struct part_form) { .form = form });
	part_form_errors(&r, &(const struct part_form_errors) { .form = form });
	for (i = 0; i < form->count; i++)
		part_field(&r, &(const struct part_field) { .form = form,
				   .name = form->fields[i].field->name,
				   .counts = true });
	part_form_close(&r, &(const struct part_form) { .form = form });

	assert_true(page_has("name=\"csrf\" value=\"token\""));
	assert_true(page_has(form->once));
	assert_true(page_has("action=\"/offers\""));
	assert_true(page_has("value=\"a &quot;quoted&quot; line\""));
	assert_true(page_has(">&lt;b&gt;</textarea>"));
	assert_true(page_has("data-maxlength=\"500\""));
	assert_false(page_has("secret words"));
	assert_true(page_has("autocomplete=\"email\""));
	assert_true(page_has("href=\"#starts_on-day\""));
	assert_true(page_has("id=\"starts_on-error\""));
	assert_true(page_has("name=\"starts_on-month\" type=\"text\" "
			     "value=\"2\""));
	assert_true(page_has("name=\"replies_by-time\" type=\"text\" "
			     "value=\"2pm\""));
	assert_true(page_has("type=\"radio\" value=\"south\" checked"));
	assert_true(page_has("type=\"checkbox\" value=\"north\" checked"));
	assert_true(page_has("type=\"checkbox\" value=\"yes\" checked"));
	assert_true(page_has("type=\"hidden\" name=\"hidden\" value=\"h\""));
}

static void
an_action_is_a_form(void **state)
{
	(void)state;
	part_action(&r, &(const struct part_action) { .text = "Withdraw",
			    .action = "/offers/A1/withdraw",
			    .is_warning = true });
	assert_true(page_has("action=\"/offers/A1/withdraw\""));
	assert_true(page_has("name=\"csrf\" value=\"token\""));
	assert_true(page_has("name=\"once\" value=\""));
	assert_true(page_has("govuk-button--warning"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
		TEST(text_is_escaped),
		TEST(types_choose_their_writer),
		TEST(urls_lead_nowhere_else),
		TEST(url_parts_are_encoded),
		TEST(references_name_what_is_there),
		TEST(pages_are_few),
		TEST(every_field_is_drawn),
		TEST(an_action_is_a_form),
#undef TEST
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
