#!/usr/bin/env bats
# The configuration file, and what goes before it.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	unset SHEAF_DB
	mkdir -p "$HOME/.config/sheaf"
	config="$HOME/.config/sheaf/config.yaml"
}

@test "without a file the defaults hold" {
	run -0 --separate-stderr sheaf config list --origin
	[ "${lines[0]}" = "db	$HOME/.local/share/sheaf/sheaf.db	default" ]
	[ "${lines[1]}" = "color	auto	default" ]
	[ "${lines[2]}" = "progress	true	default" ]
	run -0 sheaf config path
	[ "$output" = "$config" ]
	XDG_CONFIG_HOME="$PWD/elsewhere" run -0 sheaf config path
	[ "$output" = "$PWD/elsewhere/sheaf/config.yaml" ]
}

@test "a flag goes before the environment, that before the file" {
	printf 'color: always\ndb: ~/mine.db\n' > "$config"
	run -0 sheaf config list --origin
	[ "${lines[0]}" = "db	$HOME/mine.db	file $config:2" ]
	[ "${lines[1]}" = "color	always	file $config:1" ]
	SHEAF_DB=env.db NO_COLOR=1 run -0 sheaf config list --origin
	[ "${lines[0]}" = "db	env.db	environment" ]
	[ "${lines[1]}" = "color	never	environment" ]
	SHEAF_DB=env.db NO_COLOR=1 run -0 sheaf --db flag.db --color auto --no-progress config list --origin
	[ "${lines[0]}" = "db	flag.db	flag" ]
	[ "${lines[1]}" = "color	auto	flag" ]
	[ "${lines[2]}" = "progress	false	flag" ]
}

@test "the file is heeded" {
	printf 'db: ~/mine.db\ncolor: always\n' > "$config"
	papers > papers.jsonl
	sheaf -q import papers.jsonl
	[ -f "$HOME/mine.db" ]
	sheaf search lamps | grep -q $'\x1b'
	run ! grep -q $'\x1b' <(NO_COLOR=1 sheaf search lamps)
	printf 'db: %s/other.db\n' "$PWD" > other.yaml
	run -9 sheaf --config other.yaml search lamps
	[[ "$output" == *other.db* ]]
}

@test "its faults are named with their line" {
	printf 'color: always\ncolour: never\n' > "$config"
	run -9 sheaf status
	[[ "$output" == *"config.yaml:2: unknown key 'colour' (did you mean color?)"* ]]
	printf 'color: sometimes\n' > "$config"
	run -9 sheaf status
	[[ "$output" == *config.yaml:1:* ]]
	printf -- '- a\n- b\n' > "$config"
	run -9 sheaf status
	printf 'color: [unclosed\n' > "$config"
	run -9 sheaf status
	run -9 sheaf --config missing.yaml status
	[[ "$output" == *missing.yaml* ]]
}

@test "one value, and what is no setting" {
	run -0 sheaf config get color
	[ "$output" = auto ]
	run -2 sheaf config get colour
	[[ "$output" == *"did you mean color?"* ]]
	run -2 sheaf config get
	run -2 sheaf config set color never
	run -2 sheaf config
}

@test "what config does not know is told, with what comes nearest" {
	run -2 --separate-stderr sheaf config lits
	[[ "$stderr" == *"unknown 'config lits' (did you mean list?)"* ]]
	run -2 --separate-stderr sheaf config get
	[[ "$stderr" == *"config get takes 1 argument; see sheaf help config"* ]]
	run -2 --separate-stderr sheaf config path more
	[[ "$stderr" == *"config path takes 0 arguments"* ]]
}
