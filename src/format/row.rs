//! Database rows: small JSON strings in the shape of the wire records. Positions are UTF-8 bytes.
//! Reading is strict: a row that does not hold what it must is an error, so that nothing is written over it.
//! A project's row states the format of all its rows; [`super::migrate_row`] brings older ones up to date.

use serde::Deserialize;

use super::backup::Cursor;
use super::migrate;
use super::record::{
    self, ActorRecord, AnnotationRecord, BriefAnnotation, BriefRelation, CursorRecord, DocumentRecord,
    EntryRecord, Fault, ProjectRecord, RelationRecord, StoredDocument,
};
use super::{Error, RecordKind};
use crate::model::{Actor, Annotation, Change, Edit, Entry, Project, ProjectId, Relation};

/// The row of an annotation.
pub fn print_annotation(annotation: &Annotation) -> String {
    record::print(&AnnotationRecord::row(annotation))
}

/// Reads the row of an annotation.
///
/// # Errors
/// The row is no JSON of that shape, or a field holds what it cannot mean.
pub fn parse_annotation(row: &str) -> Result<Annotation, Error> {
    parse_annotation_below(None, row)
}

/// The line of an annotation on a sheet: what goes without saying and what is as in the line above is left out.
pub fn print_annotation_below(above: Option<&Annotation>, annotation: &Annotation) -> String {
    record::print(&BriefAnnotation::below(above, annotation))
}

/// Reads a line of a sheet, or a row.
///
/// # Errors
/// As [`parse_annotation`].
pub fn parse_annotation_below(above: Option<&Annotation>, line: &str) -> Result<Annotation, Error> {
    let kind = RecordKind::Annotation;
    record_of::<AnnotationRecord<'_>>(kind, &parse(kind, line)?)?
        .into_annotation(above)
        .map_err(|fault| at(kind, fault))
}

/// As [`parse_annotation_below`], by code of its own, which takes half the time but would weigh in the first bundle.
///
/// # Errors
/// As [`parse_annotation`].
pub fn parse_annotation_quickly(above: Option<&Annotation>, line: &str) -> Result<Annotation, Error> {
    let kind = RecordKind::Annotation;
    parse::<AnnotationRecord<'_>>(kind, line)?.into_annotation(above).map_err(|fault| at(kind, fault))
}

/// The row of a relation.
pub fn print_relation(relation: &Relation) -> String {
    record::print(&RelationRecord::row(relation))
}

/// Reads the row of a relation.
///
/// # Errors
/// As [`parse_annotation`].
pub fn parse_relation(row: &str) -> Result<Relation, Error> {
    parse_relation_below(None, row)
}

/// As [`print_annotation_below`].
pub fn print_relation_below(above: Option<&Relation>, relation: &Relation) -> String {
    record::print(&BriefRelation::below(above, relation))
}

/// As [`parse_annotation_below`].
///
/// # Errors
/// As [`parse_annotation`].
pub fn parse_relation_below(above: Option<&Relation>, line: &str) -> Result<Relation, Error> {
    let kind = RecordKind::Relation;
    record_of::<RelationRecord<'_>>(kind, &parse(kind, line)?)?
        .into_relation(above)
        .map_err(|fault| at(kind, fault))
}

/// As [`parse_annotation_quickly`].
///
/// # Errors
/// As [`parse_annotation`].
pub fn parse_relation_quickly(above: Option<&Relation>, line: &str) -> Result<Relation, Error> {
    let kind = RecordKind::Relation;
    parse::<RelationRecord<'_>>(kind, line)?.into_relation(above).map_err(|fault| at(kind, fault))
}

/// The row of a registry entry.
pub fn print_actor(actor: &Actor) -> String {
    record::print(&ActorRecord::from(actor))
}

/// Reads the row of a registry entry of that project.
///
/// # Errors
/// As [`parse_annotation`].
pub fn parse_actor(row: &str, project: ProjectId) -> Result<Actor, Error> {
    let kind = RecordKind::Actor;
    record_of::<ActorRecord<'_>>(kind, &parse(kind, row)?)?
        .into_actor(project)
        .map_err(|fault| at(kind, fault))
}

/// The row of a document.
pub fn print_document(stored: &StoredDocument) -> String {
    record::print(&DocumentRecord::from(stored))
}

/// Reads the row of a document of that project.
///
/// # Errors
/// As [`parse_annotation`].
pub fn parse_document(row: &str, project: ProjectId) -> Result<StoredDocument, Error> {
    let kind = RecordKind::Document;
    record_of::<DocumentRecord<'_>>(kind, &parse(kind, row)?)?
        .into_stored(project)
        .map_err(|fault| at(kind, fault))
}

/// The row of a project.
pub fn print_project(project: &Project) -> String {
    record::print(&ProjectRecord::from(project))
}

/// Reads the row of the project of that id, whatever version it has.
///
/// # Errors
/// As [`parse_annotation`]; [`Error::NewerFormat`] if a later version of this program wrote it.
pub fn parse_project(row: &str, id: ProjectId) -> Result<Project, Error> {
    let kind = RecordKind::Project;
    let value: serde_json::Value = parse(kind, row)?;
    let from = project_version(&value)?;
    let value = migrate::migrate(kind, value, from);
    record_of::<ProjectRecord<'_>>(kind, &value)?.into_project(id).map_err(|fault| at(kind, fault))
}

/// The version of all rows of a project, by its own row; see [`super::migrate_row`].
///
/// # Errors
/// As [`parse_project`].
pub fn parse_version(row: &str) -> Result<u32, Error> {
    project_version(&parse(RecordKind::Project, row)?)
}

/// The row of a history entry.
pub fn print_entry(entry: &Entry) -> String {
    record::print(&EntryRecord::from(entry))
}

/// Changes as the row of a history entry lists them, for [`print_entry_with`].
pub fn print_changes<'c>(changes: impl IntoIterator<Item = &'c Change>) -> String {
    let list = EntryRecord::list(changes);
    list.trim_start_matches('[').strip_suffix(']').unwrap_or_default().to_owned()
}

/// The row of a history entry that has further changes, printed before, after its own.
pub fn print_entry_with(entry: &Entry, changes: &str) -> String {
    let mut row = print_entry(entry);
    let end = "]}";
    if changes.is_empty() || !row.ends_with(end) {
        return row;
    }
    row.truncate(row.len() - end.len());
    if !entry.edit.changes.is_empty() {
        row.push(',');
    }
    row.push_str(changes);
    row.push_str(end);
    row
}

/// The row of a history entry whose changes are printed already.
pub fn print_entry_of(entry: &Entry, changes: &str) -> String {
    let edit = Edit { annotator: entry.edit.annotator.clone(), changes: Vec::new(), ..entry.edit };
    print_entry_with(&Entry { edit, tail: entry.tail.clone(), ..*entry }, changes)
}

/// Reads the row of a history entry of that project.
///
/// # Errors
/// As [`parse_annotation`].
pub fn parse_entry(row: &str, project: ProjectId) -> Result<Entry, Error> {
    let kind = RecordKind::Entry;
    parse::<EntryRecord<'_, serde_json::Value>>(kind, row)?
        .into_entry(project)
        .map_err(|fault| at(kind, fault))
}

/// Reads only what the row of a history entry says besides its changes, where these are many: an entry that is not
/// whole. A merge of actors may have thousands, and to say what would be undone needs none of them.
///
/// # Errors
/// As [`parse_annotation`].
pub fn parse_entry_head(row: &str, project: ProjectId) -> Result<Entry, Error> {
    const CHANGES: &str = r#","changes":["#;
    let head = row.find(CHANGES).filter(|_| MANY < row.len()).and_then(|end| row.get(..end));
    let Some(head) = head else { return parse_entry(row, project) };
    let mut entry = parse_entry(&format!("{head}{CHANGES}]}}"), project)?;
    entry.tail.get_or_insert_default();
    Ok(entry)
}

/// From so many bytes on the changes of an entry are many.
const MANY: usize = 200_000;

/// The row of the history's cursor.
pub fn print_cursor(cursor: Cursor) -> String {
    record::print(&CursorRecord::from(cursor))
}

/// Reads the row of the history's cursor.
///
/// # Errors
/// As [`parse_annotation`].
pub fn parse_cursor(row: &str) -> Result<Cursor, Error> {
    let kind = RecordKind::Cursor;
    record_of::<CursorRecord>(kind, &parse(kind, row)?).map(Cursor::from)
}

/// The record that a JSON value holds. Lines and older rows come as values too, so that the code that reads records
/// stands in the bundle once.
pub(super) fn record_of<'v, T: Deserialize<'v>>(
    kind: RecordKind,
    value: &'v serde_json::Value,
) -> Result<T, Error> {
    T::deserialize(value).map_err(|error| unreadable(kind, &error))
}

/// Reads JSON of a record's shape.
pub(super) fn parse<'a, T: Deserialize<'a>>(kind: RecordKind, row: &'a str) -> Result<T, Error> {
    serde_json::from_str(row).map_err(|error| unreadable(kind, &error))
}

/// The version that a project's record states.
pub(super) fn project_version(value: &serde_json::Value) -> Result<u32, Error> {
    let stated = value.get("format").and_then(serde_json::Value::as_str).unwrap_or_default();
    migrate::version(stated).unwrap_or_else(|| {
        Err(Error::Field {
            record: RecordKind::Project,
            field: "format",
            found: stated.to_owned(),
            expected: super::FORMAT,
        })
    })
}

pub(super) fn unreadable(record: RecordKind, error: &serde_json::Error) -> Error {
    Error::Record { record, column: error.column(), reason: reason(error) }
}

pub(super) fn at(record: RecordKind, fault: Fault) -> Error {
    Error::Field { record, field: fault.field, found: fault.found, expected: fault.expected }
}

/// What serde found, without its own line and column.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let mut reason = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    if let Some(rest) = reason.strip_suffix(&place) {
        reason.truncate(rest.len());
    }
    reason
}
