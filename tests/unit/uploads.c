/*
 * Files that people send: their names, what is taken, and what is not though
 * its name says so.
 */
#include "base/upload.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/reply.h"

static struct arena *arena;

static int
begin(void **state)
{
	(void)state;
	arena = arena_new(64 * 1024 * 1024);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* A file of tests/data/uploads, with some bytes to spare for more. */
static struct bytes
file_of(const char *name, size_t spare)
{
	const char *path = arena_printf(arena, "tests/data/uploads/%s", name);
	FILE *file = fopen(path, "rb");
	unsigned char *data = arena_alloc(arena, 32 * 1024 + spare);
	size_t length;

	assert_non_null(file);
	length = fread(data, 1, 32 * 1024, file);
	fclose(file);
	return (struct bytes) { data, length };
}

static const char *
fault_of(const char *name, struct bytes content)
{
	const struct upload_kind *kind = upload_kind_find(name);
	struct upload_edges edges = { content, content, content.length };

	assert_non_null(kind);
	return upload_check(arena, kind, &edges);
}

static void
assert_fault(const char *name, struct bytes content, const char *words)
{
	const char *fault = fault_of(name, content);

	if (fault == NULL || strstr(fault, words) == NULL)
		fail_msg("%s: %s", name, fault != NULL ? fault : "taken");
}

static void
test_taken(void **state)
{
	static const char *const names[] = { "letter.docx", "rates.xlsx",
		"letter.odt", "rates.ods", "paper.pdf", "picture.png",
		"photo.jpg" };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct bytes content = file_of(names[i], 0);
		const char *fault = fault_of(names[i], content);
		const char *seen = upload_magic(arena, content);

		if (fault != NULL)
			fail_msg("%s: %s", names[i], fault);
		if (!upload_magic_fits(upload_kind_find(names[i]), seen))
			fail_msg("%s looks like %s", names[i], seen);
	}
	assert_ptr_equal(upload_kind_find("x.JPEG")->media_type,
	    upload_kind_find("x.jpg")->media_type);
}

static void
test_not_taken(void **state)
{
	static const struct {
		const char *name;
		const char *words;
	} rows[] = {
		{ "page-first.pdf", "before its beginning" },
		{ "page-after.pdf", "after its end" },
		{ "archive-too.pdf", "after its end" },
		{ "bomb.docx", "far more than it should" },
		{ "nested.docx", "(word/embeddings/inner.zip)" },
		{ "macros.docx", "macros" },
		{ "climbs.docx", "names that are not taken" },
		{ "huge.png", "too many pixels" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_fault(
		    rows[i].name, file_of(rows[i].name, 0), rows[i].words);
}

/* Good by its own rules, and something else by those of others. */
static void
test_two_at_once(void **state)
{
	static const char page[] = "%PDF-1.4\n%<SCRIPT>alert(1)</SCRIPT>\n";
	static const char archive[] = "PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0"
				      "\0\0\0\0\6\0%%EOF\n";
	struct bytes paper = file_of("paper.pdf", 256);
	unsigned char *data = (unsigned char *)paper.data;

	(void)state;
	memcpy(data + paper.length, archive, sizeof(archive) - 1);
	paper.length += sizeof(archive) - 1;
	assert_fault("x.pdf", paper, "an archive as well");
	paper = file_of("paper.pdf", 256);
	data = (unsigned char *)paper.data;
	memmove(data + sizeof(page) - 1, data, paper.length);
	memcpy(data, page, sizeof(page) - 1);
	paper.length += sizeof(page) - 1;
	assert_fault("x.pdf", paper, "a web page");
}

/* Each under the name of each other. */
static void
test_of_another_kind(void **state)
{
	static const char *const names[] = { "letter.docx", "rates.xlsx",
		"letter.odt", "rates.ods", "paper.pdf", "picture.png",
		"photo.jpg" };
	const size_t count = sizeof(names) / sizeof(*names);
	size_t i, j;

	(void)state;
	for (i = 0; i < count; i++)
		for (j = 0; j < count; j++)
			if (i != j &&
			    fault_of(names[i], file_of(names[j], 0)) == NULL)
				fail_msg(
				    "%s passes for %s", names[j], names[i]);
}

/* Whatever is cut off at the end, or hangs on it. */
static void
test_cut_and_prolonged(void **state)
{
	static const char *const names[] = { "letter.docx", "rates.ods",
		"paper.pdf", "picture.png", "photo.jpg" };
	size_t i, cut;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct bytes whole = file_of(names[i], 64);
		struct bytes part = whole;

		for (cut = 4; cut < whole.length; cut += 3) {
			part.length = whole.length - cut;
			if (fault_of(names[i], part) == NULL)
				fail_msg("%s without %zu bytes", names[i], cut);
		}
		memcpy((unsigned char *)whole.data + whole.length,
		    "<script>alert(1)</script>", 25);
		part.length = whole.length + 25;
		if (fault_of(names[i], part) == NULL)
			fail_msg("%s with a script", names[i]);
	}
	assert_fault("x.pdf", (struct bytes) { NULL, 0 }, "empty");
}

/* One number of a letter's first entry in the directory is another. */
static const char *
fault_with(size_t offset, uint32_t value, size_t bytes)
{
	struct bytes content = file_of("letter.docx", 0);
	unsigned char *data = (unsigned char *)content.data, *entry;

	entry = memmem(data, content.length, "PK\1\2", 4);
	assert_non_null(entry);
	for (; bytes > 0; bytes--, value >>= 8)
		entry[offset++] = (unsigned char)value;
	return fault_of("letter.docx", content);
}

static void
test_directory(void **state)
{
	(void)state;
	assert_non_null(strstr(fault_with(8, 1, 2), "password"));
	assert_non_null(strstr(fault_with(10, 99, 2), "packed in a way"));
	assert_non_null(strstr(fault_with(20, 0xFFFFFFFF, 4), "packed"));
	assert_non_null(strstr(fault_with(24, 0xFFFFFFFF, 4), "packed"));
	assert_non_null(strstr(fault_with(24, 300 << 20, 4), "far more"));
	assert_non_null(strstr(fault_with(42, 100000, 4), "packed"));
	assert_non_null(strstr(fault_with(46, '/', 1), "names"));
	assert_non_null(strstr(fault_with(46, '\n', 1), "names"));
	assert_non_null(strstr(fault_with(46, 'x', 1), "not of the kind"));
	assert_non_null(strstr(fault_with(28, 5000, 2), "does not fit"));
}

/* Of a large file only the ends are seen; its directory must lie there. */
static void
test_edges(void **state)
{
	struct bytes whole = file_of("letter.docx", 0);
	struct upload_edges edges = { whole, whole, whole.length };
	const struct upload_kind *kind = upload_kind_find("letter.docx");

	(void)state;
	edges.head.length = 200;
	edges.tail.data = whole.data + 400;
	edges.tail.length = whole.length - 400;
	assert_null(upload_check(arena, kind, &edges));
	edges.tail.data = whole.data + whole.length - 60;
	edges.tail.length = 60;
	assert_non_null(
	    strstr(upload_check(arena, kind, &edges), "too many parts"));
	edges.size++;
	assert_non_null(
	    strstr(upload_check(arena, kind, &edges), "does not fit"));
}

static void
test_pictures(void **state)
{
	struct bytes png = file_of("picture.png", 0);
	struct bytes jpeg = file_of("photo.jpg", 64);
	unsigned char *data = (unsigned char *)png.data, *frame;

	(void)state;
	memcpy(data + 16, "\0\0\x4E\x20\0\0\x13\x88", 8);
	assert_null(fault_of("x.png", png)); /* 20,000 x 5,000 */
	data[23]++;
	assert_fault("x.png", png, "too many pixels");
	memset(data + 16, 0, 4);
	assert_fault("x.png", png, "no size");
	/* What a telephone writes after it, and zeros. */
	data = (unsigned char *)jpeg.data;
	memcpy(data + jpeg.length, "..SEFT\0\0", 8);
	jpeg.length += 8;
	assert_null(fault_of("x.jpg", jpeg));
	frame = memmem(data, jpeg.length, "\xFF\xC0", 2);
	assert_non_null(frame);
	memcpy(frame + 5, "\xFF\xFF\xFF\xFF", 4);
	assert_fault("x.jpg", jpeg, "too many pixels");
	frame[1] = 0xDA;
	assert_fault("x.jpg", jpeg, "broken");
}

static void
test_names(void **state)
{
	static const struct {
		const char *sent;
		const char *kept;
	} rows[] = {
		{ "paper.pdf", "paper.pdf" },
		{ "C:\\Users\\Ada\\paper.pdf", "paper.pdf" },
		{ "../../etc/passwd", "passwd" },
		{ "/a/b/", "file" },
		{ "..", "file" },
		{ "", "file" },
		{ " a\tb\r\nc.pdf. . ", "abc.pdf" },
		/* A name that reads "exe.pdf" backwards. */
		{ "a\u202Efdp.exe", "afdp.exe" },
		{ "a\u2066b\u200Bc\u2028d.pdf", "abcd.pdf" },
		{ "a\u00A0b.pdf", "a b.pdf" },
		{ "Cafe\u0301.pdf", "Caf\u00E9.pdf" },
		{ "a;b\"c'<d>.pdf", "a;b\"c'<d>.pdf" },
		{ "\xFF\xFE.pdf", ".pdf" },
		{ "a\x7F\xC2\x85.pdf", "a.pdf" },
	};
	char longest[1024];
	const char *kept;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(
		    upload_name_tidy(arena, rows[i].sent), rows[i].kept);
	longest[0] = '\0';
	for (i = 0; i < 300; i++)
		strcat(longest, "\u00E9");
	strcat(longest, ".pdf");
	kept = upload_name_tidy(arena, longest);
	assert_int_equal(text_length(kept), 200);
	assert_string_equal(kept + strlen(kept) - 4, ".pdf");
	assert_null(upload_kind_find("paper"));
	assert_null(upload_kind_find(".pdf"));
	assert_null(upload_kind_find("paper.pdf.exe"));
	assert_null(upload_kind_find("page.html"));
	assert_null(upload_kind_find("rates.csv"));
	assert_null(upload_kind_find("macro.docm"));
	assert_string_equal(
	    upload_kinds_text(arena), "PDF, DOCX, XLSX, ODT, ODS, PNG or JPG");
}

static void
test_disposition(void **state)
{
	static const struct {
		const char *name;
		const char *line;
	} rows[] = {
		{ "a b (1).pdf", "attachment; filename=\"a b (1).pdf\"" },
		{ "Caf\u00E9.pdf", "attachment; filename=\"Caf_.pdf\"; "
				   "filename*=UTF-8''Caf%C3%A9.pdf" },
		{ "a\"b\\c%41.pdf", "attachment; filename=\"a_b_c_41.pdf\"; "
				    "filename*=UTF-8''a%22b%5Cc%2541.pdf" },
		{ "a\r\nX: y", "attachment; filename=\"a__X_ y\"; "
			       "filename*=UTF-8''a%0D%0AX%3A%20y" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		assert_string_equal(
		    reply_disposition(arena, rows[i].name), rows[i].line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_taken),
		cmocka_unit_test(test_not_taken),
		cmocka_unit_test(test_two_at_once),
		cmocka_unit_test(test_of_another_kind),
		cmocka_unit_test(test_cut_and_prolonged),
		cmocka_unit_test(test_directory),
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_pictures),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_disposition),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
