#!/usr/bin/env bats
# Recorded answers of arXiv's interfaces, read a second time by xmllint's XPath: every paper of every
# file, field by field.

load sandbox

# What a file of the index holds, by its elements: the kind of its papers, or nothing.
kind() {
	if grep -q '<entry[ >]' "$1" && ! grep -q 'arxiv.org/api/errors' "$1"; then
		echo atom
	elif grep -q '<rdf:RDF' "$1"; then
		echo rdf
	elif grep -q '</item>' "$1"; then
		echo rss
	elif grep -q '<oai_dc:dc' "$1"; then
		echo dc
	elif grep -q '<record>' "$1" && grep -q '<\(arXiv\|arXivRaw\|arXivOld\)[ >]' "$1"; then
		echo oai
	fi
}

setup() {
	wire="$SHEAF_SHARED_DATA/wire"
	[ -f "$wire/INDEX.md" ] || skip "no recorded answers in ${SHEAF_SHARED_DATA:-SHEAF_SHARED_DATA, which is not set}"
	needs xmllint jq
	sandbox "$BATS_TEST_TMPDIR"
}

# The files of a kind, with the number of papers that the index states.
files_of() {
	awk -F ' *[|] *' '$5 ~ /^[0-9]+$/ { print $2, $5 }' "$wire/INDEX.md" | while read -r name n; do
		[ "$(kind "$wire/$name")" != "$1" ] || echo "$name $n"
	done
}

# Prints an XML file without what may stand before it; some were kept with their HTTP header.
xml() {
	sed -n '/</,$p' "$1"
}

# Where the papers of an XML file are; @ is the number of one.
paths() {
	case $(xmllint --huge --xpath 'concat(local-name(/*),"/",local-name(/*/*[3]))' "$1") in
	OAI-PMH/ListRecords | OAI-PMH/GetRecord) echo '/*/*[3]/*[@]' ;;
	record/*) echo '/*[@]' ;;
	*) echo "(//*[local-name()=\"$2\"])[@]" ;;
	esac
}

# read_all FILE N ELEMENT TEMPLATE: a line a paper, with what the template's XPath finds. In it, {name} is a
# child of that local name, $P the paper. Many papers are one expression, as long as an argument may be.
read_all() {
	local i path every= template
	template=$(sed -E 's/\{([^}]*)\}/\/*[local-name()="\1"]/g' <<< "$4" | tr -d '\n\t')
	xml "$1" > read.xml
	path=$(paths read.xml "$3")
	for ((i = 1; i <= $2; i++)); do
		every+="${template//\$P/${path/@/$i}},'"$'\n'"',"
		if [ "${#every}" -gt 100000 ] || [ "$i" -eq "$2" ]; then
			xmllint --huge --xpath "concat($every'')" read.xml | sed '/^$/d'
			every=
		fi
	done
}

# Makes one blank of several, and none beside a bar.
fold_blanks() {
	sed -E 's/[ \t\r]+/ /g; s/ ?[|] ?/|/g; s/^ //; s/ $//'
}

# compare KIND ELEMENT TEMPLATE FILTER: jq's FILTER makes of each exported paper what TEMPLATE makes of its XML.
compare() {
	local files=0
	while read -r name n; do
		echo "$name: $n"
		rm -f "$SHEAF_DB"*
		sheaf import "$wire/$name" > told
		grep -q "^added $n, updated 0, unchanged 0, rejected 0, " told
		sheaf export | jq -r "def flat: (. // \"\") | split(\"\n\") | join(\" \"); $4 | map(tostring) | join(\"|\")" |
			fold_blanks > found
		# Days of the month have one digit or two.
		read_all "$wire/$name" "$n" "$2" "$3" | sed -E 's/\|([A-Z][a-z]{2}, )0([0-9] )/|\1\2/' | fold_blanks > expected
		[ "$(wc -l < expected)" -eq "$n" ]
		diff expected found
		files=$((files + 1))
	done < <(files_of "$1")
	[ "$files" -gt 0 ]
}

@test "OAI-PMH: arXiv and arXivRaw" {
	# A class that the server of 2025 repeats is not that of the paper.
	compare oai record '
		substring-after($P{header}{identifier},":arXiv.org:"),"|",
		normalize-space($P{header}{datestamp}),"|",
		normalize-space($P{metadata}/*{title}),"|",
		normalize-space($P{metadata}/*{abstract}),"|",
		normalize-space($P{metadata}/*{comments}),"|",
		normalize-space($P{metadata}/*{journal-ref}),"|",
		normalize-space($P{metadata}/*{report-no}),"|",
		normalize-space($P{metadata}/*{doi}),"|",
		normalize-space($P{metadata}/*{msc-class}),"|",
		normalize-space($P{metadata}/*{acm-class}[.!="None"][not(.=../*[local-name()="msc-class"])]),"|",
		normalize-space($P{metadata}/*{license}),"|",
		normalize-space($P{metadata}/*{submitter}),"|",
		normalize-space($P{metadata}/*{proxy}),"|",
		normalize-space($P{metadata}/*{categories}),"|",
		count($P{metadata}/*{version}),"|",
		normalize-space($P{metadata}/*{version}[@version=concat("v",count(../*[local-name()="version"]))]{date}),"|",
		normalize-space($P{metadata}/*{version}[@version=concat("v",count(../*[local-name()="version"]))]{size}),"|",
		normalize-space($P{metadata}/*{version}[@version=concat("v",count(../*[local-name()="version"]))]{source_type}),"|",
		count($P{metadata}/*{authors}{author}),"|",
		normalize-space(concat($P{metadata}/*{authors}{author}[1]{forenames}," ",
			$P{metadata}/*{authors}{author}[1]{keyname}," ",$P{metadata}/*{authors}{author}[1]{keyname}[2]," ",
			$P{metadata}/*{authors}{author}[1]{suffix})),"|",
		normalize-space($P{metadata}/*{authors}{author}[last()]{keyname})' '
		[.id, (.update_date | flat), (.title | flat), (.abstract | flat), (.comments | flat), (."journal-ref" | flat),
		 (."report-no" | flat), (.doi | flat), (.sheaf.msc_class | flat), (.sheaf.acm_class | flat), (.license | flat),
		 (.submitter | flat), (.sheaf.proxy | flat), (.categories | flat), (.versions | length),
		 (.versions[-1].created | flat), (.versions[-1].version as $v | (.sheaf.versions // [])[] | select("v\(.version)" == $v) | .size | flat) // "",
		 ((.versions[-1].version as $v | (.sheaf.versions // [])[] | select("v\(.version)" == $v) | .source_type | flat) // ""),
		 (.authors_parsed // [] | length), (.authors_parsed // [] | .[0] // ["","",""] | "\(.[1]) \(.[0]) \(.[2])" | flat),
		 (.authors_parsed // [] | .[-1] // [""] | .[0] | flat)]'
}

@test "Atom: the API's answers" {
	# Hours are left out: those of 2007 are the east coast's.
	compare atom entry '
		substring-before(concat(substring-after($P{id},"/abs/"),"v"),"v"),"|",
		normalize-space($P{title}),"|",
		normalize-space($P{summary}),"|",
		normalize-space($P{comment}),"|",
		normalize-space($P{journal_ref}),"|",
		normalize-space($P{doi}),"|",
		normalize-space($P{primary_category}/@term),"|",
		substring($P{published},1,10),substring($P{published},14,6),"|",
		substring($P{updated},1,10),substring($P{updated},14,6),"|",
		count($P{author}),"|",
		normalize-space($P{author}[1]{name})' '
		[.id, (.title | flat), (.abstract | flat), (.comments | flat), (."journal-ref" | flat), (.doi | flat),
		 (.categories | split(" ")[0]), (.sheaf | .submitted, .updated | .[:10] + .[13:19]),
		 (.sheaf.authors // (.authors | gsub(" [(][^()]*[)]"; "") | split(", ")) | length),
		 ((.sheaf.authors // [])[0].name // (.authors | split(", ")[0] | split(" (")[0]) | flat)]'
}

@test "RSS: announcements since 2024" {
	compare rss item '
		substring-before(concat(substring-after($P{guid},":arXiv.org:"),"v"),"v"),"|",
		substring-after(substring-after($P{guid},":arXiv.org:"),"v"),"|",
		normalize-space($P{title}),"|",
		normalize-space(substring-after($P{description},"Abstract:")),"|",
		normalize-space($P{journal_reference}),"|",
		normalize-space($P{DOI}),"|",
		normalize-space($P{rights}),"|",
		normalize-space(concat($P{category}[1]," ",$P{category}[2]," ",$P{category}[3]," ",$P{category}[4]," ",
			$P{category}[5]," ",$P{category}[6]," ",$P{category}[7])),"|",
		normalize-space($P{creator})' '
		[.id, .sheaf.version, (.title | flat), (.abstract | flat), (."journal-ref" | flat), (.doi | flat), (.license | flat),
		 (.categories | flat), (.authors | flat)]'
}

@test "RDF: announcements of before 2024" {
	compare rdf item '
		substring-after($P{link},"/abs/"),"|",
		substring-before(substring-after(substring-after($P{title},"(arXiv:"),"v")," "),"|",
		substring-before($P{title},". (arXiv:"),"|",
		substring-before(substring-after($P{title}," ["),"]"),"|",
		substring-before(substring-after($P{creator},">"),"<"),"|",
		string-length($P{creator})-string-length(translate($P{creator},",",""))+1' '
		[.id, .sheaf.version, (.title | flat), .categories, (.authors | split(" (")[0] | split(", ")[0]), (.authors | split(", ") | length)]'
}

@test "OAI-PMH: oai_dc" {
	compare dc record '
		substring-after($P{header}{identifier},":arXiv.org:"),"|",
		normalize-space($P{header}{datestamp}),"|",
		normalize-space($P{metadata}/*{title}),"|",
		normalize-space($P{metadata}/*{description}[1]),"|",
		normalize-space(concat(substring-after($P{metadata}/*{description}[2],"Comment:"),
			$P{metadata}/*{description}[2][not(starts-with(.,"Comment:"))])),"|",
		normalize-space(substring-after($P{metadata}/*{identifier}[starts-with(.,"doi:")],"doi:")),"|",
		normalize-space($P{metadata}/*{identifier}[not(starts-with(.,"doi:")) and not(starts-with(.,"http"))]),"|",
		normalize-space($P{metadata}/*{date}[1]),"|",
		normalize-space($P{metadata}/*{date}[last()]),"|",
		count($P{metadata}/*{creator}),"|",
		normalize-space($P{metadata}/*{creator}[1])' '
		[.id, (.update_date | flat), (.title | flat), (.abstract | flat), (.comments | flat), (.doi | flat), (."journal-ref" | flat),
		 .sheaf.submitted[:10], .sheaf.updated[:10], (.authors_parsed | length),
		 (.authors_parsed[0] | map(select(. != "")) | join(", "))]'
}

@test "every file that has papers is of one of these kinds" {
	awk -F ' *[|] *' '$5 ~ /^[1-9][0-9]*$/ { print $2 }' "$wire/INDEX.md" | while read -r name; do
		[ -n "$(kind "$wire/$name")" ] || echo "$name"
	done > others
	# Lists of headers and of sets; an error told as an entry; a feed that is cut inside its only item.
	[ -z "$(grep -vE 'listidentifiers|listsets|id_abc|truncated' others)" ]
	[ -s others ]
}
