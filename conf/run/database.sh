#!/bin/bash
# For scripts that need the database of VAR, whether Hearth runs or not: joins
# the cluster that runs, or starts it for as long as the script takes. Sourced
# after lib.sh.

# shellcheck disable=SC2317 # called by a trap
database_leave()
{
	local status=$?

	trap '' INT TERM HUP
	trap - EXIT
	step_stop
	cluster_stop
	exit "$status"
}

database_join()
{
	local sockets

	[ -d "$VAR/postgresql" ] || fail "there are no data in $VAR yet:" \
	    "make run makes them"
	[ -x "$BUILD/hearth" ] || fail "Hearth is not built yet: make run does it"
	home_make "$VAR"
	LOGS=$HOME_FOLDER/log
	product_place "$HOME_FOLDER"
	trap database_leave EXIT
	trap 'exit 130' INT TERM HUP
	sockets=$(socket_folder "$HOME_FOLDER") || exit 1
	export PGHOST=$sockets PGPORT=5432 HEARTH_VAR=$HOME_FOLDER
	export HEARTH_ASSETS=$ASSETS
	export HEARTH_ADDRESS=${HEARTH_ADDRESS:-http://127.0.0.1:$PORT}
	"$POSTGRES_BIN/pg_isready" -q -t 1 ||
	    cluster_start "$HOME_FOLDER/postgresql" "$sockets" \
	        "$LOGS/postgresql.log"
}
