/* Written by generate-queries from app/providers/providers.sql: change that. */
#include "providers/providers.sql.h"

#include "base/arena.h"
#include "base/db.h"

#line 1 "app/providers/providers.sql"
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

#line 3 "app/providers/providers.sql"
extern const struct db_statement provider_list_statement;
const struct db_statement provider_list_statement = {
	.name = "provider_list",
	.sql = "SELECT id, name FROM provider",
	.file = "app/providers/providers.sql",
	.line = 3,
	.sql_line = 4,
	.columns = provider_columns_,
	.column_count = 2,
	.is_single = false,
};

#line 3 "app/providers/providers.sql"
struct provider_list
provider_list(struct db *db)
{
	const struct db_result *result_ =
	    db_run(db, &provider_list_statement, NULL);
	const int count_ = db_rows(result_);
	struct provider *row_;
	int i_;

	if (count_ == 0)
		return (struct provider_list){ .count = 0 };
	row_ = arena_array(db_arena(db), (size_t)count_, sizeof(*row_));
	for (i_ = 0; i_ < count_; i_++)
		read_provider_row_(db, result_, i_, &row_[i_]);
	return (struct provider_list){ .row = row_, .count = (size_t)count_ };
}

