/*
 * Rate cards and visits as files that councils can share: cards as JSON,
 * visits as CSV or JSON, read into what app/matching prices. What every key
 * and column means is in conf/rates/README.md.
 */
#ifndef RATES_RATE_DOCUMENTS_H
#define RATES_RATE_DOCUMENTS_H

#include "matching/block.h"
#include "matching/rates.h"

struct arena;

enum {
	RATE_DOCUMENT_MAXIMUM = 1024 * 1024,
	RATE_VISITS_MAXIMUM = 256 * 1024 * 1024,
	RATE_CARDS = 64,
};

/* The cards of one name over time, with the bank holidays they know. */
struct rate_document {
	const char *name;
	const struct rate_card *card;
	const struct block *block; /* of each card; of no seconds: none */
	size_t card_count;
	const int32_t *bank_holiday;
	size_t bank_holiday_count;
};

/*
 * Reads a document. Gives all that is wrong, in sentences that name the place
 * ("cards[0].premiums[2].percent: ..."); none when it can be used. Everything
 * lives in the arena.
 */
struct rate_faults rate_document_read(
    struct arena *arena, const char *text, struct rate_document *document);

/* A visit with what names it and where it stood. */
struct named_visit {
	const char *reference;
	struct rate_visit visit;
};

struct named_visits {
	const struct named_visit *row;
	size_t count;
};

/*
 * Reads visits for a document's areas, needs and so on from the text of a
 * file: JSON where its name ends in .json, CSV otherwise. Faults begin with
 * the file and its line ("visits.csv:3: date: ...") or the place in its list
 * ("visits.json: [2]: date: ..."), the first of them only when there are many.
 */
struct rate_faults rate_visits_read(struct arena *arena, const char *file,
    const char *text, const struct rate_document *document,
    struct named_visits *visits);

/* One week of visits against the block hours of its card. */
struct rate_week {
	int32_t monday;
	const struct block *block;
	struct block_week week;
};

struct rate_weeks {
	const struct rate_week *row;
	size_t count;
};

/*
 * The weeks, from Monday, that have visits and block hours, first to last, in
 * the arena. The card of a week is the one in force on its Monday, or else on
 * the first day of it that has one.
 */
struct rate_weeks rate_weeks(struct arena *arena,
    const struct rate_document *document, const struct named_visits *visits);

#endif
