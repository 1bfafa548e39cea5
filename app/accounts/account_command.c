/*
 * `hearth account add`: the first administrator of a council, who then
 * invites the others. Whoever may run it as hearth_jobs may do anything.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "accounts/accounts.sql.h"
#include "accounts/password_rules.h"
#include "base/arena.h"
#include "base/db.h"
#include "base/form.h"
#include "base/password.h"
#include "base/secret.h"
#include "command.h"
#include "permissions.h"

enum { ARENA_MAXIMUM = 16 * 1024 * 1024 };

static const char usage[] =
    "usage: hearth account add --email ADDRESS --name NAME --role ROLE\n"
    "           --council CODE [--council-name NAME] | --organisation "
    "REFERENCE\n"
    "The password is asked for, or read from standard input as one line.\n"
    "With --council-name a council that is not there yet is made.\n"
    "Roles:";

struct new_account {
	const char *email;
	const char *name;
	const char *role;
	const char *council;
	const char *council_name;
	const char *organisation;
};

static int
fail(const char *message, const char *what)
{
	fprintf(stderr, "hearth: ");
	fprintf(stderr, "%s%s%s\n", message, what != NULL ? " " : "",
	    what != NULL ? what : "");
	return 1;
}

static int
usage_print(void)
{
	const char *role;
	size_t i;

	fputs(usage, stderr);
	for (i = 0; (role = role_at(i)) != NULL; i++)
		fprintf(stderr, " %s", role);
	fputs("\n", stderr);
	return 2;
}

static bool
arguments_read(int argc, char **argv, struct new_account *new)
{
	const struct {
		const char *name;
		const char **value;
	} options[] = {
		{ "--email", &new->email },
		{ "--name", &new->name },
		{ "--role", &new->role },
		{ "--council", &new->council },
		{ "--council-name", &new->council_name },
		{ "--organisation", &new->organisation },
	};
	size_t option;
	int i;

	for (i = 2; i + 1 < argc; i += 2) {
		for (option = 0; option < sizeof(options) / sizeof(*options);
		     option++)
			if (strcmp(argv[i], options[option].name) == 0)
				break;
		if (option == sizeof(options) / sizeof(*options) ||
		    !text_is_utf8(argv[i + 1], strlen(argv[i + 1])))
			return false;
		*options[option].value = argv[i + 1];
	}
	return i == argc && !text_is_empty(new->email) &&
	       !text_is_empty(new->name) && !text_is_empty(new->role) &&
	       (new->council != NULL) != (new->organisation != NULL) &&
	       (new->council != NULL || new->council_name == NULL);
}

static bool
role_is_known(const char *role)
{
	size_t i;

	for (i = 0; role_at(i) != NULL; i++)
		if (strcmp(role_at(i), role) == 0)
			return true;
	return false;
}

/* One line without its end; false when there is none or it is too long. */
static bool
line_read(char *line, size_t size)
{
	size_t length;

	if (fgets(line, (int)size, stdin) == NULL)
		return false;
	length = strcspn(line, "\r\n");
	if (line[length] == '\0' && length == size - 1)
		return false;
	line[length] = '\0';
	return true;
}

static bool
line_ask(const char *question, char *line, size_t size)
{
	struct termios usual, silent;
	bool is_read;

	fputs(question, stderr);
	if (tcgetattr(STDIN_FILENO, &usual) != 0)
		return false;
	silent = usual;
	silent.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
	is_read = line_read(line, size);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &usual);
	fputs("\n", stderr);
	return is_read;
}

/* From the terminal, twice and without echo, or from a pipe. */
static bool
password_read(char password[PASSWORD_MAXIMUM + 2])
{
	char again[PASSWORD_MAXIMUM + 2];
	bool is_same;

	if (!isatty(STDIN_FILENO))
		return line_read(password, PASSWORD_MAXIMUM + 2);
	if (!line_ask("Password: ", password, PASSWORD_MAXIMUM + 2) ||
	    !line_ask("The same again: ", again, sizeof(again)))
		return false;
	is_same = strcmp(password, again) == 0;
	secret_wipe(again, sizeof(again));
	if (!is_same)
		fputs("hearth: the two are not the same\n", stderr);
	return is_same;
}

/* The council, made when it is new and has a name; 0 with a message. */
static int64_t
council_find(struct db *db, const struct new_account *new)
{
	int64_t id = council_by_code(db, new->council);

	if (id == 0 && new->council_name != NULL)
		id = council_add(db, new->council, new->council_name);
	if (id == 0 && db_failure(db) == DB_FINE)
		fail("no council has the code", new->council);
	return id;
}

static int64_t
body_find(struct db *db, const struct new_account *new)
{
	int64_t id;

	if (new->council != NULL)
		return council_find(db, new);
	id = organisation_by_reference_id(db, new->organisation);
	if (id == 0 && db_failure(db) == DB_FINE)
		fail("no provider has the reference", new->organisation);
	return id;
}

static int
account_save(struct db *db, const struct new_account *new, const char *hash)
{
	int64_t body;

	if (!db_begin(db))
		return fail("the database cannot be reached", NULL);
	body = body_find(db, new);
	if (body == 0) {
		if (db_failure(db) != DB_FINE)
			fail("the account was not made", NULL);
		db_rollback(db);
		return 1;
	}
	account_add(db, new->email, new->name, new->role,
	    new->council != NULL ? &body : NULL,
	    new->council != NULL ? NULL : &body, hash);
	if (db_failure(db) != DB_FINE || !db_commit(db))
		return fail("the account was not made", NULL);
	printf("%s can sign in as %s. An account that had a password keeps "
	       "it.\n",
	    new->email, role_label(new->role));
	return 0;
}

static int
account_make(struct arena *arena, const struct new_account *new)
{
	const char *const about[] = { new->name, new->email,
		new->council_name };
	const struct text_list known = { about, 3 };
	char password[PASSWORD_MAXIMUM + 2] = "";
	struct password_job job = { .is_verify = false };
	const char *problem;
	struct db *db;
	int code;

	if (!password_read(password))
		return fail("no password", NULL);
	problem = password_problem(arena, password, known);
	if (problem != NULL)
		return fail(problem, NULL);
	memcpy(job.password, password, sizeof(job.password));
	secret_wipe(password, sizeof(password));
	password_run(&job);
	if (!job.is_done)
		return fail("argon2 could not run", NULL);
	db = db_new(NULL);
	db_attach(db, arena);
	code = account_save(db, new, job.hash);
	arena_reset(arena);
	db_free(db);
	return code;
}

int
command_account(int argc, char **argv)
{
	struct new_account new = { 0 };
	struct arena *arena;
	int code;

	if (argc < 2 || strcmp(argv[1], "add") != 0 ||
	    !arguments_read(argc, argv, &new))
		return usage_print();
	if (!role_is_known(new.role))
		return fail("there is no role", new.role);
	if (role_is_staff(new.role) != (new.council != NULL))
		return fail(new.council != NULL
				? "a council has nobody in the role"
				: "a provider has nobody in the role",
		    new.role);
	if (!email_is_one(new.email))
		return fail("not an e-mail address:", new.email);
	setenv("PGUSER", "hearth_jobs", 0);
	setenv("PGDATABASE", "hearth", 0);
	arena = arena_new(ARENA_MAXIMUM);
	code = account_make(arena, &new);
	arena_free(arena);
	return code;
}
