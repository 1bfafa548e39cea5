/*
 * What a password must be: NCSC and OWASP ASVS 6.2. Length, and not what
 * others guess first; no mixture of signs is asked for and nothing expires.
 */
#ifndef ACCOUNTS_PASSWORD_RULES_H
#define ACCOUNTS_PASSWORD_RULES_H

#include "base/text.h"

struct arena;

enum { PASSWORD_MINIMUM = 12 }; /* characters */

/*
 * Why a password cannot be taken, as a message for its field; NULL when it
 * can. `about` holds texts that are known of its owner: name, e-mail, council.
 * Works in the arena.
 */
const char *password_problem(
    struct arena *arena, const char *password, struct text_list about);

/*
 * The words that passwords are most often made of, in small letters a to z,
 * ending with NULL.
 */
extern const char *const password_words[];

#endif
