/* Weeks, sums, sentences and the file; pure but for what arrives in rows. */
#include "waiting/waiting.h"

#include <inttypes.h>
#include <string.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/text.h"

const struct choice wait_reasons[WAIT_REASONS + 1] = {
	[WAIT_NOTHING] = { "nothing_in_place", "Nothing in place", NULL },
	[WAIT_INTERIM] = { "interim_care", "Interim care, waiting for a change",
	    NULL },
	[WAIT_REABLEMENT] = { "leaving_reablement", "Leaving reablement",
	    NULL },
};

/* --- Weeks ---------------------------------------------------------------- */

int32_t
week_monday(int32_t date)
{
	return date - date_weekday(date);
}

bool
week_parse(const char *text, int32_t *monday)
{
	int64_t part[3];
	int32_t date;
	char digits[11];

	if (text == NULL || strlen(text) != 10 || text[4] != '-' ||
	    text[7] != '-')
		return false;
	memcpy(digits, text, sizeof(digits));
	digits[4] = digits[7] = '\0';
	if (!text_to_int64(digits, 2000, 2999, &part[0]) ||
	    !text_to_int64(digits + 5, 1, 12, &part[1]) ||
	    !text_to_int64(digits + 8, 1, 31, &part[2]) ||
	    !date_from(
		(int32_t)part[0], (int32_t)part[1], (int32_t)part[2], &date))
		return false;
	*monday = week_monday(date);
	return true;
}

struct wait_week_list
weeks_until(struct arena *arena, int32_t monday, size_t count, int64_t now)
{
	struct wait_week *row = arena_array(arena, count, sizeof(*row));
	size_t i;

	for (i = 0; i < count; i++) {
		row[i].monday = monday - 7 * (int32_t)(count - 1 - i);
		row[i].instant = clock_midnight(row[i].monday + 7);
		if (row[i].instant > now)
			row[i].instant = now;
	}
	return (struct wait_week_list) { row, count };
}

void
weeks_fill(struct wait_week_list weeks, struct wait_sum_list sums)
{
	size_t i, reason;

	for (i = 0; i < sums.count; i++) {
		const struct wait_sum *sum = &sums.row[i];
		const struct wait_count count = { sum->minutes, sum->people };
		struct wait_week *week;

		if (sum->place < 1 || (size_t)sum->place > weeks.count)
			continue;
		week = &weeks.row[sum->place - 1];
		if (sum->reason == NULL)
			week->all = count;
		for (reason = 0; reason < WAIT_REASONS; reason++)
			if (text_equal(sum->reason, wait_reasons[reason].value))
				week->by[reason] = count;
	}
}

/* --- Words ---------------------------------------------------------------- */

const char *
wait_hours(struct arena *arena, int64_t minutes)
{
	const int64_t hundredths = (minutes % 60 * 100 + 30) / 60;
	const char *whole = text_number(arena, minutes / 60);

	if (hundredths == 0)
		return whole;
	if (hundredths % 10 == 0)
		return arena_printf(
		    arena, "%s.%" PRId64, whole, hundredths / 10);
	return arena_printf(arena, "%s.%02" PRId64, whole, hundredths);
}

static const char *
hours_phrase(struct arena *arena, int64_t minutes)
{
	return arena_printf(arena, "%s %s", wait_hours(arena, minutes),
	    minutes == 60 ? "hour" : "hours");
}

static const char *
people_text(struct arena *arena, int64_t people)
{
	return arena_printf(arena, "%s %s", text_number(arena, people),
	    people == 1 ? "person" : "people");
}

const char *
wait_share(struct arena *arena, int64_t minutes, int64_t people)
{
	if (people == 0)
		return "none";
	return arena_printf(arena, "%s, %s", hours_phrase(arena, minutes),
	    people_text(arena, people));
}

const char *
wait_sentence(struct arena *arena, const struct wait_week *week, bool is_past)
{
	const int64_t reablement = week->by[WAIT_REABLEMENT].people;
	const int64_t served = week->by[WAIT_INTERIM].people + reablement;
	const int64_t nothing = week->by[WAIT_NOTHING].people;
	struct buffer out = buffer_new(arena, 256, 4096);

	if (week->all.people == 0)
		return is_past ? "Nobody was waiting." : "Nobody is waiting.";
	buffer_printf(&out, "%s a week for %s %s still unmet.",
	    hours_phrase(arena, week->all.minutes),
	    people_text(arena, week->all.people),
	    week->all.minutes == 60 ? (is_past ? "was" : "is")
				    : (is_past ? "were" : "are"));
	if (served > 0) {
		buffer_printf(&out,
		    " %s of them %s a service and %s for a change",
		    text_number(arena, served),
		    is_past       ? "had"
		    : served == 1 ? "has"
				  : "have",
		    is_past       ? "waited"
		    : served == 1 ? "waits"
				  : "wait");
		if (reablement > 0)
			buffer_printf(&out, ", %s of those leaving reablement",
			    text_number(arena, reablement));
		buffer_text(&out, ".");
	}
	if (nothing > 0)
		buffer_printf(&out, " %s %s nothing in place.",
		    text_number(arena, nothing),
		    is_past        ? "had"
		    : nothing == 1 ? "has"
				   : "have");
	return out.data;
}

/* --- The file ------------------------------------------------------------- */

static void
csv_count(struct buffer *out, struct wait_count count)
{
	buffer_printf(out, ",%" PRId64 ".%02" PRId64 ",%" PRId64,
	    count.minutes / 60, (count.minutes % 60 * 100 + 30) / 60,
	    count.people);
}

struct bytes
wait_csv(struct arena *arena, struct wait_week_list weeks)
{
	struct buffer out = buffer_new(arena, 4096, 1 << 20);
	size_t i, reason;

	buffer_text(&out, "week_starting,hours_unmet,people");
	for (reason = 0; reason < WAIT_REASONS; reason++)
		buffer_printf(&out, ",hours_%s,people_%s",
		    wait_reasons[reason].value, wait_reasons[reason].value);
	buffer_text(&out, "\r\n");
	for (i = 0; i < weeks.count; i++) {
		int32_t year, month, date;

		date_split(weeks.row[i].monday, &year, &month, &date);
		buffer_printf(
		    &out, "%04d-%02d-%02d", (int)year, (int)month, (int)date);
		csv_count(&out, weeks.row[i].all);
		for (reason = 0; reason < WAIT_REASONS; reason++)
			csv_count(&out, weeks.row[i].by[reason]);
		buffer_text(&out, "\r\n");
	}
	return (struct bytes) { (const unsigned char *)out.data, out.length };
}
