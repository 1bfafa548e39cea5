/* Mails that tell of a market test. */
#include "base/arena.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/request.h"
#include "base/session.h"
#include "markettests/market_tests.h"
#include "messages/messages.h"

struct words {
	const char *subject;
	const char *text;
};

static const char *
subject_of(
    struct request *r, const struct market_test_row *row, const char *news)
{
	return arena_printf(r->arena, "%s: %s", news, row->title);
}

static struct words
words_of(struct request *r, const struct market_test_row *row,
    enum market_test_news news, const char *reason)
{
	const char *title = row->title;

	switch (news) {
	case MARKET_TEST_PUBLISHED:
		return (struct words) { subject_of(r, row,
					    "You are asked for your views"),
			arena_printf(r->arena,
			    "%s asks for your views: %s.\n\nIt closes on %s. "
			    "Answering, or not, makes no difference to any "
			    "later procurement.",
			    row->council_name, title, at(r, row->closes_at)) };
	case MARKET_TEST_CLOSE_MOVED:
		return (
		    struct words) { subject_of(r, row, "More time to answer"),
			arena_printf(r->arena,
			    "%s has moved the close of \"%s\" to %s.\n\nWhy: "
			    "%s",
			    row->council_name, title, at(r, row->closes_at),
			    reason) };
	case MARKET_TEST_CORRECTED:
		return (struct words) { subject_of(r, row,
					    "The questions were corrected"),
			arena_printf(r->arena,
			    "%s has corrected the questions of \"%s\".\n\nWhy: "
			    "%s\n\nWhat you have answered is kept. If you have "
			    "sent your response, look at what changed and send "
			    "it again.",
			    row->council_name, title, reason) };
	case MARKET_TEST_WITHDRAWN:
		return (struct words) { subject_of(r, row, "Withdrawn"),
			arena_printf(r->arena,
			    "%s has withdrawn \"%s\". Nothing more is needed "
			    "from you.\n\nWhy: %s",
			    row->council_name, title, reason) };
	default:
		return (
		    struct words) { subject_of(r, row, "What the market said"),
			arena_printf(r->arena,
			    "%s has finished \"%s\" and says what came of it. "
			    "Thank you for your time.",
			    row->council_name, title) };
	}
}

static const char *
page_link(struct request *r, const struct market_test_row *row)
{
	return arena_printf(
	    r->arena, "%s/market-tests/%s", r->config->address, row->reference);
}

/* Where the mail leads: a link of their own for those without an account. */
static const char *
link_for(struct request *r, const struct market_test_row *row,
    const struct market_test_recipient *to)
{
	const char *token;

	if (to->invitation_id == 0)
		return page_link(r, row);
	token = session_token_new(r);
	respondent_token_add(
	    r->db, to->invitation_id, session_token_hash(r, token));
	return arena_printf(
	    r->arena, "%s/respond/%s", r->config->address, token);
}

static const char *
body_text(struct request *r, const struct words *words, const char *link)
{
	return arena_printf(r->arena, "%s\n\n%s\n", words->text, link);
}

static void
tell(struct request *r, const struct market_test_row *row,
    const struct words *words, bool is_for_new)
{
	struct market_test_recipient_list list = market_test_recipient_list(
	    r->db, row->id);

	for (size_t i = 0; i < list.count; i++) {
		const struct market_test_recipient *to = &list.row[i];
		struct mail mail = {
			.kind = "market_test",
			/* Who has a link can answer: not for the council. */
			.council_id = to->invitation_id != 0 ? 0
			                                     : row->council_id,
			.to_email = to->email,
			.to_name = to->name,
			.subject = words->subject,
		};

		if (is_for_new && !to->is_new)
			continue;
		mail.body = body_text(r, words, link_for(r, row, to));
		mail_queue(r->db, &mail);
	}
	market_test_invitations_told(r->db, row->council_id, row->id);
}

void
market_test_tell(struct request *r, const struct market_test_row *row,
    enum market_test_news news, const char *reason)
{
	const struct words words = words_of(r, row, news, reason);

	tell(r, row, &words, false);
	market_test_tell_respondents(r->db, row->id, words.subject,
	    body_text(r, &words, page_link(r, row)));
}

void
market_test_tell_new(struct request *r, const struct market_test_row *row)
{
	const struct words words = words_of(r, row, MARKET_TEST_PUBLISHED, "");

	tell(r, row, &words, true);
}
