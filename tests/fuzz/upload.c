/*
 * The checks of files that people send. The first byte picks the kind, the
 * second how much of either end is seen; the rest is the file. Names are tidy
 * however they came, and the check reads nothing beyond what it was given.
 */
#include "fuzz.h"

#include <string.h>

#include "base/upload.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "x.pdf", "x.docx", "x.xlsx",
		"x.odt", "x.ods", "x.png", "x.jpg" };
	struct arena *arena = fuzz_arena();
	struct upload_edges edges;
	const struct upload_kind *kind;
	const char *name, *again;
	unsigned char *head, *tail;
	size_t seen;

	if (size < 2)
		return 0;
	kind = upload_kind_find(names[data[0] % 7]);
	ENSURE(kind != NULL);
	seen = data[1] == 0 ? size : (size_t)data[1] * 16;
	data += 2;
	size -= 2;
	if (seen > size)
		seen = size;
	/* Blocks of their own, so that the sanitizer sees their ends. */
	head = malloc(seen + 1);
	tail = malloc(seen + 1);
	memcpy(head, data, seen);
	memcpy(tail, data + size - seen, seen);
	edges = (struct upload_edges) { { head, seen }, { tail, seen }, size };
	upload_check(arena, kind, &edges);
	free(head);
	free(tail);

	name = upload_name_tidy(arena, fuzz_text(arena, data, size));
	again = upload_name_tidy(arena, name);
	ENSURE(strcmp(name, again) == 0);
	ENSURE(*name != '\0' && text_length(name) <= UPLOAD_NAME_MOST);
	ENSURE(strpbrk(name, "/\\\r\n\t") == NULL);
	ENSURE(text_is_utf8(name, strlen(name)));
	return 0;
}
