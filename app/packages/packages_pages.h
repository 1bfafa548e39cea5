/* Packages from the person to the waiting list, people, and the board. */
#ifndef PACKAGES_PACKAGES_PAGES_H
#define PACKAGES_PACKAGES_PAGES_H

#include "base/reply.h"
#include "packages/packages.h"
#include "packages/people.sql.h"

/* One line of the task list. */
struct task {
	const char *name;
	const char *title;
	const char *hint; /* or NULL */
	const char *href;
	const char *status;
	const char *colour; /* of a tag; NULL = plain text */
};

struct task_list {
	const struct task *row;
	size_t count;
};

struct task_list package_tasks(
    struct request *r, const struct package *package);

/* The visits of a week and what they come to. */
struct visit_week {
	struct visit_list visits;
	struct package_price price;
	const struct price_rule *rule; /* may be NULL */
};

/* All that was entered of a package, as pages show it. */
struct answers {
	const struct package *package;
	const struct care_person *person; /* NULL: not entered */
	struct contact_list contacts;
	struct need_list needs;
	struct visit_list visits;
	struct outcome_list outcomes;
	struct package_price price;
	const struct price_rule *rule; /* may be NULL */
	size_t left;                   /* sections not completed */
};

struct answers package_answers(
    struct request *r, const struct package *package);

/* Entry: /packages/new, .../check */
struct reply package_new(struct request *r);
struct reply package_create(struct request *r);
struct reply package_check_show(struct request *r);
struct reply package_submit_run(struct request *r);

/* Sections: /packages/:reference/funding and so on */
struct reply package_funding_edit(struct request *r);
struct reply package_funding_update(struct request *r);
struct reply package_place_edit(struct request *r);
struct reply package_place_update(struct request *r);
struct reply package_area_edit(struct request *r);
struct reply package_area_update(struct request *r);
struct reply package_group_edit(struct request *r);
struct reply package_group_update(struct request *r);
struct reply package_needs_edit(struct request *r);
struct reply package_needs_update(struct request *r);
struct reply package_before_coming_edit(struct request *r);
struct reply package_before_coming_update(struct request *r);
struct reply package_price_show(struct request *r);
struct reply package_visit_list(struct request *r);
struct reply package_visit_edit(struct request *r);
struct reply package_visit_update(struct request *r);
struct reply package_outcome_list(struct request *r);
struct reply package_outcome_edit(struct request *r);
struct reply package_outcome_update(struct request *r);
struct reply package_start_edit(struct request *r);
struct reply package_start_update(struct request *r);
struct reply package_choice_edit(struct request *r);
struct reply package_choice_update(struct request *r);
struct reply package_waiting_edit(struct request *r);
struct reply package_waiting_update(struct request *r);

/* One package: /packages/:reference and what is done with it */
struct reply package_show(struct request *r);
struct reply package_person_show(struct request *r);
struct reply package_change_show(struct request *r);
struct reply package_cancel_edit(struct request *r);
struct reply package_cancel_run(struct request *r);
struct reply package_close_edit(struct request *r);
struct reply package_close_run(struct request *r);
struct reply package_reopen_edit(struct request *r);
struct reply package_reopen_run(struct request *r);
struct reply package_assign_edit(struct request *r);
struct reply package_assign_run(struct request *r);

/* People: /people/new, /people/:reference and below */
struct reply person_new(struct request *r);
struct reply person_create(struct request *r);
struct reply person_show(struct request *r);
struct reply person_edit(struct request *r);
struct reply person_update_run(struct request *r);
struct reply contact_edit(struct request *r);
struct reply contact_update_run(struct request *r);
struct reply contact_none_run(struct request *r);
struct reply key_safe_edit(struct request *r);
struct reply key_safe_update(struct request *r);
struct reply key_safe_show_run(struct request *r);

/* The board: /packages */
struct reply package_list_show(struct request *r);
struct reply package_list_find(struct request *r);

#endif
