"""Label Studio's own converter reads the export with its labeling configuration."""

import json

from found import FOLDER, tell, utf16
from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface
from label_studio_sdk.version import __version__

config = (FOLDER / "config.xml").read_text(encoding="utf-8")
tasks = json.loads((FOLDER / "tasks.json").read_text(encoding="utf-8"))
interface = LabelInterface(config)
interface.validate()
known = set(interface.get_control("label").labels)
sound = 0
for task in tasks:
    for answers in task.get("annotations", ()):
        labels = {label for one in answers["result"] for label in one.get("value", {}).get("labels", ())}
        # What the codebook does not know its configuration cannot name.
        if labels <= known and all(one["type"] == "labels" for one in answers["result"]):
            wrong = interface._validate_object(answers, return_errors=True)
            assert not wrong, wrong
            sound += 1
assert sound, "no set of answers could be validated"

converter = Converter(config=config, project_dir=None, download_resources=False)
converter.convert(str(FOLDER / "tasks.json"), str(FOLDER / "min"), "JSON_MIN", is_dir=False)
converter.convert(str(FOLDER / "tasks.json"), str(FOLDER / "conll"), "CONLL2003", is_dir=False)
short = json.loads((FOLDER / "min" / "result.json").read_text(encoding="utf-8"))
columns = (FOLDER / "conll" / "result.conll").read_text(encoding="utf-8")
assert columns.startswith("-DOCSTART-")

documents = []
for task in tasks:
    text, results = task["data"]["text"], [one for set in task.get("annotations", ()) for one in set["result"]]
    piece = utf16(text)
    texts, spans, links = {}, [], []
    for one in results:
        if one["type"] == "labels":
            value = one["value"]
            assert piece(value["start"], value["end"]) == value["text"], value
            texts[one["id"]] = value["text"]
            spans += [[label, value["text"]] for label in value["labels"]]
    for one in results:
        if one["type"] == "relation":
            links.append([one["labels"][0], texts[one["from_id"]], texts[one["to_id"]]])
    documents.append({"text": text, "spans": spans, "links": links})

# The short form has a record for each set of answers, with the regions under the control's name.
counted = sum(len(record.get("label", ())) for record in short)
assert counted == sum(len(one["spans"]) for one in documents), counted
assert [record["text"] for record in short] == [one["text"] for one, task in zip(documents, tasks) if task.get("annotations", ())]
tell(f"label-studio-sdk {__version__}", documents)
