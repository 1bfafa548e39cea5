/*
 * What the readers of rate documents share: values that are written in more
 * than one kind of file.
 */
#ifndef RATES_READING_H
#define RATES_READING_H

#include "base/document.h"
#include "rates/rate_documents.h"

struct rate_faults reading_faults(const struct reading *reading);

/* "2024-04-01" as days since 1970. */
bool reading_date(const char *text, int32_t *date);

/* "35:59" minutes and seconds, or "35" minutes, as seconds. */
bool reading_length(const char *text, int32_t *seconds);

/* Sets where the clocks change within a visit that begins at an instant. */
void reading_shift(struct rate_visit *visit, int64_t instant);

/* A name's index, or RATE_NONE. */
int reading_name(const struct rate_names *names, const char *name);

/* "urban", "semi-rural" or "rural" as enum rate_rurality, or RATE_NONE. */
int reading_rurality(const char *name);

/* The names as "a, b and c", for faults. */
const char *reading_names(struct arena *arena, const struct rate_names *names);

#endif
