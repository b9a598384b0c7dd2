//! Documents: one article each. The text itself is kept apart under its hash: another text has another.

use super::{DocumentId, Extra, ProjectId};

/// What is known of one article besides its text.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Names this document.
    pub id: DocumentId,
    /// The project it belongs to.
    pub project: ProjectId,
    /// The title shown in lists; at first the first line.
    pub title: String,
    /// Source, author, date, address, language.
    pub meta: Meta,
    /// How far the work on it is.
    pub status: Status,
    /// The place in the order of work; smaller comes first.
    pub position: f64,
    /// SHA-256 of the text as lower-case hexadecimal: the name under which the text is kept.
    pub text_sha256: String,
    /// What an outside format left with it.
    pub extra: Extra,
}

/// Where an article comes from. Empty means not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meta {
    /// Newspaper, agency, site.
    pub source: String,
    /// Who wrote it.
    pub author: String,
    /// The day it was published, `YYYY-MM-DD` where known as such.
    pub published: String,
    /// Its address.
    pub url: String,
    /// BCP 47 language tag such as `en`.
    pub language: String,
}

/// How far the work on a document is. `Done` with nothing found is a result like any other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Not begun.
    #[default]
    Todo,
    /// Begun.
    InProgress,
    /// Finished.
    Done,
}

impl Status {
    /// All states in the order of work.
    pub const ALL: [Self; 3] = [Self::Todo, Self::InProgress, Self::Done];

    /// The name in records and files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Todo => "todo",
            Self::InProgress => "in_progress",
            Self::Done => "done",
        }
    }

    /// The status of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}
