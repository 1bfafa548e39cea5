/*
 * What the commands `hearth match ...` share: their options, and a report
 * that is a table on a terminal and JSON for a program. Each is a file of its
 * own, app/command_match_NAME.c, and a row of command_match.c.
 */
#ifndef COMMAND_MATCH_H
#define COMMAND_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct reading;

/* Exit codes: a file was wrong; the command was not understood. */
enum { MATCH_DONE = 0, MATCH_FAILED = 1, MATCH_USAGE = 2 };

/* `help` begins with the usage, and is shown where it is wrong, too. */
struct match_command {
	const char *name;
	const char *const *help; /* texts, NULL at the end */
	int (*run)(struct arena *arena, int argc, char **argv);
};

extern const struct match_command rank_command, price_command, clear_command,
    cover_command, allocate_command;

/*
 * An option: a text into `text`, or a number in limits into `number`, or,
 * without either, whether it was there. Ends with a NULL name.
 */
struct match_option {
	const char *name; /* "--packages" */
	const char **text;
	int64_t *number;
	int64_t minimum;
	int64_t maximum;
	bool *is_given;
	bool is_required; /* texts only */
};

/* False, with a message on standard error, when they are not understood. */
bool match_options_read(
    int argc, char **argv, const struct match_option *options);

/* Says on standard error what is wrong, and gives the exit code for it. */
int match_fail(const char *message);

/* The same of the faults of a file, if any; otherwise MATCH_DONE. */
int match_faults_print(const struct reading *reading);

/*
 * Numbers names densely in the order they are first seen, by a table of
 * hashes in the arena.
 */
struct match_names {
	struct arena *arena;
	const char **name;
	size_t count;
	uint32_t *slot;
	size_t slot_count;
};

enum { MATCH_UNKNOWN = UINT32_MAX };

uint32_t match_name_find(const struct match_names *names, const char *name);
uint32_t match_name_add(struct match_names *names, const char *name);

/* A column of a table: numbers stand right, and unquoted in JSON. */
struct match_column {
	const char *name; /* the key in JSON */
	const char *label;
	bool is_number;
};

struct match_table {
	const char *name;  /* the key in JSON */
	const char *label; /* a line above it, or NULL */
	const struct match_column *column;
	size_t column_count;
	const char **cell; /* row after row */
	size_t row_count;
	size_t row_room;
};

/* Adds a row of cells that live as long as the table. */
void match_row_add(
    struct arena *arena, struct match_table *table, const char *const *cell);

/* Prints one as a table. */
void match_table_print(struct arena *arena, const struct match_table *table);

/* Prints tables one after the other, or one JSON object with a list each. */
void match_tables_print(struct arena *arena, const struct match_table *tables,
    size_t count, bool is_json);

/* "12.50" of hundredths, hours of minutes, and whole numbers, as cells. */
const char *match_hundredths(struct arena *arena, int64_t hundredths);
const char *match_hours(struct arena *arena, int64_t minutes);
const char *match_number(struct arena *arena, int64_t number);

#endif
