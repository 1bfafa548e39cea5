/*
 * The key-safe note: two brokers who change it at once, and the audit of every
 * look and change.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "support_packages.h"

static struct browser *broker, *second;

static int
begin(void **state)
{
	(void)state;
	two_brokers_begin(&broker, &second);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	two_brokers_end(broker, second);
	return 0;
}

/* Enters a person; gives the reference and the address of the note. */
static void
person_make(const char *number, char person[32], char path[64])
{
	package_enter(broker, number);
	snprintf(person, 32, "%s",
	    sql_text("SELECT reference FROM person WHERE person_number = '%s'",
		number));
	snprintf(path, 64, "/people/%s/key-safe", person);
}

static const char *
note_of(const char *person)
{
	return sql_text("SELECT k.note FROM vault.key_safe k"
			" JOIN person p ON p.id = k.person_id"
			" WHERE p.reference = '%s'",
	    person);
}

static int64_t
acts_of(const char *act, const char *person)
{
	return sql_number("SELECT count(*) FROM audit WHERE act = '%s'"
			  " AND object_reference = '%s'",
	    act, person);
}

static void
test_two_brokers(void **state)
{
	char person[32], path[64], revision[16];

	(void)state;
	person_make("Safe", person, path);
	browser_get(second, path);
	browser_hidden(second, "revision", revision, sizeof(revision));
	FILL(broker, path, "note", "Left of the door, 4471");
	expect_status(broker, 303);
	browser_post(second, path, "revision", revision, "note",
	    "Behind the bin, 9022", NULL);
	expect_status(second, 409);
	expect_text(second, "Nora North saved a change");
	expect_text(second, "Behind the bin, 9022");
	expect_text(second, "A note that is not shown here");
	expect_no_text(second, "4471");
	assert_string_equal(note_of(person), "Left of the door, 4471");
	assert_int_equal(acts_of("key_safe.view", person), 0);
	browser_hidden(second, "revision", revision, sizeof(revision));
	browser_post(second, path, "revision", revision, "note",
	    "Behind the bin, 9022", NULL);
	expect_status(second, 303);
	assert_string_equal(note_of(person), "Behind the bin, 9022");
	assert_int_equal(acts_of("key_safe.change", person), 2);
}

/* Without the number of what was seen, nothing is written over. */
static void
test_no_revision(void **state)
{
	char person[32], path[64];

	(void)state;
	person_make("Blind", person, path);
	browser_get(broker, path);
	browser_post(broker, path, "note", "Anything", NULL);
	expect_status(broker, 409);
	assert_string_equal(note_of(person), "");
}

static void
test_every_look_is_audited(void **state)
{
	char person[32], path[64], show[80];
	int64_t views;

	(void)state;
	person_make("Looks", person, path);
	snprintf(show, sizeof(show), "%s/show", path);
	views = acts_of("person.view", person);
	browser_get(broker, path);
	assert_int_equal(acts_of("person.view", person), views + 1);
	browser_post(broker, show, NULL);
	expect_text(broker, "There is no note");
	assert_int_equal(acts_of("person.view", person), views + 2);
	FILL(broker, path, "note", "In the porch, 1177");
	expect_status(broker, 303);
	browser_get(second, path);
	browser_post(second, show, NULL);
	expect_text(second, "In the porch, 1177");
	browser_post(second, show, NULL);
	assert_int_equal(acts_of("key_safe.view", person), 2);
	FILL(second, path, "note", " ");
	expect_status(second, 303);
	assert_string_equal(note_of(person), "");
	assert_int_equal(acts_of("key_safe.change", person), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_two_brokers),
		cmocka_unit_test(test_no_revision),
		cmocka_unit_test(test_every_look_is_audited),
	};

	return cmocka_run_group_tests_name("key_safe", tests, begin, end);
}
