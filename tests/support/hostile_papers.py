"""Papers that mean harm to files of references and tables, one JSON object a line: hostile_papers.py [COUNT]

The schema is that of the Kaggle snapshot; every text is drawn from the pieces below, the same each time.
"""
import json
import random
import sys

PIECES = ["lamp", "Oil", "and", "AND", " and ", "others", "{", "}", "\\{", "\\}", "{}", "$", "$x_1^2$", "\\$", "%", "\\%", "&",
          "#", "_", "^", "^^5c", "~", "\\", "\\\\", "\\'", "\\\"o", "{\\'e}", "\\alpha", "\\input{x}", "\\end{y}", "\"", "'",
          "''", "`", ",", ";", ":", "=", "@", "@misc{z,", "}\n\n@article{z,", "+1", "-2", "=1+2", "\t", "\n", "\r\n",
          "ER  - ", "TY  - JOUR", "\u001b[31m", "\u0007", "\u009b", "\u202e", "\u2028", "\u00a0", "\u00e9", "\u795e\u7ecf", "\ud83d\ude42",
          "<b>", "</title>", "&amp;", "--", "\u2013", "vol. 3", "(2007)", "pp. 5-7", "Phys. Rev. Q 76, 2013", ";", "*", "\uff1d1"]
LEADS = ["", "", "", "=", "+", "-", "@", "'=", "''-", "\uff0b", "\t=", " @"]
LOCAL = ["Lamp_1", "lamp_1", "LAMP_1", "lamp_5F1", "a/b", "a:b", "a+b", "and", "anon-2601.00001"]


def text(dice, most):
    return dice.choice(LEADS) + "".join(
        dice.choice(PIECES) + dice.choice(["", " "]) for _ in range(dice.randrange(most)))


def names(dice):
    def part():
        return text(dice, 4)
    return [[part(), part(), dice.choice(["", "Jr", part()])] for _ in range(dice.randrange(5))]


def identifier(dice, number):
    if number < len(LOCAL):
        return LOCAL[number]
    return f"2601.{number:05d}" if number % 5 else f"hep-th/9901{number % 1000:03d}"


def record(dice, number):
    return {"id": identifier(dice, number), "submitter": None, "authors": text(dice, 8), "title": text(dice, 10) or None,
            "comments": text(dice, 6), "journal-ref": dice.choice([None, text(dice, 7), "J. Oil 3, " + text(dice, 3)]),
            "doi": dice.choice([None, "10.1234/" + text(dice, 3), text(dice, 3)]), "report-no": None,
            "categories": dice.choice(["cs.NE", "cs.NE math.AG", None]), "license": None, "abstract": text(dice, 20),
            "versions": [], "update_date": dice.choice([None, "2026-01-05"]),
            "authors_parsed": dice.choice([None, names(dice)])}


def main():
    dice = random.Random(6)
    for number in range(int(sys.argv[1]) if len(sys.argv) > 1 else 400):
        print(json.dumps(record(dice, number)))


if __name__ == "__main__":
    main()
