/* What care workers must have and know, and whom the person has chosen. */
#include <string.h>

#include "areas/terms.h"
#include "base/arena.h"
#include "offers/match.h"
#include "packages/giveaway.h"
#include "packages/packages_pages.h"
#include "packages/sections.h"
#include "templates.h"

/* --- Needs ---------------------------------------------------------------- */

struct needs_form {
	struct text_list specialism_must;
	struct text_list specialism_prefer;
	struct text_list language_must;
	struct text_list language_prefer;
	struct text_list culture_must;
	struct text_list culture_prefer;
	struct text_list moving_handling_must;
	struct text_list moving_handling_prefer;
	const char *carer_gender; /* none, must-CODE, prefer-CODE */
	const char *two_carers;
	const char *medication_level; /* as carer_gender */
	const char *complexity;
	const char *complexity_reason;
};

static const struct choice two_carers_choices[] = {
	{ "must", "Must have", NULL },
	{ "prefer", "Preferred", NULL },
	{ "no", "Not needed", NULL },
	{ NULL, NULL, NULL },
};

static const struct choice complexity_choices[] = {
	{ "ordinary", "Ordinary care", NULL },
	{ "specialist", "Specialist care",
	    "Needs more than the usual training or supervision" },
	{ "low_level", "Low-level care",
	    "Not complex: any provider could sustain it" },
	{ NULL, NULL, NULL },
};

static const struct field needs_fields[] = {
	FIELD(struct needs_form, FIELD_CHOICES, specialism_must,
	    "Specialisms: must have", .missing = "Select from the list"),
	FIELD(struct needs_form, FIELD_CHOICES, specialism_prefer,
	    "Specialisms: preferred", .missing = "Select from the list"),
	FIELD(struct needs_form, FIELD_CHOICES, language_must,
	    "Languages: must have", .missing = "Select from the list"),
	FIELD(struct needs_form, FIELD_CHOICES, language_prefer,
	    "Languages: preferred", .missing = "Select from the list"),
	FIELD(struct needs_form, FIELD_CHOICES, culture_must,
	    "Culture: must have", .missing = "Select from the list"),
	FIELD(struct needs_form, FIELD_CHOICES, culture_prefer,
	    "Culture: preferred", .missing = "Select from the list"),
	FIELD(struct needs_form, FIELD_CHOICES, moving_handling_must,
	    "Moving and handling: must have",
	    .missing = "Select from the list"),
	FIELD(struct needs_form, FIELD_CHOICES, moving_handling_prefer,
	    "Moving and handling: preferred",
	    .missing = "Select from the list"),
	FIELD(struct needs_form, FIELD_CHOICE, carer_gender,
	    "Gender of the care worker",
	    .missing = "Select the gender of the care worker"),
	FIELD(struct needs_form, FIELD_CHOICE, two_carers,
	    "Two care workers at once",
	    .hint = "Visits are filled in with two when they must be",
	    .missing = "Select whether two care workers are needed at once",
	    .is_required = true, .choices = two_carers_choices),
	FIELD(struct needs_form, FIELD_CHOICE, medication_level,
	    "Help with medicines", .missing = "Select the help with medicines"),
	FIELD(struct needs_form, FIELD_CHOICE, complexity,
	    "How complex is the care?",
	    .hint = "Some frameworks take specialist or low-level care only",
	    .missing = "Select how complex the care is",
	    .choices = complexity_choices),
	FIELD(struct needs_form, FIELD_TEXT, complexity_reason,
	    "If it is specialist or low-level, why?", .subject = "Reason",
	    .hint = "Kept for staff. Do not name the person.", .maximum = 500),
	FIELD_END,
};

/* Kinds of which any number may be needed, and their two fields each. */
static const struct {
	const char *kind;
	const char *must;
	const char *prefer;
	size_t must_offset;
	size_t prefer_offset;
} need_lists[] = {
	{ "specialism", "specialism_must", "specialism_prefer",
	    offsetof(struct needs_form, specialism_must),
	    offsetof(struct needs_form, specialism_prefer) },
	{ "language", "language_must", "language_prefer",
	    offsetof(struct needs_form, language_must),
	    offsetof(struct needs_form, language_prefer) },
	{ "culture", "culture_must", "culture_prefer",
	    offsetof(struct needs_form, culture_must),
	    offsetof(struct needs_form, culture_prefer) },
	{ "moving_handling", "moving_handling_must", "moving_handling_prefer",
	    offsetof(struct needs_form, moving_handling_must),
	    offsetof(struct needs_form, moving_handling_prefer) },
};

enum { NEED_LISTS = sizeof(need_lists) / sizeof(need_lists[0]) };

static struct text_list
list_at(const void *values, size_t offset)
{
	return *(const struct text_list *)((const char *)values + offset);
}

static struct text_list
codes_of(
    struct request *r, struct need_list needs, const char *kind, bool is_must)
{
	const char **rows = arena_array(r->arena, needs.count, sizeof(*rows));
	struct text_list list = { rows, 0 };
	size_t i;

	for (i = 0; i < needs.count; i++)
		if (text_equal(needs.row[i].kind, kind) &&
		    needs.row[i].is_must == is_must)
			rows[list.count++] = needs.row[i].code;
	return list;
}

static const char *const weights[] = { "prefer", "must" };

/* The one need of a kind and how much it is one, in one word. */
static const char *
code_of(struct request *r, struct need_list needs, const char *kind)
{
	size_t i;

	for (i = 0; i < needs.count; i++)
		if (text_equal(needs.row[i].kind, kind))
			return arena_printf(r->arena, "%s-%s",
			    weights[needs.row[i].is_must], needs.row[i].code);
	return "none";
}

/* None, then each term as preferred and as a must-have. */
static struct choice_list
code_choices(struct request *r, const char *kind, const char *none)
{
	static const char *const words[] = { "preferred", "must have" };
	struct choice_list terms = term_choices(r, kind);
	struct choice *rows = arena_array(
	    r->arena, 1 + 2 * terms.count, sizeof(*rows));
	size_t i, j, count = 0;

	rows[count++] = (struct choice) { "none", none, NULL };
	for (i = 0; i < terms.count; i++)
		for (j = 0; j < 2; j++)
			rows[count++] = (struct choice) {
				arena_printf(r->arena, "%s-%s", weights[j],
				    terms.row[i].value),
				arena_printf(r->arena, "%s: %s",
				    terms.row[i].label, words[j]),
				NULL,
			};
	return (struct choice_list) { rows, count };
}

static void
needs_load(struct request *r, const struct package *package, void *values)
{
	struct needs_form *form = values;
	struct need_list needs = package_need_list(
	    r->db, r->session.council_id, package->id);
	size_t i;

	for (i = 0; i < NEED_LISTS; i++) {
		*(struct text_list *)((char *)values +
				      need_lists[i].must_offset) = codes_of(r,
		    needs, need_lists[i].kind, true);
		*(struct text_list *)((char *)values +
				      need_lists[i].prefer_offset) = codes_of(r,
		    needs, need_lists[i].kind, false);
	}
	form->carer_gender = code_of(r, needs, "carer_gender");
	form->medication_level = code_of(r, needs, "medication_level");
	form->two_carers = two_carers_need(package, needs);
	form->complexity = package->complexity;
	form->complexity_reason = package->complexity_reason;
}

static void
needs_choices(
    struct request *r, const struct package *package, struct form *form)
{
	size_t i;

	(void)package;
	for (i = 0; i < NEED_LISTS; i++) {
		struct choice_list terms = term_choices(r, need_lists[i].kind);

		form_choices(form, need_lists[i].must, terms);
		form_choices(form, need_lists[i].prefer, terms);
	}
	form_choices(form, "carer_gender",
	    code_choices(r, "carer_gender", "No preference"));
	form_choices(form, "medication_level",
	    code_choices(r, "medication_level", "No help needed"));
}

static const char *
label_of(const struct form *form, const char *name, const char *value)
{
	struct choice_list choices = form_field(form, name)->choices;
	size_t i;

	for (i = 0; i < choices.count; i++)
		if (text_equal(choices.row[i].value, value))
			return choices.row[i].label;
	return value;
}

/* Two care workers are asked for once: the visits must say the same. */
static void
two_carers_check(struct request *r, const struct package *package,
    struct form *form, const char *need)
{
	int32_t most = visits_most_carers(
	    visit_list(r->db, r->session.council_id, package->id));

	if (text_equal(need, "no") && most > 1)
		form_error(form, "two_carers",
		    "A visit has %d care workers at once: select must have or "
		    "preferred, or change the visit first",
		    (int)most);
	if (text_equal(need, "must") && most == 1)
		form_error(form, "two_carers",
		    "No visit has two care workers at once: change the visits "
		    "first, or select preferred or not needed");
}

static bool
is_ordinary(const struct needs_form *needs)
{
	return *needs->complexity == '\0' ||
	       text_equal(needs->complexity, "ordinary");
}

static void
complexity_check(struct request *r, const struct package *package,
    struct form *form, const struct needs_form *needs)
{
	const char *reason = needs->complexity_reason;

	if (!is_ordinary(needs) && *reason == '\0')
		form_error(form, "complexity_reason",
		    "Enter why the care is specialist or low-level");
	if (is_ordinary(needs) && *reason != '\0')
		form_error(form, "complexity_reason",
		    "Select specialist or low-level care, or remove the "
		    "reason");
	giveaway_check(form, "complexity_reason", reason, READ_BY_STAFF,
	    r->session.council_id, package->reference);
}

static void
needs_check(struct request *r, const struct package *package, struct form *form,
    const void *values)
{
	const struct needs_form *needs = values;
	size_t i, j;

	for (i = 0; i < NEED_LISTS; i++) {
		struct text_list must = list_at(
		    values, need_lists[i].must_offset);
		struct text_list prefer = list_at(
		    values, need_lists[i].prefer_offset);

		for (j = 0; j < prefer.count; j++)
			if (text_list_has(must, prefer.row[j]))
				form_error(form, need_lists[i].prefer,
				    "%s is in both lists: select it once",
				    label_of(form, need_lists[i].prefer,
					prefer.row[j]));
	}
	two_carers_check(r, package, form, needs->two_carers);
	complexity_check(r, package, form, needs);
}

/* Of "must-CODE" or "prefer-CODE"; nothing of "none". */
static void
code_save(struct request *r, const struct package *package, const char *kind,
    const char *value)
{
	const char *code = strchr(value, '-');

	if (code == NULL)
		return;
	code++;
	package_need_add(r->db, r->session.council_id, package->id, kind,
	    (struct text_list) { &code, 1 }, text_starts_with(value, "must-"));
}

static void
needs_save(struct request *r, const struct package *package, const void *values)
{
	const struct needs_form *needs = values;
	int64_t council = r->session.council_id;
	size_t i;

	package_need_clear(r->db, council, package->id);
	for (i = 0; i < NEED_LISTS; i++) {
		package_need_add(r->db, council, package->id,
		    need_lists[i].kind,
		    list_at(values, need_lists[i].must_offset), true);
		package_need_add(r->db, council, package->id,
		    need_lists[i].kind,
		    list_at(values, need_lists[i].prefer_offset), false);
	}
	code_save(r, package, "carer_gender", needs->carer_gender);
	code_save(r, package, "medication_level", needs->medication_level);
	if (!text_equal(needs->two_carers, "no"))
		code_save(r, package, "two_carers",
		    arena_printf(r->arena, "%s-two_carers", needs->two_carers));
	package_save_complexity(r->db, council, package->id,
	    is_ordinary(needs) ? "ordinary" : needs->complexity,
	    needs->complexity_reason);
}

/* What a preference does is for the framework's policy to say. */
static const char *
preferred_guide(struct request *r, const struct package *package)
{
	const char *document = package_policy_document(
	    r->db, r->session.council_id, package->id);
	const struct policy *policy = NULL;

	if (document != NULL)
		policy = match_policy(r->db, r->arena, document);
	if (policy == NULL)
		return "Providers read what is preferred. Whether it helps to "
		       "put them in order depends on the framework.";
	if (policy_orders_by_needs(policy))
		return "What is preferred helps to put providers in order.";
	return arena_printf(r->arena,
	    "Providers read what is preferred before they reply. It does not "
	    "change their order: %s does not order by it.",
	    policy->name);
}

static void
needs_render(
    struct request *r, const struct package *package, struct form *form)
{
	render_packages_needs(r, package, form, preferred_guide(r, package));
}

static const struct section needs_section = {
	.name = "needs",
	.title = "Needs of the care workers",
	.fields = needs_fields,
	.size = sizeof(struct needs_form),
	.load = needs_load,
	.choices = needs_choices,
	.check = needs_check,
	.save = needs_save,
	.render = needs_render,
};

/* GET /packages/:reference/needs */
struct reply
package_needs_edit(struct request *r)
{
	return section_edit(r, &needs_section);
}

/* POST /packages/:reference/needs */
struct reply
package_needs_update(struct request *r)
{
	return section_update(r, &needs_section);
}

/* --- Before coming -------------------------------------------------------- */

struct before_form {
	const char *smoker;
	const char *pets;
	const char *know_before;
};

static const struct choice known_choices[] = {
	{ "yes", "Yes", NULL },
	{ "no", "No", NULL },
	{ "unknown", "Not known", NULL },
	{ NULL, NULL, NULL },
};

static const struct field before_fields[] = {
	FIELD(struct before_form, FIELD_CHOICE, smoker,
	    "Does anybody smoke in the home?",
	    .missing = "Select whether anybody smokes in the home",
	    .is_required = true, .choices = known_choices),
	FIELD(struct before_form, FIELD_CHOICE, pets,
	    "Are there pets in the home?",
	    .missing = "Select whether there are pets in the home",
	    .is_required = true, .choices = known_choices),
	FIELD(struct before_form, FIELD_TEXT, know_before,
	    "Risks and anything else a worker should know (optional)",
	    .subject = "What a worker should know",
	    .hint = "Providers read this before they accept: no names, no "
		    "address, no key-safe code",
	    .maximum = 1000),
	FIELD_END,
};

static void
before_load(struct request *r, const struct package *package, void *values)
{
	struct before_form *before = values;
	bool is_saved = text_list_has(package->sections, "before-coming");

	(void)r;
	before->smoker = package->smoker;
	before->pets = package->pets;
	if (is_saved && *before->smoker == '\0')
		before->smoker = "unknown";
	if (is_saved && *before->pets == '\0')
		before->pets = "unknown";
	before->know_before = package->know_before;
}

static void
before_check(struct request *r, const struct package *package,
    struct form *form, const void *values)
{
	const struct before_form *before = values;

	giveaway_check(form, "know_before", before->know_before,
	    READ_BY_PROVIDERS, r->session.council_id, package->reference);
}

static const char *
known_of(const char *value)
{
	return text_equal(value, "unknown") ? "" : value;
}

static void
before_save(
    struct request *r, const struct package *package, const void *values)
{
	const struct before_form *before = values;

	package_save_before_coming(r->db, r->session.council_id, package->id,
	    known_of(before->smoker), known_of(before->pets),
	    before->know_before);
}

static const struct section before_section = {
	.name = "before-coming",
	.title = "What a worker should know before coming",
	.fields = before_fields,
	.size = sizeof(struct before_form),
	.load = before_load,
	.check = before_check,
	.save = before_save,
};

/* GET /packages/:reference/before-coming */
struct reply
package_before_coming_edit(struct request *r)
{
	return section_edit(r, &before_section);
}

/* POST /packages/:reference/before-coming */
struct reply
package_before_coming_update(struct request *r)
{
	return section_update(r, &before_section);
}

/* --- Choice --------------------------------------------------------------- */

enum { PROVIDERS_SHOWN = 100, PROVIDERS_MOST = 100000 };

struct choice_form {
	const char *provider;
};

static const struct field choice_fields[] = {
	FIELD(struct choice_form, FIELD_CHOICE, provider,
	    "Which provider has the person chosen?",
	    .missing = "Select a provider, or that none has been chosen",
	    .is_required = true),
	FIELD_END,
};

static void
choice_load(struct request *r, const struct package *package, void *values)
{
	struct choice_form *choice = values;

	(void)r;
	choice->provider = package->chosen_reference;
	if (*choice->provider == '\0' &&
	    text_list_has(package->sections, "choice"))
		choice->provider = "none";
}

/* On the page what was searched for; of a posted form, everybody. */
static void
choice_choices(
    struct request *r, const struct package *package, struct form *form)
{
	bool is_shown = r->method == GET;
	struct provider_choice_list providers = package_provider_list(r->db,
	    r->session.council_id, package->id,
	    is_shown ? request_query(r, "q") : "", package->chosen_reference,
	    is_shown ? PROVIDERS_SHOWN : PROVIDERS_MOST);
	struct choice *rows = arena_array(
	    r->arena, providers.count + 1, sizeof(*rows));
	size_t i;

	rows[0] = (struct choice) { "none", "No provider has been chosen",
		"All eligible providers are asked in the order of the policy" };
	for (i = 0; i < providers.count; i++)
		rows[i + 1] = (struct choice) { providers.row[i].reference,
			providers.row[i].name,
			text_equal(providers.row[i].state, "active")
			    ? NULL
			    : "Takes no new packages at the moment" };
	form_choices(form, "provider",
	    (struct choice_list) { rows, providers.count + 1 });
}

static void
choice_save(
    struct request *r, const struct package *package, const void *values)
{
	const struct choice_form *choice = values;

	package_save_choice(r->db, r->session.council_id, package->id,
	    text_equal(choice->provider, "none") ? "" : choice->provider);
}

static const struct section choice_section = {
	.name = "choice",
	.title = "A provider the person has chosen",
	.fields = choice_fields,
	.size = sizeof(struct choice_form),
	.load = choice_load,
	.choices = choice_choices,
	.save = choice_save,
	.render = render_packages_choice,
};

/* GET /packages/:reference/choice */
struct reply
package_choice_edit(struct request *r)
{
	return section_edit(r, &choice_section);
}

/* POST /packages/:reference/choice */
struct reply
package_choice_update(struct request *r)
{
	return section_update(r, &choice_section);
}
