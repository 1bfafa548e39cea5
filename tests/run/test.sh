#!/bin/bash
# make test: everything, on a cluster of its own. ONLY="unit pages" runs some
# of it. Counts of the fault tests are divided by FAULT_DIVISOR (10).
set -u -o pipefail

# shellcheck source=tests/run/lib.sh
. "$(dirname "$0")/lib.sh"

: "${ONLY:=check unit replay queries pages browser faults}"
export FAULT_DIVISOR=${FAULT_DIVISOR:-10}
export ASAN_OPTIONS=${ASAN_OPTIONS:-abort_on_error=0:detect_stack_use_after_return=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}

# shellcheck disable=SC2317 # called by a trap
stop()
{
	local status=$?

	trap '' INT TERM HUP
	trap - EXIT
	step_stop
	cluster_stop
	exit "$status"
}

wants()
{
	case " $ONLY " in *" $1 "*) return 0 ;; esac
	return 1
}

test_check()
{
	local log=$LOG/check.log passed failed

	tests/check/check.sh 2>&1 </dev/null | tee "$log"
	passed=$(matches '^ok - ' "$log")
	failed=$(matches '^not ok - ' "$log")
	[ $((passed + failed)) -gt 0 ] || failed=1
	count "check" "$passed" "$failed" < <(tail -n 1 "$log")
}

# Golden files of the generators are compared here too: tests/generate/*.sh.
test_unit()
{
	local file name

	for file in tests/unit/*.c; do
		name=$(basename "$file" .c)
		case $name in support* | harness*) continue ;; esac
		run_cmocka "unit/$name" "$LOG/unit-$name.log" \
		    "$BUILD/asan/tests/unit/$name"
	done
	for file in tests/generate/*.sh; do
		name=$(basename "$file" .sh)
		run_plain "generate/$name" "$LOG/generate-$name.log" "$file"
	done
}

test_replay()
{
	local file name corpus

	for file in tests/fuzz/*.c; do
		name=$(basename "$file" .c)
		corpus=tests/fuzz/corpus/$name
		[ -d "$corpus" ] || corpus=""
		# shellcheck disable=SC2086 # no corpus, no word
		run_plain "fuzz corpus/$name" "$LOG/replay-$name.log" \
		    "$BUILD/asan/tests/replay/$name" $corpus
	done
}

test_queries()
{
	local log=$LOG/queries.log passed failed status
	local -a files=(tests/queries/*.sql)

	[ "${#files[@]}" -gt 0 ] || return 0
	database_copy hearth_template queries
	sql queries postgres 'CREATE EXTENSION IF NOT EXISTS pgtap' >"$log" 2>&1
	pg_prove -d queries -U postgres --verbose "${files[@]}" \
	    >>"$log" 2>&1 </dev/null
	status=$?
	passed=$(matches '^ok ' "$log")
	failed=$(matches '^not ok ' "$log")
	if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
		failed=1
	fi
	if [ "$failed" -gt 0 ]; then
		say "not ok - queries"
		grep -aE -A 8 '^(not ok|# |psql|.*ERROR)' "$log" | tail -n 80
	else
		say "ok - queries: $passed tests"
	fi
	count "queries" "$passed" "$failed" \
	    < <(grep -aE '^(All tests successful|Files=|Result:)' "$log")
	database_drop queries
}

# Those about the demonstration have it; the others bring their own.
test_pages()
{
	local file name from

	for file in tests/pages/*.c; do
		name=$(basename "$file" .c)
		case $name in support* | harness*) continue ;; esac
		from=hearth_template
		case $name in demo | demo_loading | routes | waiting | wrong_input) from=hearth_demo ;; esac
		database_copy "$from" "pages_$name"
		PGDATABASE=pages_$name PGUSER=hearth_web \
		    HEARTH_VAR=$HOME_FOLDER HEARTH_ASSETS=$ROOT/$BUILD/assets \
		    HEARTH_ADDRESS=http://127.0.0.1:8080 \
		    run_cmocka "pages/$name" "$LOG/pages-$name.log" \
		    "$BUILD/asan/tests/pages/$name"
		database_drop "pages_$name"
	done
}

test_browser()
{
	local file name

	for file in tests/browser/*.test.mjs; do
		name=$(basename "$file" .test.mjs)
		run_tap "browser/$name" "$LOG/browser-$name.log" \
		    tests/run/product.sh \
		    node --test --test-reporter=tap "$file"
	done
}

test_faults()
{
	local file name

	for file in tests/faults/*.sh; do
		name=$(basename "$file" .sh)
		TEST_SECONDS=${FAULT_SECONDS:-900} run_plain "faults/$name" \
		    "$LOG/faults-$name.log" tests/run/product.sh --own "$file"
	done
	for file in tests/faults/*.test.mjs; do
		name=$(basename "$file" .test.mjs)
		TEST_SECONDS=${FAULT_SECONDS:-900} run_tap "faults/$name" \
		    "$LOG/faults-$name.log" tests/run/product.sh --own \
		    node --test --test-reporter=tap "$file"
	done
}

main()
{
	local kind targets="build"

	shopt -s nullglob
	trap stop EXIT
	trap 'exit 130' INT TERM HUP
	LOG=$BUILD/test-logs
	mkdir -p "$BUILD"
	exec 9>"$BUILD/test.lock"
	flock -n 9 || fail "tests are running here already"
	tests_install
	rm -rf "$LOG" && mkdir -p "$LOG"
	conf/run/assets.sh || fail "the static files could not be made"

	say "Building"
	! wants unit || targets+=" build-unit-tests $BUILD/asan/generate-queries
	    $BUILD/asan/generate-templates"
	! wants pages || targets+=" build-page-tests"
	! wants replay || targets+=" build-replay"
	! wants faults || targets+=" build-faults"
	# shellcheck disable=SC2086 # a list of targets
	product_build $targets

	if wants queries || wants pages || wants browser; then
		test_cluster_start "$BUILD/test" fsync=off \
		    synchronous_commit=off full_page_writes=off
		export PRODUCT_CLUSTER=yes
	fi
	for kind in $ONLY; do
		say "" "# $kind"
		"test_$kind"
	done
	tests_conclude
}

main
