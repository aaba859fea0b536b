#!/usr/bin/env bats
# The manual, the help pages and the tables say the same.

load sandbox

setup() {
	sandbox "$BATS_TEST_TMPDIR"
	manual="$SHEAF_SOURCE/docs/sheaf.1.scd"
}

commands() {
	sheaf help | sed -n '/^commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'
}

# The options that a help page lists, with their dashes.
options_of() {
	sed -nE 's/^  (-([a-zA-Z]), |    )--([a-z-]+).*/\2 --\3/p' | sed -E 's/^([a-zA-Z]) /-\1 /; s/^ //' | tr ' ' '\n'
}

# The part of the manual below a heading.
section() {
	awk -v want="$1" '/^#+ /{ on = $0 == want; if (on) next } on' "$manual"
}

@test "every command has its section, and every section its command" {
	[ "$(commands | wc -l)" -ge 15 ]
	for command in $(commands); do
		grep -qx "## $command" "$manual"
	done
	for command in $(sed -n 's/^## //p' "$manual"); do
		commands | grep -qx "$command"
	done
}

@test "every option of a command is in its section, and no other" {
	sheaf help | sed -n '/^global options:/,$p' | options_of | sort > global
	[ "$(wc -l < global)" -ge 8 ]
	for command in $(commands); do
		sheaf help "$command" | sed '/^global options:/,$d' | options_of | sort > in_help
		section "## $command" | grep -oE '\*-[a-z-]+[a-z]\*|\*-[a-z]\*' | tr -d '*' | sort -u > in_manual
		comm -23 in_help in_manual > missing
		comm -13 in_help in_manual | comm -23 - global > surplus
		[ ! -s missing ] || { echo "$command: not in the manual: $(cat missing)"; false; }
		grep -vxE -- '--batch|--sort|--format|--json|--since' surplus > wrong || true
		[ ! -s wrong ] || { echo "$command: not in help: $(cat wrong)"; false; }
	done
}

@test "the global options are in their section" {
	sheaf help | sed -n '/^global options:/,$p' | options_of | sort > in_help
	section '# GLOBAL OPTIONS' | grep -oE '\*-[a-z-]*\*' | tr -d '*' | sort -u > in_manual
	[ -z "$(comm -23 in_help in_manual)" ]
}

@test "every exit code is documented, and no other" {
	sheaf help | sed -n '/^exit codes:/,$s/^ *\([0-9][0-9]*\)  .*/\1/p' > in_help
	section '# EXIT STATUS' | sed -n 's/^\*\([0-9]*\)\*$/\1/p' > in_manual
	diff in_help in_manual
	[ "$(wc -l < in_help)" -eq 11 ]
}

@test "the values that an option knows are in the manual" {
	while read -r command option; do
		run -2 sheaf "$command" "--$option" zzzzzzzzzzzz
		known=${output##*(known: }
		for value in $(tr -d ',)' <<< "$known"); do
			section "## $command" | grep -q "\\*$value\\*" || { echo "$command --$option $value"; false; }
		done
	done <<- 'X'
		search format
		search sort
		search match
		show format
		similar format
		search syntax
		search facet
		status format
		digest format
		export format
		import from
		harvest source
		harvest metadata-prefix
		init stem-strategy
	X
}

@test "no line of help is wider than a terminal of 100 columns" {
	for command in $(commands); do
		sheaf help "$command" > page
		[ "$(wc -L < page)" -le 100 ] || { cat page; false; }
	done
	sheaf help > page
	[ "$(wc -L < page)" -le 100 ]
}

@test "the manual pages are well formed" {
	needs scdoc
	for page in "$SHEAF_SOURCE"/docs/*.scd; do
		scdoc < "$page" > page
		[ -s page ]
	done
}
