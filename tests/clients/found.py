"""What a client found in an export, told to the Rust side, which knows what the project holds.

Each script takes the folder of the export as its argument, prints what it counted, and writes `found.json` there:
a list of documents with their `text`, their `spans` as [label, text] and their `links` as [type, text, text]; what a
format does not have is left out.
"""

import json
import pathlib
import sys

FOLDER = pathlib.Path(sys.argv[1])


def tell(client, documents):
    """Prints the counts and writes what was found."""
    counts = {"documents": len(documents)}
    for key in ("spans", "links"):
        if any(key in one for one in documents):
            counts[key] = sum(len(one.get(key, ())) for one in documents)
    print(f"{client}: " + ", ".join(f"{count} {name}" for name, count in counts.items()))
    (FOLDER / "found.json").write_text(json.dumps(documents), encoding="utf-8")


def utf16(text):
    """A slice of a text by UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    return lambda start, end: units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")
