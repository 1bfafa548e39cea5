/* Written by generate-queries from app/offers/offers.sql: change that. */
#include "offers/offers.sql.h"

#include "base/arena.h"
#include "base/db.h"

#line 3 "app/offers/offers.sql"
static const struct db_column offer_columns_[] = {
	{ "id", DB_BIGINT, false },
	{ "reference", DB_TEXT, false },
	{ "price_pence", DB_BIGINT, true },
	{ "starts_on", DB_DATE, true },
	{ "is_open", DB_BOOLEAN, false },
	{ "score", DB_DOUBLE, true },
};

static void
read_offer_row_(struct db *db, const struct db_result *result_, int row_, struct offer *into_)
{
	(void)db;
	into_->id = db_number(result_, row_, 0);
	into_->reference = db_text(result_, row_, 1);
	into_->price_pence = db_number(result_, row_, 2);
	into_->has_price_pence = !db_is_null(result_, row_, 2);
	into_->starts_on = (int32_t)db_number(result_, row_, 3);
	into_->is_open = db_number(result_, row_, 4) != 0;
	into_->score = db_double(result_, row_, 5);
	into_->has_score = !db_is_null(result_, row_, 5);
}

#line 7 "app/offers/offers.sql"
static const struct db_column offer_by_reference_parameters_[] = {
	{ "reference", DB_TEXT, false },
	{ "viewer", DB_BIGINT, false },
};

extern const struct db_statement offer_by_reference_statement;
const struct db_statement offer_by_reference_statement = {
	.name = "offer_by_reference",
	.sql = "SELECT o.id, o.reference, o.price_pence, o.starts_on, o.is_open, o.score\n"
	    "  FROM offer o\n"
	    " WHERE o.reference = $1\n"
	    "   AND o.organisation_id = $2",
	.file = "app/offers/offers.sql",
	.line = 7,
	.sql_line = 11,
	.parameters = offer_by_reference_parameters_,
	.parameter_count = 2,
	.columns = offer_columns_,
	.column_count = 6,
	.is_single = true,
};

#line 7 "app/offers/offers.sql"
const struct offer *
offer_by_reference(struct db *db, const char *reference, int64_t viewer)
{
	const struct db_value values_[] = {
		{ .type = DB_TEXT, .text = reference },
		{ .type = DB_BIGINT, .number = viewer },
	};
	const struct db_result *result_ =
	    db_run(db, &offer_by_reference_statement, values_);
	struct offer *row_;

	if (db_rows(result_) == 0)
		return NULL;
	row_ = arena_alloc(db_arena(db), sizeof(*row_));
	read_offer_row_(db, result_, 0, row_);
	return row_;
}

#line 16 "app/offers/offers.sql"
static const struct db_column offer_list_open_parameters_[] = {
	{ "viewer", DB_BIGINT, false },
	{ "since", DB_TIMESTAMPTZ, true },
	{ "most", DB_INTEGER, true },
};

extern const struct db_statement offer_list_open_statement;
const struct db_statement offer_list_open_statement = {
	.name = "offer_list_open",
	.sql = "SELECT id, reference, price_pence, starts_on, is_open, score\n"
	    "  FROM offer\n"
	    " WHERE organisation_id = $1\n"
	    "   AND ($2::timestamptz IS NULL OR sent_at >= $2)\n"
	    " ORDER BY sent_at\n"
	    " LIMIT $3",
	.file = "app/offers/offers.sql",
	.line = 16,
	.sql_line = 18,
	.parameters = offer_list_open_parameters_,
	.parameter_count = 3,
	.columns = offer_columns_,
	.column_count = 6,
	.is_single = false,
};

#line 16 "app/offers/offers.sql"
struct offer_list
offer_list_open(struct db *db, int64_t viewer, int64_t since, const int32_t *most)
{
	const struct db_value values_[] = {
		{ .type = DB_BIGINT, .number = viewer },
		{ .type = DB_TIMESTAMPTZ, .is_null = since == 0, .number = since },
		{ .type = DB_INTEGER, .is_null = most == NULL, .number = most != NULL ? *most : 0 },
	};
	const struct db_result *result_ =
	    db_run(db, &offer_list_open_statement, values_);
	const int count_ = db_rows(result_);
	struct offer *row_;
	int i_;

	if (count_ == 0)
		return (struct offer_list){ .count = 0 };
	row_ = arena_array(db_arena(db), (size_t)count_, sizeof(*row_));
	for (i_ = 0; i_ < count_; i_++)
		read_offer_row_(db, result_, i_, &row_[i_]);
	return (struct offer_list){ .row = row_, .count = (size_t)count_ };
}

#line 25 "app/offers/offers.sql"
static const struct db_column offer_count_value_[] = {
	{ "", DB_BIGINT, true },
};

extern const struct db_statement offer_count_statement;
const struct db_statement offer_count_statement = {
	.name = "offer_count",
	.sql = "SELECT count(*) FROM offer",
	.file = "app/offers/offers.sql",
	.line = 25,
	.sql_line = 26,
	.columns = offer_count_value_,
	.column_count = 1,
	.is_single = true,
};

#line 25 "app/offers/offers.sql"
int64_t
offer_count(struct db *db)
{
	const struct db_result *result_ =
	    db_run(db, &offer_count_statement, NULL);

	return db_number(result_, 0, 0);
}

#line 28 "app/offers/offers.sql"
static const struct db_column offer_first_day_value_[] = {
	{ "", DB_DATE, true },
};

extern const struct db_statement offer_first_day_statement;
const struct db_statement offer_first_day_statement = {
	.name = "offer_first_day",
	.sql = "SELECT min(starts_on) FROM offer",
	.file = "app/offers/offers.sql",
	.line = 28,
	.sql_line = 29,
	.columns = offer_first_day_value_,
	.column_count = 1,
	.is_single = true,
};

#line 28 "app/offers/offers.sql"
int32_t
offer_first_day(struct db *db)
{
	const struct db_result *result_ =
	    db_run(db, &offer_first_day_statement, NULL);

	return (int32_t)db_number(result_, 0, 0);
}

#line 31 "app/offers/offers.sql"
static const struct db_column offer_insert_parameters_[] = {
	{ "reference", DB_TEXT, false },
	{ "price_pence", DB_BIGINT, true },
	{ "starts_on", DB_DATE, true },
	{ "is_open", DB_BOOLEAN, true },
	{ "score", DB_DOUBLE, true },
	{ "note", DB_TEXT, true },
	{ "seal", DB_BYTEA, true },
	{ "areas", DB_TEXT_ARRAY, false },
	{ "needs", DB_BIGINT_ARRAY, true },
};

extern const struct db_statement offer_insert_statement;
const struct db_statement offer_insert_statement = {
	.name = "offer_insert",
	.sql = "INSERT INTO offer (reference, price_pence, starts_on, is_open, score, note,\n"
	    "    seal, areas, needs)\n"
	    "VALUES ($1, $2, $3, $4, $5, $6,\n"
	    "    $7, $8, $9)",
	.file = "app/offers/offers.sql",
	.line = 31,
	.sql_line = 34,
	.parameters = offer_insert_parameters_,
	.parameter_count = 9,
	.is_single = false,
};

#line 31 "app/offers/offers.sql"
int64_t
offer_insert(struct db *db, const char *reference, const int64_t *price_pence, int32_t starts_on, const bool *is_open, const double *score, const char *note, struct bytes seal, struct text_list areas, struct int64_list needs)
{
	const struct db_value values_[] = {
		{ .type = DB_TEXT, .text = reference },
		{ .type = DB_BIGINT, .is_null = price_pence == NULL, .number = price_pence != NULL ? *price_pence : 0 },
		{ .type = DB_DATE, .is_null = starts_on == 0, .number = starts_on },
		{ .type = DB_BOOLEAN, .is_null = is_open == NULL, .number = is_open != NULL ? *is_open : 0 },
		{ .type = DB_DOUBLE, .is_null = score == NULL, .real = score != NULL ? *score : 0 },
		{ .type = DB_TEXT, .is_null = note == NULL, .text = note },
		{ .type = DB_BYTEA, .is_null = seal.data == NULL, .bytes = seal },
		{ .type = DB_TEXT_ARRAY, .text_list = areas },
		{ .type = DB_BIGINT_ARRAY, .is_null = needs.row == NULL, .int64_list = needs },
	};
	const struct db_result *result_ =
	    db_run(db, &offer_insert_statement, values_);

	return db_affected(result_);
}

