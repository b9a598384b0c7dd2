//! What can go wrong between the page and its database, told apart by what the person can do about it.

/// A failure of the database.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Error {
    /// There is no database to be had: a private window, blocked site data, or an ancient browser.
    #[error("this browser gives the page no database ({reason})")]
    Unavailable {
        /// What the browser said.
        reason: String,
    },
    /// The disk, or the share of it that the browser grants to the page, is full.
    #[error("there is no room left in the browser's storage")]
    Quota,
    /// The database was written by a newer version of the page than this one, which knows `known`.
    #[error("the database was written by a newer version of the page (this one knows version {known})")]
    NewerDatabase {
        /// The newest version that this page can open.
        known: u32,
    },
    /// The connection was closed under us; the page must be loaded again.
    #[error("the connection to the database is closed")]
    Closed,
    /// The transaction was undone as a whole.
    #[error("the database has undone the transaction ({reason})")]
    Aborted {
        /// What the browser said.
        reason: String,
    },
    /// What lies under a key is no row of ours.
    #[error("the row {key:?} of the table {} cannot be read", table.name())]
    Corrupt {
        /// The table of the row.
        table: super::Table,
        /// Its key, empty when even that cannot be read.
        key: String,
    },
    /// Anything else that the browser reported.
    #[error("the database reported: {message}")]
    Js {
        /// What the browser said.
        message: String,
    },
}
