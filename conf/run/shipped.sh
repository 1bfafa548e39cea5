#!/bin/bash
# Writes the policies that ship with the product, conf/policies/*.json, as a
# table in C, so that pages need no file. Those for tests do not ship.
# usage: shipped.sh FILE... >policies_shipped.c
set -eu

printf '/* Written by conf/run/shipped.sh from conf/policies: change those. */\n'
printf '#include "policies/shipped.h"\n\n#include <stddef.h>\n'
for file in "$@"; do
	name=$(basename "$file" .json)
	printf '\nstatic const char %s[] = {\n' "document_${name//-/_}"
	od -An -v -tx1 "$file" | sed "s/ \(..\)/'\\\\x\1',/g"
	printf '0 };\n'
done
printf '\nconst struct policy_shipped policies_shipped[] = {\n'
for file in "$@"; do
	name=$(basename "$file" .json)
	printf '\t{ "%s", document_%s },\n' "$name" "${name//-/_}"
done
printf '\t{ NULL, NULL },\n};\n'
