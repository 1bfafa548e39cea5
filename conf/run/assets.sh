#!/bin/bash
# Static files into $BUILD/assets: GOV.UK Frontend's style and script from its
# npm package, and our own from assets/. Each name carries a hash of its
# content, so that browsers may keep it for a year; each is there compressed
# as well; manifest.txt lists logical name, file name and content type.
#
# One file names another as /assets/NAME; the hashed name is put in its place.
set -eu -o pipefail

: "${BUILD:=build}"
cd "$(dirname "$0")/../.."

GOVUK=$BUILD/npm/node_modules/govuk-frontend/dist/govuk
FRESH=$BUILD/assets.new
MANIFEST=$BUILD/assets/manifest.txt

content_type()
{
	case $1 in
	*.css) echo 'text/css; charset=utf-8' ;;
	*.js) echo 'text/javascript; charset=utf-8' ;;
	*.svg) echo 'image/svg+xml' ;;
	*.png) echo 'image/png' ;;
	*.ico) echo 'image/x-icon' ;;
	*.webp) echo 'image/webp' ;;
	*.woff2) echo 'font/woff2' ;;
	*.json | *.webmanifest) echo 'application/json' ;;
	*.txt) echo 'text/plain; charset=utf-8' ;;
	*) echo "assets: what is $1?" >&2 && return 1 ;;
	esac
}

# The typeface GDS Transport, the crown and the crest are for GOV.UK alone.
collect()
{
	mkdir -p "$FRESH/source"
	[ ! -d assets ] || cp -r assets/. "$FRESH/source/"
	[ -f "$GOVUK/govuk-frontend.min.css" ] || {
		echo "assets: GOV.UK Frontend is not in $BUILD/npm" >&2
		return 1
	}
	sed -e 's/@font-face{[^}]*}//g' \
	    -e 's/GDS Transport,arial,sans-serif/arial,sans-serif/g' \
	    -e '/^\/\*# sourceMappingURL/d' -e 's|/\*# sourceMappingURL.*\*/||' \
	    "$GOVUK/govuk-frontend.min.css" >"$FRESH/source/govuk-frontend.css"
	sed -e 's|//# sourceMappingURL.*||' \
	    "$GOVUK/govuk-frontend.min.js" >"$FRESH/source/govuk-frontend.js"
}

# publish NAME: with the names of what it refers to put in.
publish()
{
	local name=$1 file=$FRESH/source/$1 base=${1%.*} hash hashed logical other

	if grep -Iq '/assets/' "$file" && [ -s "$FRESH/manifest.txt" ]; then
		while IFS=$'\t' read -r logical other _; do
			sed -i "s|/assets/${logical//./\\.}\([\"')]\)|/assets/$other\1|g" \
			    "$file"
		done <"$FRESH/manifest.txt"
	fi
	hash=$(sha256sum "$file" | cut -c1-10)
	hashed=$base-$hash.${name##*.}
	mkdir -p "$(dirname "$FRESH/$hashed")"
	cp "$file" "$FRESH/$hashed"
	case $name in
	*.css | *.js | *.svg | *.json | *.txt | *.webmanifest)
		gzip -9nc "$file" >"$FRESH/$hashed.gz"
		! command -v brotli >/dev/null ||
		    brotli -q 11 -c "$file" >"$FRESH/$hashed.br" ;;
	esac
	printf '%s\t%s\t%s\n' "$name" "$hashed" "$(content_type "$name")" \
	    >>"$FRESH/manifest.txt"
}

main()
{
	local inputs=(conf/run/assets.sh "$BUILD/npm/installed") name

	[ ! -d assets ] || inputs+=(assets)
	if [ -f "$MANIFEST" ] &&
	    [ -z "$(find "${inputs[@]}" -newer "$MANIFEST" 2>/dev/null)" ]; then
		return 0
	fi
	rm -rf "$FRESH"
	collect
	# Those that name no other file come first.
	(cd "$FRESH/source" && find . -type f -printf '%P\n' | sort) \
	    >"$FRESH/names"
	while read -r name; do
		grep -Iq '/assets/' "$FRESH/source/$name" || publish "$name"
	done <"$FRESH/names"
	while read -r name; do
		! grep -Iq '/assets/' "$FRESH/source/$name" || publish "$name"
	done <"$FRESH/names"
	rm -rf "$FRESH/source" "$FRESH/names" "$BUILD/assets"
	chmod -R a+rX "$FRESH"
	mv "$FRESH" "$BUILD/assets"
}

main
