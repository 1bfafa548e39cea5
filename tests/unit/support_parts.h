/*
 * How the options of each component of govuk-frontend become the arguments
 * of our part.
 */
#ifndef TESTS_SUPPORT_PARTS_H
#define TESTS_SUPPORT_PARTS_H

#include <stddef.h>

#include "support_fixtures.h"

struct request;

struct drawing {
	const char *component; /* the folder of its fixtures */
	/* Draws into r->out and takes the options that it understood. */
	void (*draw)(struct request *r, json_t *options);
};

extern const struct drawing drawings[];
extern const size_t drawing_count;

/* Those of fields, in support_fields.c. */
void draw_label(struct request *r, json_t *options);
void draw_hint(struct request *r, json_t *options);
void draw_error_message(struct request *r, json_t *options);
void draw_fieldset(struct request *r, json_t *options);
void draw_input(struct request *r, json_t *options);
void draw_password_input(struct request *r, json_t *options);
void draw_textarea(struct request *r, json_t *options);
void draw_character_count(struct request *r, json_t *options);
void draw_select(struct request *r, json_t *options);
void draw_radios(struct request *r, json_t *options);
void draw_checkboxes(struct request *r, json_t *options);
void draw_date_input(struct request *r, json_t *options);

#endif
