/* What the files of the form engine share; nobody else includes it. */
#ifndef BASE_FORM_READ_H
#define BASE_FORM_READ_H

#include "base/form.h"

/*
 * Reads what `field` holds raw into its member of `values`, or adds its
 * message; a field that has one already is only emptied. `password` is the
 * raw text of a FIELD_PASSWORD, which the field itself does not keep.
 */
void form_field_read(struct form *form, struct form_field *field,
    const char *password, void *values);

/* The message for what was left out, or is not among the choices. */
const char *form_missing(struct form *form, const struct field *field);

/* What a message begins with: "Start date". */
const char *form_subject(const struct field *field);

bool form_has_choice(struct choice_list choices, const char *value);

/* A month by its number or its English name, of three letters or more. */
bool month_parse(const char *text, int64_t *month);

/* A copy in NFC with LF as line end, without blanks at both ends. */
char *form_text_normal(struct arena *arena, const char *raw);

/* Whether a raw text has more than blanks. */
bool form_text_is_filled(const char *raw);

/*
 * Whether a text holds controls other than LF and TAB, characters that turn
 * the direction of what follows, or code points that are no characters.
 */
bool form_text_has_controls(const char *text);

/* Whether a text runs over lines; U+2028 and U+2029 end one too. */
bool form_text_has_lines(const char *text);

#endif
