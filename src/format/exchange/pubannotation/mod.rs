//! PubAnnotation JSON (<https://www.pubannotation.org/docs/annotation-format/>), which TextAE edits, too: an object a
//! document with `text`, `denotations` (spans), `blocks` (spans of sentences and more), `relations`, `attributes` and
//! `modifications`, or the same in `tracks`, one for each project that annotated the text.
//!
//! Offsets are code points; TextAE, which runs in browsers, counts UTF-16. A discontinuous span is a list of spans, or,
//! in the older way, denotations `_FRAGMENT` that relations `_lexicallyChainedTo` join.

mod parser;
mod printer;

use serde_json::Value as Json;

use super::catalogue::{Confidence, Format, Parse, Print};
use super::{Count, Source};

/// PubAnnotation JSON.
pub const FORMAT: Format = Format {
    name: NAME,
    title: "PubAnnotation JSON",
    endings: &["json", "jsonl", "zip"],
    companions: &[],
    counts: &[Count::CodePoint, Count::Utf16],
    recognize,
    parse: Some(Parse::Values(parser::parse)),
    print: Some(Print { ending: "jsonl", page: printer::page, finish: |_, _| {} }),
};

const NAME: &str = "pubannotation";

/// By the keys of the first object, which may be cut.
fn recognize(sources: &[Source<'_>]) -> Confidence {
    let names = |source: &Source<'_>, key: &str| memchr::memmem::find(source.bytes, key.as_bytes()).is_some();
    let one = |source: &Source<'_>| {
        let first = source.bytes.iter().find(|byte| !byte.is_ascii_whitespace() && byte.is_ascii());
        match first {
            Some(b'{' | b'[') if names(source, "\"denotations\"") => Confidence::Certain,
            Some(b'{' | b'[') if names(source, "\"sourcedb\"") && names(source, "\"text\"") => {
                Confidence::Likely
            }
            _ => Confidence::No,
        }
    };
    sources.iter().map(one).max().unwrap_or(Confidence::No)
}

/// The keys that hold records.
const RECORDS: [&str; 6] = ["text", "denotations", "blocks", "relations", "attributes", "modifications"];

/// What joins the parts of a span, and what they are called but the one that has the label.
const CHAIN: (&str, &str) = ("_lexicallyChainedTo", "_FRAGMENT");

/// A number of a field, written as a number or as a string.
fn number(value: Option<&Json>) -> Option<i64> {
    match value? {
        Json::Number(number) => number.as_i64().or_else(|| number.as_u64().map(|_| i64::MAX)),
        Json::String(written) => written.trim().parse().ok(),
        _ => None,
    }
}
