/*
 * Every act that the product writes into the audit has a sentence: the sources
 * are read for the names of acts, "noun.verb" where something is audited.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glob.h>
#include <regex.h>

#include "administration/audit.h"
#include "base/arena.h"

/* Where acts are named. */
static const char *const sources[] = { "app/*.c", "app/*/*.c", "app/*/*.sql",
	"migrations/*.sql", "conf/demo/*.sql" };

/* The same form, and no act: files, settings of a session, a kind of term. */
static const char *const others[] = { ".h", ".c", ".sql", ".json", ".html" };
static const char *const other_beginnings[] = { "hearth.", "language." };

static bool
is_act(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (text_equal(strchr(name, '.'), others[i]))
			return false;
	for (i = 0; i < sizeof(other_beginnings) / sizeof(*other_beginnings);
	     i++)
		if (text_starts_with(name, other_beginnings[i]))
			return false;
	return true;
}

static char *
file_read(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = calloc(1, 1 << 20);
	size_t length;

	assert_non_null(file);
	assert_non_null(text);
	length = fread(text, 1, (1 << 20) - 1, file);
	assert_in_range(length, 0, (1 << 20) - 2);
	fclose(file);
	return text;
}

/* Gives how many acts a file names, and counts those without words. */
static int
acts_check(const char *path, const regex_t *pattern, int *missing)
{
	char *text = file_read(path), *at = text, name[64];
	regmatch_t found[2];
	int count = 0;

	while (strstr(text, "audit") != NULL &&
	       regexec(pattern, at, 2, found, 0) == 0) {
		snprintf(name, sizeof(name), "%.*s",
		    (int)(found[1].rm_eo - found[1].rm_so),
		    at + found[1].rm_so);
		at += found[1].rm_eo;
		if (!is_act(name))
			continue;
		count++;
		if (audit_words_of(name) != NULL)
			continue;
		print_error("%s: the act %s has no words in"
			    " app/administration/audit_words.c\n",
		    path, name);
		(*missing)++;
	}
	free(text);
	return count;
}

static void
every_act_has_words(void **state)
{
	regex_t pattern;
	glob_t files;
	size_t i;
	int count = 0, missing = 0;

	(void)state;
	assert_int_equal(
	    regcomp(&pattern, "[\"']([a-z_]+\\.[a-z_]+)[\"']", REG_EXTENDED),
	    0);
	for (i = 0; i < sizeof(sources) / sizeof(*sources); i++)
		assert_int_equal(
		    glob(sources[i], i > 0 ? GLOB_APPEND : 0, NULL, &files), 0);
	for (i = 0; i < files.gl_pathc; i++)
		if (strstr(files.gl_pathv[i], "administration/audit_words") ==
		    NULL)
			count += acts_check(
			    files.gl_pathv[i], &pattern, &missing);
	globfree(&files);
	regfree(&pattern);
	assert_int_equal(missing, 0);
	/* That they were found at all. */
	assert_in_range(count, 50, 1000);
}

/* Each is of a kind that the page can be filtered by, and of one only. */
static void
every_kind_has_acts(void **state)
{
	struct arena *arena = arena_new(1 << 20);
	size_t i, j;

	(void)state;
	for (i = 0; audit_kind_choices[i].value != NULL; i++) {
		const struct text_list acts = audit_acts(
		    arena, audit_kind_choices[i].value);

		assert_true(acts.count > 0);
		for (j = 0; j < acts.count; j++)
			assert_string_equal(audit_words_of(acts.row[j])->kind,
			    audit_kind_choices[i].value);
	}
	assert_int_equal(audit_acts(arena, "").count, 0);
	assert_null(audit_words_of("offer"));
	arena_free(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_act_has_words),
		cmocka_unit_test(every_kind_has_acts),
	};

	return cmocka_run_group_tests_name("administration", tests, NULL, NULL);
}
