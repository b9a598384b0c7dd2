//! Sheets: all annotations and relations that came in with a document, in one row, because a database takes a row in
//! ten times the time that it takes a record in. What is changed afterwards gets rows of its own, which stand above
//! the sheet; an empty one says that its record is gone.
//!
//! A sheet lies among the annotations, under the key of its document: the rows of annotations as lines, an empty line,
//! the rows of relations as lines.

use uuid::Uuid;

use super::rows::Keys;
use crate::{
    format::{Error, row},
    model::{Body, DocumentId, Record},
    store::{Row, Table, Write},
    text::order,
};

/// The writes that store the sheets of documents, made of the annotations and relations among these records. The
/// documents among them start from nothing, whatever an import that broke off has left of them.
pub(super) fn writes<'r>(keys: Keys, records: impl IntoIterator<Item = &'r Record>) -> Vec<Write> {
    let mut lines: Vec<(DocumentId, bool, String)> = Vec::new();
    let mut writes = Vec::new();
    for record in records {
        match record {
            Record::Annotation(one) => lines.push((one.document, false, row::print_annotation(one))),
            Record::Relation(one) => lines.push((one.document, true, row::print_relation(one))),
            Record::Document(one) => writes.push(Write::DeleteBody(keys.record(one.id))),
            Record::Project(_) | Record::Actor(_) => {}
        }
    }
    order::sort_by(&mut lines, |one, other| (one.0, one.1).cmp(&(other.0, other.1)));
    let sheets = lines.chunk_by(|one, other| one.0 == other.0);
    writes.extend(sheets.filter_map(|lines| Some(put(keys, lines.first()?.0, lines))));
    writes
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

fn put(keys: Keys, document: DocumentId, lines: &[(DocumentId, bool, String)]) -> Write {
    let (mut sheet, mut among_relations) = (String::new(), false);
    for (_, is_relation, line) in lines {
        if *is_relation && !among_relations {
            sheet.push('\n');
            among_relations = true;
        }
        sheet.push_str(line);
        sheet.push('\n');
    }
    let key = keys.record(document);
    Write::Put(Row { document: key.clone(), ..keys.row(Table::Annotations, key, sheet) })
}
