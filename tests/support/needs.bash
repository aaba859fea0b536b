# For bats files: tests that use a program which may not be there.

# needs PROGRAM…: skips the test where one of them is missing. Call it in setup() or in the test itself:
# a skip in setup_file() or in a command substitution does not reach the test.
needs() {
	local program
	for program; do
		command -v "$program" > /dev/null || skip "there is no $program"
	done
}

# needs_python MODULE…: sets `python` to a Python that has them, skips where there is none. Debian's own is asked as well
# as the first on the path, since the modules of packages are its alone.
needs_python() {
	local module modules=
	for module; do
		modules+="import $module;"
	done
	for python in python3 /usr/bin/python3; do
		"$python" -c "$modules" 2> /dev/null && return
	done
	skip "there is no Python with $*"
}
