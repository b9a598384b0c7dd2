//! What a command brought about, or why it was refused.
//! An outcome names what has to be shown anew and stored; it never does either.

use uuid::Uuid;

use crate::{
    model::{DocumentId, Edit, RevisionFault, Timestamp},
    text::{Offset, Span, Text},
};

/// The moment of a command, and a source of new ids; the session has neither clock nor randomness.
pub struct Stamp<'a> {
    /// When the person did it.
    pub now: Timestamp,
    /// Gives a new id at each call.
    pub new_id: &'a mut dyn FnMut() -> Uuid,
}

/// What a command changed.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What has to be shown anew.
    pub changed: Changed,
    /// Stretches of the open document's text whose marks may look different.
    pub repaint: Vec<Span>,
    /// The numbers of new history entries, to be stored with the records that they change.
    pub entries: Vec<u64>,
    /// Texts that came in, by hash.
    pub texts: Vec<(String, Text)>,
    /// Documents that came in, in their order.
    pub added: Vec<DocumentId>,
    /// A place of the open text that should be in view.
    pub reveal: Option<Offset>,
    /// A document to open.
    pub open: Option<DocumentId>,
    /// What to say in words, for the status line and screen readers.
    pub said: Option<String>,
    /// The entry to be undone or redone is not in memory: load it and do the same again.
    pub missing_entry: Option<Missing>,
}

/// A history entry that is not in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Missing {
    /// Its number.
    pub number: u64,
    /// Whether it is to be redone; otherwise undone.
    pub redo: bool,
}

/// What has to be shown anew.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent parts of the page, each either stale or not")]
pub struct Changed {
    /// Annotations or relations of the open document.
    pub body: bool,
    /// The registry.
    pub actors: bool,
    /// The list of documents: titles, status, counts.
    pub documents: bool,
    /// The project's name or codebook.
    pub project: bool,
    /// Selection, cursor, chosen annotation, armed label or offer.
    pub focus: bool,
    /// What can be undone.
    pub history: bool,
}

impl Changed {
    /// Both changes together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            body: self.body || other.body,
            actors: self.actors || other.actors,
            documents: self.documents || other.documents,
            project: self.project || other.project,
            focus: self.focus || other.focus,
            history: self.history || other.history,
        }
    }
}

impl Outcome {
    /// Only the focus moved.
    pub(super) fn focus() -> Self {
        Self { changed: Changed { focus: true, ..Changed::default() }, ..Self::default() }
    }

    /// Notes what an edit that was applied leaves to be shown.
    pub(super) fn show(&mut self, edit: &Edit, open: Option<DocumentId>) {
        use crate::model::Record;
        self.changed.history = true;
        for change in &edit.changes {
            for record in [change.before(), change.after()].into_iter().flatten() {
                match record {
                    Record::Project(_) => self.changed.project = true,
                    Record::Actor(_) => self.changed.actors = true,
                    Record::Document(_) => self.changed.documents = true,
                    Record::Relation(relation) => {
                        self.changed.documents = true;
                        self.changed.body |= open == Some(relation.document);
                    }
                    Record::Annotation(annotation) => {
                        self.changed.documents = true;
                        if open == Some(annotation.document) {
                            self.changed.body = true;
                            self.repaint.extend(annotation.fragments.iter());
                        }
                    }
                }
            }
        }
    }

    /// With something to say.
    #[must_use]
    pub(super) fn saying(mut self, words: impl Into<String>) -> Self {
        self.said = Some(words.into());
        self
    }
}

/// Why a command could not be carried out, in words for the person.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The project is being opened.
    #[error("the project is still being opened; try again in a moment")]
    NotReady,
    /// No document is open.
    #[error("open a document first")]
    NothingOpen,
    /// The command needs selected text.
    #[error("select some text first")]
    NothingSelected,
    /// The command needs a chosen annotation.
    #[error("choose an annotation first")]
    NothingChosen,
    /// The selection is nothing but white space.
    #[error("the selection holds no text")]
    OnlyWhiteSpace,
    /// The codebook has no such label, relation type or attribute.
    #[error("the codebook has no “{0}”")]
    NotInCodebook(String),
    /// A value that the codebook does not allow.
    #[error("“{0}” does not take this value")]
    ValueNotAllowed(String),
    /// A link that the codebook does not allow.
    #[error("a {from} cannot be linked as “{relation}” to that")]
    LinkNotAllowed {
        /// The label it would start from.
        from: String,
        /// The relation type.
        relation: String,
    },
    /// The same annotation is there already.
    #[error("this passage already carries that label")]
    AlreadyThere,
    /// An end cannot be moved further.
    #[error("the annotation cannot be moved any further")]
    CannotResize,
    /// The selection shares nothing with the annotation.
    #[error("the annotation does not cover this")]
    NotCovered,
    /// Nothing of the annotation would be left.
    #[error("nothing of the annotation would be left: delete it instead")]
    NothingLeft,
    /// A document of that id came in meanwhile.
    #[error("a document came in meanwhile by another way; import the file again")]
    DocumentThere,
    /// A record is gone.
    #[error("it is no longer there")]
    Gone,
    /// Another tab is changing it just now.
    #[error("it is being changed in another tab: try again")]
    ChangedElsewhere,
    /// Nothing is left to undo.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// Nothing is left to redo.
    #[error("there is nothing to redo")]
    NothingToRedo,
    /// A name is needed.
    #[error("a name is needed")]
    NoName,
    /// A registry entry bears the name already.
    #[error("there is an actor “{0}” already: merge the two, or choose another name")]
    NameTaken(String),
    /// What names an actor outside is neither a Wikidata item nor an address.
    #[error("“{0}” is neither a Wikidata number such as Q42 nor an address that begins with https://")]
    NoOutsideId(String),
    /// The codebook has no label that names actors.
    #[error("the codebook has no label for actors")]
    NoActorLabel,
    /// There is nothing to merge, split off or delete.
    #[error("choose what it is to be done to first")]
    NothingToDo,
    /// An annotation of several parts, of which none stands for the whole.
    #[error("an annotation of several parts is not repeated")]
    SeveralParts,
    /// No label was used yet.
    #[error("no label was used yet")]
    NoLabelYet,
    /// No offered candidate has this number.
    #[error("nothing with this number is offered")]
    NotOffered,
    /// The label of an annotation does not name actors.
    #[error("a {0} does not name an actor: link it to one instead")]
    NamesNoActor(String),
    /// The codebook cannot be changed like that.
    #[error(transparent)]
    Codebook(#[from] Box<RevisionFault>),
    /// A letter for a label that does something else already.
    #[error("the letter “{0}” does something else already: choose another one")]
    LetterTaken(char),
    /// There is nothing to choose from.
    #[error("there is nothing to link to yet: label it first, or type a name in the card")]
    NoCandidates,
}
