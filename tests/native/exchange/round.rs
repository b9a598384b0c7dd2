//! Arbitrary projects in every two-way format, out and in again as a person would: what does not come back was announced
//! by the export, and from the second round on nothing changes.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rubricator::format::exchange::{
    Context, FORMATS, Format, Mapping, Output, Page, Reading, Settler, Source, Survey, Terms,
};
use rubricator::model::{
    Actor, ActorId, Annotation, Attributes, Body, Document, Project, ProjectId, Target, Timestamp, Value,
};
use rubricator::text::{Span, Text, Unit, fold};

use crate::arbitrary::{World, world};

/// Two-way formats that hold whole documents.
const TWO_WAY: [&str; 10] = [
    "brat",
    "conll",
    "doccano",
    "hugging_face",
    "label_studio",
    "prodigy",
    "pubannotation",
    "spacy",
    "web_annotation",
    "webanno",
];

/// What is said of a document, piece by piece, and under which name the export announces that a piece is lost.
const PIECES: [(&str, &[&str]); 6] = [
    (
        "spans",
        &[
            "overlapping spans: left out",
            "spans of several fragments",
            "spans without a whole token",
            "spans that cut a token",
            "spans of white space",
            "spans that begin or end with white space",
        ],
    ),
    ("links", &["links: left out", "links to actors that no span names", "links of spans of white space"]),
    (
        "attributes",
        &[
            "attributes: left out",
            "attributes of several values",
            "attributes that are empty or say no",
            "attributes that are no answer",
            "attributes with odd values",
            "empty attributes",
        ],
    ),
    ("notes", &["notes: left out", "line breaks in notes"]),
    ("actors of spans", &["actors of spans", "actors without a Wikidata id"]),
    ("texts", &["texts with other spacing", "white space before the first word"]),
];

/// A document with all that lies on it.
struct Sheet {
    document: Document,
    text: Text,
    body: Body,
    actors: BTreeMap<ActorId, Actor>,
}

impl Sheet {
    /// Its pieces, each as it must come back from an export with these losses. Positions are code points, because some
    /// formats write blanks for other white space; where texts are written with other spacing, spans are what they hold.
    fn pieces(&self, losses: &BTreeMap<String, usize>) -> BTreeMap<&'static str, Vec<String>> {
        let is_said = |what: &str| losses.keys().any(|loss| loss.contains(what));
        let (is_spaced, is_worded) = (is_said("texts with other spacing"), is_said("of several words"));
        let name = |name: &str| if is_worded { name.replace(' ', "_") } else { name.to_owned() };
        let is_trimmed = is_said("begin or end with white space");
        let place = |span: Span| {
            let (start, end) = self.text.encode_span(span, Unit::CodePoint);
            let held = self.text.slice(span).unwrap();
            let blanks = |length: usize| if is_trimmed { u32::try_from(length).unwrap() } else { 0 };
            let before = held.chars().take_while(|letter| letter.is_whitespace()).count();
            let after = held.chars().rev().take_while(|letter| letter.is_whitespace()).count();
            (start + blanks(before), end - blanks(after))
        };
        // A span may begin with a fragment of white space, which is left out.
        let is_loose = is_said("spans of white space");
        let home = |one: &Annotation| match (name(&one.label), place(one.fragments.envelope()).0) {
            (label, _) if is_loose => label,
            (label, start) => format!("{label} {start}"),
        };
        let mut pieces: BTreeMap<&str, Vec<String>> =
            PIECES.iter().map(|(name, _)| (*name, Vec::new())).collect();
        let mut add = |name: &str, piece: String| pieces.get_mut(name).unwrap().push(piece);
        add("texts", self.text.to_string());
        for one in self.body.annotations() {
            let home = home(one);
            let fragments: Vec<_> = one.fragments.iter().map(place).collect();
            let held = one.fragments.iter().filter_map(|span| self.text.slice(span));
            let held: String = held.flat_map(str::chars).filter(|letter| !letter.is_whitespace()).collect();
            let label = name(&one.label);
            add(
                "spans",
                if is_spaced { format!("{label} {held}") } else { format!("{label} {fragments:?}") },
            );
            // What is said of a span that is left out goes with it.
            if is_loose && held.is_empty() {
                continue;
            }
            for (key, values) in attributes(&one.attributes) {
                add("attributes", format!("{home} {} {values:?}", name(&key)));
            }
            if !one.note.is_empty() {
                add("notes", format!("{home} {:?}", one.note));
            }
            if let Some(actor) = one.actor {
                add("actors of spans", format!("{home} {:?}", self.actors[&actor].name.to_lowercase()));
            }
        }
        for link in self.body.relations() {
            let from = home(self.body.annotation(link.from).unwrap());
            let to = match link.to {
                Target::Annotation(to) => home(self.body.annotation(to).unwrap()),
                Target::Actor(actor) => self.actors[&actor].name.clone(),
            };
            add("links", format!("{} {from} {to}", name(&link.kind)));
        }
        pieces.values_mut().for_each(|list| list.sort());
        pieces
    }
}

/// Each attribute with its values as words, because few formats know flags and numbers.
fn attributes(all: &Attributes) -> impl Iterator<Item = (String, Vec<String>)> {
    all.iter().map(|(key, value)| {
        let words = match value {
            Value::Text(text) => vec![text.clone()],
            Value::Several(all) => all.clone(),
            Value::Flag(flag) => vec![if *flag { "true" } else { "false" }.to_owned()],
            Value::Number(number) => vec![number.to_string()],
        };
        let plain = |word: String| match word.as_str() {
            "yes" => "true".to_owned(),
            "no" => "false".to_owned(),
            _ => word,
        };
        (key.to_string(), words.into_iter().map(plain).collect())
    })
}

/// Paths with their contents.
type Files = Vec<(String, Vec<u8>)>;

/// Prints documents and says what was lost.
fn print(format: &Format, project: &Project, sheets: &[Sheet]) -> (Files, BTreeMap<String, usize>) {
    let printer = format.print.unwrap();
    let mut output = Output::default();
    for (number, sheet) in sheets.iter().enumerate() {
        let (document, text, body) = (&sheet.document, &sheet.text, &sheet.body);
        let context = Context { project, actors: &sheet.actors };
        let page = Page { document, text, body, modified: None, annotator: "Ada", number };
        (printer.page)(&context, &page, &mut output);
    }
    (printer.finish)(&Context { project, actors: &BTreeMap::new() }, &mut output);
    let losses = output
        .losses()
        .iter()
        .map(|(loss, count)| (format!("{}: {}", loss.what, loss.fate), *count))
        .collect();
    (output.take_files(), losses)
}

fn read(format: &Format, files: &[(String, Vec<u8>)]) -> Reading {
    let sources: Vec<_> = files.iter().map(|(path, bytes)| Source { path, bytes }).collect();
    let mut documents = Vec::new();
    let reading = format.parse.unwrap().read(&sources, &mut |one| documents.push(one));
    Reading { documents, ..reading }
}

/// Reads files as an import does, with the unit that it finds out.
fn import(
    format: &Format,
    project: ProjectId,
    files: &[(String, Vec<u8>)],
) -> Result<Vec<Sheet>, TestCaseError> {
    let reading = read(format, files);
    prop_assert!(reading.issues.is_empty(), "{}: {}", format.name, reading.issues[0]);
    let mut survey = Survey::new(format);
    reading.documents.iter().for_each(|one| survey.add(one));
    let terms = Terms {
        project,
        now: Timestamp::default(),
        annotator: String::new(),
        codebook_version: 1,
        actors: Vec::new(),
    };
    let mapping = Mapping::default();
    // Marks without quotes that lie anywhere tell nothing of their unit: there the format's own is chosen.
    let is_told = 0 < survey.evidence.quoted;
    let count = if is_told { survey.evidence.count() } else { format.counts[0] };
    let mut settler = Settler::new(format, count, &mapping, &terms);
    let mut sheets = Vec::new();
    for foreign in reading.documents {
        let one = settler
            .settle(foreign)
            .map_err(|issue| TestCaseError::fail(format!("{}: {issue}", format.name)))?;
        let said: Vec<_> = one.issues.iter().map(ToString::to_string).collect();
        let harmless = |said: &String| {
            ["control character", "a byte order mark was dropped"].iter().any(|one| said.contains(one))
        };
        prop_assert!(said.iter().all(harmless), "{}: {said:?}", format.name);
        sheets.push(Sheet {
            document: one.document,
            text: one.text,
            body: Body::new(one.annotations, one.relations),
            actors: one.actors.into_iter().map(|actor| (actor.id, actor)).collect(),
        });
    }
    Ok(sheets)
}

/// What of one list the other has not, each as often as it is missing.
fn missing(before: &[String], after: &[String]) -> Vec<String> {
    let mut after = after.to_vec();
    let mut lost = Vec::new();
    for piece in before {
        match after.iter().position(|other| other == piece) {
            Some(at) => drop(after.swap_remove(at)),
            None => lost.push(piece.clone()),
        }
    }
    lost
}

fn sheets(world: &World) -> Vec<Sheet> {
    let of = |page: &crate::arbitrary::Page| Sheet {
        document: page.document.clone(),
        text: page.text.clone(),
        body: page.body.clone(),
        actors: world.actors.clone(),
    };
    world.documents.iter().map(of).collect()
}

fn check(format: &Format, world: &World) -> Result<(), TestCaseError> {
    let names: BTreeSet<String> = world.actors.values().map(|actor| fold(&actor.name)).collect();
    if names.len() < world.actors.len() {
        // The registry refuses them: where there are no ids, such names are one actor's.
        return Ok(());
    }
    let project = &world.project;
    let before = sheets(world);
    let (files, losses) = print(format, project, &before);
    if losses.keys().any(|loss| loss.starts_with("texts that are no text")) {
        return Ok(());
    }
    let first = import(format, project.id, &files)?;
    prop_assert_eq!(first.len(), before.len(), "{}: documents", format.name);
    for (name, lost) in PIECES {
        let announced: usize = losses
            .iter()
            .filter(|(loss, _)| lost.iter().any(|lost| loss.starts_with(lost)))
            .map(|(_, count)| *count)
            .sum();
        let pieces = |sheets: &[Sheet]| {
            let mut all: Vec<Vec<String>> =
                sheets.iter().map(|sheet| sheet.pieces(&losses)[name].clone()).collect();
            all.sort();
            all
        };
        let whole = |sheets| pieces(sheets).concat();
        let lost = missing(&whole(&before), &whole(&first));
        prop_assert!(
            lost.len() <= announced,
            "{}: {name}: {announced} announced, lost: {lost:#?}",
            format.name
        );
    }
    let (files, _) = print(format, project, &first);
    let second = import(format, project.id, &files)?;
    let all =
        |sheets: &[Sheet]| sheets.iter().map(|sheet| sheet.pieces(&BTreeMap::new())).collect::<Vec<_>>();
    prop_assert_eq!(all(&first), all(&second), "{}: the second round", format.name);
    Ok(())
}

fn format(name: &str) -> &'static Format {
    FORMATS.iter().find(|format| format.name == name).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn brat_loses_what_it_says(world in world()) { check(format(TWO_WAY[0]), &world)?; }

    #[test]
    fn conll_loses_what_it_says(world in world()) { check(format(TWO_WAY[1]), &world)?; }

    #[test]
    fn doccano_loses_what_it_says(world in world()) { check(format(TWO_WAY[2]), &world)?; }

    #[test]
    fn hugging_face_loses_what_it_says(world in world()) { check(format(TWO_WAY[3]), &world)?; }

    #[test]
    fn label_studio_loses_what_it_says(world in world()) { check(format(TWO_WAY[4]), &world)?; }

    #[test]
    fn prodigy_loses_what_it_says(world in world()) { check(format(TWO_WAY[5]), &world)?; }

    #[test]
    fn pubannotation_loses_what_it_says(world in world()) { check(format(TWO_WAY[6]), &world)?; }

    #[test]
    fn spacy_loses_what_it_says(world in world()) { check(format(TWO_WAY[7]), &world)?; }

    #[test]
    fn web_annotation_loses_what_it_says(world in world()) { check(format(TWO_WAY[8]), &world)?; }

    #[test]
    fn webanno_loses_what_it_says(world in world()) { check(format(TWO_WAY[9]), &world)?; }
}

#[test]
fn every_two_way_format_is_tried() {
    let two_way = FORMATS.iter().filter(|format| format.parse.is_some() && format.print.is_some());
    // The event list of DNA holds statements, not documents, and says so.
    let names: Vec<_> = two_way.map(|format| format.name).filter(|name| *name != "dna").collect();
    assert_eq!(names, TWO_WAY);
}
