//! Sheets: all annotations and relations that came in with a document, in one row, because a database takes a row in
//! ten times the time that it takes a record in. What is changed afterwards gets rows of its own, which stand above
//! the sheet; an empty one says that its record is gone.
//!
//! A sheet lies among the annotations, under the key of its document: the rows of annotations as lines, an empty line,
//! the rows of relations as lines.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::rows::Keys;
use crate::{
    format::{Error, row},
    model::{Body, DocumentId, Record},
    store::{Row, Table, Write},
};

/// The writes that store the sheets of documents, made of the annotations and relations among these records. Each
/// document among them gets one, and be it empty: it may lie over one that an import which broke off has left.
pub(super) fn writes<'r>(keys: Keys, records: impl IntoIterator<Item = &'r Record>) -> Vec<Write> {
    let mut sheets: BTreeMap<DocumentId, (String, String)> = BTreeMap::new();
    for record in records {
        match record {
            Record::Document(one) => {
                sheets.entry(one.id).or_default();
            }
            Record::Annotation(one) => {
                let (marks, _) = sheets.entry(one.document).or_default();
                marks.push_str(&row::print_annotation(one));
                marks.push('\n');
            }
            Record::Relation(one) => {
                let (_, links) = sheets.entry(one.document).or_default();
                links.push_str(&row::print_relation(one));
                links.push('\n');
            }
            Record::Project(_) | Record::Actor(_) => {}
        }
    }
    let put = |(document, (marks, links)): (DocumentId, (String, String))| {
        let key = keys.record(document);
        let sheet = if links.is_empty() { marks } else { format!("{marks}\n{links}") };
        Write::Put(Row { document: key.clone(), ..keys.row(Table::Annotations, key, sheet) })
    };
    sheets.into_iter().map(put).collect()
}

/// What lies on a document, by all its rows among annotations and relations, each ordered by key.
///
/// # Errors
/// A row does not hold what it must.
pub fn body_of(annotations: &[Row], relations: &[Row]) -> Result<Body, Error> {
    let (mut marks, mut links) = (Vec::new(), Vec::new());
    let mut read = |json: &str, is_relation: bool, changed: &[Uuid]| {
        let is_changed = |id: Uuid| changed.binary_search(&id).is_ok();
        if json.is_empty() {
        } else if is_relation {
            let relation = row::parse_relation(json)?;
            links.extend((!is_changed(relation.id.uuid())).then_some(relation));
        } else {
            let annotation = row::parse_annotation(json)?;
            marks.extend((!is_changed(annotation.id.uuid())).then_some(annotation));
        }
        Ok(())
    };
    for (rows, is_relation) in [(annotations, false), (relations, true)] {
        for row in rows {
            if !is_sheet(row) {
                read(&row.json, is_relation, &[])?;
                continue;
            }
            let (marks, links) = (changed(annotations), changed(relations));
            let mut among_relations = false;
            for line in row.json.split('\n') {
                among_relations |= line.is_empty();
                read(line, among_relations, if among_relations { &links } else { &marks })?;
            }
        }
    }
    Ok(Body::new(marks, links))
}

fn is_sheet(row: &Row) -> bool {
    row.key == row.document
}

/// The ids of the records that have rows of their own, in order, as their keys are.
fn changed(rows: &[Row]) -> Vec<Uuid> {
    let own = rows.iter().filter(|row| !is_sheet(row));
    own.filter_map(|row| Uuid::try_parse(row.key.rsplit('/').next()?).ok()).collect()
}
