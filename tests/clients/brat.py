"""Verifies brat standoff as brat does: each line is one of its kinds, every reference leads somewhere, and every span's
text stands at its code points, where a line break in it is a blank."""

import re

from found import FOLDER, tell

KINDS = {
    "T": re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t(.*)"),
    "R": re.compile(r"(R\d+)\t(\S+) (\S+):(T\d+|E\d+) (\S+):(T\d+|E\d+)"),
    "A": re.compile(r"(A\d+)\t(\S+) ([TRE]\d+)(?: (.+))?"),
    "N": re.compile(r"(N\d+)\tReference (T\d+) (\S+?):(\S+)\t(.*)"),
    "#": re.compile(r"(#\d+)\tAnnotatorNotes ([TREA]\d+)\t(.*)"),
}

documents = []
for path in sorted(FOLDER.glob("*.txt")):
    text = path.read_bytes().decode("utf-8")
    blank = "".join(" " if ord(one) < 32 or 127 <= ord(one) < 160 or one in "\u2028\u2029" else one for one in text)
    lines = path.with_suffix(".ann").read_bytes().decode("utf-8").split("\n")
    assert lines.pop() == "", path
    assert not any("\r" in line for line in lines), path
    records = [KINDS[line[0]].fullmatch(line) for line in lines]
    assert all(records), [line for line, record in zip(lines, records) if not record]
    ids = [record[1] for record in records]
    assert len(set(ids)) == len(ids), path
    spans, links = {}, []
    for record in records:
        if record[1][0] == "T":
            places = [tuple(map(int, place.split())) for place in record[3].split(";")]
            assert all(start < end <= len(text) for start, end in places), record[0]
            assert " ".join(blank[start:end] for start, end in places) == record[4], record[0]
            spans[record[1]] = [record[2], " ".join(text[start:end] for start, end in places)]
    for record in records:
        if record[1][0] == "R":
            links.append([record[2], spans[record[4]][1], spans[record[6]][1]])
        elif record[1][0] in "A#":
            target = record[3] if record[1][0] == "A" else record[2]
            assert target in ids, record[0]
    documents.append({"text": text, "spans": list(spans.values()), "links": links})

tell("brat", documents)
