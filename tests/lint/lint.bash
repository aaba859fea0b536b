# What the lint tests share. A check is a function over a tree, so that it can be tried on a planted
# fault before it is trusted with the real one.

# shellcheck disable=SC2034 # used by the files that load this one
tree=${SHEAF_SOURCE:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}

# The files of a tree that are written by hand, one a line, relative to it.
tree_files() {
	(cd "$1" && find . \( -name .git -o -path ./build -o -path './build-*' \) -prune -o -type f -print |
		sed 's|^\./||' | sort)
}

# The C files of a tree below the folders that are named.
c_files() {
	local root=$1 folder
	shift
	for folder; do
		[ -d "$root/$folder" ] || continue
		(cd "$root" && find "$folder" -name '*.[ch]' | sort)
	done
}

# A folder with the C files of src, index and include of a tree, made once for each tree: `code`
# without comments, `bare` also without what stands between quotes.
mirror() {
	local root=$1 kind=$2 out
	out=$BATS_FILE_TMPDIR/mirror-$(cksum <<<"$root" | tr -dc 0-9)
	if [ ! -d "$out" ]; then
		mkdir -p "$out/code"
		(cd "$root" && c_files . src index include | tar -cf - -T -) | tar -xf - -C "$out/code"
		cp -r "$out/code" "$out/bare"
		find "$out/code" -name '*.[ch]' -exec perl -0777 -pi -e '
			s{/\*.*?\*/|("(?:[^"\\]|\\.)*"|\x27(?:[^\x27\\]|\\.)*\x27)}{$1 // " "}gse' {} +
		find "$out/bare" -name '*.[ch]' -exec perl -0777 -pi -e '
			s{/\*.*?\*/|"(?:[^"\\]|\\.)*"|\x27(?:[^\x27\\]|\\.)*\x27}{substr($&, 0, 1) eq "/" ? " " : "\"\""}gse' {} +
	fi
	echo "$out/$kind"
}

# Of the files on standard input, those that match, each with what matched first.
matching() {
	local folder
	folder=$(mirror "$1" "$2")
	(cd "$folder" && xargs -r grep -HPo -- "$3") | awk -F: '!seen[$1]++' | sed 's/:/: /' || true
}

# Fails with what was found.
none() {
	[ -z "$1" ] || {
		echo "$1"
		return 1
	}
}

# Makes an empty tree for a planted fault.
planted() {
	mkdir -p "$BATS_TEST_TMPDIR/tree/$(dirname "$1")"
	cat >"$BATS_TEST_TMPDIR/tree/$1"
	echo "$BATS_TEST_TMPDIR/tree"
}
