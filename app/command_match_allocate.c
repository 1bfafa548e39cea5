/*
 * `hearth match allocate`: the sealed list of a pilot, or what it gives to
 * participants in the order they came.
 */
#include <string.h>

#include "base/arena.h"
#include "base/records.h"
#include "base/text.h"
#include "command_match.h"
#include "matching/allocate.h"

static const char usage[] =
    "usage: hearth match allocate --seed FILE --strata FILE [--blocks 3,6]\n"
    "           [--commitment HEX] [--participants FILE] [--json]\n"
    "The list of arms, two holistic to one control in every block, that the\n"
    "seed gives; app/matching/allocate.h states how, for a replay elsewhere.\n"
    "--seed          one line of 64 hexadecimal digits\n"
    "--commitment    SHA-256 of the seed as published; another seed fails\n"
    "--strata        stratum, places (a multiple of three)\n"
    "--participants  stratum, participant, arm (may be empty): in the order\n"
    "                they came; an arm that the list does not give fails\n"
    "Files are CSV with these columns, or .json with a list of objects.\n"
    "Exit code: 0 done, 1 a file is wrong, 2 not understood.\n";

enum { STRATUM, PLACES };
enum { WHERE, PARTICIPANT, ARM };
enum { FILE_BYTES = 64 << 20, SEED_FILE_BYTES = 256 };

static const struct record_column strata_columns[] = {
	{ "stratum", true },
	{ "places", true },
	{ NULL, false },
};

static const struct record_column participant_columns[] = {
	{ "stratum", true },
	{ "participant", true },
	{ "arm", false },
	{ NULL, false },
};

struct allocate_request {
	const char *seed;
	const char *strata;
	const char *blocks;
	const char *commitment;
	const char *participants;
	bool is_json;
};

static int
hex_digit(char digit)
{
	if (digit >= '0' && digit <= '9')
		return digit - '0';
	if (digit >= 'a' && digit <= 'f')
		return digit - 'a' + 10;
	return digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

/* In a file, since arguments can be seen by everybody on the machine. */
static int
seed_read(struct arena *arena, const char *path, uint8_t seed[SHA256_BYTES])
{
	struct reading reading = reading_new(arena, path);
	const char *text = reading_file(&reading, SEED_FILE_BYTES);
	size_t length = text != NULL ? strcspn(text, "\r\n") : 0;
	bool is_seed = length == SHA256_BYTES * 2 &&
	               text[length + strspn(text + length, "\r\n")] == '\0';

	for (size_t i = 0; is_seed && i < SHA256_BYTES; i++) {
		int high = hex_digit(text[i * 2]);
		int low = hex_digit(text[i * 2 + 1]);

		is_seed = high >= 0 && low >= 0;
		seed[i] = (uint8_t)(high * 16 + low);
	}
	if (text != NULL && !is_seed)
		reading_fault_at(&reading, 1, NULL,
		    "must be one line of 64 hexadecimal digits");
	return match_faults_print(&reading);
}

/* "3,6,9" into sizes; their number, or 0. */
static size_t
blocks_read(struct arena *arena, const char *text, int32_t *size)
{
	char *copy = arena_strdup(arena, text);
	size_t count = 0;

	while (copy != NULL) {
		char *part = strsep(&copy, ",");
		int64_t number;

		if (count == ALLOCATE_SIZES ||
		    !text_to_int64(part, 1, ALLOCATE_PLACES, &number))
			return 0;
		size[count++] = (int32_t)number;
	}
	return count;
}

static void
design_fill(struct arena *arena, const struct records *strata,
    struct allocate_design *design)
{
	struct allocate_stratum *stratum = arena_array(
	    arena, strata->count, sizeof(*stratum));

	for (size_t i = 0; i < strata->count; i++) {
		stratum[i].name = record_text(&strata->row[i], STRATUM);
		stratum[i].places = (int32_t)record_number(
		    &strata->row[i], PLACES, 0, ALLOCATE_PLACES, 0);
	}
	design->stratum = stratum;
	design->stratum_count = strata->count;
}

/* What was published of the seed, beside what the list comes to. */
static struct match_table
seed_table(struct arena *arena, const struct allocate_design *design,
    const struct allocate_list *list)
{
	static const struct match_column columns[] = {
		{ "sha256_of_seed", "SHA-256 of the seed", false },
		{ "holistic", "Holistic", true },
		{ "control", "Control", true },
	};
	struct match_table table = {
		.name = "seed", .column = columns, .column_count = 3
	};

	match_row_add(arena, &table,
	    (const char *const[]) { allocate_commitment(arena, design->seed),
		match_number(arena, list->total[ARM_HOLISTIC]),
		match_number(arena, list->total[ARM_CONTROL]) });
	return table;
}

static void
list_print(struct arena *arena, const struct allocate_design *design,
    const struct allocate_list *list, bool is_json)
{
	static const struct match_column columns[] = {
		{ "stratum", "Stratum", false },
		{ "position", "Position", true },
		{ "block", "Block", true },
		{ "arm", "Arm", false },
	};
	struct match_table tables[] = {
		seed_table(arena, design, list),
		{ .name = "list",
		    .label = "Sealed list",
		    .column = columns,
		    .column_count = 4 },
	};

	for (size_t i = 0; i < list->count; i++) {
		const struct allocate_place *place = &list->place[i];
		const char *const cell[] = {
			design->stratum[place->stratum].name,
			match_number(arena, place->position),
			match_number(arena, place->block),
			allocate_arm_name(place->arm),
		};

		match_row_add(arena, &tables[1], cell);
	}
	match_tables_print(arena, tables, 2, is_json);
}

/* Where each stratum's list begins, and how far it is used. */
struct ledger {
	struct match_names names;
	const struct allocate_place **next;
	size_t *left;
};

static struct ledger
ledger_new(struct arena *arena, const struct allocate_design *design,
    const struct allocate_list *list)
{
	size_t count = design->stratum_count;
	const struct allocate_place *place = list->place;
	struct ledger ledger = {
		.names = { .arena = arena },
		.next = arena_array(arena, count, sizeof(*ledger.next)),
		.left = arena_array(arena, count, sizeof(*ledger.left)),
	};

	for (size_t i = 0; i < count; i++) {
		match_name_add(&ledger.names, design->stratum[i].name);
		ledger.next[i] = place;
		ledger.left[i] = (size_t)design->stratum[i].places;
		place += design->stratum[i].places;
	}
	return ledger;
}

/* The next place of the stratum that a participant is in, or NULL. */
static const struct allocate_place *
place_take(struct ledger *ledger, const struct record *participant)
{
	uint32_t stratum = match_name_find(
	    &ledger->names, record_text(participant, WHERE));

	if (stratum == MATCH_UNKNOWN) {
		record_fault(participant, WHERE, "is not a stratum");
		return NULL;
	}
	if (ledger->left[stratum] == 0) {
		record_fault(
		    participant, WHERE, "has no more places in the list");
		return NULL;
	}
	ledger->left[stratum]--;
	return ledger->next[stratum]++;
}

static int
participants_replay(struct arena *arena, const struct allocate_design *design,
    const struct allocate_list *list, const struct records *participants,
    bool is_json)
{
	static const struct match_column columns[] = {
		{ "participant", "Participant", false },
		{ "stratum", "Stratum", false },
		{ "position", "Position", true },
		{ "arm", "Arm", false },
	};
	struct ledger ledger = ledger_new(arena, design, list);
	struct match_table tables[] = {
		seed_table(arena, design, list),
		{ .name = "participants",
		    .label = "Participants",
		    .column = columns,
		    .column_count = 4 },
	};

	for (size_t i = 0; i < participants->count; i++) {
		const struct record *one = &participants->row[i];
		const struct allocate_place *place = place_take(&ledger, one);
		const char *arm;

		if (place == NULL)
			continue;
		arm = allocate_arm_name(place->arm);
		if (record_has(one, ARM) &&
		    !text_equal(record_text(one, ARM), arm))
			record_fault(one, ARM,
			    "is not what the list gives, which is %s", arm);
		match_row_add(arena, &tables[1],
		    (const char *const[]) { record_text(one, PARTICIPANT),
			design->stratum[place->stratum].name,
			match_number(arena, place->position), arm });
	}
	if (match_faults_print(participants->reading) != MATCH_DONE)
		return MATCH_FAILED;
	match_tables_print(arena, tables, 2, is_json);
	return MATCH_DONE;
}

static int
file_read(struct reading *reading, const struct record_column *columns,
    struct records *records)
{
	const char *text = reading_file(reading, FILE_BYTES);

	if (text != NULL)
		records_read(reading, text, columns, records);
	return match_faults_print(reading);
}

static int
allocate_report(struct arena *arena, const struct allocate_request *request,
    struct allocate_design *design)
{
	struct reading strata_reading = reading_new(arena, request->strata);
	struct reading reading = reading_new(arena, request->participants);
	struct records strata, participants;
	struct allocate_list list;
	const char *fault;

	if (file_read(&strata_reading, strata_columns, &strata) != MATCH_DONE)
		return MATCH_FAILED;
	design_fill(arena, &strata, design);
	if (match_faults_print(&strata_reading) != MATCH_DONE)
		return MATCH_FAILED;
	fault = allocate_check(arena, design);
	if (fault != NULL)
		return match_fail(
		    arena_printf(arena, "%s: %s", request->strata, fault));
	list = allocate_seal(arena, design);
	if (request->participants == NULL) {
		list_print(arena, design, &list, request->is_json);
		return MATCH_DONE;
	}
	if (file_read(&reading, participant_columns, &participants) !=
	    MATCH_DONE)
		return MATCH_FAILED;
	return participants_replay(
	    arena, design, &list, &participants, request->is_json);
}

static int
allocate_run(struct arena *arena, int argc, char **argv)
{
	struct allocate_request request = { .blocks = "3,6" };
	const struct match_option options[] = {
		{ "--seed", .text = &request.seed, .is_required = true },
		{ "--strata", .text = &request.strata, .is_required = true },
		{ "--blocks", .text = &request.blocks },
		{ "--commitment", .text = &request.commitment },
		{ "--participants", .text = &request.participants },
		{ "--json", .is_given = &request.is_json },
		{ NULL },
	};
	uint8_t seed[SHA256_BYTES];
	int32_t size[ALLOCATE_SIZES];
	struct allocate_design design = { .seed = seed, .size = size };

	if (!match_options_read(argc, argv, options))
		return MATCH_USAGE;
	design.size_count = blocks_read(arena, request.blocks, size);
	if (design.size_count == 0) {
		match_fail("--blocks must be sizes with commas between");
		return MATCH_USAGE;
	}
	if (seed_read(arena, request.seed, seed) != MATCH_DONE)
		return MATCH_FAILED;
	if (request.commitment != NULL &&
	    !text_equal(text_lower(arena, request.commitment),
		allocate_commitment(arena, seed)))
		return match_fail(
		    "the seed is not the one that --commitment was made of");
	return allocate_report(arena, &request, &design);
}

static const char *const help[] = { usage, NULL };

const struct match_command allocate_command = { "allocate", help,
	allocate_run };
