//! Event lists of the Discourse Network Analyzer: a statement a row, between semicolons, with its document's title,
//! author, source, section, type and time, its words, and the variables that were coded.
//!
//! The list holds neither whole texts nor places, so a document is made of the words of its statements, a paragraph
//! each. The tool writes commas for semicolons and apostrophes for quotation marks; the printer does so too.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use super::{MAKERS, NAME, VARIABLES, attribute, folded, made_by, maker_kind, said, stance};
use crate::format::exchange::catalogue::{Confidence, Format, Parse, Print};
use crate::format::exchange::extra::string;
use crate::format::exchange::table::{Sheet, day, disarmed, needs_guard};
use crate::format::exchange::tables::{FORMULAS, GUARDED, plain, words};
use crate::format::exchange::{Context, Count, Foreign, ForeignActor, Mark, Output, Page, Reading, Source};
use crate::format::{Issue, Problem};
use crate::model::{Actor, ActorKind, Annotation, Meta, Target};

/// DNA's event list.
pub const FORMAT: Format = Format {
    name: NAME,
    title: "DNA event list (CSV)",
    endings: &["csv"],
    companions: &[],
    counts: &[Count::CodePoint],
    recognize,
    parse: Some(Parse::Files(parse)),
    print: Some(Print { ending: "csv", page, finish: |_, _| {} }),
};

/// The columns with which every list begins; DNA 2 wrote some of their names otherwise.
const HEAD: [&str; 9] =
    ["statement ID", "time", "document ID", "document title", "author", "source", "section", "type", "text"];

/// Where each column of the head stands.
fn places(header: &csv::StringRecord) -> [Option<usize>; HEAD.len()] {
    HEAD.map(|name| {
        let name = folded(name);
        let is_it = |found: &str| found == name || found.strip_prefix("document") == Some(&name);
        header.iter().position(|found| is_it(&folded(found)))
    })
}

fn recognize(sources: &[Source<'_>]) -> Confidence {
    let of = |source: &Source<'_>| {
        if source.ending() != "csv" {
            return Confidence::No;
        }
        let Ok(sheet) = Sheet::of(source) else { return Confidence::No };
        match sheet.rows().next() {
            Some((_, Ok(header))) => match places(&header) {
                [Some(_), Some(_), Some(_), .., Some(_)] => Confidence::Certain,
                _ => Confidence::No,
            },
            _ => Confidence::No,
        }
    };
    sources.iter().map(of).max().unwrap_or(Confidence::No)
}

/// Names of variables are cut behind so many bytes, because each statement bears them.
const LONGEST_NAME: usize = 256;

fn parse(sources: &[Source<'_>]) -> Reading {
    let mut reading = Reading::default();
    for source in sources {
        parse_file(source, &mut reading);
    }
    reading
}

fn parse_file(source: &Source<'_>, reading: &mut Reading) {
    let issues = &mut reading.issues;
    let mut tell = |line, record: &str, problem| {
        let record = Some(record).filter(|record| !record.is_empty()).map(str::to_owned);
        issues.push(Issue::new(source.path, line, record, problem));
    };
    let sheet = match Sheet::of(source) {
        Ok(sheet) => sheet,
        Err(problem) => return tell(None, "", problem),
    };
    if let Some(doubt) = sheet.doubt.clone() {
        tell(None, "", doubt);
    }
    let mut rows = sheet.rows();
    let Some((_, Ok(header))) = rows.next() else {
        return tell(None, "", Problem::OtherFile { format: NAME });
    };
    let places = places(&header);
    let is_head = |at: usize| places.contains(&Some(at));
    let names = header.iter().map(|name| name.get(..name.floor_char_boundary(LONGEST_NAME)).unwrap_or(name));
    let variables: Vec<(usize, &str)> = names.enumerate().filter(|(at, _)| !is_head(*at)).collect();
    let count = header.iter().filter(|name| LONGEST_NAME < name.len()).count();
    if 0 < count {
        let what = "of very long names' ends".to_owned();
        tell(Some(1), "", Problem::NotTaken { what, count });
    }
    let first = reading.documents.len();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for (line, row) in rows {
        let row = match row {
            Ok(row) => row,
            Err(problem) => {
                tell(Some(line), "", problem);
                continue;
            }
        };
        if row.len() != header.len() {
            let problem = Problem::OtherCells { found: row.len(), expected: header.len() };
            tell(Some(line), "", problem);
        }
        let cells = places.map(|at| at.and_then(|at| row.get(at)).unwrap_or_default().trim()).map(disarmed);
        let [id, time, document_id, .., text] = cells;
        if text.is_empty() {
            let reason = "it has no words".to_owned();
            tell(Some(line), id, Problem::UnreadableRecord { reason });
            continue;
        }
        let at = *known.entry(document_id.to_owned()).or_insert_with(|| {
            reading.documents.push(document(source.path, line, &cells));
            reading.documents.len() - 1
        });
        let Some(document) = reading.documents.get_mut(at) else { continue };
        if !document.text.is_empty() {
            document.text.push_str("\n\n");
        }
        let start =
            document.marks.last().and_then(|mark| mark.fragments.last()).map_or(0, |place| place.1 + 2);
        document.text.push_str(text);
        let length = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
        let mut mark = Mark {
            id: format!("{at} {line} {id}"),
            label: "claim".to_owned(),
            fragments: vec![(start, start.saturating_add(length))],
            quote: Some(text.to_owned()),
            line: Some(line),
            ..Mark::default()
        };
        mark.extra.insert(HEAD[0], id);
        mark.extra.insert(HEAD[1], time);
        let mut made = BTreeSet::new();
        for (at, name) in &variables {
            let found = disarmed(row.get(*at).unwrap_or_default().trim());
            if found.is_empty() {
                continue;
            }
            let variable = folded(name);
            if MAKERS.contains(&variable.as_str()) {
                let kind = maker_kind(&variable);
                if document.actors.iter().all(|known| known.name != found) {
                    document.actors.push(ForeignActor {
                        name: found.to_owned(),
                        kind,
                        ..ForeignActor::default()
                    });
                }
                mark.extra.insert(&variable, found);
                if made.insert((variable, found)) {
                    document.links.push(made_by(&mark.id, found, Some(line)));
                }
            } else {
                let name = if VARIABLES.contains(&variable.as_str()) { &variable } else { *name };
                mark.attributes.push((attribute(name).to_owned(), stance(&variable, found)));
            }
        }
        document.marks.push(mark);
    }
    if reading.documents.len() == first {
        tell(None, "", Problem::OtherFile { format: NAME });
    }
}

fn document(path: &str, line: u64, cells: &[&str; HEAD.len()]) -> Foreign {
    let [_, time, id, title, author, source, section, kind, _] = cells;
    let mut extra = Map::new();
    for (name, cell) in [(HEAD[2], id), (HEAD[6], section), (HEAD[7], kind)] {
        if !cell.is_empty() {
            extra.insert(name.to_owned(), Json::from(*cell));
        }
    }
    Foreign {
        path: path.to_owned(),
        line: Some(line),
        id: (*id).to_owned(),
        title: (*title).to_owned(),
        meta: Meta {
            source: (*source).to_owned(),
            author: (*author).to_owned(),
            published: day(time),
            ..Meta::default()
        },
        extra,
        ..Foreign::default()
    }
}

fn page(context: &Context<'_>, page: &Page<'_>, output: &mut Output) {
    let further = context.project.codebook.span_attributes();
    let own = VARIABLES.map(attribute);
    let further: Vec<&str> = further
        .iter()
        .map(|one| &*one.key)
        .filter(|key| !own.contains(key) && !MAKERS.contains(key))
        .collect();
    let (mut rows, mut guarded) = (String::new(), 0);
    if page.number == 0 {
        guarded += push(&mut rows, HEAD.iter().chain(&VARIABLES).chain(&further).copied());
    }
    let about = said(&page.document.extra);
    let id = string(&about, HEAD[2]).map_or_else(|| (page.number + 1).to_string(), str::to_owned);
    let meta = &page.document.meta;
    for (number, annotation) in (1_usize..).zip(page.body.annotations()) {
        let makers = makers(context, page, annotation);
        let label = context.project.codebook.label(&annotation.label);
        if label.is_some_and(|label| label.names_actor) && makers.iter().all(String::is_empty) {
            output.lose("annotations of actors", "left out", 1);
            continue;
        }
        let of = said(&annotation.extra);
        let statement = string(&of, HEAD[0]).map_or_else(|| format!("{id}{number:04}"), str::to_owned);
        let time = string(&of, HEAD[1]).map_or_else(|| time(&meta.published), str::to_owned);
        let words = words(page, annotation);
        let variable = |key: &str| annotation.attributes.get(key).map(plain).unwrap_or_default();
        let agreement = match variable("stance").as_str() {
            "support" => "1".to_owned(),
            "oppose" => "0".to_owned(),
            other => other.to_owned(),
        };
        let category = variable("category");
        let further_cells: Vec<String> = further.iter().map(|key| variable(key)).collect();
        let section = string(&about, HEAD[6]).unwrap_or_default();
        let kind = string(&about, HEAD[7]).unwrap_or_default();
        let head =
            [&statement, &time, &id, &page.document.title, &meta.author, &meta.source, section, kind, &words];
        let coded = [&makers[0], &makers[1], &category, &agreement].map(String::as_str);
        guarded +=
            push(&mut rows, head.into_iter().chain(coded).chain(further_cells.iter().map(String::as_str)));
        let has_column = |key: &str| own.contains(&key) || further.contains(&key);
        let without = annotation.attributes.keys().filter(|key| !has_column(key)).count();
        output.lose("attributes that the codebook does not know", "left out", without);
        output.lose("notes", "left out", usize::from(!annotation.note.is_empty()));
    }
    output.lose("texts around the statements", "left out", 1);
    let others = page.body.relations().filter(|link| &*link.kind != "made_by").count();
    output.lose("links other than made by", "left out", others);
    output.lose(FORMULAS, GUARDED, guarded);
    output.push("events.csv", rows.as_bytes());
}

/// The person and the organization that made a statement, by the words of the list it came from or the actor's kind.
fn makers(context: &Context<'_>, page: &Page<'_>, annotation: &Annotation) -> [String; 2] {
    let of = said(&annotation.extra);
    let mut makers = [String::new(), String::new()];
    for link in page.body.from(annotation.id).filter(|link| &*link.kind == "made_by") {
        let registered = |actor: &Actor| (actor.name.clone(), actor.kind);
        let (name, kind) = match link.to {
            Target::Actor(id) => {
                context.actors.get(&id).map(registered).unwrap_or((String::new(), ActorKind::Other))
            }
            Target::Annotation(id) => {
                let Some(maker) = page.body.annotation(id) else { continue };
                let actor = maker.actor.and_then(|id| context.actors.get(&id));
                actor.map_or_else(|| (words(page, maker), ActorKind::Other), registered)
            }
        };
        let stated = MAKERS.iter().position(|maker| string(&of, maker) == Some(&name));
        let at = stated.unwrap_or(usize::from(kind != ActorKind::Person));
        let Some(maker) = makers.get_mut(at) else { continue };
        if !maker.is_empty() {
            maker.push_str(", ");
        }
        maker.push_str(&name);
    }
    // A list that was read and not settled with a registry still says who it was.
    for (maker, name) in makers.iter_mut().zip(MAKERS) {
        if maker.is_empty() && page.body.from(annotation.id).next().is_none() {
            string(&of, name).unwrap_or_default().clone_into(maker);
        }
    }
    makers
}

/// A day as DNA writes a moment; noon, so that no time zone makes it another day.
fn time(published: &str) -> String {
    if published.is_empty() { String::new() } else { format!("{published} 12:00:00") }
}

/// Adds a row as DNA writes it, numbers and moments bare, all else in quotation marks; what a spreadsheet would run has
/// an apostrophe in front. Says how many cells have.
fn push<'c>(rows: &mut String, cells: impl Iterator<Item = &'c str>) -> usize {
    let mut guarded = 0;
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            rows.push(';');
        }
        let is_bare =
            !cell.is_empty() && cell.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-' | b':' | b' '));
        let cell = cell.replace(';', ",").replace('"', "'");
        if needs_guard(&cell) {
            guarded += 1;
            rows.extend(["\"'", &cell, "\""]);
        } else if is_bare {
            rows.push_str(&cell);
        } else {
            rows.extend(["\"", &cell, "\""]);
        }
    }
    rows.push('\n');
    guarded
}
