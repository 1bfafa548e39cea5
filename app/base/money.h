/*
 * Money is whole pence in int64_t. Rounding is half up, for amounts of nought
 * and more, and stated once here: every price in Hearth is rounded by
 * money_round and by nothing else outside app/matching.
 */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include <stdbool.h>
#include <stdint.h>

struct request;

/* numerator / denominator to the nearest whole, halves up; both >= 0. */
int64_t money_round(int64_t numerator, int64_t denominator);

/*
 * Reads "14.17", "14", "14.1" (14.10), "£1,234.50" with spaces around.
 * False for anything else: signs, exponents, three decimals, misplaced
 * commas, more than GBP 1,000,000,000.
 */
bool money_parse(const char *text, int64_t *pence);

/* "£1,234.50", and "1234.50" as it stands in a field; in the arena. */
const char *money(struct request *r, int64_t pence);
const char *money_plain(struct request *r, int64_t pence);

#endif
