#!/usr/bin/env bats
# What libsheaf.so exports is what the public headers declare, no less and no more.

load ../support/needs

library=$SHEAF_BUILD/libsheaf.so

setup() {
	needs "${CC:-cc}" nm
}

exported() {
	nm -D --defined-only "$library" | awk '$2 ~ /^[TBDRVW]$/ { print $3 }' | grep -v '^__\(a\|ub\|odr_a\)san' | sort
}

# Functions declared with SHEAF_API, told from the preprocessed headers.
declared() {
	echo '#include <sheaf/sheaf.h>' | "${CC:-cc}" -E -P -I"$SHEAF_SOURCE/include" -x c - | tr '\n' ' ' |
		sed 's/__attribute__((visibility("default")))/\n@/g' | sed -nE 's/^@[^(;]*[ *](sheaf_[a-z0-9_]+) *\(.*/\1/p' | sort
}

@test "the headers declare functions" {
	[ "$(declared | wc -l)" -ge 100 ]
	[ "$(declared | wc -l)" -eq "$(cat "$SHEAF_SOURCE"/include/sheaf/*.h | grep -c '^SHEAF_API ')" ]
}

@test "libsheaf.so exports exactly the functions of the public headers" {
	diff <(declared) <(exported)
}

@test "the static library holds them as well" {
	missing=$(comm -23 <(declared) <(nm --defined-only "$SHEAF_BUILD/libsheaf.a" 2>/dev/null |
		awk '$2 == "T" { print $3 }' | sort -u))
	[ -z "$missing" ] || {
		echo "$missing"
		return 1
	}
}
