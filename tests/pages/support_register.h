/* The councils and providers of tests/data/register.sql, and their people. */
#ifndef PAGES_SUPPORT_REGISTER_H
#define PAGES_SUPPORT_REGISTER_H

#include "harness.h"

/*
 * Connects and loads the data. Accounts, all with the demonstration's
 * password: broker, commissioner, auditor and admin @elm.example; broker
 * @oak.example and @nhs.example; owner and manager @acorn.example; owner
 * @beech.example and @conker.example.
 */
int register_begin(void **state);
int register_end(void **state);

/* A browser in which that person is signed in. */
struct browser *signed_in(const char *email);

/* The reference of an organisation by its name; lives until the next call. */
const char *provider_reference(const char *name);

/* "/providers/P.../memberships/M.../PART" at a council; to be freed. */
char *membership_path(
    const char *provider, const char *council, const char *part);

#endif
