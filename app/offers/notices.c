/* Mail about offers, through the outbox. */
#include "offers/notices.h"

#include <inttypes.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"
#include "messages/messages.h"
#include "offers/places.sql.h"
#include "offers/rounds.sql.h"

struct words {
	const char *kind;
	const char *subject;
	const char *text;
};

static struct words
words_of(const struct offer_work *work, enum notice notice, int64_t reply_by)
{
	struct request r = { .arena = work->arena };

	switch (notice) {
	case NOTICE_NEW_OFFER:
		return (struct words) { "new_offer",
			arena_printf(work->arena,
			    "A new offer of care, reply by %s",
			    at_short(&r, reply_by)),
			arena_printf(work->arena,
			    "You are offered a package of care. Reply by %s.",
			    at(&r, reply_by)) };
	case NOTICE_OFFER_WITHDRAWN:
		return (struct words) { "offer_withdrawn",
			"An offer of care is withdrawn",
			/* Its reason is somebody's words: not for mail. */
			"An offer to you is withdrawn. Hearth says why." };
	case NOTICE_NOT_SELECTED:
		return (struct words) { "offer_not_selected",
			"An offer that you accepted went to another provider",
			"Thank you for accepting. Another provider was "
			"chosen." };
	case NOTICE_START_REFUSED:
		return (struct words) { "offer_not_selected",
			"Your later start was not agreed to",
			"You accepted an offer with a later start than wanted. "
			"The council did not agree to it. Hearth says why." };
	default:
		return (struct words) { "offer_chosen",
			"You are chosen for a package of care",
			"You are chosen for a package that you accepted. The "
			"person's details are with the placement." };
	}
}

/* The same of several offers of a bundle. */
static struct words
bundle_words_of(const struct offer_work *work, enum notice notice,
    const struct notice_gathered *gathered)
{
	struct request r = { .arena = work->arena };
	struct words words = words_of(work, notice, gathered->reply_by);
	const char *packages = arena_printf(
	    work->arena, "%" PRId64 " packages of care", gathered->count);

	if (gathered->count == 1)
		return words;
	if (notice == NOTICE_NEW_OFFER) {
		words.subject = arena_printf(work->arena,
		    "A new offer of %s, reply by %s", packages,
		    at_short(&r, gathered->reply_by));
		words.text = arena_printf(work->arena,
		    "You are offered %s that lie close together, as one. You "
		    "accept or decline all of them. Reply by %s.",
		    packages, at(&r, gathered->reply_by));
	} else if (notice == NOTICE_OFFER_WITHDRAWN) {
		words.subject = arena_printf(
		    work->arena, "An offer of %s is withdrawn", packages);
		words.text = arena_printf(work->arena,
		    "An offer to you of %s is withdrawn. Hearth says why.",
		    packages);
	} else if (notice == NOTICE_CHOSEN) {
		words.subject = arena_printf(
		    work->arena, "You are chosen for %s", packages);
		words.text = arena_printf(work->arena,
		    "You are chosen for %s that you accepted. The details of "
		    "each person are with the placement.",
		    packages);
	}
	return words;
}

static void
gathered_add(struct notice_gathered *gathered, int64_t offer, int64_t reply_by)
{
	if (gathered->last_id == offer)
		return;
	if (gathered->count == 0 || offer < gathered->offer_id)
		gathered->offer_id = offer;
	gathered->count++;
	gathered->last_id = offer;
	gathered->reply_by = reply_by;
}

/* A mail, or a task where nobody could be written to. */
static void
recipient_tell(const struct offer_work *work, int64_t council,
    const struct round_recipient *to, enum notice notice, struct words words,
    const char *see, int64_t reply_by)
{
	struct mail mail = {
		.kind = words.kind,
		.council_id = council,
		.offer_id = to->offer_id,
		.to_email = to->email,
		.to_name = to->name,
		.subject = words.subject,
		.body = arena_printf(
		    work->arena, "%s\n\n%s\n", words.text, see),
	};

	if (*to->email != '\0')
		mail_queue(work->db, &mail);
	else
		task_add(work->db, council,
		    notice == NOTICE_NEW_OFFER ? "telephone_offer"
					       : "tell_provider",
		    &to->package_id, &to->offer_id, &to->organisation_id,
		    words.subject, reply_by);
}

void
notice_providers(const struct offer_work *work, int64_t council,
    struct int64_list offers, enum notice notice, int64_t reply_by)
{
	struct notice_gathering *gathering = work->gathering;
	struct round_recipient_list list;
	struct words words = words_of(work, notice, reply_by);

	if (offers.count == 0)
		return;
	list = round_recipient_list(work->db, council, offers);
	for (size_t i = 0; i < list.count; i++) {
		const struct round_recipient *to = &list.row[i];

		if (gathering != NULL && to->bundle_id == gathering->bundle_id)
			gathered_add(
			    &gathering->of[notice], to->offer_id, reply_by);
		else
			recipient_tell(work, council, to, notice, words,
			    arena_printf(work->arena,
				"See offer %s in Hearth:\n%s/offers/%s",
				to->offer_reference, work->address,
				to->offer_reference),
			    reply_by);
	}
}

void
notice_gathered(const struct offer_work *work, int64_t council,
    const char *bundle_reference, const struct notice_gathering *gathering)
{
	const char *see = arena_printf(work->arena,
	    "See bundle %s in Hearth:\n%s/offers/bundles/%s", bundle_reference,
	    work->address, bundle_reference);

	for (int kind = 0; kind < NOTICE_KINDS; kind++) {
		const struct notice_gathered *gathered = &gathering->of[kind];
		struct round_recipient_list list;
		struct words words;

		if (gathered->count == 0)
			continue;
		words = bundle_words_of(work, (enum notice)kind, gathered);
		list = round_recipient_list(work->db, council,
		    (struct int64_list) { &gathered->offer_id, 1 });
		for (size_t i = 0; i < list.count; i++)
			recipient_tell(work, council, &list.row[i],
			    (enum notice)kind, words, see, gathered->reply_by);
	}
}

void
notice_placement(const struct offer_work *work, int64_t council,
    const struct placement_notice *notice)
{
	struct provider_contact_list contacts = provider_contact_list(
	    work->db, notice->organisation_id);

	for (size_t i = 0; i < contacts.count; i++) {
		struct mail mail = {
			.kind = notice->kind,
			.council_id = council,
			.to_email = contacts.row[i].email,
			.to_name = contacts.row[i].name,
			.subject = notice->text,
			.body = arena_printf(work->arena,
			    "%s.\n\nSee placement %s in Hearth:\n"
			    "%s/placements/%s\n",
			    notice->text, notice->placement, work->address,
			    notice->placement),
		};

		mail_queue(work->db, &mail);
	}
	if (contacts.count == 0)
		task_add(work->db, council, "tell_provider",
		    &notice->package_id, NULL, &notice->organisation_id,
		    notice->task, 0);
}

void
notice_broker(const struct offer_work *work, int64_t council, int64_t package,
    int64_t offer, const char *task_kind, const char *mail_kind,
    const char *what)
{
	const struct package_broker *broker;
	struct mail mail = { .kind = mail_kind, .council_id = council };

	task_add(work->db, council, task_kind, &package,
	    offer != 0 ? &offer : NULL, NULL, what, 0);
	broker = package_broker(work->db, council, package);
	if (broker == NULL || *broker->email == '\0')
		return;
	mail.to_email = broker->email;
	mail.to_name = broker->name;
	mail.subject = arena_printf(
	    work->arena, "Package %s: %s", broker->package_reference, what);
	mail.body = arena_printf(work->arena,
	    "%s.\n\nSee package %s in Hearth:\n%s/packages/%s\n", what,
	    broker->package_reference, work->address,
	    broker->package_reference);
	mail_queue(work->db, &mail);
}
