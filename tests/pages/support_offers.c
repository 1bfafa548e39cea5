/* See support_offers.h. */
#include "support_offers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/password.h"

static const char *const people[][3] = {
	{ "broker@fern.example", "broker", "fern" },
	{ "second@fern.example", "broker", "fern" },
	{ "commissioner@fern.example", "commissioner", "fern" },
	{ "auditor@fern.example", "auditor", "fern" },
	{ "broker@gorse.example", "broker", "gorse" },
	{ "owner@alder.example", "provider_owner", "Alder Test Care" },
	{ "owner@birch.example", "provider_owner", "Birch Test Care" },
	{ "owner@cedar.example", "provider_owner", "Cedar Test Care" },
	{ "owner@dogwood.example", "provider_owner", "Dogwood Test Care" },
	{ "owner@elder.example", "provider_owner", "Elder Test Care" },
	{ "owner@fir.example", "provider_owner", "Fir Test Care" },
	{ "owner@stranger.example", "provider_owner", "Stranger Test Care" },
};

void
fern_framework(const char *policy)
{
	sql_run("SELECT fern_framework('%s',"
		" fern_without_gates($policy$%s$policy$))",
	    policy, file_text(fern_path("conf/policies/%s.json", policy)));
}

int
fern_begin(void **state)
{
	struct password_job job = { .is_verify = false };
	size_t i;

	(void)state;
	harness_begin();
	snprintf(job.password, sizeof(job.password), "%s", demo_password);
	password_run(&job);
	sql_run("%s", file_text("tests/data/offers.sql"));
	fern_framework("hertfordshire");
	fern_framework("cambridgeshire-2017");
	fern_framework("test-best-three");
	fern_framework("test-one-at-a-time");
	sql_run("SELECT fern_members()");
	sql_run("SELECT fern_day(10)");
	for (i = 0; i < sizeof(people) / sizeof(people[0]); i++)
		sql_run("SELECT account_add('%s', 'Person of %s', '%s',"
			" (SELECT id FROM council WHERE code = '%s'),"
			" (SELECT id FROM organisation WHERE name = '%s'),"
			" '%s')",
		    people[i][0], people[i][0], people[i][1], people[i][2],
		    people[i][2], job.hash);
	return 0;
}

int
fern_end(void **state)
{
	(void)state;
	harness_end();
	return 0;
}

struct browser *
fern_sign_in(const char *email)
{
	struct browser *browser = browser_new();

	/* Many people of one address, within minutes. */
	sql_run("DELETE FROM vault.sign_in_throttle;"
		" DELETE FROM vault.address_throttle");
	browser_sign_in(browser, email);
	return browser;
}

char *
fern_package(const char *policy)
{
	static int number;

	return strdup(
	    sql_text("SELECT fern_package('%s', 'F%d')", policy, ++number));
}

void
fern_send(struct browser *broker, const char *package)
{
	char mark[64];
	const char *path = fern_path("/packages/%s/match", package);

	browser_get(broker, path);
	expect_status(broker, 200);
	browser_hidden(broker, "mark", mark, sizeof(mark));
	browser_post(broker, path, "mark", mark, NULL);
	expect_location(broker, fern_path("/packages/%s/rounds/", package));
}

char *
fern_offer(const char *package, const char *provider)
{
	return strdup(
	    sql_text("SELECT o.reference FROM offer o"
		     " JOIN package k ON k.council_id = o.council_id"
		     " AND k.id = o.package_id"
		     " JOIN organisation g ON g.id = o.organisation_id"
		     " WHERE k.reference = '%s' AND g.name LIKE '%s %%'"
		     " ORDER BY o.id DESC LIMIT 1",
		package, provider));
}

const char *
fern_path(const char *format, ...)
{
	static char paths[4][256];
	static int next;
	char *path = paths[next++ % 4];
	va_list args;

	va_start(args, format);
	vsnprintf(path, sizeof(paths[0]), format, args);
	va_end(args);
	return path;
}

struct start_fields
fern_start(int hours)
{
	struct start_fields start;
	const char *text = sql_text(
	    "SELECT to_char((clock_now() + interval '%d hours')"
	    " AT TIME ZONE 'Europe/London', 'DDMMYYYYHH24:MI')",
	    hours);

	snprintf(start.day, sizeof(start.day), "%.2s", text);
	snprintf(start.month, sizeof(start.month), "%.2s", text + 2);
	snprintf(start.year, sizeof(start.year), "%.4s", text + 4);
	snprintf(start.time, sizeof(start.time), "%.5s", text + 8);
	return start;
}

void
fern_accept(
    struct browser *provider, const char *offer, int hours, const char *rate)
{
	struct start_fields start = fern_start(hours);

	browser_fill(provider, fern_path("/offers/%s/accept", offer),
	    "start_at-day", start.day, "start_at-month", start.month,
	    "start_at-year", start.year, "start_at-time", start.time, "note",
	    "", "rate_pence", rate != NULL ? rate : "", NULL);
}

void
fern_decline(struct browser *provider, const char *offer)
{
	browser_fill(provider, fern_path("/offers/%s/decline", offer), "reason",
	    "no_capacity", "note", "", NULL);
	expect_location(provider, "/offers");
}

void
fern_later(const char *interval)
{
	sql_run("SELECT fern_later('%s')", interval);
}

const char *
fern_package_state(const char *package)
{
	return sql_text(
	    "SELECT state FROM package WHERE reference = '%s'", package);
}

const char *
fern_offer_result(const char *offer)
{
	return sql_text("SELECT concat_ws(' ', state, result) FROM offer"
			" WHERE reference = '%s'",
	    offer);
}

int64_t
fern_live_placements(const char *package)
{
	return sql_number("SELECT count(*) FROM placement p"
			  " JOIN package k ON k.council_id = p.council_id"
			  " AND k.id = p.package_id"
			  " WHERE k.reference = '%s' AND p.state <> 'ended'",
	    package);
}

int64_t
fern_mails(const char *kind, const char *provider)
{
	return sql_number("SELECT count(*) FROM outbox WHERE kind = '%s'"
			  " AND to_email = 'offers@%s.example'",
	    kind, provider);
}

struct fern_cast
fern_cast_begin(const char *policy)
{
	sql_run("SELECT fern_day(10);"
		" UPDATE framework_member SET last_award_at = NULL,"
		" spare_minutes = 3000");
	return (struct fern_cast) {
		.broker = fern_sign_in("broker@fern.example"),
		.alder = fern_sign_in("owner@alder.example"),
		.birch = fern_sign_in("owner@birch.example"),
		.cedar = fern_sign_in("owner@cedar.example"),
		.package = fern_package(policy),
	};
}

void
fern_cast_end(struct fern_cast *cast)
{
	browser_free(cast->broker);
	browser_free(cast->alder);
	browser_free(cast->birch);
	browser_free(cast->cedar);
	free(cast->package);
}

void
fern_sign_in_again(struct browser **browser, const char *email)
{
	browser_free(*browser);
	*browser = fern_sign_in(email);
}

void
fern_accept_in(struct browser *provider, const char *package, const char *name,
    int hours, const char *rate)
{
	char *offer = fern_offer(package, name);

	fern_accept(provider, offer, hours, rate);
	expect_location(provider, fern_path("/offers/%s", offer));
	free(offer);
}

void
fern_decline_in(struct browser *provider, const char *package, const char *name)
{
	char *offer = fern_offer(package, name);

	fern_decline(provider, offer);
	free(offer);
}

const char *
fern_result_in(const char *package, const char *name)
{
	char *offer = fern_offer(package, name);
	const char *result = fern_offer_result(offer);

	free(offer);
	return result;
}

void
fern_gates_remove(void)
{
	sql_run("DELETE FROM framework_gate_kind");
	sql_run("DELETE FROM framework_gate");
	sql_run("DELETE FROM provider_fact");
}

void
fern_gate_add(const char *kind)
{
	fern_gates_remove();
	sql_run("INSERT INTO framework_gate (council_id, framework_id, name,"
		" fact_kind, test, threshold, starts_on) SELECT f.council_id,"
		" f.id, 'Public liability', 'public_liability', 'at_least',"
		" 10000000, '2022-09-01' FROM framework f"
		" WHERE f.code = 'hertfordshire'");
	sql_run("INSERT INTO framework_gate_kind SELECT g.council_id, g.id,"
		" t.id FROM framework_gate g, care_term t"
		" WHERE t.kind = 'service_kind' AND t.code = '%s'",
	    kind);
	sql_run("INSERT INTO provider_fact (council_id, organisation_id, kind,"
		" value, valid_from, source) SELECT g.council_id, o.id,"
		" 'public_liability', 10000000, '2022-09-01', 'Certificate'"
		" FROM framework_gate g, organisation o"
		" WHERE o.name = 'Alder Test Care'");
}
