# For files whose tests only read: one database with the dozen papers, made once, and a folder a test.

load sandbox

setup_file() {
	sandbox "$BATS_FILE_TMPDIR"
	papers > papers.jsonl
	sheaf -q import papers.jsonl
}

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	export SHEAF_DB="$BATS_FILE_TMPDIR/papers.db"
}

# The ids that match, in ascending order, without the common beginning.
ids() {
	sheaf search -n 100 --format ids "$@" | sort | sed 's/^2401.0000//' | tr -d '\n'
}
