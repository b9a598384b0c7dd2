//! Tables: CSV and TSV (<https://www.rfc-editor.org/rfc/rfc4180>) or JSON objects, with one text a row and what is known
//! of it in further columns. Which column is what, the delimiter and the encoding are found from the names and the content; [`look`]
//! shows what was found with the first rows, and [`Rows`] takes another choice.
//!
//! With columns for start and end, rows that follow each other with the same id and text are marks of one document. A
//! label without a place is one of the whole document and kept as a further field.

mod cell;
mod columns;
mod objects;
mod parser;
mod sheet;

pub(super) use cell::needs_guard;
pub(in crate::format) use cell::{disarmed, push_row};
pub use columns::{Columns, Role};
pub(super) use parser::day;
pub use parser::{Look, Rows, look};
pub use sheet::Sheet;

use super::catalogue::{Confidence, Format, Parse};
use super::{Count, Source};

/// CSV and TSV with columns to choose.
pub const FORMAT: Format = Format {
    name: "table",
    title: "Table of texts (CSV, TSV, JSON)",
    endings: &["csv", "tsv", "tab", "json", "jsonl"],
    companions: &[],
    counts: &[Count::CodePoint, Count::Utf16, Count::Byte],
    recognize,
    parse: Some(Parse::Table),
    print: None,
};

fn recognize(sources: &[Source<'_>]) -> Confidence {
    let of = |source: &Source<'_>| match &*source.ending() {
        "csv" | "tsv" | "tab" | "json" | "jsonl" | "ndjson" => match look(source) {
            Ok(look) if look.columns.is_named(Role::Text) => Confidence::Likely,
            Ok(look) if look.columns.place(Role::Text).is_some() => Confidence::Possible,
            _ => Confidence::No,
        },
        _ => Confidence::No,
    };
    sources.iter().map(of).max().unwrap_or(Confidence::No)
}
