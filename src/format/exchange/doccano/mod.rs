//! doccano's JSON Lines (<https://doccano.github.io/doccano/>): one document a record, its spans as
//! `[start, end, label]` or as objects with ids, relations between them, labels of the whole document, and any other
//! column as metadata.
//!
//! Offsets are what the browser counts, UTF-16 units, unless the project was set to "Count grapheme clusters as one
//! character" (<https://github.com/doccano/doccano/issues/2290>); nothing in the file says which, and files made by
//! scripts for import often count code points.

mod parser;
mod printer;

use serde_json::Value as Json;

use super::catalogue::{Confidence, Format, Parse, Print};
use super::fields::{self, Fields};
use super::{Count, Source};

/// doccano's JSON Lines.
pub const FORMAT: Format = Format {
    name: NAME,
    title: "doccano JSONL",
    endings: &["jsonl", "json"],
    companions: &[],
    counts: &[Count::Utf16, Count::Grapheme, Count::CodePoint],
    recognize,
    parse: Some(Parse::Values(parser::parse)),
    print: Some(Print { ending: "jsonl", page: printer::page, finish: |_, _| {} }),
};

const NAME: &str = "doccano";

/// Under which keys this file has text, spans and labels of the document, where they are not the usual ones.
const COLUMNS: &str = "@columns";

fn recognize(sources: &[Source<'_>]) -> Confidence {
    fields::recognize(sources, |value| value.as_object().map_or(Confidence::No, recognize_record))
}

fn recognize_record(record: &Fields) -> Confidence {
    // Until its version 1.3 spans stood there, with numbers for labels.
    let old = record.get("annotations");
    let is_old = record.contains_key("annotation_approver")
        || old.and_then(Json::as_array).and_then(|list| list.first()).is_some_and(parser::is_span);
    if record.contains_key("tokens")
        || record.contains_key("_input_hash")
        || (old.is_some() && !(is_old && record.contains_key("text")))
    {
        return Confidence::No;
    }
    if is_old
        || record.contains_key("Comments")
        || record.contains_key("column_data")
        || is_label_type(record)
    {
        return Confidence::Certain;
    }
    let has_text = record.get("text").is_some_and(Json::is_string);
    let spans = parser::SPANS.iter().find_map(|key| record.get(*key));
    match spans {
        Some(Json::Array(list)) if list.first().is_some_and(parser::is_span) => Confidence::Likely,
        Some(Json::Array(list)) if has_text && list.first().is_none_or(Json::is_string) => {
            Confidence::Possible
        }
        Some(Json::String(_)) if has_text => Confidence::Possible,
        _ => Confidence::No,
    }
}

/// Whether the record declares a label: a name with a colour or a key.
fn is_label_type(record: &Fields) -> bool {
    let has = |key: &str| record.contains_key(key);
    has("text") && has("background_color") && (has("suffix_key") || has("text_color"))
}
