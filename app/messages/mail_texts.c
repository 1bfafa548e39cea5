/* Plain English, and nothing about the person. */
#include "messages/mail_texts.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/request.h"
#include "messages/messages.h"

void
mail_text_reminder(struct arena *arena, struct mail *mail, const char *address,
    const char *offer_reference, int64_t reply_by)
{
	struct request r = { .arena = arena };

	mail->subject = arena_printf(arena, "Reminder: reply to offer %s by %s",
	    offer_reference, at_short(&r, reply_by));
	mail->body = arena_printf(arena,
	    "You have not replied to offer %s yet. Half of the time to reply "
	    "has gone: it ends on %s.\n"
	    "\n"
	    "Accept or decline it in Hearth:\n"
	    "%s/offers/%s\n"
	    "\n"
	    "If you have replied in the meantime, there is nothing to do.\n",
	    offer_reference, at(&r, reply_by), address, offer_reference);
}
