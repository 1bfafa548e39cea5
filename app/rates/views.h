/* What the pages of rate cards share: loading, states, cards in plain words. */
#ifndef RATES_VIEWS_H
#define RATES_VIEWS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/reply.h"
#include "base/text.h"
#include "rates/rate_documents.h"
#include "rates/rates.sql.h"

struct request;

/* One version of a rate card, as the path names it. */
struct rate_view {
	const struct rate_named *card; /* NULL: absent or another's */
	const struct rate_version_row *version;
	const struct rate_document *document; /* with one card */
	bool may_write;
};

/* The card of ":reference"; its version stays NULL. */
struct rate_view rate_view_load(struct request *r);

/* With the version of ":number"; card NULL when there is none. */
struct rate_view rate_view_version(struct request *r);

/* As that, but NULL too when it is no draft. */
struct rate_view rate_view_draft(struct request *r);

/* With the version in force on a day; its version NULL when there is none. */
struct rate_view rate_view_on(struct request *r, int32_t date);

/* The one card of the version. */
const struct rate_card *rate_view_card(const struct rate_view *view);

/* Made ready, with the bank holidays kept here. */
struct rates *rate_view_rates(struct request *r, const struct rate_view *view);

/* Today in London. */
int32_t rate_today(const struct request *r);

/* "Draft", "In force", "In force from 3 May 2027", "No longer in force" */
const char *rate_state(
    struct request *r, const struct rate_version_row *version);
const char *rate_colour(const struct rate_version_row *version);
const char *rate_entry_state(struct request *r, const struct rate_entry *entry);
const char *rate_entry_colour(const struct rate_entry *entry);

/* "Support at home framework and Spot list", "Nothing" */
const char *rate_used_text(struct request *r, struct text_list frameworks);

/* "3 May 2027 to 2 May 2028", or "From 3 May 2027 on" without a last day. */
const char *rate_days_text(
    struct request *r, const struct rate_version_row *version);

/* "/rates/K.../versions/3" */
const char *rate_path(struct request *r, const struct rate_view *view);

/* Writes the audit of an act on a version of a card. */
void rate_audit(
    struct request *r, const struct rate_view *view, const char *act);

/* A band, or a row of rates, with what it comes to. */
struct rate_band_line {
	const char *length;
	const char *share;
	const char *price;
};

struct rate_band_line_list {
	const struct rate_band_line *row;
	size_t count;
};

struct rate_row_line {
	const char *area;
	const char *rurality;
	const char *need;
	const char *hourly;
};

struct rate_row_line_list {
	const struct rate_row_line *row;
	size_t count;
};

/* What a visit of a usual length comes to, and whether leaving early pays. */
struct rate_length_line {
	const char *length;
	const char *price;
	const char *hourly;
	const char *early;
};

struct rate_length_line_list {
	const struct rate_length_line *row;
	size_t count;
};

/* A card opened in plain words. */
struct rate_sheet {
	const char *hourly; /* a sentence */
	struct rate_band_line_list bands;
	struct rate_length_line_list lengths;
	struct rate_row_line_list rows;
	struct text_list premiums; /* and the rest, a sentence each */
	struct text_list limits;
	struct text_list absences;
	const char *block;
};

struct rate_sheet rate_sheet_of(
    struct request *r, const struct rate_view *view);

#endif
