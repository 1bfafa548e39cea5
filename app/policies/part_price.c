/* The price, the ties and the fit of a policy, as forms. */
#include "policies/parts_all.h"

#include "base/request.h"

enum { WEIGHT_MOST = 1000, METRES_MOST = 1000000 };

/* --- Price ------------------------------------------------------------------ */

static const struct choice prices[] = {
	{ "fixed", "The rate card, the same for everybody", NULL },
	{ "offered", "An hourly rate with each reply", NULL },
	{ "own", "The provider’s own rate in the register", NULL },
	{ "set", "The rate set for the provider when it applied",
	    "By area and how rural it is, higher for greater needs" },
	{ NULL, NULL, NULL },
};

static const struct field price_fields[] = {
	REVISION,
	FIELD(struct part_values, FIELD_CHOICE, price,
	    "Where the price comes from",
	    .missing = "Select where the price comes from", .is_required = true,
	    .choices = prices),
	FIELD(struct part_values, FIELD_MONEY, floor_pence,
	    "Lowest hourly rate allowed",
	    .hint = "Leave empty if there is none, and with a rate card",
	    .minimum = 1, .maximum = 1000000),
	FIELD(struct part_values, FIELD_MONEY, ceiling_pence,
	    "Highest hourly rate allowed",
	    .hint = "Leave empty if there is none, and with a rate card",
	    .minimum = 1, .maximum = 1000000),
	FIELD_END,
};

static void
price_show(
    struct request *r, const struct policy *policy, struct part_values *values)
{
	(void)r;
	values->price = policy_price_name(policy->price);
	values->floor_pence = policy->floor_pence;
	values->ceiling_pence = policy->ceiling_pence;
}

static void
price_check(struct form *form, const struct part_values *values)
{
	static const char message[] =
	    "Leave this empty: the rate card is the same for everybody";

	if (text_equal(values->price, "fixed")) {
		if (values->floor_pence != 0)
			form_error(form, "floor_pence", "%s", message);
		if (values->ceiling_pence != 0)
			form_error(form, "ceiling_pence", "%s", message);
	} else if (values->ceiling_pence != 0 &&
		   values->floor_pence > values->ceiling_pence) {
		form_error(form, "ceiling_pence",
		    "Highest hourly rate must be the lowest or more");
	}
}

static void
price_apply(const struct part_values *values, struct policy *policy)
{
	policy_price_of(values->price, &policy->price);
	policy->floor_pence = values->floor_pence;
	policy->ceiling_pence = values->ceiling_pence;
}

const struct draft_part part_price = {
	.part = PART_PRICE,
	.slug = "price",
	.title = "Price",
	.fields = price_fields,
	.show = price_show,
	.check = price_check,
	.apply = price_apply,
};

/* --- Ties ------------------------------------------------------------------- */

static const struct choice ties[] = {
	{ "award", "The longest time since the last award", NULL },
	{ "quality", "The higher quality score", NULL },
	{ "closeness", "The shorter distance", NULL },
	{ NULL, NULL, NULL },
};

static const struct field tie_fields[] = {
	REVISION,
	FIELD(struct part_values, FIELD_CHOICE, tie_first, "First",
	    .choices = ties),
	FIELD(struct part_values, FIELD_CHOICE, tie_second, "Second",
	    .choices = ties),
	FIELD(struct part_values, FIELD_CHOICE, tie_third, "Third",
	    .choices = ties),
	FIELD_END,
};

static void
ties_show(
    struct request *r, const struct policy *policy, struct part_values *values)
{
	const char **const member[] = { &values->tie_first, &values->tie_second,
		&values->tie_third };
	size_t used = 0;

	(void)r;
	for (size_t i = 0; i < 3; i++)
		*member[i] = "";
	for (size_t i = 0; i < policy->tie_count && used < 3; i++)
		if (policy->tie[i] != TIE_ORDER)
			*member[used++] = policy_tie_name(policy->tie[i]);
}

static void
ties_check(struct form *form, const struct part_values *values)
{
	const char *const tie[] = { values->tie_first, values->tie_second,
		values->tie_third };
	static const char *const name[] = { "tie_first", "tie_second",
		"tie_third" };

	for (size_t i = 1; i < 3; i++) {
		if (*tie[i] == '\0')
			continue;
		for (size_t j = 0; j < i; j++)
			if (text_equal(tie[j], tie[i]))
				form_error(form, name[i],
				    "Select something that does not stand "
				    "above already");
		if (*tie[i - 1] == '\0')
			form_error(form, name[i],
			    "Fill in the line above first, or leave this "
			    "empty");
	}
}

static void
ties_apply(const struct part_values *values, struct policy *policy)
{
	const char *const tie[] = { values->tie_first, values->tie_second,
		values->tie_third };

	policy->tie_count = 0;
	for (size_t i = 0; i < 3; i++)
		if (policy_tie_of(tie[i], &policy->tie[policy->tie_count]))
			policy->tie_count++;
	policy->tie[policy->tie_count++] = TIE_ORDER;
}

const struct draft_part part_ties = {
	.part = PART_TIES,
	.slug = "ties",
	.title = "Ties",
	.lead = "What parts providers that are equal in every step. The order "
		"of the register always comes last.",
	.fields = tie_fields,
	.show = ties_show,
	.check = ties_check,
	.apply = ties_apply,
};

/* --- Fit -------------------------------------------------------------------- */

#define WEIGHT(member, text)                                                   \
	FIELD(struct part_values, FIELD_NUMBER, member, text,                  \
	    .maximum = WEIGHT_MOST, HAS(member))

static const struct field fit_fields[] = {
	REVISION,
	WEIGHT(call_times, "Call times"),
	WEIGHT(specialisms, "Specialisms preferred"),
	WEIGHT(closeness, "Closeness"),
	WEIGHT(continuity, "Continuity"),
	WEIGHT(quality, "Quality score"),
	WEIGHT(local, "Local office"),
	FIELD(struct part_values, FIELD_NUMBER, near_metres,
	    "Metres up to which a provider is close",
	    .hint = "It scores 100 up to there",
	    .subject = "Metres of what is close", .maximum = METRES_MOST,
	    HAS(near_metres)),
	FIELD(struct part_values, FIELD_NUMBER, far_metres,
	    "Metres from which it is far",
	    .hint = "It scores 0 from there on. Needed wherever closeness is "
		    "scored",
	    .subject = "Metres of what is far", .maximum = METRES_MOST,
	    HAS(far_metres)),
	FIELD_END,
};

static void
weight_show(int32_t weight, int64_t *value, bool *has)
{
	*value = weight;
	*has = weight != 0;
}

static void
fit_show(
    struct request *r, const struct policy *policy, struct part_values *values)
{
	const struct fit_weights *fit = &policy->fit;

	(void)r;
	weight_show(
	    fit->call_times, &values->call_times, &values->has_call_times);
	weight_show(
	    fit->specialisms, &values->specialisms, &values->has_specialisms);
	weight_show(fit->closeness, &values->closeness, &values->has_closeness);
	weight_show(
	    fit->continuity, &values->continuity, &values->has_continuity);
	weight_show(fit->quality, &values->quality, &values->has_quality);
	weight_show(fit->local, &values->local, &values->has_local);
	weight_show(
	    fit->near_metres, &values->near_metres, &values->has_near_metres);
	weight_show(
	    fit->far_metres, &values->far_metres, &values->has_far_metres);
}

static void
fit_check(struct form *form, const struct part_values *values)
{
	bool is_scored = values->closeness != 0 || values->has_near_metres ||
	                 values->has_far_metres;

	if (is_scored && values->far_metres <= values->near_metres)
		form_error(form, "far_metres",
		    "Metres of what is far must be more than of what is "
		    "close");
}

static void
fit_apply(const struct part_values *values, struct policy *policy)
{
	policy->fit = (struct fit_weights) {
		.call_times = (int32_t)values->call_times,
		.specialisms = (int32_t)values->specialisms,
		.closeness = (int32_t)values->closeness,
		.continuity = (int32_t)values->continuity,
		.quality = (int32_t)values->quality,
		.local = (int32_t)values->local,
		.near_metres = (int32_t)values->near_metres,
		.far_metres = (int32_t)values->far_metres,
	};
}

const struct draft_part part_fit = {
	.part = PART_FIT,
	.slug = "fit",
	.title = "Fit",
	.lead = "What fit is made of, where a step looks at it: weights from 0 "
		"to 1,000. A fact that is not known counts as 0.",
	.fields = fit_fields,
	.show = fit_show,
	.check = fit_check,
	.apply = fit_apply,
};
