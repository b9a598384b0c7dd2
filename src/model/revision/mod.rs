//! Changes of the codebook, each as one value: what is wanted, and, by [`Revision::plan`], what becomes of the codebook
//! and of all that was annotated with it. A plan changes nothing by itself; what it gives are the parts of an edit.

mod definition;
mod meaning;
mod plan;
mod taking_in;

use std::collections::BTreeSet;

use thiserror::Error;
use uuid::Uuid;

pub use plan::{Effect, Plan};

use super::{AnnotationId, Attribute, Choice, Codebook, CodebookFault, Key, Label, RelationType};

/// A change of the codebook or of the guidelines.
#[derive(Clone, Debug, PartialEq)]
pub enum Revision {
    /// A label is added, or the one of this key becomes like this. Its attributes stay as they are.
    Label(Box<Label>),
    /// A relation type is added, or the one of this key becomes like this. Its attributes stay as they are.
    Relation(Box<RelationType>),
    /// An attribute with its choices is added, or the one of this key becomes like this wherever it is asked.
    Attribute {
        /// Of what it is asked.
        side: Side,
        /// The attribute.
        attribute: Box<Attribute>,
        /// The labels or relation types that ask for it, and no others.
        asked_by: Vec<Key>,
        /// Whether values that no longer fit are cleared; otherwise they forbid the change.
        clears: bool,
    },
    /// Entries are put into another order; those not named come last.
    Order {
        /// Which entries.
        list: List,
        /// Their keys.
        keys: Vec<Key>,
    },
    /// A label goes.
    DeleteLabel {
        /// Which.
        key: Key,
        /// What becomes of its annotations.
        fate: Fate,
    },
    /// A relation type goes.
    DeleteRelation {
        /// Which.
        key: Key,
        /// What becomes of its links.
        fate: Fate,
    },
    /// An attribute goes, wherever it is asked.
    DeleteAttribute {
        /// Which.
        of: AttributeOf,
        /// Whether its values are cleared; otherwise they forbid it.
        clears: bool,
    },
    /// A choice goes; those below it move up.
    DeleteChoice {
        /// The attribute.
        of: AttributeOf,
        /// Which choice.
        key: Key,
        /// What becomes of its values.
        fate: Fate,
    },
    /// Labels become one: all their annotations, attributes and rights go to it.
    MergeLabels {
        /// Those that go.
        from: Vec<Key>,
        /// The one that stays.
        into: Key,
    },
    /// Relation types become one.
    MergeRelations {
        /// Those that go.
        from: Vec<Key>,
        /// The one that stays.
        into: Key,
    },
    /// Choices become one; what stands below them stands below it.
    MergeChoices {
        /// The attribute.
        of: AttributeOf,
        /// Those that go.
        from: Vec<Key>,
        /// The one that stays.
        into: Key,
    },
    /// A new label takes over some annotations of another, and has its attributes and rights.
    SplitLabel {
        /// The label that is split.
        key: Key,
        /// The new one.
        new: Box<Label>,
        /// The annotations that get it.
        chosen: BTreeSet<AnnotationId>,
    },
    /// A new choice takes over the value of some annotations or links.
    SplitChoice {
        /// The attribute.
        of: AttributeOf,
        /// The choice that is split.
        key: Key,
        /// The new one.
        new: Box<Choice>,
        /// The annotations or links that get it.
        chosen: BTreeSet<Uuid>,
    },
    /// What another codebook has and this one lacks is added. Nothing is removed.
    TakeIn {
        /// The other one.
        other: Box<Codebook>,
        /// Whether what both have becomes as it is there; otherwise it stays.
        changes: bool,
        /// The guidelines that come with it, to take the place of those that are there.
        guidelines: Option<String>,
    },
    /// The guidelines become these.
    Guidelines(String),
    /// Annotations, with the links that start from them, were looked at again and hold under the codebook as it is now.
    Confirm(BTreeSet<AnnotationId>),
}

/// Of what an attribute is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Of annotations, by their labels.
    Annotations,
    /// Of links, by their relation types.
    Links,
}

/// Which attribute: those of labels and those of relation types are apart, though their keys may be the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeOf {
    /// Of what it is asked.
    pub side: Side,
    /// Its key.
    pub key: Key,
}

/// Entries that have an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum List {
    /// The labels.
    Labels,
    /// The relation types.
    Relations,
    /// The attributes of a label or relation type.
    Attributes(AttributeOf),
}

/// What becomes of what an entry that goes was given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It forbids that the entry goes.
    Keep,
    /// It gets this one instead. Links, values and places that this one does not allow are lost.
    Move(Key),
    /// It goes as well: annotations with their links, links, or only the value.
    Delete,
}

/// Why a codebook cannot be changed like that.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RevisionFault {
    /// An entry that it speaks of is not there, or no longer.
    #[error("the codebook has no “{0}”")]
    NotThere(String),
    /// An entry would become another that goes with it.
    #[error("“{0}” cannot be merged into itself")]
    Itself(String),
    /// An attribute would be asked of nothing.
    #[error("say for what “{0}” is asked")]
    AskedOfNothing(String),
    /// A split that moves nothing.
    #[error("choose what is to become “{0}”")]
    NothingChosen(String),
    /// Something is annotated with it, and nothing was said about what becomes of that.
    #[error("it is in use {}: choose what becomes of that", times(*count))]
    InUse {
        /// How often.
        count: usize,
    },
    /// The codebook would be faulty.
    #[error(transparent)]
    Unsound(#[from] CodebookFault),
}

/// What has to be looked at to know what a revision touches: records of all documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reach {
    /// The annotations of these labels, with their links.
    pub labels: Vec<Key>,
    /// The links of these types.
    pub relations: Vec<Key>,
    /// What has a value of this attribute.
    pub attribute: Option<Key>,
    /// These annotations, with their links.
    pub annotations: BTreeSet<AnnotationId>,
    /// Whether the annotations at both ends of these links have to be looked at, too.
    pub ends: bool,
}

impl Revision {
    /// What it may touch besides the codebook.
    pub fn reach(&self, before: &Codebook) -> Reach {
        let nothing = Reach::default();
        let moves = |fate: &Fate| matches!(fate, Fate::Move(_));
        match self {
            Self::Label(_)
            | Self::Relation(_)
            | Self::Order { .. }
            | Self::TakeIn { .. }
            | Self::Guidelines(_) => nothing,
            // Whatever changes of it: values that never fitted it are made to fit, too.
            Self::Attribute { attribute, .. } => Reach { attribute: Some(attribute.key.clone()), ..nothing },
            Self::DeleteLabel { key, fate } => {
                let joins = before.relations.iter().filter(|one| definition::joins_only(one, key));
                let relations = joins.map(|one| one.key.clone()).collect();
                Reach { labels: vec![key.clone()], relations, ends: moves(fate), ..nothing }
            }
            Self::MergeLabels { from, .. } => Reach { labels: from.clone(), ..nothing },
            Self::DeleteRelation { key, fate } => {
                let into = if let Fate::Move(into) = fate { Some(into.clone()) } else { None };
                let relations = std::iter::once(key.clone()).chain(into).collect();
                Reach { relations, ends: moves(fate), ..nothing }
            }
            Self::MergeRelations { from, into } => {
                Reach { relations: from.iter().chain([into]).cloned().collect(), ..nothing }
            }
            Self::DeleteAttribute { of, .. }
            | Self::DeleteChoice { of, .. }
            | Self::MergeChoices { of, .. }
            | Self::SplitChoice { of, .. } => Reach { attribute: Some(of.key.clone()), ..nothing },
            Self::SplitLabel { chosen, .. } | Self::Confirm(chosen) => {
                Reach { annotations: chosen.clone(), ..nothing }
            }
        }
    }
}

impl Reach {
    /// Whether it is nothing but the codebook.
    pub fn is_empty(&self) -> bool {
        *self == Self { ends: self.ends, ..Self::default() }
    }
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}
