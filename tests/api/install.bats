#!/usr/bin/env bats
# An installed sheaf serves a program of one's own, found through pkg-config and through CMake.

setup_file() {
	export prefix=$BATS_FILE_TMPDIR/prefix
	cmake --install "$SHEAF_BUILD" --prefix "$prefix" >"$BATS_FILE_TMPDIR/install.log"
	library=$(dirname "$(find "$prefix" -name 'libsheaf.so' | head -n 1)")
	export library PKG_CONFIG_PATH=$library/pkgconfig LD_LIBRARY_PATH=$library
	# A program that loads a library with sanitizers has to be built with them too.
	sanitize=$(sed -n 's/^SHEAF_SANITIZE:[A-Z]*=//p' "$SHEAF_BUILD/CMakeCache.txt")
	export build_flags=${sanitize:+-fsanitize=$sanitize}
	cat >"$BATS_FILE_TMPDIR/papers.jsonl" <<-'EOF'
		{"id":"2001.00001","title":"Ferns of the northern slopes","abstract":"We count ferns.","authors":"A. Someone","categories":"q-bio.PE"}
		{"id":"2001.00002","title":"Mosses","abstract":"No ferns here, but many a moss and one fern more.","authors":"B. Else","categories":"q-bio.PE"}
		{"id":"2001.00003","title":"Lichen","abstract":"Neither.","authors":"C. Another","categories":"q-bio.PE"}
	EOF
}

# Runs the program twice: what was imported once is known the second time.
try() {
	run "$1" "$BATS_TEST_TMPDIR/embed.db" "$BATS_FILE_TMPDIR/papers.jsonl" 'fern'
	echo "$output"
	[ "$status" -eq 0 ]
	[[ $output == "3 added, 0 updated, 0 unchanged"* ]]
	[[ $output == *"Ferns of the northern slopes"*Mosses* ]]
	[[ $output != *Lichen* ]]
	run "$1" "$BATS_TEST_TMPDIR/embed.db" "$BATS_FILE_TMPDIR/papers.jsonl" 'fern'
	[ "$status" -eq 0 ]
	[[ $output == "0 added, 0 updated, 3 unchanged"* ]]
}

@test "the example builds through pkg-config and runs" {
	read -ra found <<<"$(pkg-config --cflags --libs sheaf)"
	# shellcheck disable=SC2086 # flags may hold several words, or none
	"${CC:-cc}" -std=c11 -Wall -Wextra -Werror $build_flags "$SHEAF_SOURCE/examples/embed/embed.c" "${found[@]}" -o "$BATS_TEST_TMPDIR/embed"
	try "$BATS_TEST_TMPDIR/embed"
}

@test "the example builds through CMake's find_package and runs" {
	# The generator of sheaf's own build; the default one may lack its program.
	generator=$(sed -n 's/^CMAKE_GENERATOR:INTERNAL=//p' "$SHEAF_BUILD/CMakeCache.txt")
	cmake -S "$SHEAF_SOURCE/examples/embed" -B "$BATS_TEST_TMPDIR/build" -G "$generator" -DCMAKE_PREFIX_PATH="$prefix" \
		-DCMAKE_C_FLAGS="$build_flags" >"$BATS_TEST_TMPDIR/cmake.log"
	cmake --build "$BATS_TEST_TMPDIR/build" >>"$BATS_TEST_TMPDIR/cmake.log"
	try "$BATS_TEST_TMPDIR/build/embed"
}

@test "the static library needs no more than sheaf.pc names" {
	mapfile -t needed < <(pkg-config --print-requires-private sheaf)
	read -ra others <<<"$(pkg-config --libs "${needed[@]}") $(sed -n 's/^Libs.private: //p' "$library/pkgconfig/sheaf.pc")"
	# shellcheck disable=SC2086 # flags may hold several words, or none
	"${CC:-cc}" -std=c11 $build_flags "$SHEAF_SOURCE/examples/embed/embed.c" -I"$prefix/include" \
		"$library/libsheaf.a" "${others[@]}" -o "$BATS_TEST_TMPDIR/embed"
	run ldd "$BATS_TEST_TMPDIR/embed"
	[[ $output != *libsheaf* ]]
	try "$BATS_TEST_TMPDIR/embed"
}

@test "a missing file is a clear error of the example" {
	read -ra found <<<"$(pkg-config --cflags --libs sheaf)"
	# shellcheck disable=SC2086 # flags may hold several words, or none
	"${CC:-cc}" -std=c11 $build_flags "$SHEAF_SOURCE/examples/embed/embed.c" "${found[@]}" -o "$BATS_TEST_TMPDIR/embed"
	run "$BATS_TEST_TMPDIR/embed" "$BATS_TEST_TMPDIR/embed.db" "$BATS_TEST_TMPDIR/missing.jsonl" fern
	[ "$status" -eq 1 ]
	[[ $output == *missing.jsonl* ]]
}

@test "every public header is installed" {
	diff <(cd "$SHEAF_SOURCE/include/sheaf" && ls) <(cd "$prefix/include/sheaf" && ls)
}

@test "pkg-config and the command tell the same version" {
	[ -x "$prefix/bin/sheaf" ] || skip "built without the command"
	run "$prefix/bin/sheaf" --version
	[[ $output == *"$(pkg-config --modversion sheaf)"* ]]
}
