/*
 * Policies for tests: those that ship, and any that is allowed.
 */
#ifndef UNIT_SUPPORT_POLICY_H
#define UNIT_SUPPORT_POLICY_H

#include "matching/policy.h"

struct arena;

/* conf/policies/NAME.json; the test fails when it is not right. */
struct policy shipped_policy(struct arena *arena, const char *name);

/*
 * A policy that passes policy_check(), of every criterion, action and rule
 * there is, by the numbers of support_random.h. Its name is a constant.
 */
struct policy random_policy(void);

/* That two policies say the same, member by member. */
void expect_same_policy(const struct policy *a, const struct policy *b);

#endif
