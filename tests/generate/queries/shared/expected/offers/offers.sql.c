/* Written by generate-queries from app/offers/offers.sql: change that. */
#include "offers/offers.sql.h"

#include "base/arena.h"
#include "base/db.h"

#line 1 "app/offers/offers.sql"
static const struct db_column provider_columns_[] = {
	{ "id", DB_BIGINT, false },
	{ "name", DB_TEXT, false },
};

static void
read_provider_row_(struct db *db, const struct db_result *result_, int row_, struct provider *into_)
{
	(void)db;
	into_->id = db_number(result_, row_, 0);
	into_->name = db_text(result_, row_, 1);
}

#line 3 "app/offers/offers.sql"
static const struct db_column provider_of_offer_parameters_[] = {
	{ "offer", DB_BIGINT, false },
};

extern const struct db_statement provider_of_offer_statement;
const struct db_statement provider_of_offer_statement = {
	.name = "provider_of_offer",
	.sql = "SELECT id, name FROM provider WHERE offer_id = $1",
	.file = "app/offers/offers.sql",
	.line = 3,
	.sql_line = 4,
	.parameters = provider_of_offer_parameters_,
	.parameter_count = 1,
	.columns = provider_columns_,
	.column_count = 2,
	.is_single = true,
};

#line 3 "app/offers/offers.sql"
const struct provider *
provider_of_offer(struct db *db, int64_t offer)
{
	const struct db_value values_[] = {
		{ .type = DB_BIGINT, .number = offer },
	};
	const struct db_result *result_ =
	    db_run(db, &provider_of_offer_statement, values_);
	struct provider *row_;

	if (db_rows(result_) == 0)
		return NULL;
	row_ = arena_alloc(db_arena(db), sizeof(*row_));
	read_provider_row_(db, result_, 0, row_);
	return row_;
}

