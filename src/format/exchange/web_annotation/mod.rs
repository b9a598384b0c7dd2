//! W3C Web Annotation as JSON-LD (<https://www.w3.org/TR/annotation-model/>): annotations alone, in lists, collections,
//! pages and `@graph`, with Recogito's own form and Hypothesis' rows read as well. Positions are code points by the
//! standard (4.2.5); tools in the browser write UTF-16 units.
//!
//! The format does not carry texts. They are looked for beside it, as text files named like the targets' sources; an
//! export writes them so. What is on no text, or on one that is not there, is counted and said.

mod parser;
mod printer;

use serde_json::Value as Json;

use super::catalogue::{Confidence, Format, Parse, Print};
use super::fields;
use super::{Count, Source};

/// W3C Web Annotation.
pub const FORMAT: Format = Format {
    name: NAME,
    title: "W3C Web Annotation (JSON-LD)",
    endings: &["jsonld", "json", "txt", "zip"],
    companions: &["txt"],
    counts: &[Count::CodePoint, Count::Utf16],
    recognize,
    parse: Some(Parse::Files(parser::parse)),
    print: Some(Print { ending: "zip", page: printer::page, finish: printer::finish }),
};

const NAME: &str = "web_annotation";

fn recognize(sources: &[Source<'_>]) -> Confidence {
    let is_text = |source: &&Source<'_>| source.stem().1.eq_ignore_ascii_case("txt");
    let data: Vec<_> = sources.iter().filter(|source| !is_text(source)).copied().collect();
    fields::recognize(&data, |value| {
        let Some(fields) = value.as_object() else { return Confidence::No };
        let context = fields.get("@context").map(Json::to_string).unwrap_or_default();
        if context.contains("anno") || parser::is_hypothesis(fields) {
            return Confidence::Certain;
        }
        match parser::annotations(value).next() {
            Some(_) => Confidence::Likely,
            None => Confidence::No,
        }
    })
}
