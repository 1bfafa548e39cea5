/* A form with a field of every kind, for the tests of reading. */
#ifndef SUPPORT_FORM_H
#define SUPPORT_FORM_H

#include "base/form.h"

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

struct everything {
	const char *name;
	const char *note;
	const char *email;
	const char *password;
	const char *telephone;
	const char *postcode;
	int64_t count;
	bool has_count;
	int64_t rate_pence;
	int64_t weekly_minutes;
	int32_t starts_on;
	int32_t earliest;
	bool has_earliest;
	int64_t reply_by;
	const char *area;
	struct text_list languages;
	bool agrees;
	const char *version;
};

/* "dacorum", "hertsmere". */
extern const struct choice form_areas[];
/* "en", "cy", "pl". */
extern const struct choice form_languages[];

/* What form_body read last, and from what. */
extern struct request form_request;
extern struct everything form_values;
extern struct form *form_last;

int form_setup(void **state);
int form_teardown(void **state);

/* Reads a body by a table, or by the one with every kind. */
void form_read_with(const struct field *table, const char *body);
void form_read_body(const char *body);

struct mistake {
	const char *body;
	const char *error;
};

/* Each body has one mistake, in the field called `name`. */
void form_assert_mistakes(
    const char *name, const struct mistake *mistake, size_t count);

#endif
