/* Fern council of tests/data/offers.sql: policies, packages, rounds. */
#ifndef PAGES_SUPPORT_OFFERS_H
#define PAGES_SUPPORT_OFFERS_H

#include "harness.h"

/*
 * Connects, loads the data and the policies of conf/policies, and sets the
 * clock to ten on a Wednesday morning. Accounts, all with the demonstration's
 * password: broker, second, commissioner and auditor @fern.example,
 * broker@gorse.example, owner@ alder, birch, cedar, dogwood, elder, fir and
 * stranger .example.
 */
int fern_begin(void **state);
int fern_end(void **state);

/* A framework under another policy of conf/policies; its members join later. */
void fern_framework(const char *policy);

/* A browser in which that person is signed in. */
struct browser *fern_sign_in(const char *email);

/*
 * A package that waits under "hertfordshire", "cambridgeshire-2017",
 * "test-best-three" or "test-one-at-a-time"; to be freed.
 */
char *fern_package(const char *policy);

/* Sends the offers of a package from its match page. */
void fern_send(struct browser *broker, const char *package);

/* The offer of a provider in the newest round of a package; to be freed. */
char *fern_offer(const char *package, const char *provider);

/* "/offers/O.../accept" and the like; lives until the fourth call after. */
const char *fern_path(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/*
 * Accepts an offer with a start so many hours from now; rate may be NULL.
 * The status is left for the caller to look at.
 */
void fern_accept(
    struct browser *provider, const char *offer, int hours, const char *rate);
void fern_decline(struct browser *provider, const char *offer);

/* Moves the clock on, "2 hours"; sessions may end by that. */
void fern_later(const char *interval);

/*
 * A package under a policy, its broker and three of the providers, signed in.
 * It is ten again, and nobody is ahead by what an earlier test has awarded.
 */
struct fern_cast {
	struct browser *broker, *alder, *birch, *cedar;
	char *package;
};
struct fern_cast fern_cast_begin(const char *policy);
void fern_cast_end(struct fern_cast *cast);

/* For sessions that ended while the clock was moved. */
void fern_sign_in_again(struct browser **browser, const char *email);

/* A reply to the newest offer of a package to the provider of that name. */
void fern_accept_in(struct browser *provider, const char *package,
    const char *name, int hours, const char *rate);
void fern_decline_in(
    struct browser *provider, const char *package, const char *name);
const char *fern_result_in(const char *package, const char *name);

/* Figures behind the pages. */
const char *fern_package_state(const char *package);
const char *fern_offer_result(const char *offer); /* "accepted chosen" */
int64_t fern_live_placements(const char *package);
int64_t fern_mails(const char *kind, const char *provider);

/*
 * Lets Hertfordshire's framework ask, for a kind of service, for an insurance
 * that Alder alone has; and removes all gates with the facts.
 */
void fern_gate_add(const char *kind);
void fern_gates_remove(void);

/* Pages of a start as a form's fields; see fern_accept. */
struct start_fields {
	char day[3], month[3], year[5], time[6];
};
struct start_fields fern_start(int hours);

#endif
