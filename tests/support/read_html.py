"""read_html.py FILE...: reads pages as HTML5 forgives nothing, and prints their headings.

Ends with 1 where a page is not valid to html5lib in its strict mode, has an id twice, a link to a place that is not on
it, an element that would run or fetch something, or no title.
"""

import sys

import html5lib

SPACE = "{http://www.w3.org/1999/xhtml}"
NEVER = ("script", "img", "iframe", "object", "embed", "form", "base", "video", "audio", "svg", "math")


def text_of(element):
    return "".join(element.itertext())


def faults_of(tree):
    elements = [e for e in tree.iter() if isinstance(e.tag, str)]
    ids = [e.get("id") for e in elements if e.get("id") is not None]
    titles = [text_of(e) for e in elements if e.tag == SPACE + "title"]
    if len(ids) != len(set(ids)):
        yield "an id twice"
    if len(titles) != 1 or not titles[0].strip():
        yield "no title"
    for element in elements:
        if element.tag.replace(SPACE, "") in NEVER:
            yield "an element " + element.tag
        for name, value in element.items():
            if name.startswith("on") or name in ("style", "src", "srcset"):
                yield "an attribute " + name
            if name == "href" and value.startswith("#"):
                if value != "#top" and value[1:] not in ids:
                    yield "a link to nowhere: " + value
            elif name == "href" and not value.startswith(("https://", "http://")):
                yield "a link to " + value


def main(paths):
    code = 0
    for path in paths:
        with open(path, encoding="utf-8", newline="") as page:
            text = page.read()
        print("page", path)
        try:
            tree = html5lib.HTMLParser(strict=True).parse(text)
        except html5lib.html5parser.ParseError as error:
            print(path, error, file=sys.stderr)
            code = 1
            continue
        for fault in faults_of(tree):
            print(path, fault, file=sys.stderr)
            code = 1
        for element in tree.iter():
            if element.tag in (SPACE + "h1", SPACE + "h2", SPACE + "h3"):
                print(element.tag.replace(SPACE, ""), text_of(element))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
