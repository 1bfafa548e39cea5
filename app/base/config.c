/*
 * The environment as a table of names: what is not in it is a mistake of
 * spelling that would otherwise be noticed much later.
 */
#include "base/config.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

enum { NO_MEMBER = -1 };

struct setting {
	const char *name;
	int offset; /* in struct config; NO_MEMBER: read by scripts only */
	const char *usual;
};

static const struct setting settings[] = {
	{ "HEARTH_ADDRESS", offsetof(struct config, address),
	    "http://127.0.0.1:8080" },
	{ "HEARTH_ASSETS", offsetof(struct config, assets), "build/assets" },
	{ "HEARTH_VAR", offsetof(struct config, var), "var" },
	{ "HEARTH_MAIL_FROM", offsetof(struct config, mail_from),
	    "Hearth <hearth@localhost>" },
	{ "HEARTH_PROXY", offsetof(struct config, proxy), NULL },
	{ "HEARTH_CLAMD", offsetof(struct config, clamd), NULL },
	{ "SMTP_URL", offsetof(struct config, smtp_url), NULL },
	{ "HEARTH_WORKERS", NO_MEMBER, NULL },
};

enum { SETTING_COUNT = sizeof(settings) / sizeof(*settings) };

/* "HEARTH_VAR=var" -> whether the table has HEARTH_VAR. */
static bool
name_is_known(const char *entry)
{
	const size_t length = strcspn(entry, "=");
	size_t i;

	for (i = 0; i < SETTING_COUNT; i++)
		if (strlen(settings[i].name) == length &&
		    memcmp(settings[i].name, entry, length) == 0)
			return true;
	return false;
}

static bool
refuse(const char *name, const char *reason)
{
	fprintf(
	    stderr, "hearth: %.*s %s\n", (int)strcspn(name, "="), name, reason);
	return false;
}

/* Texts end up in headers and mails: one line of visible characters. */
static bool
text_is_line(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7F)
			return false;
	return true;
}

static bool
address_is_good(const char *address)
{
	const char *host = strstr(address, "://");

	return host != NULL && host[3] != '\0' &&
	       (text_starts_with(address, "http://") ||
		   text_starts_with(address, "https://")) &&
	       strpbrk(host + 3, "/ ?#@\"'<>\\") == NULL;
}

/* A socket's path, or a host and a port after the last colon. */
static bool
clamd_is_good(const char *clamd)
{
	const char *colon;
	int64_t port;

	if (clamd == NULL || *clamd == '/')
		return true;
	colon = strrchr(clamd, ':');
	return colon != NULL && colon != clamd &&
	       text_to_int64(colon + 1, 1, 65535, &port);
}

bool
config_read(struct config *config)
{
	char **entry;
	size_t i;

	*config = (struct config) { .is_secure = false };
	for (entry = environ; entry != NULL && *entry != NULL; entry++)
		if (text_starts_with(*entry, "HEARTH_") &&
		    !name_is_known(*entry))
			return refuse(*entry, "is not a setting of Hearth");
	for (i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &settings[i];
		const char *value = getenv(setting->name);

		if (setting->offset == NO_MEMBER)
			continue;
		if (text_is_empty(value))
			value = setting->usual;
		if (value != NULL && !text_is_line(value))
			return refuse(setting->name, "is not one line");
		memcpy((char *)config + setting->offset, &value, sizeof(value));
	}
	if (!address_is_good(config->address))
		return refuse("HEARTH_ADDRESS",
		    "is not http:// or https:// and a host, without a slash "
		    "at the end");
	if (!clamd_is_good(config->clamd))
		return refuse("HEARTH_CLAMD",
		    "is not the path of a socket, nor a host and a port: "
		    "127.0.0.1:3310");
	config->is_secure = text_starts_with(config->address, "https://");
	return true;
}
