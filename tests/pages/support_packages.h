/* A package entered as a broker enters it, for the page tests of packages. */
#ifndef PAGES_SUPPORT_PACKAGES_H
#define PAGES_SUPPORT_PACKAGES_H

#include "harness.h"

/* GET, then POST of the page's form with its revision and these pairs. */
#define FILL(browser, path, ...)                                               \
	do {                                                                   \
		char fill_revision[16];                                        \
		browser_get((browser), (path));                                \
		browser_hidden((browser), "revision", fill_revision,           \
		    sizeof(fill_revision));                                    \
		browser_post((browser), (path), "revision", fill_revision,     \
		    __VA_ARGS__, NULL);                                        \
	} while (0)

/* "/packages/C.../place"; lives until the fourth call after. */
const char *path_of(const char *package, const char *page);

/* Councils, framework, providers and the accounts of both councils. */
void packages_begin(void);

/* The same with Nora North and Sol Second signed in, who work at once. */
void two_brokers_begin(struct browser **nora, struct browser **sol);
void two_brokers_end(struct browser *nora, struct browser *sol);

/*
 * Enters a person and all sections. The reference lives until the next call;
 * the package is a draft that can be put on the list.
 */
const char *package_enter(struct browser *broker, const char *number);

/* The same, put on the waiting list. */
const char *package_wait(struct browser *broker, const char *number);

/* A round of offers to both providers, straight into the database. */
void package_offer(const char *reference);

#endif
