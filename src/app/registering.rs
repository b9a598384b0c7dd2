//! What a person does to the registry. Each is one edit over all documents and one undo.
//! Only the open document's annotations are in memory, so whoever asks for what reaches into others brings their records.

use std::collections::BTreeMap;

use crate::{
    model::{Actor, ActorId, ActorKind, AnnotationId, DocumentId, Record},
    text::Span,
};

/// A change of the registry.
///
/// `referring` are the stored annotations and links of all documents that refer to the actors which are named; what
/// lies on the open document is taken from memory instead, whatever is among them.
#[derive(Clone, Debug)]
pub enum Registering {
    /// Make a new entry.
    Add(Particulars),
    /// Change what is said of an entry. Its mentions are given its kind where that changes.
    Edit {
        /// The entry.
        actor: ActorId,
        /// What is said of it from now on.
        particulars: Particulars,
        /// What refers to it; needed only where its kind changes.
        referring: Vec<Record>,
    },
    /// Make one entry of several: mentions and links follow, and the others' names become aliases.
    Merge {
        /// The entry that stays.
        into: ActorId,
        /// The entries that it takes in.
        others: Vec<ActorId>,
        /// What refers to any of them, the one that stays included.
        referring: Vec<Record>,
    },
    /// Give some passages of an entry to another: mentions of it, and what is linked to it. What is linked to a mention
    /// takes the mention along.
    Split {
        /// The entry.
        from: ActorId,
        /// The passages.
        passages: Vec<AnnotationId>,
        /// The other entry.
        to: Whom,
        /// What refers to the one or the other, with the links to those mentions.
        referring: Vec<Record>,
    },
    /// Remove entries.
    Delete {
        /// The entries.
        actors: Vec<ActorId>,
        /// The entry that gets their mentions and links. Without one the mentions stay without an actor, and links to
        /// the entries go.
        heir: Option<ActorId>,
        /// What refers to any of them, the heir included.
        referring: Vec<Record>,
    },
    /// Tag places of the open text as mentions of entries whose names stand there.
    Accept {
        /// The document, which is open.
        document: DocumentId,
        /// The places, and who is meant.
        places: Vec<(Span, ActorId)>,
    },
    /// Note that no known name is meant at these places of the open text.
    Refuse {
        /// The document, which is open.
        document: DocumentId,
        /// The places.
        places: Vec<Span>,
    },
    /// Take in entries that come from a file: those whose id is known replace what is said of it, the others are new.
    TakeIn {
        /// The entries.
        actors: Vec<Actor>,
        /// What refers to those whose kind changes.
        referring: Vec<Record>,
    },
}

/// What is said of an entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Particulars {
    /// The canonical name.
    pub name: String,
    /// What it stands for.
    pub kind: ActorKind,
    /// Other names.
    pub aliases: Vec<String>,
    /// A Wikidata item or an address, or empty.
    pub outside_id: String,
    /// A remark for people.
    pub note: String,
}

/// An entry that is there, or one to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// This one.
    Known(ActorId),
    /// A new one of this name, of the kind of the entry that is split.
    New(String),
}

impl Registering {
    /// The entries to which the records refer that it needs; none where it needs no records.
    pub fn concerns(&self, registry: &BTreeMap<ActorId, Actor>) -> Vec<ActorId> {
        let is_other = |id: &ActorId, kind| registry.get(id).is_some_and(|actor| actor.kind != kind);
        match self {
            Self::Add(_) | Self::Accept { .. } | Self::Refuse { .. } => Vec::new(),
            Self::Edit { actor, particulars, .. } => {
                is_other(actor, particulars.kind).then_some(*actor).into_iter().collect()
            }
            Self::Merge { into, others, .. } => others.iter().chain([into]).copied().collect(),
            Self::Split { from, to: Whom::Known(to), .. } => vec![*from, *to],
            Self::Split { from, .. } => vec![*from],
            Self::Delete { actors, heir, .. } => actors.iter().chain(heir).copied().collect(),
            Self::TakeIn { actors, .. } => {
                let changed = actors.iter().filter(|actor| is_other(&actor.id, actor.kind));
                changed.map(|actor| actor.id).collect()
            }
        }
    }

    /// The same with the records that refer to those entries.
    #[must_use]
    pub fn with(mut self, records: Vec<Record>) -> Self {
        match &mut self {
            Self::Add(_) | Self::Accept { .. } | Self::Refuse { .. } => {}
            Self::Edit { referring, .. }
            | Self::Merge { referring, .. }
            | Self::Split { referring, .. }
            | Self::Delete { referring, .. }
            | Self::TakeIn { referring, .. } => *referring = records,
        }
        self
    }
}

impl Particulars {
    /// What is said of an entry now.
    pub fn of(actor: &Actor) -> Self {
        Self {
            name: actor.name.clone(),
            kind: actor.kind,
            aliases: actor.aliases.clone(),
            outside_id: actor.wikidata.clone(),
            note: actor.note.clone(),
        }
    }
}
