/* Sets of questions: the list, versions, files, and the draft's editor. */
#ifndef QUESTIONNAIRES_PAGES_H
#define QUESTIONNAIRES_PAGES_H

#include "base/reply.h"

struct request;

struct reply question_set_list_show(struct request *r); /* GET /question-sets */

/* /question-sets/new */
struct reply question_set_add_new(struct request *r);
struct reply question_set_create(struct request *r);

/* /question-sets/import */
struct reply question_set_import_new(struct request *r);
struct reply question_set_import_create(struct request *r);

struct reply question_set_show(struct request *r); /* /:reference */

/* Below /question-sets/:reference/versions/:number */
struct reply question_set_version_show(struct request *r);
struct reply question_set_version_download(struct request *r);
struct reply question_set_copy_new(struct request *r); /* /copy */
struct reply question_set_copy_create(struct request *r);
struct reply question_draft_create(struct request *r); /* POST /edit */

/* Below /question-sets/:reference/draft */
struct reply question_draft_show(struct request *r);
struct reply question_details_edit(struct request *r); /* /details */
struct reply question_details_update(struct request *r);
struct reply question_draft_move_run(struct request *r); /* POST /move */
struct reply question_publish_edit(struct request *r);   /* /publish */
struct reply question_publish_run(struct request *r);
struct reply question_discard_edit(struct request *r); /* /discard */
struct reply question_discard_run(struct request *r);

/* /add-notice and /notices/:notice; /add-clause and /clauses/:clause */
struct reply question_notice_edit(struct request *r);
struct reply question_notice_update(struct request *r);
struct reply question_clause_list_show(struct request *r); /* /clauses */
struct reply question_clause_edit(struct request *r);
struct reply question_clause_update(struct request *r);

/* /add-section and /sections/:section/edit */
struct reply question_section_show(struct request *r); /* /sections/:section */
struct reply question_section_edit(struct request *r);
struct reply question_section_update(struct request *r);

/* /sections/:section/add-question */
struct reply question_new(struct request *r);
struct reply question_create(struct request *r);

/* /questions/:question */
struct reply question_edit(struct request *r);
struct reply question_update(struct request *r);

/* /questions/:question/condition, and /condition/:asked */
struct reply question_condition_edit(struct request *r);
struct reply question_condition_update(struct request *r);
struct reply question_condition_answers_edit(struct request *r);
struct reply question_condition_answers_update(struct request *r);

/* /questions/:question/answers/:answer */
struct reply question_answer_edit(struct request *r);
struct reply question_answer_update(struct request *r);

/* /questions/:question/add-column and /columns/:column */
struct reply question_column_edit(struct request *r);
struct reply question_column_update(struct request *r);

#endif
