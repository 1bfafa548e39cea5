/*
 * A table of fields is the form: order, label, hint, limits, messages. Reading
 * fills a struct and keeps the raw text of every value, good or bad, so that
 * the same page can be shown again with nothing lost.
 */
#ifndef BASE_FORM_H
#define BASE_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/request.h"
#include "base/text.h"

/* What a struct's member is, and what may be typed; texts are never NULL. */
enum field_kind {
	FIELD_LINE,      /* one line of text: const char * */
	FIELD_TEXT,      /* several lines: const char * */
	FIELD_EMAIL,     /* const char *, in small letters */
	FIELD_PASSWORD,  /* const char *, as typed, never shown again */
	FIELD_TELEPHONE, /* const char * */
	FIELD_POSTCODE,  /* const char *, "AL1 1AA" */
	FIELD_NUMBER,    /* int64_t */
	FIELD_MONEY,     /* int64_t pence */
	FIELD_HOURS,     /* int64_t minutes, typed as hours "7.5" */
	FIELD_DATE,      /* int32_t; name-day, name-month, name-year */
	FIELD_TIME,      /* int32_t minutes after midnight: "14:30", "2.30pm" */
	FIELD_INSTANT,   /* int64_t; the date's three and name-time */
	FIELD_CHOICE,    /* const char *: one of choices */
	FIELD_CHOICES,   /* struct text_list: any of choices */
	FIELD_TICK,      /* bool: one box, whose value is "yes" */
	FIELD_HIDDEN,    /* const char * */
};

/* An answer that may be picked. Lists from the database have this shape. */
struct choice {
	const char *value;
	const char *label;
	const char *hint; /* NULL = none */
};

struct choice_list {
	const struct choice *row;
	size_t count;
};

struct field {
	enum field_kind kind;
	const char *name;
	const char *label;
	const char *subject; /* in messages, when the label is a question */
	const char *hint;
	const char *missing; /* message when required and empty */
	bool is_required;
	/*
	 * Of a number, of pence, of minutes (FIELD_HOURS) or of a text's
	 * characters. A maximum of 0 is the kind's own limit.
	 */
	int64_t minimum;
	int64_t maximum;
	const char *autocomplete;     /* WCAG 1.3.5 */
	const struct choice *choices; /* ends with a NULL value */
	size_t offset;                /* of the member in the form's struct */
	/*
	 * Of a bool has_NAME, or 0 when there is none: then 0 is an empty
	 * field. Whatever can be 0 must have one: every time of day, and
	 * numbers, money and hours without a minimum above 0. A form whose
	 * table forgets it ends the process.
	 */
	size_t has_offset;
};

/*
 * One row of a table, with what follows as designated initialisers:
 * FIELD(struct offer_form, FIELD_MONEY, rate_pence, "Rate for an hour",
 *     .is_required = true, .minimum = 1417)
 * The name in the page is the member's.
 */
#define FIELD(type, field_kind, member, text, ...)                             \
	{                                                                      \
		.kind = (field_kind), .name = #member, .label = (text),        \
		.offset = offsetof(type, member), __VA_ARGS__                  \
	}
#define FIELD_END                                                              \
	{                                                                      \
		.name = NULL                                                   \
	}

/* What one field holds while the form is on the page. */
struct form_field {
	const struct field *field;
	const char *value; /* raw, "" when empty; of a date: unused */
	const char *day;   /* parts of a date or instant, raw */
	const char *month;
	const char *year;
	const char *time;
	struct text_list values; /* of FIELD_CHOICES, raw */
	struct choice_list choices;
	const char *error; /* NULL = good */
};

struct form {
	struct request *r;
	struct form_field *fields;
	size_t count;
	size_t error_count;
	const char *once; /* the once-key drawn into the form */
};

/*
 * Reads the posted fields into `values` (a struct that the table describes),
 * with the messages of whatever is wrong. The members of empty and of bad
 * fields are set to zero, texts to "". Texts come without white space at the
 * ends, in NFC, with LF as line end; `form` keeps them as they were sent.
 */
struct form *form_read(
    struct request *r, const struct field *table, void *values);

/* A fresh once-key: 32 random hexadecimal letters. form_show calls it. */
const char *form_once(struct request *r);

/*
 * The number of a saved version, which a form carries in its field "revision"
 * so that two people do not overwrite each other: as that field's text, in the
 * arena; as it was posted, 0 when it is nonsense or NULL; and put anew into a
 * form that is shown after a conflict, where what was typed stays.
 */
const char *form_revision_text(struct request *r, int32_t revision);
int32_t form_revision(const char *posted);
void form_revision_renew(struct form *form, int32_t revision);

/*
 * A form to be shown: from `values`, or empty when that is NULL. A form that
 * was parked by a sign-in comes back here by itself.
 */
struct form *form_show(
    struct request *r, const struct field *table, const void *values);

/* A field by its name; asking for one that is not there ends the process. */
struct form_field *form_field(const struct form *form, const char *name);

/* Gives a field its choices when they come from the database. */
void form_choices(
    struct form *form, const char *name, struct choice_list choices);

/*
 * To be called after form_choices when a choice was read before its choices
 * were known: adds the message when the value is not among them.
 */
void form_check_choice(struct form *form, const char *name);

/* Adds a message to a field; the first one stays. */
void form_error(struct form *form, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Takes a field's message away, because what stands in it does not count
 * after what was chosen elsewhere; the text stays as it was typed.
 */
void form_ignore(struct form *form, const char *name);

bool form_ok(const struct form *form);

/*
 * Decodes application/x-www-form-urlencoded text strictly: broken escapes,
 * NUL, invalid UTF-8, more than 2,000 pairs (two tables of questions, whole),
 * names over 128 bytes or values over 512 KiB (so that who pastes too much is
 * told so beside the field) give false. Keeps empty and repeated fields, CR
 * and LF. In the arena.
 */
bool form_decode(struct arena *arena, const char *data, size_t length,
    struct pair_list *pairs);

/*
 * Decodes multipart/form-data, in which files are sent, as strictly: what has
 * a file name is a file, of any content, and everything else a pair.
 */
bool form_decode_files(struct arena *arena, const char *content_type,
    const char *data, size_t length, struct pair_list *pairs,
    struct file_list *files);

/*
 * Readers of single values; each is fuzzed. False = not one.
 * postcode   any case and spacing, gives "AL1 1AA"
 * sector     of such a postcode: "AL1 1"
 * time       "14:30", "1430", "2:30pm", "2.30 pm", "2pm", "midday", "midnight"
 * hours      "7.5", "7.25" (to the nearest minute), "7:30", up to 10,000
 * email      one address that mail can be sent to; ASCII, at most 254 bytes
 * telephone  7 to 20 digits with + ( ) - . and "ext" or "x" before the last
 */
bool postcode_parse(
    struct arena *arena, const char *text, const char **postcode);
const char *postcode_sector(struct arena *arena, const char *postcode);
bool time_parse(const char *text, int32_t *minutes);
bool hours_parse(const char *text, int64_t *minutes);
bool email_is_one(const char *text);
bool telephone_is_one(const char *text);

#endif
