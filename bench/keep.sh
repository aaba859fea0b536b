# shellcheck shell=bash
# Results that outlive a run, in the folder of --keep, and what a step took. Sourced by run.sh; uses its variables.
# shellcheck disable=SC2154

taken_over=0

# Figures of two machines do not belong in one table.
claim_work() {
	local machine

	machine="$(processor), $(nproc) cores"
	if [[ -s $work/machine && $(<"$work/machine") != "$machine" ]]; then
		fail "$work has results of another machine ($(<"$work/machine")); give --keep another folder"
	fi
	printf '%s\n' "$machine" >"$work/machine"
	printf 'papers\tsource\tstep\tseconds\tmeasured\ttaken_over\n' >"$results/steps.tsv"
}

# stamp FILE...: what tells whether a result is still that of these files.
stamp() {
	cat "$@" | cksum | tr ' ' '-'
}

# When a result was measured.
measured_at() {
	date -u -r "$1" +%FT%H:%MZ
}

# note_step OUT SECONDS TAKEN
note_step() {
	printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$size" "$source" "$(basename "$1")" "$2" "$(measured_at "$1")" "$3" \
		>>"$results/steps.tsv"
}

# kept OUT KEY: OUT is there from an earlier run and was made under the same key (first line of OUT.key; its
# second has the seconds it took).
kept() {
	[[ -s $1 && -s $1.key && $(head -n 1 "$1.key") == "$2" ]]
}

# record OUT KEY COMMAND...: what the command prints, in OUT, unless that is kept.
record() {
	local out=$1 key=$2 begin=$SECONDS

	shift 2
	if kept "$out" "$key"; then
		note_step "$out" "$(sed -n 2p "$out.key")" yes
		taken_over=$((taken_over + 1))
		echo "  $(basename "$out"): taken over, of $(measured_at "$out")" >&2
		return
	fi
	rm -f "$out" "$out.key"
	"$@" >"$out.part"
	printf '%s\n%s\n' "$key" $((SECONDS - begin)) >"$out.key"
	mv "$out.part" "$out"
	note_step "$out" $((SECONDS - begin)) no
	echo "  $(basename "$out"): $((SECONDS - begin)) s" >&2
}

# An index that was put into the folder by hand, with the line that its import printed, but without a key.
adopt() {
	if [[ -s $1 && ! -e $1.key ]]; then
		printf '%s\n-\n' "$2" >"$1.key"
	fi
}
