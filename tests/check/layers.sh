#!/bin/bash
# Who may include whom (design.md, section 2).
set -u -o pipefail

cd "$(dirname "$0")/../.." || exit 1
found=0

# report RULE: prints each line of standard input with the rule it breaks.
report()
{
	local line

	while read -r line; do
		printf '%s\n    %s\n' "$line" "$1"
		found=1
	done
}

# includes PATTERN FOLDER...: file:line of every include that matches.
includes()
{
	local pattern=$1
	shift

	grep -rnE --include='*.[ch]' "^#[[:space:]]*include $pattern" "$@"
}

report "base knows nothing of care: it includes base/ only" < <(
	includes '"' app/base | grep -v '#include "base/')

report "matching includes matching/, base/arena.h and the C library only" < <(
	includes '"' app/matching |
	    grep -vE '#include "(matching/|base/arena\.h")'
	includes '<' app/matching | grep -vE \
	    '<(ctype|inttypes|limits|math|stdarg|stdbool|stddef|stdint|stdlib|string)\.h>')

report "a capability's pages are included by routes.c and themselves only" < <(
	includes '"[^"]*_pages\.h"' app | grep -v '^app/routes\.c:' |
	    while IFS=: read -r file line text; do
		included=${text#*\"}
		[ "$(dirname "${file#app/}")" = "$(dirname "$included")" ] ||
		    printf '%s:%s:%s\n' "$file" "$line" "$text"
	    done)

report "kore_module.c alone knows Kore" < <(
	includes '[<"]kore/' app | grep -v '^app/kore_module\.c:')

report "base/db*.c and command*.c alone know libpq" < <(
	includes '[<"](postgresql/)?libpq' app |
	    grep -vE '^app/(base/db[a-z_]*\.[ch]|command[a-z_]*\.c):')

exit "$found"
