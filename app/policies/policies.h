/*
 * Policy documents: JSON that councils can share, read into the struct that
 * app/matching carries out, and told in words for pages. What every key means
 * is in conf/policies/README.md.
 */
#ifndef POLICIES_POLICIES_H
#define POLICIES_POLICIES_H

#include "base/text.h"
#include "matching/policy.h"

struct arena;

/* A document is a few kilobytes; larger ones are refused. */
enum { POLICY_DOCUMENT_MAXIMUM = 64 * 1024 };

/*
 * Reads a document into *policy, whose texts live in the arena. Gives all
 * that is wrong, in sentences that name the place ("steps[2].criterion: ...");
 * none when the policy can be used. *policy is whole only then.
 */
struct policy_faults policy_read(
    struct arena *arena, const char *document, struct policy *policy);

/*
 * The document of a policy that passed policy_check(), in the arena. Reading
 * it gives the same policy; reply and start times are whole minutes and hours.
 */
const char *policy_write(struct arena *arena, const struct policy *policy);

/* What a policy says, one plain sentence each, in the order it happens. */
struct text_list policy_words(struct arena *arena, const struct policy *policy);

#endif
