/*
 * What all pages that change a package have in common: the lock, the
 * revision and its conflict page, the question before offers are withdrawn,
 * versions, stretches of waiting, and the way back.
 */
#ifndef PACKAGES_SECTIONS_H
#define PACKAGES_SECTIONS_H

#include "base/form.h"
#include "base/reply.h"
#include "packages/packages.h"

/* One section of the entry: a form and what becomes of it. */
struct section {
	const char *name;  /* of the page, in the audit and in sections */
	const char *title; /* the page's heading */
	const char *guide; /* a paragraph under it, or NULL */
	const struct field *fields;
	size_t size; /* of the struct that the fields describe */
	/* Fills the struct from what is saved. */
	void (*load)(
	    struct request *r, const struct package *package, void *values);
	/* Gives fields their choices from the database; may be NULL. */
	void (*choices)(struct request *r, const struct package *package,
	    struct form *form);
	/* Adds messages of rules; may be NULL. */
	void (*check)(struct request *r, const struct package *package,
	    struct form *form, const void *values);
	void (*save)(struct request *r, const struct package *package,
	    const void *values);
	/* Draws the page; NULL: the fields one under the other. */
	void (*render)(struct request *r, const struct package *package,
	    struct form *form);
	const char *next; /* page after saving, or NULL */
};

/* The start that is wanted, as its section and a change of needs ask for it. */
struct start_form {
	const char *urgency;
	int64_t start_wanted;
};

extern const struct field start_fields[];

/* Adds what is wrong with a start that is typed anew. */
void start_form_check(
    struct form *form, const struct start_form *start, int64_t now);

/* GET and POST of a section's page. */
struct reply section_edit(struct request *r, const struct section *section);
struct reply section_update(struct request *r, const struct section *section);

/*
 * The package of the path, locked for a change and its round settled as far
 * as it is decided. NULL with `*reply` filled when there is none or it may no
 * longer be changed.
 */
const struct package *package_take(struct request *r, struct reply *reply);

/*
 * Does what time alone has decided about a package's live round; true when
 * there was anything, so that the package is to be read again.
 */
bool package_settle(struct request *r, int64_t package);

/* The same without the lock, for the page that shows the form. */
const struct package *package_open(struct request *r, struct reply *reply);

/* Whether the form was made for the revision that is saved now. */
bool revision_holds(const struct request *r, int32_t revision);

/* The revision to draw into a form: a parked form keeps its own. */
const char *revision_shown(struct request *r, int32_t revision);

/*
 * One save of a package that package_take gave: runs `save`, prices the week,
 * and on the waiting list makes a version, withdraws offers and sends them
 * again, after asking.
 * `section` is what is noted as answered.
 */
struct package_change {
	const char *section;
	const char *act;   /* for the notice: "Visit removed" */
	const char *title; /* named in the notice; NULL: the act says it */
	void (*save)(struct request *r, const struct package *package,
	    const void *values);
	const void *values;
	const char *location; /* where to go; NULL: package_next */
};

struct reply package_change(struct request *r, const struct package *package,
    const struct package_change *change);

/*
 * Takes back the offers of the live round. The package is locked by
 * package_take; `because` is a word for the audit: change, cancel.
 */
void package_round_end(
    struct request *r, const struct package *package, const char *because);

/* 409, as reply_conflict(); finds out who saved the package. */
struct reply package_conflict(struct request *r, const struct package *package,
    const char *title, const struct form *mine, const struct form *theirs);

/* Where a package's changes begin and end: its page, or the check page. */
const char *package_home(struct request *r, const struct package *package);

/*
 * Where saving leads: of a draft to the next section that is not completed and
 * then to the check page; else home.
 */
const char *package_next(struct request *r, const struct package *package,
    enum package_section after);

/* What the link back to a package's home says; NULL: the usual. */
const char *package_home_text(
    const struct request *r, const struct package *package);

/* Whether the page was opened from the check page, to lead back there. */
bool returns_to_check(const struct request *r);

/* How the package's framework is paid on a day; NULL without a framework. */
const struct price_rule *package_rule_on(
    struct request *r, const struct package *package, int32_t day);

/* The price of a package's week today, from its framework and its visits. */
struct package_price package_price_now(
    struct request *r, const struct package *package);

#endif
