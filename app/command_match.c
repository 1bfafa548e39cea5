/*
 * `hearth match`: the matching module on files, without a database, for
 * analysts. Each of its commands is a file of its own.
 */
#include <stddef.h>
#include <stdio.h>

#include "base/text.h"
#include "command.h"

static const struct {
	const char *name;
	const char *usage;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "rank", "rank --policy FILE --need FILE --providers FILE [--json]",
	    command_match_rank },
	{ "price", "price --card FILE --visits FILE [--json]",
	    command_match_price },
};

enum { COMMAND_COUNT = sizeof(commands) / sizeof(*commands) };

static int
usage(FILE *out, int code)
{
	fputs("usage:\n", out);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		fprintf(out, "  hearth match %s\n", commands[i].usage);
	fputs("Each tells its files with --help.\n", out);
	return code;
}

int
command_match(int argc, char **argv)
{
	if (argc < 2)
		return usage(stderr, 2);
	if (text_equal(argv[1], "--help") || text_equal(argv[1], "help"))
		return usage(stdout, 0);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		if (text_equal(argv[1], commands[i].name))
			return commands[i].run(argc - 1, argv + 1);
	fprintf(stderr, "hearth: no command match %s\n", argv[1]);
	return usage(stderr, 2);
}
