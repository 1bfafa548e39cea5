/* Puts mail into the outbox. */
#include "messages/messages.h"

#include <stddef.h>

#include "messages/messages.sql.h"

void
mail_queue(struct db *db, const struct mail *mail)
{
	outbox_add(db, mail->council_id != 0 ? &mail->council_id : NULL,
	    mail->kind, mail->offer_id != 0 ? &mail->offer_id : NULL,
	    mail->to_email, mail->to_name != NULL ? mail->to_name : "",
	    mail->subject, mail->body);
}
