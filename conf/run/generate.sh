#!/bin/bash
# Runs one generator beside the old output and moves over only what changed,
# so that make compiles no more than it must.
set -eu

build=$1
kind=$2
shift 2

fresh=$build/generated.$kind
list=$build/generated.$kind.list

rm -rf "$fresh"
mkdir -p "$fresh" "$build/generated"
"$build/generate-$kind" "$fresh" "$@"

(cd "$fresh" && find . -type f | sort) >"$list.new"
while read -r file; do
	if ! cmp -s "$fresh/$file" "$build/generated/$file"; then
		mkdir -p "$build/generated/$(dirname "$file")"
		mv "$fresh/$file" "$build/generated/$file"
	fi
done <"$list.new"

if [ -f "$list" ]; then
	comm -23 "$list" "$list.new" | while read -r file; do
		rm -f "$build/generated/$file"
	done
fi
mv "$list.new" "$list"
rm -rf "$fresh"
