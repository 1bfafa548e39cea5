/* The words in which pages tell about people and their roles. */
#include "accounts/people.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"
#include "permissions.h"

static const struct choice states[] = {
	{ "current", "Active and invited", NULL },
	{ "invited", "Invited", NULL },
	{ "ended", "Ended", NULL },
};

const struct choice_list people_states = { states,
	sizeof(states) / sizeof(states[0]) };

static const struct choice hints[] = {
	{ "council_administrator", "", "Manages accounts and the register" },
	{ "broker", "", "Enters packages, sends offers and places people" },
	{ "commissioner", "",
	    "Oversees packages and the market, approves exceptions" },
	{ "auditor", "", "Reads everything, changes nothing" },
	{ "provider_owner", "",
	    "Answers offers, and manages details and people" },
	{ "provider_manager", "", "Answers offers and sees placements" },
};

const char *
people_caption(struct request *r, const struct people *people)
{
	return arena_printf(r->arena, "%" PRId64 " %s", people->count,
	    people->count == 1 ? "account" : "accounts");
}

const char *
person_state(const struct person *person)
{
	if (person->ended_at != 0)
		return "Ended";
	return person->started_at != 0 ? "Active" : "Invited";
}

const char *
person_state_colour(const struct person *person)
{
	if (person->ended_at != 0)
		return "grey";
	return person->started_at != 0 ? "green" : "blue";
}

const char *
person_href(struct request *r, const struct person *person)
{
	return arena_printf(r->arena, "/accounts/%s", person->reference);
}

const char *
role_invited_text(struct request *r, const struct person *person)
{
	if (person->invited_by == NULL)
		return at(r, person->invited_at);
	return arena_printf(r->arena, "%s, by %s", at(r, person->invited_at),
	    person->invited_by);
}

const char *
role_end_text(struct request *r, const struct person *person)
{
	return arena_printf(r->arena,
	    person->started_at != 0 ? "End the role %s"
				    : "Withdraw the invitation as %s",
	    role_label(person->role));
}

const char *
role_hint(const char *role)
{
	size_t i;

	for (i = 0; i < sizeof(hints) / sizeof(hints[0]); i++)
		if (text_equal(hints[i].value, role))
			return hints[i].hint;
	return NULL;
}
