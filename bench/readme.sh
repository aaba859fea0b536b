#!/usr/bin/env bash
# Puts the report on the tables of a run (report.awk) into a file, between the lines
# "<!-- bench: begin -->" and "<!-- bench: end -->", or prints it.
#
#   bench/readme.sh [--results FOLDER] [FILE]
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
results=$here/results
if [[ ${1:-} == --results && $# -gt 1 ]]; then
	results=$2
	shift 2
fi
if (($# > 1)) || [[ ${1:-} == -* ]]; then
	echo "usage: readme.sh [--results FOLDER] [FILE]" >&2
	exit 2
fi

# shellcheck source=bench/report.sh
. "$here/report.sh"

if (($# == 0)); then
	write_report
	exit
fi
begin='<!-- bench: begin -->' end='<!-- bench: end -->'
if [[ $(grep -cxF -e "$begin" "$1") != 1 || $(grep -cxF -e "$end" "$1") != 1 ]]; then
	echo "readme.sh: $1 has not one line '$begin' and one '$end'" >&2
	exit 2
fi
made=$(mktemp)
trap 'rm -f "$made"' EXIT
{
	sed "/^$begin\$/q" "$1"
	echo
	write_report
	echo
	sed -n "/^$end\$/,\$p" "$1"
} >"$made"
cat "$made" >"$1"
