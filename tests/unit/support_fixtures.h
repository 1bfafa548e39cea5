/*
 * govuk-frontend's fixtures (options and the HTML they give) for the test of
 * our parts: taking options out of JSON, and comparing HTML by what it says.
 */
#ifndef TESTS_SUPPORT_FIXTURES_H
#define TESTS_SUPPORT_FIXTURES_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct arena;

/*
 * Takes an option ("label.text") out of a fixture and gives its text, or NULL.
 * What is still there after a part was drawn is something the part lacks.
 */
const char *option_take(struct arena *arena, json_t *options, const char *path);
bool option_take_true(json_t *options, const char *path);
int32_t option_take_number(json_t *options, const char *path);

/* An array of texts; empty, and left, when it holds anything else. */
struct text_list option_take_list(
    struct arena *arena, json_t *options, const char *path);

/* Takes classes that are PREFIXsomething alone and gives "something". */
const char *option_take_suffix(
    struct arena *arena, json_t *options, const char *path, const char *prefix);

/* The number that a text holds; 0 of NULL. */
int32_t number_of(const char *text);

/* An array below the options; its members stay to be taken. */
json_t *option_list(json_t *options, const char *path);

/* The path of the first option that nobody took, or NULL. */
const char *option_left(struct arena *arena, const json_t *options);

/*
 * HTML with attributes in alphabetical order and no white space but single
 * spaces inside of texts and values; one tag or text a line.
 */
const char *html_normal(struct arena *arena, const char *html);

#endif
