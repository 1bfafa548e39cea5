#!/bin/bash
# A private PostgreSQL cluster: made with checksums, reached only through a
# Unix socket in a folder that nobody but its user may enter.

POSTGRES_BIN=/usr/lib/postgresql/15/bin
POSTGRES_ID=""
DATABASE_USER=""

# home_make FOLDER: makes the folder that data live in. As root, PostgreSQL
# and Kore's workers run as postgres, or as whoever owns the data already;
# where that user cannot reach the folder, it becomes a link to one that can
# be reached. Sets HOME_FOLDER and DATABASE_USER.
home_make()
{
	local folder=$1 refuge

	mkdir -p "$folder" 2>/dev/null ||
	    fail "the folder $folder cannot be made"
	HOME_FOLDER=$(cd "$folder" && pwd -P) ||
	    fail "the folder $folder cannot be entered"
	DATABASE_USER=$(id -un)
	if is_root; then
		DATABASE_USER=postgres
		if [ -d "$HOME_FOLDER/postgresql" ]; then
			DATABASE_USER=$(stat -c %U "$HOME_FOLDER/postgresql")
		elif ! as_user postgres test -x "$HOME_FOLDER"; then
			refuge=/var/lib/hearth/$(path_hash "$HOME_FOLDER")
			rmdir "$folder" 2>/dev/null ||
			    fail "user postgres cannot reach $HOME_FOLDER, and" \
			        "it is not empty: give another folder as VAR="
			mkdir -p "$refuge" && chmod 755 /var/lib/hearth "$refuge"
			ln -s "$refuge" "$folder" ||
			    fail "the link $folder cannot be made"
			HOME_FOLDER=$refuge
		fi
		as_user "$DATABASE_USER" test -x "$HOME_FOLDER" ||
		    fail "user $DATABASE_USER cannot reach $HOME_FOLDER"
	elif [ -d "$HOME_FOLDER/postgresql" ] &&
	    [ ! -O "$HOME_FOLDER/postgresql" ]; then
		fail "$folder belongs to" \
		    "$(stat -c %U "$HOME_FOLDER/postgresql"): run as root, or" \
		    "give another folder as VAR="
	elif [ ! -w "$HOME_FOLDER" ]; then
		fail "the folder $folder cannot be written to"
	fi
}

# folder_own FOLDER: one that only the database user may enter.
folder_own()
{
	if ! { mkdir -p "$1" && chmod 700 "$1"; }; then
		fail "the folder $1 cannot be made"
	fi
	! is_root || chown "$DATABASE_USER" "$1"
}

# socket_folder HOME: short (a socket's path may have 107 characters), the
# same at every start, and refused when somebody else has made it.
socket_folder()
{
	local folder base=/tmp

	! is_root || base=/run
	folder=$base/hearth-$(path_hash "$1")
	mkdir -m 700 "$folder" 2>/dev/null
	! is_root || chown -h "$DATABASE_USER" "$folder"
	if [ -L "$folder" ] || [ ! -d "$folder" ] ||
	    [ "$(stat -c %U "$folder")" != "$DATABASE_USER" ]; then
		fail "$folder is somebody else's: remove it"
	fi
	chmod 700 "$folder"
	printf '%s' "$folder"
}

# cluster_create DATA LOG: nothing is left of a creation that was broken off.
cluster_create()
{
	local data=$1 log=$2

	[ ! -f "$data/PG_VERSION" ] || return 0
	rm -rf "$data.new"
	folder_own "$data.new"
	step_as_database "$log" "$POSTGRES_BIN/initdb" -D "$data.new" \
	    -U postgres -A trust -k -E UTF8 --locale=C.UTF-8 ||
	    fail "the database cluster could not be made:" \
	        "$(log_reason "$log") (see $log)"
	rm -rf "$data" && mv "$data.new" "$data"
}

step_as_database()
{
	local log=$1
	shift

	if is_root && [ "$DATABASE_USER" != root ]; then
		step "$log" setpriv --reuid "$DATABASE_USER" \
		    --regid "$(id -g "$DATABASE_USER")" --init-groups -- "$@"
	else
		step "$log" "$@"
	fi
}

# cluster_start DATA SOCKETS LOG [SETTING...]: returns when it answers. Its
# process is POSTGRES_ID; libpq's names point at it from then on.
cluster_start()
{
	local data=$1 sockets=$2 log=$3 setting tenths=600
	local -a settings=()
	shift 3

	for setting in "$@"; do
		settings+=(-c "$setting")
	done
	cluster_wait_gone "$data"
	install -m 644 conf/postgresql/private.conf "$data/postgresql.conf"
	echo 'local all all trust' >"$data/pg_hba.conf"
	if is_root; then
		chown "$DATABASE_USER" "$data/postgresql.conf" "$data/pg_hba.conf"
	fi

	: >"$log"
	spawn "$log" INT "$DATABASE_USER" "$POSTGRES_BIN/postgres" -D "$data" \
	    -c "unix_socket_directories=$sockets" \
	    -c "log_directory=$(dirname "$log")" "${settings[@]}"
	POSTGRES_ID=$SPAWNED
	export PGHOST=$sockets PGPORT=5432
	until "$POSTGRES_BIN/pg_isready" -q -t 1; do
		if ! is_running "$POSTGRES_ID" || [ "$tenths" -eq 0 ]; then
			fail "PostgreSQL did not start:" \
			    "$(log_reason "$log") (see $(dirname "$log"))"
		fi
		sleep 0.05
		tenths=$((tenths - 1))
	done
}

# A cluster whose script was killed needs a moment to end.
cluster_wait_gone()
{
	local id="" tenths=150

	while [ "$tenths" -gt 0 ]; do
		id=$(head -n 1 "$1/postmaster.pid" 2>/dev/null)
		[ -n "$id" ] && [ -d "/proc/$id" ] &&
		    grep -aq postgres "/proc/$id/cmdline" 2>/dev/null || return 0
		sleep 0.1
		tenths=$((tenths - 1))
	done
	fail "a PostgreSQL that this script did not start runs on $1 (process $id)"
}

cluster_stop()
{
	[ -n "$POSTGRES_ID" ] || return 0
	process_stop "$POSTGRES_ID" INT 30
	POSTGRES_ID=""
	rmdir "${PGHOST:-/nonexistent}" 2>/dev/null
	return 0
}

# sql DATABASE USER SQL: one value.
sql()
{
	psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" -U "$2" -c "$3"
}

# database_make NAME: the roles, and a database whose texts sort as English
# readers expect.
database_make()
{
	local name=$1

	if [ -z "$(sql postgres postgres \
	    "SELECT 1 FROM pg_database WHERE datname = '$name'")" ]; then
		sql postgres postgres "CREATE DATABASE $name TEMPLATE template0
		    LOCALE_PROVIDER icu ICU_LOCALE 'en-GB'" || return 1
	fi
	psql -X -q -v ON_ERROR_STOP=1 -d "$name" -U postgres \
	    -f conf/postgresql/roles.sql
}

# database_migrate NAME LOCK: dbmate takes no lock of its own.
database_migrate()
{
	local address="postgres://hearth_owner@/$1?socket=$PGHOST&sslmode=disable"

	flock "$2" "$(dbmate)" --url "$address" \
	    --migrations-dir "$ROOT/migrations" --no-dump-schema up
}

dbmate()
{
	case $(uname -m) in
	aarch64) printf '%s' "$BUILD/npm/node_modules/@dbmate/linux-arm64/bin/dbmate" ;;
	*) printf '%s' "$BUILD/npm/node_modules/@dbmate/linux-x64/bin/dbmate" ;;
	esac
}

# database_ready NAME HOME LOG: made, migrated, and every statement fits.
database_ready()
{
	local name=$1 home=$2 log=$3

	database_make "$name" >"$log" 2>&1 ||
	    fail "the database could not be made: $(log_reason "$log") (see $log)"
	database_migrate "$name" "$home/migrate.lock" >"$log" 2>&1 ||
	    fail "a migration failed: $(log_reason "$log") (see $log)"
	PGDATABASE=$name PGUSER=hearth_web "$HEARTH" check >"$log" 2>&1 ||
	    fail "statements do not fit the database:" \
	        "$(log_reason "$log") (see $log)"
}
