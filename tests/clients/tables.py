"""pandas and DuckDB read the dataset without being told its schema, and both see the same."""

import duckdb
import pandas
from found import FOLDER, tell

path = FOLDER / "project.jsonl"
frame = pandas.read_json(path, lines=True, convert_dates=False, dtype=False)
query = f"select id, text, spans, relations, actors from read_json('{path}', maximum_object_size = 67108864)"
rows = duckdb.connect().execute(query).fetchall()
assert len(frame) == len(rows), (len(frame), len(rows))

documents = []
for one, (id, text, spans, relations, actors) in zip(frame.to_dict("records"), rows):
    assert (one["id"], one["text"]) == (str(id), text), (one["id"], id)
    assert len(one["spans"]) == len(spans) and len(one["relations"]) == len(relations)
    texts = {}
    for ours, theirs in zip(one["spans"], spans):
        assert text[ours["start"] : ours["end"]] == ours["text"] == theirs["text"], ours
        assert ours["fragments"] == theirs["fragments"], ours
        texts[ours["id"]] = ours["text"]
    names = {str(actor["id"]): actor["name"] for actor in actors}
    links = [
        [link["type"], texts[str(link["from"])], (names if link["to_kind"] == "actor" else texts)[str(link["to"])]]
        for link in relations
    ]
    documents.append({"text": text, "spans": [[span["label"], span["text"]] for span in spans], "links": links})

tell(f"pandas {pandas.__version__} and duckdb {duckdb.__version__}", documents)
