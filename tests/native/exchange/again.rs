//! Takes what a parser read as records of ours, in the plainest way, and gives them to the same format's printer: what
//! comes back must say the same. Labels become keys as they are written; nothing is checked against its quote.

use std::collections::BTreeMap;

use rubricator::format::exchange::{
    Context, End, Foreign, Format, Mark, Output, Page, Reading, Source, Values, keep,
};
use rubricator::format::text_sha256;
use rubricator::model::{
    Annotation, AnnotationId, Body, Codebook, Document, DocumentId, Fragments, Project, ProjectId, Relation,
    RelationId, Status, Target, Timestamp,
};
use rubricator::text::{self, Span, Text, Unit};
use uuid::Uuid;

/// What an export gives: its files and what it could not hold.
pub struct Printed {
    /// Paths with their contents.
    pub files: Vec<(String, Vec<u8>)>,
    /// Plurals with fates and counts.
    pub losses: Vec<String>,
}

impl Printed {
    /// The file of that path as text.
    pub fn file(&self, path: &str) -> &str {
        let (_, bytes) =
            self.files.iter().find(|(known, _)| known == path).unwrap_or_else(|| panic!("no {path}"));
        std::str::from_utf8(bytes).unwrap()
    }

    /// The first file as text.
    pub fn first(&self) -> &str {
        std::str::from_utf8(&self.files[0].1).unwrap()
    }

    /// The files as a parser takes them.
    pub fn sources(&self) -> Vec<Source<'_>> {
        self.files.iter().map(|(path, bytes)| Source { path, bytes }).collect()
    }
}

/// Reads files with all their documents.
pub fn parse(format: &Format, sources: &[Source<'_>]) -> Reading {
    let mut documents = Vec::new();
    let reading = format.parse.unwrap().read(sources, &mut |one| documents.push(one));
    Reading { documents, ..reading }
}

/// Prints documents as they were read, with the standard codebook.
pub fn print(format: &Format, documents: &[Foreign], unit: Unit) -> Printed {
    let project = Project {
        id: ProjectId::new(Uuid::nil()),
        name: "Talks".into(),
        codebook: Codebook::standard(),
        guidelines: String::new(),
        created: Timestamp::from_unix_millis(0),
        discarded: false,
    };
    let context = Context { project: &project, actors: &BTreeMap::new() };
    let printer = format.print.unwrap();
    let mut output = Output::default();
    for (number, foreign) in documents.iter().enumerate() {
        let (document, text, body) = records(format, foreign, unit);
        let page =
            Page { document: &document, text: &text, body: &body, modified: None, annotator: "", number };
        (printer.page)(&context, &page, &mut output);
    }
    (printer.finish)(&context, &mut output);
    let losses = output.losses().iter().map(|(loss, count)| format!("{count} {} {}", loss.what, loss.fate));
    Printed { losses: losses.collect(), files: output.take_files() }
}

/// Reads, prints and reads again; panics where the two readings differ in anything but ids made up and lines.
pub fn again(format: &Format, sources: &[Source<'_>], unit: Unit) -> (Reading, Printed) {
    let first = parse(format, sources);
    let printed = print(format, &first.documents, unit);
    let second = parse(format, &printed.sources());
    assert_eq!(second.issues, []);
    assert_eq!(printed.losses, Vec::<String>::new());
    let plain = |reading: &Reading| reading.documents.iter().map(comparable).collect::<Vec<_>>();
    for (one, other) in plain(&first).iter().zip(plain(&second)) {
        assert_eq!(one, &other);
    }
    assert_eq!(first.documents.len(), second.documents.len());
    let third = print(format, &second.documents, unit);
    assert_eq!(third.files, printed.files);
    (first, printed)
}

/// A document without what printing may change: its file's name, where its lines stand, their order, and ids that the
/// parser makes up. What the file calls its records is in their extras.
fn comparable(foreign: &Foreign) -> Foreign {
    let mut foreign = foreign.clone();
    foreign.path.clear();
    foreign.id.clear();
    foreign.line = None;
    let names: BTreeMap<String, String> = foreign
        .marks
        .iter()
        .map(|mark| (mark.id.clone(), format!("{} {:?}", mark.label, mark.fragments)))
        .collect();
    for mark in &mut foreign.marks {
        mark.id.clear();
        mark.line = None;
        mark.attributes.sort_by(|one, other| one.0.cmp(&other.0));
    }
    for link in &mut foreign.links {
        link.id.clear();
        link.line = None;
        link.from = names[&link.from].clone();
        if let End::Mark(to) = &mut link.to {
            *to = names[to].clone();
        }
        link.attributes.sort_by(|one, other| one.0.cmp(&other.0));
    }
    foreign
        .marks
        .sort_by_key(|mark| (mark.fragments.clone(), mark.label.clone(), format!("{:?}", mark.extra)));
    foreign.links.sort_by_key(|link| (link.from.clone(), link.kind.clone(), format!("{:?}", link.to)));
    foreign
}

fn records(format: &Format, foreign: &Foreign, unit: Unit) -> (Document, Text, Body) {
    let text = Text::new(foreign.text.clone());
    let document = Document {
        id: DocumentId::new(Uuid::from_u128(1)),
        project: ProjectId::new(Uuid::nil()),
        title: if foreign.title.is_empty() { text::title(&text).to_owned() } else { foreign.title.clone() },
        meta: foreign.meta.clone(),
        status: foreign.status.unwrap_or(Status::Todo),
        position: 0.0,
        text_sha256: text_sha256(&text),
        extra: {
            let fields = foreign.extra.clone().into_iter().chain(foreign.lists.to_map());
            keep(format.name, fields.collect())
        },
    };
    let mut ids = BTreeMap::new();
    let annotations = foreign.marks.iter().zip(1..).filter_map(|(mark, number)| {
        let id = AnnotationId::new(Uuid::from_u128(number));
        ids.entry(mark.id.clone()).or_insert(id);
        Some(Annotation {
            id,
            document: document.id,
            label: mark.label.as_str().into(),
            fragments: fragments(&text, mark, unit)?,
            actor: None,
            attributes: mark
                .attributes
                .iter()
                .map(|(key, value)| (key.as_str().into(), value.clone()))
                .collect(),
            note: mark.aside.note.clone(),
            origin: mark.origin,
            annotator: mark.aside.annotator.clone(),
            modified: Timestamp::from_unix_millis(0),
            codebook_version: 1,
            extra: keep(format.name, mark.extra.to_map()),
        })
    });
    let annotations: Vec<_> = annotations.collect();
    let relations = foreign.links.iter().zip(1..).filter_map(|(link, number)| {
        let End::Mark(to) = &link.to else { return None };
        Some(Relation {
            id: RelationId::new(Uuid::from_u128(number)),
            document: document.id,
            kind: link.kind.as_str().into(),
            from: *ids.get(&link.from)?,
            to: Target::Annotation(*ids.get(to)?),
            attributes: link
                .attributes
                .iter()
                .map(|(key, value)| (key.as_str().into(), value.clone()))
                .collect(),
            note: link.note.clone(),
            annotator: String::new(),
            modified: Timestamp::from_unix_millis(0),
            codebook_version: 1,
            extra: keep(format.name, link.extra.to_map()),
        })
    });
    let body = Body::new(annotations, relations.collect::<Vec<_>>());
    (document, text, body)
}

fn fragments(text: &Text, mark: &Mark, unit: Unit) -> Option<Fragments> {
    let place = |number: &i64| u64::try_from(*number).ok();
    let spans = mark.fragments.iter().map(|(start, end)| text.decode_span(place(start)?, place(end)?, unit));
    Fragments::new(spans.collect::<Option<Vec<Span>>>()?)
}

/// The records of a file, to be compared whatever the order of their keys.
pub fn values(content: &[u8]) -> Vec<serde_json::Value> {
    let mut values = Values::new();
    values.push(content);
    values.finish();
    std::iter::from_fn(|| values.next_value()).map(|found| found.value.unwrap()).collect()
}
