/* Words and figures of a bundle of offers for its pages. */
#include "offers/bundle_views.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"
#include "offers/words.h"
#include "permissions.h"

static const struct offer_page *
offer_of(struct request *r, const struct bundle_part *part, bool is_staff)
{
	return offer_by_reference(r->db, part->reference,
	    is_staff ? NULL : &r->session.organisation_id,
	    is_staff ? &r->session.council_id : NULL);
}

/* The price of all; 0 when that of one is not known. */
static int64_t
pence_of(struct bundle_line_list lines)
{
	int64_t sum = 0;

	for (size_t i = 0; i < lines.count; i++) {
		if (lines.row[i].view->week_pence == 0)
			return 0;
		sum += lines.row[i].view->week_pence;
	}
	return sum;
}

const struct bundle_view *
bundle_view_load(struct request *r, const struct bundle_page *bundle)
{
	struct bundle_view *view = arena_alloc(r->arena, sizeof(*view));
	const struct bundle_part_list parts = bundle_part_list(
	    r->db, bundle->council_id, bundle->id);
	struct bundle_line *line = arena_array(
	    r->arena, parts.count, sizeof(*line));

	view->bundle = bundle;
	view->is_staff = role_is_staff(r->session.role);
	view->is_open = text_equal(bundle->standing, "sent");
	view->may_record = view->is_open &&
	                   permission_has(r->session.role, OFFER_SEND);
	view->lead = view->is_staff ? arena_printf(r->arena, "/bundles/%s",
					  bundle->reference)
	                            : bundle_href(r, bundle->reference);
	for (size_t i = 0; i < parts.count; i++) {
		const struct offer_page *offer = offer_of(
		    r, &parts.row[i], view->is_staff);

		if (offer == NULL)
			return NULL;
		line[i] = (struct bundle_line) {
			.part = &parts.row[i],
			.view = offer_view_load(r, offer),
			.start_name = arena_printf(
			    r->arena, "start_at_%zu", i + 1),
			.introduced_name = arena_printf(
			    r->arena, "introduced_at_%zu", i + 1),
		};
	}
	if (parts.count == 0 || parts.count > OFFER_BUNDLE_MOST)
		return NULL;
	view->lines = (struct bundle_line_list) { line, parts.count };
	view->first = line[0].view;
	view->week_pence = pence_of(view->lines);
	return view;
}

const char *
bundle_act_href(
    struct request *r, const struct bundle_view *view, const char *act)
{
	return arena_printf(r->arena, "%s/%s", view->lead, act);
}

const char *
bundle_rate_hint(struct request *r, const struct bundle_view *view)
{
	struct offer_view sums = *view->first;

	for (size_t i = 1; i < view->lines.count; i++) {
		const struct offer_view *line = view->lines.row[i].view;

		sums.floor_week_pence += line->floor_week_pence;
		sums.ceiling_week_pence += line->ceiling_week_pence;
	}
	return rate_hint(r, &sums);
}

const char *
bundle_start_hint(struct request *r, const struct bundle_line *line)
{
	return arena_printf(r->arena, "Wanted by %s. For example, %s",
	    at(r, line->view->offer->start_wanted_at), "27 3 2027 9:00am");
}

const char *
bundle_packages_text(struct request *r, const struct bundle_page *bundle)
{
	return arena_printf(
	    r->arena, "%" PRId64 " packages of care", bundle->package_count);
}

const char *
bundle_label(const struct bundle_page *bundle)
{
	return text_equal(bundle->standing, "mixed")
	           ? "Answered"
	           : standing_label(bundle->standing);
}

static const char *
staff_text(struct request *r, const struct bundle_view *view)
{
	const struct bundle_page *bundle = view->bundle;

	if (view->is_open)
		return arena_printf(r->arena,
		    "%s may reply until %s, and accepts or declines all of "
		    "them. If it declines or does not reply, each package goes "
		    "on by its own policy. If you withdraw or change one of "
		    "them before that, the whole bundle is withdrawn and the "
		    "other packages wait again.",
		    bundle->organisation_name, at(r, bundle->reply_by));
	return "This bundle is not open any more. Each package goes on by its "
	       "own policy.";
}

const char *
bundle_text(struct request *r, const struct bundle_view *view)
{
	const struct bundle_page *bundle = view->bundle;

	if (view->is_staff)
		return staff_text(r, view);
	if (view->is_open)
		return arena_printf(r->arena,
		    "Reply by %s. Time left: %s. You accept or decline all of "
		    "them together.",
		    at(r, bundle->reply_by), time_left(r, bundle->reply_by));
	if (text_equal(bundle->standing, "no_reply"))
		return arena_printf(r->arena,
		    "The time to reply ended on %s. The council looks for "
		    "providers for each package by itself.",
		    at(r, bundle->reply_by));
	if (text_equal(bundle->standing, "declined"))
		return "You declined these packages.";
	if (text_equal(bundle->standing, "withdrawn"))
		return "The council withdrew these offers.";
	return "You have accepted. From now on each package goes on by itself: "
	       "its own page says where it stands.";
}

const char *
bundle_apart_text(struct request *r, const struct bundle_page *bundle)
{
	int64_t miles;

	if (!bundle->has_widest_metres)
		return "Not known";
	miles = miles_whole(bundle->widest_metres);
	if (miles == 0)
		return "Less than a mile, by their postcode sectors";
	return arena_printf(r->arena, "About %s, by their postcode sectors",
	    miles_text(r, miles));
}
