/* What the pages about people show, and in which words. */
#ifndef ACCOUNTS_PEOPLE_H
#define ACCOUNTS_PEOPLE_H

#include "accounts/accounts.sql.h"
#include "base/form.h"

/* One page of the list of people. */
struct people {
	struct person_list list;
	const char *search; /* NULL = all */
	const char *state;  /* one of people_states */
	int64_t count;
	int32_t page;
	int32_t pages;
};

/* What the list may be narrowed to; the first is what it begins with. */
extern const struct choice_list people_states;

/* "3 people", "1 person": roles that fit the filter. */
const char *people_caption(struct request *r, const struct people *people);

/* "Active", "Invited" or "Ended", and the colour of its tag. */
const char *person_state(const struct person *person);
const char *person_state_colour(const struct person *person);

/* The page of the person, in the arena. */
const char *person_href(struct request *r, const struct person *person);

/* "3 December 2026 at 2:30pm, by Ida Fenn", in the arena. */
const char *role_invited_text(struct request *r, const struct person *person);

/* What the button says that ends a role or takes an invitation back. */
const char *role_end_text(struct request *r, const struct person *person);

/* One line about what a role is for; NULL for an unknown one. */
const char *role_hint(const char *role);

#endif
