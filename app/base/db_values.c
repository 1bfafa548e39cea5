/*
 * Values between C and PostgreSQL's binary format: big-endian numbers, dates
 * from 2000, arrays with their own small header.
 */
#include <endian.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/db_internal.h"

#define DATE_2000            INT64_C(730120)
#define MICROSECONDS_TO_2000 ((DATE_2000 - DATE_1970) * CLOCK_DAY)

/* OIDs of PostgreSQL's own types, which never change (pg_type.dat). */
enum {
	OID_BOOL = 16,
	OID_BYTEA = 17,
	OID_NAME = 19,
	OID_INT8 = 20,
	OID_INT4 = 23,
	OID_TEXT = 25,
	OID_JSON = 114,
	OID_FLOAT8 = 701,
	OID_TEXT_ARRAY = 1009,
	OID_INT8_ARRAY = 1016,
	OID_BPCHAR = 1042,
	OID_VARCHAR = 1043,
	OID_DATE = 1082,
	OID_TIMESTAMPTZ = 1184,
	OID_FIRST_OWN = 16384, /* enums and citext read as text */
};

struct type {
	Oid oid;
	const char *name;
};

static const struct type types[] = {
	[DB_BIGINT] = { OID_INT8, "bigint" },
	[DB_INTEGER] = { OID_INT4, "integer" },
	[DB_BOOLEAN] = { OID_BOOL, "boolean" },
	[DB_TEXT] = { OID_TEXT, "text" },
	[DB_DATE] = { OID_DATE, "date" },
	[DB_TIMESTAMPTZ] = { OID_TIMESTAMPTZ, "timestamptz" },
	[DB_DOUBLE] = { OID_FLOAT8, "double precision" },
	[DB_BYTEA] = { OID_BYTEA, "bytea" },
	[DB_TEXT_ARRAY] = { OID_TEXT_ARRAY, "text[]" },
	[DB_BIGINT_ARRAY] = { OID_INT8_ARRAY, "bigint[]" },
};

Oid
db_type_oid(enum db_type type)
{
	return types[type].oid;
}

bool
db_parameter_types(
    const struct db_statement *statement, Oid oids[static DB_PARAMETER_MAXIMUM])
{
	int i;

	if (statement->parameter_count > DB_PARAMETER_MAXIMUM)
		return false;
	for (i = 0; i < statement->parameter_count; i++)
		oids[i] = db_type_oid(statement->parameters[i].type);
	return true;
}

const char *
db_type_name(enum db_type type)
{
	return types[type].name;
}

bool
db_type_fits(enum db_type type, Oid oid)
{
	if (type == DB_TEXT)
		return oid == OID_TEXT || oid == OID_VARCHAR ||
		       oid == OID_BPCHAR || oid == OID_NAME ||
		       oid == OID_JSON || oid >= OID_FIRST_OWN;
	return types[type].oid == oid;
}

/* --- To the server -------------------------------------------------------- */

static char *
put32(char *at, uint32_t number)
{
	number = htobe32(number);
	memcpy(at, &number, sizeof(number));
	return at + sizeof(number);
}

static char *
put64(char *at, uint64_t number)
{
	number = htobe64(number);
	memcpy(at, &number, sizeof(number));
	return at + sizeof(number);
}

/* INT64_MAX and INT64_MIN are PostgreSQL's infinities on both sides. */
static int64_t
instant_encode(int64_t instant)
{
	if (instant == INT64_MAX || instant < INT64_MIN + MICROSECONDS_TO_2000)
		return instant;
	return instant - MICROSECONDS_TO_2000;
}

static int32_t
date_encode(int64_t date)
{
	if (date >= INT32_MAX)
		return INT32_MAX;
	if (date < INT32_MIN + DATE_2000)
		return INT32_MIN;
	return (int32_t)(date - DATE_2000);
}

static int
number_encode(char *at, const struct db_value *value)
{
	uint64_t bits;

	switch (value->type) {
	case DB_BOOLEAN:
		*at = value->number != 0;
		return 1;
	case DB_INTEGER:
		put32(at, (uint32_t)(int32_t)value->number);
		return 4;
	case DB_DATE:
		put32(at, (uint32_t)date_encode(value->number));
		return 4;
	case DB_TIMESTAMPTZ:
		put64(at, (uint64_t)instant_encode(value->number));
		return 8;
	case DB_DOUBLE:
		memcpy(&bits, &value->real, sizeof(bits));
		put64(at, bits);
		return 8;
	default:
		put64(at, (uint64_t)value->number);
		return 8;
	}
}

/* Dimensions, whether there are NULLs, the member's type; then its size. */
static char *
array_header(char *at, bool has_null, Oid member, size_t count)
{
	at = put32(at, count > 0);
	at = put32(at, has_null);
	at = put32(at, member);
	if (count > 0) {
		at = put32(at, (uint32_t)count);
		at = put32(at, 1);
	}
	return at;
}

static size_t
array_header_size(size_t count)
{
	return count > 0 ? 20 : 12;
}

static const char *
text_list_encode(struct arena *arena, struct text_list list, int *length)
{
	size_t size = array_header_size(list.count), i;
	bool has_null = false;
	char *data, *at;

	for (i = 0; i < list.count; i++) {
		size += 4;
		if (list.row[i] == NULL)
			has_null = true;
		else
			size += strlen(list.row[i]);
	}
	data = arena_alloc(arena, size);
	at = array_header(data, has_null, OID_TEXT, list.count);
	for (i = 0; i < list.count; i++) {
		const char *text = list.row[i];
		const size_t bytes = text == NULL ? 0 : strlen(text);

		at = put32(at, text == NULL ? UINT32_MAX : (uint32_t)bytes);
		if (bytes > 0)
			memcpy(at, text, bytes);
		at += bytes;
	}
	*length = (int)size;
	return data;
}

static const char *
int64_list_encode(struct arena *arena, struct int64_list list, int *length)
{
	const size_t size = array_header_size(list.count) + 12 * list.count;
	char *data = arena_alloc(arena, size);
	char *at = array_header(data, false, OID_INT8, list.count);
	size_t i;

	for (i = 0; i < list.count; i++) {
		at = put32(at, 8);
		at = put64(at, (uint64_t)list.row[i]);
	}
	*length = (int)size;
	return data;
}

/* What the type itself calls absent (common to all of Hearth). */
static bool
value_is_absent(const struct db_value *value)
{
	switch (value->type) {
	case DB_TEXT:
		return value->text == NULL;
	case DB_DATE:
	case DB_TIMESTAMPTZ:
		return value->number == 0;
	default:
		return false;
	}
}

static const char *
value_encode(struct arena *arena, const struct db_value *value, int *length)
{
	char *data;

	switch (value->type) {
	case DB_TEXT:
		*length = (int)strlen(value->text);
		return value->text;
	case DB_BYTEA:
		*length = (int)value->bytes.length;
		return value->bytes.data == NULL
		           ? ""
		           : (const char *)value->bytes.data;
	case DB_TEXT_ARRAY:
		return text_list_encode(arena, value->text_list, length);
	case DB_BIGINT_ARRAY:
		return int64_list_encode(arena, value->int64_list, length);
	default:
		data = arena_alloc(arena, 8);
		*length = number_encode(data, value);
		return data;
	}
}

const char *
db_encode(struct arena *arena, const struct db_statement *statement,
    const struct db_value *values, struct db_encoded *encoded)
{
	const size_t count = (size_t)statement->parameter_count;
	size_t i;

	encoded->values = arena_array(arena, count, sizeof(char *));
	encoded->lengths = arena_array(arena, count, sizeof(int));
	encoded->formats = arena_array(arena, count, sizeof(int));
	for (i = 0; i < count; i++) {
		encoded->formats[i] = 1;
		if (values[i].is_null)
			continue;
		if (value_is_absent(&values[i]))
			return statement->parameters[i].name;
		encoded->values[i] = value_encode(
		    arena, &values[i], &encoded->lengths[i]);
	}
	return NULL;
}

/* --- From the server ------------------------------------------------------ */

static uint32_t
get32(const char *at)
{
	uint32_t number;

	memcpy(&number, at, sizeof(number));
	return be32toh(number);
}

static uint64_t
get64(const char *at)
{
	uint64_t number;

	memcpy(&number, at, sizeof(number));
	return be64toh(number);
}

static int64_t
instant_decode(int64_t instant)
{
	if (instant == INT64_MIN || instant > INT64_MAX - MICROSECONDS_TO_2000)
		return instant;
	return instant + MICROSECONDS_TO_2000;
}

static int64_t
date_decode(int32_t date)
{
	if (date == INT32_MIN || date > INT32_MAX - DATE_2000)
		return date;
	return date + DATE_2000;
}

int
db_rows(const struct db_result *result)
{
	return result == NULL ? 0 : PQntuples(result->result);
}

int64_t
db_affected(const struct db_result *result)
{
	int64_t affected = 0;

	if (result != NULL)
		text_to_int64(
		    PQcmdTuples(result->result), 0, INT64_MAX, &affected);
	return affected;
}

bool
db_is_null(const struct db_result *result, int row, int column)
{
	return result == NULL || row >= PQntuples(result->result) ||
	       PQgetisnull(result->result, row, column) != 0;
}

/* The bytes of a value; NULL when it is NULL. */
static const char *
value_get(const struct db_result *result, int row, int column, size_t *length)
{
	if (db_is_null(result, row, column))
		return NULL;
	*length = (size_t)PQgetlength(result->result, row, column);
	return PQgetvalue(result->result, row, column);
}

int64_t
db_number(const struct db_result *result, int row, int column)
{
	size_t length;
	const char *data = value_get(result, row, column, &length);

	if (data == NULL)
		return 0;
	switch (result->statement->columns[column].type) {
	case DB_BOOLEAN:
		return length == 1 ? *data : 0;
	case DB_INTEGER:
		return length == 4 ? (int32_t)get32(data) : 0;
	case DB_DATE:
		return length == 4 ? date_decode((int32_t)get32(data)) : 0;
	case DB_TIMESTAMPTZ:
		return length == 8 ? instant_decode((int64_t)get64(data)) : 0;
	default:
		return length == 8 ? (int64_t)get64(data) : 0;
	}
}

double
db_double(const struct db_result *result, int row, int column)
{
	size_t length;
	const char *data = value_get(result, row, column, &length);
	double real = 0;
	uint64_t bits;

	if (data == NULL || length != sizeof(bits))
		return 0;
	bits = get64(data);
	memcpy(&real, &bits, sizeof(real));
	return real;
}

const char *
db_text(const struct db_result *result, int row, int column)
{
	size_t length;

	return value_get(result, row, column, &length);
}

struct bytes
db_bytes(const struct db_result *result, int row, int column)
{
	struct bytes bytes = { .length = 0 };

	bytes.data = (const unsigned char *)value_get(
	    result, row, column, &bytes.length);
	return bytes;
}

/* Reads an array's members one by one. */
struct array {
	const char *at;
	size_t left;
	size_t count;
	bool is_good;
};

static struct array
array_begin(const struct db_result *result, int row, int column, Oid member)
{
	struct array array = { .is_good = true };

	array.at = value_get(result, row, column, &array.left);
	if (array.at == NULL)
		return array;
	array.is_good = array.left >= 12 && get32(array.at + 8) == member;
	if (!array.is_good || get32(array.at) == 0)
		return array;
	array.is_good = get32(array.at) == 1 && array.left >= 20;
	if (!array.is_good)
		return array;
	array.count = get32(array.at + 12);
	array.at += 20;
	array.left -= 20;
	/* Each member takes four bytes at least. */
	if (array.count > array.left / 4) {
		array.is_good = false;
		array.count = 0;
	}
	return array;
}

/* The next member, or NULL. */
static const char *
array_next(struct array *array, size_t *length)
{
	const char *data;

	*length = 0;
	if (array->left < 4) {
		array->is_good = false;
		return NULL;
	}
	*length = get32(array->at);
	array->at += 4;
	array->left -= 4;
	if (*length == UINT32_MAX)
		return NULL;
	if (*length > array->left) {
		array->is_good = false;
		return NULL;
	}
	data = array->at;
	array->at += *length;
	array->left -= *length;
	return data;
}

struct text_list
db_text_list(struct db *db, const struct db_result *result, int row, int column)
{
	struct array array = array_begin(result, row, column, OID_TEXT);
	const char **texts;
	size_t i, length;

	if (array.at == NULL)
		return (struct text_list) { .count = 0 };
	texts = arena_array(db->arena, array.count, sizeof(*texts));
	for (i = 0; i < array.count && array.is_good; i++) {
		const char *text = array_next(&array, &length);

		if (text != NULL)
			texts[i] = arena_strndup(db->arena, text, length);
	}
	if (!array.is_good) {
		db_fail(db, DB_BROKEN, "an array of text is not one");
		return (struct text_list) { .count = 0 };
	}
	return (struct text_list) { .row = texts, .count = array.count };
}

struct int64_list
db_int64_list(
    struct db *db, const struct db_result *result, int row, int column)
{
	struct array array = array_begin(result, row, column, OID_INT8);
	int64_t *numbers;
	size_t i, length;

	if (array.at == NULL)
		return (struct int64_list) { .count = 0 };
	numbers = arena_array(db->arena, array.count, sizeof(*numbers));
	for (i = 0; i < array.count && array.is_good; i++) {
		const char *number = array_next(&array, &length);

		array.is_good = number != NULL && length == 8;
		if (array.is_good)
			numbers[i] = (int64_t)get64(number);
	}
	if (!array.is_good) {
		db_fail(db, DB_BROKEN, "an array of numbers is not one");
		return (struct int64_list) { .count = 0 };
	}
	return (struct int64_list) { .row = numbers, .count = array.count };
}
