#!/bin/bash
# make demo: throws the data away and loads the demonstration again, dated
# from today. The new database is made beside the old one and takes its place
# when it is complete; Hearth may be running, and connects again by itself.
set -u -o pipefail

# shellcheck source=conf/run/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=conf/run/database.sh
. conf/run/database.sh

npm_install conf "$BUILD/npm"
product_build build
database_join
sql postgres postgres 'DROP DATABASE IF EXISTS hearth_new WITH (FORCE)' \
    2>/dev/null
database_ready hearth_new "$HOME_FOLDER/run" "$LOGS/database.log"
demonstration_load hearth_new "$LOGS/demo.log"
{
	sql postgres postgres 'ALTER DATABASE hearth ALLOW_CONNECTIONS false'
	sql postgres postgres "SELECT pg_terminate_backend(pid)
	    FROM pg_stat_activity WHERE datname = 'hearth'"
	sql postgres postgres 'DROP DATABASE hearth WITH (FORCE)' &&
	    sql postgres postgres 'ALTER DATABASE hearth_new RENAME TO hearth'
} >"$LOGS/demo.log" 2>&1 ||
    fail "the old database could not be replaced:" \
        "$(log_reason "$LOGS/demo.log") (see $LOGS/demo.log)"
say "The demonstration is loaded again."
