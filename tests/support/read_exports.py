"""Reads what `sheaf export` wrote with parsers that others made, and compares it with the papers.

    read_exports.py bibtexparser|pybtex|bibtool|bibutils|ris|csv|sqlite EXPORT PAPERS

PAPERS has the same papers as `sheaf search --format jsonl` writes them. Ends with 0 where all of them are
there once and whole, else says what is not; with 77 where the parser is not installed.
"""
import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import unicodedata
from urllib.parse import unquote

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
LABELS = {"volume", "vol", "v", "number", "issue", "iss", "no", "nr", "n", "pages", "page", "pp", "pg", "p",
          "article", "art"}
PLAIN = re.compile(r"[^\\{}$%&#_^<>|]*")
CSV_FIELDS = ("id version url title authors abstract categories primary_category submitted updated comments "
              "journal_ref doi license withdrawn").split()


def has_module(name):
    try:
        __import__(name)
    except ImportError:
        sys.exit(77)


def has_program(name):
    if not shutil.which(name):
        sys.exit(77)


def clean(text):
    """As every format but JSON has a text: no characters that steer a terminal, blanks folded."""
    text = re.sub(r"[\r\n\t\x0b\x0c]", " ", text or "")
    text = re.sub(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]", "", text)
    return re.sub(r"\s+", " ", text).strip()


def letters(text):
    """The words alone, for what TeX may have dressed differently."""
    return "".join(c for c in unicodedata.normalize("NFC", text) if c.isalnum())


def is_arxiv(paper):
    return re.fullmatch(r"\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7}", paper["id"]) is not None


class Check:
    def __init__(self, papers):
        self.papers, self.wrong = {p["id"]: p for p in papers}, 0

    def expect(self, paper_id, what, found, expected):
        if found != expected:
            self.wrong += 1
            if self.wrong <= 20:
                print(f"{paper_id}: {what}: {found!r}, expected {expected!r}")

    def ids(self, found):
        self.expect("all", "count", len(found), len(self.papers))
        self.expect("all", "ids", sorted(found), sorted(self.papers))


def entry_id(key):
    """The identifier that a key tells."""
    return re.sub("_(..)", lambda m: chr(int(m[1], 16)), key.split("-", 1)[1].replace(":", "/"))


def check_place(check, paper, fields):
    """Each word of the journal reference stands somewhere in the entry."""
    months = [m.lower() for m in fields.get("month", "").split()]
    told = " ".join(fields.get(n, "") for n in ("journal", "volume", "number", "pages", "howpublished", "year", "note"))
    for word in re.findall(r"[^\W_]+", clean(paper["journal_ref"])):
        # "p1" may be a label and its number.
        bare = re.sub(r"^(pp|p|no|n|vol|v)(?=\d)", "", word.lower())
        if not (letters(word) in letters(told) or word.lower() in LABELS or bare in letters(told) or
                word[:3].lower() in [m[:3] for m in months]):
            check.expect(paper["id"], f"'{word}' of the journal reference in", told, paper["journal_ref"])


def check_entry(check, paper, kind, fields):
    fields = {name.lower(): value for name, value in fields.items()}
    if is_arxiv(paper):
        check.expect(paper["id"], "eprint", fields.get("eprint"), paper["id"])
        check.expect(paper["id"], "archive", fields.get("archiveprefix"), "arXiv")
        check.expect(paper["id"], "class", unquote(fields.get("primaryclass", "")), paper["primary_category"] or "")
    check.expect(paper["id"], "type", kind, "article" if "journal" in fields else "misc")
    if paper["title"] and PLAIN.fullmatch(clean(paper["title"])):
        check.expect(paper["id"], "title", clean(fields.get("title", "").strip("{}")), clean(paper["title"]))
    doi = clean(re.split(r"[ \t\r\n]", (paper["doi"] or "").strip())[0])
    check.expect(paper["id"], "doi", clean(unquote(fields.get("doi", ""))), doi)
    check.expect(paper["id"], "year", bool(re.fullmatch(r"\d{4}|", fields.get("year", ""))), True)
    if paper["submitted"] and "year" not in fields:
        check.expect(paper["id"], "year", None, "a year")
    check_place(check, paper, fields)


def divided(names):
    """Names as BibTeX divides them: at "and" outside braces."""
    depth, found, at = 0, [""], 0
    while at < len(names):
        if depth == 0 and re.match(r"\sand\s", names[at:], re.I):
            found.append("")
            at += 5
            continue
        depth += {"{": 1, "}": -1}.get(names[at], 0)
        found[-1] += names[at]
        at += 1
    return [name for name in found if name]


def read_bibtexparser(path, check):
    has_module("bibtexparser")
    from bibtexparser.bparser import BibTexParser

    parser = BibTexParser(common_strings=True, ignore_nonstandard_types=False)
    with open(path, encoding="utf-8") as file:
        database = parser.parse_file(file)
    check.ids([entry_id(entry["ID"]) for entry in database.entries])
    check.expect("all", "comments", database.comments, [])
    for entry in database.entries:
        paper = check.papers.get(entry_id(entry["ID"]))
        if paper:
            check_entry(check, paper, entry["ENTRYTYPE"], entry)
            check.expect(paper["id"], "authors", len(divided(entry.get("author", ""))), len(paper["authors"]))


def read_pybtex(path, check):
    has_module("pybtex")
    from pybtex.database import parse_file

    database = parse_file(path, bib_format="bibtex")
    check.ids([entry_id(key) for key in database.entries])
    for key, entry in database.entries.items():
        paper = check.papers.get(entry_id(key))
        if paper:
            check_entry(check, paper, entry.type, dict(entry.fields))
            people = entry.persons.get("author", [])
            check.expect(paper["id"], "authors", len(people), len(paper["authors"]))
            for person, name in zip(people, paper["authors"]):
                if PLAIN.fullmatch(clean(name)):
                    check.expect(paper["id"], "author", sorted(letters(str(person))), sorted(letters(clean(name))))


def read_bibtool(path, check):
    """It names keys as it reads them, and says on stderr what it cannot read."""
    has_program("bibtool")
    done = subprocess.run(["bibtool", "-i", os.path.abspath(path)], capture_output=True, text=True, encoding="utf-8",
                          check=True)
    check.expect("all", "complaints", done.stderr, "")
    check.ids([entry_id(key) for key in re.findall(r"^@\w+\{\s*([^,\s]+),", done.stdout, re.M)])


def read_bibutils(path, check):
    has_program("ris2xml")
    from xml.etree import ElementTree

    done = subprocess.run(["ris2xml", "-i", "utf8", "-o", "utf8", path], capture_output=True, check=True)
    ns = {"m": "http://www.loc.gov/mods/v3"}
    found = []
    records = ElementTree.fromstring(done.stdout).findall("m:mods", ns)
    check.expect("all", "count", len(records), len(check.papers))
    for mods in records:
        said = ["".join(e.itertext()) for e in mods.iter()]
        urls = [e.text for e in mods.iterfind("m:location/m:url", ns)]
        number = [url.split("/abs/", 1)[1] for url in urls if "/abs/" in url]
        number = [re.sub(r"v\d+$", "", n) for n in number if n]
        found += number[:1]
        paper = check.papers.get(number[0]) if number else None
        if not paper:
            continue
        title = "".join("".join(e.itertext()) for e in mods.findall("m:titleInfo/*", ns))
        check.expect(paper["id"], "title", letters(title), letters(clean(paper["title"])))
        # It takes people of the same name for one, and has ideas of its own about signs in names.
        if all(re.fullmatch(r"[\w .'-]+", name) for name in paper["authors"]):
            people = {re.sub(r"[\s.]+", " ", name) for name in paper["authors"]}
            check.expect(paper["id"], "authors", len(mods.findall("m:name", ns)), len(people))
        check.expect(paper["id"], "url", paper["url"] in urls, True)
        # It takes nothing for a DOI that has another number of digits.
        if re.match(r"10\.\d{4}/\w+$", paper["doi"] or ""):
            check.expect(paper["id"], "doi", paper["doi"] in said, True)
        if paper["abstract"]:
            check.expect(paper["id"], "abstract", clean(paper["abstract"]) in [clean(t) for t in said], True)
        topics = [e.text for e in mods.iterfind("m:subject/m:topic", ns)]
        check.expect(paper["id"], "categories", topics, [clean(c) for c in paper["categories"]])
    # What is not arXiv's has no address to tell it by.
    check.expect("all", "ids", sorted(found), sorted(p["id"] for p in check.papers.values() if is_arxiv(p)))


def read_ris(path, check):
    """By the form alone: two capitals, two blanks, a hyphen, a blank, a value; each paper from TY to ER."""
    with open(path, encoding="utf-8", newline="") as file:
        records = file.read().split("ER  - \r\n")
    check.expect("all", "end", records.pop(), "")
    found = []
    for record in records:
        tags = {}
        for line in record.split("\r\n")[:-1]:
            match = re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n]+", line)
            check.expect(line, "a line", bool(match), True)
            tags.setdefault(line[:2], []).append(line[6:])
        number = tags["AN"][0].removeprefix("arXiv:")
        found.append(number)
        paper = check.papers.get(number, {})
        check.expect(number, "begins", record[:6], "TY  - ")
        for tag, name in (("TI", "title"), ("AB", "abstract")):
            check.expect(number, tag, clean(" ".join(tags.get(tag, []))), clean(paper[name]))
        check.expect(number, "DO", clean("".join(tags.get("DO", []))), clean(re.split(r"[ \t\r\n]", (paper["doi"] or "").strip())[0]))
        check.expect(number, "AU", len(tags.get("AU", [])), sum(clean(name) != "" for name in paper["authors"]))
        check.expect(number, "KW", tags.get("KW", []), [clean(c) for c in paper["categories"]])
        check.expect(number, "UR", tags.get("UR", []), [paper["url"]] if is_arxiv(paper) else [])
    check.ids(found)


def cell(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "; ".join(clean(part) for part in value)
    return str(value)


def parts(text):
    return [clean(part) for part in text.split(";")]


def check_rows(check, rows):
    check.expect("all", "header", rows[0], CSV_FIELDS)
    check.ids([row[0] for row in rows[1:]])
    for row in rows[1:]:
        check.expect(row[0], "cells", len(row), len(CSV_FIELDS))
        for name, found in zip(CSV_FIELDS, row):
            expected = cell(check.papers.get(row[0], {}).get(name))
            # What a spreadsheet would run has an apostrophe in front.
            check.expect(row[0], name + " runs", bool(re.match("[=+@＝＋－＠-]", found)), False)
            check.expect(row[0], name, parts(re.sub("^'(?='*[=+@＝＋－＠-])", "", found)), parts(expected))


def read_csv(path, check):
    with open(path, encoding="utf-8", newline="") as file:
        text = file.read()
    check.expect("all", "bare line ends", re.search("[^\r]\n|\r[^\n]", text), None)
    check_rows(check, list(csv.reader(text.splitlines(keepends=True), strict=True)))


def read_sqlite(path, check):
    has_program("sqlite3")
    database = path + ".db"
    subprocess.run(["sqlite3", database, f'.import --csv "{path}" papers'], check=True)
    with sqlite3.connect(database) as connection:
        cursor = connection.execute("SELECT * FROM papers")
        names = [column[0] for column in cursor.description]
        check_rows(check, [names] + [list(row) for row in cursor])


READERS = {"bibtexparser": read_bibtexparser, "pybtex": read_pybtex, "bibtool": read_bibtool,
           "bibutils": read_bibutils, "ris": read_ris, "csv": read_csv, "sqlite": read_sqlite}


def main():
    reader, path, papers = sys.argv[1:]
    csv.field_size_limit(1 << 24)
    with open(papers, encoding="utf-8") as file:
        check = Check([json.loads(line) for line in file])
    for paper in check.papers.values():
        paper["authors"] = [name or "" for name in paper["authors"]]
    READERS[reader](path, check)
    print(f"{reader}: {len(check.papers)} papers, {check.wrong} differences")
    return 1 if check.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
