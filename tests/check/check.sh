#!/bin/bash
# make check: format, warnings, layers, lint, lengths, and the five steps of a
# page. Each check is one line; what it found follows when it fails.
set -u -o pipefail

# shellcheck source=tests/run/lib.sh
. "$(dirname "$0")/../run/lib.sh"

LOG=$BUILD/check.log

# check NAME COMMAND...
check()
{
	local name=$1
	shift

	if "$@" >"$LOG" 2>&1 </dev/null; then
		say "ok - $name"
		PASSED=$((PASSED + 1))
	else
		say "not ok - $name"
		head -n 60 "$LOG"
		FAILED=$((FAILED + 1))
	fi
}

# ours TEST...: the files that are ours, without git, which need not be there.
ours()
{
	find .ci app assets conf migrations templates tests Makefile README.md \
	    -name node_modules -prune -o -type f "$@" -print 2>/dev/null
}

check_warnings()
{
	step "$BUILD/build.log" env -u MAKELEVEL MAKEFLAGS= flock "$BUILD" \
	    make "-j$(nproc)" BUILD="$BUILD" build && return 0
	grep -E '(error|warning):' "$BUILD/build.log"
	return 1
}

check_cppcheck()
{
	cppcheck -q -j"$(nproc)" --std=c11 --error-exitcode=1 --inline-suppr \
	    --enable=warning,portability -D__STDC__ -Iapp \
	    --suppressions-list=tests/check/cppcheck.txt app
}

check_shellcheck()
{
	ours \( -name '*.sh' -o -path .ci/run \) | xargs shellcheck -x
}

check_squawk()
{
	local squawk=$BUILD/npm-tests/node_modules/@squawk-cli/linux-x64/bin/squawk
	local -a files=(migrations/*.sql)

	[ "${#files[@]}" -eq 0 ] ||
	    "$squawk" -c tests/check/squawk.toml --reporter gcc "${files[@]}"
}

check_policies()
{
	node tests/check/policies.mjs
}

check_questions()
{
	node tests/check/questions.mjs
}

check_demonstration()
{
	node tests/check/demonstration.mjs
}

# Sets of questions keep the misprints of the documents they are from.
check_codespell()
{
	ours ! -name package-lock.json ! -path '*/corpus/*' \
	    ! -path 'conf/questions/*.json' \
	    ! -path 'conf/demo/*' ! -path 'tests/data/*' \
	    ! -path 'tests/generate/*' |
	    xargs codespell -I tests/check/codespell.txt
}

main()
{
	shopt -s nullglob
	mkdir -p "$BUILD"
	packages_install "$PACKAGES_RUN $PACKAGES_TEST"
	npm_install tests "$BUILD/npm-tests"
	check "format" tests/check/format.sh
	check "warnings" check_warnings
	check "layers" tests/check/layers.sh
	check "bans" tests/check/bans.sh
	check "lengths" tests/check/lengths.pl
	check "five steps" tests/check/steps.pl
	check "cppcheck" check_cppcheck
	check "shellcheck" check_shellcheck
	check "squawk" check_squawk
	check "policies" check_policies
	check "questions" check_questions
	check "demonstration" check_demonstration
	check "codespell" check_codespell
	say "$PASSED checks passed, $FAILED failed"
	[ "$FAILED" -eq 0 ]
}

main
