#!/bin/bash
# The product: its build, its environment, Kore and the jobs process.

KORE_ID=""
JOBS_ID=""

# product_build TARGET...: one line when it breaks.
product_build()
{
	local log=$BUILD/build.log flags

	flags=$(printf '%s' "${MAKEFLAGS:-}" | sed 's/--jobserver[^ ]*//g')
	step "$log" env MAKEFLAGS="$flags" MAKELEVEL=0 flock "$BUILD" \
	    make "-j$(nproc)" "$@" ||
	    fail "the build failed: $(log_reason "$log") (see $log)"
}

# product_place HOME: where the database user cannot read the clone, the
# executables and static files are copied beside the data. Sets HEARTH,
# MODULE and ASSETS.
product_place()
{
	local bin=$1/bin

	HEARTH=$ROOT/$BUILD/hearth
	MODULE=$ROOT/$BUILD/hearth.so
	ASSETS=$ROOT/$BUILD/assets
	[ "${BUILD#/}" = "$BUILD" ] ||
	    { HEARTH=$BUILD/hearth MODULE=$BUILD/hearth.so ASSETS=$BUILD/assets; }
	is_root || return 0
	if as_user "$DATABASE_USER" test -x "$HEARTH" &&
	    as_user "$DATABASE_USER" test -r "$ASSETS/manifest.txt"; then
		return 0
	fi
	if ! { mkdir -p "$bin" && rm -rf "$bin/assets" &&
	    install -m 755 "$HEARTH" "$MODULE" "$bin/" &&
	    cp -r "$ASSETS" "$bin/assets" && chmod -R a+rX "$bin"; }; then
		fail "the executables could not be copied to $bin"
	fi
	HEARTH=$bin/hearth MODULE=$bin/hearth.so ASSETS=$bin/assets
}

# product_environment HOME DATABASE PORT: what the C programs read.
product_environment()
{
	export PGDATABASE=$2 HEARTH_VAR=$1 HEARTH_ASSETS=$ASSETS
	export HEARTH_ADDRESS=${HEARTH_ADDRESS:-http://127.0.0.1:$3}
	folder_own "$1/mail"
}

# demonstration_load DATABASE LOG: unless there is a council already. As the
# superuser of the private cluster, since it writes for every council.
demonstration_load()
{
	[ -f conf/demo/sign-ins.txt ] || return 0
	[ "$(sql "$1" postgres \
	    'SELECT count(*) FROM (SELECT FROM council LIMIT 1) AS one')" = 0 ] ||
	    return 0
	say "Loading the demonstration"
	PGDATABASE=$1 PGUSER=postgres step "$2" "$HEARTH" demo conf/demo ||
	    fail "the demonstration could not be loaded:" \
	        "$(log_reason "$2") (see $2)"
}

# kore_configure FILE PORT: Kore's settings for this start.
kore_configure()
{
	local runas="" folder

	folder=$(dirname "$1")
	! is_root || runas="runas $DATABASE_USER"
	sed -e "s|@MODULE@|$MODULE|" -e "s|@PORT@|$2|" \
	    -e "s|@WORKERS@|${HEARTH_WORKERS:-8}|" -e "s|@RUNAS@|$runas|" \
	    -e "s|@FOLDER@|$folder|" conf/kore/hearth.conf.in >"$1"
}

# product_start HOME PORT LOGS: Kore and the jobs; returns when /ready says so.
product_start()
{
	local home=$1 port=$2 logs=$3 tenths=300
	local -a flags=(-f -n)

	is_root || flags+=(-r)
	mkdir -p "$home/run"
	rm -f "$home/run/kore.pid"
	kore_configure "$home/run/kore.conf" "$port"
	PGUSER=hearth_web spawn "$logs/kore.log" TERM root \
	    kore "${flags[@]}" -c "$home/run/kore.conf"
	KORE_ID=$SPAWNED
	PGUSER=hearth_jobs spawn "$logs/jobs.log" TERM "$DATABASE_USER" \
	    "$HEARTH" jobs
	JOBS_ID=$SPAWNED

	until [ "$(http_status "$port" /ready)" = 200 ]; do
		is_running "$KORE_ID" || fail "Kore did not start:" \
		    "$(log_reason "$logs/kore.log") (see $logs/kore.log)"
		is_running "$JOBS_ID" || fail "the jobs process did not start:" \
		    "$(log_reason "$logs/jobs.log") (see $logs/jobs.log)"
		[ "$tenths" -gt 0 ] || fail "Hearth started but is not ready:" \
		    "$(log_reason "$logs/kore.log") (see $logs/kore.log)"
		sleep 0.1
		tenths=$((tenths - 1))
	done
}

product_stop()
{
	process_stop "$KORE_ID" TERM 5
	process_stop "$JOBS_ID" TERM 10
	KORE_ID="" JOBS_ID=""
}
