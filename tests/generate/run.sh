#!/bin/bash
# Golden tests of the two generators. Each folder of tests/generate/queries
# and tests/generate/templates is a case: what is under app/ or templates/ is
# compiled there, and files and messages must be those of `expected`.
# With --accept, what comes out becomes what is expected: read the diff.
set -u

root=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-build}
case $build in
/*) ;;
*) build=$root/$build ;;
esac
accept=${1:-}
got=$(mktemp -d)
trap 'rm -rf "$got"' EXIT
number=0
failed=0

# compiles FOLDER: where the compiler finds errors in what was generated, as
# "file:line", which must be the author's.
compiles()
{
	local file
	local errors='s,^\([^/:][^:]*:[0-9]*\):[0-9]*: \(fatal \)*\(error\|note'
	errors="$errors"': in expansion of macro\).*,\1,p'

	find "$1" -name '*.c' | LC_ALL=C sort | while read -r file; do
		LC_ALL=C ${CC:-gcc} -std=c11 -D_GNU_SOURCE -fsyntax-only \
		    -Wall -Wextra -Wshadow -Wmissing-prototypes -Werror \
		    -I"$root/app" -I"$1" "$file" 2>&1 |
		    sed -n -e "s|^$1/||" -e "$errors"
	done | uniq
}

# case_run GENERATOR ENDING FOLDER
case_run()
{
	local generator=$1 ending=$2 folder=$3 out=$got/out code

	rm -rf "$out"
	mkdir -p "$out"
	(cd "$folder" && find . -name "*.$ending" -not -path './expected/*' |
	    sed 's|^\./||' | LC_ALL=C sort |
	    xargs "$generator" "$out") 2>"$got/messages"
	code=$?
	[ ! -s "$got/messages" ] || mv "$got/messages" "$out/messages.txt"
	# xargs gives 123 for the 1 of a generator that refused.
	if [ $code -ne 0 ] && { [ $code -ne 123 ] ||
	    [ ! -f "$out/messages.txt" ]; }; then
		echo "exit code $code" >>"$out/messages.txt"
	fi
	compiles "$out" >"$got/compiler"
	[ ! -s "$got/compiler" ] || mv "$got/compiler" "$out/compiler.txt"
	if [ "$accept" = --accept ]; then
		rm -rf "$folder/expected"
		cp -r "$out" "$folder/expected"
	fi
	number=$((number + 1))
	if diff -r -u "$folder/expected" "$out" >"$got/diff" 2>&1; then
		echo "ok $number - $(basename "$generator") $(basename "$folder")"
	else
		echo "not ok $number - $(basename "$generator")" \
		    "$(basename "$folder")"
		sed 's/^/# /' "$got/diff"
		failed=$((failed + 1))
	fi
}

for folder in "$root"/tests/generate/queries/*/; do
	case_run "$build/generate-queries" sql "$folder"
done
for folder in "$root"/tests/generate/templates/*/; do
	[ ! -d "$folder" ] ||
	    case_run "$build/generate-templates" html "$folder"
done
echo "1..$number"
echo "# generators: $number cases, $failed failed"
[ "$failed" -eq 0 ]
