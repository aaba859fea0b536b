#!/usr/bin/env bats
# The shape of the tree: what is where, how large it is, and what it must not say.

load lint
# shellcheck disable=SC2154 # tree is set by lint.bash
: "$tree"

# Files that by custom have one name in many folders.
common='^(CMakeLists\.txt|README\.md|\.gitignore|\.gitkeep|\.clang-format)$'

repeated_names() {
	tree_files "$1" | sed 's|.*/||' | grep -Ev -- "$common" | sort | uniq -d
}

long_files() {
	(cd "$1" && tree_files . | grep -E '\.(c|h|sh|bash|bats|cmake|sql)$|(^|/)CMakeLists\.txt$' |
		xargs awk 'FNR == 701 { print FILENAME ": more than 700 lines" }')
}

saying() {
	(cd "$1" && tree_files . | grep -v '^LICENSE$' | tr '\n' '\0' | xargs -0 grep -InE -- "$2" /dev/null) || true
}

# Headers without a guard, or with the guard of another.
# shellcheck disable=SC2016 # the program is awk's
guards() {
	(cd "$1" && c_files . src index include bench tests | grep '\.h$' | xargs awk '
		FNR == 1 { if (file && !found) print file ": no guard"; file = FILENAME; found = 0; name = "" }
		/^#ifndef [A-Z0-9_]+_H$/ && !found { name = $2 }
		/^#define [A-Z0-9_]+_H$/ && $2 == name && !found { found = 1; if (name in of) print file ": guard of " of[name]; of[name] = file }
		END { if (file && !found) print file ": no guard" }')
}

@test "file names are unique in the tree" {
	none "$(repeated_names "$tree")"
}

@test "the check sees a planted namesake" {
	root=$(planted src/query/twin.c <<<'')
	planted src/search/twin.c <<<'' >/dev/null
	[ "$(repeated_names "$root")" = twin.c ]
}

@test "no source is longer than 700 lines" {
	none "$(long_files "$tree")"
}

@test "nothing is left for later" {
	none "$(saying "$tree" '\b(TOD[O]|FIXM[E]|XX[X]|HAC[K])\b')"
}

@test "no path of somebody's machine" {
	none "$(saying "$tree" '(^|[^A-Za-z0-9_.}~])/(hom[e]|wor[k]|User[s]|roo[t])/[A-Za-z]')"
}

@test "the check sees a planted path" {
	root=$(planted docs/bad.md <<<"see /${nothing-}home/somebody/sheaf")
	[ -n "$(saying "$root" '(^|[^A-Za-z0-9_.}~])/(hom[e]|wor[k]|User[s]|roo[t])/[A-Za-z]')" ]
}

@test "each header has a guard of its own" {
	none "$(guards "$tree")"
}

@test "the check sees a copied guard and a missing one" {
	root=$(planted src/query/a.h <<<$'#ifndef A_H\n#define A_H\n#endif')
	planted src/query/b.h <<<$'#ifndef A_H\n#define A_H\n#endif' >/dev/null
	planted src/query/c.h <<<'int c(void);' >/dev/null
	[ "$(guards "$root" | wc -l)" -eq 2 ]
}

@test "sheaf.h includes every public header" {
	for header in "$tree"/include/sheaf/*.h; do
		name=$(basename "$header")
		[ "$name" = sheaf.h ] || grep -qx "#include <sheaf/$name>" "$tree/include/sheaf/sheaf.h" || {
			echo "sheaf.h: no $name"
			return 1
		}
	done
}

@test "no line ends in blanks" {
	none "$(cd "$tree" && tree_files . | grep -E '\.(c|h|sql|cmake|sh|bash|bats|yaml)$' | xargs grep -nHE '[ 	]+$' || true)"
}

folders_there() {
	(cd "$1" && find src index -mindepth 1 -maxdepth 1 -type d | sort)
}

# The headers of a layer: its own, and the public ones that its files implement.
headers_of() {
	find "$tree/$1" -maxdepth 1 -name '*.h' -exec basename {} \;
	find "$tree/$1" -maxdepth 1 -name '*.c' -exec basename {} .c \; | while read -r name; do
		[ ! -f "$tree/include/sheaf/$name.h" ] || echo "$name.h"
	done
}

# Tests that are named after a file of the layer.
tests_of() {
	find "$tree/$1" -maxdepth 1 -name '*.c' -exec basename {} .c \; | while read -r name; do
		find "$tree/tests/unit" -name "test_$name.c"
	done
}

@test "each layer has a unit test, and so has each part of the engine" {
	missing=
	for layer in index $(folders_there "$tree" | grep -Ev '^(index/schema|src/cli)$'); do
		names=$(headers_of "$layer" | sed 's/\./\\./g' | paste -sd'|')
		[ -n "$names" ] && grep -qE "^#include .*[\"/<]($names)[\">]" "$tree"/tests/unit/test_*.c ||
			[ -n "$(tests_of "$layer")" ] || missing+="$layer has no unit test"$'\n'
	done
	none "$missing"
}

# The folders of src/ and index/ as ARCHITECTURE.md lists them: a layer, or a part of the engine's.
folders_said() {
	awk '/^    index\// { engine = 1; kind = "layer"; next }
		/^ +and the database, one layer in parts/ { kind = "part" }
		/^    src\/[a-z0-9]+\// { engine = 0; sub(/\/$/, "", $1); print "layer " $1 }
		engine && /^      [a-z0-9]+\// { sub(/\/$/, "", $1); print kind " index/" $1 }' "$1/docs/ARCHITECTURE.md" | sort
}

# The same as the build has them; of the rest, the schema is embedded, and the command is no layer.
folders_built() {
	{
		sed -nE 's/^sheaf_layer\([a-z0-9]+ ([a-z]+\/[a-z0-9]+).*/layer \1/p' "$1/CMakeLists.txt"
		sed -nE 's/^sheaf_layer\(index index PARTS (.*)/\1/p' "$1/CMakeLists.txt" | tr ' ' '\n' | sed 's|^|part index/|'
		printf '%s\n' 'part index/schema' 'layer src/cli'
	} | sort
}

@test "the folders of the sources are those that ARCHITECTURE.md lists and the build knows" {
	none "$(diff <(folders_said "$tree") <(folders_built "$tree"))"
	none "$(diff <(folders_said "$tree" | cut -d' ' -f2 | sort) <(folders_there "$tree"))"
}

@test "the check sees a planted folder, and a part that became a layer" {
	root=$(planted docs/ARCHITECTURE.md <<<$'    index/   the engine\n      plan/    plans\n             and the database, one layer in parts\n      match/   matches\n    src/query/  queries')
	planted CMakeLists.txt <<<$'sheaf_layer(query src/query SEES base)\nsheaf_layer(match index/match SEES base)\nsheaf_layer(index index PARTS plan' >/dev/null
	[ "$(comm -23 <(folders_said "$root") <(folders_built "$root"))" = $'layer index/plan\npart index/match' ]
}

# Files of the sources that are named in documents or other sources, and are not there.
named_in_vain() {
	(cd "$1" && find docs src index tests/unit README.md CHANGELOG.md cmake -type f ! -path 'index/schema/*' -print0 2>/dev/null |
		xargs -0 grep -ohE '(src|index|include/sheaf)/[A-Za-z0-9_/.]+\.(c|h|txt)\b' | sort -u | while read -r path; do
		[ -f "$path" ] || echo "$path: there is no such file"
	done)
}

@test "files that are named are there" {
	none "$(named_in_vain "$tree")"
}

@test "the check sees a planted name of a file that has moved" {
	root=$(planted docs/some.md <<<'as src/query/here.c and index/gone.h have it')
	planted src/query/here.c <<<'' >/dev/null
	[ "$(named_in_vain "$root")" = 'index/gone.h: there is no such file' ]
}

@test "each command has a test" {
	missing=
	for file in "$tree"/src/cli/cmd_*.c; do
		command=$(basename "$file" .c)
		command=${command#cmd_}
		cat "$tree"/tests/cli/*.bats "$tree"/tests/golden/*.bats 2>/dev/null |
			grep -Eq -- "(sheaf|SHEAF).*[ \"']${command}\\b" || missing+="$command has no test"$'\n'
	done
	none "$missing"
}
