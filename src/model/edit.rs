//! Edits: every change of a project as a value, made of records before and records after.
//! Applying an edit and then its inverse gives back the same state.

use uuid::Uuid;

use super::{
    Actor, ActorId, Annotation, AnnotationId, Document, DocumentId, Project, ProjectId, Relation, RelationId,
    Timestamp,
};
use crate::text::order;

/// A change of one or more records, made at one moment by one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// What the person did, for the undo list.
    pub what: What,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub annotator: String,
    /// The records before and after, in an order in which they can be applied.
    pub changes: Vec<Change>,
}

/// One record before and after; one of the two may be missing, and both are of the same kind and id.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    before: Option<Record>,
    after: Option<Record>,
}

/// A record of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A project with its codebook.
    Project(Box<Project>),
    /// A document without its text, which is kept under its hash.
    Document(Box<Document>),
    /// An annotation.
    Annotation(Box<Annotation>),
    /// A relation.
    Relation(Box<Relation>),
    /// A registry entry.
    Actor(Box<Actor>),
}

/// Which record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum RecordId {
    Project(ProjectId),
    Document(DocumentId),
    Annotation(AnnotationId),
    Relation(RelationId),
    Actor(ActorId),
}

impl Edit {
    /// The edit that takes this one back, made at another moment.
    #[must_use]
    pub fn inverse(&self, at: Timestamp, annotator: &str) -> Self {
        let changes = self.changes.iter().rev().map(Change::inverse).collect();
        Self { what: self.what, at, annotator: annotator.to_owned(), changes }
    }

    /// The documents whose record, annotations or relations it changes, each once.
    pub fn documents(&self) -> Vec<DocumentId> {
        let mut documents: Vec<DocumentId> = self.changes.iter().filter_map(Change::document).collect();
        order::sort(&mut documents);
        documents.dedup();
        documents
    }
}

impl Change {
    /// A record that comes into being.
    pub const fn add(record: Record) -> Self {
        Self { before: None, after: Some(record) }
    }

    /// A record that goes.
    pub const fn remove(record: Record) -> Self {
        Self { before: Some(record), after: None }
    }

    /// A record that becomes another; `None` if they differ in kind or id, or are equal.
    pub fn replace(before: Record, after: Record) -> Option<Self> {
        (before.id() == after.id() && before != after)
            .then_some(Self { before: Some(before), after: Some(after) })
    }

    /// The change between two states of a record; `None` if there is none or they are different records.
    pub fn between(before: Option<Record>, after: Option<Record>) -> Option<Self> {
        match (before, after) {
            (Some(before), Some(after)) => Self::replace(before, after),
            (None, Some(after)) => Some(Self::add(after)),
            (Some(before), None) => Some(Self::remove(before)),
            (None, None) => None,
        }
    }

    /// The document that gets another text by it.
    pub fn retexted(&self) -> Option<DocumentId> {
        match (&self.before, &self.after) {
            (Some(Record::Document(before)), Some(Record::Document(after))) => {
                (before.text_sha256 != after.text_sha256).then_some(after.id)
            }
            _ => None,
        }
    }

    /// The record as it was.
    pub const fn before(&self) -> Option<&Record> {
        self.before.as_ref()
    }

    /// The record as it becomes.
    pub const fn after(&self) -> Option<&Record> {
        self.after.as_ref()
    }

    /// The document that holds or is the record.
    pub fn document(&self) -> Option<DocumentId> {
        match self.after.as_ref().or(self.before.as_ref())? {
            Record::Document(document) => Some(document.id),
            Record::Annotation(annotation) => Some(annotation.document),
            Record::Relation(relation) => Some(relation.document),
            Record::Project(_) | Record::Actor(_) => None,
        }
    }

    fn inverse(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone() }
    }
}

impl Record {
    pub(crate) fn id(&self) -> RecordId {
        match self {
            Self::Project(project) => RecordId::Project(project.id),
            Self::Document(document) => RecordId::Document(document.id),
            Self::Annotation(annotation) => RecordId::Annotation(annotation.id),
            Self::Relation(relation) => RecordId::Relation(relation.id),
            Self::Actor(actor) => RecordId::Actor(actor.id),
        }
    }
}

impl RecordId {
    /// The id alone, whatever it names.
    pub(crate) const fn uuid(self) -> Uuid {
        match self {
            Self::Project(id) => id.uuid(),
            Self::Document(id) => id.uuid(),
            Self::Annotation(id) => id.uuid(),
            Self::Relation(id) => id.uuid(),
            Self::Actor(id) => id.uuid(),
        }
    }
}

macro_rules! record_from {
    ($($kind:ident),*) => {
        $(impl From<$kind> for Record {
            fn from(record: $kind) -> Self {
                Self::$kind(Box::new(record))
            }
        })*
    };
}

record_from!(Project, Document, Annotation, Relation, Actor);

macro_rules! what {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $text:literal;)*) => {
        /// What a person did, as the undo list says it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum What {
            $($(#[$doc])* $name,)*
        }

        impl What {
            /// All deeds.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name in records.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }

            /// In words, to follow "Undo:".
            pub const fn words(self) -> &'static str {
                match self {
                    $(Self::$name => $text,)*
                }
            }

            /// The deed of that name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|what| what.name() == name)
            }
        }
    };
}

impl What {
    /// Whether it was done to the registry: what follows from it in documents is no work on them.
    pub const fn is_of_registry(self) -> bool {
        matches!(
            self,
            Self::EditActor
                | Self::AddActor
                | Self::MergeActors
                | Self::SplitActor
                | Self::DeleteActors
                | Self::TakeInActors
        )
    }
}

what! {
    /// A span was labelled.
    Annotate = "annotate", "label a passage";
    /// All places of the same words were labelled alike.
    Repeat = "repeat", "label all the same";
    /// Known names were tagged that had been proposed.
    Accept = "accept", "accept suggestions";
    /// Proposed names were refused.
    Refuse = "refuse", "refuse suggestions";
    /// An annotation got another label.
    Relabel = "relabel", "change a label";
    /// A fragment was moved, added or taken away.
    Reshape = "reshape", "change where an annotation lies";
    /// An annotation's attribute or note was set.
    Describe = "describe", "change an annotation's details";
    /// An annotation was joined to a registry entry or left it.
    Identify = "identify", "say which actor is meant";
    /// A relation was made.
    Link = "link", "make a link";
    /// A relation was removed.
    Unlink = "unlink", "remove a link";
    /// Annotations were removed with their links.
    Delete = "delete", "delete an annotation";
    /// A document's status was set.
    SetStatus = "set_status", "set the status of a document";
    /// A document's title or origin was changed.
    SetMeta = "set_meta", "change what is known of a document";
    /// A document got another text.
    ReplaceText = "replace_text", "replace the text of a document";
    /// Documents came in.
    Import = "import", "import documents";
    /// Documents were removed.
    RemoveDocuments = "remove_documents", "remove documents";
    /// An earlier state of a document was brought back.
    Restore = "restore", "go back to an earlier state";
    /// A registry entry was changed.
    EditActor = "edit_actor", "change an actor";
    /// A registry entry was made.
    AddActor = "add_actor", "add an actor";
    /// Several registry entries became one.
    MergeActors = "merge_actors", "merge actors";
    /// Mentions and links of a registry entry were given to another.
    SplitActor = "split_actor", "split an actor";
    /// Registry entries were removed.
    DeleteActors = "delete_actors", "delete actors";
    /// Registry entries came in from a file.
    TakeInActors = "take_in_actors", "take in actors";
    /// The codebook or the guidelines were changed, with all that was annotated with it.
    Revise = "revise", "change the codebook";
    /// The project's name, guidelines or codebook were changed.
    EditProject = "edit_project", "change the project";
}
