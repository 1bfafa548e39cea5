/* Words and checks of the register; no page and no change here. */
#include "providers/providers.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/money.h"

const struct choice organisation_kinds[] = {
	{ "company", "Company", NULL },
	{ "charity", "Charity", NULL },
	{ "limited_by_guarantee", "Company limited by guarantee", NULL },
	{ "community_interest", "Community interest company", NULL },
	{ "partnership", "Partnership", NULL },
	{ "sole_trader", "Sole trader", NULL },
	{ "micro_enterprise", "Micro-enterprise",
	    "One or two people who receive care" },
	{ "public_body", "Public body", NULL },
	{ NULL, NULL, NULL },
};

const struct choice office_kinds[] = {
	{ "registered", "Registered office", NULL },
	{ "trading", "Trading address", NULL },
	{ "branch", "Branch", NULL },
	{ NULL, NULL, NULL },
};

const struct choice cqc_ratings[] = {
	{ "outstanding", "Outstanding", NULL },
	{ "good", "Good", NULL },
	{ "requires_improvement", "Requires improvement", NULL },
	{ "inadequate", "Inadequate", NULL },
	{ "not_yet_rated", "Not yet rated", NULL },
	{ NULL, NULL, NULL },
};

const struct choice contract_kinds[] = {
	{ "framework", "Framework", NULL },
	{ "lead", "Lead provider", NULL },
	{ "spot", "Spot provider", NULL },
	{ NULL, NULL, NULL },
};

const struct choice member_states[] = {
	{ "active", "Active", "May be asked" },
	{ "suspended", "Suspended",
	    "Not asked for now; care in place goes on" },
	{ "removed", "Removed", "Taken off the framework by the council" },
	{ "left", "Left", "Left the framework by its own wish" },
	{ NULL, NULL, NULL },
};

const struct choice weekday_choices[] = {
	{ "monday", "Monday", NULL },
	{ "tuesday", "Tuesday", NULL },
	{ "wednesday", "Wednesday", NULL },
	{ "thursday", "Thursday", NULL },
	{ "friday", "Friday", NULL },
	{ "saturday", "Saturday", NULL },
	{ "sunday", "Sunday", NULL },
	{ NULL, NULL, NULL },
};

const struct choice spare_choices[] = {
	{ "yes", "Has spare hours", NULL },
	{ "no", "Has none", NULL },
	{ NULL, NULL, NULL },
};

const struct choice visit_choices[] = {
	{ "passed", "Passed", NULL },
	{ "not_passed", "Not passed", NULL },
	{ NULL, NULL, NULL },
};

const struct term_kind member_term_kinds[] = {
	{ "service_kind", "Service kinds" },
	{ "service_user_group", "Service-user groups" },
	{ "specialism", "Specialisms" },
	{ "language", "Languages" },
	{ "culture", "Cultures" },
	{ "carer_gender", "Care workers" },
	{ "two_carers", "Two at once" },
	{ "medication_level", "Medicines" },
	{ "moving_handling", "Moving and handling" },
};

const size_t member_term_kind_count = sizeof(member_term_kinds) /
                                      sizeof(member_term_kinds[0]);

struct choice_list
choice_list_of(const struct choice *choices)
{
	struct choice_list list = { choices, 0 };

	while (choices[list.count].value != NULL)
		list.count++;
	return list;
}

const char *
choice_label(const struct choice *choices, const char *value)
{
	for (; choices->value != NULL; choices++)
		if (text_equal(choices->value, value))
			return choices->label;
	return value;
}

const char *
rating_label(const char *rating)
{
	if (text_is_empty(rating))
		return "Not yet rated";
	return choice_label(cqc_ratings, rating);
}

const char *
rating_labels(struct arena *arena, struct text_list ratings)
{
	struct buffer out = buffer_new(arena, 64, 1024);
	size_t i;

	for (i = 0; i < ratings.count; i++)
		buffer_printf(&out, "%s%s", i > 0 ? ", " : "",
		    rating_label(ratings.row[i]));
	return ratings.count > 0 ? out.data : "No location";
}

const char *
visit_text(int32_t passed_on, bool is_current_provider)
{
	if (passed_on != 0)
		return "Passed";
	return is_current_provider ? "Not needed" : "Not passed";
}

const char *
visit_colour(int32_t passed_on, bool is_current_provider)
{
	if (passed_on != 0)
		return "green";
	return is_current_provider ? "blue" : "yellow";
}

const char *
member_state_colour(const char *state)
{
	if (text_equal(state, "active"))
		return "green";
	return text_equal(state, "suspended") ? "orange" : "grey";
}

const char *
call_days_text(struct request *r, int32_t days)
{
	struct buffer out = buffer_new(r->arena, 64, 1024);
	int32_t first = 0, last = 6, i;

	if (days == 127)
		return "Every day";
	if (days == 0)
		return "No days";
	while ((days & 1 << first) == 0)
		first++;
	while ((days & 1 << last) == 0)
		last--;
	if (last - first >= 2 && days == (1 << (last + 1)) - (1 << first))
		return arena_printf(r->arena, "%s to %s",
		    weekday_choices[first].label, weekday_choices[last].label);
	for (i = first; i <= last; i++)
		if ((days & 1 << i) != 0)
			buffer_printf(&out, "%s%s", i > first ? ", " : "",
			    weekday_choices[i].label);
	return out.data;
}

struct text_list
call_days_list(struct request *r, int32_t days)
{
	const char **rows = arena_array(r->arena, 7, sizeof(*rows));
	struct text_list list = { rows, 0 };
	int32_t i;

	for (i = 0; i < 7; i++)
		if ((days & 1 << i) != 0)
			rows[list.count++] = weekday_choices[i].value;
	return list;
}

int32_t
call_days_bits(struct text_list values)
{
	int32_t days = 0, i;

	for (i = 0; i < 7; i++)
		if (text_list_has(values, weekday_choices[i].value))
			days |= 1 << i;
	return days;
}

const char *
call_times_text(struct request *r, const struct register_member *member)
{
	const char *days = call_days_text(r, member->call_days);

	if (!member->has_calls_from_minute || !member->has_calls_until_minute)
		return days;
	return arena_printf(r->arena, "%s, %s to %s", days,
	    time_of_day(r, member->calls_from_minute),
	    time_of_day(r, member->calls_until_minute));
}

const char *
member_parts_text(struct request *r, const struct provider_view *view,
    const struct register_member *member)
{
	struct buffer text = buffer_new(r->arena, 128, 1024);
	int64_t left = member->spare_minutes;

	for (size_t i = 0; i < view->day_parts.count; i++) {
		const struct register_day_part *part = &view->day_parts.row[i];

		if (part->council_id != member->council_id ||
		    part->member_id != member->id)
			continue;
		left -= part->spare_minutes;
		buffer_printf(&text, "%s%s %s", text.length > 0 ? ", " : "",
		    part->name, hours_text(r, part->spare_minutes));
	}
	if (text.length > 0 && left > 0)
		buffer_printf(&text, ", at any time %s", hours_text(r, left));
	return text.data;
}

const char *
member_rate_text(struct request *r, const struct register_member *member)
{
	if (member->has_hourly_rate_pence)
		return arena_printf(r->arena, "%s an hour",
		    money(r, member->hourly_rate_pence));
	if (member->has_card_rate_pence)
		return arena_printf(r->arena, "%s an hour (the rate card)",
		    money(r, member->card_rate_pence));
	return "Not known";
}

static size_t
digits_at(const char *text)
{
	return strspn(text, "0123456789");
}

bool
company_number_is_one(const char *text)
{
	size_t letters = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");

	if (strlen(text) != 8 || (letters != 0 && letters != 2))
		return false;
	return digits_at(text + letters) == 8 - letters;
}

bool
charity_number_is_one(const char *text)
{
	size_t main_digits = digits_at(text), linked;

	if (main_digits < 6 || main_digits > 8)
		return false;
	text += main_digits;
	if (*text == '\0')
		return true;
	if (*text++ != '-')
		return false;
	linked = digits_at(text);
	return linked >= 1 && linked <= 4 && text[linked] == '\0';
}

bool
cqc_id_is_one(const char *text)
{
	size_t digits;

	if (!text_starts_with(text, "1-"))
		return false;
	digits = digits_at(text + 2);
	return digits >= 6 && digits <= 12 && text[2 + digits] == '\0';
}

bool
website_is_one(const char *text)
{
	const char *host = strstr(text, "://");
	size_t length;

	if (!text_starts_with(text, "https://") &&
	    !text_starts_with(text, "http://"))
		return false;
	host += 3;
	length = strcspn(host, "/?#:");
	return length >= 4 && memchr(host, '.', length) != NULL &&
	       strpbrk(host, " \t@<>\"'\\") == NULL && host[0] != '.' &&
	       host[length - 1] != '.';
}

static const char *
terms_find(struct register_terms_list terms,
    const struct register_member *member, const char *kind)
{
	size_t i;

	for (i = 0; i < terms.count; i++)
		if (terms.row[i].council_id == member->council_id &&
		    terms.row[i].member_id == member->id &&
		    text_equal(terms.row[i].kind, kind))
			return terms.row[i].labels;
	return "None stated";
}

struct member_terms_list
member_terms(struct request *r, const struct provider_view *view,
    const struct register_member *member)
{
	struct member_terms *rows = arena_array(
	    r->arena, member_term_kind_count, sizeof(*rows));
	size_t i;

	for (i = 0; i < member_term_kind_count; i++) {
		rows[i].code = member_term_kinds[i].code;
		rows[i].heading = member_term_kinds[i].heading;
		rows[i].labels = terms_find(
		    view->terms, member, member_term_kinds[i].code);
	}
	return (struct member_terms_list) { rows, member_term_kind_count };
}

bool
member_is_editable(struct request *r, const struct provider_view *view,
    const struct register_member *member)
{
	return view->can_edit &&
	       (view->is_own_page ||
		   member->council_id == r->session.council_id);
}

const char *
provider_caption(struct request *r, int64_t total)
{
	return arena_printf(r->arena, "%" PRId64 " %s", total,
	    total == 1 ? "provider" : "providers");
}
