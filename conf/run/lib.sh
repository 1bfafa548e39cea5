#!/bin/bash
# Shared by the scripts of make: messages, packages, users, and where the data
# of one VAR lives. Sourced; each script sets -u -o pipefail itself.

: "${BUILD:=build}" "${VAR:=var}" "${PORT:=8080}"

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
readonly ROOT
cd "$ROOT" || exit 1

# shellcheck source=conf/run/packages.sh
. conf/run/packages.sh
# shellcheck source=conf/run/process.sh
. conf/run/process.sh
# shellcheck source=conf/run/cluster.sh
. conf/run/cluster.sh
# shellcheck source=conf/run/product.sh
. conf/run/product.sh

# Each argument is a line.
say()
{
	printf '%s\n' "$@"
}

# One clear line and the end; what was started is stopped by the caller's trap.
fail()
{
	printf 'hearth: %s\n' "$*" >&2
	exit 1
}

is_root()
{
	[ "$(id -u)" -eq 0 ]
}

# space_check FOLDER MEGABYTES: fails when that much cannot be written there.
space_check()
{
	local folder=$1 wanted=$2 free

	free=$(df -Pm "$folder" | awk 'NR == 2 { print $4 }')
	if [ "${free:-0}" -lt "$wanted" ]; then
		fail "the disk that holds $folder is full:" \
		    "$free MB are free and $wanted MB are needed"
	fi
	[ "$folder" != / ] || return 0
	if ! head -c 1048576 /dev/zero 2>/dev/null >"$folder/.space"; then
		rm -f "$folder/.space"
		fail "nothing can be written to $folder (is the disk or a quota full?)"
	fi
	rm -f "$folder/.space"
}

# The last line of a log that says something, for a message of one line.
log_reason()
{
	local found

	found=$(grep -aE -m 1 '(^|[: ])([Ee]rror|ERROR|FATAL|PANIC|fatal)[: ]' \
	    "$1" 2>/dev/null)
	[ -n "$found" ] || found=$(grep -av '^[[:space:]]*$' "$1" \
	    2>/dev/null | tail -n 1)
	printf '%s' "${found:0:300}"
}

# Eight characters that stand for a path.
path_hash()
{
	printf '%s' "$1" | sha256sum | cut -c1-8
}
