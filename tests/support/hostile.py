"""hostile.py make|FORMAT ...: papers that mean harm, and what parsers of each format make of them.

    hostile.py make FOLDER          writes papers.jsonl and topics.yaml
    hostile.py FORMAT FILE TRUTH    reads FILE as FORMAT and compares it with TRUTH, the papers in JSON Lines

Ends with 1 where a text did not come back, or is something else than a text.
"""

import csv
import io
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

ATOM = "{http://www.w3.org/2005/Atom}"
PAGE = "{http://www.w3.org/1999/xhtml}"

TEXTS = [
    # Markdown
    "[x](javascript:alert(1)) ![i](http://e.example/a.png) [r]: http://e.example [^1] [r][]",
    "```\nfence\n```\n~~~\nfence\n~~~", "# heading", "setext\n======", "setext\n---", "***", "- - -", "* list\n* list",
    "1. list", "2) list", "+ list", "> quote", "    indented code", "`code` ``more`` `open", "**b** __b__ *i* _i_ ~~s~~",
    "| a | b |\n|---|---|\n| c | d |", "a | b\n--- | ---\nc | d", "- [ ] task", "trailing \\", "\\# \\[ \\\\", "a\\\nb",
    "<http://e.example> <javascript:alert(1)> <a@e.example>", "http://e.example/a_b_c www.e.example a@e.example",
    "](http://e.example) [a](http://e.example)", "](javascript:alert(1)", "[", "]", "![", ")", "*", "_", "a*", "_a",
    # HTML and XML
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\" onmouseover=\"alert(1)", "' onmouseover='alert(1)",
    "<svg/onload=alert(1)>", "</title></style></textarea></script><b>", "--> <b> <!--", "<!-- x -->", "<![CDATA[ x ]]>",
    "]]>", "<?php x ?>", "&lt;b&gt; &#60;b&#62; &#x3c;b> &amp;lt; &copy &nbsp;", "</details></article></main>",
    "<base href=//e.example>", "<style>*{}</style>", "{{x}} ${x} <%= x %>", "a &", "&", "<", "&#0; &#xD800;",
    # What steers terminals, and what is no character
    "\x1b[31mred\x1b[0m \x1b[2J", "\x9b31mred", "bell\x07 back\x08\x08 del\x7f", "\x1b]0;title\x07",
    "\x1b]8;;http://e.example\x1b\\link\x1b]8;;\x1b\\", "\u202eover\u202c \u2066in\u2069 \u200fmark\u061c", "\ufeffbom",
    "line\u2028sep\u2029para\u0085next\x0bvt\x0cff", "nul\x00nul", "\x01\x02\x1f", "\ufffe \uffff \ufdd0 \U0001ffff",
    "marks \ue000a\ue001b\ue000", "zalgo e\u0301\u0301\u0301\u0301", "emoji \U0001f634 \u4e2d\u6587",
    # Spreadsheets
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=1", "\uff1d1", "=cmd|' /C calc'!A0", "a,b;\"c\"\td", "\"",
    "\"\"", "a\r\nb,c\r\n=d",
    # BibTeX and RIS
    "100% # 1 & _ ^ ~", "{", "}", "{}{", "}{", "a}, author = {E", "\\input{x} \\write18{x}", "@misc{e, title={e}}", "$",
    "$x", "x\r\nER  - \r\nTY  - JOUR", "TY  - JOUR", "\nTI  - e", "\\", "\\\\\\", "\"}", "@comment{", "\\begin{x}",
    # Messages
    "x\r\nBcc: e@e.example\r\n\r\nbody", "=?utf-8?q?e?= =?x?b?e?=", ".", "x\n.\ny", "From e", "--=_sheaf_digest",
    "--=_sheaf_digest--",
]
LONG = ["x" * 1000000, "word " * 40000, "<" * 50000, "\u4e2d" * 60000]


def control(c):
    n = ord(c)
    return (n < 0x20 or 0x7F <= n < 0xA0 or c in "\u2028\u2029\u061c\u200e\u200f\ufeff" or 0x202A <= n <= 0x202E
            or 0x2066 <= n <= 0x2069 or 0xFDD0 <= n <= 0xFDEF or n & 0xFFFE == 0xFFFE)


def bare(text):
    """The characters that must come back: neither blanks, which fold, nor what no format lets through."""
    return "".join(c for c in text or "" if not c.isspace() and not control(c) and c not in "\ue000\ue001\ufffd")


def record(number, text):
    return {"id": f"2403.{number:05}", "submitter": None, "authors": "Ada Quist", "title": "T " + text, "comments": text,
            "journal-ref": text, "doi": None, "report-no": text, "categories": "cs.NE", "license": None,
            "abstract": text, "versions": [{"version": "v1", "created": "Fri, 1 Mar 2024 10:00:00 GMT"}],
            "update_date": "2024-03-01", "authors_parsed": [[text[:2000], "A", ""], ["Quist", "Ada", ""]]}


def make(folder):
    heading = "H <b>*x*</b>\r\nBcc: e@e.example\x1b[31m \u202e& \"'`|"
    with open(folder + "/papers.jsonl", "wb") as out:
        for number, text in enumerate(TEXTS + LONG, 1):
            paper = record(number, text)
            # The text itself begins the title of every other paper.
            if number % 2 and bare(text):
                paper["title"] = text
            if text in LONG:
                paper.update({"comments": None, "journal-ref": None, "report-no": None})
            out.write(json.dumps(paper).encode() + b"\n")
        out.write(json.dumps(record(90001, "caf@ BAD")).encode().replace(b"@", b"\xe9\xff\xc0\xaf") + b"\n")
    name = "n <b>*x*</b> \"'`| %"
    topics = {"digest": {"name": name, "title": "D " + heading, "intro": heading, "fallback": "F " + heading},
              "profiles": {name: {"heading": heading, "query": "word"}}}
    with open(folder + "/topics.yaml", "w", encoding="utf-8") as out:
        json.dump(topics, out)


def text_of(element):
    return "".join(element.itertext())


def fail(*what):
    print(*what, file=sys.stderr)
    sys.exit(1)


def same(paper, what, expected, got):
    if bare(expected) != bare(got):
        fail(paper, what, "is", repr((got or "")[:300]), "and should be", repr((expected or "")[:300]))


def compare(truth, found):
    """found: id, title, abstract."""
    ids = [paper[0] for paper in found]
    if sorted(ids) != sorted(truth):
        fail("papers are", ids[:20], "and should be", list(truth)[:20])
    for paper, title, abstract in found:
        same(paper, "title", truth[paper]["title"], title)
        same(paper, "abstract", truth[paper]["abstract"], abstract)


def html_tree(text):
    import html5lib
    return html5lib.HTMLParser(strict=True).parse(text)


def id_of(address):
    return re.fullmatch(r"https?://arxiv\.org/abs/(\d{4}\.\d{5})(v\d+)?", address).group(1)


def read_html(text):
    known = set("html head meta title style body header h1 p time nav ul li a span main section h2 article h3 details "
                "summary".split())
    for element in html_tree(text).iter():
        if element.tag.replace(PAGE, "") not in known:
            fail("an element", element.tag)
        if set(element.keys()) - {"lang", "charset", "name", "content", "http-equiv", "class", "id", "href", "datetime",
                                  "aria-label"}:
            fail("attributes", element.attrib)
        if element.tag == PAGE + "article":
            folds = [text_of(e) for e in element.findall(f"{PAGE}details/{PAGE}p")]
            title = element.find(f"{PAGE}h3/{PAGE}a")
            yield id_of(title.get("href")), text_of(title), folds[0] if folds else ""


def read_markdown(text):
    page = subprocess.run(["cmark-gfm", "--unsafe", "-e", "table", "-e", "strikethrough", "-e", "autolink", "-e",
                           "tasklist"], input=text.encode(), stdout=subprocess.PIPE, check=True).stdout.decode()
    found, where = [], None
    for element in html_tree("<!DOCTYPE html><title>x</title>" + page).iter():
        tag = element.tag.replace(PAGE, "")
        if tag not in "html head title body h1 h2 h3 p a em strong blockquote hr b".split():
            fail("an element", tag, text_of(element)[:200])
        if tag == "a" and not element.get("href").startswith(("http://", "https://", "mailto:")):
            fail("a link to", element.get("href"))
        if tag == "h3":
            links = element.findall(PAGE + "a")
            if len(links) != 1 or text_of(links[0]) != text_of(element):
                fail("a heading that is not one link:", text_of(element)[:200])
            found.append([id_of(links[0].get("href")), text_of(element), ""])
        if tag == "blockquote":
            found[-1][2] = text_of(element)
    # Within what looks like an address, GitHub's Markdown takes no backslash for an escape.
    return [(paper, title, abstract.replace("\\", "")) for paper, title, abstract in found]


def read_atom(text):
    for entry in xml.fromstring(text.encode()).iter(ATOM + "entry"):
        yield (id_of(entry.findtext(ATOM + "id")), entry.findtext(ATOM + "title"), entry.findtext(ATOM + "summary"))


def read_jsonfeed(text):
    return [(id_of(item["id"]), item["title"], item["content_text"]) for item in json.loads(text)["items"]]


def read_json(text):
    return [(p["id"], p["title"], p["abstract"]) for s in json.loads(text)["sections"] for p in s["papers"]]


def read_jsonl(text):
    return [(p["id"], p["title"], p["abstract"]) for p in map(json.loads, text.split("\n")[:-1])]


def read_csv(text):
    csv.field_size_limit(1 << 24)
    for row in csv.DictReader(io.StringIO(text, newline=""), strict=True):
        for value in row.values():
            if value[:1] and value[0] in "=+-@\t\r\uff1d\uff0b\uff0d\uff20":
                fail("a formula", value[:200])
        yield tuple(re.sub("^'(?='*[=+@\uff1d\uff0b\uff0d\uff20-])", "", row[key]) for key in ("id", "title", "abstract"))


def read_tsv(text):
    for line in text.split("\n")[:-1]:
        cells = line.split("\t")
        if len(cells) != 7:
            fail("cells", len(cells), line[:200])
        yield cells[0], cells[4], None


def read_ris(text):
    for entry in text.split("ER  - \r\n")[:-1]:
        lines = [line for line in entry.split("\r\n") if line]
        if any(not re.match("[A-Z][A-Z0-9]  - ", line) for line in lines):
            fail("lines", lines[:5])
        fields = {line[:2]: line[6:] for line in lines}
        if [line[:2] for line in lines].count("TY") != 1 or lines[0][:2] != "TY":
            fail("a record", lines[:3])
        yield fields["AN"].replace("arXiv:", ""), fields["TI"], fields.get("AB", "")


def read_bibtex(text):
    import bibtexparser
    base = bibtexparser.loads(text, bibtexparser.bparser.BibTexParser(ignore_nonstandard_types=False))
    known = {"title", "author", "journal", "year", "doi", "eprint", "archiveprefix", "primaryclass", "url", "note", "ID",
             "ENTRYTYPE", "month", "howpublished"}
    if base.comments or base.preambles or text.count("\n@") + 1 != len(base.entries):
        fail("more than entries", base.comments[:1], base.preambles[:1], len(base.entries), text.count("\n@") + 1)
    if len(base.entries_dict) != len(base.entries):
        fail("keys that repeat")
    for entry in base.entries:
        if set(entry) - known:
            fail("fields", set(entry) - known)
        yield entry["eprint"], None, None


def read_text(text, truth):
    """Not made to be read by a program: each paper's texts are there, in lines of 80 columns where words allow."""
    for line in text.split("\n"):
        if len(line) > 80 and len(line.split()) > 1 and not line.startswith("  * "):
            fail("a line that is not wrapped", line[:200])
    whole = bare(text)
    for paper in truth.values():
        for what in ("title", "abstract"):
            if bare(paper[what]) not in whole:
                fail(paper["id"], what, "is not there")


READERS = {"html": read_html, "markdown": read_markdown, "atom": read_atom, "jsonfeed": read_jsonfeed, "json": read_json,
           "jsonl": read_jsonl, "csv": read_csv, "tsv": read_tsv, "ris": read_ris, "bibtex": read_bibtex}


def main(what, path, truth_path=None):
    if what == "make":
        return make(path)
    with open(path, "rb") as source:
        text = source.read().decode("utf-8", "strict")
    with open(truth_path, encoding="utf-8", newline="\n") as source:
        truth = {paper["id"]: paper for paper in map(json.loads, source.read().split("\n")[:-1])}
    wrong = [c for c in set(text) if control(c) and c != "\n" and not (c == "\r" and what in ("csv", "ris"))
             and not (c == "\t" and what == "tsv")]
    if wrong:
        fail("characters", wrong)
    if what == "text":
        return read_text(text, truth)
    found = [list(paper) for paper in READERS[what](text)]
    for paper in found:
        # What a format has no place for is not compared.
        for index, key in ((1, "title"), (2, "abstract")):
            if paper[index] is None and (index == 2 or what == "bibtex"):
                paper[index] = truth.get(paper[0], {}).get(key)
    if what == "markdown":
        truth = {key: {**paper, "abstract": paper["abstract"].replace("\\", "")} for key, paper in truth.items()}
    compare(truth, found)
    return None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
