/* The commands that make accounts and verify the audit. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "command.h"
#include "harness.h"

enum { MOST_ARGUMENTS = 16 };

static int
commands_begin(void **state)
{
	(void)state;
	setenv("PGUSER", "hearth_jobs", 1);
	harness_begin();
	sql_run("INSERT INTO organisation (name) VALUES ('Dogwood Commands')");
	return 0;
}

static int
commands_end(void **state)
{
	(void)state;
	harness_end();
	return 0;
}

/* Standard input holds one line while the command runs. */
static int
run(int (*command)(int argc, char **argv), const char *line, ...)
{
	char *arguments[MOST_ARGUMENTS];
	const char *argument;
	FILE *input = tmpfile();
	int count = 0, code;
	va_list list;

	va_start(list, line);
	while ((argument = va_arg(list, const char *)) != NULL)
		arguments[count++] = strdup(argument);
	va_end(list);
	assert_non_null(input);
	fprintf(input, "%s\n", line);
	rewind(input);
	assert_non_null(freopen("/dev/null", "r", stdin));
	FILE *usual = stdin;
	stdin = input;
	code = command(count, arguments);
	stdin = usual;
	fclose(input);
	while (count > 0)
		free(arguments[--count]);
	return code;
}

static int64_t
memberships_of(const char *email, const char *role)
{
	return sql_number("SELECT count(*) FROM membership m JOIN account a"
			  " ON a.id = m.account_id WHERE a.email = '%s'"
			  " AND m.role = '%s' AND m.started_at IS NOT NULL",
	    email, role);
}

static void
first_administrator_is_made(void **state)
{
	(void)state;
	assert_int_equal(
	    run(command_account, demo_password, "account", "add", "--email",
		"First@Fenland.example", "--name", "Fay Fenland", "--role",
		"council_administrator", "--council", "fenland-commands", NULL),
	    1);
	assert_int_equal(
	    run(command_account, "gravel thimble osprey", "account", "add",
		"--email", "First@Fenland.example", "--name", "Fay Fenland",
		"--role", "council_administrator", "--council",
		"fenland-commands", "--council-name", "Fenland Commands", NULL),
	    0);
	assert_int_equal(
	    memberships_of("first@fenland.example", "council_administrator"),
	    1);
	assert_string_equal(sql_text("SELECT name FROM council"
				     " WHERE code = 'fenland-commands'"),
	    "Fenland Commands");
	assert_int_equal(
	    sql_number("SELECT count(*) FROM vault.credential c JOIN account a"
		       " ON a.id = c.account_id"
		       " WHERE a.email = 'first@fenland.example'"
		       " AND c.hash LIKE '$argon2id$v=19$m=19456,t=2,p=1$%%'"),
	    1);
}

static void
owner_of_a_provider_is_made(void **state)
{
	char reference[32];

	(void)state;
	snprintf(reference, sizeof(reference), "%s",
	    sql_text("SELECT lower(reference) FROM organisation"
		     " WHERE name = 'Dogwood Commands'"));
	assert_int_equal(
	    run(command_account, "gravel thimble osprey", "account", "add",
		"--email", "owner@dogwood.example", "--name", "Dot Dogwood",
		"--role", "provider_owner", "--organisation", reference, NULL),
	    0);
	assert_int_equal(
	    memberships_of("owner@dogwood.example", "provider_owner"), 1);
}

static void
account_is_refused(void **state)
{
	static const struct {
		const char *password;
		const char *email;
		const char *role;
		const char *where;
		const char *which;
		int code;
	} trials[] = {
		{ "password1234", "a@b.example", "broker", "--council",
		    "fenland-commands", 1 },
		{ "", "a@b.example", "broker", "--council", "fenland-commands",
		    1 },
		{ "gravel thimble osprey", "not an address", "broker",
		    "--council", "fenland-commands", 1 },
		{ "gravel thimble osprey", "a@b.example", "emperor",
		    "--council", "fenland-commands", 1 },
		{ "gravel thimble osprey", "a@b.example", "provider_owner",
		    "--council", "fenland-commands", 1 },
		{ "gravel thimble osprey", "a@b.example", "broker",
		    "--organisation", "P00000000", 1 },
		{ "gravel thimble osprey", "a@b.example", "provider_owner",
		    "--organisation", "P00000000", 1 },
		{ "gravel thimble osprey", "a@b.example", "broker", "--place",
		    "fenland-commands", 2 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(trials) / sizeof(trials[0]); i++)
		assert_int_equal(
		    run(command_account, trials[i].password, "account", "add",
			"--email", trials[i].email, "--name", "A Name",
			"--role", trials[i].role, trials[i].where,
			trials[i].which, NULL),
		    trials[i].code);
	assert_int_equal(run(command_account, "", "account", NULL), 2);
	assert_int_equal(run(command_account, "", "account", "add", NULL), 2);
	assert_int_equal(sql_number("SELECT count(*) FROM account"
				    " WHERE email = 'a@b.example'"),
	    0);
}

static void
audit_is_verified(void **state)
{
	(void)state;
	sql_run("SELECT audit_seal_batch()");
	assert_int_equal(run(command_audit, "", "audit", "verify", NULL), 0);
	sql_run("ALTER TABLE audit DISABLE TRIGGER audit_append_only;"
		" UPDATE audit SET act = 'account.forget' WHERE id ="
		" (SELECT min(id) FROM audit)");
	assert_int_equal(run(command_audit, "", "audit", "verify", NULL), 1);
	sql_run("UPDATE audit SET act = 'council.add' WHERE id ="
		" (SELECT min(id) FROM audit)");
	assert_int_equal(run(command_audit, "", "audit", "verify", NULL), 0);

	/* A row that nobody sealed for over a minute. */
	sql_run("SELECT vault.audit_write(NULL, NULL, NULL, 'test.late',"
		" 'test', '', '{}')");
	assert_int_equal(run(command_audit, "", "audit", "verify", NULL), 0);
	sql_run("UPDATE audit SET at = at - interval '61 seconds'"
		" WHERE act = 'test.late'");
	assert_int_equal(run(command_audit, "", "audit", "verify", NULL), 1);
	sql_run("SELECT audit_seal_batch();"
		" ALTER TABLE audit ENABLE TRIGGER audit_append_only");
	assert_int_equal(run(command_audit, "", "audit", "verify", NULL), 0);
	assert_int_equal(run(command_audit, "", "audit", NULL), 2);
	assert_int_equal(run(command_audit, "", "audit", "mend", NULL), 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_administrator_is_made),
		cmocka_unit_test(owner_of_a_provider_is_made),
		cmocka_unit_test(account_is_refused),
		cmocka_unit_test(audit_is_verified),
	};

	return cmocka_run_group_tests_name(
	    "commands", tests, commands_begin, commands_end);
}
