//! Relations: typed, directed links from an annotation to another one or to an actor of the registry.

use super::{ActorId, AnnotationId, Attributes, DocumentId, Extra, Key, RelationId, Timestamp};

/// A typed link inside one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Names this relation.
    pub id: RelationId,
    /// The document that holds the annotation it starts from.
    pub document: DocumentId,
    /// The relation type's key in the codebook.
    pub kind: Key,
    /// The annotation it starts from.
    pub from: AnnotationId,
    /// What it leads to.
    pub to: Target,
    /// What its type asks for.
    pub attributes: Attributes,
    /// A remark for people.
    pub note: String,
    /// Who made or last changed it.
    pub annotator: String,
    /// When it was made or last changed.
    pub modified: Timestamp,
    /// The codebook version under which it was made.
    pub codebook_version: u32,
    /// What an outside format left with it.
    pub extra: Extra,
}

/// What a relation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// An annotation of the same document.
    Annotation(AnnotationId),
    /// A registry entry that no span of the text needs to name.
    Actor(ActorId),
}
