#!/bin/bash
# product.sh [--own] COMMAND...: starts the product on a free port with a
# scratch copy of the demonstration, runs the command, and stops the product.
# With --own, or outside `make test`, on a cluster of its own that syncs to
# disk as in earnest.
#
# The command finds in its environment:
#   PRODUCT_URL       http://127.0.0.1:PORT
#   PRODUCT_MAIL      folder in which mails are files
#   PRODUCT_LOGS      folder of kore.log, jobs.log and PostgreSQL's logs
#   PRODUCT_KORE, PRODUCT_JOBS      process ids
#   PRODUCT_POSTGRES  process id of the postmaster at the start (--own only)
#   PRODUCT_POSTGRES_START   command that starts it again (--own only)
#   PGHOST, PGPORT, PGDATABASE      of the scratch database
set -u -o pipefail

# shellcheck source=tests/run/lib.sh
. "$(dirname "$0")/lib.sh"

OWN=""
SCRATCH=""

# shellcheck disable=SC2317 # called by a trap
stop()
{
	local status=$? id

	trap '' INT TERM HUP
	trap - EXIT
	step_stop
	product_stop
	# What it wrote while its tests failed; the next one writes over it.
	[ "$status" -eq 0 ] || [ -z "${LOGS:-}" ] ||
	    cp -r "$LOGS" "$BUILD/test-logs/product-$$" 2>/dev/null
	if [ -n "$OWN" ]; then
		# The command may have killed the first one and started another.
		id=$(head -n 1 "$HOME_FOLDER/postgresql/postmaster.pid" 2>/dev/null)
		cluster_stop
		if is_running "$id"; then
			kill -CONT "$id"
			kill -INT "$id"
			while is_running "$id"; do sleep 0.1; done
		fi
		rmdir "$PGHOST" 2>/dev/null
		[ -n "${KEEP:-}" ] || rm -rf "$HOME_FOLDER/postgresql"
	elif [ -n "$SCRATCH" ]; then
		database_drop "$SCRATCH"
	fi
	exit "$status"
}

# A script that starts this cluster again after a test has killed it.
starter_write()
{
	local words

	words=$(tr '\0' '\n' <"/proc/$POSTGRES_ID/cmdline" |
	    while read -r word; do printf '%q ' "$word"; done)
	{
		printf '#!/bin/bash\n'
		if is_root; then
			printf 'exec setsid setpriv --reuid %s --regid %s --init-groups %s' \
			    "$DATABASE_USER" "$(id -g "$DATABASE_USER")" "$words"
		else
			printf 'exec setsid %s' "$words"
		fi
		printf '>>%q 2>&1 </dev/null\n' "$LOGS/postgresql.log"
	} >"$HOME_FOLDER/start-postgres"
	chmod 755 "$HOME_FOLDER/start-postgres"
	export PRODUCT_POSTGRES=$POSTGRES_ID
	export PRODUCT_POSTGRES_START=$HOME_FOLDER/start-postgres
}

main()
{
	local name port home

	if [ "$1" = --own ]; then
		OWN=yes
		shift
	fi
	[ -n "${PRODUCT_CLUSTER:-}" ] || OWN=yes
	trap stop EXIT
	trap 'exit 130' INT TERM HUP

	name=scratch_$$
	home=$BUILD/test/$name
	[ -z "$OWN" ] || home=$BUILD/test-own
	if [ -n "$OWN" ]; then
		# One at a time: they share a folder.
		exec 9>"$BUILD/test-own.lock"
		flock 9
		test_cluster_start "$home"
		starter_write
	else
		home_make "$home"
		folder_own "$HOME_FOLDER/log"
		LOGS=$HOME_FOLDER/log
		product_place "$HOME_FOLDER"
	fi
	database_copy hearth_demo "$name" || fail "no scratch database"
	SCRATCH=$name
	port=$(port_free) || exit 1
	unset HEARTH_ADDRESS
	product_environment "$HOME_FOLDER" "$name" "$port"
	product_start "$HOME_FOLDER" "$port" "$LOGS"

	export PRODUCT_URL=$HEARTH_ADDRESS PRODUCT_MAIL=$HOME_FOLDER/mail
	export PRODUCT_LOGS=$LOGS PRODUCT_KORE=$KORE_ID PRODUCT_JOBS=$JOBS_ID
	"$@" 9>&- &
	wait $!
}

main "$@"
