//! The wire records: one schema for the dataset file, the backup and the database rows.
//! They mirror files, not the model; missing fields take their natural default, unknown ones are ignored.
//! Positions are numbers without a unit here: rows count bytes, files the unit they state.

mod actor;
mod annotation;
mod attribute;
mod brief;
mod codebook;
mod document;
mod field;
mod history;
mod project;
mod reading;
mod relation;

pub(super) use actor::ActorRecord;
pub(super) use annotation::AnnotationRecord;
pub(super) use attribute::{AttributesRecord, Columns};
pub(super) use brief::{BriefAnnotation, BriefRelation};
pub(super) use codebook::CodebookRecord;
pub use document::StoredDocument;
pub(super) use document::{DocumentRecord, MetaRecord};
pub(super) use field::{Fault, moment, version, whole};
pub(super) use history::{CursorRecord, EntryRecord};
pub(super) use project::ProjectRecord;
pub(super) use relation::RelationRecord;

use serde::Serialize;

/// A record as one line of JSON.
pub(super) fn print(record: &impl Serialize) -> String {
    serde_json::to_string(record).unwrap_or_else(|error| {
        // Records hold only strings, finite lists and numbers, which JSON can always say.
        debug_assert!(false, "{error}");
        String::new()
    })
}
