/* The table of roles and permissions that an auditor can read. */
#include "permissions.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MAY(permission) (UINT64_C(1) << (permission))

_Static_assert(PERMISSION_COUNT <= 64, "permissions are bits of 64");

enum {
	COUNCIL = true,
	PROVIDER = false,
};

struct role {
	const char *name;
	const char *label;
	bool is_staff;
	uint64_t permissions;
};

static const struct role roles[] = {
	{ "council_administrator", "Council administrator", COUNCIL,
	    MAY(SIGNED_IN) | MAY(COVERAGE_READ) | MAY(WAITING_READ) |
		MAY(PROVIDER_READ) | MAY(PROVIDER_WRITE) | MAY(POLICY_READ) |
		MAY(POLICY_WRITE) | MAY(RATE_READ) | MAY(RATE_WRITE) |
		MAY(QUESTION_SET_READ) | MAY(QUESTION_SET_WRITE) |
		MAY(MARKET_TEST_READ) | MAY(MARKET_TEST_WRITE) |
		MAY(MARKET_TEST_RESULT_READ) | MAY(MARKET_TEST_RESULT_WRITE) |
		MAY(INFORMATION_REQUEST_READ) | MAY(INFORMATION_REQUEST_WRITE) |
		MAY(ACCOUNT_MANAGE) | MAY(WALL_RAISE) | MAY(MAIL_READ) |
		MAY(AUDIT_READ) },
	{ "broker", "Broker", COUNCIL,
	    MAY(SIGNED_IN) | MAY(COVERAGE_READ) | MAY(CLEARING_READ) |
		MAY(CLEARING_WRITE) | MAY(PACKAGE_READ) | MAY(PACKAGE_WRITE) |
		MAY(OFFER_SEND) | MAY(PLACEMENT_APPROVE) | MAY(PLACEMENT_READ) |
		MAY(PLACEMENT_WRITE) | MAY(WAITING_READ) | MAY(PROVIDER_READ) |
		MAY(PROVIDER_WRITE) | MAY(POLICY_READ) | MAY(RATE_READ) |
		MAY(MARKET_TEST_READ) },
	{ "commissioner", "Commissioner", COUNCIL,
	    MAY(SIGNED_IN) | MAY(COVERAGE_READ) | MAY(AREA_PLAN_WRITE) |
		MAY(CLEARING_READ) | MAY(PACKAGE_READ) |
		MAY(PLACEMENT_APPROVE) | MAY(INDIVIDUAL_RATE_APPROVE) |
		MAY(PLACEMENT_READ) | MAY(WAITING_READ) | MAY(PROVIDER_READ) |
		MAY(PROVIDER_WRITE) | MAY(POLICY_READ) | MAY(POLICY_WRITE) |
		MAY(QUESTION_SET_READ) | MAY(QUESTION_SET_WRITE) |
		MAY(MARKET_TEST_READ) | MAY(MARKET_TEST_WRITE) |
		MAY(MARKET_TEST_RESULT_READ) | MAY(MARKET_TEST_RESULT_WRITE) |
		MAY(INFORMATION_REQUEST_READ) | MAY(INFORMATION_REQUEST_WRITE) |
		MAY(RATE_READ) | MAY(RATE_WRITE) | MAY(GATE_WRITE) },
	{ "auditor", "Auditor", COUNCIL,
	    MAY(SIGNED_IN) | MAY(COVERAGE_READ) | MAY(CLEARING_READ) |
		MAY(PACKAGE_READ) | MAY(WAITING_READ) | MAY(PLACEMENT_READ) |
		MAY(PROVIDER_READ) | MAY(POLICY_READ) | MAY(RATE_READ) |
		MAY(QUESTION_SET_READ) | MAY(MARKET_TEST_READ) |
		MAY(MARKET_TEST_RESULT_READ) | MAY(INFORMATION_REQUEST_READ) |
		MAY(AUDIT_READ) },
	{ "provider_owner", "Provider owner", PROVIDER,
	    MAY(SIGNED_IN) | MAY(OFFER_ANSWER) | MAY(PLACEMENT_READ) |
		MAY(PLACEMENT_WRITE) | MAY(OWN_PROVIDER_READ) |
		MAY(OWN_PROVIDER_WRITE) | MAY(MARKET_TEST_ANSWER) |
		MAY(ACCOUNT_MANAGE) },
	{ "provider_manager", "Provider manager", PROVIDER,
	    MAY(SIGNED_IN) | MAY(OFFER_ANSWER) | MAY(PLACEMENT_READ) |
		MAY(PLACEMENT_WRITE) | MAY(OWN_PROVIDER_READ) |
		MAY(MARKET_TEST_ANSWER) },
};

enum { ROLE_COUNT = sizeof(roles) / sizeof(roles[0]) };

static const struct role *
role_find(const char *name)
{
	size_t i;

	for (i = 0; i < ROLE_COUNT; i++)
		if (strcmp(roles[i].name, name) == 0)
			return &roles[i];
	return NULL;
}

bool
permission_has(const char *role, enum permission permission)
{
	const struct role *found;

	if (permission == ANYONE)
		return true;
	found = role_find(role);
	return found != NULL && (found->permissions & MAY(permission)) != 0;
}

bool
role_is_staff(const char *role)
{
	const struct role *found = role_find(role);

	return found != NULL && found->is_staff;
}

const char *
role_label(const char *role)
{
	const struct role *found = role_find(role);

	return found != NULL ? found->label : role;
}

const char *
role_at(size_t index)
{
	return index < ROLE_COUNT ? roles[index].name : NULL;
}
