//! What the page asks of a project's index, and what it is answered: JSON inside the messages of the protocol, so that
//! only who asks carries the program for it.

use serde::{Deserialize, Serialize};

use crate::{
    model::{ActorId, AnnotationId},
    search::{ActorFigures, Alike, Concern, Figures, Found, Only},
    suggest::Duplicate,
};

/// What is asked. Of documents that are not read yet nothing is said, but for [`Question::Find`] all are waited for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// The hits of a query, a page of them.
    Find {
        /// The query, as the person wrote it.
        query: String,
        /// The number of the first hit wanted, from 0.
        from: usize,
        /// How many are wanted.
        most: usize,
    },
    /// What is known of each actor.
    ActorFigures,
    /// The passages of an actor, a page of them.
    Passages {
        /// The actor.
        actor: ActorId,
        /// Which of them; `None` for all.
        only: Option<Only>,
        /// The number of the first passage wanted, from 0.
        from: usize,
        /// How many are wanted.
        most: usize,
    },
    /// Every place of these words in all documents, and whether the label of this key lies on it.
    Alike {
        /// The words.
        words: String,
        /// The label's key.
        label: String,
    },
    /// Figures of the project.
    Figures,
    /// The annotations that are open by a rule, or by any, a page of them.
    Open {
        /// The rule, in the words of the figures.
        rule: Option<String>,
        /// The number of the first wanted, from 0.
        from: usize,
        /// How many are wanted.
        most: usize,
    },
    /// The actors that may be the same.
    Duplicates,
    /// The records that a change concerns; they travel beside the answer.
    Concerned {
        /// What the change is about.
        concern: Concerning,
        /// Whether the relations from and to the annotations are wanted, too.
        links: bool,
    },
}

/// What a change is about, as it travels.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Concerning {
    /// Everything that refers to one of these actors.
    Actors(Vec<ActorId>),
    /// The links that lead to one of these actors themselves.
    Links(Vec<ActorId>),
    /// The annotations of the label of this key.
    Label(String),
    /// The relations of the type of this key.
    Relation(String),
    /// Annotations and relations with a value for the attribute of this key.
    Attribute(String),
    /// These annotations.
    Annotations(Vec<AnnotationId>),
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// Hits or passages.
    Found(Found),
    /// Why the query cannot be understood, in words.
    NotUnderstood(String),
    /// By actor, those of which nothing is known left out.
    ActorFigures(Vec<(ActorId, ActorFigures)>),
    /// The places of words.
    Alike(Vec<Alike>),
    /// Figures of the project.
    Figures(Box<Figures>),
    /// The pairs, the best founded first.
    Duplicates(Vec<Duplicate>),
    /// The records travel beside this.
    Concerned,
}

impl From<&Concerning> for Concern {
    fn from(concerning: &Concerning) -> Self {
        match concerning {
            Concerning::Actors(actors) => Self::Actors(actors.clone()),
            Concerning::Links(actors) => Self::Links(actors.clone()),
            Concerning::Label(key) => Self::Label(key.as_str().into()),
            Concerning::Relation(key) => Self::Relation(key.as_str().into()),
            Concerning::Attribute(key) => Self::Attribute(key.as_str().into()),
            Concerning::Annotations(ids) => Self::Annotations(ids.clone()),
        }
    }
}

impl Question {
    /// The question as a message carries it.
    pub fn print(&self) -> String {
        // Strings, ids and numbers, which JSON can always say.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a question; `None` for one of another version.
    pub fn parse(words: &str) -> Option<Self> {
        serde_json::from_str(words).ok()
    }

    /// Whether it can be answered before all is read.
    pub const fn bears_gaps(&self) -> bool {
        matches!(self, Self::Find { .. })
    }
}

impl Reply {
    /// The reply as a message carries it.
    pub fn print(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads a reply; `None` for one of another version.
    pub fn parse(words: &str) -> Option<Self> {
        serde_json::from_str(words).ok()
    }
}
