//! Everything a person can do to a project, as one list.
//! A command says what is wanted; the session turns it into an edit or refuses it with a reason.

use crate::{
    app::{admission::Admission, registering::Registering, session::Revise, together::Together},
    format::ImportedDocument,
    model::{ActorId, AnnotationId, Body, DocumentId, Key, Meta, RelationId, Status, Target, Value},
    text::{Offset, Span, Text},
};

/// What a person wants done.
#[derive(Clone, Debug)]
pub enum Command {
    /// Move the reading cursor, or extend the selection with it.
    Move {
        /// Where to.
        motion: Motion,
        /// Whether the selection's other end stays.
        extend: bool,
    },
    /// Select what the pointer marked; snapped to what a reader means.
    Select {
        /// Where the selection began.
        anchor: Offset,
        /// Where it ended.
        head: Offset,
        /// Whether both ends are widened to whole words.
        words: bool,
    },
    /// Select the word or sentence at the cursor; if it is selected already, the next larger unit.
    SelectUnit(Unit),
    /// Click on a place of the text: choose the annotation there, at a second click the next one.
    ClickAt(Offset),
    /// Choose an annotation, or none.
    Choose(Option<AnnotationId>),
    /// Choose the next or previous annotation of the text.
    Step {
        /// Whether towards the end.
        forward: bool,
    },
    /// Label the selection; without one relabel the chosen annotation; without that arm the label.
    Label(Key),
    /// Label with the label used last.
    RepeatLabel,
    /// Label these places like an annotation of the open text: its label, attributes and actor, as one edit.
    Repeat {
        /// The annotation.
        like: AnnotationId,
        /// Where, in this document and in others.
        places: Vec<(DocumentId, Span)>,
    },
    /// Arm a label so that every selection is tagged at once, or disarm.
    Arm(Option<Key>),
    /// Leave what is open: the offer, then the armed label, then the selection, then the chosen annotation.
    Escape,
    /// Move the start or end of the chosen annotation by a word.
    Resize {
        /// Which end.
        edge: Edge,
        /// Whether the annotation becomes longer.
        outward: bool,
    },
    /// Move an end of a fragment to a place.
    ResizeTo {
        /// The annotation.
        annotation: AnnotationId,
        /// Which fragment, counted from 0.
        fragment: usize,
        /// Which end.
        edge: Edge,
        /// The place.
        to: Offset,
    },
    /// Add the selection to the chosen annotation as a further fragment.
    AddFragment,
    /// Take the selection, or else the fragment of this number, away from the chosen annotation.
    RemoveFragment(Option<usize>),
    /// Set or clear an attribute.
    SetAttribute {
        /// The annotation.
        annotation: AnnotationId,
        /// The attribute's key.
        attribute: Key,
        /// The value, or none.
        value: Option<Value>,
    },
    /// Write a note.
    SetNote {
        /// The annotation.
        annotation: AnnotationId,
        /// The note.
        note: String,
    },
    /// Say which registry entry an annotation speaks of, or that none is known.
    Identify {
        /// The annotation.
        annotation: AnnotationId,
        /// The entry.
        actor: Option<ActorId>,
    },
    /// Make a registry entry and join the annotation to it.
    IdentifyNew {
        /// The annotation.
        annotation: AnnotationId,
        /// The new entry's name.
        name: String,
    },
    /// Offer numbered actors of the registry for the chosen annotation.
    OfferActors,
    /// Offer numbered targets for a link from the chosen annotation.
    StartLink(Key),
    /// Take the offered candidate of this number, from 1; 0 makes a new actor where that is offered.
    Pick(usize),
    /// Link an annotation to a target; refused where it is linked already.
    Link {
        /// The annotation it starts from.
        from: AnnotationId,
        /// The relation type.
        kind: Key,
        /// What it leads to.
        to: Target,
    },
    /// Link an annotation to a registry entry made for this.
    LinkNew {
        /// The annotation it starts from.
        from: AnnotationId,
        /// The relation type.
        kind: Key,
        /// The new entry's name.
        name: String,
    },
    /// Remove a link.
    Unlink(RelationId),
    /// Delete the chosen annotation with its links.
    Delete,
    /// Delete this annotation with its links.
    DeleteAnnotation(AnnotationId),
    /// Set how far the work on a document is.
    SetStatus {
        /// The document.
        document: DocumentId,
        /// The status.
        status: Status,
    },
    /// Mark the open document done and go on to the next that is not.
    MarkDone,
    /// Set a document's title and origin.
    SetMeta {
        /// The document.
        document: DocumentId,
        /// The title.
        title: String,
        /// Source, author, date, address, language.
        meta: Meta,
    },
    /// Give the open document another text, which is stored already, and move what lies on it to its words.
    ReplaceText(Box<Replacement>),
    /// Take documents in. All batches that carry the number of the first one's history entry are one undo.
    Import {
        /// The documents.
        documents: Vec<ImportedDocument>,
        /// The history entry that this batch belongs to.
        group: Option<u64>,
    },
    /// Take in documents that a worker has read and whose texts and annotations it has stored.
    Admit {
        /// The documents.
        batch: Box<Admission>,
        /// Whether it goes on with the batch that was taken in last.
        goes_on: bool,
    },
    /// Remove documents with all that is on them.
    RemoveDocuments(Vec<(DocumentId, Body)>),
    /// Make the annotations and relations of the open document what they were.
    Restore {
        /// The document.
        document: DocumentId,
        /// What they were.
        past: Body,
        /// The hash of the text that they lay on, where it was another.
        text: Option<String>,
    },
    /// Change the codebook, with all that was annotated with it.
    Revise(Box<Revise>),
    /// Give the project another name.
    RenameProject(String),
    /// Hide the project (it is removed for good at the next start), or show it again.
    DiscardProject(bool),
    /// Change the registry.
    Registry(Box<Registering>),
    /// Do the same to several annotations or documents.
    Together(Box<Together>),
    /// Take the last edit back.
    Undo,
    /// Bring the last edit taken back again.
    Redo,
}

/// A movement of the reading cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    /// To the next or previous unit.
    By(Unit, Direction),
    /// To the start or end of the text.
    Text(Direction),
    /// To the start or end of the block.
    Block(Direction),
    /// To a place, for movements that only the page can measure.
    To(Offset),
}

/// Which way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Towards the start of the text.
    Back,
    /// Towards its end.
    Forward,
}

/// What a movement or selection is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// What a reader takes for one character.
    Character,
    /// A word.
    Word,
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
}

/// An end of an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// The start.
    Start,
    /// The end.
    End,
}

/// Another text for a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Replacement {
    /// The document.
    pub document: DocumentId,
    /// The text.
    pub text: Text,
    /// Its hash.
    pub sha256: String,
}
