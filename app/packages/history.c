/* See history.h. */
#include "packages/history.h"

#include <inttypes.h>
#include <stddef.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"
#include "packages/packages.h"

struct words {
	const char *code;
	const char *text;
};

/* The first fits, or the word itself. */
static const char *
words_of(const struct words *words, size_t count, const char *code)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (text_equal(words[i].code, code))
			return words[i].text;
	return code;
}

#define WORDS_OF(words, code)                                                  \
	words_of((words), sizeof(words) / sizeof((words)[0]), (code))

static const struct words section_words[] = {
	{ "funding", "funding and kind of service" },
	{ "place", "place of care" },
	{ "group", "service-user group and age" },
	{ "needs", "needs" },
	{ "before_coming", "what to know before coming" },
	{ "visits", "visits" },
	{ "outcomes", "outcomes" },
	{ "start", "start and urgency" },
	{ "choice", "the provider chosen" },
	{ "complexity", "how complex the care is" },
};

const char *
section_text(const char *code)
{
	return WORDS_OF(section_words, code);
}

static const struct words outcome_words[] = {
	{ "placed", "the package was placed" },
	{ "proposal", "a later start was proposed" },
	{ "nobody", "nobody accepted" },
	{ "broker", "no reply came and a broker had the next asked" },
	{ "withdrawn", "the offers were withdrawn" },
};

static const struct words result_words[] = {
	{ "withdrawn", "offer withdrawn" },
	{ "proposed", "later start proposed" },
	{ "chosen", "chosen" },
	{ "not_selected", "not selected" },
	{ "withdrawn_by_provider", "acceptance withdrawn by the provider" },
};

const char *
offer_state_text(const char *state, const char *result)
{
	static const struct words words[] = {
		{ "sent", "Not answered yet" },
		{ "no_reply", "No reply" },
		{ "accepted", "Accepted" },
		{ "declined", "Declined" },
		{ "withdrawn", "Withdrawn" },
		{ "proposed", "Accepted with a later start" },
		{ "chosen", "Accepted and chosen" },
		{ "not_selected", "Accepted, not selected" },
		{ "withdrawn_by_provider", "Acceptance withdrawn" },
	};

	return WORDS_OF(words, *result != '\0' ? result : state);
}

/* "visits, needs" of "needs,visits". */
static const char *
sections_text(struct request *r, const char *codes)
{
	struct buffer text = buffer_new(r->arena, 96, 4096);

	while (*codes != '\0') {
		size_t length = strcspn(codes, ",");

		if (text.length > 0)
			buffer_text(&text, ", ");
		buffer_text(&text, WORDS_OF(section_words,
				       arena_strndup(r->arena, codes, length)));
		codes += length + (codes[length] == ',');
	}
	return text.data;
}

static const char *
version_text(struct request *r, const struct package_event *event)
{
	if (event->number <= 1)
		return "Put on the waiting list, as version 1";
	if (*event->subject != '\0')
		return arena_printf(r->arena,
		    "Needs have changed: version %" PRId64 " begun%s%s",
		    event->number, *event->detail != '\0' ? ". Changed: " : "",
		    sections_text(r, event->detail));
	if (*event->detail == '\0')
		return arena_printf(r->arena,
		    "Needs have changed: version %" PRId64 " begun",
		    event->number);
	return arena_printf(r->arena, "Changed to version %" PRId64 ": %s",
	    event->number, sections_text(r, event->detail));
}

static const char *
wait_text(struct request *r, const struct package_event *event)
{
	return arena_printf(r->arena,
	    "Waiting with %s hours a week unmet. %s%s%s",
	    hours_text(r, event->number), wait_reason_label(event->detail),
	    event->other_at != 0 ? ". Until " : "", at(r, event->other_at));
}

static const char *
reply_text(struct request *r, const struct package_event *event)
{
	if (text_equal(event->detail, "accepted"))
		return arena_printf(r->arena, "%s accepted, to start on %s",
		    event->subject, at(r, event->other_at));
	return arena_printf(r->arena, "%s declined", event->subject);
}

static const char *
sent_text(struct request *r, const struct package_event *event)
{
	return arena_printf(r->arena,
	    "Round %" PRId64 ": offers sent to %s %s, to be answered by %s.",
	    event->number, event->detail,
	    text_equal(event->detail, "1") ? "provider" : "providers",
	    at(r, event->other_at));
}

const char *
event_text(struct request *r, const struct package_event *event)
{
	const char *kind = event->kind;

	if (text_equal(kind, "created"))
		return "Draft begun";
	if (text_equal(kind, "version"))
		return version_text(r, event);
	if (text_equal(kind, "wait"))
		return wait_text(r, event);
	if (text_equal(kind, "sent"))
		return sent_text(r, event);
	if (text_equal(kind, "settled"))
		return arena_printf(r->arena, "Round %" PRId64 ": %s",
		    event->number, WORDS_OF(outcome_words, event->detail));
	if (text_equal(kind, "reply"))
		return reply_text(r, event);
	if (text_equal(kind, "result"))
		return arena_printf(r->arena, "%s: %s", event->subject,
		    WORDS_OF(result_words, event->detail));
	if (text_equal(kind, "placed"))
		return arena_printf(r->arena, "Placed with %s, from %s",
		    event->subject, at(r, event->other_at));
	if (text_equal(kind, "ended"))
		return arena_printf(r->arena, "Placement with %s ended. %s",
		    event->subject, event->detail);
	return arena_printf(r->arena, "%s. %s",
	    package_state_label(event->detail), event->subject);
}
