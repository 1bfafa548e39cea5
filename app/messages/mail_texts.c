/* Plain English, and nothing about the person. */
#include "messages/mail_texts.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"
#include "messages/messages.h"

void
mail_text_reminder(struct arena *arena, struct mail *mail, const char *address,
    const char *offer_reference, const char *bundle_reference, int64_t reply_by)
{
	struct request r = { .arena = arena };
	const bool is_bundle = *bundle_reference != '\0';
	const char *what = is_bundle
	                       ? arena_printf(arena, "the bundle of offers %s",
				     bundle_reference)
	                       : arena_printf(
				     arena, "offer %s", offer_reference);

	mail->subject = arena_printf(
	    arena, "Reminder: reply to %s by %s", what, at_short(&r, reply_by));
	mail->body = arena_printf(arena,
	    "You have not replied to %s yet. Half of the time to reply "
	    "has gone: it ends on %s.\n"
	    "\n"
	    "Accept or decline it in Hearth:\n"
	    "%s/offers/%s%s\n"
	    "\n"
	    "If you have replied in the meantime, there is nothing to do.\n",
	    what, at(&r, reply_by), address, is_bundle ? "bundles/" : "",
	    is_bundle ? bundle_reference : offer_reference);
}
