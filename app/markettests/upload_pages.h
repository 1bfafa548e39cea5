/*
 * Files of a response: below its pages, for whoever answers, and of a submitted
 * one for the council that opened it.
 */
#ifndef MARKETTESTS_UPLOAD_PAGES_H
#define MARKETTESTS_UPLOAD_PAGES_H

#include "base/reply.h"

struct request;

/* /questions/:question/files */
struct reply upload_list_show(struct request *r);
struct reply upload_create(struct request *r);

/* For the script of that page; each may be sent again. */
struct reply upload_begin_run(struct request *r); /* .../files/begin */
struct reply upload_part_run(struct request *r); /* /uploads/:upload/parts/:n */
struct reply upload_end_run(struct request *r);  /* /uploads/:upload/end */

/* /uploads/:upload */
struct reply upload_show(struct request *r);       /* GET: the file itself */
struct reply upload_remove_run(struct request *r); /* POST /remove */

/* GET /market-tests/:reference/responses/:response/files/:upload */
struct reply upload_opened_show(struct request *r);

#endif
