#!/usr/bin/env bats
# Each public header compiles by itself, as C11 and as C++17, under strict warnings.

load ../support/needs

strict=(-Wall -Wextra -Wpedantic -Wshadow -Wundef -Werror -fsyntax-only)

each_header() {
	local header name
	for header in "$SHEAF_SOURCE"/include/sheaf/*.h; do
		name=$(basename "$header")
		# Twice, so that a missing guard shows.
		printf '#include <sheaf/%s>\n#include <sheaf/%s>\nint used;\n' "$name" "$name" >"$BATS_TEST_TMPDIR/one.$1"
		"${@:2}" "${strict[@]}" -I"$SHEAF_SOURCE/include" "$BATS_TEST_TMPDIR/one.$1" || {
			echo "$name does not compile alone"
			return 1
		}
	done
}

@test "public headers compile alone as C11" {
	each_header c "${CC:-cc}" -std=c11 -Wstrict-prototypes
}

@test "public headers compile alone as C++17" {
	needs "${CXX:-c++}"
	each_header cpp "${CXX:-c++}" -std=c++17
}

@test "clang takes them too" {
	needs clang
	each_header c clang -std=c11
}
