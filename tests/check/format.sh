#!/bin/bash
# The house format, on every C file that is ours; --fix rewrites them.
set -u -o pipefail

cd "$(dirname "$0")/../.." || exit 1

FORMAT=clang-format-14
command -v "$FORMAT" >/dev/null || FORMAT=clang-format

files()
{
	find app tests \( -name node_modules -o -path tests/generate \) -prune -o -name '*.[ch]' -print0
}

if [ "${1:-}" = --fix ]; then
	files | xargs -0r "$FORMAT" -i
else
	files | xargs -0r "$FORMAT" --dry-run -Werror
fi
