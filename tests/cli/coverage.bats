#!/usr/bin/env bats
# Which days are complete, what `harvest --repair` fetches, and what the codes say.

load harvest

setup() {
	sandbox "$BATS_TEST_TMPDIR"
}

teardown() {
	replay_stop
}

@test "a gap is told, repaired with a list of its days alone, and gone" {
	undisturbed --papers 120 --per-day 10 --page-size 20 --from 2020-11-05 --to 2020-11-20
	replay_start --papers 120 --per-day 10 --page-size 20 --from 2020-11-05 --to 2020-11-20
	harvest --db part.db --until 2020-11-12 > out
	run -3 --separate-stderr harvest --db part.db --from 2020-11-17
	[[ "$stderr" == *"status --coverage"* ]]
	run -3 --separate-stderr sheaf --db part.db status --coverage
	[[ "${lines[0]}" == "oai (all) arXivRaw: beginning .. 2020-11-12 complete, read "* ]]
	[ "${lines[1]}" = "oai (all) arXivRaw: 2020-11-13 .. 2020-11-16 missing" ]
	[[ "${lines[2]}" == "oai (all) arXivRaw: 2020-11-17 .. "*" complete, read "* ]]
	run -3 sheaf --db part.db status --coverage --format json
	[[ "$output" == '{"format_version":1,"coverage":[{"source":"oai",'*'"complete":false}' ]]
	harvest --db part.db --repair > out
	logged 3 | tail -n +2 | grep -q '&from=2020-11-13&until=2020-11-16$'
	run -0 sheaf --db part.db status --coverage
	[ "${#lines[@]}" -eq 1 ]
	same_as_undisturbed part.db
}

@test "a harvest that was limited is told as partial, and completed by the next" {
	replay_start --papers 60 --per-day 5 --page-size 10 --from 2020-11-05 --to 2020-11-20
	harvest --db limited.db --max-pages 2 > out
	run -3 --separate-stderr sheaf --db limited.db status --coverage
	[[ "${lines[-1]}" == *" partial" ]]
	harvest --db limited.db > out
	run -0 sheaf --db limited.db status --coverage
}

@test "nothing covered is nothing matched, and feeds need a set" {
	sheaf init
	run -1 sheaf status --coverage
	run -2 --separate-stderr sheaf harvest --source rss
	[[ "$stderr" == *"--set"* ]]
	run -2 --separate-stderr sheaf harvest --source api --query all:x --repair
	run -2 --separate-stderr sheaf harvest --repair --from 2026-01-01
}
