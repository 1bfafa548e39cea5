/* What replies must satisfy. */
#include "offers/reply_forms.h"

#include "base/clock.h"
#include "base/config.h"
#include "base/money.h"
#include "matching/price.h"

enum { LATEST_DAYS = 92 };

struct offer_work
offer_work_of(struct request *r)
{
	return (struct offer_work) {
		.db = r->db,
		.arena = r->arena,
		.address = r->config->address,
	};
}

void
start_check(struct form *form, const char *name, int64_t start_at, int64_t now,
    int64_t wanted_at)
{
	if (form_field(form, name)->error != NULL || start_at == 0)
		return;
	if (start_at < now)
		form_error(form, name, "The start must be in the future");
	else if (start_at > wanted_at + LATEST_DAYS * CLOCK_DAY)
		form_error(form, name,
		    "The start must be within 3 months of the start wanted");
}

int64_t
start_suggested(const struct request *r, int64_t wanted_at)
{
	return wanted_at > r->now ? wanted_at : 0;
}

int64_t
introduction_check(struct form *form, const char *name, int64_t introduced_at,
    int64_t start_at, const struct policy *policy)
{
	if (!policy->is_introduced_before_start)
		return 0;
	if (form_field(form, name)->error != NULL)
		return 0;
	if (introduced_at == 0)
		form_error(form, name,
		    "Enter when care worker and person are introduced");
	else if (start_at != 0 && introduced_at >= start_at)
		form_error(
		    form, name, "The introduction must be before the start");
	return introduced_at;
}

int64_t
rate_check(struct form *form, const char *name, int64_t rate_pence,
    const struct policy *policy)
{
	int64_t floor = policy->floor_pence, ceiling = policy->ceiling_pence;
	struct request *r = form->r;

	if (policy->price != PRICE_OFFERED)
		return 0;
	if (form_field(form, name)->error != NULL)
		return 0;
	if (rate_pence == 0)
		form_error(form, name, "Enter your rate for an hour");
	else if (price_rate_allowed(rate_pence, floor, ceiling))
		return rate_pence;
	else if (ceiling == 0)
		form_error(
		    form, name, "The rate must be %s or more", money(r, floor));
	else if (floor == 0)
		form_error(form, name, "The rate must be %s or less",
		    money(r, ceiling));
	else
		form_error(form, name, "The rate must be from %s to %s",
		    money(r, floor), money(r, ceiling));
	return 0;
}
