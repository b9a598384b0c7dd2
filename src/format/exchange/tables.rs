//! Four tables for spreadsheets and statistics: documents, annotations, links and actors, joined by ids; each attribute
//! of the codebook is a column. They are only written: the dataset is what comes in again without loss.
//!
//! Places are code points from 0, the end not included. UTF-8 with a byte order mark, without which Excel reads
//! accented letters wrongly and which pandas, readr and DuckDB pass over. What a spreadsheet would run as a formula
//! gets an apostrophe in front, and how often that was is said before saving.

use std::borrow::Cow;

use super::catalogue::{Confidence, Format, Print};
use super::table::push_row;
use super::{Context, Count, Output, Page};
use crate::model::{Annotation, Attribute, Attributes, Relation, Target, Value};
use crate::text::Unit;

/// Tables of documents, annotations, links and actors.
pub const FORMAT: Format = Format {
    name: "tables",
    title: "Tables for spreadsheets (CSV)",
    endings: &["zip"],
    companions: &[],
    counts: &[Count::CodePoint],
    recognize: |_| Confidence::No,
    parse: None,
    print: Some(Print { ending: "zip", page, finish }),
};

const DOCUMENTS: [&str; 12] = [
    "document_id",
    "title",
    "source",
    "author",
    "published",
    "url",
    "language",
    "status",
    "annotator",
    "modified",
    "sha256",
    "text",
];
const ANNOTATIONS: [&str; 14] = [
    "document_id",
    "document_title",
    "annotation_id",
    "label",
    "start",
    "end",
    "fragments",
    "text",
    "actor_id",
    "actor",
    "note",
    "origin",
    "annotator",
    "modified",
];
const LINKS: [&str; 13] = [
    "document_id",
    "link_id",
    "type",
    "from_id",
    "from_label",
    "from_text",
    "to_kind",
    "to_id",
    "to_label",
    "to_text",
    "note",
    "annotator",
    "modified",
];
const ACTORS: [&str; 6] = ["actor_id", "name", "kind", "aliases", "wikidata", "note"];

/// What is lost where a cell is guarded.
pub(super) const FORMULAS: &str = "cells that a spreadsheet would run as formulas";
/// And what became of it.
pub(super) const GUARDED: &str = "written with an apostrophe in front";

/// Where attributes stand that the codebook does not know.
const OTHERS: &str = "other_attributes";

/// A table as it is being written.
struct Table<'o> {
    path: &'static str,
    rows: String,
    output: &'o mut Output,
}

impl<'o> Table<'o> {
    fn new(path: &'static str, output: &'o mut Output) -> Self {
        Self { path, rows: String::new(), output }
    }

    /// Names the columns, and after them those of attributes if the table has such.
    fn head(&mut self, columns: &[&'static str], attributes: Option<&[&Attribute]>) {
        self.rows.push('\u{FEFF}');
        let own = columns.iter().copied().map(Cow::Borrowed);
        let more = attributes.into_iter().flatten().map(|attribute| Cow::from(attribute.key.to_string()));
        let others = attributes.map(|_| Cow::Borrowed(OTHERS));
        self.push(own.chain(more).chain(others));
    }

    fn push<'c>(&mut self, cells: impl IntoIterator<Item = Cow<'c, str>>) {
        let cells: Vec<Cow<'c, str>> = cells.into_iter().collect();
        let guarded = push_row(&mut self.rows, ',', cells.iter().map(|cell| &**cell));
        self.output.lose(FORMULAS, GUARDED, guarded);
    }

    fn end(self) {
        self.output.push(self.path, self.rows.as_bytes());
    }
}

fn page(context: &Context<'_>, page: &Page<'_>, output: &mut Output) {
    documents(page, output);
    let attributes = context.project.codebook.span_attributes();
    let mut table = Table::new("annotations.csv", output);
    if page.number == 0 {
        table.head(&ANNOTATIONS, Some(&attributes));
    }
    for annotation in page.body.annotations() {
        let row = annotation_cells(context, page, annotation);
        table.push(row.into_iter().chain(attribute_cells(&annotation.attributes, &attributes)));
    }
    table.end();
    let attributes = context.project.codebook.relation_attributes();
    let mut table = Table::new("links.csv", output);
    if page.number == 0 {
        table.head(&LINKS, Some(&attributes));
    }
    for relation in page.body.relations() {
        let row = link_cells(context, page, relation);
        table.push(row.into_iter().chain(attribute_cells(&relation.attributes, &attributes)));
    }
    table.end();
}

fn documents(page: &Page<'_>, output: &mut Output) {
    let document = page.document;
    let mut table = Table::new("documents.csv", output);
    if page.number == 0 {
        table.head(&DOCUMENTS, None);
    }
    let id = document.id.to_string();
    let modified = page.modified.map(|modified| modified.to_string()).unwrap_or_default();
    let cells: [&str; DOCUMENTS.len()] = [
        &id,
        &document.title,
        &document.meta.source,
        &document.meta.author,
        &document.meta.published,
        &document.meta.url,
        &document.meta.language,
        document.status.name(),
        page.annotator,
        &modified,
        &document.text_sha256,
        page.text.as_str(),
    ];
    table.push(cells.map(Cow::Borrowed));
    table.end();
}

fn annotation_cells<'p>(
    context: &'p Context<'_>,
    page: &'p Page<'_>,
    annotation: &'p Annotation,
) -> [Cow<'p, str>; ANNOTATIONS.len()] {
    let (start, end) = page.text.encode_span(annotation.fragments.envelope(), Unit::CodePoint);
    let fragments = annotation.fragments.iter().map(|span| {
        let (start, end) = page.text.encode_span(span, Unit::CodePoint);
        format!("{start}-{end}")
    });
    let actor = annotation.actor.and_then(|id| context.actors.get(&id));
    [
        page.document.id.to_string().into(),
        (&*page.document.title).into(),
        annotation.id.to_string().into(),
        annotation.label.as_str().into(),
        start.to_string().into(),
        end.to_string().into(),
        fragments.collect::<Vec<_>>().join(";").into(),
        words(page, annotation).into(),
        annotation.actor.map(|id| id.to_string()).unwrap_or_default().into(),
        actor.map_or("", |actor| &actor.name).into(),
        (&*annotation.note).into(),
        annotation.origin.name().into(),
        (&*annotation.annotator).into(),
        annotation.modified.to_string().into(),
    ]
}

fn link_cells<'p>(
    context: &'p Context<'_>,
    page: &'p Page<'_>,
    relation: &'p Relation,
) -> [Cow<'p, str>; LINKS.len()] {
    let from = page.body.annotation(relation.from);
    let (to_kind, to_id, to_label, to_text): (_, _, Cow<'p, str>, Cow<'p, str>) = match relation.to {
        Target::Annotation(id) => {
            let to = page.body.annotation(id);
            let label = to.map_or("", |to| to.label.as_str());
            (
                "annotation",
                id.to_string(),
                label.into(),
                to.map(|to| words(page, to)).unwrap_or_default().into(),
            )
        }
        Target::Actor(id) => {
            let actor = context.actors.get(&id);
            let kind = actor.map_or("", |actor| actor.kind.name());
            ("actor", id.to_string(), kind.into(), actor.map_or("", |actor| &actor.name).into())
        }
    };
    [
        page.document.id.to_string().into(),
        relation.id.to_string().into(),
        relation.kind.as_str().into(),
        relation.from.to_string().into(),
        from.map_or("", |from| from.label.as_str()).into(),
        from.map(|from| words(page, from)).unwrap_or_default().into(),
        to_kind.into(),
        to_id.into(),
        to_label,
        to_text,
        (&*relation.note).into(),
        (&*relation.annotator).into(),
        relation.modified.to_string().into(),
    ]
}

/// The marked words, fragments joined by a blank.
pub(super) fn words(page: &Page<'_>, annotation: &Annotation) -> String {
    let parts = annotation.fragments.iter().filter_map(|span| page.text.slice(span));
    parts.collect::<Vec<_>>().join(" ")
}

/// A cell for each attribute of the codebook, and one for what it does not know.
fn attribute_cells<'a>(own: &Attributes, known: &[&'a Attribute]) -> Vec<Cow<'a, str>> {
    let is_known = |key: &str| known.iter().any(|attribute| &*attribute.key == key);
    let others = own.iter().filter(|(key, _)| !is_known(key));
    let others: Vec<String> = others.map(|(key, value)| format!("{key}={}", plain(value))).collect();
    let cells = known.iter().map(|attribute| own.get(&attribute.key).map(plain).unwrap_or_default().into());
    cells.chain([others.join("; ").into()]).collect()
}

/// A value as people write it.
pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Several(several) => several.join("; "),
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
    }
}

fn finish(context: &Context<'_>, output: &mut Output) {
    let mut table = Table::new("actors.csv", output);
    table.head(&ACTORS, None);
    for actor in context.actors.values() {
        let (id, aliases) = (actor.id.to_string(), actor.aliases.join("; "));
        let cells: [&str; ACTORS.len()] =
            [&id, &actor.name, actor.kind.name(), &aliases, &actor.wikidata, &actor.note];
        table.push(cells.map(Cow::Borrowed));
    }
    table.end();
}
