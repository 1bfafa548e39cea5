/* See support_demo.h. */
#include "support_demo.h"

#include <stdlib.h>
#include <string.h>

const char *
superuser(void)
{
	const char *name = getenv("TEST_SUPERUSER");

	return name != NULL ? name : "postgres";
}

static char *own_user;

void
user_take(const char *name)
{
	const char *user = getenv("PGUSER");

	own_user = user != NULL ? strdup(user) : NULL;
	setenv("PGUSER", name, 1);
}

void
user_give_back(void)
{
	if (own_user != NULL)
		setenv("PGUSER", own_user, 1);
	else
		unsetenv("PGUSER");
	free(own_user);
	own_user = NULL;
}
