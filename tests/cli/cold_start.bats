#!/usr/bin/env bats
# What a search does not need is not loaded for it, and does not have to be there.

load sandbox

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	papers > papers.jsonl
	sheaf -q import papers.jsonl
	# Files that are no libraries, under the names of those that are loaded when they are needed.
	mkdir broken
	for name in $(loaded version | grep -E "$heavy"; loaded import papers.jsonl | grep -E "$heavy"); do
		echo 'no library' > "broken/$name"
	done
}

setup() {
	needs ldd
	sandbox "$BATS_TEST_TMPDIR"
	export SHEAF_DB="$BATS_FILE_TMPDIR/papers.db"
}

# Libraries that harvesting, reading files and XML bring in, with some of those behind them.
heavy='^lib(curl|ssl|crypto|gnutls|ldap|krb5|archive|xml2|icu)'

# The names of all shared libraries that the command's process loads, as the loader itself tells.
loaded() {
	LD_DEBUG=files "$SHEAF" "$@" 2>&1 > /dev/null | sed -n 's/.*calling init: .*\/\(lib[^/ ]*\).*/\1/p' | sort -u
}

without() {
	LD_LIBRARY_PATH="$BATS_FILE_TMPDIR/broken${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}" "$SHEAF" "$@"
}

@test "what is looked for here is seen where it is loaded" {
	[[ $(loaded version) == *libcurl* ]]
	[[ $(loaded import "$BATS_FILE_TMPDIR/papers.jsonl") == *libarchive* ]]
	[ -n "$(ls "$BATS_FILE_TMPDIR/broken")" ]
}

@test "a search loads nothing of the harvester's" {
	run -0 loaded search network
	[[ $output == *libc* ]]
	[ -z "$(grep -E "$heavy" <<< "$output")" ]
	run -0 loaded search network --format json --facet category
	[ -z "$(grep -E "$heavy" <<< "$output")" ]
}

@test "an import does not load libcurl" {
	[ -z "$(loaded import "$BATS_FILE_TMPDIR/papers.jsonl" | grep -E '^lib(curl|ssl|ldap)')" ]
}

@test "the command does not ask for them at its start" {
	[ -z "$(ldd "$SHEAF" | grep -E 'lib(curl|archive|xml2)\.')" ]
}

@test "searching, showing and counting work where they are not installed" {
	[ "$(without search --format ids network | wc -l)" -eq 2 ]
	run -0 without show 2401.00003
	run -0 without count network
}

@test "a harvest without libcurl says in one line what is missing" {
	run --separate-stderr without harvest --base-url http://127.0.0.1:9/oai
	[ "$status" -ne 0 ]
	[ -z "$output" ]
	[ "${#stderr_lines[@]}" -eq 1 ]
	[[ $stderr == *libcurl*'needs to harvest'*'install it'* ]]
}

@test "an import without libarchive says what is missing, and changes nothing" {
	paper 2401.00009 'More' 'Much more.' > more.jsonl
	run without import more.jsonl
	[ "$status" -ne 0 ]
	[[ $output == *libarchive*'install it'* ]]
	[ "$(sheaf search --format ids 'ti:more' | wc -l)" -eq 0 ]
}

@test "version tells that libcurl is not there" {
	run -0 without version
	[[ $output == *'libcurl (not installed)'* ]]
}
