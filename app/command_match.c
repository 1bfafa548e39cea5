/*
 * `hearth match ...`: the matching module on files, without a database.
 */
#include <stddef.h>
#include <stdio.h>

#include "base/text.h"
#include "command.h"

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} matches[] = {
	{ "price", command_match_price },
};

int
command_match(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof(matches) / sizeof(*matches);
	     i++)
		if (text_equal(argv[1], matches[i].name))
			return matches[i].run(argc - 1, argv + 1);
	fputs("usage: hearth match price --help\n", stderr);
	return 2;
}
