/* Written by generate-queries from app/words.sql: change that. */
#ifndef WORDS_SQL_H
#define WORDS_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct db;

#line 1 "app/words.sql"
const char *word_hunt(struct db *db, int64_t a, const char *b);

/*
 * Its SQL begins lower down.
 */
#line 10 "app/words.sql"
int64_t word_last(struct db *db, int64_t a);

#endif
