#!/bin/bash
# make test: everything, on a cluster of its own. ONLY="unit pages/offers" runs
# some of it: whole parts, or programs of a part. Counts of the fault tests are
# divided by FAULT_DIVISOR (10).
#
# As many programs run beside each other as there are cores (JOBS), and the
# fault tests, which wait more than they compute, beside them one by one.
set -u -o pipefail

# shellcheck source=tests/run/lib.sh
. "$(dirname "$0")/lib.sh"

: "${ONLY:=check unit replay queries pages browser faults}"
: "${JOBS:=$(nproc)}"
export FAULT_DIVISOR=${FAULT_DIVISOR:-10}
export ASAN_OPTIONS=${ASAN_OPTIONS:-abort_on_error=0:detect_stack_use_after_return=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}

# Fault tests that hold what they see against seconds: alone, at the end.
QUIET="commands workers"
JOB_IDS=()
FAULTS_ID=""
BUILD_ID=""

# shellcheck disable=SC2317 # called by a trap
stop()
{
	local status=$? id

	trap '' INT TERM HUP
	trap - EXIT
	step_stop
	for id in "${JOB_IDS[@]}" $FAULTS_ID $BUILD_ID; do
		is_running "$id" && kill -TERM "$id" && wait "$id"
	done
	cluster_stop
	exit "$status"
}

# wants PART [NAME]: the part, or any program of it; or that program.
wants()
{
	case " $ONLY " in
	*" $1 "* | *" $1/${2:-}${2:+ }"*) return 0 ;;
	esac
	return 1
}

# job COMMAND...: beside at most JOBS others.
job()
{
	jobs_wait $((JOBS - 1))
	"$@" &
	JOB_IDS+=("$!")
}

# jobs_wait COUNT: until at most so many jobs run.
jobs_wait()
{
	local id
	local -a running

	for (( ; ; )); do
		running=()
		for id in "${JOB_IDS[@]}"; do
			! is_running "$id" || running+=("$id")
		done
		JOB_IDS=("${running[@]}")
		[ "${#JOB_IDS[@]}" -gt "$1" ] || return 0
		wait -n "${JOB_IDS[@]}"
	done
}

run_check()
{
	local log=$LOG/check.log passed failed

	count "check" 0 1 <<<"It did not end."
	tests/check/check.sh 2>&1 </dev/null | tee "$log"
	passed=$(matches '^ok - ' "$log")
	failed=$(matches '^not ok - ' "$log")
	[ $((passed + failed)) -gt 0 ] || failed=1
	count "check" "$passed" "$failed" < <(tail -n 1 "$log")
}

test_check()
{
	job run_check
}

# Golden files of the generators are compared here too: tests/generate/*.sh.
test_unit()
{
	local file name

	for file in tests/unit/*.c; do
		name=$(basename "$file" .c)
		case $name in support* | harness*) continue ;; esac
		wants unit "$name" || continue
		job run_cmocka "unit/$name" "$LOG/unit-$name.log" \
		    "$BUILD/asan/tests/unit/$name"
	done
	for file in tests/generate/*.sh; do
		name=$(basename "$file" .sh)
		wants unit "$name" || continue
		job run_plain "generate/$name" "$LOG/generate-$name.log" "$file"
	done
}

test_replay()
{
	local file name corpus

	for file in tests/fuzz/*.c; do
		name=$(basename "$file" .c)
		wants replay "$name" || continue
		corpus=tests/fuzz/corpus/$name
		[ -d "$corpus" ] || corpus=""
		# shellcheck disable=SC2086 # no corpus, no word
		job run_plain "fuzz corpus/$name" "$LOG/replay-$name.log" \
		    "$BUILD/asan/tests/replay/$name" $corpus
	done
}

run_queries()
{
	local log=$LOG/queries.log passed failed status begun=$SECONDS

	count "queries" 0 1 <<<"It did not end."
	database_copy hearth_template queries
	sql queries postgres 'CREATE EXTENSION IF NOT EXISTS pgtap' >"$log" 2>&1
	pg_prove -d queries -U postgres --verbose tests/queries/*.sql \
	    >>"$log" 2>&1 </dev/null
	status=$?
	passed=$(matches '^ok ' "$log")
	failed=$(matches '^not ok ' "$log")
	if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
		failed=1
	fi
	if [ "$failed" -gt 0 ]; then
		say "not ok - queries" "$(grep -aE -A 8 \
		    '^(not ok|# |psql|.*ERROR)' "$log" | tail -n 80)"
	else
		say "ok - queries: $passed tests, $((SECONDS - begun)) s"
	fi
	count "queries" "$passed" "$failed" \
	    < <(grep -aE '^(All tests successful|Files=|Result:)' "$log")
	database_drop queries
}

test_queries()
{
	job run_queries
}

# Those about the demonstration have it; the others bring their own.
run_pages()
{
	local name=$1 from=hearth_template

	case $name in demo | demo_loading | routes | waiting | wrong_input | clearing | clearing_parts | coverage) from=hearth_demo ;; esac
	database_copy "$from" "pages_$name"
	PGDATABASE=pages_$name PGUSER=hearth_web \
	    HEARTH_VAR=$HOME_FOLDER HEARTH_ASSETS=$ROOT/$BUILD/assets \
	    HEARTH_ADDRESS=http://127.0.0.1:8080 \
	    run_cmocka "pages/$name" "$LOG/pages-$name.log" \
	    "$BUILD/asan/tests/pages/$name"
	database_drop "pages_$name"
}

test_pages()
{
	local file name

	for file in tests/pages/*.c; do
		name=$(basename "$file" .c)
		case $name in support* | harness*) continue ;; esac
		wants pages "$name" || continue
		job run_pages "$name"
	done
}

test_browser()
{
	local file name

	for file in tests/browser/*.test.mjs; do
		name=$(basename "$file" .test.mjs)
		wants browser "$name" || continue
		job run_tap "browser/$name" "$LOG/browser-$name.log" \
		    tests/run/product.sh \
		    node --test --test-reporter=tap "$file"
	done
}

# test_faults QUIET: those of that list, or with "" all others.
test_faults()
{
	local file name run

	for file in tests/faults/*.sh tests/faults/*.test.mjs; do
		name=$(basename "${file%.test.mjs}" .sh)
		wants faults "$name" || continue
		case " $QUIET " in
		*" $name "*) [ -n "$1" ] || continue ;;
		*) [ -z "$1" ] || continue ;;
		esac
		run=(run_plain "faults/$name" "$LOG/faults-$name.log"
		    tests/run/product.sh --own)
		case $file in
		*.mjs)
			run[0]=run_tap
			run+=(node --test --test-reporter=tap)
			;;
		esac
		TEST_SECONDS=${FAULT_SECONDS:-900} "${run[@]}" "$file"
	done
}

# shellcheck disable=SC2086 # lists of targets
# The product at once; the test programs while others run already.
build()
{
	local targets=""

	say "Building"
	! wants faults || targets+=" build-faults"
	product_build build $targets
	targets=""
	! wants unit || targets+=" build-unit-tests $BUILD/asan/generate-queries
	    $BUILD/asan/generate-templates"
	! wants pages || targets+=" build-page-tests"
	! wants replay || targets+=" build-replay"
	[ -n "$targets" ] || return 0
	(
		trap 'step_stop; exit 130' TERM
		product_build $targets
	) &
	BUILD_ID=$!
}

cluster()
{
	local -a settings=(fsync=off synchronous_commit=off full_page_writes=off)

	test_cluster_start "$BUILD/test-made" "${settings[@]}"
	cluster_stop
	export PRODUCT_MADE=$HOME_FOLDER/postgresql
	test_cluster_start "$BUILD/test" "${settings[@]}"
	export PRODUCT_CLUSTER=yes
}

main()
{
	local kind

	shopt -s nullglob
	trap stop EXIT
	trap 'exit 130' INT TERM HUP
	LOG=$BUILD/test-logs
	mkdir -p "$BUILD"
	exec 9>"$BUILD/test.lock"
	flock -n 9 || fail "tests are running here already"
	tests_install
	rm -rf "$LOG" && mkdir -p "$LOG"
	tally_begin
	conf/run/assets.sh || fail "the static files could not be made"
	build
	if wants queries || wants pages || wants browser || wants faults; then
		cluster
	fi
	if wants faults; then
		test_faults "" &
		FAULTS_ID=$!
	fi
	for kind in browser queries; do
		! wants "$kind" || "test_$kind"
	done
	[ -z "$BUILD_ID" ] || wait "$BUILD_ID" || exit 1
	for kind in check pages unit replay; do
		! wants "$kind" || "test_$kind"
	done
	jobs_wait 0
	[ -z "$FAULTS_ID" ] || wait "$FAULTS_ID"
	! wants faults || test_faults quiet
	tests_conclude
}

main
