#!/bin/bash
# make migrate: brings the database in VAR up to date, and checks that every
# statement fits it. Hearth may be running.
set -u -o pipefail

# shellcheck source=conf/run/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=conf/run/database.sh
. conf/run/database.sh

npm_install conf "$BUILD/npm"
product_build build
database_join
database_ready hearth "$HOME_FOLDER/run" "$LOGS/database.log"
say "The database is up to date: $(sql hearth postgres \
    'SELECT max(version) FROM schema_migrations')."
