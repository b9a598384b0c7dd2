//! A document as it was before anybody worked on it: its text, title, origin and tags, to be annotated anew.

use crate::{
    format::{ImportedDocument, with_refused},
    model::{Document, DocumentId, Status},
    text::Text,
};

/// The document under another id, with nothing on it and to do. What a person has said of its words is left behind as
/// well; what outside formats said of the document stays.
pub fn bare_copy(document: &Document, text: Text, id: DocumentId) -> ImportedDocument {
    let document =
        Document { id, status: Status::Todo, extra: with_refused(&document.extra, &[]), ..document.clone() };
    ImportedDocument {
        document,
        text,
        annotations: Vec::new(),
        relations: Vec::new(),
        actors: Vec::new(),
        looks: Vec::new(),
        modified: None,
        annotator: String::new(),
        issues: Vec::new(),
    }
}
