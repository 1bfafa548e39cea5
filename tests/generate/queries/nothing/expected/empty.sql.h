/* Written by generate-queries from app/empty.sql: change that. */
#ifndef EMPTY_SQL_H
#define EMPTY_SQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

struct db;

#endif
