/* The parts of a policy in their order. */
#include "policies/parts_all.h"

#include <string.h>

#include "base/arena.h"
#include "base/request.h"

const struct draft_part *const draft_parts[] = {
	&part_name,
	&part_sending,
	&part_reply,
	&part_after,
	&part_winner,
	&part_price,
	&part_start,
	&part_ties,
	&part_fit,
	NULL,
};

const struct draft_part *
draft_part_find(const char *slug)
{
	for (size_t i = 0; draft_parts[i] != NULL; i++)
		if (strcmp(draft_parts[i]->slug, slug) == 0)
			return draft_parts[i];
	return NULL;
}

void
draft_part_choices(struct request *r, struct form *form,
    const struct draft_part *part, const struct policy *policy)
{
	struct choice *row = arena_array(r->arena, POLICY_STEPS, sizeof(*row));
	size_t count = 0;

	if (part->part != PART_SENDING)
		return;
	for (size_t i = 0; i < policy->step_count; i++)
		if (policy->step[i].action == ACTION_PREFER)
			row[count++] =
			    (struct choice) { policy_criterion_name(
						  policy->step[i].criterion),
				    policy_criterion_label(
					policy->step[i].criterion),
				    NULL };
	form_choices(form, "by", (struct choice_list) { row, count });
}
