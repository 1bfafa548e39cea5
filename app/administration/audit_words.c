/*
 * The sentence of each act, as "who BEFORE what AFTER fact". An act without one
 * is still shown, and fails a test.
 */
#include <string.h>

#include "administration/audit.h"
#include "base/arena.h"

const struct choice audit_kind_choices[] = {
	{ "looks", "People’s records looked at", NULL },
	{ "people", "People’s records changed", NULL },
	{ "packages", "Packages", NULL },
	{ "offers", "Offers and replies", NULL },
	{ "placements", "Placements", NULL },
	{ "providers", "Providers", NULL },
	{ "policies", "Policies", NULL },
	{ "questions", "Sets of questions", NULL },
	{ "plans", "Schemes of areas", NULL },
	{ "rates", "Rate cards", NULL },
	{ "market_tests", "Market tests", NULL },
	{ "requests", "Requests for information", NULL },
	{ "tasks", "Tasks", NULL },
	{ "accounts", "Accounts and roles", NULL },
	{ "sign_in", "Signing in and passwords", NULL },
	{ "service", "The service itself", NULL },
	{ NULL, NULL, NULL },
};

/* clang-format off */
static const struct audit_words words[] = {
	{ "person.view", "looks", "looked at the record of", "", NULL },
	{ "person.search", "looks", "searched for people", "", NULL, true },
	{ "key_safe.view", "looks", "read the key-safe note of", "", NULL },

	{ "person.create", "people", "began the record of", "", NULL },
	{ "person.change", "people", "changed the record of", "", NULL },
	{ "key_safe.change", "people", "changed the key-safe note of", "",
	    NULL },

	{ "package.create", "packages", "began", "", NULL },
	{ "package.change", "packages", "changed", ": ", "section" },
	{ "package.submit", "packages", "put", " on the waiting list", NULL },
	{ "package.assign", "packages", "assigned", " to ", "account" },
	{ "package.cancel", "packages", "cancelled", "", NULL },
	{ "package.close", "packages", "closed", "", NULL },
	{ "package.reopen", "packages", "opened", " again", NULL },

	{ "round.send", "offers", "offered", " to ", "asked" },
	{ "clearing.propose", "offers", "asked for", " of the waiting list",
	    NULL },
	{ "clearing.send", "offers", "sent offers from", "", NULL },
	{ "bundle.send", "offers", "offered together the packages of", "",
	    NULL },
	{ "bundle.accept", "offers", "accepted all packages of", "", NULL },
	{ "bundle.decline", "offers", "declined all packages of", "", NULL },
	{ "bundle.withdraw", "offers", "withdrew all packages of", "", NULL },
	{ "round.end", "offers", "ended the offers of",
	    ": no provider was found", NULL },
	{ "round.no_reply", "offers", "left the offers of",
	    " to a broker: no reply came", NULL },
	{ "round.go_on", "offers", "had the next asked for",
	    " after no reply", NULL },
	{ "round.withdraw", "offers", "withdrew the offers of", "", NULL },
	{ "offer.view", "offers", "opened the offer of", "", NULL },
	{ "offer.accept", "offers", "accepted the offer of", "", NULL },
	{ "offer.decline", "offers", "declined the offer of", "", NULL },
	{ "offer.withdraw_acceptance", "offers", "withdrew the acceptance of",
	    "", NULL },
	{ "offer.confirm_start", "offers", "agreed to a later start of", "",
	    NULL },
	{ "offer.refuse_start", "offers", "refused a later start of", "",
	    NULL },

	{ "placement.create", "placements", "placed", "", NULL },
	{ "placement.start", "placements", "started the care of", "", NULL },
	{ "placement.plan_end", "placements", "planned the end of the care of",
	    "", NULL },
	{ "placement.keep", "placements",
	    "took back the planned end of the care of", "", NULL },
	{ "placement.end", "placements", "ended the care of", "", NULL },
	{ "placement_request.create", "placements", "asked to place",
	    " outside the ranking", NULL },
	{ "placement_request.approve", "placements", "approved placing",
	    " outside the ranking", NULL },
	{ "placement_request.refuse", "placements", "refused to place",
	    " outside the ranking", NULL },
	{ "placement_request.cancel", "placements",
	    "took back the request to place", " outside the ranking", NULL },

	{ "individual_rate.create", "placements",
	    "proposed an individual rate for", "", NULL },
	{ "individual_rate.approve", "placements",
	    "approved an individual rate for", "", NULL },
	{ "individual_rate.refuse", "placements",
	    "refused an individual rate for", "", NULL },
	{ "individual_rate.cancel", "placements",
	    "took back an individual rate for", "", NULL },

	{ "provider.update", "providers", "changed the details of", ": ",
	    "part" },
	{ "office.create", "providers", "added an office of", "", NULL },
	{ "office.update", "providers", "changed an office of", "", NULL },
	{ "office.remove", "providers", "removed an office of", "", NULL },
	{ "contact.create", "providers", "added a contact of", "", NULL },
	{ "contact.update", "providers", "changed a contact of", "", NULL },
	{ "contact.remove", "providers", "removed a contact of", "", NULL },
	{ "location.create", "providers", "added a location of", "", NULL },
	{ "location.update", "providers", "changed a location of", "", NULL },
	{ "location.remove", "providers", "removed a location of", "", NULL },
	{ "membership.update", "providers", "changed the membership of", ": ",
	    "part" },

	{ "fact.create", "providers", "added a fact about", "", NULL },
	{ "fact.update", "providers", "changed a fact about", "", NULL },
	{ "fact.remove", "providers", "removed a fact about", "", NULL },
	{ "fact.warn", "providers", "warned that a fact is to expire about",
	    ": ", "kind" },
	{ "renewal.create", "providers", "sent a renewal for", ": ", "kind" },
	{ "renewal.accept", "providers", "accepted a renewal of", "", NULL },
	{ "renewal.refuse", "providers", "refused a renewal of", "", NULL },
	{ "gates.pause", "providers", "paused", ": ", "kind" },
	{ "gates.restart", "providers", "restarted", ": ", "kind" },

	{ "gate.create", "policies", "added a condition of", "", NULL },
	{ "gate.update", "policies", "changed a condition of", "", NULL },
	{ "policy.create", "policies", "created", "", NULL },
	{ "policy.import", "policies", "imported", "", NULL },
	{ "policy.copy", "policies", "made a copy,", "", NULL },
	{ "policy.draft", "policies", "began a new version of", "", NULL },
	{ "policy.change", "policies", "changed the draft of", ": ", "part" },
	{ "policy.discard", "policies", "threw away the draft of", "", NULL },
	{ "policy.put_in_force", "policies", "put in force", " from ",
	    "from" },
	{ "policy.call_off", "policies", "called off putting in force", "",
	    NULL },
	{ "policy.retire", "policies", "retired a version of", "", NULL },

	{ "question_set.create", "questions", "created", "", NULL },
	{ "question_set.import", "questions", "imported", "", NULL },
	{ "question_set.copy", "questions", "made a copy,", "", NULL },
	{ "question_set.draft", "questions", "began a new version of", "",
	    NULL },
	{ "question_set.change", "questions", "changed the draft of", ": ",
	    "part" },
	{ "question_set.discard", "questions", "threw away the draft of", "",
	    NULL },
	{ "question_set.publish", "questions", "published a version of", "",
	    NULL },

	{ "area_plan.create", "plans", "drew up the scheme of areas", "", NULL },
	{ "area_plan.update", "plans", "changed the scheme of areas", "", NULL },
	{ "area_plan.remove", "plans", "removed the scheme of areas", "", NULL },

	{ "rate.create", "rates", "created", "", NULL },
	{ "rate.import", "rates", "imported", "", NULL },
	{ "rate.draft", "rates", "began a new version of", "", NULL },
	{ "rate.change", "rates", "changed the draft of", "", NULL },
	{ "rate.discard", "rates", "threw away the draft of", "", NULL },
	{ "rate.put_in_force", "rates", "put in force", " from ", "from" },
	{ "rate.call_off", "rates", "called off putting in force", "", NULL },

	{ "formula.add", "rates", "added a row to", " from ", "from" },
	{ "formula.remove", "rates", "removed a row from", "", NULL },

	{ "market_test.create", "market_tests", "began", "", NULL },
	{ "market_test.change", "market_tests", "changed the draft of", "",
	    NULL },
	{ "market_test.remove", "market_tests", "threw away the draft of", "",
	    NULL },
	{ "market_test.propose_publish", "market_tests",
	    "proposed to publish", "", NULL },
	{ "market_test.propose_close", "market_tests",
	    "proposed to move the close of", "", NULL },
	{ "market_test.propose_correction", "market_tests",
	    "proposed to correct the questions of", "", NULL },
	{ "market_test.propose_withdrawal", "market_tests",
	    "proposed to withdraw", "", NULL },
	{ "market_test.take_back", "market_tests",
	    "took back what was proposed for", "", NULL },
	{ "market_test.approve", "market_tests",
	    "approved what was proposed for", ": ", "kind" },
	{ "market_test.refuse", "market_tests",
	    "refused what was proposed for", ": ", "kind" },
	{ "market_test.invite", "market_tests", "invited to", "", NULL },
	{ "market_test.uninvite", "market_tests",
	    "took somebody off the list of", "", NULL },
	{ "market_test.open", "market_tests", "opened the responses to", "",
	    NULL },
	{ "market_test.open_too_early", "market_tests",
	    "tried to open, before the close, the responses to", "", NULL },
	{ "market_test.finish", "market_tests", "finished", "", NULL },
	{ "response.begin", "market_tests", "began", "", NULL },
	{ "response.save", "market_tests", "saved", "", NULL },
	{ "response.follow", "market_tests",
	    "took over corrected questions in", "", NULL },
	{ "response.submit", "market_tests", "submitted", "", NULL },
	{ "response.late", "market_tests", "was too late to submit", "",
	    NULL },
	{ "response.withdraw", "market_tests", "took back", "", NULL },
	{ "response.upload", "market_tests", "added a file to", "", NULL },
	{ "response.upload_refuse", "market_tests",
	    "was refused a file for", "", NULL },
	{ "response.upload_remove", "market_tests", "removed a file from", "",
	    NULL },
	{ "response.upload_quarantine", "market_tests",
	    "put into quarantine a file of", "", NULL },
	{ "information_request.create", "requests", "entered", "", NULL },
	{ "information_request.update", "requests", "changed", "", NULL },
	{ "information_request.view", "requests", "looked at", "", NULL },
	{ "information_request.read", "requests", "read the answers for", "",
	    NULL },
	{ "information_request.clarify", "requests",
	    "asked for a clarification of", "", NULL },
	{ "information_request.clarified", "requests",
	    "received the clarification of", "", NULL },
	{ "information_request.ask", "requests",
	    "named the market test of", ": ", "market_test" },
	{ "information_request.scope", "requests",
	    "chose the questions of", "", NULL },
	{ "information_request.decide", "requests",
	    "decided an answer for", ": ", "outcome" },
	{ "information_request.answer", "requests",
	    "recorded the answer to", "", NULL },
	{ "information_request.refuse", "requests",
	    "recorded the refusal of", "", NULL },
	{ "information_request.take_back", "requests",
	    "took back the outcome of", "", NULL },
	{ "information_reason.create", "requests",
	    "wrote a reason for withholding for", "", NULL },
	{ "information_reason.update", "requests",
	    "changed a reason for withholding for", "", NULL },
	{ "information_reason.remove", "requests",
	    "removed a reason for withholding for", "", NULL },
	{ "information_bundle.create", "requests", "made a bundle for", ": ",
	    "number" },
	{ "information_bundle.download", "requests",
	    "downloaded a bundle of", ": ", "number" },
	{ "market_test.file_read", "market_tests",
	    "downloaded a file of a response to", "", NULL },

	{ "task.create", "tasks", "asked for something to be done by hand for",
	    "", NULL },
	{ "task.done", "tasks", "marked a task as done for", "", NULL },

	{ "account.add", "accounts", "added", " as ", "role" },
	{ "account.invite", "accounts", "invited", " as ", "role" },
	{ "account.send_link", "accounts",
	    "sent a link for a new password to", "", NULL },
	{ "invitation.accept", "accounts", "accepted the invitation", "",
	    NULL, true },
	{ "wall.raise", "accounts",
	    "kept from the answers to market tests", ": ", "reason" },
	{ "membership.end", "accounts", "took away from", " the role of ",
	    "role" },

	{ "session.start", "sign_in", "signed in", "", NULL, true },
	{ "session.end", "sign_in", "ended a session", ": ", "reason", true },
	{ "session.switch", "sign_in", "changed role", " to ", "role", true },
	{ "password.ask", "sign_in", "asked for a link for a new password", "",
	    NULL, true },
	{ "password.change", "sign_in", "changed their password", "", NULL, true },
	{ "password.reset", "sign_in", "set a new password by a mailed link",
	    "", NULL, true },

	{ "council.add", "service", "added", "", NULL },
	{ "demo.load", "service", "loaded the demonstration of", "", NULL },
};
/* clang-format on */

enum { WORDS_COUNT = sizeof(words) / sizeof(words[0]) };

const struct audit_words *
audit_words_of(const char *act)
{
	size_t i;

	for (i = 0; i < WORDS_COUNT; i++)
		if (text_equal(words[i].act, act))
			return &words[i];
	return NULL;
}

struct text_list
audit_acts(struct arena *arena, const char *kind)
{
	const char **rows = arena_array(arena, WORDS_COUNT, sizeof(*rows));
	struct text_list list = { rows, 0 };
	size_t i;

	for (i = 0; i < WORDS_COUNT; i++)
		if (text_equal(words[i].kind, kind))
			rows[list.count++] = words[i].act;
	return list;
}
