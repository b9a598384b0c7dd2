//! The history of the database's tables as one list: a database of any older version becomes the newest by
//! the steps that came after it. Steps are only ever appended; one that has been published never changes.

use super::Table;

/// The name of the database.
pub const DATABASE: &str = "rubricator";

/// The version that this page writes.
pub const VERSION: u32 = 3;

/// The property of a stored row that holds its key.
pub const KEY: &str = "key";

/// A way to find rows other than by their key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// By project, ordered by number.
    Project,
    /// By document.
    Document,
}

impl Index {
    /// The name of the index in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Document => "document",
        }
    }

    /// The properties of a stored row that make up the index's key; several make an array key.
    pub fn properties(self) -> &'static [&'static str] {
        match self {
            Self::Project => &["project", "number"],
            Self::Document => &["document"],
        }
    }
}

/// One change of the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A new, empty table without indices.
    AddTable(Table),
    /// A new index over the rows that are there and all to come.
    AddIndex(Table, Index),
}

/// The steps from a database of version `old` (0: there is none yet) to [`VERSION`].
pub fn steps_from(old: u32) -> impl Iterator<Item = Step> {
    STEPS.iter().filter(move |(version, _)| old < *version).map(|(_, step)| *step)
}

/// Every step with the version that brought it. Version 2 has the tables of version 1, but rows among the annotations
/// that hold several records, which a page of version 1 must not meet. Version 3 adds quires, and rows among the
/// documents that list several.
const STEPS: &[(u32, Step)] = &[
    (1, Step::AddTable(Table::Projects)),
    (1, Step::AddTable(Table::Documents)),
    (1, Step::AddTable(Table::Texts)),
    (1, Step::AddTable(Table::Annotations)),
    (1, Step::AddTable(Table::Relations)),
    (1, Step::AddTable(Table::Actors)),
    (1, Step::AddTable(Table::History)),
    (1, Step::AddTable(Table::Settings)),
    (1, Step::AddIndex(Table::Projects, Index::Project)),
    (1, Step::AddIndex(Table::Projects, Index::Document)),
    (1, Step::AddIndex(Table::Documents, Index::Project)),
    (1, Step::AddIndex(Table::Documents, Index::Document)),
    (1, Step::AddIndex(Table::Texts, Index::Project)),
    (1, Step::AddIndex(Table::Texts, Index::Document)),
    (1, Step::AddIndex(Table::Annotations, Index::Project)),
    (1, Step::AddIndex(Table::Annotations, Index::Document)),
    (1, Step::AddIndex(Table::Relations, Index::Project)),
    (1, Step::AddIndex(Table::Relations, Index::Document)),
    (1, Step::AddIndex(Table::Actors, Index::Project)),
    (1, Step::AddIndex(Table::Actors, Index::Document)),
    (1, Step::AddIndex(Table::History, Index::Project)),
    (1, Step::AddIndex(Table::History, Index::Document)),
    (1, Step::AddIndex(Table::Settings, Index::Project)),
    (1, Step::AddIndex(Table::Settings, Index::Document)),
    (3, Step::AddTable(Table::Quires)),
    (3, Step::AddIndex(Table::Quires, Index::Project)),
];
