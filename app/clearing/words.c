/* Sentences and figures of a clearing. */
#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/money.h"
#include "base/request.h"
#include "clearing/clearing.h"

static const char *
hundredths_text(struct request *r, int64_t hundredths)
{
	return arena_printf(r->arena, "%" PRId64 ".%02" PRId64,
	    hundredths / 100, hundredths % 100);
}

static const char *
each_text(struct request *r, int64_t sum, int64_t count)
{
	return count > 0 ? hundredths_text(r, money_round(sum, count)) : "–";
}

static const char *
kilometres_text(struct request *r, int64_t metres)
{
	const int64_t tenths = money_round(metres, 100);

	return arena_printf(
	    r->arena, "%" PRId64 ".%" PRId64, tenths / 10, tenths % 10);
}

struct clearing_figure_list
clearing_figures(struct request *r, const struct clearing *clearing)
{
	struct clearing_figure *row = arena_array(r->arena, 5, sizeof(*row));

	row[0] = (struct clearing_figure) { "Packages",
		text_number(r->arena, clearing->plan_packages),
		text_number(r->arena, clearing->single_packages) };
	row[1] = (struct clearing_figure) { "Hours a week",
		hours_text(r, clearing->plan_minutes),
		hours_text(r, clearing->single_minutes) };
	row[2] = (struct clearing_figure) { "Fit of a package, of 100",
		each_text(r, clearing->plan_fit, clearing->plan_packages),
		each_text(r, clearing->single_fit, clearing->single_packages) };
	row[3] = (struct clearing_figure) { "Price a week, where it is known",
		money(r, clearing->plan_pence),
		money(r, clearing->single_pence) };
	row[4] = (struct clearing_figure) { "Distance of a package, km",
		kilometres_text(
		    r, clearing->plan_packages > 0
			   ? clearing->plan_metres / clearing->plan_packages
			   : 0),
		kilometres_text(
		    r, clearing->single_packages > 0
			   ? clearing->single_metres / clearing->single_packages
			   : 0) };
	return (struct clearing_figure_list) { row, 5 };
}

const char *
clearing_bound_text(struct request *r, const struct clearing *clearing)
{
	const int64_t gap = clearing->bound_minutes - clearing->plan_minutes;

	if (clearing->is_best)
		return "No other assignment is better: this is proved.";
	if (gap <= 0)
		return "No other assignment places more hours: this is proved. "
		       "One that fits better or costs less may exist.";
	return arena_printf(r->arena,
	    "No assignment places more than %s hours a week, so that this one "
	    "is at most %s hours (%s%%) from the best there can be.",
	    hours_text(r, clearing->bound_minutes), hours_text(r, gap),
	    hundredths_text(
		r, money_round(gap * 10000, clearing->bound_minutes)));
}

/* All packages of the bundle that begins there, as one offer. */
static const char *
bundle_label(struct request *r, struct clearing_line_list lines, size_t at)
{
	const struct clearing_line *first = &lines.row[at];
	const char *names = "";
	int64_t minutes = 0;
	int count = 0;

	for (size_t i = at; i < lines.count; i++) {
		if (lines.row[i].bundle != first->bundle)
			continue;
		names = arena_printf(r->arena, "%s%s%s", names,
		    count > 0 ? ", " : "", lines.row[i].package_reference);
		minutes += lines.row[i].weekly_minutes;
		count++;
	}
	return arena_printf(r->arena,
	    "Bundle %d, %d packages near %s, %s hours a week: %s. %s",
	    (int)first->bundle, count, first->area_name, hours_text(r, minutes),
	    first->organisation_name, names);
}

const char *
clearing_line_label(
    struct request *r, struct clearing_line_list lines, size_t at)
{
	const struct clearing_line *line = &lines.row[at];

	if (line->has_bundle)
		return bundle_label(r, lines, at);
	return arena_printf(r->arena, "%s in %s, %s hours a week: %s",
	    line->package_reference, line->area_name,
	    hours_text(r, line->weekly_minutes), line->organisation_name);
}

static const char *
price_text(struct request *r, int64_t pence)
{
	return pence == 0
	           ? "price comes with the reply"
	           : arena_printf(r->arena, "%s a week", money(r, pence));
}

static const char *
bundle_hint(struct request *r, struct clearing_line_list lines, size_t at)
{
	int64_t pence = 0, fit = 0, count = 0;
	bool is_known = true;

	for (size_t i = at; i < lines.count; i++) {
		const struct clearing_line *line = &lines.row[i];

		if (line->bundle != lines.row[at].bundle)
			continue;
		pence += line->weekly_price_pence;
		is_known = is_known && line->weekly_price_pence != 0;
		fit += line->fit_hundredths;
		count++;
	}
	return arena_printf(r->arena,
	    "One offer of all: accepted or declined together. Fit %s, %s",
	    each_text(r, fit, count), price_text(r, is_known ? pence : 0));
}

const char *
clearing_line_hint(
    struct request *r, struct clearing_line_list lines, size_t at)
{
	const struct clearing_line *line = &lines.row[at];
	const char *distance = line->distance_metres == 0
	                           ? ""
	                           : arena_printf(r->arena, ", %s km away",
					 kilometres_text(
					     r, line->distance_metres));

	if (line->has_bundle)
		return bundle_hint(r, lines, at);
	return arena_printf(r->arena,
	    "Fit %s, %s%s. One of %d provider%s that may be asked",
	    hundredths_text(r, line->fit_hundredths),
	    price_text(r, line->weekly_price_pence), distance,
	    (int)line->option_count, line->option_count == 1 ? "" : "s");
}

/* "in the morning and in the evening" */
static const char *
phrases_text(struct request *r, struct text_list phrases)
{
	const char *text = "";

	for (size_t i = 0; i < phrases.count; i++)
		text = arena_printf(r->arena, "%s%s%s", text,
		    i == 0                   ? ""
		    : i + 1 == phrases.count ? " and "
					     : ", ",
		    phrases.row[i]);
	return text;
}

const char *
clearing_rest_text(struct request *r, const struct clearing_line *line)
{
	if (line->option_count == 0)
		return "No provider may be asked that has not declined it";
	if (line->lacking_phrases.count > 0)
		return arena_printf(r->arena,
		    "Those that may be asked have hours left, but too few %s",
		    phrases_text(r, line->lacking_phrases));
	return "Those that may be asked have no hours left for it";
}

/* A part of the day with the packages for which hours in it are too few. */
struct lack {
	const char *phrase;
	size_t count;
};

static size_t
lacks_add(struct lack *lack, size_t count, const char *phrase)
{
	size_t i = 0;

	while (i < count && !text_equal(lack[i].phrase, phrase))
		i++;
	if (i == count && count < CLEARING_KINDS_MOST)
		lack[count++] = (struct lack) { phrase, 0 };
	if (i < count)
		lack[i].count++;
	/* Those of most packages first. */
	for (; i > 0 && i < count && lack[i - 1].count < lack[i].count; i--) {
		const struct lack other = lack[i - 1];

		lack[i - 1] = lack[i];
		lack[i] = other;
	}
	return count;
}

static const char *
packages_text(struct request *r, size_t count)
{
	return arena_printf(
	    r->arena, "%zu package%s", count, count == 1 ? "" : "s");
}

const char *
clearing_lacking_text(struct request *r, struct clearing_line_list rest)
{
	struct lack lack[CLEARING_KINDS_MOST];
	const char *phrase[CLEARING_KINDS_MOST];
	size_t lacks = 0, count = 0;
	int64_t minutes = 0;

	for (size_t i = 0; i < rest.count; i++) {
		const struct text_list lacking = rest.row[i].lacking_phrases;

		for (size_t p = 0; p < lacking.count; p++)
			lacks = lacks_add(lack, lacks, lacking.row[p]);
		if (lacking.count > 0) {
			count++;
			minutes += rest.row[i].weekly_minutes;
		}
	}
	if (count == 0)
		return "";
	for (size_t i = 0; i < lacks; i++)
		phrase[i] = arena_printf(r->arena, "%s (%s)", lack[i].phrase,
		    packages_text(r, lack[i].count));
	return arena_printf(r->arena,
	    "Hours are lacking %s. For each of %s, %s hours a week in all, a "
	    "provider that may be asked has hours enough left in the week, but "
	    "too few of them at the right time of the day.",
	    phrases_text(r, (struct text_list) { phrase, lacks }),
	    packages_text(r, count), hours_text(r, minutes));
}

const char *
clearing_sum_text(struct request *r, const struct clearing *clearing)
{
	return arena_printf(r->arena,
	    "%d of %d packages that wait could go to a provider at once: %s of "
	    "%s hours a week.",
	    (int)clearing->plan_packages, (int)clearing->waiting_packages,
	    hours_text(r, clearing->plan_minutes),
	    hours_text(r, clearing->waiting_minutes));
}

const char *
clearing_send_text(struct request *r, size_t count)
{
	if (count == 1)
		return "Send the one offer";
	return arena_printf(r->arena, "Send all %zu offers", count);
}

const char *
clearing_waiting_text(struct request *r, size_t count)
{
	if (count == 0)
		return "No package waits without offers out.";
	if (count == CLEARING_PACKAGES_MOST)
		return arena_printf(r->arena,
		    "%zu packages or more wait without offers out. A proposal "
		    "takes the first %zu, those that are rapid before those "
		    "that wait longest.",
		    count, count);
	return arena_printf(r->arena, "%zu package%s without offers out.",
	    count, count == 1 ? " waits" : "s wait");
}
