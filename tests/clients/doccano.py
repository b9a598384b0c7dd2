"""doccano's own parser, readers and label classes, out of its package, take the export without an error.

Its database is not needed for that, so the models that they would be saved as are left empty. doccano counts as its
browser does, in UTF-16 units.
"""

import importlib.metadata
import pathlib
import sys
import types

for name, models in {
    "projects.models": ["Project", "ProjectType"],
    "examples.models": ["Example"],
    "labels.models": ["Category", "Label", "Relation", "Span", "TextLabel"],
    "label_types.models": ["CategoryType", "LabelType", "RelationType", "SpanType"],
}.items():
    package = name.split(".")[0]
    sys.modules[package] = types.ModuleType(package)
    sys.modules[name] = types.ModuleType(name)
    for model in models:
        kept = type(model, (), {"__init__": lambda self, **fields: self.__dict__.update(fields)})
        setattr(sys.modules[name], model, kept)

where = next(file for file in importlib.metadata.files("doccano") if file.name == "parsers.py")
sys.path.insert(1, str(pathlib.Path(where.locate()).resolve().parents[2]))

from data_import.pipeline.data import TextData
from data_import.pipeline.label import RelationLabel, SpanLabel
from data_import.pipeline.makers import ExampleMaker, LabelMaker
from data_import.pipeline.parsers import JSONLParser
from data_import.pipeline.readers import FileName, Reader
from found import FOLDER, tell, utf16

path = str(FOLDER / "documents.jsonl")
parser = JSONLParser()
reader = Reader([FileName(path, path, "documents.jsonl")], parser)
examples_of = ExampleMaker(None, TextData, exclude_columns=["entities", "relations"])
spans_of, links_of = LabelMaker("entities", SpanLabel), LabelMaker("relations", RelationLabel)
examples, spans, links, ids = [], {}, {}, {}
for batch in reader.batch(1000):
    examples += examples_of.make(batch)
    for span in spans_of.make(batch):
        spans.setdefault(str(span.example_uuid), []).append(span)
        ids[span.id, str(span.example_uuid)] = span
    for link in links_of.make(batch):
        links.setdefault(str(link.example_uuid), []).append(link)
errors = reader.errors + parser.errors + examples_of.errors + spans_of.errors + links_of.errors
assert not errors, errors

documents = []
for example in examples:
    piece, key = utf16(example.text), str(example.uuid)
    text = lambda span: piece(span.start_offset, span.end_offset)
    documents.append({
        "text": example.text,
        "spans": [[span.label, text(span)] for span in spans.get(key, ())],
        "links": [[link.type, text(ids[link.from_id, key]), text(ids[link.to_id, key])] for link in links.get(key, ())],
    })

tell(f"doccano {importlib.metadata.version('doccano')}", documents)
