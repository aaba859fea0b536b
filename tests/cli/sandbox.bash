# What the tests of the command share: a home of their own, and small files of papers.

bats_require_minimum_version 1.5.0
load ../support/needs

# A home and a working folder below $1 that no other test sees.
sandbox() {
	export HOME="$1/home" SHEAF_DB="$1/papers.db" TERM=dumb
	unset XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_HOME NO_COLOR CLICOLOR_FORCE
	mkdir -p "$HOME"
	cd "$1" || return 1
}

sheaf() {
	"$SHEAF" "$@"
}

# One record in the schema of the Kaggle snapshot: id, title, abstract, categories, day of January 2024.
# Title and abstract are the inside of JSON strings.
paper() {
	printf '{"id":"%s","submitter":null,"authors":"Ada Quist, Bo Ferrandi","title":"%s","comments":null,' "$1" "$2"
	printf '"journal-ref":null,"doi":null,"report-no":null,"categories":"%s","license":null,' "${4:-cs.NE}"
	printf '"abstract":"  %s\\n","versions":[{"version":"v1","created":"Fri, %d Jan 2024 10:00:00 GMT"}],' "$3" "${5:-5}"
	printf '"update_date":"2024-01-%02d","authors_parsed":[["Quist","Ada",""],["Ferrandi","Bo",""]]}\n' "${5:-5}"
}

# A dozen papers that tell spellings apart.
papers() {
	paper 2401.00001 'A network that sees' 'One network looks at lamps.' 'cs.NE cs.CV' 1
	paper 2401.00002 'Many networks at once' 'Networks talk to networks.' 'cs.NE' 2
	paper 2401.00003 'A computational view' 'We compute with marbles.' 'cs.CC' 3
	paper 2401.00004 'On the Schr\\\"odinger equation' 'Waves of marbles.' 'quant-ph' 4
	paper 2401.00005 'Non-invasive sensing' 'Lamps near the skin.' 'q-bio.NC cs.AI' 5
	paper 2401.00006 'Noninvasive imaging' 'Lamps far from the skin.' 'q-bio.NC' 6
	paper 2401.00007 'Line breaks' 'The phrase goes over the quiet\n  river bank here.' 'cs.CL' 7
	paper 2401.00008 'Gr\u00fc\u00dfe in a title' 'With 中文 in it.' 'cs.CL' 8
}

# The same with text that means harm to terminals and files of lines.
hostile_papers() {
	paper 2402.00001 'Red \u001b[31malert\u0007 lamp' 'A\u001b]0;owned\u0007bell\u009b2J and \u202eright\u2028to left.'
	paper 2402.00002 'Tab\there\nlamp <b>bold</b> [x](javascript:y) `tick`' 'Two\r\nlines\u0085of\u0000text, lamp.'
}

# Fails where a file has bytes or characters that steer a terminal; tabs pass where `$2` says so.
no_controls() {
	local allowed='\n' copy="$BATS_TEST_TMPDIR/looked-at"
	cat "$1" > "$copy"
	[ "${2:-}" = tabs ] && allowed='\n\t'
	if LC_ALL=C grep -nP "[^\\x20-\\x7e\\x80-\\xff$allowed]" "$copy" || grep -nP '[\x{80}-\x{9f}\x{202a}-\x{202e}\x{2028}]' "$copy"; then
		return 1
	fi
}

# Waits up to ten seconds for a command to succeed.
eventually() {
	local tries=200
	until "$@"; do
		[ $((tries -= 1)) -gt 0 ] || return 1
		sleep 0.05
	done
}
