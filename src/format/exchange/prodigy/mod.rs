//! Prodigy's JSON Lines (<https://prodi.gy/docs/api-interfaces>): one task a record with text, tokens, spans,
//! relations and an answer. Offsets are code points, as Python counts; `token_end` is the span's last token itself, and
//! the head and child of a relation are the last tokens of their spans.
//!
//! A relation may join tokens that no span names: such a token becomes a mark of the label `token`, and goes back as a
//! token. Prodigy keeps fields it does not know, so attributes and notes have a place there.

mod parser;
mod printer;
mod tokens;

use serde_json::Value as Json;

use super::catalogue::{Confidence, Format, Parse, Print};
use super::fields::{self, Fields};
use super::{Count, Source};
use crate::model::Status;

/// Prodigy's JSON Lines.
pub const FORMAT: Format = Format {
    name: NAME,
    title: "Prodigy JSONL",
    endings: &["jsonl", "json"],
    companions: &[],
    counts: &[Count::CodePoint],
    recognize,
    parse: Some(Parse::Values(parser::parse)),
    print: Some(Print { ending: "jsonl", page: printer::page, finish: |_, _| {} }),
};

const NAME: &str = "prodigy";

/// The label of a token that only a relation names, and the field that says so.
const TOKEN: &str = "token";

fn recognize(sources: &[Source<'_>]) -> Confidence {
    fields::recognize(sources, |value| value.as_object().map_or(Confidence::No, recognize_record))
}

fn recognize_record(record: &Fields) -> Confidence {
    let has = |key: &str| record.contains_key(key);
    let has_text = record.get("text").is_some_and(Json::is_string);
    let spans = record.get("spans").and_then(Json::as_array);
    if has("offset_unit") {
        // Our own datasets have spans of the same shape.
        return Confidence::No;
    }
    if has("_input_hash") || has("_task_hash") || (has_text && has("answer") && has("meta")) {
        Confidence::Certain
    } else if has("pattern") && has("label") && !has_text {
        Confidence::Likely
    } else if has_text
        && (spans.is_some_and(|list| list.first().is_none_or(Json::is_object)) || has("answer"))
    {
        if has("tokens") || has("relations") || has("answer") {
            Confidence::Likely
        } else {
            Confidence::Possible
        }
    } else {
        Confidence::No
    }
}

/// What an answer means for the work on a document. What was rejected needs another look.
fn status(answer: &str) -> Option<Status> {
    match answer {
        "accept" => Some(Status::Done),
        "reject" => Some(Status::InProgress),
        "ignore" => Some(Status::Todo),
        _ => None,
    }
}
