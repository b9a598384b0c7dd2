//! The plain values that go into the database and come out of it, without a trace of the browser.
//! A row belongs to at most one project and one document, and carries its record as JSON.

use std::rc::Rc;

/// A table of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// One row a project; its `project` is its own key.
    Projects,
    /// What a list of documents shows, without the texts: one row a document, and one for all that came in together.
    Documents,
    /// The texts, apart from the documents so that a list opens without reading them.
    Texts,
    /// One row an annotation, and one for all records that came in with a document.
    Annotations,
    /// One row a relation.
    Relations,
    /// One row an actor of a registry.
    Actors,
    /// One row an edit; `number` is its place in the project's history.
    History,
    /// What belongs to no project.
    Settings,
    /// Texts of documents that came in together, with all that came in with each, several documents a row.
    Quires,
}

impl Table {
    /// All tables, in the order in which they were invented.
    pub const ALL: [Self; 9] = [
        Self::Projects,
        Self::Documents,
        Self::Texts,
        Self::Annotations,
        Self::Relations,
        Self::Actors,
        Self::History,
        Self::Settings,
        Self::Quires,
    ];

    /// The name of the table in the database.
    pub fn name(self) -> &'static str {
        match self {
            Self::Projects => "projects",
            Self::Documents => "documents",
            Self::Texts => "texts",
            Self::Annotations => "annotations",
            Self::Relations => "relations",
            Self::Actors => "actors",
            Self::History => "history",
            Self::Settings => "settings",
            Self::Quires => "quires",
        }
    }
}

/// One stored record.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it lies.
    pub table: Table,
    /// Its id, unique within the table.
    pub key: String,
    /// The project it belongs to, empty when none.
    pub project: String,
    /// The document it belongs to, empty when none; of a history entry that names a list of documents, the list's key.
    pub document: String,
    /// Orders the rows of a project: the sequence number of an edit, the place of a document; otherwise 0.
    pub number: f64,
    /// The wire record.
    pub json: String,
}

/// The keys under which the content of a document is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The key of its text.
    pub text: String,
    /// Its own key.
    pub document: String,
    /// The key of the quire that it came in with; empty when none is known.
    pub quire: String,
}

/// The text of a document and what lies on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// Its text; `None` where it has no row of its own.
    pub text: Option<Row>,
    /// The quire that it came in with.
    pub quire: Option<Rc<Row>>,
    /// Its annotations, ordered by key.
    pub annotations: Vec<Row>,
    /// Its relations, ordered by key.
    pub relations: Vec<Row>,
}

/// One step of a transaction.
#[derive(Clone, Debug, PartialEq)]
pub enum Write {
    /// Adds the row or replaces the one with its key.
    Put(Row),
    /// Removes the row with this key; it is no error when there is none.
    Delete {
        /// Where it lies.
        table: Table,
        /// Its id.
        key: String,
    },
    /// Removes all annotations and relations of the document whose key this is.
    DeleteBody(String),
    /// Removes every row of a project from every table.
    DeleteProject(String),
}

/// When a write counts as confirmed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Once it has reached the disk: for imports and migrations. Slower by some milliseconds.
    Strict,
    /// Once the operating system has it: it survives a crash of the browser, perhaps not a power cut.
    Relaxed,
}

/// What befell the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Another tab runs a newer version of the page and upgrades the database. The connection is closed; this
    /// page must be loaded again.
    NewerVersion,
    /// Other tabs hold the database in an older version; opening waits until they are closed.
    Blocked,
    /// The browser has closed the connection, for example because the site's data were cleared.
    Closed,
}
