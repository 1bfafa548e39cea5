#!/bin/bash
# make run itself: it starts, refuses what cannot be with one line, stops
# cleanly, starts again quickly, and leaves nothing when it is killed.
# shellcheck disable=SC2317 # functions are called by name
set -u -o pipefail

cd "$(dirname "$0")/../.." || exit 1
for name in $(env | sed -n 's/^\(\(PG\|HEARTH_\|PRODUCT_\)[A-Z_]*\)=.*/\1/p'); do
	unset "$name"
done

# shellcheck source=conf/run/lib.sh
. conf/run/lib.sh

HOME_OF_TEST=$(mktemp -d)
chmod 755 "$HOME_OF_TEST"
VAR=$HOME_OF_TEST/var
LOG=$HOME_OF_TEST/log
PORT=$(port_free)
RUN=""
BROKEN=0

# Nothing listens on the port, and no process names our folder.
ended()
{
	! port_is_taken "$PORT" &&
	    ! grep -alF "$VAR" /proc/[0-9]*/cmdline >"$HOME_OF_TEST/found" \
	        2>/dev/null &&
	    ! grep -alF "HEARTH_VAR=$VAR" /proc/[0-9]*/environ \
	        >"$HOME_OF_TEST/found" 2>/dev/null
}

# within SECONDS COMMAND...
within()
{
	local tenths=$(($1 * 10))
	shift

	until "$@"; do
		[ "$tenths" -gt 0 ] || return 1
		sleep 0.1
		tenths=$((tenths - 1))
	done
}

expect()
{
	local what=$1
	shift

	if "$@"; then
		say "ok - $what"
	else
		say "not ok - $what"
		tail -n 5 "$LOG"
		BROKEN=1
	fi
}

start()
{
	setsid conf/run/run.sh >"$LOG" 2>&1 </dev/null &
	RUN=$!
}

has_started()
{
	grep -q 'Ctrl-C stops it' "$LOG"
}

has_stopped()
{
	! is_running "$RUN"
}

# refuses PATTERN VARIABLE...: ends with 1 and one line that says why.
refuses()
{
	local pattern=$1 said status
	shift

	said=$(env "$@" conf/run/run.sh 2>&1 >/dev/null </dev/null)
	status=$?
	[ "$status" -eq 1 ] && [ "$(wc -l <<<"$said")" -eq 1 ] &&
	    grep -q "$pattern" <<<"$said"
}

main()
{
	export VAR PORT
	trap 'kill -TERM "$RUN" 2>/dev/null; rm -rf "$HOME_OF_TEST"' EXIT

	start
	expect "it starts" within 120 has_started
	expect "it answers" [ "$(http_status "$PORT" /ready)" = 200 ]
	expect "a second start is refused" refuses 'already running' "VAR=$VAR"
	expect "a taken port is refused" \
	    refuses 'taken' "VAR=$HOME_OF_TEST/other" "PORT=$PORT"
	expect "nothing is left of the refusal" [ ! -e "$HOME_OF_TEST/other" ]
	expect "a port that is none is refused" \
	    refuses 'not a port' "VAR=$HOME_OF_TEST/other" PORT=80x
	kill -TERM "$RUN"
	expect "it stops" within 10 has_stopped
	expect "nothing is left of it" within 2 ended

	start
	expect "it starts again within 5 seconds" within 5 has_started
	kill -KILL "$RUN"
	expect "nothing is left when it is killed" within 10 ended

	start
	expect "it starts after that" within 10 has_started
	kill -TERM "$RUN"
	expect "it stops again" within 10 has_stopped
	exit "$BROKEN"
}

main
