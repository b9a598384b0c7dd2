//! brat standoff (<https://brat.nlplab.org/standoff.html>): beside each `NAME.txt` a `NAME.ann` with one annotation a
//! line, and for the whole folder an `annotation.conf` that declares the types. The BioNLP shared tasks, from which it
//! comes, split the annotations into `.a1` and `.a2`.
//!
//! Offsets are code points of the text as it stands in the file, so CR counts; corpora made by other tools count
//! otherwise. Events have no counterpart here: the trigger becomes a mark, each argument a link from it, and their ids
//! and roles are kept so that the event is written back.

mod configuration;
mod line;
mod parser;
mod printer;

use std::collections::{BTreeMap, BTreeSet};

use super::catalogue::{Confidence, Format, Parse, Print};
use super::{Count, Foreign, Reading, Source};
use crate::format::{Issue, Problem};
use parser::Annotations;

/// brat standoff.
pub const FORMAT: Format = Format {
    name: NAME,
    title: "brat standoff",
    endings: &["ann", "txt", "conf", "zip"],
    companions: &["txt", "ann", "a1", "a2", "conf"],
    counts: &[Count::CodePoint, Count::CodePointOfLf, Count::Utf16, Count::Byte],
    recognize,
    parse: Some(Parse::Files(parse)),
    print: Some(Print { ending: "zip", page: printer::page, finish: printer::finish }),
};

const NAME: &str = "brat";

/// How many lines of a file are looked at to find out what it is.
const LOOK: usize = 20;

/// In the order in which brat reads them together.
const ANNOTATIONS: [&str; 5] = ["ann", "a1", "a2", "co", "rel"];

fn recognize(sources: &[Source<'_>]) -> Confidence {
    let best = |best: Confidence, source: &Source<'_>| {
        let (stem, ending) = source.stem();
        if !ANNOTATIONS.contains(&ending) {
            return best;
        }
        let lines = source.lines().filter_map(|(_, line)| line.ok()).filter(|line| !line.trim().is_empty());
        let mut first = lines.take(LOOK).peekable();
        let is_sound = match first.peek() {
            Some(_) => first.any(|line| line::parse(line).is_ok()),
            // A document in which nothing was found.
            None => sources.iter().any(|other| other.stem() == (stem, "txt")),
        };
        best.max(if is_sound { Confidence::Certain } else { Confidence::No })
    };
    sources.iter().fold(Confidence::No, best)
}

/// What belongs to one document.
#[derive(Default)]
struct Parts<'s, 'a> {
    text: Option<&'s Source<'a>>,
    annotations: Vec<&'s Source<'a>>,
}

fn parse(sources: &[Source<'_>]) -> Reading {
    let mut reading = Reading::default();
    let mut configurations = Vec::new();
    let mut parts: BTreeMap<&str, Parts<'_, '_>> = BTreeMap::new();
    for source in sources {
        match source.stem() {
            _ if configuration::FILES.contains(&source.name()) => configurations.push(source),
            (stem, "txt") => parts.entry(stem).or_default().text = Some(source),
            (stem, ending) if ANNOTATIONS.contains(&ending) => {
                parts.entry(stem).or_default().annotations.push(source);
            }
            _ => {
                reading.issues.push(Issue::new(source.path, None, None, Problem::OtherFile { format: NAME }))
            }
        }
    }
    reading.scheme = configuration::parse(&configurations, &mut reading.issues);
    let annotated: BTreeSet<&str> =
        parts.iter().filter(|(_, part)| !part.annotations.is_empty()).map(|(stem, _)| *stem).collect();
    for (stem, mut part) in parts {
        part.annotations
            .sort_by_key(|source| ANNOTATIONS.iter().position(|ending| *ending == source.stem().1));
        match part.text {
            Some(text) if part.annotations.is_empty() && !is_document(stem, &annotated) => {
                reading.issues.push(Issue::new(text.path, None, None, Problem::OtherFile { format: NAME }));
            }
            text => parse_document(stem, text, &part.annotations, &mut reading),
        }
    }
    reading
}

/// Whether a text without annotations is a document in which nothing was found, rather than a file that lies among
/// the documents: a `README.txt` beside their folders, an `art1.author.txt` beside `art1.txt`.
fn is_document(stem: &str, annotated: &BTreeSet<&str>) -> bool {
    let folder = |stem: &str| stem.rfind('/').map_or(0, |slash| slash + 1);
    let start = folder(stem);
    let among_documents = annotated
        .range(stem.get(..start).unwrap_or_default()..)
        .take_while(|other| other.starts_with(stem.get(..start).unwrap_or_default()))
        .any(|other| folder(other) == start);
    let of_another = stem
        .char_indices()
        .filter(|(at, letter)| *letter == '.' && start < *at)
        .any(|(at, _)| stem.get(..at).is_some_and(|shorter| annotated.contains(shorter)));
    let name = stem.get(start..).unwrap_or_default();
    among_documents && !of_another && !["readme", "license"].contains(&name.to_ascii_lowercase().as_str())
}

fn parse_document(stem: &str, text: Option<&Source<'_>>, files: &[&Source<'_>], reading: &mut Reading) {
    let annotations = Annotations::parse(files, &mut reading.issues);
    let problem = match text {
        Some(text) => match text.text() {
            Ok(content) => {
                let mut document = Foreign {
                    path: text.path.to_owned(),
                    id: stem.to_owned(),
                    text: content.into_owned(),
                    ..Foreign::default()
                };
                document.extra.insert("name".into(), stem.into());
                annotations.put(&mut document);
                return reading.documents.push(document);
            }
            Err(problem) => Issue::new(text.path, None, None, problem),
        },
        None => {
            let path = files.first().map_or(stem, |source| source.path);
            Issue::new(path, None, None, annotations.without_text(stem))
        }
    };
    reading.issues.push(problem);
}
