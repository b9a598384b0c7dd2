//! What a person does to several annotations or documents at once. Each is one edit and one undo.
//! What cannot have it done to it is passed over, and the person is told how many.

use crate::model::{AnnotationId, DocumentId, Key, Meta, Status, Target, Value};

/// A deed to several at once.
#[derive(Clone, Debug)]
pub enum Together {
    /// To annotations of the open document.
    Annotations {
        /// Which.
        chosen: Vec<AnnotationId>,
        /// What is done to each.
        deed: MarkDeed,
    },
    /// To documents.
    Documents {
        /// Which.
        chosen: Vec<DocumentId>,
        /// What is done to each.
        deed: DocumentDeed,
    },
}

/// What is done to each of several annotations.
#[derive(Clone, Debug)]
pub enum MarkDeed {
    /// Give it another label. Links that it cannot have then go.
    Relabel(Key),
    /// Set or clear an attribute, where its label has it.
    SetAttribute {
        /// The attribute's key.
        attribute: Key,
        /// The value, or none.
        value: Option<Value>,
    },
    /// Link it to a target.
    Link {
        /// The relation type.
        kind: Key,
        /// What it leads to.
        to: Target,
    },
    /// Link it to a registry entry of this name, which is made unless it is there.
    LinkNew {
        /// The relation type.
        kind: Key,
        /// The entry's name.
        name: String,
    },
    /// Delete it with its links.
    Delete,
}

/// What is done to each of several documents.
#[derive(Clone, Debug)]
pub enum DocumentDeed {
    /// Give it a tag.
    Tag(String),
    /// Take a tag away.
    Untag(String),
    /// Set those parts of its origin that are not empty here; the others stay.
    Describe(Meta),
    /// Set how far the work on it is.
    SetStatus(Status),
}
