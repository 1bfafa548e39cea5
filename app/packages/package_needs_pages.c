/* What care workers must have and know, and whom the person has chosen. */
#include <string.h>

#include "areas/terms.h"
#include "base/arena.h"
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
	const char *carer_gender;
	const char *carer_gender_need;
	const char *two_carers;
	const char *medication_level;
	const char *medication_level_need;
};

static const struct choice need_choices[] = {
	{ "must", "Must have", NULL },
	{ "prefer", "Preferred", NULL },
	{ NULL, NULL, NULL },
};

static const struct choice two_carers_choices[] = {
	{ "must", "Must have", NULL },
	{ "prefer", "Preferred", NULL },
	{ "no", "Not needed", NULL },
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
	FIELD(struct needs_form, FIELD_CHOICE, carer_gender_need,
	    "Is the gender a must-have or preferred?",
	    .missing = "Select whether the gender is a must-have or preferred",
	    .choices = need_choices),
	FIELD(struct needs_form, FIELD_CHOICE, two_carers,
	    "Two care workers at once",
	    .missing = "Select whether two care workers are needed at once",
	    .is_required = true, .choices = two_carers_choices),
	FIELD(struct needs_form, FIELD_CHOICE, medication_level,
	    "Help with medicines", .missing = "Select the help with medicines"),
	FIELD(struct needs_form, FIELD_CHOICE, medication_level_need,
	    "Is the help with medicines a must-have or preferred?",
	    .missing = "Select whether the help with medicines is a "
		       "must-have or preferred",
	    .choices = need_choices),
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

/* The one need of a kind, and how much it is one. */
static const char *
code_of(struct need_list needs, const char *kind, const char **need)
{
	size_t i;

	*need = "";
	for (i = 0; i < needs.count; i++) {
		if (!text_equal(needs.row[i].kind, kind))
			continue;
		*need = needs.row[i].is_must ? "must" : "prefer";
		return needs.row[i].code;
	}
	return "";
}

static void
needs_load(struct request *r, const struct package *package, void *values)
{
	struct needs_form *form = values;
	struct need_list needs = package_need_list(
	    r->db, r->session.council_id, package->id);
	const char *two;
	size_t i;

	for (i = 0; i < NEED_LISTS; i++) {
		*(struct text_list *)((char *)values +
				      need_lists[i].must_offset) = codes_of(r,
		    needs, need_lists[i].kind, true);
		*(struct text_list *)((char *)values +
				      need_lists[i].prefer_offset) = codes_of(r,
		    needs, need_lists[i].kind, false);
	}
	form->carer_gender = code_of(
	    needs, "carer_gender", &form->carer_gender_need);
	form->medication_level = code_of(
	    needs, "medication_level", &form->medication_level_need);
	code_of(needs, "two_carers", &two);
	form->two_carers = two;
	if (*two == '\0' && text_list_has(package->sections, "needs"))
		form->two_carers = "no";
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
	form_choices(form, "carer_gender", term_choices(r, "carer_gender"));
	form_choices(
	    form, "medication_level", term_choices(r, "medication_level"));
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

/* A level and whether it is a must: both or neither. */
static void
pair_check(struct form *form, const char *name, const char *value,
    const char *need_name, const char *need)
{
	if (*value != '\0' && *need == '\0')
		form_error(form, need_name, "%s",
		    form_field(form, need_name)->field->missing);
	if (*value == '\0' && *need != '\0')
		form_error(
		    form, name, "%s", form_field(form, name)->field->missing);
}

static void
needs_check(struct request *r, const struct package *package, struct form *form,
    const void *values)
{
	const struct needs_form *needs = values;
	size_t i, j;

	(void)r;
	(void)package;
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
	pair_check(form, "carer_gender", needs->carer_gender,
	    "carer_gender_need", needs->carer_gender_need);
	pair_check(form, "medication_level", needs->medication_level,
	    "medication_level_need", needs->medication_level_need);
}

static void
need_save(struct request *r, const struct package *package, const char *kind,
    const char *code, const char *need)
{
	if (*code != '\0' && !text_equal(need, "no"))
		package_need_add(r->db, r->session.council_id, package->id,
		    kind, (struct text_list) { &code, 1 },
		    text_equal(need, "must"));
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
	need_save(r, package, "carer_gender", needs->carer_gender,
	    needs->carer_gender_need);
	need_save(r, package, "medication_level", needs->medication_level,
	    needs->medication_level_need);
	need_save(r, package, "two_carers", "two_carers", needs->two_carers);
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
	.render = render_packages_needs,
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
