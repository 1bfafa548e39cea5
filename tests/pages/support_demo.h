/*
 * For tests about the demonstration, which need more of the database than
 * the pages have.
 */
#ifndef PAGES_SUPPORT_DEMO_H
#define PAGES_SUPPORT_DEMO_H

#include "harness.h"

/* The superuser of the cluster. */
const char *superuser(void);

/* New connections are that user's until user_give_back. */
void user_take(const char *name);
void user_give_back(void);

#endif
