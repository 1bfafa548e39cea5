/* Written by generate-queries from app/empty.sql: change that. */
#include "empty.sql.h"

#include "base/arena.h"
#include "base/db.h"

