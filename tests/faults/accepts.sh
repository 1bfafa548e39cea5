#!/bin/bash
# Racing accepts give exactly one placement each; an accept that waits on a
# lock past expiry is refused. Run by tests/run/product.sh.
set -eu -o pipefail

cd "$(dirname "$0")/../.."

: "${BUILD:=build}" "${FAULT_DIVISOR:=10}"
RACES=$((5000 / FAULT_DIVISOR))
TRIALS=$((300 / FAULT_DIVISOR))

value()
{
	psql -X -q -A -t -v ON_ERROR_STOP=1 -U postgres -c "$1"
}

# equal WHAT VALUE EXPECTED
equal()
{
	if [ "$2" != "$3" ]; then
		echo "$1: $2, not $3"
		exit 1
	fi
}

psql -X -q -U postgres -v packages=$((RACES + TRIALS)) \
    -v document="$(cat conf/policies/test-best-three.json)" \
    -f tests/faults/accepts.sql

PGUSER=hearth_web "$BUILD/tests/faults/accepts" race 1 "$RACES"
PGUSER=hearth_web "$BUILD/tests/faults/accepts" expiry $((RACES + 1)) \
    $((RACES + TRIALS))

equal "placements" "$(value "SELECT count(*) || ' ' || count(DISTINCT
    p.package_id) FROM placement p JOIN council c ON c.id = p.council_id
    WHERE c.code = 'race'")" "$RACES $RACES"
equal "chosen offers" "$(value "SELECT count(*) FROM offer o
    JOIN council c ON c.id = o.council_id
    WHERE c.code = 'race' AND o.result = 'chosen'")" "$RACES"
equal "packages placed" "$(value "SELECT count(*) FROM package k
    JOIN council c ON c.id = k.council_id
    WHERE c.code = 'race' AND k.state = 'placed'")" "$RACES"
equal "replies after the deadline" "$(value "SELECT count(*) FROM offer o
    JOIN council c ON c.id = o.council_id
    WHERE c.code = 'race' AND o.replied_at >= o.reply_by")" 0
equal "minutes taken" "$(value "SELECT sum(100000000 - m.spare_minutes)
    FROM framework_member m JOIN council c ON c.id = m.council_id
    WHERE c.code = 'race'")" $((RACES * 420))
echo "$RACES packages raced for by 8, $TRIALS accepts behind a lock"
