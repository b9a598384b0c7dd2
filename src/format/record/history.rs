//! The history on the wire: one entry a row, with the records before and after as rows, and the cursor.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::field::{self, Fault};
use super::{ActorRecord, AnnotationRecord, DocumentRecord, ProjectRecord, RelationRecord};
use crate::format::RecordKind;
use crate::format::backup::Cursor;
use crate::model::{Change, Edit, Entry, EntryKind, ProjectId, Record, Tail, What};

/// An entry to be printed or as it was read; `C` is the form of its records.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(in crate::format) struct EntryRecord<'a, C> {
    number: u64,
    /// `do`, `undo` or `redo`.
    #[serde(borrow)]
    kind: Cow<'a, str>,
    /// The entry that was taken back or brought back.
    #[serde(default)]
    of: Option<u64>,
    #[serde(default)]
    below: Option<u64>,
    group: u64,
    #[serde(default, skip_serializing_if = "unknown")]
    hand: u32,
    #[serde(borrow)]
    what: Cow<'a, str>,
    #[serde(borrow)]
    at: Cow<'a, str>,
    #[serde(borrow, default, deserialize_with = "field::loose")]
    annotator: Cow<'a, str>,
    /// The list of documents that came in with it besides, see [`crate::model::Tail`].
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    list: Cow<'a, str>,
    changes: Vec<ChangeRecord<'a, C>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct ChangeRecord<'a, C> {
    #[serde(borrow)]
    record: Cow<'a, str>,
    before: Option<C>,
    after: Option<C>,
}

/// A record of any kind as it is printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(in crate::format) enum AnyRecord<'a> {
    Project(Box<ProjectRecord<'a>>),
    Document(Box<DocumentRecord<'a>>),
    Annotation(Box<AnnotationRecord<'a>>),
    Relation(Box<RelationRecord<'a>>),
    Actor(Box<ActorRecord<'a>>),
}

impl<'a> From<&'a Record> for AnyRecord<'a> {
    fn from(record: &'a Record) -> Self {
        match record {
            Record::Project(project) => Self::Project(Box::new(ProjectRecord::from(&**project))),
            Record::Document(document) => Self::Document(Box::new(DocumentRecord::from(&**document))),
            Record::Annotation(annotation) => Self::Annotation(Box::new(AnnotationRecord::row(annotation))),
            Record::Relation(relation) => Self::Relation(Box::new(RelationRecord::row(relation))),
            Record::Actor(actor) => Self::Actor(Box::new(ActorRecord::from(&**actor))),
        }
    }
}

impl<'a> From<&'a Entry> for EntryRecord<'a, AnyRecord<'a>> {
    fn from(entry: &'a Entry) -> Self {
        let (kind, of) = match entry.kind {
            EntryKind::Do => ("do", None),
            EntryKind::Undo(of) => ("undo", Some(of)),
            EntryKind::Redo(of) => ("redo", Some(of)),
        };
        Self {
            number: entry.number,
            kind: Cow::Borrowed(kind),
            of,
            below: entry.below,
            group: entry.group,
            hand: entry.hand,
            what: Cow::Borrowed(entry.edit.what.name()),
            at: Cow::Owned(field::moment(entry.edit.at)),
            annotator: Cow::Borrowed(&entry.edit.annotator),
            list: Cow::Borrowed(entry.tail.as_ref().map_or("", |tail| &tail.list)),
            changes: entry.edit.changes.iter().map(ChangeRecord::from).collect(),
        }
    }
}

impl EntryRecord<'_, AnyRecord<'_>> {
    /// Changes as a JSON list.
    pub(in crate::format) fn list<'c>(changes: impl IntoIterator<Item = &'c Change>) -> String {
        super::print(&changes.into_iter().map(ChangeRecord::from).collect::<Vec<_>>())
    }
}

impl<'a> From<&'a Change> for ChangeRecord<'a, AnyRecord<'a>> {
    fn from(change: &'a Change) -> Self {
        let kind = match change.after().or_else(|| change.before()) {
            Some(Record::Project(_)) => RecordKind::Project,
            Some(Record::Document(_)) => RecordKind::Document,
            Some(Record::Annotation(_)) => RecordKind::Annotation,
            Some(Record::Relation(_)) => RecordKind::Relation,
            // A change without records cannot be made.
            Some(Record::Actor(_)) | None => RecordKind::Actor,
        };
        Self {
            record: Cow::Borrowed(kind.name()),
            before: change.before().map(AnyRecord::from),
            after: change.after().map(AnyRecord::from),
        }
    }
}

impl EntryRecord<'_, serde_json::Value> {
    /// The entry of that project.
    pub(in crate::format) fn into_entry(self, project: ProjectId) -> Result<Entry, Fault> {
        let kind = match (self.kind.as_ref(), self.of) {
            ("do", _) => EntryKind::Do,
            ("undo", Some(of)) => EntryKind::Undo(of),
            ("redo", Some(of)) => EntryKind::Redo(of),
            (other, _) => {
                return Err(Fault::new("kind", other, "\"do\", \"undo\" or \"redo\" of an entry"));
            }
        };
        let what =
            What::from_name(&self.what).ok_or_else(|| Fault::new("what", &self.what, "a deed known here"))?;
        let changes = self
            .changes
            .into_iter()
            .map(|change| change.into_change(project))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Entry {
            number: self.number,
            edit: Edit {
                what,
                at: field::time("at", &self.at)?,
                annotator: self.annotator.into_owned(),
                changes,
            },
            kind,
            below: self.below,
            group: self.group,
            hand: self.hand,
            tail: Tail::named(self.list.into_owned()),
        })
    }
}

impl ChangeRecord<'_, serde_json::Value> {
    fn into_change(self, project: ProjectId) -> Result<Change, Fault> {
        let read = |value: Option<serde_json::Value>| {
            value.map(|value| record(&self.record, &value, project)).transpose()
        };
        Change::between(read(self.before)?, read(self.after)?)
            .ok_or_else(|| Fault::new("changes", &self.record, "a change of one record"))
    }
}

fn record(kind: &str, value: &serde_json::Value, project: ProjectId) -> Result<Record, Fault> {
    let unreadable = |error: serde_json::Error| Fault::new("changes", error, "a record");
    Ok(match kind {
        "project" => ProjectRecord::deserialize(value).map_err(unreadable)?.into_project(project)?.into(),
        "document" => DocumentRecord::deserialize(value).map_err(unreadable)?.into_document(project)?.into(),
        "annotation" => {
            AnnotationRecord::deserialize(value).map_err(unreadable)?.into_annotation(None)?.into()
        }
        "relation" => RelationRecord::deserialize(value).map_err(unreadable)?.into_relation(None)?.into(),
        "actor" => ActorRecord::deserialize(value).map_err(unreadable)?.into_actor(project)?.into(),
        other => return Err(Fault::new("record", other, "a kind of record known here")),
    })
}

/// The history's end and the tops of its stacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::format) struct CursorRecord {
    #[serde(default)]
    last: u64,
    #[serde(default)]
    undo: Option<u64>,
    #[serde(default)]
    redo: Option<u64>,
    #[serde(default, skip_serializing_if = "unknown")]
    hand: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
const fn unknown(hand: &u32) -> bool {
    *hand == 0
}

impl From<Cursor> for CursorRecord {
    fn from(cursor: Cursor) -> Self {
        Self { last: cursor.last, undo: cursor.undo, redo: cursor.redo, hand: cursor.hand }
    }
}

impl From<CursorRecord> for Cursor {
    fn from(record: CursorRecord) -> Self {
        Self { last: record.last, undo: record.undo, redo: record.redo, hand: record.hand }
    }
}
