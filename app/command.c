/*
 * The command line. A command that is not here does not exist; what each
 * does is told by its own file.
 */
#include "command.h"

#include <stddef.h>
#include <stdio.h>

#include "base/text.h"

struct command {
	const char *name;
	const char *usage;
	int (*run)(int argc, char **argv);
};

static const struct command commands[] = {
	{ "check", "check    compare every statement with the schema",
	    command_check },
	{ "demo",
	    "demo [--reload] FOLDER    load a demonstration, once or anew",
	    command_demo },
	{ "account",
	    "account add --email --name --role --council|--organisation",
	    command_account },
	{ "audit", "audit verify    compare the audit with its seals",
	    command_audit },
	{ "jobs",
	    "jobs     send mail, settle rounds, seal the audit, until told "
	    "to end",
	    command_jobs },
	{ "import",
	    "import postcodes|rurality|districts|areas|bank-holidays FILE...",
	    command_import },
	{ "question-set",
	    "question-set import --council CODE [--publish] FILE...",
	    command_question_set },
	{ "match",
	    "match rank|price|clear|cover|allocate    the matching on files",
	    command_match },
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(*commands) };

static int
usage(FILE *out, int code)
{
	size_t i;

	fputs("usage:\n", out);
	for (i = 0; i < COMMAND_COUNT; i++)
		fprintf(out, "  hearth %s\n", commands[i].usage);
	fputs("The database is libpq's: PGHOST, PGDATABASE, PGUSER ...\n", out);
	return code;
}

int
main(int argc, char **argv)
{
	size_t i;

	if (argc < 2)
		return usage(stderr, 2);
	if (text_equal(argv[1], "help") || text_equal(argv[1], "--help"))
		return usage(stdout, 0);
	for (i = 0; i < COMMAND_COUNT; i++)
		if (text_equal(argv[1], commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "hearth: no command %s\n", argv[1]);
	return usage(stderr, 2);
}
