/* A policy's name, how offers go out, what follows and who wins, as forms. */
#include "policies/parts_all.h"

#include "base/arena.h"
#include "base/request.h"

/* --- Name ------------------------------------------------------------------- */

static const struct field name_fields[] = {
	REVISION,
	FIELD(struct part_values, FIELD_LINE, name, "Name",
	    .hint = "As people know it, for example Support at home framework",
	    .missing = "Enter a name", .is_required = true, .maximum = 200),
	FIELD_END,
};

static void
name_show(
    struct request *r, const struct policy *policy, struct part_values *values)
{
	(void)r;
	values->name = policy->name;
}

static void
name_apply(const struct part_values *values, struct policy *policy)
{
	policy->name = values->name;
}

const struct draft_part part_name = {
	.part = PART_NAME,
	.slug = "name",
	.title = "Name",
	.fields = name_fields,
	.show = name_show,
	.apply = name_apply,
};

/* --- How offers go out ------------------------------------------------------ */

static const struct choice modes[] = {
	{ "all", "All eligible providers at once", NULL },
	{ "best", "The first few at once, then the next few", NULL },
	{ "one", "One at a time, in order", NULL },
	{ "tiers", "Tier after tier",
	    "All that are equal with the first are asked, then the next" },
	{ NULL, NULL, NULL },
};

static const struct field sending_fields[] = {
	REVISION,
	FIELD(struct part_values, FIELD_CHOICE, mode, "Who is asked",
	    .missing = "Select who is asked", .is_required = true,
	    .choices = modes),
	FIELD(struct part_values, FIELD_NUMBER, best_count,
	    "How many are asked at once",
	    .hint = "Only where the first few are asked at once",
	    .subject = "The number asked at once", .minimum = 1,
	    .maximum = INT16_MAX),
	FIELD(struct part_values, FIELD_CHOICES, by, "What makes a tier",
	    .hint = "Only where tiers are asked: those that are equal in all "
		    "of these. Steps that prefer stand here"),
	FIELD(struct part_values, FIELD_TICK, chosen_alone_first,
	    "A provider that the person has chosen is asked alone first"),
	FIELD(struct part_values, FIELD_TICK, single_needs_no_competition,
	    "A single available provider needs no competition",
	    .hint = "It may win before the reply time is over"),
	FIELD_END,
};

static struct text_list
criteria_names(struct request *r, uint32_t bits)
{
	const char **name = arena_array(
	    r->arena, CRITERION_COUNT, sizeof(*name));
	size_t count = 0;

	for (unsigned i = 0; i < CRITERION_COUNT; i++)
		if (bits >> i & 1)
			name[count++] = policy_criterion_name(
			    (enum criterion)i);
	return (struct text_list) { name, count };
}

static void
sending_show(
    struct request *r, const struct policy *policy, struct part_values *values)
{
	values->mode = policy_mode_name(policy->mode);
	values->best_count = policy->best_count;
	values->by = criteria_names(r, policy->wave_by);
	values->chosen_alone_first = policy->chosen_alone_first;
	values->single_needs_no_competition =
	    policy->single_needs_no_competition;
}

static void
sending_check(struct form *form, const struct part_values *values)
{
	bool is_best = text_equal(values->mode, "best");
	bool is_tiers = text_equal(values->mode, "tiers");

	if (is_best && values->best_count == 0)
		form_error(form, "best_count", "Enter how many are asked");
	if (!is_best && values->best_count != 0)
		form_error(form, "best_count",
		    "Leave this empty unless the first few are asked at once");
	if (is_tiers && values->by.count == 0)
		form_error(form, "by", "Select what makes a tier");
	if (!is_tiers && values->by.count != 0)
		form_error(
		    form, "by", "Select nothing here unless tiers are asked");
}

static void
sending_apply(const struct part_values *values, struct policy *policy)
{
	policy_mode_of(values->mode, &policy->mode);
	policy->best_count = (int32_t)values->best_count;
	policy->wave_by = 0;
	for (size_t i = 0; i < values->by.count; i++) {
		enum criterion criterion;

		if (policy_criterion_of(values->by.row[i], &criterion))
			policy->wave_by |= UINT32_C(1) << criterion;
	}
	policy->chosen_alone_first = values->chosen_alone_first;
	policy->single_needs_no_competition =
	    values->single_needs_no_competition;
}

const struct draft_part part_sending = {
	.part = PART_SENDING,
	.slug = "sending",
	.title = "How offers go out",
	.fields = sending_fields,
	.show = sending_show,
	.check = sending_check,
	.apply = sending_apply,
};

/* --- What follows ----------------------------------------------------------- */

static const struct choice declines[] = {
	{ "next", "The next are asked at once", NULL },
	{ "reply_time", "The next are asked when the reply time is over",
	    NULL },
	{ NULL, NULL, NULL },
};

static const struct choice no_replies[] = {
	{ "next", "The next are asked", NULL },
	{ "broker", "A broker decides how it goes on", NULL },
	{ NULL, NULL, NULL },
};

static const struct choice lasts[] = {
	{ "waits", "The package waits", NULL },
	{ "again", "The offers start again, without those that declined",
	    NULL },
	{ NULL, NULL, NULL },
};

static const struct field after_fields[] = {
	REVISION,
	FIELD(struct part_values, FIELD_CHOICE, decline,
	    "When everybody asked has declined",
	    .missing = "Select what follows a decline", .is_required = true,
	    .choices = declines),
	FIELD(struct part_values, FIELD_CHOICE, no_reply,
	    "When a reply does not come in time",
	    .missing = "Select what follows no reply", .is_required = true,
	    .choices = no_replies),
	FIELD(struct part_values, FIELD_CHOICE, last,
	    "When nobody is left to ask",
	    .missing = "Select what follows when nobody is left",
	    .is_required = true, .choices = lasts),
	FIELD(struct part_values, FIELD_NUMBER, again_most,
	    "How often the offers start again at most",
	    .subject = "How often the offers start again",
	    .hint = "1 to 10. Only where they start again", .minimum = 1,
	    .maximum = POLICY_AGAIN),
	FIELD_END,
};

static void
after_show(
    struct request *r, const struct policy *policy, struct part_values *values)
{
	(void)r;
	values->decline = policy_decline_name(policy->after_decline);
	values->no_reply = policy_no_reply_name(policy->after_no_reply);
	values->last = policy_last_name(policy->after_last);
	values->again_most = policy->again_most;
}

static void
after_check(struct form *form, const struct part_values *values)
{
	bool is_again = text_equal(values->last, "again");

	if (is_again && values->again_most == 0)
		form_error(form, "again_most",
		    "Enter how often the offers start again at most");
	if (!is_again && values->again_most != 0)
		form_error(form, "again_most",
		    "Leave this empty unless the offers start again");
}

static void
after_apply(const struct part_values *values, struct policy *policy)
{
	policy_decline_of(values->decline, &policy->after_decline);
	policy_no_reply_of(values->no_reply, &policy->after_no_reply);
	policy_last_of(values->last, &policy->after_last);
	policy->again_most = (int32_t)values->again_most;
}

const struct draft_part part_after = {
	.part = PART_AFTER,
	.slug = "after",
	.title = "What follows",
	.fields = after_fields,
	.show = after_show,
	.check = after_check,
	.apply = after_apply,
};

/* --- Who wins --------------------------------------------------------------- */

static const struct choice winners[] = {
	{ "first", "The first acceptance that meets the wanted start", NULL },
	{ "ranked", "The best ranked of those who accept",
	    "Once nobody ranked before it can still answer" },
	{ "best", "The best reply", "By the steps that compare replies" },
	{ NULL, NULL, NULL },
};

static const struct field winner_fields[] = {
	REVISION,
	FIELD(struct part_values, FIELD_CHOICE, winner, "Who wins",
	    .missing = "Select who wins", .is_required = true,
	    .choices = winners),
	FIELD_END,
};

static void
winner_show(
    struct request *r, const struct policy *policy, struct part_values *values)
{
	(void)r;
	values->winner = policy_winner_name(policy->winner);
}

static void
winner_apply(const struct part_values *values, struct policy *policy)
{
	policy_winner_of(values->winner, &policy->winner);
}

const struct draft_part part_winner = {
	.part = PART_WINNER,
	.slug = "winner",
	.title = "Who wins",
	.fields = winner_fields,
	.show = winner_show,
	.apply = winner_apply,
};
