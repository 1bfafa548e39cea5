#!/bin/bash
# make fuzz: libFuzzer on each target for FUZZ_SECONDS (60), beginning with
# the corpus in git; what it finds new stays in $BUILD/fuzz/corpus. ONLY="form
# money" runs some targets.
set -u -o pipefail

# shellcheck source=tests/run/lib.sh
. "$(dirname "$0")/lib.sh"

main()
{
	local file name log

	shopt -s nullglob
	mkdir -p "$BUILD"
	tally_begin
	packages_install "$PACKAGES_RUN $PACKAGES_TEST"
	say "Building"
	product_build build-fuzz
	for file in tests/fuzz/*.c; do
		name=$(basename "$file" .c)
		case " ${ONLY:-$name} " in *" $name "*) ;; *) continue ;; esac
		log=$BUILD/fuzz/$name.log
		mkdir -p "$BUILD/fuzz/corpus/$name" "tests/fuzz/corpus/$name"
		TEST_SECONDS=$((${FUZZ_SECONDS:-60} + 120)) \
		    run_plain "fuzz/$name" "$log" "$BUILD/fuzz/$name" \
		    -max_total_time="${FUZZ_SECONDS:-60}" -timeout=10 \
		    -rss_limit_mb=1024 -artifact_prefix="$BUILD/fuzz/$name-" \
		    -print_final_stats=1 \
		    "$BUILD/fuzz/corpus/$name" "tests/fuzz/corpus/$name"
		rmdir "tests/fuzz/corpus/$name" 2>/dev/null
	done
	tests_conclude
}

main
