#!/bin/bash
# make bench: measures ratios within one run, on a scratch cluster that syncs
# to disk as in earnest, into $BUILD/bench.tsv, and prints them as a table.
#
# A measure is a program tests/bench/NAME.c (in process) or a script
# tests/bench/NAME.sh or NAME.mjs (against the product, with the environment
# that tests/run/product.sh describes). Each writes lines of
#   name TAB value TAB unit TAB reference TAB reference_value TAB ratio
# to standard output, and anything else to standard error.
# ONLY="matching" runs some of them.
set -u -o pipefail

# shellcheck source=tests/run/lib.sh
. "$(dirname "$0")/../run/lib.sh"

RESULTS=$BUILD/bench.tsv

wants()
{
	case " ${ONLY:-$1} " in *" $1 "*) return 0 ;; esac
	return 1
}

# measure NAME COMMAND...
measure()
{
	local name=$1
	shift

	say "Measuring $name"
	if "$@" >"$BUILD/bench/$name.out" 2>"$BUILD/bench/$name.log" </dev/null
	then
		# A line that is held against nothing may stop after the unit.
		awk -F '\t' -v OFS='\t' 'NF >= 3 {
			for (i = NF + 1; i <= 6; i++)
				$i = "-"
			print
		}' "$BUILD/bench/$name.out" >>"$RESULTS"
		PASSED=$((PASSED + 1))
	else
		say "  failed: $(log_reason "$BUILD/bench/$name.log")" \
		    "  (see $BUILD/bench/$name.log)"
		FAILED=$((FAILED + 1))
	fi
}

main()
{
	local file name

	shopt -s nullglob
	tests_install
	packages_install "$PACKAGES_BENCH"
	mkdir -p "$BUILD/bench"
	conf/run/assets.sh || fail "the static files could not be made"
	say "Building"
	product_build build build-bench
	printf 'name\tvalue\tunit\treference\treference_value\tratio\n' >"$RESULTS"

	for file in tests/bench/*.c; do
		name=$(basename "$file" .c)
		case $name in support*) continue ;; esac
		! wants "$name" || measure "$name" "$BUILD/tests/bench/$name"
	done
	for file in tests/bench/*.sh tests/bench/*.mjs; do
		name=$(basename "${file%.*}")
		if [ "$name" = run ] || ! wants "$name"; then
			continue
		fi
		case $file in
		*.mjs) measure "$name" tests/run/product.sh --own node "$file" ;;
		*) measure "$name" tests/run/product.sh --own "$file" ;;
		esac
	done
	say ""
	awk -F '\t' '{ printf "%-44s %14s %-14s %-28s %14s %8s\n",
	    $1, $2, $3, $4, $5, $6 }' "$RESULTS"
	say "" "$PASSED measured, $FAILED failed"
	[ "$FAILED" -eq 0 ]
}

main
