/* What the pages of a bundle of offers show. */
#ifndef OFFERS_BUNDLE_VIEWS_H
#define OFFERS_BUNDLE_VIEWS_H

#include "offers/bundles.h"
#include "offers/views.h"

/* One package of it; names are of fields in the forms of an answer. */
struct bundle_line {
	const struct bundle_part *part;
	const struct offer_view *view;
	const char *start_name;
	const char *introduced_name;
};

struct bundle_line_list {
	const struct bundle_line *row;
	size_t count;
};

struct bundle_view {
	const struct bundle_page *bundle;
	struct bundle_line_list lines;
	const struct offer_view *first; /* whose policy is that of all */
	int64_t week_pence;             /* of all; 0 = comes with the reply */
	bool is_open;                   /* all can still be answered */
	bool is_staff;
	bool may_record;  /* the role may write down a reply, and it is open */
	const char *lead; /* path before /accept: "/offers/bundles/B..." */
};

/* NULL when an offer of it is not there for this session. In the arena. */
const struct bundle_view *bundle_view_load(
    struct request *r, const struct bundle_page *bundle);

const char *bundle_act_href(
    struct request *r, const struct bundle_view *view, const char *act);

/* One sentence on the one rate for all, with its limits. */
const char *bundle_rate_hint(struct request *r, const struct bundle_view *view);

/* When the start of one is wanted; nobody else is asked to start sooner. */
const char *bundle_start_hint(
    struct request *r, const struct bundle_line *line);

/* "3 packages of care" */
const char *bundle_packages_text(
    struct request *r, const struct bundle_page *bundle);

/* What became of it, "Answered" where its offers stand differently. */
const char *bundle_label(const struct bundle_page *bundle);

/* What is to do, or what follows, in a sentence or two. */
const char *bundle_text(struct request *r, const struct bundle_view *view);

/*
 * How far the two farthest packages are from each other, to whole miles, as
 * their postcode sectors say; a house is given away by neither.
 */
const char *bundle_apart_text(
    struct request *r, const struct bundle_page *bundle);

#endif
