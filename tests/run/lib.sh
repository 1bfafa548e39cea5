#!/bin/bash
# Shared by the test runners: the throw-away cluster with its two template
# databases, and the counting of what passed. Sourced.

# shellcheck source=conf/run/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../../conf/run/lib.sh"

PASSED=0
FAILED=0
# A file for each test program says what passed and failed, since they run
# beside each other, each in a shell of its own.
TALLY=$BUILD/tally

# tests_install: what running tests takes beyond what running Hearth takes.
tests_install()
{
	mkdir -p "$BUILD"
	packages_install "$PACKAGES_RUN $PACKAGES_TEST"
	npm_install conf "$BUILD/npm"
	npm_install tests "$BUILD/npm-tests"
	# Node finds modules beside the file that imports them, or above it.
	ln -sfn "$(realpath "$BUILD/npm-tests/node_modules")" tests/node_modules
}

# test_cluster_start HOME [SETTING...]: made anew, with hearth_template
# (migrated, with a clock that tests can move) and hearth_demo (that, with the
# demonstration loaded); a test's own database is a copy of one of them. Where
# PRODUCT_MADE names the data of such a cluster, they are copied.
test_cluster_start()
{
	local home=$1 sockets
	shift

	[ ! -d "$home/" ] || rm -rf "${home:?}/"*
	home_make "$home"
	folder_own "$HOME_FOLDER/log"
	LOGS=$HOME_FOLDER/log
	product_place "$HOME_FOLDER"
	if [ -n "${PRODUCT_MADE:-}" ]; then
		cp -a "$PRODUCT_MADE" "$HOME_FOLDER/postgresql" ||
		    fail "the database cluster could not be copied"
	else
		cluster_create "$HOME_FOLDER/postgresql" "$LOGS/initdb.log"
	fi
	sockets=$(socket_folder "$HOME_FOLDER") || exit 1
	cluster_start "$HOME_FOLDER/postgresql" "$sockets" \
	    "$LOGS/postgresql.log" "$@"
	[ -n "${PRODUCT_MADE:-}" ] || test_templates_make
}

test_templates_make()
{
	database_ready hearth_template "$HOME_FOLDER" "$LOGS/database.log"
	psql -X -q -v ON_ERROR_STOP=1 -d hearth_template -U postgres \
	    -f tests/data/clock.sql >"$LOGS/database.log" 2>&1 ||
	    fail "the test clock does not fit: $(log_reason "$LOGS/database.log")"
	database_copy hearth_template hearth_demo
	demonstration_load hearth_demo "$LOGS/demo.log"
}

# database_copy FROM TO: rights on a database are not copied with it. One at a
# time: the roles are the cluster's, and no two may alter them at once.
database_copy()
{
	(
		flock 8
		sql postgres postgres "DROP DATABASE IF EXISTS $2 WITH (FORCE)" \
		    2>/dev/null
		sql postgres postgres "CREATE DATABASE $2 TEMPLATE $1" &&
		    psql -X -q -v ON_ERROR_STOP=1 -d "$2" -U postgres \
		    -f conf/postgresql/roles.sql
	) 8>"$BUILD/database.lock"
}

database_drop()
{
	sql postgres postgres "DROP DATABASE IF EXISTS $1 WITH (FORCE)" 2>/dev/null
}

tally_begin()
{
	rm -rf "$TALLY" && mkdir -p "$TALLY"
}

# count LABEL PASSED FAILED: and the runner's own last lines from standard
# input, which are shown again at the end.
count()
{
	{
		printf '%s %s\n%s:\n' "$2" "$3" "$1"
		cat
	} >"$TALLY/${1//[\/ ]/-}"
}

# matches PATTERN FILE: how many lines of the file match.
matches()
{
	grep -aEc "$1" "$2" || true
}

# test_run LABEL LOG SECONDS COMMAND...: to its end, or that of its time.
# Until then it counts as failed. A product takes a while to stop.
test_run()
{
	local label=$1 log=$2 seconds=$3 id status
	shift 3

	count "$label" 0 1 <<<"It did not end."
	timeout -k 60 "${TEST_SECONDS:-$seconds}" "$@" \
	    >"$log" 2>&1 </dev/null 9>&- &
	id=$!
	trap 'kill "$id"; wait "$id"; exit 130' TERM
	wait "$id"
	status=$?
	trap - TERM
	return "$status"
}

# run_cmocka LABEL LOG COMMAND...: one program of cmocka tests.
run_cmocka()
{
	local label=$1 log=$2 passed failed status begun=$SECONDS
	shift 2

	test_run "$label" "$log" 300 "$@"
	status=$?
	passed=$(matches '^\[ +OK \]' "$log")
	failed=$(matches '^\[  (FAILED|ERROR) +\] [A-Za-z_]+$' "$log")
	if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then
		failed=1
	fi
	if [ "$failed" -gt 0 ]; then
		say "not ok - $label (exit status $status)" "$(tail -n 60 "$log")"
	else
		say "ok - $label: $passed tests, $((SECONDS - begun)) s"
	fi
	count "$label" "$passed" "$failed" \
	    < <(grep -aE '^\[  (PASSED|FAILED)  \] [0-9]+ test' "$log")
}

# run_tap LABEL LOG COMMAND...: a runner that writes TAP, such as node --test.
run_tap()
{
	local label=$1 log=$2 passed failed status begun=$SECONDS
	shift 2

	test_run "$label" "$log" 900 "$@"
	status=$?
	passed=$(sed -n 's/^# pass //p' "$log" | tail -n 1)
	failed=$(sed -n 's/^# fail //p' "$log" | tail -n 1)
	if [ "$status" -ne 0 ] && [ "${failed:-0}" -eq 0 ]; then
		failed=1
	fi
	if [ "${failed:-0}" -gt 0 ]; then
		say "not ok - $label (exit status $status)" "$(grep -av \
		    '^ *\(---\|\.\.\.\|duration_ms\|type:\)' "$log" | tail -n 80)"
	else
		say "ok - $label: ${passed:-0} tests, $((SECONDS - begun)) s"
	fi
	count "$label" "${passed:-0}" "${failed:-0}" \
	    < <(grep -aE '^# (tests|pass|fail|duration_ms) ' "$log")
}

# run_plain LABEL LOG COMMAND...: a program that passes by ending with 0.
run_plain()
{
	local label=$1 log=$2 status begun=$SECONDS
	shift 2

	test_run "$label" "$log" 600 "$@"
	status=$?
	if [ "$status" -eq 0 ]; then
		say "ok - $label, $((SECONDS - begun)) s"
		count "$label" 1 0 \
		    < <(tail -n 1 "$log")
	else
		say "not ok - $label (exit status $status)" "$(tail -n 40 "$log")"
		count "$label" 0 1 \
		    < <(tail -n 1 "$log")
	fi
}

# The runners' own last lines, then ours; fails when anything failed.
tests_conclude()
{
	local file passed failed

	say ""
	for file in "$TALLY"/*; do
		read -r passed failed <"$file"
		PASSED=$((PASSED + passed))
		FAILED=$((FAILED + failed))
		tail -n +2 "$file"
	done
	say "" "$PASSED passed, $FAILED failed"
	[ "$FAILED" -eq 0 ] && [ "$PASSED" -gt 0 ]
}
