//! Sheets: all annotations and relations that came in with a document, in one row, because a database takes a row in
//! ten times the time that it takes a record in. What is changed afterwards gets rows of its own, which stand above
//! the sheet; an empty one says that its record is gone.
//!
//! A sheet lies among the annotations, under the key of its document, or in a quire, see [`super::quire`]: annotations as
//! lines, an empty line, relations as lines.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::rows::Keys;
use crate::{
    format::{Error, row},
    model::{Annotation, Body, DocumentId, Record, Relation},
    store::{Contents, Row, Table, Write},
};

/// A sheet in the making.
#[derive(Default)]
pub(super) struct Sheet<'r> {
    marks: String,
    links: String,
    last_mark: Option<&'r Annotation>,
    last_link: Option<&'r Relation>,
}

impl<'r> Sheet<'r> {
    /// Puts an annotation on it.
    pub(super) fn mark(&mut self, annotation: &'r Annotation) {
        let above = self.last_mark.replace(annotation);
        self.marks.push_str(&row::print_annotation_below(above, annotation));
        self.marks.push('\n');
    }

    /// Puts a relation on it.
    pub(super) fn link(&mut self, relation: &'r Relation) {
        let above = self.last_link.replace(relation);
        self.links.push_str(&row::print_relation_below(above, relation));
        self.links.push('\n');
    }

    /// The sheet.
    pub(super) fn print(self) -> String {
        if self.links.is_empty() { self.marks } else { format!("{}\n{}", self.marks, self.links) }
    }
}

/// The writes that store the sheets of documents, made of the annotations and relations among these records. Each
/// document among them gets one, and be it empty: it may lie over one that an import which broke off has left, or over
/// one in a quire.
pub(super) fn writes<'r>(keys: Keys, records: impl IntoIterator<Item = &'r Record>) -> Vec<Write> {
    let mut sheets: BTreeMap<DocumentId, Sheet<'r>> = BTreeMap::new();
    for record in records {
        match record {
            Record::Document(one) => {
                sheets.entry(one.id).or_default();
            }
            Record::Annotation(one) => sheets.entry(one.document).or_default().mark(one),
            Record::Relation(one) => sheets.entry(one.document).or_default().link(one),
            Record::Project(_) | Record::Actor(_) => {}
        }
    }
    let put = |(document, sheet): (DocumentId, Sheet<'r>)| {
        let key = keys.record(document);
        Write::Put(Row { document: key.clone(), ..keys.row(Table::Annotations, key, sheet.print()) })
    };
    sheets.into_iter().map(put).collect()
}

/// By what code the lines of a sheet are read.
#[derive(Clone, Copy)]
pub struct Lines {
    mark: fn(Option<&Annotation>, &str) -> Result<Annotation, Error>,
    link: fn(Option<&Relation>, &str) -> Result<Relation, Error>,
}

impl Lines {
    /// By that which reads rows anyway, for what is read now and then.
    pub(super) const AS_ROWS: Self =
        Self { mark: row::parse_annotation_below, link: row::parse_relation_below };

    /// By that which takes half the time, for a worker that reads thousands.
    pub(super) const QUICKLY: Self =
        Self { mark: row::parse_annotation_quickly, link: row::parse_relation_quickly };
}

/// Reads what lies on a document, by all its rows among annotations and relations, each ordered by key, and the sheet in
/// a quire that stands for a row where there is none; so many lines of it at a time as are asked for.
pub(super) struct BodyReader<'r> {
    contents: &'r Contents,
    sheet: SheetReader<'r>,
    changed_marks: Vec<Uuid>,
    changed_links: Vec<Uuid>,
    marks: Vec<Annotation>,
    links: Vec<Relation>,
}

impl<'r> BodyReader<'r> {
    pub(super) fn new(contents: &'r Contents, in_quire: &'r str, lines: Lines) -> Self {
        let of_own = contents.annotations.iter().find(|row| is_sheet(row)).map(|row| row.json.as_str());
        Self {
            contents,
            sheet: SheetReader::new(of_own.unwrap_or(in_quire), lines),
            // Where no record has rows of its own, nothing on the sheet has changed.
            changed_marks: changed(&contents.annotations),
            changed_links: changed(&contents.relations),
            marks: Vec::new(),
            links: Vec::new(),
        }
    }

    /// Reads so many lines of the sheet more; `false` once it is read.
    ///
    /// # Errors
    /// A line does not hold what it must.
    pub(super) fn read(&mut self, lines: usize) -> Result<bool, Error> {
        let is_changed = |changed: &[Uuid], id: Uuid| changed.binary_search(&id).is_ok();
        let Self { sheet, changed_marks, changed_links, marks, links, .. } = self;
        sheet.read(
            lines,
            &mut |one| marks.extend((!is_changed(changed_marks, one.id.uuid())).then_some(one)),
            &mut |one| links.extend((!is_changed(changed_links, one.id.uuid())).then_some(one)),
        )
    }

    /// What lies on the document, with the rows beside the sheet.
    ///
    /// # Errors
    /// A row does not hold what it must.
    pub(super) fn finish(mut self) -> Result<Body, Error> {
        for row in self.contents.annotations.iter().filter(|row| !is_sheet(row) && !row.json.is_empty()) {
            self.marks.push(row::parse_annotation(&row.json)?);
        }
        for row in self.contents.relations.iter().filter(|row| !row.json.is_empty()) {
            self.links.push(row::parse_relation(&row.json)?);
        }
        Ok(Body::new(self.marks, self.links))
    }
}

/// A sheet that is read line by line.
pub(super) struct SheetReader<'s> {
    rest: std::str::Split<'s, char>,
    lines: Lines,
    last_mark: Option<Annotation>,
    last_link: Option<Relation>,
    among_links: bool,
}

impl<'s> SheetReader<'s> {
    pub(super) fn new(sheet: &'s str, lines: Lines) -> Self {
        Self { rest: sheet.split('\n'), lines, last_mark: None, last_link: None, among_links: false }
    }

    /// Reads so many lines more; `false` once there are no more.
    ///
    /// # Errors
    /// A line does not hold what it must.
    pub(super) fn read(
        &mut self,
        lines: usize,
        mark: &mut dyn FnMut(Annotation),
        link: &mut dyn FnMut(Relation),
    ) -> Result<bool, Error> {
        for _ in 0..lines {
            let Some(line) = self.rest.next() else {
                self.last_mark.take().into_iter().for_each(mark);
                self.last_link.take().into_iter().for_each(link);
                return Ok(false);
            };
            self.among_links |= line.is_empty();
            if line.is_empty() {
            } else if self.among_links {
                let read = (self.lines.link)(self.last_link.as_ref(), line)?;
                self.last_link.replace(read).into_iter().for_each(&mut *link);
            } else {
                let read = (self.lines.mark)(self.last_mark.as_ref(), line)?;
                self.last_mark.replace(read).into_iter().for_each(&mut *mark);
            }
        }
        Ok(true)
    }
}

fn is_sheet(row: &Row) -> bool {
    row.key == row.document
}

/// The ids of the records that have rows of their own, in order, as their keys are.
fn changed(rows: &[Row]) -> Vec<Uuid> {
    let own = rows.iter().filter(|row| !is_sheet(row));
    own.filter_map(|row| Uuid::try_parse(row.key.rsplit('/').next()?).ok()).collect()
}
