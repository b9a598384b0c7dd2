//! The article that a newcomer finds, in our own format. It is needed once, so it comes in a chunk of its own with
//! the reader of that format.

use super::new_id;
use crate::{
    format::{self, ImportedDocument},
    model::ProjectId,
};

const SAMPLE: &str = include_str!("../sample.jsonl");

crate::chunk! {
    /// Reads the sample for a project.
    sample: fn(ProjectId) -> Vec<ImportedDocument> = documents
}

fn documents(project: ProjectId) -> Vec<ImportedDocument> {
    format::Reader::new("sample.jsonl", project).parse_all(SAMPLE.as_bytes(), &mut new_id).documents
}
