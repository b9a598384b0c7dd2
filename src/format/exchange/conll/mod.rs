//! CoNLL columns: one token a line with a tag in the last column, an empty line after each sentence, `-DOCSTART-` before
//! each document (<https://aclanthology.org/W03-0419>). Columns stand between blanks or tabs; their number and the
//! scheme of the tags (IOB1, IOB2, BIOES, BILOU, BMES, or bare types) are found from the data.
//!
//! The format has no text of its own and so no offsets: the text is built from the tokens, one blank between them and
//! one line a sentence. It holds flat spans only, no links and no attributes.

mod parser;
mod printer;
mod tag;

use super::catalogue::{Confidence, Format, Parse, Print};
use super::{Count, Source};
pub(super) use printer::{Flat, flat, tags};
pub(super) use tag::{Scheme, Tag};

/// CoNLL columns.
pub const FORMAT: Format = Format {
    name: NAME,
    title: "CoNLL columns (IOB, BIOES)",
    endings: &["conll", "bio", "iob", "iob2", "bmes", "bioes", "tsv", "txt", "zip"],
    companions: &[],
    counts: &[Count::CodePoint],
    recognize,
    parse: Some(Parse::Files(parser::parse)),
    print: Some(Print { ending: "conll", page: printer::page, finish: |_, _| {} }),
};

const NAME: &str = "conll";

/// What begins a document.
const DOCSTART: &str = "-DOCSTART-";

fn recognize(sources: &[Source<'_>]) -> Confidence {
    sources.iter().map(recognize_file).max().unwrap_or(Confidence::No)
}

/// By the share of lines that end in a tag, among the first ones.
fn recognize_file(source: &Source<'_>) -> Confidence {
    let (mut tagged, mut all) = (0, 0);
    let lines = source.lines().map_while(|(_, line)| line.ok()).filter(|line| !line.trim().is_empty());
    for line in lines.take(400) {
        if line.starts_with(DOCSTART) {
            return Confidence::Certain;
        }
        if line.starts_with("#FORMAT=WebAnno") {
            return Confidence::No;
        }
        if is_comment(line) {
            continue;
        }
        all += 1;
        let mut columns = line.split([' ', '\t']).filter(|column| !column.is_empty());
        let (first, last) = (columns.next().unwrap_or_default(), columns.next_back().unwrap_or_default());
        tagged +=
            usize::from(Tag::parse(last).is_some() || (!last.is_empty() && Tag::parse(first).is_some()));
    }
    let is_named = ["conll", "bio", "iob", "iob2", "bmes", "bioes"].contains(&source.stem().1);
    match tagged * 10 {
        0 => Confidence::No,
        tagged if all * 9 <= tagged && is_named => Confidence::Certain,
        tagged if all * 9 <= tagged => Confidence::Likely,
        tagged if all * 3 <= tagged => Confidence::Possible,
        _ => Confidence::No,
    }
}

/// Whether a line says something of the sentence below it: `# id 3f domain=en`. A `#` with a tag is a token.
fn is_comment(line: &str) -> bool {
    line.starts_with("# ")
        && line.split_ascii_whitespace().next_back().is_some_and(|last| Tag::parse(last).is_none())
}
