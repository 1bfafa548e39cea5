/*
 * Files and SMTP. A file appears whole under its name or not at all; SMTP is
 * libcurl's, over one connection that is kept while there is mail.
 */
#include "messages/transport.h"

#include <curl/curl.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/config.h"
#include "base/text.h"
#include "messages/jobs.h"
#include "messages/letter.h"

enum {
	CONNECT_SECONDS = 8,
	SEND_SECONDS = 20,
};

struct transport {
	CURL *curl; /* NULL: files */
	const char *url;
	const char *folder;
	const char *from;
	struct arena *arena; /* lives as long as the transport */
};

/* --- Files ---------------------------------------------------------------- */

static bool
file_write(const char *path, const char *text)
{
	size_t left = strlen(text);
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool is_good = file >= 0;

	while (is_good && left > 0) {
		const ssize_t written = write(file, text, left);

		if (written < 0 && errno == EINTR)
			continue;
		is_good = written > 0;
		if (is_good) {
			text += written;
			left -= (size_t)written;
		}
	}
	is_good = is_good && fsync(file) == 0;
	if (file >= 0 && close(file) != 0)
		is_good = false;
	return is_good;
}

/* Makes a renaming survive a power cut. */
static bool
folder_sync(const char *folder)
{
	const int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool is_good = file >= 0 && fsync(file) == 0;

	if (file >= 0)
		close(file);
	return is_good;
}

static enum delivery
file_send(struct transport *transport, struct arena *arena, const char *name,
    const char *mail, const char **reason)
{
	const char *path = arena_printf(
	    arena, "%s/%s.eml", transport->folder, name);
	const char *draft = arena_printf(
	    arena, "%s/.%s.%ld", transport->folder, name, (long)getpid());

	if (file_write(draft, mail) && rename(draft, path) == 0 &&
	    folder_sync(transport->folder))
		return DELIVERED;
	*reason = arena_printf(
	    arena, "the file could not be written: %s", strerror(errno));
	unlink(draft);
	return DELIVERY_LATER;
}

/* --- SMTP ----------------------------------------------------------------- */

struct reading {
	const char *text;
	size_t left;
};

static size_t
mail_read(char *into, size_t size, size_t count, void *argument)
{
	struct reading *reading = argument;
	size_t length = size * count;

	if (length > reading->left)
		length = reading->left;
	memcpy(into, reading->text, length);
	reading->text += length;
	reading->left -= length;
	return length;
}

static int
progress(void *argument, curl_off_t down_all, curl_off_t down,
    curl_off_t up_all, curl_off_t up)
{
	(void)argument;
	(void)down_all;
	(void)down;
	(void)up_all;
	(void)up;
	return jobs_is_ending() ? 1 : 0;
}

/*
 * What the server's last code says about this mail. Codes of signing in, or
 * of a server that is shutting down, are about us and may pass.
 */
static enum delivery
delivery_from(CURLcode result, long code)
{
	if (result == CURLE_OK)
		return DELIVERED;
	if (result == CURLE_ABORTED_BY_CALLBACK)
		return DELIVERY_STOPPED;
	if (result == CURLE_LOGIN_DENIED || (code >= 530 && code < 540))
		return DELIVERY_LATER;
	return code >= 500 && code < 600 ? DELIVERY_NEVER : DELIVERY_LATER;
}

static enum delivery
smtp_send(struct transport *transport, struct arena *arena,
    const char *to_email, const char *mail, const char **reason)
{
	struct reading reading = { mail, strlen(mail) };
	struct curl_slist *recipients = curl_slist_append(NULL, to_email);
	CURL *curl = transport->curl;
	CURLcode result = CURLE_OUT_OF_MEMORY;
	long code = 0;

	if (recipients != NULL) {
		curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients);
		curl_easy_setopt(curl, CURLOPT_READDATA, &reading);
		result = curl_easy_perform(curl);
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code);
		curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, NULL);
	}
	curl_slist_free_all(recipients);
	if (result != CURLE_OK)
		*reason = code >= 400
		              ? arena_printf(
				    arena, "the mail server answered %ld", code)
		              : arena_printf(
				    arena, "%s", curl_easy_strerror(result));
	return delivery_from(result, code);
}

static bool
smtp_start(struct transport *transport)
{
	const char *from = address_of(transport->arena, transport->from);
	CURL *curl;

	if (from == NULL) {
		fputs("hearth: HEARTH_MAIL_FROM is not an address\n", stderr);
		return false;
	}
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK ||
	    (curl = curl_easy_init()) == NULL) {
		fputs("hearth: libcurl does not start\n", stderr);
		return false;
	}
	transport->curl = curl;
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	if (curl_easy_setopt(curl, CURLOPT_URL, transport->url) != CURLE_OK ||
	    !(text_starts_with(transport->url, "smtp://") ||
		text_starts_with(transport->url, "smtps://"))) {
		fputs("hearth: SMTP_URL is not smtp:// or smtps://\n", stderr);
		return false;
	}
	curl_easy_setopt(curl, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM,
	    arena_printf(transport->arena, "<%s>", from));
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, mail_read);
	curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, progress);
	curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SEND_SECONDS);
	return true;
}

/* --- Either --------------------------------------------------------------- */

static bool
folder_start(struct transport *transport)
{
	if (mkdir(transport->folder, 0700) != 0 && errno != EEXIST) {
		fprintf(stderr, "hearth: %s cannot be made: %s\n",
		    transport->folder, strerror(errno));
		return false;
	}
	if (access(transport->folder, W_OK | X_OK) != 0) {
		fprintf(stderr, "hearth: %s cannot be written: %s\n",
		    transport->folder, strerror(errno));
		return false;
	}
	return true;
}

struct transport *
transport_new(const struct config *config)
{
	struct arena *arena = arena_new(1 << 20);
	struct transport *transport = arena_alloc(arena, sizeof(*transport));

	transport->arena = arena;
	transport->url = config->smtp_url;
	transport->from = config->mail_from;
	transport->folder = arena_printf(arena, "%s/mail", config->var);
	if (config->smtp_url != NULL ? smtp_start(transport)
				     : folder_start(transport))
		return transport;
	transport_free(transport);
	return NULL;
}

void
transport_free(struct transport *transport)
{
	if (transport->curl != NULL)
		curl_easy_cleanup(transport->curl);
	arena_free(transport->arena);
}

enum delivery
transport_send(struct transport *transport, struct arena *arena,
    const char *name, const char *to_email, const char *mail,
    const char **reason)
{
	*reason = "";
	if (transport->curl == NULL)
		return file_send(transport, arena, name, mail, reason);
	return smtp_send(transport, arena, to_email, mail, reason);
}
