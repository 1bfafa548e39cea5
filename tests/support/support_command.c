/* The command writes into files that are gone when they are closed. */
#include "support/support_command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

enum { MOST_ARGUMENTS = 24 };

char match_out[MATCH_OUTPUT], match_err[MATCH_OUTPUT];

static void
stream_take(FILE *stream, char *text)
{
	size_t length;

	rewind(stream);
	length = fread(text, 1, MATCH_OUTPUT - 1, stream);
	text[length] = '\0';
	fclose(stream);
}

int
match_run(const char *word, ...)
{
	FILE *usual_out = stdout, *usual_err = stderr;
	char *arguments[MOST_ARGUMENTS] = { strdup("match") };
	int count = 1, code;
	va_list list;

	va_start(list, word);
	for (; word != NULL; word = va_arg(list, const char *))
		arguments[count++] = strdup(word);
	va_end(list);
	stdout = tmpfile();
	stderr = tmpfile();
	code = command_match(count, arguments);
	stream_take(stdout, match_out);
	stream_take(stderr, match_err);
	stdout = usual_out;
	stderr = usual_err;
	while (count > 0)
		free(arguments[--count]);
	return code;
}
