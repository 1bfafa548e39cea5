/* Facts and gates in words. */
#include <inttypes.h>

#include "base/arena.h"
#include "gates/gates.h"
#include "matching/gates.h"

/* How the value of a kind is written; the others are accepted or not. */
static const struct {
	const char *kind;
	const char *before;
	const char *after;
} units[] = {
	{ "weekly_hours", "", " hours a week" },
	{ "public_liability", "£", "" },
	{ "employers_liability", "£", "" },
	{ "professional_liability", "£", "" },
	{ "medical_malpractice", "£", "" },
	{ "people_supported", "", " people" },
};

const char *
fact_label(struct request *r, const char *kind)
{
	enum fact_kind found;
	char *label;

	if (!fact_kind_of(kind, &found))
		return kind;
	label = arena_strdup(r->arena, fact_kind_name(found));
	if (*label >= 'a' && *label <= 'z')
		*label = (char)(*label - 'a' + 'A');
	return label;
}

static const char *
rating_text(int64_t value)
{
	static const char *const ratings[] = {
		[RATING_NOT_YET] = "Not yet rated",
		[RATING_INADEQUATE] = "Inadequate",
		[RATING_REQUIRES_IMPROVEMENT] = "Requires improvement",
		[RATING_GOOD] = "Good",
		[RATING_OUTSTANDING] = "Outstanding",
	};

	return value >= RATING_NOT_YET && value <= RATING_OUTSTANDING
	           ? ratings[value]
	           : "Not known";
}

const char *
fact_value_text(struct request *r, const char *kind, int64_t value)
{
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (text_equal(units[i].kind, kind))
			return arena_printf(r->arena, "%s%s%s", units[i].before,
			    text_number(r->arena, value), units[i].after);
	if (text_equal(kind, "rating"))
		return rating_text(value);
	return value != 0 ? "Accepted" : "Not accepted";
}

const char *
gate_asks_text(struct request *r, const struct framework_gate *gate)
{
	const char *value = fact_value_text(
	    r, gate->fact_kind, gate->threshold);

	if (text_equal(gate->test, "absent"))
		return "None in force";
	if (text_equal(gate->test, "at_most"))
		return arena_printf(r->arena, "At most %s", value);
	if (text_equal(gate->test, "held_for"))
		return gate->threshold == 0
		           ? "In force"
		           : arena_printf(r->arena,
				 "In force for at least %" PRId64 " months",
				 gate->threshold);
	return text_equal(value, "Accepted") ||
	               text_equal(value, "Not accepted")
	           ? "Accepted"
	           : arena_printf(r->arena, "At least %s", value);
}

const char *
gate_kinds_text(struct request *r, struct gate_service_kind_list kinds,
    struct int64_list ids)
{
	const char *text = "";

	if (ids.count == 0)
		return "All kinds of service";
	for (size_t i = 0; i < kinds.count; i++)
		for (size_t j = 0; j < ids.count; j++)
			if (kinds.row[i].id == ids.row[j])
				text = arena_printf(r->arena, "%s%s%s", text,
				    *text != '\0' ? ", " : "",
				    kinds.row[i].label);
	return text;
}
