//! WebAnno TSV 3 (<https://inception-project.github.io/releases/latest/docs/user-guide.html>, appendix), which INCEpTION
//! exports: a head that declares layers, then sentences, each with its text and one row a token; rows of parts of a
//! token follow it. Columns hold what each layer says of the row's token; a number in brackets tells the rows of one
//! annotation.
//!
//! Offsets are UTF-16 units. A layer's main feature (`value`) is our label, others are attributes; slots, chains and
//! relations are links. White space between sentences is known by its length only.

mod cell;
mod layer;
mod links;
mod parser;
mod printer;
mod sheet;

use super::catalogue::{Confidence, Format, Parse, Print};
use super::{Count, Source};

/// WebAnno TSV 3.
pub const FORMAT: Format = Format {
    name: NAME,
    title: "WebAnno TSV 3 (INCEpTION)",
    endings: &["tsv", "zip"],
    companions: &[],
    counts: &[Count::Utf16, Count::CodePoint],
    recognize,
    parse: Some(Parse::Files(parser::parse)),
    print: Some(Print { ending: "zip", page: printer::page, finish: |_, _| {} }),
};

const NAME: &str = "webanno";

/// The layer that every project of INCEpTION has. What is in it and has a value needs no more than its label.
const ENTITY: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";

/// What the first line begins with.
const HEAD: &str = "#FORMAT=WebAnno TSV 3";

fn recognize(sources: &[Source<'_>]) -> Confidence {
    let is_own = |source: &Source<'_>| {
        source.lines().next().is_some_and(|(_, line)| line.is_ok_and(|line| line.starts_with(HEAD)))
    };
    if sources.iter().any(is_own) { Confidence::Certain } else { Confidence::No }
}
