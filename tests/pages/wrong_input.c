/*
 * Every form of every route, with each of its fields spoilt in turn: never an
 * error page, nothing typed is lost, and the message leads to its field.
 *
 * A form that is good is not saved: when its answer is to be kept with the
 * once-key, a trigger of the test counts it and takes the transaction back, so
 * that the next form finds everything as it was.
 */
#include "harness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/text.h"
#include "support_controls.h"
#include "support_html.h"
#include "support_routes.h"

enum { MOST_SPOILT = 24, TOO_MANY_FIELDS = 2001, SPOILT_LONG = 5001 };

/* What is typed where a page has nothing yet: the first that fits the ends. */
static const struct {
	const char *path, *name, *value;
} good[] = {
	{ "/match", "reason", "" },
	{ "/draft/sending", "best_count", "" },
	{ "/draft/after", "again_most", "" },
	{ "/draft/price", "_pence", "" },
	{ "/draft/fit", "", "" },
	{ "/steps/7", "", "" },
	{ "/reply-steps/1", "", "" },
	{ "/area", "reason_text", "" },
	{ "/clearing", "bundle_kilometres", "" },
	{ "/add-clause", "id", "5.3" },
	{ "/add-column", "options", "" },
	{ "/columns/town", "options", "" },
	{ "/schemes/new", "areas", "North: AL1 1" },
	{ "/rates/new", "name", "A card of tests" },
	{ "/rates/new", "starts_on-day", "27" },
	{ "/rates/new", "starts_on-month", "3" },
	{ "/rates/new", "starts_on-year", "2020" },
	{ "/rates/new", "hourly_pence", "20" },
	{ "/rates/new", "", "" },
	{ "/wages/new", "hourly_pence", "12.21" },
	{ "/wages/new", "name", "A wage" },
	{ "/costs/new", "_pence", "0.90" },
	{ "/costs/new", "travel_minutes", "12" },
	{ "/costs/new", "holiday", "12.07" },
	{ "/costs/new", "insurance", "13.8" },
	{ "/costs/new", "pension", "3" },
	{ "/costs/new", "overhead", "5" },
	{ "/costs/new", "margin", "4" },
	{ "/uplifts/new", "wage", "70" },
	{ "/uplifts/new", "price", "30" },
	{ "/uplifts/new", "inflation", "5.5" },
	{ "/uplifts/new", "cap_pence", "0.70" },
	{ "/edit", "ends_on-day", "" },
	{ "/edit", "ends_on-month", "" },
	{ "/edit", "ends_on-year", "" },
	{ "/edit", "floor_pence", "" },
	{ "/edit", "ceiling_pence", "" },
	{ "/edit", "up_to_5", "" },
	{ "/edit", "up_to_6", "" },
	{ "/edit", "percent_5", "" },
	{ "/edit", "percent_6", "" },
	{ "", "opens_at-day", "1" },
	{ "", "opens_at-month", "3" },
	{ "", "opens_at-year", "2031" },
	{ "", "opens_at-time", "9am" },
	{ "", "clarify_by-day", "20" },
	{ "", "clarify_by-month", "3" },
	{ "", "clarify_by-year", "2031" },
	{ "", "clarify_by-time", "5pm" },
	{ "", "closes_at-day", "28" },
	{ "", "closes_at-month", "3" },
	{ "", "closes_at-year", "2031" },
	{ "", "closes_at-time", "4pm" },
	{ "", "born_on-year", "1941" },
	{ "", "rated_on-day", "" },
	{ "", "rated_on-month", "" },
	{ "", "rated_on-year", "" },
	{ "", "left_on-day", "" },
	{ "", "left_on-month", "" },
	{ "", "left_on-year", "" },
	{ "", "suspension_starts_on-day", "" },
	{ "", "suspension_starts_on-month", "" },
	{ "", "suspension_starts_on-year", "" },
	{ "", "suspension_ends_on-day", "" },
	{ "", "suspension_ends_on-month", "" },
	{ "", "suspension_ends_on-year", "" },
	{ "", "last_on-day", "" },
	{ "", "last_on-month", "" },
	{ "", "last_on-year", "" },
	{ "", "_on-day", "27" },
	{ "", "_on-month", "3" },
	{ "", "_on-year", "2020" },
	{ "", "cqc_location_id", "1-9998887776" },
	{ "", "email", "ada@example.com" },
	{ "", "postcode", "SG13 8AA" },
	{ "", "telephone", "01632 960 001" },
	{ "", "minutes_in_place", "7.5" },
	{ "", "spare_minutes", "7.5" },
	{ "", "spare_morning", "5" },
	{ "", "spare_midday", "0" },
	{ "", "spare_afternoon", "" },
	{ "", "spare_evening", "2.5" },
	{ "", "spare_night", "" },
	{ "", "minutes", "30" },
	{ "", "times", "" },
	{ "", "carers", "1" },
	{ "", "start_from", "8am" },
	{ "", "start_until", "9am" },
	{ "", "rate_pence", "15.00" },
	{ "", "amount", "10000000" },
	{ "", "threshold", "10" },
	{ "", "tier", "1" },
	{ "", "block_minutes", "7.5" },
	{ "", "people_elsewhere", "1" },
	{ "", "complexity_reason", "" },
	{ "", "score", "50" },
	{ "", "website", "" },
	{ "", "company_number", "" },
	{ "", "charity_number", "" },
	{ "", "cqc_provider_id", "" },
	{ "", "search", "" },
	{ "", "calls_from", "7am" },
	{ "", "calls_until", "10pm" },
};

/* Groups of which nothing is picked yet, and something must be. */
static const char *const picked[] = { "days", "provider", "providers",
	"criterion", "packages", "account", "kind" };

/* Fields that are read only under one answer of a group; others hide them. */
static const struct {
	const char *name, *group, *answer;
} revealed[] = {
	{ "times", "kind", "times" },
	{ "week_minutes", "kind", "flexible" },
};

/* What is wrong, odd or at a limit, for anything that is typed. */
static const struct {
	const char *value;
	bool is_never_good;
} spoils[] = {
	{ "", false },
	{ " \t ", false },
	{ "<b>\"Ada\" & 'Bert'</b>", false },
	{ "caf\xC3\xA9 \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\xA6\xB3", false },
	{ "bell\x07", true },
	{ "two\nlines", false },
	{ "\xE2\x80\xAEturned", true },
	{ "-1", false },
	{ "0", false },
	{ "1e5", false },
	{ "1,00", false },
	{ "\xC2\xA3"
	  "12.50",
	    false },
	{ "2147483648", false },
	{ "99999999999999999999", false },
	{ "12:60", false },
	{ "SG13 8A", false },
};

/* Day, month, year, time. Some are wrong only as a date, or as an instant. */
static const struct {
	const char *part[4];
	bool is_no_date;
	bool is_no_instant;
} dates[] = {
	{ { "31", "2", "2027", "2pm" }, true, true },
	{ { "29", "2", "2028", "2pm" }, false, false },
	{ { "29", "2", "2027", "midnight" }, true, true },
	{ { "1", "1", "0001", "2pm" }, true, true },
	{ { "31", "12", "9999", "2pm" }, true, true },
	{ { "1", "1", "1970", "midnight" }, false, true },
	{ { "31", "12", "1899", "2pm" }, true, true },
	{ { "31", "12", "2199", "11:59pm" }, false, false },
	{ { "28", "3", "2027", "1:30am" }, false, true },
	{ { "31", "10", "2027", "1:30am" }, false, true },
	{ { "", "2", "2027", "" }, true, true },
	{ { "x", "July", "27", "25:00" }, true, true },
};

static struct arena *arena;
static struct browser *browsers[ROLE_COUNT];
static const struct route_line *line;
static char path[PATH_SIZE];
static struct browser *browser;
static struct control_list form;
static int faults, forms, sent;

static int
begin(void **state)
{
	int role;

	(void)state;
	harness_begin();
	routes_ready();
	for (role = 1; role < ROLE_COUNT; role++)
		browsers[role] = browser_signed_in(route_roles[role].email);
	sql_run("CREATE SEQUENCE form_saved");
	sql_run("CREATE FUNCTION form_saved_undo() RETURNS trigger"
		" LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN"
		" PERFORM nextval('public.form_saved');"
		" RAISE EXCEPTION 'good' USING ERRCODE = 'TEST1'; END $$");
	sql_run("CREATE TRIGGER form_saved BEFORE INSERT OR UPDATE"
		" ON vault.once_key FOR EACH ROW"
		" EXECUTE FUNCTION form_saved_undo()");
	return 0;
}

static int
end(void **state)
{
	int role;

	(void)state;
	for (role = 1; role < ROLE_COUNT; role++)
		browser_free(browsers[role]);
	harness_end();
	return 0;
}

static void
fault_tell(const struct control *spoilt, const char *what)
{
	print_error("POST %s, %s = \"%.40s\": %s (status %d)\n", line->path,
	    spoilt != NULL ? spoilt->name : "as it is",
	    spoilt != NULL ? spoilt->value : "", what, browser->status);
	faults++;
}

static int64_t
saved_count(void)
{
	return sql_number("SELECT CASE WHEN is_called THEN last_value ELSE 0"
			  " END FROM form_saved");
}

static bool
ends_with(const char *text, const char *ending)
{
	size_t length = strlen(text), size = strlen(ending);

	return length >= size && strcmp(text + length - size, ending) == 0;
}

/* Whether the value that was sent stands in the page's form again. */
static bool
is_kept(struct control_list shown, const struct control *control)
{
	size_t i;

	for (i = 0; i < shown.count; i++)
		if (shown.row[i].is_on &&
		    strcmp(shown.row[i].name, control->name) == 0 &&
		    strcmp(shown.row[i].value, control->value) == 0)
			return true;
	return false;
}

/* What cannot be shown again: nothing, tokens, an answer never offered. */
static bool
may_be_lost(const struct control *control, const struct control *spoilt)
{
	if (!control->is_on || *control->value == '\0')
		return true;
	if (control->kind == CONTROL_RADIO || control->kind == CONTROL_CHECKBOX)
		return control == spoilt;
	return control->kind != CONTROL_TEXT;
}

/* The errors of the summary lead to something on the page. */
static bool
errors_lead(const char *page)
{
	static const char start[] = "<li><a href=\"#";
	const char *at = strstr(page, "govuk-error-summary__list");
	const char *end = at != NULL ? strstr(at, "</ul>") : NULL;
	int count = 0;

	if (end == NULL)
		return false;
	while ((at = strstr(at, start)) != NULL && at < end) {
		at += strlen(start);
		if (strstr(page, arena_printf(arena, " id=\"%.*s\"",
				     (int)strcspn(at, "\""), at)) == NULL)
			return false;
		count++;
	}
	return count > 0;
}

static void
refused_check(const struct control *spoilt)
{
	struct control_list shown = controls_read(arena, browser->page, path);
	size_t i;

	if (!errors_lead(browser->page))
		fault_tell(spoilt, "no message that leads to its field");
	for (i = 0; i < form.count; i++)
		if (!may_be_lost(&form.row[i], spoilt) &&
		    !is_kept(shown, &form.row[i]))
			fault_tell(spoilt, arena_printf(arena, "%s is lost",
					       form.row[i].name));
}

/* Sends the form as it stands; true when it would have been saved. */
static bool
form_send(const struct control *spoilt, const char *more)
{
	int64_t before = saved_count();
	const char *fault = NULL;
	bool is_hidden = spoilt != NULL && spoilt->kind == CONTROL_HIDDEN;

	browser_post_body(browser, path,
	    arena_printf(arena, "%s%s", controls_body(arena, form), more));
	sent++;
	if (saved_count() > before)
		return true;
	if (strncmp(browser->page, "<!", 2) == 0)
		fault = html_fault(arena, browser->page);
	if (fault != NULL)
		fault_tell(spoilt, fault);
	if (browser->status == 422)
		refused_check(spoilt);
	else if (browser->status >= 500)
		fault_tell(spoilt, "an error page");
	else if (browser->status != 200 && !is_hidden)
		fault_tell(spoilt, "neither saved nor refused");
	return false;
}

/* Sends what no form may take, or what some may. */
static void
spoilt_send(const struct control *spoilt, bool is_never_good)
{
	bool is_saved = form_send(spoilt, "");

	if (is_never_good && spoilt->kind != CONTROL_HIDDEN &&
	    (is_saved || browser->status == 200))
		fault_tell(spoilt, "is taken");
}

/* What is asked for once may come once. */
static void
twice_send(const struct control *control)
{
	const char *again = arena_printf(
	    arena, "&%s=again&%s=twice", control->name, control->name);

	if (form_send(control, again) && control->kind != CONTROL_HIDDEN)
		fault_tell(control, "is taken though it came twice");
}

static bool
is_token(const struct control *control)
{
	return strcmp(control->name, "csrf") == 0 ||
	       strcmp(control->name, "once") == 0;
}

/* The first of its name: a group is spoilt once. */
static bool
is_first(size_t index)
{
	size_t i;

	for (i = 0; i < index; i++)
		if (strcmp(form.row[i].name, form.row[index].name) == 0)
			return false;
	return true;
}

static void
group_spoil(size_t index)
{
	static const char *const picks[] = { "not offered", "", "bell\x07",
		"two\nlines" };
	struct control *kept = arena_array(arena, form.count, sizeof(*kept));
	size_t i, j;

	memcpy(kept, form.row, form.count * sizeof(*kept));
	for (i = 0; i < form.count; i++)
		if (strcmp(form.row[i].name, kept[index].name) == 0)
			form.row[i].is_on = i == index;
	for (j = 0; j < sizeof(picks) / sizeof(picks[0]); j++) {
		form.row[index].value = picks[j];
		spoilt_send(&form.row[index], *picks[j] != '\0');
	}
	memcpy(form.row, kept, form.count * sizeof(*kept));
	if (form.row[index].kind == CONTROL_RADIO)
		twice_send(&form.row[index]);
}

static void
text_spoil(struct control *control)
{
	const char *kept = control->value;
	char *longest = arena_alloc(arena, SPOILT_LONG + 1);
	size_t i;

	for (i = 0; i < sizeof(spoils) / sizeof(spoils[0]); i++) {
		control->value = spoils[i].value;
		spoilt_send(control, spoils[i].is_never_good);
	}
	memset(longest, 'x', SPOILT_LONG);
	longest[SPOILT_LONG] = '\0';
	control->value = longest;
	spoilt_send(control, true);
	control->value = kept;
	twice_send(control);
}

static struct control *
control_find(const char *name, const char *ending)
{
	const char *whole = arena_printf(arena, "%s%s", name, ending);
	size_t i;

	for (i = 0; i < form.count; i++)
		if (strcmp(form.row[i].name, whole) == 0)
			return &form.row[i];
	return NULL;
}

/* The parts of a date together; `day` is the first of them. */
static void
date_spoil(struct control *day)
{
	static const char *const endings[] = { "-day", "-month", "-year",
		"-time" };
	const char *name = arena_strndup(
	    arena, day->name, strlen(day->name) - strlen("-day"));
	struct control *parts[4];
	const char *kept[4];
	size_t i, j;

	for (j = 0; j < 4; j++) {
		parts[j] = control_find(name, endings[j]);
		kept[j] = parts[j] != NULL ? parts[j]->value : NULL;
	}
	for (i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		for (j = 0; j < 4; j++)
			if (parts[j] != NULL)
				parts[j]->value = dates[i].part[j];
		spoilt_send(day, parts[3] != NULL ? dates[i].is_no_instant
						  : dates[i].is_no_date);
	}
	for (j = 0; j < 4; j++)
		if (parts[j] != NULL)
			parts[j]->value = kept[j];
}

/* An instant is typed as in twenty hours: soon enough for a rapid start. */
static void
instant_fill(struct control *control)
{
	const char *part = strrchr(control->name, '-') + 1;
	const char *format = strcmp(part, "day") == 0     ? "DD"
	                     : strcmp(part, "month") == 0 ? "MM"
	                     : strcmp(part, "year") == 0  ? "YYYY"
	                                                  : "HH24:MI";

	control->value = arena_strdup(
	    arena, sql_text("SELECT to_char((clock_now() + interval"
			    " '20 hours') AT TIME ZONE 'Europe/London', '%s')",
		       format));
}

static void
text_fill(struct control *control)
{
	size_t i;

	if (*control->value != '\0')
		return;
	control->value = "Some words";
	if (strncmp(control->name, "start_at-", 9) == 0 ||
	    strncmp(control->name, "start_wanted-", 13) == 0) {
		instant_fill(control);
		return;
	}
	for (i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (ends_with(line->path, good[i].path) &&
		    ends_with(control->name, good[i].name)) {
			control->value = good[i].value;
			return;
		}
}

static bool
must_be_picked(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(picked) / sizeof(picked[0]); i++)
		if (strcmp(picked[i], name) == 0)
			return true;
	return false;
}

/* Whether a group has its answer; the blank line of a list may be one. */
static bool
is_answered(const struct control *control)
{
	bool is_blank_good = !must_be_picked(control->name);
	size_t i;

	for (i = 0; i < form.count; i++)
		if (form.row[i].is_on &&
		    strcmp(form.row[i].name, control->name) == 0 &&
		    (is_blank_good || *form.row[i].value != '\0'))
			return true;
	return false;
}

/* Picks one of a group in place of all of it. */
static void
group_pick(struct control *control)
{
	size_t i;

	for (i = 0; i < form.count; i++)
		if (strcmp(form.row[i].name, control->name) == 0)
			form.row[i].is_on = &form.row[i] == control;
}

static void
form_fill(void)
{
	size_t i;

	for (i = 0; i < form.count; i++) {
		struct control *control = &form.row[i];

		if (control->kind == CONTROL_TEXT)
			text_fill(control);
		else if (control->kind == CONTROL_RADIO ||
			 must_be_picked(control->name))
			if (!is_answered(control) && *control->value != '\0')
				group_pick(control);
	}
}

/* Gives the answer that a field is read under, where there is one. */
static void
field_reveal(const struct control *control)
{
	size_t i, j;

	for (i = 0; i < sizeof(revealed) / sizeof(revealed[0]); i++)
		for (j = 0; j < form.count; j++)
			if (strcmp(control->name, revealed[i].name) == 0 &&
			    strcmp(form.row[j].name, revealed[i].group) == 0 &&
			    strcmp(form.row[j].value, revealed[i].answer) == 0)
				group_pick(&form.row[j]);
}

/* A typed field, spoilt under the answer that it is read under. */
static void
typed_spoil(size_t index)
{
	struct control *kept = arena_array(arena, form.count, sizeof(*kept));

	memcpy(kept, form.row, form.count * sizeof(*kept));
	field_reveal(&form.row[index]);
	if (ends_with(form.row[index].name, "-day"))
		date_spoil(&form.row[index]);
	else
		text_spoil(&form.row[index]);
	memcpy(form.row, kept, form.count * sizeof(*kept));
}

static void
form_spoil(void)
{
	size_t i, spoilt = 0;
	struct buffer more;

	for (i = 0; i < form.count && spoilt < MOST_SPOILT; i++) {
		struct control *control = &form.row[i];

		if (is_token(control) || !is_first(i))
			continue;
		spoilt++;
		if (control->kind == CONTROL_RADIO ||
		    control->kind == CONTROL_CHECKBOX)
			group_spoil(i);
		else
			typed_spoil(i);
	}
	more = buffer_new(arena, 4096, 65536);
	for (i = 0; i < TOO_MANY_FIELDS; i++)
		buffer_text(&more, "&x=1");
	browser_post_body(browser, path,
	    arena_printf(arena, "%s%s", controls_body(arena, form), more.data));
	if (browser->status != 400)
		fault_tell(NULL, "more fields than any form has");
}

/* The first role that may send the form. */
static int
role_of(void)
{
	int role;

	for (role = 1; role < ROLE_COUNT; role++)
		if (line->status[role] != 403)
			return role;
	return 0;
}

static bool
form_has(enum control_kind kind)
{
	size_t i;

	for (i = 0; i < form.count; i++)
		if (form.row[i].kind == kind)
			return true;
	return false;
}

/* Not one that only has a button. */
static bool
form_is_filled_in(void)
{
	return form_has(CONTROL_TEXT) || form_has(CONTROL_RADIO) ||
	       form_has(CONTROL_CHECKBOX);
}

/*
 * Whether what is good in a form depends on other answers of it, as reasons for
 * withholding do: pages/informationrequests sends those as they are good.
 */
static bool
hangs_together(void)
{
	return strstr(path, "/information-requests/") != NULL;
}

static void
route_check(void)
{
	int role = role_of();

	browser = browsers[role];
	path[0] = '\0';
	route_path_fill(path, line->path, route_roles[role].is_provider, false);
	browser_get(browser, path);
	if (browser->status != 200)
		return;
	arena = arena_new(256 * 1024 * 1024);
	form = controls_read(arena, browser->page, path);
	if (form_is_filled_in()) {
		forms++;
		form_fill();
		if (!form_send(NULL, "") && browser->status != 200 &&
		    !form_has(CONTROL_PASSWORD) && !hangs_together())
			fault_tell(NULL, "a good form is not saved");
		form_spoil();
	}
	arena_free(arena);
}

static void
every_field_may_be_wrong(void **state)
{
	FILE *file = fopen(ROUTES_TABLE, "r");
	char text[LINE_SIZE];
	struct route_line read;

	(void)state;
	assert_non_null(file);
	line = &read;
	while (fgets(text, sizeof(text), file) != NULL)
		if (route_line_read(text, &read) &&
		    strcmp(read.method, "POST") == 0)
			route_check();
	fclose(file);
	print_message("%d forms were sent %d times\n", forms, sent);
	assert_int_equal(faults, 0);
	assert_true(forms >= 50);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_may_be_wrong),
	};

	return cmocka_run_group_tests_name("wrong_input", tests, begin, end);
}
