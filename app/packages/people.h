/* The form of a person, shared by the search and the pages of people. */
#ifndef PACKAGES_PEOPLE_H
#define PACKAGES_PEOPLE_H

#include "base/form.h"
#include "base/reply.h"
#include "packages/people.sql.h"

struct person_form {
	const char *person_number;
	const char *given_name;
	const char *family_name;
	const char *called;
	int32_t born_on;
	const char *address;
	const char *postcode;
	const char *telephone;
	const char *gp_name;
	const char *gp_telephone;
	const char *communication_needs;
	bool is_another; /* none of the people found is the same */
};

/* The page for a new person, with what was typed into the search. */
struct reply person_new_from(struct request *r);

/* How many contacts are of a kind. */
size_t contact_count(struct contact_list contacts, const char *kind);

/* Audits that the people found were shown to somebody. */
void people_found_audit(struct request *r, struct person_match_list found);

/* The person of the path; NULL when there is none. */
const struct care_person *person_open(struct request *r);

/* The same, locked for a change. */
const struct care_person *person_take(struct request *r);

/* Back to the package that the person was opened from, or the person. */
const char *person_home(struct request *r, const char *reference);

/* 409: somebody else has saved the person since the form was opened. */
struct reply person_conflict(struct request *r,
    const struct care_person *person, const char *title,
    const struct form *mine, const struct form *theirs);

/* A new draft for a person; leads to its task list. */
struct reply package_begin(struct request *r, const char *person_reference);

#endif
