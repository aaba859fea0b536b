#!/usr/bin/env bats
# examples/: the script, the workflow, the timer and the cron line, run against arXiv on loopback.

load sandbox
load ../support/replay

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	needs git
	# Nobody's own git is read.
	export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
	unset GITHUB_ACTIONS
	examples="$SHEAF_SOURCE/examples"
	cp "$examples/quickstart.yaml" profiles.yaml
}

teardown() {
	replay_stop
}

# arXiv with papers up to day $1.
arxiv() {
	replay_stop
	replay_start --papers 200 --per-day 20 --from 2026-10-01 --to "$1" "${@:2}"
	export DIGEST_HARVEST="--base-url $REPLAY_URL/oai --delay 0" DIGEST_FROM=2026-10-01 DIGEST_SETS=
}

python_with() {
	local python
	for python in python3 /usr/bin/python3; do
		if command -v "$python" > /dev/null && "$python" -c "import $1" 2> /dev/null; then
			echo "$python"
			return
		fi
	done
	return 1
}

digest() {
	SHEAF="$SHEAF" "$examples/daily-digest" "$@"
}

commits() {
	git -C "$1" rev-list --count HEAD
}

@test "daily-digest writes pages, leaves them where nothing is new, and writes them again" {
	arxiv 2026-10-03
	digest 2> said
	grep -q 'the pages are written' said
	grep -q '^# Brains, chips and graphs' README.md
	[ -s docs/index.html ] && [ -s docs/index.atom ] && [ -s docs/spiking.html ]
	[ ! -e "$SHEAF_DB-unpublished" ]
	cp -a README.md before.md
	digest 2> said
	grep -q 'nothing new for the pages' said
	[ "$(stat -c %y README.md)" = "$(stat -c %y before.md)" ]
	arxiv 2026-10-05
	digest -q > said 2>&1
	[ ! -s said ]
	! cmp -s README.md before.md
}

@test "daily-digest leaves the pages where the server fails, and says so with sheaf's code" {
	arxiv 2026-10-03
	digest 2> said
	cp -a README.md before.md
	arxiv 2026-10-05 --faults 404:every=1
	run -4 digest -q
	[[ "$output" == *"harvest failed with code 4; the pages are as they were"* ]]
	cmp README.md before.md
	GITHUB_ACTIONS=true run -4 digest
	[[ "$output" == *"::error title=Daily digest::the harvest failed with code 4"* ]]
}

@test "daily-digest publishes what an incomplete harvest got, and waits where arXiv asks for a pause" {
	arxiv 2026-10-20 --papers 500
	DIGEST_HARVEST="$DIGEST_HARVEST --until 2026-10-03" digest 2> said
	cp README.md before.md
	# Days are left out, and so are missing.
	DIGEST_HARVEST="$DIGEST_HARVEST --from 2026-10-17" GITHUB_ACTIONS=true run -3 digest
	[[ "$output" == *"::warning title=Daily digest::the harvest is incomplete"* ]]
	! cmp -s README.md before.md
	cp README.md before.md
	arxiv 2026-10-21 --papers 500
	printf 'last %d\ncool_until %d\nrefusals 2\n' "$(date +%s)" $(($(date +%s) + 1800)) |
		tee "$(dirname "$(find "$HOME" -name '*.pace' | head -n 1)")/127.0.0.1_${REPLAY_URL##*:}.pace" > pace
	run -0 digest
	[[ "$output" == *"arXiv asked for a pause"* ]]
	cmp README.md before.md
}

@test "papers that were sorted but not published are, by the next run" {
	arxiv 2026-10-03
	digest 2> said
	arxiv 2026-10-05
	mv docs kept && touch docs
	run ! digest
	rm docs && mv kept docs
	cp README.md before.md
	# As a run leaves it that is killed after the papers were sorted.
	"$SHEAF" -q harvest --base-url "$REPLAY_URL/oai" --delay 0 || [ $? -eq 1 ]
	: > "$SHEAF_DB-unpublished"
	"$SHEAF" classify --profiles profiles.yaml > said || [ $? -eq 1 ]
	digest 2> said
	grep -q 'the pages are written' said
	! cmp -s README.md before.md
	[ ! -e "$SHEAF_DB-unpublished" ]
}

@test "daily-digest commits the pages alone, and only where they changed" {
	arxiv 2026-10-03
	git init -q -b main . && git add profiles.yaml
	echo mine > own.txt && git add own.txt
	digest --commit 2> said
	[ "$(git show --name-only --format= HEAD | grep -cv '^docs/')" -eq 1 ]
	[ "$(git log -1 --format='%an')" = digest-bot ]
	git diff --cached --name-only | grep -qx own.txt
	digest --commit 2> said
	[ "$(commits .)" -eq 1 ]
	run -2 digest --what
	run -9 env SHEAF="$SHEAF" DIGEST_PROFILES=none.yaml "$examples/daily-digest"
	[[ "$output" == *"no profiles at none.yaml"* ]]
}

# A repository as its owner makes it, with sheaf as a submodule, and its program built before.
community() {
	local commit
	git init -q --bare -b main origin.git
	git clone -q origin.git own 2> /dev/null
	commit=0123456789012345678901234567890123456789
	cp profiles.yaml own/
	mkdir -p own/.github/workflows cache/sheaf-program-Linux-$commit/bin
	cp "$examples/github-actions/daily-digest.yml" own/.github/workflows/
	ln -s "$SHEAF" cache/sheaf-program-Linux-$commit/bin/sheaf
	printf '[submodule "sheaf"]\n\tpath = sheaf\n\turl = ../sheaf\n' > own/.gitmodules
	git -C own add -A
	git -C own update-index --add --cacheinfo 160000,$commit,sheaf
	git -C own -c user.name=Me -c user.email=me@example.org commit -q -m 'My topics'
	git -C own push -q origin HEAD:main
}

workflow() {
	env -u SHEAF -u SHEAF_DB "$python" "$SHEAF_SOURCE/tests/support/run_workflow.py" \
		own/.github/workflows/daily-digest.yml "$PWD/origin.git" "$PWD/work" "$PWD/cache" "$SHEAF_SOURCE" > run.log 2>&1
}

@test "the workflow commits the first day, not the same day again, and the next day with papers" {
	python=$(python_with yaml) || skip "there is no python3 with yaml"
	# What its packages are is not looked for where they would have to be installed.
	(. "$SHEAF_SOURCE/scripts/packages.sh" && for package in "${packages_build[@]}"; do package_is_there "$package"; done) ||
		skip "not all packages of the build are there"
	community
	arxiv 2026-10-03
	workflow
	cat run.log
	grep -q '^skipped: Build' run.log
	[ "$(commits origin.git)" -eq 2 ]
	[ "$(git -C origin.git log -1 --format='%an %s')" = "github-actions[bot] Digest of $(date -u +%F)" ]
	git -C origin.git show main:README.md | grep -q '^# Brains, chips and graphs'
	git -C origin.git show main:docs/index.html | grep -q '<article'

	workflow
	[ "$(commits origin.git)" -eq 2 ]

	arxiv 2026-10-05 --faults 404:every=1
	run -1 workflow
	grep -q '^::error title=Daily digest::the harvest failed' run.log
	grep -q '^failed: Harvest, sort, publish' run.log
	grep -q '^step: Keep the papers' run.log
	[ "$(commits origin.git)" -eq 2 ]

	arxiv 2026-10-05
	workflow
	[ "$(commits origin.git)" -eq 3 ]
	[ "$(git -C origin.git show --name-only --format= main | grep -cv '^docs/')" -eq 1 ]
}

@test "the workflow asks for no more rights than it needs, and ends" {
	python=$(python_with yaml) || skip "there is no python3 with yaml"
	"$python" - "$examples/github-actions/daily-digest.yml" <<- 'X'
		import sys, yaml
		w = yaml.safe_load(open(sys.argv[1]))
		triggers = w[True]  # YAML 1.1 takes "on" for a truth
		assert set(triggers) == {"schedule", "workflow_dispatch"}, triggers
		assert [len(t["cron"].split()) for t in triggers["schedule"]] == [5]
		assert w["permissions"] == {"contents": "write"}
		assert w["concurrency"] == {"group": "daily-digest", "cancel-in-progress": False}
		(job,) = w["jobs"].values()
		assert 0 < job["timeout-minutes"] <= 120
		assert "permissions" not in job
	X
}

# The line of the unit that begins with $1=, with systemd's folder of states as $PWD/state.
unit_line() {
	sed -n "s|^$1=||p" "$examples/systemd/sheaf-digest.service" | sed "s|%S|$PWD/state|g; s|/usr/local/bin/daily-digest|$examples/daily-digest|; s|/usr/local/bin/sheaf|$SHEAF|; s|/etc/sheaf-digest|$PWD|; s/^\"//; s/\"\$//"
}

@test "the command of the service writes its pages" {
	arxiv 2026-10-03
	mkdir -p state/sheaf-digest
	mapfile -t variables < <(unit_line Environment)
	[ "${#variables[@]}" -eq 5 ]
	# What the administrator's file says counts after the unit.
	variables+=("DIGEST_HARVEST=$DIGEST_HARVEST --if-due" DIGEST_FROM=2026-10-01)
	env -i PATH=/usr/bin:/bin no_proxy=127.0.0.1 "${variables[@]}" sh -c "exec $(unit_line ExecStart)" 2> said || { cat said; false; }
	grep -q 'the pages are written' said
	[ -s state/sheaf-digest/pages/README.md ]
	[ -s state/sheaf-digest/sheaf.db ]
}

@test "systemd takes the units as they are" {
	needs systemd-analyze
	mkdir units
	cp "$examples"/systemd/sheaf-digest.* units/
	sed -i "s|/usr/local/bin/daily-digest|$examples/daily-digest|" units/sheaf-digest.service
	run systemd-analyze --man=no verify units/sheaf-digest.service units/sheaf-digest.timer
	[ "$status" -eq 0 ]
	[ -z "$output" ]
	systemd-analyze calendar "$(sed -n 's/^OnCalendar=//p' units/sheaf-digest.timer)" > said
}

@test "the cron line has its fields, and runs in cron's environment" {
	arxiv 2026-10-03
	mapfile -t lines < <(grep -vE '^(#|[A-Z_]+=|$)' "$examples/cron/sheaf-digest")
	[ "${#lines[@]}" -eq 1 ]
	[[ "${lines[0]}" =~ ^([0-9]+)\ ([0-9]+)\ \*\ \*\ 1-5\ ([a-z]+)\ (.*)$ ]]
	[ "${BASH_REMATCH[1]}" -lt 60 ] && [ "${BASH_REMATCH[2]}" -lt 24 ] && [ "${BASH_REMATCH[3]}" = digest ]
	command=${BASH_REMATCH[4]//\/var\/lib\/sheaf-digest/$PWD/state}
	[[ "$command" != *%* ]] # cron would end the command there
	needs flock
	mkdir -p state bin
	ln -s "$SHEAF" bin/sheaf
	ln -s "$examples/daily-digest" bin/daily-digest
	mapfile -t variables < <(grep -E '^[A-Z_]+=' "$examples/cron/sheaf-digest" |
		sed "s|/var/lib/sheaf-digest|$PWD/state|; s|/etc/sheaf-digest|$PWD|; s|/usr/local/bin|$PWD/bin|")
	in_cron() {
		env -i HOME=/nonexistent LOGNAME=digest SHELL=/bin/sh "${variables[@]}" no_proxy=127.0.0.1 DIGEST_FROM=2026-10-01 \
			DIGEST_SETS= DIGEST_HARVEST="$DIGEST_HARVEST --if-due" "${1:-/bin/sh}" -c "$command"
	}
	in_cron > mail 2>&1
	[ ! -s mail ] # so that nobody gets one
	[ -s state/pages/README.md ] && [ -s state/pages/docs/index.html ]
	# One that goes on keeps the next from beginning.
	exec 8> state/lock && flock 8
	rm state/pages/README.md
	run -1 in_cron
	[ ! -e state/pages/README.md ]
}

@test "the scripts are clean" {
	needs shellcheck
	shellcheck "$examples/daily-digest"
}
