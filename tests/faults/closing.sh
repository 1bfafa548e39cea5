#!/bin/bash
# Ten thousand submissions around a close, and around one that is moved while
# they come: none is stored at or after it, and every receipt is its row.
# Run by tests/run/product.sh.
set -eu -o pipefail

cd "$(dirname "$0")/../.."

: "${BUILD:=build}" "${FAULT_DIVISOR:=10}"
COUNT=$((10000 / FAULT_DIVISOR))
RECEIPTS=$(mktemp -d)
trap 'rm -rf "$RECEIPTS"' EXIT

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

# Joins what is stored of a market test.
stored()
{
	echo "FROM market_test t
	    JOIN sealed.response r ON r.market_test_id = t.id
	    JOIN sealed.$2 s ON s.response_id = r.id WHERE t.title = '$1'"
}

# market_test TITLE: submissions to it, and what is left of them.
market_test()
{
	local title=$1 told received late

	told=$("$BUILD/tests/faults/closing" "$title" "$COUNT" \
	    "$RECEIPTS/$title")
	read -r received late _ <<<"$told"
	psql -X -q -v ON_ERROR_STOP=1 -U postgres -c "CREATE TABLE told_$title
	    (response_id bigint, number integer, received_at timestamptz,
	    sha256 text, question text, value text)"
	cat "$RECEIPTS/$title".* | psql -X -q -v ON_ERROR_STOP=1 -U postgres \
	    -c "COPY told_$title FROM STDIN"

	equal "receipts" "$(value "SELECT count(*) FROM told_$title")" \
	    "$received"
	equal "submissions stored" \
	    "$(value "SELECT count(*) $(stored "$title" submission)")" \
	    "$received"
	equal "receipts that are no row" "$(value "SELECT count(*)
	    FROM told_$title x WHERE NOT EXISTS (SELECT
	    FROM sealed.submission s WHERE s.response_id = x.response_id
	    AND s.number = x.number AND s.received_at = x.received_at
	    AND encode(s.sha256, 'hex') = x.sha256
	    AND sha256(convert_to(s.content, 'UTF8')) = s.sha256
	    AND s.content::jsonb -> 'answers' -> x.question ->> 'value'
	        = x.value)")" 0
	equal "stored at or after the close" "$(value "SELECT count(*)
	    $(stored "$title" submission) AND s.received_at >= t.closes_at")" 0
	equal "late attempts" "$(value "SELECT count(*)
	    $(stored "$title" late_attempt) AND s.closed_at = t.closes_at
	    AND s.attempted_at >= t.closes_at")" "$late"
	equal "answers that are not of the last submission" "$(value "SELECT
	    count(*) $(stored "$title" submitted_answer) AND s.value IS DISTINCT
	    FROM (SELECT x.content::jsonb -> 'answers' -> s.question -> 'value'
	    FROM sealed.submission x WHERE x.response_id = r.id
	    ORDER BY x.number DESC LIMIT 1)")" 0
	equal "responses of four providers" "$(value "SELECT count(*)
	    FROM sealed.response r JOIN market_test t
	    ON t.id = r.market_test_id WHERE t.title = '$title'")" 4
	echo "$title: $received received, $late late"
}

psql -X -q -U postgres -f tests/faults/closing.sql
market_test close
market_test moved
equal "the close was moved, and submissions came between the two" "$(value "
    SELECT count(*) > 0 $(stored moved submission)
    AND s.received_at >= t.closes_at - interval '2 seconds'
    AND EXISTS (SELECT FROM market_test_change c
        WHERE c.market_test_id = t.id AND c.closes_at = t.closes_at)")" t
