"""read_message.py FILE FOLDER: reads a message as a mail program does.

Prints its header, decoded, and writes each part's decoded bytes to FOLDER/part.TYPE. Ends with 1 where the message or a
part has a defect, or where it is not an alternative of text and page.
"""

import email
import email.policy
import pathlib
import sys


def main(path, folder):
    with open(path, "rb") as source:
        message = email.message_from_binary_file(source, policy=email.policy.default)
    faults = list(message.defects)
    for name, value in message.items():
        faults.extend(value.defects)
        print(f"{name}: {value}")
    kinds = [part.get_content_type() for part in message.walk()]
    if kinds != ["multipart/alternative", "text/plain", "text/html"]:
        faults.append(f"parts {kinds}")
    for part in message.iter_parts():
        faults.extend(part.defects)
        if part.get_content_charset() != "utf-8":
            faults.append(f"charset {part.get_content_charset()}")
        name = "part." + part.get_content_type().replace("/", "_")
        pathlib.Path(folder, name).write_bytes(part.get_payload(decode=True))
    for fault in faults:
        print(repr(fault), file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
