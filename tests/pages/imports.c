/* `hearth import`: what each kind of file makes, and what is said of faults. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "command.h"
#include "harness.h"

enum { MOST_ARGUMENTS = 12, OUTPUT = 8192 };

static char folder[] = "/tmp/hearth-imports-XXXXXX";
static char path[64];
static char out[OUTPUT], err[OUTPUT];

static int
imports_begin(void **state)
{
	(void)state;
	setenv("PGUSER", "hearth_jobs", 1);
	harness_begin();
	sql_run("INSERT INTO council (code, name) VALUES ('wash', 'Wash')");
	return mkdtemp(folder) != NULL ? 0 : 1;
}

static int
imports_end(void **state)
{
	(void)state;
	harness_end();
	return rmdir(folder);
}

static void
stream_take(FILE *stream, char *text)
{
	size_t length;

	rewind(stream);
	length = fread(text, 1, OUTPUT - 1, stream);
	text[length] = '\0';
	fclose(stream);
}

/* Runs `hearth import` with the words up to NULL, into `out` and `err`. */
static int
run(const char *word, ...)
{
	FILE *usual_out = stdout, *usual_err = stderr;
	char *arguments[MOST_ARGUMENTS] = { strdup("import") };
	int count = 1, code;
	va_list list;

	va_start(list, word);
	for (; word != NULL; word = va_arg(list, const char *))
		arguments[count++] = strdup(word);
	va_end(list);
	stdout = tmpfile();
	stderr = tmpfile();
	code = command_import(count, arguments);
	stream_take(stdout, out);
	stream_take(stderr, err);
	stdout = usual_out;
	stderr = usual_err;
	while (count > 0)
		free(arguments[--count]);
	return code;
}

static const char *
file_of(const char *name, const char *text)
{
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "we");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
	return path;
}

/* Imports a text of a kind; the file is gone afterwards. */
static int
import(const char *kind, const char *name, const char *text)
{
	int code = run(kind, file_of(name, text), NULL);

	unlink(path);
	return code;
}

static int
import_areas(const char *text)
{
	int code = run("areas", "--council", "wash", "--scheme", "parishes",
	    "--name", "Parishes", file_of("areas.csv", text), NULL);

	unlink(path);
	return code;
}

static void
expect_out(int code, const char *text)
{
	if (code != 0 || strstr(out, text) == NULL)
		fail_msg("%d, not \"%s\" but: %s%s", code, text, out, err);
}

static void
expect_fault(int code, const char *text)
{
	assert_string_equal(out, "");
	if (code != 1 || strstr(err, text) == NULL)
		fail_msg("%d, not \"%s\" but: %s", code, text, err);
}

#define TAIL                                                                   \
	",\"E92000001\",\"E19000001\",\"E18000006\",\"E10000015\","            \
	"\"E07000243\",\"E05015632\"\n"

/* Two sectors, and a postcode without a position. */
static const char code_point[] = "\"SG1 1AA\",10,523746,223474" TAIL
				 "\"SG1 1AB\",10,524372,224119" TAIL
				 "\"SG1 2AY\",10,523000,224900" TAIL
				 "\"SG1 9ZZ\",90,0,0" TAIL;

static void
postcodes_become_sectors(void **state)
{
	(void)state;
	sql_run("INSERT INTO postcode_sector (sector, district, latitude,"
		" longitude, rurality)"
		" VALUES ('SG1 1', 'Herts', 51.9, -0.2, 'urban')");
	expect_out(import("postcodes", "sg.csv", code_point),
	    "3 postcodes, of which 3 new or changed; 2 sectors new or changed; "
	    "1 without a position passed over");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM postcode"
		       " WHERE postcode = 'SG1 1AA' AND sector = 'SG1 1'"
		       " AND abs(latitude - 51.89608) < 0.0001"
		       " AND abs(longitude + 0.20300) < 0.0001"
		       " AND district_code = 'E07000243'"
		       " AND ward_code = 'E05015632' AND rurality IS NULL"),
	    1);
	/* Its own postcodes now say where a sector is; how rural it is stays. */
	assert_string_equal(sql_text("SELECT rurality || ' ' || district"
				     " FROM postcode_sector"
				     " WHERE sector = 'SG1 1'"),
	    "urban E07000243");
	expect_out(import("postcodes", "sg.csv", code_point),
	    "3 postcodes, of which 0 new or changed; 0 sectors new or "
	    "changed");
}

static void
rurality_and_districts_fill_them(void **state)
{
	static const char rural[] = "postcode,latitude,rural\n"
				    "SG1 1AA,x,1\nsg11ab,x,2\nSG9 9XX,x,0\n"
				    "SG1 2AY,x,\n";
	static const char districts[] = "district,name,postcodes\n"
					"E07000243,Stevenage,2\n";

	(void)state;
	import("postcodes", "sg.csv", code_point);
	expect_out(import("rurality", "rural.csv", rural),
	    "3 postcodes, of which 2 changed; 1 sectors changed; 1 that are "
	    "not known passed over");
	assert_string_equal(sql_text("SELECT rurality FROM postcode"
				     " WHERE postcode = 'SG1 1AB'"),
	    "rural");
	assert_int_equal(sql_number("SELECT count(*) FROM postcode"
				    " WHERE postcode = 'SG1 2AY'"
				    " AND rurality IS NULL"),
	    1);
	expect_out(import("districts", "districts.csv", districts),
	    "1 districts, of which 1 new or changed; 2 sectors changed");
	assert_string_equal(sql_text("SELECT district FROM postcode_sector"
				     " WHERE sector = 'SG1 2'"),
	    "Stevenage");
	expect_out(import("rurality", "rural.csv", rural),
	    "3 postcodes, of which 0 changed; 0 sectors changed");
	expect_out(import("districts", "districts.csv", districts),
	    "1 districts, of which 0 new or changed; 0 sectors changed");
	/* The position read again leaves what the other file said. */
	expect_out(import("postcodes", "sg.csv", code_point), "of which 0 new");
}

static void
areas_and_where_they_lie(void **state)
{
	static const char by_postcode[] = "area,postcode\nOld Town,SG1 1AA\n"
					  "N,SG1 1AB\nthe north,sg1 2ay\n";

	(void)state;
	import("postcodes", "sg.csv", code_point);
	expect_out(import_areas("code,name,aliases\nO,Old Town,\n"
				"N,North,the north; Northside\n"),
	    "2 areas; 4 areas and aliases new or changed");
	expect_out(import_areas("code,name,aliases\nO,Old Town,\n"
				"N,North,the north; Northside\n"),
	    "2 areas; 0 areas and aliases new or changed");
	expect_out(import_areas(by_postcode),
	    "3 lines; 3 postcodes and 3 places of sectors new or changed");
	assert_string_equal(
	    sql_text("SELECT string_agg(x.sector || ' ' || a.code || ' '"
		     " || x.share_percent, ', ' ORDER BY x.sector, a.code)"
		     " FROM area_sector x JOIN area a"
		     " ON a.council_id = x.council_id AND a.id = x.area_id"
		     " JOIN council c ON c.id = x.council_id"
		     " WHERE c.code = 'wash'"),
	    "SG1 1 N 50, SG1 1 O 50, SG1 2 N 100");
	expect_out(import_areas(by_postcode),
	    "3 lines; 0 postcodes and 0 places of sectors new or changed");
	/* A file of sectors takes the place of what was said of them. */
	expect_out(import_areas("area,sector\nOld Town,SG11\n"),
	    "1 lines; 0 postcodes and 2 places of sectors new or changed");
}

static void
bank_holidays_come_from_the_feed(void **state)
{
	static const char feed[] =
	    "{\"england-and-wales\": {\"division\": \"england-and-wales\","
	    "\"events\": [{\"title\": \"Coronation\", \"date\":"
	    " \"2023-05-08\", \"notes\": \"\", \"bunting\": true},"
	    "{\"title\": \"Christmas Day\", \"date\": \"2026-12-25\"}]},"
	    "\"scotland\": {\"events\": [{\"title\": \"St Andrew\","
	    "\"date\": \"2026-11-30\"}]}}";

	(void)state;
	expect_out(import("bank-holidays", "holidays.json", feed),
	    "2 bank holidays, of which 1 new or changed");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM bank_holiday WHERE on_date IN"
		       " ('2023-05-08', '2026-11-30')"),
	    1);
	expect_out(import("bank-holidays", "holidays.json", feed),
	    "of which 0 new or changed");
}

/* Nothing of a file with a fault is kept. */
static void
faults_name_their_place(void **state)
{
	static const struct {
		const char *kind, *name, *text, *said;
	} cases[] = {
		{ "postcodes", "p.csv",
		    "\"AB1 1AA\",10,393000,806000" TAIL
		    "\"AB1 1A\",10,393000,806000" TAIL,
		    "/p.csv:2: postcode: \"AB1 1A\" is not a postcode\n" },
		{ "postcodes", "p.csv", "\"AB1 1AA\",10,900000,806000" TAIL,
		    "/p.csv:1: easting: \"900000\" is not on the National "
		    "Grid\n" },
		{ "postcodes", "p.csv", "postcode,rural\nAB1 1AA,1\n",
		    "/p.csv:1: line: has 2 columns, where Code-Point Open has "
		    "10\n" },
		{ "postcodes", "p.csv", "\"AB1 1AA\",10\n\"", "/p.csv:2: a " },
		{ "postcodes", "p.csv", "", "/p.csv:1: has no postcodes\n" },
		{ "rurality", "r.csv", "postcode,rural\nAB1 1AA,3\n",
		    "/r.csv:2: rural: \"3\" is not a whole number from 0 to "
		    "2\n" },
		{ "rurality", "r.csv", "postcode\nAB1 1AA\n",
		    "/r.csv:1: rural: the column is missing, or empty" },
		{ "districts", "d.csv", "district,name\nE1,Ely\n",
		    "/d.csv:2: district: \"E1\" is not a code such as "
		    "E07000240\n" },
		{ "districts", "d.json", "[{\"district\": \"E07000240\"}]",
		    "/d.json: [0]: name: is missing\n" },
		{ "bank-holidays", "h.json",
		    "{\"england-and-wales\": {\"events\": [{\"title\": \"x\","
		    "\"date\": \"soon\"}]}}",
		    "/h.json: england-and-wales.events[0].date: \"soon\" is "
		    "not a date" },
		{ "bank-holidays", "h.json", "{}",
		    "/h.json: england-and-wales: is missing\n" },
		{ "bank-holidays", "h.json", "{\n\n", "/h.json:" },
	};
	int64_t before = sql_number("SELECT count(*) FROM postcode");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		expect_fault(
		    import(cases[i].kind, cases[i].name, cases[i].text),
		    cases[i].said);
	assert_int_equal(sql_number("SELECT count(*) FROM postcode"), before);
}

static void
faults_of_areas(void **state)
{
	static const struct {
		const char *text, *said;
	} cases[] = {
		{ "code,name\nA,Ash\nA,Elm\n",
		    "/areas.csv:3: code: \"A\" is there twice\n" },
		{ "area,sector\nNowhere,SG1 1\n",
		    "/areas.csv:2: area: \"Nowhere\" is no area of the "
		    "scheme\n" },
		{ "area,sector\nO,SG1\n",
		    "/areas.csv:2: sector: \"SG1\" is not a postcode "
		    "sector\n" },
		{ "area,sector\nO,YO1 1\n",
		    "/areas.csv:2: sector: \"YO1 1\" is in no known sector" },
		{ "area,postcode\nO,SG1 1AA\nN,SG1 1AA\n",
		    "postcode: \"SG1 1AA\" is there twice\n" },
		{ "area,postcode,sector\nO,SG1 1AA,SG1 1\n",
		    "a line has a sector or a postcode\n" },
		{ "area,sector\nO,SG1 1\nO,SG1 1\n",
		    "sector: \"SG1 1\" is there twice for the area\n" },
	};

	(void)state;
	import("postcodes", "sg.csv", code_point);
	import_areas("code,name\nO,Old Town\nN,North\n");
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		expect_fault(import_areas(cases[i].text), cases[i].said);
	expect_fault(run("areas", "--council", "nowhere", "--scheme", "x",
			 file_of("a.csv", "code,name\nA,Ash\n"), NULL),
	    "hearth: no council has the code nowhere\n");
	expect_fault(
	    run("areas", "--council", "wash", "--scheme", "x", path, NULL),
	    "scheme: the council has no scheme x; --name makes it\n");
	unlink(path);
}

static void
usage_is_told(void **state)
{
	(void)state;
	assert_int_equal(run(NULL), 2);
	assert_int_equal(run("postcodes", NULL), 2);
	assert_int_equal(run("streets", "a.csv", NULL), 2);
	assert_int_equal(run("areas", "a.csv", NULL), 2);
	assert_int_equal(
	    run("postcodes", "--council", "wash", "a.csv", NULL), 2);
	assert_non_null(strstr(err, "usage: hearth import postcodes"));
	assert_int_equal(run("--help", NULL), 0);
	assert_non_null(strstr(out, "0 done"));
	expect_fault(run("postcodes", "/nowhere/a.csv", NULL),
	    "hearth: /nowhere/a.csv cannot be opened: ");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(postcodes_become_sectors),
		cmocka_unit_test(rurality_and_districts_fill_them),
		cmocka_unit_test(areas_and_where_they_lie),
		cmocka_unit_test(bank_holidays_come_from_the_feed),
		cmocka_unit_test(faults_name_their_place),
		cmocka_unit_test(faults_of_areas),
		cmocka_unit_test(usage_is_told),
	};

	return cmocka_run_group_tests(tests, imports_begin, imports_end);
}
