/* Written by generate-queries from app/words.sql: change that. */
#include "words.sql.h"

#include "base/arena.h"
#include "base/db.h"

#line 1 "app/words.sql"
static const struct db_column word_hunt_parameters_[] = {
	{ "a", DB_BIGINT, false },
	{ "b", DB_TEXT, false },
};

static const struct db_column word_hunt_value_[] = {
	{ "", DB_TEXT, true },
};

extern const struct db_statement word_hunt_statement;
const struct db_statement word_hunt_statement = {
	.name = "word_hunt",
	.sql = "SELECT ':a', 'it''s :a', E'\\':a', e'\\\\', \"co:l \"\"x\"\" :a\", $$ :a ' $$,\n"
	    "       $tag$ $$ :a $other$ $tag$, $1::bigint, b.x::text, x::text || $2\n"
	    "  FROM t \n"
	    "  WHERE $1<>$1 AND c ~ '\?\?/\\' \n"
	    "   AND x = ANY (y[1:2]) AND \"\303\251\" = U&'\\00e9' AND 1.5e5 > 0",
	.file = "app/words.sql",
	.line = 1,
	.sql_line = 2,
	.parameters = word_hunt_parameters_,
	.parameter_count = 2,
	.columns = word_hunt_value_,
	.column_count = 1,
	.is_single = true,
};

#line 1 "app/words.sql"
const char *
word_hunt(struct db *db, int64_t a, const char *b)
{
	const struct db_value values_[] = {
		{ .type = DB_BIGINT, .number = a },
		{ .type = DB_TEXT, .text = b },
	};
	const struct db_result *result_ =
	    db_run(db, &word_hunt_statement, values_);

	return db_text(result_, 0, 0);
}

#line 10 "app/words.sql"
static const struct db_column word_last_parameters_[] = {
	{ "a", DB_BIGINT, false },
};

extern const struct db_statement word_last_statement;
const struct db_statement word_last_statement = {
	.name = "word_last",
	.sql = "DELETE FROM t WHERE id = $1",
	.file = "app/words.sql",
	.line = 10,
	.sql_line = 14,
	.parameters = word_last_parameters_,
	.parameter_count = 1,
	.is_single = false,
};

#line 10 "app/words.sql"
int64_t
word_last(struct db *db, int64_t a)
{
	const struct db_value values_[] = {
		{ .type = DB_BIGINT, .number = a },
	};
	const struct db_result *result_ =
	    db_run(db, &word_last_statement, values_);

	return db_affected(result_);
}

