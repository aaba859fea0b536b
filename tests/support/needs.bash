# For bats files: tests that use a program which may not be there.

# needs PROGRAM…: skips the test where one of them is missing. Call it in setup() or in the test itself:
# a skip in setup_file() or in a command substitution does not reach the test.
needs() {
	local program
	for program; do
		command -v "$program" > /dev/null || skip "there is no $program"
	done
}
