#!/usr/bin/env bats
# Who may know what: third-party libraries and SQL stay behind their fences.

load lint
load ../support/needs
# shellcheck disable=SC2154 # tree is set by lint.bash
: "$tree"

setup() {
	needs perl tar
}

# header, then the files that may include it (a pattern over paths)
fences=(
	'sqlite3(ext)?\.h      ^index/([a-z0-9_]+\.[ch]|(values|words|ranking|fts5|store|match|facets)/)'
	'libstemmer\.h         ^index/(terms/|components\.c)'
	'curl/.*\.h            ^src/harvest/(http\.c|curl_library\.[ch])$'
	'libxml/.*\.h          ^src/source/'
	'archive(_entry)?\.h   ^src/source/'
	'jansson\.h            ^src/output/'
	'yaml\.h               ^src/base/yaml[a-z_]*\.c$'
	'utf8proc\.h           ^src/(text|model|base)/'
)

third_party() {
	local root=$1 fence header allowed
	for fence in "${fences[@]}"; do
		read -r header allowed <<<"$fence"
		c_files "$root" src index include | grep -Ev -- "$allowed" |
			matching "$root" code "^ *# *include *[<\"]${header}[>\"]"
	done
}

upwards() {
	c_files "$1" src index include | matching "$1" code '^ *# *include *"[^"]*/[^"]*"'
}

sql_outside() {
	c_files "$1" src include | matching "$1" code \
		'"[^"]*\b(SELECT [a-z*]|INSERT INTO|REPLACE INTO|UPDATE [a-z_]+ SET|DELETE FROM|CREATE (TABLE|VIRTUAL|VIEW|INDEX)|DROP TABLE|PRAGMA [a-z_]+|BEGIN IMMEDIATE)'
}

# Inside the engine, statements stand in one table of texts; what a file is, is asked before there is one.
sql_scattered() {
	c_files "$1" index | grep -v '^index/statement\.c$' | matching "$1" code \
		'"[^"]*\b(SELECT [^"]*FROM (?!sqlite_master|meta\b)|INSERT INTO|UPDATE [a-z_]+ SET|DELETE FROM|CREATE (TABLE|VIRTUAL|VIEW|INDEX))'
}

replaced_documents() {
	(cd "$1" && grep -rnE 'INSERT OR REPLACE|REPLACE INTO' index --include='*.c' --include='*.sql') || true
}

@test "third-party headers stay behind their fences" {
	none "$(third_party "$tree")"
}

@test "the fence check sees a planted header" {
	root=$(planted src/query/bad.c <<<'#include <sqlite3.h>')
	[ "$(third_party "$root")" = 'src/query/bad.c: #include <sqlite3.h>' ]
}

@test "headers are included by bare name, which leaves the layers to the build" {
	none "$(upwards "$tree")"
}

@test "SQL is in index/ alone" {
	none "$(sql_outside "$tree")"
}

@test "the SQL check sees a planted statement, and no comment" {
	root=$(planted src/search/bad.c <<<'const char *s = "SELECT docid FROM document";')
	planted src/search/good.c <<<'/* "SELECT docid" */ int selected;' >/dev/null
	[ "$(sql_outside "$root" | wc -l)" -eq 1 ]
}

@test "in index/, statements are in the statement table and the schema" {
	none "$(sql_scattered "$tree")"
}

@test "no statement replaces a row silently" {
	none "$(replaced_documents "$tree")"
}
