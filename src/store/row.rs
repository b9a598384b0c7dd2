//! The plain values that go into the database and come out of it, without a trace of the browser.
//! A row belongs to at most one project and one document, and carries its record as JSON.

/// A table of the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Table {
    /// One row a project; its `project` is its own key.
    Projects,
    /// What a list of documents shows, without the texts.
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
}

impl Table {
    /// All tables, in the order in which they were invented.
    pub const ALL: [Self; 8] = [
        Self::Projects,
        Self::Documents,
        Self::Texts,
        Self::Annotations,
        Self::Relations,
        Self::Actors,
        Self::History,
        Self::Settings,
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
    /// The document it belongs to, empty when none.
    pub document: String,
    /// Orders the rows of a project: the sequence number of an edit, the place of a document; otherwise 0.
    pub number: f64,
    /// The wire record.
    pub json: String,
}

/// The text of a document and what lies on it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contents {
    /// Its text; `None` when there is none.
    pub text: Option<Row>,
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
