"""seqeval scores the columns: as many entities as were written, each type by itself, and none that is broken."""

from collections import Counter

from found import FOLDER, tell
from seqeval.metrics import f1_score
from seqeval.metrics.sequence_labeling import get_entities
from seqeval.scheme import IOB2, Entities

sentences, tags, documents = [], [], 0
for line in (FOLDER / "documents.conll").read_bytes().decode("utf-8").split("\n"):
    if line.startswith("-DOCSTART-"):
        documents += 1
    elif line:
        token, *_, tag = line.split("\t")
        assert token, line
        tags.append(tag)
    elif tags:
        sentences.append(tags)
        tags = []
assert not tags

strict = Entities(sentences, scheme=IOB2)
entities = Counter(entity.tag for sentence in strict.entities for entity in sentence)
lenient = Counter(kind for kind, *_ in get_entities(sentences))
assert entities == lenient, (entities, lenient)
assert f1_score(sentences, sentences, mode="strict", scheme=IOB2) == 1.0

tell("seqeval", [{"spans": [[label, ""] for label in entities.elements()]}])
