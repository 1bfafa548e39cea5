#!/bin/bash
# Processes: each runs in a session of its own, so that Ctrl-C reaches only
# the script, which stops them in order; and each is told by the kernel when
# the script dies, so that nothing lingers.

STEP=""

# step LOG COMMAND...: runs one command to its end with its output in a log.
# In the background, since a shell takes no signal while it waits in front.
step()
{
	local log=$1 status
	shift

	mkdir -p "$(dirname "$log")"
	setsid setpriv --pdeathsig KILL "$@" >"$log" 2>&1 </dev/null 9>&- &
	STEP=$!
	wait "$STEP"
	status=$?
	STEP=""
	return "$status"
}

# Ends a step that a signal interrupted.
step_stop()
{
	[ -z "$STEP" ] || kill -KILL -- "-$STEP" 2>/dev/null
	STEP=""
}

# spawn LOG SIGNAL USER COMMAND...: starts a process that stays; its id is in
# SPAWNED. SIGNAL is what it gets when this script dies.
spawn()
{
	local log=$1 signal=$2 user=$3
	shift 3

	if is_root && [ "$user" != root ]; then
		set -- --reuid "$user" --regid "$(id -g "$user")" \
		    --init-groups -- "$@"
	else
		set -- -- "$@"
	fi
	setsid setpriv --pdeathsig "$signal" "$@" \
	    >>"$log" 2>&1 </dev/null 9>&- &
	# shellcheck disable=SC2034 # read by the caller
	SPAWNED=$!
}

# as_user USER COMMAND...: in front, as that user where we are root.
as_user()
{
	local user=$1
	shift

	if is_root && [ "$user" != root ]; then
		setpriv --reuid "$user" --regid "$(id -g "$user")" \
		    --init-groups -- "$@"
	else
		"$@"
	fi
}

is_running()
{
	[ -n "$1" ] && kill -0 "$1" 2>/dev/null
}

# process_stop ID SIGNAL SECONDS: asks, waits, then ends its whole group.
process_stop()
{
	local id=$1 signal=$2 tenths=$(($3 * 10))

	is_running "$id" || return 0
	while is_running "$id" && [ "$tenths" -gt 0 ]; do
		# Kore can miss a signal that comes together with another.
		[ $((tenths % 10)) -ne 0 ] || kill -s "$signal" "$id" 2>/dev/null
		sleep 0.1
		tenths=$((tenths - 1))
	done
	is_running "$id" && kill -KILL -- "-$id" 2>/dev/null
	wait "$id" 2>/dev/null
	return 0
}

# Whether anything listens on that port of 127.0.0.1.
port_is_taken()
{
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

port_check()
{
	case $1 in
	'' | *[!0-9]* | ??????*) fail "PORT=$1 is not a port number" ;;
	esac
	if [ "$1" -lt 1 ] || [ "$1" -gt 65535 ]; then
		fail "PORT=$1 is not a port number"
	fi
	if [ "$1" -lt 1024 ] && ! is_root; then
		fail "port $1 needs root: choose another, such as make run PORT=8080"
	fi
	if port_is_taken "$1"; then
		fail "port $1 is taken by another program: choose another, such" \
		    "as make run PORT=$(($1 < 65535 ? $1 + 1 : 8080))"
	fi
}

# A port nobody listens on, for tests and benches.
port_free()
{
	local port

	for _ in $(seq 100); do
		port=$((20000 + RANDOM % 12000))
		if ! port_is_taken "$port"; then
			printf '%s' "$port"
			return 0
		fi
	done
	fail "no free port was found"
}

# http_status PORT PATH: the status of a GET, or nothing.
http_status()
{
	(
		exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 1
		printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n%s\r\n\r\n' \
		    "$2" "$1" "Connection: close" >&3
		read -r -t 2 _ status _ <&3
		printf '%s' "$status"
	) 2>/dev/null
}
