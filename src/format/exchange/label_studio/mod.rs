//! Label Studio's tasks (<https://labelstud.io/guide/export>): JSON with `data`, `annotations` by people (once called
//! `completions`) and `predictions` by models, whose regions name a control of the labeling configuration beside them
//! in XML. Its short export (JSON-MIN) has the same in one flat record.
//!
//! Offsets are UTF-16 units, as the browser counts. In HTML they count the text between the tags (`globalOffsets`), in
//! dialogues each turn anew. A region may have several labels, answers of its own, and a note in `meta.text`.

mod config;
mod markup;
mod parser;
mod printer;
mod region;
mod text;

pub use parser::Tasks;

use serde_json::Value as Json;

use super::catalogue::{Confidence, Format, Parse, Print};
use super::fields::{self, Fields};
use super::{Count, Source};

/// Label Studio's tasks.
pub const FORMAT: Format = Format {
    name: NAME,
    title: "Label Studio JSON",
    endings: &["json", "jsonl", "xml", "zip"],
    companions: &["xml"],
    counts: &[Count::Utf16, Count::CodePoint],
    recognize,
    parse: Some(Parse::Tasks),
    print: Some(Print { ending: "zip", page: printer::page, finish: printer::finish }),
};

const NAME: &str = "label_studio";

/// Where people's answers stand, in new files and old ones.
const ANNOTATIONS: [&str; 2] = ["annotations", "completions"];
const PREDICTIONS: &str = "predictions";

fn recognize(sources: &[Source<'_>]) -> Confidence {
    let is_config = |source: &&Source<'_>| source.stem().1 == "xml" && config::is_config(source.bytes);
    if sources.iter().any(|source| is_config(&source)) {
        return Confidence::Certain;
    }
    fields::recognize(sources, |value| value.as_object().map_or(Confidence::No, recognize_task))
}

fn recognize_task(task: &Fields) -> Confidence {
    let has = |key: &str| task.contains_key(key);
    let sets = ANNOTATIONS.into_iter().chain([PREDICTIONS]);
    let mut results = sets.filter_map(|key| task.get(key)).flat_map(parser::sets);
    let has_result = results.any(|set| set.contains_key("result"));
    if has("data") && (has_result || ANNOTATIONS.iter().any(|key| has(key)) || has(PREDICTIONS)) {
        Confidence::Certain
    } else if has("annotation_id") && has("annotator") || task.values().any(parser::are_flat_regions) {
        Confidence::Likely
    } else if task.get("data").is_some_and(Json::is_object) {
        Confidence::Possible
    } else {
        Confidence::No
    }
}
