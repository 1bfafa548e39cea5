/*
 * `hearth match`: the matching module on files, without a database, for
 * analysts.
 */
#include "command_match.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/document.h"
#include "base/text.h"
#include "command.h"

enum { FIRST_NAMES = 256, FIRST_ROWS = 64 };

#define ARENA_MAXIMUM ((size_t)8 << 30)

static const struct match_command *const commands[] = { &rank_command,
	&price_command, &clear_command, &cover_command, &allocate_command };

enum { COMMAND_COUNT = sizeof(commands) / sizeof(*commands) };

int
match_fail(const char *message)
{
	fprintf(stderr, "hearth: %s\n", message);
	return MATCH_FAILED;
}

int
match_faults_print(const struct reading *reading)
{
	for (size_t i = 0; i < reading->fault_count; i++)
		match_fail(reading->fault[i]);
	return reading->fault_count == 0 ? MATCH_DONE : MATCH_FAILED;
}

/* --- Options --------------------------------------------------------------- */

static bool
misunderstood(const char *what, const char *option)
{
	fprintf(stderr, "hearth: %s %s\n", what, option);
	return false;
}

static bool
option_set(const struct match_option *option, const char *value)
{
	if (option->text != NULL)
		*option->text = value;
	else if (!text_to_int64(
		     value, option->minimum, option->maximum, option->number)) {
		fprintf(stderr,
		    "hearth: %s must be a whole number from %" PRId64
		    " to %" PRId64 "\n",
		    option->name, option->minimum, option->maximum);
		return false;
	}
	return true;
}

bool
match_options_read(int argc, char **argv, const struct match_option *options)
{
	const struct match_option *option;

	for (int i = 1; i < argc; i++) {
		for (option = options; option->name != NULL; option++)
			if (text_equal(option->name, argv[i]))
				break;
		if (option->name == NULL)
			return misunderstood("there is no option", argv[i]);
		if (option->is_given != NULL)
			*option->is_given = true;
		if (option->text == NULL && option->number == NULL)
			continue;
		if (i + 1 == argc)
			return misunderstood("a value must follow", argv[i]);
		if (!option_set(option, argv[++i]))
			return false;
	}
	for (option = options; option->name != NULL; option++)
		if (option->is_required && *option->text == NULL)
			return misunderstood("there must be", option->name);
	return true;
}

/* --- Names ----------------------------------------------------------------- */

static size_t
name_slot(const struct match_names *names, const char *name)
{
	uint64_t hash = UINT64_C(14695981039346656037);
	size_t slot;

	for (const char *at = name; *at != '\0'; at++)
		hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
	slot = (size_t)(hash % names->slot_count);
	while (names->slot[slot] != 0 &&
	       !text_equal(names->name[names->slot[slot] - 1], name))
		slot = (slot + 1) % names->slot_count;
	return slot;
}

uint32_t
match_name_find(const struct match_names *names, const char *name)
{
	size_t slot;

	if (names->slot_count == 0)
		return MATCH_UNKNOWN;
	slot = name_slot(names, name);
	return names->slot[slot] == 0 ? MATCH_UNKNOWN : names->slot[slot] - 1;
}

/* At most half of the slots are used, so that few names share one. */
static void
names_grow(struct match_names *names)
{
	size_t room = names->slot_count == 0 ? FIRST_NAMES : names->slot_count;
	const char **name = arena_array(names->arena, room, sizeof(*name));

	if (names->count > 0)
		memcpy(name, names->name, names->count * sizeof(*name));
	names->name = name;
	names->slot_count = room * 2;
	names->slot = arena_array(
	    names->arena, names->slot_count, sizeof(*names->slot));
	for (size_t i = 0; i < names->count; i++)
		names->slot[name_slot(names, name[i])] = (uint32_t)i + 1;
}

uint32_t
match_name_add(struct match_names *names, const char *name)
{
	uint32_t found = match_name_find(names, name);

	if (found != MATCH_UNKNOWN)
		return found;
	if (names->count * 2 >= names->slot_count)
		names_grow(names);
	names->slot[name_slot(names, name)] = (uint32_t)names->count + 1;
	names->name[names->count] = name;
	return (uint32_t)names->count++;
}

/* --- Tables ---------------------------------------------------------------- */

void
match_row_add(
    struct arena *arena, struct match_table *table, const char *const *cell)
{
	size_t width = table->column_count;

	if (table->row_count == table->row_room) {
		size_t room = table->row_room == 0 ? FIRST_ROWS
		                                   : table->row_room * 2;
		const char **more = arena_array(
		    arena, room * width, sizeof(*more));

		if (table->row_count > 0)
			memcpy(more, table->cell,
			    table->row_count * width * sizeof(*more));
		table->cell = more;
		table->row_room = room;
	}
	memcpy(&table->cell[table->row_count * width], cell,
	    width * sizeof(*cell));
	table->row_count++;
}

/* The last column is as wide as it is. */
static void
cell_print(const char *text, size_t width, const struct match_table *table,
    size_t column)
{
	size_t length = text_length(text);
	int padding = length < width ? (int)(width - length) : 0;
	bool is_last = column + 1 == table->column_count;

	if (table->column[column].is_number)
		printf("%*s%s", padding, "", text);
	else
		printf("%s%*s", text, is_last ? 0 : padding, "");
	fputs(is_last ? "\n" : "  ", stdout);
}

static const char *
cell_at(const struct match_table *table, size_t row, size_t column)
{
	return table->cell[row * table->column_count + column];
}

static size_t
column_width(const struct match_table *table, size_t column)
{
	size_t width = text_length(table->column[column].label);

	for (size_t row = 0; row < table->row_count; row++) {
		size_t length = text_length(cell_at(table, row, column));

		width = length > width ? length : width;
	}
	return width;
}

void
match_table_print(struct arena *arena, const struct match_table *table)
{
	size_t *width = arena_array(arena, table->column_count, sizeof(*width));

	if (table->label != NULL)
		printf("%s\n", table->label);
	for (size_t c = 0; c < table->column_count; c++)
		width[c] = column_width(table, c);
	for (size_t c = 0; c < table->column_count; c++)
		cell_print(table->column[c].label, width[c], table, c);
	for (size_t row = 0; row < table->row_count; row++)
		for (size_t c = 0; c < table->column_count; c++)
			cell_print(cell_at(table, row, c), width[c], table, c);
}

static void
json_print(const char *text)
{
	json_t *value = json_string(text);

	json_dumpf(value, stdout, JSON_ENCODE_ANY);
	json_decref(value);
}

static void
table_print_json(const struct match_table *table)
{
	json_print(table->name);
	fputs(": [", stdout);
	for (size_t row = 0; row < table->row_count; row++) {
		fputs(row == 0 ? "\n  {" : ",\n  {", stdout);
		for (size_t c = 0; c < table->column_count; c++) {
			const char *text = cell_at(table, row, c);

			fputs(c == 0 ? "" : ", ", stdout);
			json_print(table->column[c].name);
			fputs(": ", stdout);
			if (!table->column[c].is_number)
				json_print(text);
			else
				fputs(*text == '\0' ? "null" : text, stdout);
		}
		putchar('}');
	}
	putchar(']');
}

void
match_tables_print(struct arena *arena, const struct match_table *tables,
    size_t count, bool is_json)
{
	if (is_json)
		putchar('{');
	for (size_t i = 0; i < count; i++) {
		fputs(i == 0 ? "" : is_json ? ",\n " : "\n", stdout);
		if (is_json)
			table_print_json(&tables[i]);
		else
			match_table_print(arena, &tables[i]);
	}
	if (is_json)
		puts("}");
}

const char *
match_number(struct arena *arena, int64_t number)
{
	return arena_printf(arena, "%" PRId64, number);
}

const char *
match_hundredths(struct arena *arena, int64_t hundredths)
{
	return arena_printf(arena, "%s%" PRId64 ".%02" PRId64,
	    hundredths < 0 ? "-" : "",
	    hundredths < 0 ? -hundredths / 100 : hundredths / 100,
	    hundredths < 0 ? -hundredths % 100 : hundredths % 100);
}

const char *
match_hours(struct arena *arena, int64_t minutes)
{
	return match_hundredths(arena, (minutes * 10 + 3) / 6);
}

/* --- The command ----------------------------------------------------------- */

static int
usage(FILE *out, int code)
{
	fputs("usage: hearth match", out);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		fprintf(out, "%s%s", i == 0 ? " " : "|", commands[i]->name);
	fputs(" ...\nEach tells its files with --help.\n", out);
	return code;
}

static int
help(FILE *out, const struct match_command *command, int code)
{
	for (size_t i = 0; command->help[i] != NULL; i++)
		fputs(command->help[i], out);
	return code;
}

static int
command_run(const struct match_command *command, int argc, char **argv)
{
	struct arena *arena = arena_new(ARENA_MAXIMUM);
	int code = command->run(arena, argc, argv);

	arena_free(arena);
	if (code == MATCH_USAGE)
		return help(stderr, command, MATCH_USAGE);
	if (fflush(stdout) != 0 || ferror(stdout) != 0)
		return match_fail("the result could not be written");
	return code;
}

int
command_match(int argc, char **argv)
{
	if (argc < 2)
		return usage(stderr, MATCH_USAGE);
	if (text_equal(argv[1], "--help") || text_equal(argv[1], "help"))
		return usage(stdout, MATCH_DONE);
	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		if (!text_equal(argv[1], commands[i]->name))
			continue;
		if (argc == 3 && text_equal(argv[2], "--help"))
			return help(stdout, commands[i], MATCH_DONE);
		return command_run(commands[i], argc - 1, argv + 1);
	}
	fprintf(stderr, "hearth: no command match %s\n", argv[1]);
	return usage(stderr, MATCH_USAGE);
}
