/*
 * Market tests of Fern council (see support_offers.h) over the questions of
 * tests/data/question_set.json. Alder has a second account,
 * manager@alder.example.
 */
#ifndef PAGES_SUPPORT_QUESTIONS_H
#define PAGES_SUPPORT_QUESTIONS_H

#include <stdbool.h>

#include "support_offers.h"

int questions_begin(void **state);

/* Ten o'clock again, and everybody must sign in again. */
void questions_morning(void);

/*
 * A published market test that closes at noon of the same day, to everybody or
 * to who is invited; its reference, to be freed.
 */
char *questions_market_test(bool takes_partial, bool is_for_all);

/* Alder is invited by name. */
void questions_invite(const char *reference, const char *provider);

/* Somebody without an account is; the link's token, to be freed. */
char *questions_link(const char *reference, const char *name);

/* Questions are corrected, with the approval that it takes. */
void questions_correct(const char *reference);

/* What time it is to the microsecond, until questions_morning(). */
void questions_stand_at(const char *instant);

/* A JSON value of a draft answer of a provider; "" when there is none. */
const char *questions_answer(
    const char *reference, const char *provider, const char *question);

#endif
