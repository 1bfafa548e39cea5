/* See support_register.h. */
#include "support_register.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/password.h"

static void
data_load(void)
{
	static char text[64 * 1024];
	FILE *file = fopen("tests/data/register.sql", "r");
	size_t length;

	if (file == NULL) {
		perror("tests/data/register.sql");
		exit(1);
	}
	length = fread(text, 1, sizeof(text) - 1, file);
	text[length] = '\0';
	fclose(file);
	sql_run("%s", text);
}

static void
account_add(const char *hash, const char *email, const char *role,
    const char *council, const char *organisation)
{
	sql_run("SELECT account_add('%s', '%s', '%s',"
		" (SELECT id FROM council WHERE code = '%s'),"
		" (SELECT id FROM organisation WHERE name = '%s'), '%s')",
	    email, email, role, council, organisation, hash);
}

int
register_begin(void **state)
{
	struct password_job job = { .is_verify = false };

	(void)state;
	harness_begin();
	data_load();
	snprintf(job.password, sizeof(job.password), "%s", demo_password);
	password_run(&job);
	account_add(job.hash, "broker@elm.example", "broker", "elm", "");
	account_add(
	    job.hash, "commissioner@elm.example", "commissioner", "elm", "");
	account_add(job.hash, "auditor@elm.example", "auditor", "elm", "");
	account_add(
	    job.hash, "admin@elm.example", "council_administrator", "elm", "");
	account_add(job.hash, "broker@oak.example", "broker", "oak", "");
	account_add(job.hash, "broker@nhs.example", "broker", "elm-nhs", "");
	account_add(job.hash, "owner@acorn.example", "provider_owner", "",
	    "Acorn Homecare");
	account_add(job.hash, "manager@acorn.example", "provider_manager", "",
	    "Acorn Homecare");
	account_add(job.hash, "owner@beech.example", "provider_owner", "",
	    "Beech Homecare");
	account_add(job.hash, "owner@conker.example", "provider_owner", "",
	    "Conker Homecare");
	return 0;
}

int
register_end(void **state)
{
	(void)state;
	harness_end();
	return 0;
}

struct browser *
signed_in(const char *email)
{
	struct browser *browser = browser_new();

	browser_sign_in(browser, email);
	return browser;
}

const char *
provider_reference(const char *name)
{
	return sql_text(
	    "SELECT reference FROM organisation WHERE name = '%s'", name);
}

char *
membership_path(const char *provider, const char *council, const char *part)
{
	return strdup(
	    sql_text("SELECT '/providers/' || o.reference || '/memberships/' ||"
		     " m.reference || '/%s' FROM framework_member m"
		     " JOIN organisation o ON o.id = m.organisation_id"
		     " JOIN council c ON c.id = m.council_id"
		     " WHERE o.name = '%s' AND c.code = '%s'",
		part, provider, council));
}
