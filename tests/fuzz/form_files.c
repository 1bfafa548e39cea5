/*
 * Forms that send files. The first line is the content type, the rest the
 * body. What is taken lies within the input, and texts are UTF-8.
 */
#include "fuzz.h"

#include <string.h>

#include "base/form.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = fuzz_arena();
	const char *text = (const char *)data;
	const char *line = memchr(text, '\n', size);
	struct pair_list pairs;
	struct file_list files;
	const char *body;
	size_t length;

	if (line == NULL || memchr(text, '\0', (size_t)(line - text)) != NULL)
		return 0;
	body = line + 1;
	length = size - (size_t)(body - text);
	if (!form_decode_files(arena,
		arena_strndup(arena, text, (size_t)(line - text)), body, length,
		&pairs, &files))
		return 0;
	for (size_t i = 0; i < pairs.count; i++) {
		ENSURE(*pairs.row[i].name != '\0');
		ENSURE(text_is_utf8(
		    pairs.row[i].value, strlen(pairs.row[i].value)));
	}
	for (size_t i = 0; i < files.count; i++) {
		const char *content = (const char *)files.row[i].content.data;

		ENSURE(content >= body &&
		       content + files.row[i].content.length <= body + length);
	}
	return 0;
}
