/*
 * Files of a response: without a script and part by part, what is refused,
 * whose they are, having them scanned, and reading them once opened.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "messages/jobs.h"
#include "support_clamd.h"
#include "support_questions.h"

enum { PART = 256 * 1024 };

static struct jobs jobs;
static struct arena *arena;

static int
begin(void **state)
{
	questions_begin(state);
	arena = arena_new(256 << 20);
	jobs.config = (struct config) { .address = "http://127.0.0.1:8080" };
	jobs.arena = arena_new(64 << 20);
	setenv("PGUSER", "hearth_jobs", 1);
	jobs.db = db_new(NULL);
	assert_int_equal(jobs_scan(&jobs), JOBS_IDLE);
	setenv("PGUSER", "hearth_web", 1);
	return 0;
}

static int
end(void **state)
{
	db_free(jobs.db);
	arena_free(jobs.arena);
	arena_free(arena);
	return fern_end(state);
}

/* A market test to which Alder has begun a response, and its page of files. */
struct cast {
	char *test, *base, *files;
	struct browser *alder;
};

static struct cast
cast_begin(void)
{
	struct cast cast = { .test = questions_market_test(true, true) };

	questions_morning();
	cast.base = strdup(fern_path("/market-tests/%s/response", cast.test));
	cast.files = strdup(fern_path(
	    "/market-tests/%s/response/questions/papers/files", cast.test));
	cast.alder = fern_sign_in("owner@alder.example");
	browser_fill(cast.alder, cast.base, NULL);
	expect_status(cast.alder, 303);
	browser_get(cast.alder, cast.files);
	expect_status(cast.alder, 200);
	return cast;
}

static void
cast_end(struct cast *cast)
{
	browser_free(cast->alder);
	free(cast->files);
	free(cast->base);
	free(cast->test);
}

static struct bytes
file_of(const char *name)
{
	FILE *file = fopen(
	    arena_printf(arena, "tests/data/uploads/%s", name), "rb");
	unsigned char *data = arena_alloc(arena, 64 * 1024);
	size_t length;

	assert_non_null(file);
	length = fread(data, 1, 64 * 1024, file);
	fclose(file);
	return (struct bytes) { data, length };
}

/* A PDF of that many bytes, in which a word can stand. */
static struct bytes
paper_of(size_t size, const char *word)
{
	struct bytes paper = file_of("paper.pdf");
	unsigned char *data = arena_alloc(arena, size);

	memset(data, '%', size);
	memcpy(data, paper.data, 9);
	memcpy(data + 100, word, strlen(word));
	memcpy(data + size - 6, "%%EOF\n", 6);
	return (struct bytes) { data, size };
}

static void
send_as(const struct cast *cast, const char *name, struct bytes content)
{
	browser_get(cast->alder, cast->files);
	browser_post_file(cast->alder, cast->files, "files", name, content);
}

static void
send(const struct cast *cast, const char *name)
{
	send_as(cast, name, file_of(name));
}

static int64_t
count_of(const struct cast *cast, const char *state)
{
	return sql_number("SELECT count(*) FROM sealed.upload u JOIN"
			  " sealed.response r ON r.id = u.response_id JOIN"
			  " market_test t ON t.id = r.market_test_id WHERE"
			  " t.reference = '%s' AND u.state = '%s'",
	    cast->test, state);
}

/* The newest file; lives until the fourth call after. */
static const char *
newest(const struct cast *cast)
{
	return arena_strdup(
	    arena, sql_text("SELECT u.reference FROM sealed.upload u JOIN"
			    " sealed.response r ON r.id = u.response_id JOIN"
			    " market_test t ON t.id = r.market_test_id WHERE"
			    " t.reference = '%s' ORDER BY u.id DESC LIMIT 1",
		       cast->test));
}

static void
scan_all(void)
{
	while (jobs_scan(&jobs) == JOBS_MORE)
		;
}

static void
test_without_a_script(void **state)
{
	struct cast cast = cast_begin();

	(void)state;
	expect_text(cast.alder, "No files yet");
	expect_text(cast.alder, "at most 3 for this question");
	browser_post_file(cast.alder, cast.files, "files", "",
	    (struct bytes) { (const unsigned char *)"", 0 });
	expect_status(cast.alder, 422);
	expect_text(cast.alder, "Select a file");
	send(&cast, "letter.docx");
	expect_location(cast.alder, cast.files);
	browser_follow(cast.alder);
	expect_text(cast.alder, "File added");
	expect_text(cast.alder, "letter.docx");
	expect_text(cast.alder, "905 bytes");
	expect_text(cast.alder, "Checking");
	assert_string_equal(questions_answer(cast.test, "Alder", "papers"),
	    arena_printf(arena, "[\"%s\"]", newest(&cast)));
	/* Several parts of one request. */
	send_as(&cast, "Caf\u00E9 \u202Efdp.pdf", paper_of(PART * 3 + 7, ""));
	expect_status(cast.alder, 303);
	browser_get(cast.alder, cast.files);
	expect_text(cast.alder, "Caf\u00E9 fdp.pdf");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM sealed.upload_part p JOIN"
		       " sealed.upload u ON u.id = p.upload_id"
		       " WHERE u.reference = '%s'",
		newest(&cast)),
	    4);
	send(&cast, "picture.png");
	expect_status(cast.alder, 303);
	send(&cast, "photo.jpg");
	expect_status(cast.alder, 422);
	expect_text(
	    cast.alder, "photo.jpg: This question takes 3 files at most");
	/* They are named where the answers are checked. */
	browser_get(cast.alder, fern_path("%s/check", cast.base));
	expect_text(cast.alder, "letter.docx");
	expect_text(cast.alder, "/questions/papers/files");
	browser_get(
	    cast.alder, fern_path("%s/sections/what-you-offer", cast.base));
	expect_text(cast.alder, "Save and go to the files");
	expect_text(cast.alder, "picture.png");
	cast_end(&cast);
}

static void
test_section_leads_to_files(void **state)
{
	struct cast cast = cast_begin();
	const char *section = arena_printf(
	    arena, "%s/sections/what-you-offer", cast.base);

	(void)state;
	browser_fill(cast.alder, section, "q-hours", "40", "q-hours-revision",
	    "0", "files", "papers", NULL);
	expect_location(cast.alder, cast.files);
	assert_string_equal(
	    questions_answer(cast.test, "Alder", "hours"), "40");
	browser_fill(cast.alder, section, "q-hours", "many", "q-hours-revision",
	    "1", "files", "papers", NULL);
	expect_status(cast.alder, 422);
	browser_get(
	    cast.alder, fern_path("%s/questions/name/files", cast.base));
	expect_status(cast.alder, 404);
	cast_end(&cast);
}

/* What is not taken leaves nothing behind, and stops no other. */
static void
test_refused(void **state)
{
	static const struct {
		const char *name;
		const char *words;
	} rows[] = {
		{ "page-first.pdf", "before its beginning" },
		{ "page-after.pdf", "after its end" },
		{ "archive-too.pdf", "after its end" },
		{ "bomb.docx", "unpacks to far more" },
		{ "nested.docx", "holds an archive" },
		{ "macros.docx", "has macros" },
		{ "climbs.docx", "names that are not taken" },
		{ "huge.png", "too many pixels" },
		{ "archive.zip", "Only PDF, DOCX, XLSX" },
	};
	struct cast cast = cast_begin();
	struct bytes cut = file_of("letter.docx");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		send(&cast, rows[i].name);
		expect_status(cast.alder, 422);
		expect_text(cast.alder, "There is a problem");
		expect_text(cast.alder, rows[i].words);
	}
	cut.length -= 30;
	send_as(&cast, "cut.docx", cut);
	expect_text(cast.alder, "cut.docx: The document is cut short");
	send_as(&cast, "letter.pdf", file_of("letter.docx"));
	expect_text(cast.alder, "The file is not a PDF");
	send_as(&cast, "empty.pdf",
	    (struct bytes) { (const unsigned char *)"", 0 });
	expect_text(cast.alder, "empty.pdf: The file is empty");
	assert_int_equal(count_of(&cast, "checking"), 0);
	assert_int_equal(
	    sql_number("SELECT count(*) FROM sealed.upload_part p JOIN"
		       " sealed.upload u ON u.id = p.upload_id JOIN"
		       " sealed.response r ON r.id = u.response_id JOIN"
		       " market_test t ON t.id = r.market_test_id"
		       " WHERE t.reference = '%s'",
		cast.test),
	    0);
	assert_string_equal(questions_answer(cast.test, "Alder", "papers"), "");
	send(&cast, "paper.pdf");
	expect_status(cast.alder, 303);
	cast_end(&cast);
}

/* Names that mean something to a shell, a browser, a path or a header. */
static void
test_hostile_names(void **state)
{
	static const char *const names[][2] = {
		{ "../../../etc/passwd.pdf", "passwd.pdf" },
		{ "C:\\x\\y.pdf", "y.pdf" },
		{ "a;b.pdf", "a;b.pdf" },
		{ "a'b.pdf", "a&#39;b.pdf" },
		{ "<script>.pdf", "&lt;script&gt;.pdf" },
		{ "a\u202Eb\u2066.pdf", "ab.pdf" },
		{ "$(reboot)`x`|y.pdf", "$(reboot)`x`|y.pdf" },
		{ "%00%0d%0a.pdf", "%00%0d%0a.pdf" },
		{ "con\x01\x7F.pdf", "con.pdf" },
	};
	struct cast cast = cast_begin();
	char longest[512] = "";
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		send_as(&cast, names[i][0], file_of("paper.pdf"));
		expect_location(cast.alder, cast.files);
		browser_get(cast.alder, cast.files);
		expect_text(cast.alder, names[i][1]);
		browser_get(cast.alder,
		    fern_path("/market-tests/%s/response/uploads/%s", cast.test,
			newest(&cast)));
		expect_status(cast.alder, 200);
		browser_get(cast.alder, cast.files);
		browser_post(cast.alder,
		    fern_path("/market-tests/%s/response/uploads/%s/remove",
			cast.test, newest(&cast)),
		    NULL);
		expect_location(cast.alder, cast.files);
	}
	assert_string_equal(
	    questions_answer(cast.test, "Alder", "papers"), "null");
	for (i = 0; i < 240; i++)
		strcat(longest, "x");
	strcat(longest, ".pdf");
	send_as(&cast, longest, file_of("paper.pdf"));
	expect_location(cast.alder, cast.files);
	browser_get(cast.alder, cast.files);
	expect_no_text(cast.alder, longest);
	cast_end(&cast);
}

/* Begins a file as the script does; its reference. */
static const char *
script_begin(const struct cast *cast, const char *name, size_t size)
{
	browser_get(cast->alder, cast->files);
	browser_post(cast->alder,
	    fern_path("/market-tests/%s/response/questions/papers/files/begin",
		cast->test),
	    "name", name, "size", arena_printf(arena, "%zu", size), NULL);
	return cast->alder->status == 200 ? newest(cast) : NULL;
}

static void
script_part(const struct cast *cast, const char *upload, struct bytes content,
    size_t number)
{
	size_t at = number * PART, left = content.length - at;

	browser_get(cast->alder, cast->files);
	browser_post_file(cast->alder,
	    fern_path("/market-tests/%s/response/uploads/%s/parts/%zu",
		cast->test, upload, number),
	    "part", "part",
	    (struct bytes) { content.data + at, left < PART ? left : PART });
}

static void
script_end(const struct cast *cast, const char *upload)
{
	browser_get(cast->alder, cast->files);
	browser_post(cast->alder,
	    fern_path(
		"/market-tests/%s/response/uploads/%s/end", cast->test, upload),
	    NULL);
}

static void
test_part_by_part(void **state)
{
	struct cast cast = cast_begin();
	struct bytes paper = paper_of(PART * 3 + 100, "");
	const char *upload = script_begin(&cast, "a.pdf", paper.length);

	(void)state;
	expect_text(cast.alder, "\"part_size\":262144");
	/* Out of order, one twice, and a connection that breaks between. */
	script_part(&cast, upload, paper, 3);
	expect_status(cast.alder, 200);
	script_part(&cast, upload, paper, 0);
	script_part(&cast, upload, paper, 0);
	expect_status(cast.alder, 200);
	script_end(&cast, upload);
	expect_text(cast.alder, "\"state\":\"receiving\"");
	browser_get(cast.alder, cast.files);
	expect_text(cast.alder, "Not finished");
	assert_string_equal(script_begin(&cast, "a.pdf", paper.length), upload);
	expect_text(cast.alder, "\"0\":\"");
	expect_text(cast.alder, "\"3\":\"");
	expect_no_text(cast.alder, "\"1\":\"");
	script_part(&cast, upload, paper, 1);
	script_part(&cast, upload, paper, 2);
	script_end(&cast, upload);
	expect_text(cast.alder, "\"state\":\"checking\"");
	script_end(&cast, upload);
	expect_text(cast.alder, "\"state\":\"checking\"");
	script_part(&cast, upload, paper, 2);
	expect_text(cast.alder, "\"part\":\"done\"");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM sealed.upload u WHERE u.reference"
		       " = '%s' AND u.sha256 = (SELECT sha256(string_agg("
		       "p.content, ''::bytea ORDER BY p.number)) FROM"
		       " sealed.upload_part p WHERE p.upload_id = u.id)",
		upload),
	    1);
	/* The same name again is another file; of the wrong length no part. */
	upload = script_begin(&cast, "a.pdf", paper.length);
	expect_text(cast.alder, "\"parts\":{}");
	paper.length -= 1;
	script_part(&cast, upload, paper, 3);
	expect_status(cast.alder, 422);
	expect_text(cast.alder, "The file changed while it was sent");
	script_part(&cast, upload, paper, 1);
	expect_status(cast.alder, 200);
	assert_null(script_begin(&cast, "a.exe", 5));
	expect_status(cast.alder, 422);
	expect_text(cast.alder, "\"fault\":\"Only PDF");
	assert_null(script_begin(&cast, "a.pdf", 20 * 1024 * 1024 + 1));
	expect_text(cast.alder, "larger than 20 MB");
	cast_end(&cast);
}

static void
test_quota(void **state)
{
	struct cast cast = cast_begin();

	(void)state;
	sql_run("INSERT INTO sealed.upload (council_id, response_id, question,"
		" name, size) SELECT r.council_id, r.id, 'others',"
		" n || '.pdf', 20971520 FROM sealed.response r JOIN"
		" market_test t ON t.id = r.market_test_id,"
		" generate_series(1, 4) AS n WHERE t.reference = '%s'",
	    cast.test);
	assert_non_null(script_begin(&cast, "a.pdf", 20 * 1024 * 1024));
	assert_null(script_begin(&cast, "b.pdf", 1));
	expect_status(cast.alder, 422);
	expect_text(cast.alder, "together can be 100 MB at most");
	cast_end(&cast);
}

static void
test_largest(void **state)
{
	const size_t size = 20 * 1024 * 1024;
	struct cast cast = cast_begin();
	struct bytes paper = paper_of(size, clamd_virus);
	const char *upload = script_begin(&cast, "large.pdf", size);
	size_t i;

	(void)state;
	for (i = 0; i < size / PART; i++) {
		script_part(&cast, upload, paper, i);
		expect_status(cast.alder, 200);
	}
	script_end(&cast, upload);
	expect_text(cast.alder, "\"state\":\"checking\"");
	jobs.config.clamd = clamd_start();
	scan_all();
	assert_int_equal(clamd_bytes(), size);
	clamd_stop();
	jobs.config.clamd = NULL;
	assert_int_equal(count_of(&cast, "quarantined"), 1);
	cast_end(&cast);
}

static void
test_another_provider(void **state)
{
	struct cast cast = cast_begin();
	struct browser *birch = fern_sign_in("owner@birch.example");
	char *token = questions_link(cast.test, "Cara Carer");
	struct browser *cara = browser_new();
	const char *upload;

	(void)state;
	send(&cast, "paper.pdf");
	upload = newest(&cast);
	browser_get(birch, cast.files);
	expect_location(birch, cast.base);
	browser_fill(birch, cast.base, NULL);
	browser_get(birch, cast.files);
	expect_no_text(birch, "paper.pdf");
	browser_get(birch, fern_path("/market-tests/%s/response/uploads/%s",
			       cast.test, upload));
	expect_status(birch, 404);
	browser_get(birch, cast.files);
	browser_post(birch,
	    fern_path("/market-tests/%s/response/uploads/%s/remove", cast.test,
		upload),
	    NULL);
	expect_status(birch, 404);
	browser_get(birch, cast.files);
	browser_post(birch,
	    fern_path(
		"/market-tests/%s/response/uploads/%s/end", cast.test, upload),
	    NULL);
	expect_status(birch, 404);
	browser_get(birch, cast.files);
	browser_post_file(birch,
	    fern_path("/market-tests/%s/response/uploads/%s/parts/0", cast.test,
		upload),
	    "part", "part", file_of("paper.pdf"));
	expect_status(birch, 404);
	/* Who has a link has the same pages. */
	browser_fill(cara, fern_path("/respond/%s", token), NULL);
	browser_get(
	    cara, fern_path("/respond/%s/questions/papers/files", token));
	expect_status(cara, 200);
	expect_no_text(cara, "paper.pdf");
	browser_post_file(cara,
	    fern_path("/respond/%s/questions/papers/files", token), "files",
	    "photo.jpg", file_of("photo.jpg"));
	expect_status(cara, 303);
	browser_follow(cara);
	expect_text(cara, "photo.jpg");
	browser_get(cara, fern_path("/respond/%s/uploads/%s", token, upload));
	expect_status(cara, 404);
	browser_get(
	    cara, fern_path("/respond/%s/uploads/%s", token, newest(&cast)));
	expect_status(cara, 200);
	browser_get(
	    cara, fern_path("/respond/%s/questions/papers/files", token));
	browser_post(cara,
	    fern_path("/respond/%s/uploads/%s/remove", token, newest(&cast)),
	    NULL);
	expect_status(cara, 303);
	browser_follow(cara);
	expect_text(cara, "photo.jpg removed");
	browser_post(cara,
	    fern_path("/respond/%s/questions/papers/files/begin", token),
	    "name", "paper.pdf", "size", "335", NULL);
	expect_status(cara, 200);
	upload = newest(&cast);
	browser_get(
	    cara, fern_path("/respond/%s/questions/papers/files", token));
	browser_post_file(cara,
	    fern_path("/respond/%s/uploads/%s/parts/0", token, upload), "part",
	    "part", file_of("paper.pdf"));
	expect_text(cara, "\"part\":\"saved\"");
	browser_get(
	    cara, fern_path("/respond/%s/questions/papers/files", token));
	browser_post(
	    cara, fern_path("/respond/%s/uploads/%s/end", token, upload), NULL);
	expect_text(cara, "\"state\":\"checking\"");
	browser_free(birch);
	browser_free(cara);
	free(token);
	cast_end(&cast);
}

static void
test_scanned(void **state)
{
	struct cast cast = cast_begin();
	int i;

	(void)state;
	/* Nobody to ask: taken, with a note. Each test begins at ten again. */
	sql_run("UPDATE sealed.upload SET scan_at = '-infinity'");
	scan_all();
	send(&cast, "paper.pdf");
	scan_all();
	assert_int_equal(count_of(&cast, "clean"), 1);
	assert_string_equal(sql_text("SELECT reason FROM sealed.upload"
				     " WHERE reference = '%s'",
				newest(&cast)),
	    "Not scanned");
	/* Away: it waits, however long. */
	jobs.config.clamd = "127.0.0.1:1";
	send_as(&cast, "bad.pdf", paper_of(5000, clamd_virus));
	for (i = 0; i < 5; i++) {
		assert_int_equal(jobs_scan(&jobs), JOBS_IDLE);
		sql_run("UPDATE sealed.upload SET scan_at = clock_now()");
	}
	browser_get(cast.alder, cast.files);
	expect_text(cast.alder, "looked through for viruses");
	/* There. */
	jobs.config.clamd = clamd_start();
	scan_all();
	assert_int_equal(clamd_bytes(), 5000);
	browser_get(cast.alder, cast.files);
	expect_text(cast.alder, "Locked away");
	expect_text(cast.alder, "A virus was found in it: Test.Virus");
	browser_get(
	    cast.alder, fern_path("/market-tests/%s/response/uploads/%s",
			    cast.test, newest(&cast)));
	expect_status(cast.alder, 404);
	/* There, and cannot. */
	send(&cast, "photo.jpg");
	for (i = 0; i < 3; i++) {
		clamd_answer_next(i == 2 ? ""
					 : "INSTREAM size limit"
					   " exceeded. ERROR");
		assert_int_equal(jobs_scan(&jobs), JOBS_IDLE);
		sql_run("UPDATE sealed.upload SET scan_at = clock_now()");
	}
	assert_int_equal(count_of(&cast, "checking"), 1);
	clamd_answer_next("stream: Can't read file ERROR");
	assert_int_equal(jobs_scan(&jobs), JOBS_MORE);
	browser_get(cast.alder, cast.files);
	expect_text(cast.alder, "The virus scanner could not look at it");
	clamd_stop();
	jobs.config.clamd = NULL;
	assert_int_equal(sql_number("SELECT count(*) FROM audit WHERE act ="
				    " 'response.upload_quarantine'"),
	    3);
	cast_end(&cast);
}

/* Submitted, removed from the draft, and read by the council. */
static void
test_opened(void **state)
{
	struct cast cast = cast_begin();
	struct browser *staff;
	const char *upload, *path, *response;

	(void)state;
	send_as(&cast, "Caf\u00E9.pdf", paper_of(PART + 5, "OUR PAPER"));
	upload = newest(&cast);
	response = arena_strdup(
	    arena, sql_text("SELECT r.reference FROM sealed.response r JOIN"
			    " sealed.upload u ON u.response_id = r.id"
			    " WHERE u.reference = '%s'",
		       upload));
	path = arena_printf(arena, "/market-tests/%s/responses/%s/files/%s",
	    cast.test, response, upload);
	browser_get(cast.alder, fern_path("%s/check", cast.base));
	{
		char revision[32];

		browser_hidden(
		    cast.alder, "revision", revision, sizeof(revision));
		browser_post(cast.alder, fern_path("%s/submit", cast.base),
		    "revision", revision, NULL);
	}
	expect_status(cast.alder, 303);
	browser_follow(cast.alder);
	expect_text(cast.alder, "Caf\u00E9.pdf");
	browser_get(cast.alder, cast.files);
	browser_post(cast.alder,
	    fern_path("/market-tests/%s/response/uploads/%s/remove", cast.test,
		upload),
	    NULL);
	expect_status(cast.alder, 303);
	browser_get(cast.alder, cast.files);
	expect_no_text(cast.alder, upload);
	browser_get(cast.alder, fern_path("%s/receipt", cast.base));
	expect_text(cast.alder, "Caf\u00E9.pdf");
	staff = fern_sign_in("commissioner@fern.example");
	browser_get(staff, path);
	expect_status(staff, 404);
	questions_stand_at("2027-02-03 12:00:00+00");
	sql_run("UPDATE market_test SET opened_at = clock_now(), opened_by_id"
		" = (SELECT id FROM account WHERE email ="
		" 'commissioner@fern.example') WHERE reference = '%s'",
	    cast.test);
	browser_free(staff);
	staff = fern_sign_in("commissioner@fern.example");
	/* Not before it is scanned. */
	browser_get(staff, path);
	expect_status(staff, 404);
	scan_all();
	browser_get(staff, path);
	expect_status(staff, 200);
	expect_text(staff, "OUR PAPER");
	assert_int_equal(sql_number("SELECT count(*) FROM audit WHERE act ="
				    " 'market_test.file_read'"),
	    1);
	browser_get(staff, fern_path("/market-tests/%s/responses/%s/files/%s",
			       cast.test, "RAAAAAAAA", upload));
	expect_status(staff, 404);
	browser_free(staff);
	staff = fern_sign_in("broker@fern.example");
	browser_get(staff, path);
	expect_status(staff, 403);
	browser_free(staff);
	/* After the close nothing is added, and what is there is shown. */
	browser_get(cast.alder, cast.files);
	expect_no_text(cast.alder, "Add files");
	cast_end(&cast);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_without_a_script),
		cmocka_unit_test(test_section_leads_to_files),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_hostile_names),
		cmocka_unit_test(test_part_by_part),
		cmocka_unit_test(test_quota),
		cmocka_unit_test(test_largest),
		cmocka_unit_test(test_another_provider),
		cmocka_unit_test(test_scanned),
		cmocka_unit_test(test_opened),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
