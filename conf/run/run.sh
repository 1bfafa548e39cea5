#!/bin/bash
# make run: from a fresh Debian 12 to a running Hearth with its demonstration,
# and on Ctrl-C back to nothing running. PORT, VAR and BUILD may be given.
set -u -o pipefail

# shellcheck source=conf/run/lib.sh
. "$(dirname "$0")/lib.sh"

# shellcheck disable=SC2317 # called by traps
# Everything that was started, in the order in which it must stop.
stop()
{
	local status=$?

	trap '' INT TERM HUP
	trap - EXIT
	step_stop
	product_stop
	cluster_stop
	exit "$status"
}

# shellcheck disable=SC2317 # called by traps
# Ctrl-C is how one ends it, so it is not a failure once all runs.
interrupted()
{
	[ -z "$RUNNING" ] || say "" "Stopping."
	[ -n "$RUNNING" ] || exit 130
	exit 0
}

lock()
{
	exec 9<"$VAR" || fail "the folder $VAR cannot be read"
	flock -n 9 || fail "Hearth is already running here" \
	    "($(cat "$VAR/run/address" 2>/dev/null || echo "on $VAR")):" \
	    "stop it first, or give another VAR= and PORT="
}

# For `. var/run/environment; build/hearth ...` in another terminal.
environment_write()
{
	local name

	printf '%s\n' "$HEARTH_ADDRESS" >"$HOME_FOLDER/run/address"
	for name in PGHOST PGPORT PGDATABASE HEARTH_VAR HEARTH_ASSETS \
	    HEARTH_ADDRESS; do
		printf 'export %s=%q\n' "$name" "${!name}"
	done >"$HOME_FOLDER/run/environment"
	# Each command of hearth knows the role it works as.
	printf 'unset PGUSER\n' >>"$HOME_FOLDER/run/environment"
}

welcome()
{
	local who email password sees

	say "" "Hearth runs on $HEARTH_ADDRESS"
	if [ -f conf/demo/sign-ins.txt ]; then
		say "" "Sign in with one of these:" ""
		while IFS=$'\t' read -r who email password sees; do
			case $who in '' | '#'*) continue ;; esac
			printf '  %-28s %-36s %-24s %s\n' \
			    "$who" "$email" "$password" "$sees"
		done <conf/demo/sign-ins.txt
	fi
	say "" "Ctrl-C stops it; the data stay in $VAR." ""
}

main()
{
	local sockets

	RUNNING=""
	trap stop EXIT
	trap interrupted INT TERM HUP

	[ ! -d "$VAR" ] || lock
	port_check "$PORT"
	mkdir -p "$BUILD" 2>/dev/null || fail "the folder $BUILD cannot be made"
	mkdir -p "$VAR" 2>/dev/null || fail "the folder $VAR cannot be made"
	lock
	space_check "$BUILD" 300
	space_check "$VAR" 200

	packages_install "$PACKAGES_RUN"
	home_make "$VAR"
	[ ! -L "$VAR" ] || lock
	npm_install conf "$BUILD/npm"
	product_build build
	conf/run/assets.sh >"$BUILD/assets.log" 2>&1 ||
	    fail "the static files could not be made:" \
	        "$(log_reason "$BUILD/assets.log") (see $BUILD/assets.log)"
	product_place "$HOME_FOLDER"

	LOGS=$HOME_FOLDER/log
	folder_own "$LOGS"
	mkdir -p "$HOME_FOLDER/run" && chmod 755 "$HOME_FOLDER/run"
	cluster_create "$HOME_FOLDER/postgresql" "$LOGS/initdb.log"
	sockets=$(socket_folder "$HOME_FOLDER") || exit 1
	cluster_start "$HOME_FOLDER/postgresql" "$sockets" \
	    "$LOGS/postgresql.log"
	product_environment "$HOME_FOLDER" hearth "$PORT"
	database_ready hearth "$HOME_FOLDER/run" "$LOGS/database.log"
	demonstration_load hearth "$LOGS/demo.log"
	product_start "$HOME_FOLDER" "$PORT" "$LOGS"
	environment_write
	RUNNING=yes
	welcome

	wait -n "$KORE_ID" "$JOBS_ID" "$POSTGRES_ID"
	is_running "$KORE_ID" || fail "Kore ended: $(log_reason "$LOGS/kore.log")"
	is_running "$JOBS_ID" ||
	    fail "the jobs process ended: $(log_reason "$LOGS/jobs.log")"
	fail "PostgreSQL ended: see $LOGS"
}

main
