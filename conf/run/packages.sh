#!/bin/bash
# What comes from Debian and from npm, and how it is fetched when missing.

# shellcheck disable=SC2034 # used by those who source this
PACKAGES_RUN="gcc libc6-dev make kore postgresql-15 libpq-dev libargon2-dev
    libcurl4-openssl-dev libjansson-dev libcmark-dev libutf8proc-dev
    libmagic-dev libssl-dev tzdata ca-certificates nodejs npm brotli"

# shellcheck disable=SC2034 # used by those who source this
PACKAGES_TEST="libcmocka-dev postgresql-15-pgtap
    libtap-parser-sourcehandler-pgtap-perl chromium clang-14
    libclang-rt-14-dev clang-format-14 cppcheck shellcheck codespell wrk
    poppler-utils procps curl"

# Solvers that `make bench` holds ours against.
# shellcheck disable=SC2034 # used by those who source this
PACKAGES_BENCH="g++ liblemon-dev coinor-libclp-dev"

# packages_missing NAME...: those that are not installed, on one line.
packages_missing()
{
	local name

	dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null |
	    awk '$2 == "installed" { print $1 }' >"$BUILD/packages.installed"
	for name in "$@"; do
		grep -qxF "$name" "$BUILD/packages.installed" && continue
		# Node may come from elsewhere, with npm in it.
		case $name in
		nodejs) command -v node >/dev/null && continue ;;
		npm) command -v npm >/dev/null && continue ;;
		esac
		printf '%s ' "$name"
	done
}

# Installs what is missing of the packages named; as an ordinary user by sudo.
packages_install()
{
	local missing as_root="" common

	command -v dpkg-query >/dev/null ||
	    fail "Hearth runs on Debian 12; dpkg-query was not found here"
	# shellcheck disable=SC2086 # a list of words
	missing=$(packages_missing $1)
	missing=${missing% }
	[ -n "$missing" ] || return 0

	if ! is_root; then
		command -v sudo >/dev/null ||
		    fail "sudo is missing and so are packages: as root, run" \
		        "apt-get install -y sudo $missing"
		as_root="sudo"
		if ! sudo -n true 2>/dev/null; then
			[ -t 0 ] || fail "sudo needs a password and there is no" \
			    "terminal: as root, run apt-get install -y $missing"
			sudo -v || fail "sudo refused: as root, run" \
			    "apt-get install -y $missing"
		fi
	fi
	space_check / 1500
	say "Installing from Debian: $missing"

	# Debian's package would make and start a cluster that nobody asked for.
	common=/etc/postgresql-common/createcluster.d
	if ! dpkg-query -W postgresql-common >/dev/null 2>&1; then
		$as_root sh -c "mkdir -p $common &&
		    echo 'create_main_cluster = false' >$common/hearth.conf"
	fi
	# shellcheck disable=SC2086 # a list of words
	{ $as_root apt-get update -q && $as_root env \
	    DEBIAN_FRONTEND=noninteractive apt-get install -qy \
	    --no-install-recommends -o DPkg::Lock::Timeout=300 $missing
	} >"$BUILD/apt.log" 2>&1 </dev/null
	# shellcheck disable=SC2181 # the group above is too long for an if
	if [ $? -ne 0 ]; then
		$as_root rm -f "$common/hearth.conf"
		fail "apt-get failed: $(apt_reason) (see $BUILD/apt.log)"
	fi
	$as_root rm -f "$common/hearth.conf"
}

apt_reason()
{
	local found

	found=$(grep -m 1 '^E: ' "$BUILD/apt.log")
	[ -n "$found" ] || found=$(log_reason "$BUILD/apt.log")
	printf '%s' "${found#E: }"
}

# npm_install MANIFESTS FOLDER: what the lock file names, once.
npm_install()
{
	local manifests=$1 folder=$2

	cmp -s "$manifests/package-lock.json" "$folder/installed" && return 0
	say "Installing from npm: $(npm_names "$manifests/package.json")"
	mkdir -p "$folder" && rm -f "$folder/installed"
	cp "$manifests/package.json" "$manifests/package-lock.json" "$folder/"
	step "$folder/npm.log" npm ci --prefix "$folder" --ignore-scripts \
	    --no-audit --no-fund --no-update-notifier ||
	    fail "npm failed: $(npm_reason "$folder/npm.log")" \
	        "(see $folder/npm.log)"
	cp "$manifests/package-lock.json" "$folder/installed"
}

npm_reason()
{
	sed -n 's/^npm \(ERR!\|error\) //p' "$1" | grep -v '^code ' |
	    head -n 1 | cut -c1-300
}

npm_names()
{
	awk -F '"' '/"dependencies"/ { on = 1; next } /}/ { on = 0 }
	    on { printf "%s%s", comma, $2; comma = ", " }' "$1"
}
