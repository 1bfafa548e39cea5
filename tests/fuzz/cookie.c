/*
 * Cookie headers: whatever they hold, a session's token is 64 small
 * hexadecimal letters or there is none.
 */
#include "fuzz.h"

#include <string.h>

#include "base/config.h"
#include "base/request.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config config = { .is_secure = size > 0 && data[0] % 2 == 1 };
	struct request r = { .arena = fuzz_arena(), .config = &config };
	const char *token, *notice;

	r.cookie = fuzz_text(r.arena, data, size);
	token = session_cookie(&r);
	if (token != NULL) {
		ENSURE(strlen(token) == 2 * SESSION_TOKEN_SIZE);
		ENSURE(strspn(token, "0123456789abcdef") == strlen(token));
		ENSURE(strstr(r.cookie, token) != NULL);
	}
	notice = cookie_find(&r, "notice");
	if (notice != NULL)
		ENSURE(strchr(notice, ';') == NULL);
	return 0;
}
