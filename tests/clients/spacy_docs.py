"""spaCy builds a DocBin from its export: no span is misaligned, none is refused.

Texts whose spans lie on words are cut by spaCy's own tokenizer. The others have spans that begin and end anywhere, so
every code point is a token there, which shows that the offsets are right.
"""

import json

import spacy
from found import FOLDER, tell
from spacy.tokens import Doc, DocBin
from spacy.training import Example

nlp = spacy.blank("xx")


def docs(name, is_worded):
    for text, facts in json.loads((FOLDER / name).read_text(encoding="utf-8")):
        doc = nlp.make_doc(text) if is_worded else Doc(nlp.vocab, words=list(text), spaces=[False] * len(text))
        assert doc.text == text, (doc.text, text)

        def span(start, end, label):
            made = doc.char_span(start, end, label=label, alignment_mode="strict")
            assert made is not None and made.text == text[start:end], (start, end, label, text[start:end])
            return made

        doc.ents = [span(*entity) for entity in facts["entities"]]
        for group, spans in facts.get("spans", {}).items():
            doc.spans[group] = [span(*one) for one in spans]
        if is_worded:
            # What spaCy trains on: a misaligned entity would be a warning here, and no entity.
            example = Example.from_dict(nlp.make_doc(text), {"entities": [tuple(one) for one in facts["entities"]]})
            assert len(example.reference.ents) == len(facts["entities"])
        yield doc


def found(name, is_worded):
    DocBin(docs=docs(name, is_worded), store_user_data=True).to_disk(FOLDER / "docs.spacy")
    for doc in DocBin().from_disk(FOLDER / "docs.spacy").get_docs(nlp.vocab):
        spans = list(doc.ents) + [span for group in doc.spans.values() for span in group]
        yield {"text": doc.text, "spans": [[span.label_, span.text] for span in spans]}


# Prodigy's tasks carry tokens of their own, at which all their spans begin and end.
for line in open(FOLDER / "tasks.jsonl", encoding="utf-8", newline="\n"):
    task = json.loads(line)
    tokens = {token["id"]: token for token in task["tokens"]}
    for token in task["tokens"]:
        assert task["text"][token["start"] : token["end"]] == token["text"], token
    for one in task["spans"]:
        assert task["text"][one["start"] : one["end"]] == one["text"], one
        if "token_start" in one:
            assert tokens[one["token_start"]]["start"] == one["start"], one
            assert tokens[one["token_end"]]["end"] == one["end"], one

tell(f"spaCy {spacy.__version__}", list(found("words.json", True)) + list(found("documents.json", False)))
