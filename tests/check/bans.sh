#!/bin/bash
# What may be nowhere in app/, or only where it belongs.
set -u -o pipefail

cd "$(dirname "$0")/../.." || exit 1
found=0

report()
{
	local line

	while read -r line; do
		printf '%s\n    %s\n' "$line" "$1"
		found=1
	done
}

search()
{
	grep -rnE --include='*.[ch]' "$1" app
}

report "a function of the C library that nobody can use safely" < <(
	search '\<(strcpy|strcat|sprintf|vsprintf|gets|strtok|atoi|atol|atoll|atof|scanf|sscanf|fscanf|system|popen|alloca)[[:space:]]*\(' |
	    grep -v 'format(')

report "SQL belongs in .sql files" < <(
	search '"[[:space:]]*(SELECT|INSERT INTO|UPDATE [a-z_]+|DELETE FROM|WITH [a-z_]+ AS|ALTER|CREATE (TABLE|FUNCTION))\>' |
	    grep -vE '^app/(generate/|base/db[a-z_]*\.c:)')

report "HTML belongs in templates" < <(
	search '"</?(a|abbr|b|button|caption|dd|div|dl|dt|fieldset|form|h[1-6]|input|label|legend|li|nav|ol|option|p|section|select|span|strong|table|tbody|td|textarea|th|thead|tr|ul)[ >]' |
	    grep -vE '^app/(generate/|base/)')

report "a request's memory is the arena's: nothing in a capability is freed" < <(
	search '\<(malloc|calloc|realloc|free)[[:space:]]*\(' |
	    grep -vE '^app/(generate/|base/|matching/|kore_module\.c|command[a-z_]*\.c)')

report "the clock is clock_now(), read after the lock (migrations/0001)" < <(
	grep -rniE --include='*.sql' \
	    '\<(now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)|\<(current|local)_?(timestamp|date|time)\>' \
	    app migrations | grep -viE 'pg_catalog\.clock_timestamp|:[[:space:]]*--')

report "a promise instead of work" < <(
	search '\<(TODO|FIXME|XXX|HACK)\>')

exit "$found"
