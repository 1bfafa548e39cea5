/*
 * Who may do what. The route table names a permission for every page; this
 * file's table names the roles that have it; ownership is in the queries and
 * the tenant in row-level security underneath.
 */
#ifndef PERMISSIONS_H
#define PERMISSIONS_H

#include <stdbool.h>
#include <stddef.h>

enum permission {
	ANYONE,    /* also without signing in */
	SIGNED_IN, /* every role */
	PACKAGE_READ,
	PACKAGE_WRITE,
	OFFER_SEND,
	PLACEMENT_APPROVE,       /* a placement outside the ranking */
	INDIVIDUAL_RATE_APPROVE, /* above a framework's ceiling */
	PLACEMENT_READ,          /* of one's own council or provider */
	PLACEMENT_WRITE,         /* end it, see the key-safe note */
	WAITING_READ,
	COVERAGE_READ,
	AREA_PLAN_WRITE, /* areas that are drawn up and not in force */
	CLEARING_READ,
	CLEARING_WRITE, /* propose an assignment; sending is OFFER_SEND */
	PROVIDER_READ,
	PROVIDER_WRITE,
	GATE_WRITE, /* the conditions of a framework */
	POLICY_READ,
	POLICY_WRITE,
	RATE_READ,
	RATE_WRITE,
	QUESTION_SET_READ,
	QUESTION_SET_WRITE,
	MARKET_TEST_READ,  /* of one's own council, without its answers */
	MARKET_TEST_WRITE, /* draft, propose, approve, open, invite, clarify */
	MARKET_TEST_RESULT_READ,  /* answers, once opened */
	MARKET_TEST_RESULT_WRITE, /* themes, overview, keyed returns */
	MARKET_TEST_ANSWER,       /* for one's provider */
	INFORMATION_REQUEST_READ, /* under the Freedom of Information Act */
	INFORMATION_REQUEST_WRITE,
	ACCOUNT_MANAGE, /* the people of one's own body */
	WALL_RAISE,     /* say who may not read answers to market tests */
	MAIL_READ,
	AUDIT_READ,
	OFFER_ANSWER,
	OWN_PROVIDER_READ,
	OWN_PROVIDER_WRITE,
	PERMISSION_COUNT,
};

/* Whether a role ("" for nobody) has a permission. */
bool permission_has(const char *role, enum permission permission);

/* Whether the role works for a council (else for a provider). */
bool role_is_staff(const char *role);

/* "Broker" for "broker"; the role itself when it is unknown. */
const char *role_label(const char *role);

/* The names of all roles from index 0; NULL beyond the last. */
const char *role_at(size_t index);

#endif
