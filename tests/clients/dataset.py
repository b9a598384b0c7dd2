"""Hugging Face `datasets` loads the dataset and the tokens and tags, with one schema for all lines of all files."""

import os

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_OFFLINE"] = "1"

import datasets
from found import FOLDER, tell

datasets.disable_progress_bars()


def load(*names):
    files = [str(FOLDER / name) for name in names]
    return datasets.load_dataset("json", data_files=files, split="train", cache_dir=str(FOLDER / "cache"))


project = load("project.jsonl")
lines = sum(1 for _ in open(FOLDER / "project.jsonl", "rb"))
assert len(project) == lines, (len(project), lines)
# A file that begins with a document on which nothing lies says the same of its columns.
sparse = load("sparse.jsonl")
assert sparse.column_names == project.column_names, (sparse.column_names, project.column_names)

documents = []
for row in project:
    texts = {}
    for span in row["spans"]:
        assert row["text"][span["start"] : span["end"]] == span["text"], span
        texts[span["id"]] = span["text"]
    actors = {actor["id"]: actor["name"] for actor in row["actors"]}
    links = [
        [link["type"], texts[link["from"]], (actors if link["to_kind"] == "actor" else texts)[link["to"]]]
        for link in row["relations"]
    ]
    spans = [[span["label"], span["text"]] for span in row["spans"]]
    documents.append({"text": row["text"], "spans": spans, "links": links})

tokens = load("tokens.jsonl")
assert len(tokens) == lines, (len(tokens), lines)
for row in tokens:
    assert len(row["tokens"]) == len(row["ner_tags"]), row
    assert all(token in row["text"] for token in row["tokens"]), row

tell(f"datasets {datasets.__version__}", documents)
