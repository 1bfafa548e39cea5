/*
 * Coverage: hours that wait for a provider against hours that providers offer,
 * by area, in any scheme of areas and under any cap. Looking changes nothing.
 * Also the schemes that commissioners draw up to look at.
 */
#ifndef COVERAGE_H
#define COVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/form.h"
#include "base/html.h"
#include "coverage/coverage.sql.h"
#include "matching/cover.h"

struct arena;
struct request;

enum { COVERAGE_CAP_MAXIMUM = 50 };

/* What is asked for: the codes are those of the lists. */
struct coverage_question {
	const struct cover_framework *framework;
	const struct coverage_scheme *scheme;
	const char *rurality; /* only hours there; "" for all */
	int64_t cap;          /* areas that a provider may serve; 0 = any */
	int32_t today;
};

/* An area of the scheme that is shown. */
struct coverage_line {
	const char *name;
	struct cover_area now;
	struct cover_area capped; /* where there is a cap */
};

struct coverage_line_list {
	const struct coverage_line *row;
	size_t count;
};

struct coverage {
	struct coverage_line_list lines;
	struct cover_result now;
	struct cover_result capped;
	struct cover_place_list places;
	const uint32_t *shown_area; /* of each place, a line */
	size_t provider_count;
	int64_t elsewhere_minutes; /* wait in no sector of the framework */
};

/*
 * Reckons coverage of a framework; lines are the areas of the scheme in their
 * order, then, where sectors are in none of them, one for those.
 */
struct coverage coverage_reckon(
    struct request *r, const struct coverage_question *question);

/* Minutes of the gap under the cap where there is one, else now. */
int64_t coverage_gap(
    const struct coverage_question *question, const struct coverage_line *line);

/* "412.5 by 55 providers", and what the tables leave out, in a sentence. */
const char *coverage_offered_text(
    struct request *r, const struct coverage *coverage);
const char *coverage_elsewhere_text(
    struct request *r, const struct coverage *coverage);

/* "3. Fenland": as it is numbered on the map. */
const char *coverage_line_name(
    struct request *r, const struct coverage_line *line, size_t index);

/* The map with its description, and what its cells look like. */
struct coverage_picture {
	struct safe_html map;
	struct safe_html covered;
	struct safe_html short_of;
};

struct coverage_picture coverage_picture(struct request *r,
    const struct coverage_question *question, const struct coverage *coverage);

struct coverage_view {
	struct coverage_question question;
	struct coverage coverage;
	struct coverage_picture picture;
	struct choice_list frameworks;
	struct choice_list schemes;
	const char *state; /* what is shown, and whether it is in force */
	bool may_plan;
	const char *plan_href; /* of the plan that is shown, or NULL */
	const char *copy_href; /* draw a new one from what is shown */
};

/* --- Schemes that are drawn up -------------------------------------------- */

enum { PLAN_AREAS = 60, PLAN_NAME = 80 };

/* The areas of a plan as rows: one for each sector. */
struct plan_areas {
	struct text_list sectors;
	struct int64_list numbers;
	struct text_list names;
	const char *fault; /* a sentence, or NULL */
};

/*
 * Reads areas as they are typed: a line for each, "Name: AL1 1, AL1 2, SG4".
 * A first part of postcodes stands for all known sectors of it. `known`
 * ascends.
 */
struct plan_areas plan_areas_read(
    struct arena *arena, const char *text, struct cover_sector_name_list known);

/* The same areas as text, in the order of their numbers. */
const char *plan_areas_text(struct arena *arena, struct cover_shown_list shown);

#endif
