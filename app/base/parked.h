/*
 * A form that was posted after its session had ended through idleness waits
 * under its account for an hour, and is shown, not sent, after sign-in.
 */
#ifndef BASE_PARKED_H
#define BASE_PARKED_H

#include <stdbool.h>

struct request;

/*
 * Keeps the fields of the request, without tokens and passwords. False when
 * there are more than the database keeps (a quarter of a million bytes).
 */
bool parked_form_keep(struct request *r);

/* Fills r->parked with what waits for this account and path, if anything. */
void parked_form_take(struct request *r);

#endif
