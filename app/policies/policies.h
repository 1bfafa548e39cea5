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
 * The same of a draft, which may lack what policy_check() asks for: gives only
 * what cannot be read at all.
 */
struct policy_faults policy_draft_read(
    struct arena *arena, const char *document, struct policy *policy);

/*
 * The document of a policy, which may be a draft, in the arena. Reading it
 * gives the same policy; reply and start times are whole minutes and hours.
 */
const char *policy_write(struct arena *arena, const struct policy *policy);

/* What a policy says, one plain sentence each, in the order it happens. */
struct text_list policy_words(struct arena *arena, const struct policy *policy);

/* What one step does, in a sentence: "Whoever does not meet it drops out". */
const char *policy_step_words(
    struct arena *arena, const struct policy_step *step);

/*
 * What the policy says of one part that is no step, a sentence each; those of
 * a draft say so where nothing is chosen yet.
 */
struct text_list policy_part_words(
    struct arena *arena, const struct policy *policy, enum policy_part part);

#endif
