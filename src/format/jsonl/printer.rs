//! Prints documents as lines of the dataset.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::format::migrate::FORMAT;
use crate::format::record::{self, ActorRecord, AnnotationRecord, Columns, MetaRecord, RelationRecord};
use crate::model::{Actor, ActorId, Body, Codebook, Document, Target, Timestamp};
use crate::text::{Text, Unit, order};

/// What all lines of a file share. Made once a file.
#[derive(Clone, Debug)]
pub struct DatasetHead {
    project: String,
    codebook_version: u32,
    unit: Unit,
    /// Attribute columns of spans and of relations; `None` prints the attributes as they are.
    columns: Option<(Columns, Columns)>,
}

impl DatasetHead {
    /// The head of a dataset: every record has every attribute of the codebook, each of one JSON type.
    /// A value that its attribute no longer allows is turned into that type or, failing that, null. Where the codebook
    /// has no attributes at all, all of them together are null.
    pub fn new(project_name: &str, codebook: &Codebook, unit: Unit) -> Self {
        let columns =
            (Columns::new(&codebook.span_attributes()), Columns::new(&codebook.relation_attributes()));
        Self { columns: Some(columns), ..Self::exact(project_name, codebook, unit) }
    }

    /// The head of a file that must give back exactly what went in, such as a backup.
    pub fn exact(project_name: &str, codebook: &Codebook, unit: Unit) -> Self {
        Self { project: project_name.to_owned(), codebook_version: codebook.version, unit, columns: None }
    }
}

#[derive(Serialize)]
struct LineRecord<'a> {
    format: &'static str,
    offset_unit: &'static str,
    project: &'a str,
    codebook_version: u32,
    id: String,
    title: &'a str,
    text: &'a str,
    text_sha256: &'a str,
    language: &'a str,
    meta: MetaRecord<'a>,
    status: &'static str,
    position: f64,
    annotator: &'a str,
    modified: Option<String>,
    spans: Vec<AnnotationRecord<'a>>,
    relations: Vec<RelationRecord<'a>>,
    actors: Vec<ActorRecord<'a>>,
    extra: &'a str,
}

/// One document as a line of the dataset, without the line end. Linear in its size.
///
/// Spans come in the order of the text, relations and actors by id; actors are those that spans and relations refer to.
/// The same document always gives the same bytes.
///
/// ```
/// use std::collections::BTreeMap;
/// use rubricator::format::{DatasetHead, Reader, print_line};
/// use rubricator::model::{Body, Codebook, ProjectId};
/// use rubricator::text::Unit;
/// use uuid::Uuid;
///
/// let mut reader = Reader::new("talks.jsonl", ProjectId::new(Uuid::nil()));
/// let read = reader.parse_line(1, r#"{"text":"Ada met Bo.","spans":[{"label":"actor","start":0,"end":3}]}"#, &mut Uuid::max);
/// let read = read.unwrap();
/// let body = Body::new(read.annotations, read.relations);
/// let head = DatasetHead::new("Talks", &Codebook::standard(), Unit::CodePoint);
/// let line = print_line(&head, &read.document, &read.text, &body, &BTreeMap::new(), None, "");
/// assert!(line.contains(r#""start":0,"end":3,"fragments":[[0,3]],"text":"Ada""#));
/// ```
pub fn print_line(
    head: &DatasetHead,
    document: &Document,
    text: &Text,
    body: &Body,
    actors: &BTreeMap<ActorId, Actor>,
    modified: Option<Timestamp>,
    annotator: &str,
) -> String {
    let (span_columns, relation_columns) =
        head.columns.as_ref().map_or((None, None), |(spans, relations)| (Some(spans), Some(relations)));
    let named = body.annotations().filter_map(|annotation| annotation.actor);
    let linked = body.relations().filter_map(|relation| match relation.to {
        Target::Actor(actor) => Some(actor),
        Target::Annotation(_) => None,
    });
    let referred = order::set(named.chain(linked));
    record::print(&LineRecord {
        format: FORMAT,
        offset_unit: head.unit.name(),
        project: &head.project,
        codebook_version: head.codebook_version,
        id: document.id.to_string(),
        title: &document.title,
        text,
        text_sha256: &document.text_sha256,
        language: &document.meta.language,
        meta: MetaRecord::from(&document.meta),
        status: document.status.name(),
        position: document.position,
        annotator,
        modified: modified.map(record::moment),
        spans: body
            .annotations()
            .map(|annotation| AnnotationRecord::in_line(annotation, text, head.unit, span_columns))
            .collect(),
        relations: body
            .relations()
            .map(|relation| RelationRecord::in_line(relation, relation_columns))
            .collect(),
        actors: referred.iter().filter_map(|id| actors.get(id)).map(ActorRecord::from).collect(),
        extra: document.extra.as_str(),
    })
}
