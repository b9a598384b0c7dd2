//! The handle through which the rest of the program reaches the database.
//! Clones share one connection; every call is one transaction.

use std::rc::Rc;

use super::{Change, Durability, Error, Row, Table, Write, idb};

/// A handle on the open database; clones share the one connection.
#[derive(Clone)]
pub struct Store {
    connection: Rc<idb::Connection>,
}

impl Store {
    /// Opens the database, creating or upgrading its tables as needed.
    ///
    /// `on_change` is told what happens to the connection afterwards, and about [`Change::Blocked`] while this
    /// call still waits for other tabs. The connection lives as long as the last clone of the handle.
    ///
    /// # Errors
    /// [`Error::Unavailable`] where the browser gives no database, [`Error::NewerDatabase`] when it was written
    /// by a newer version of the page (nothing is changed then), otherwise what the database reported.
    pub async fn open(on_change: impl Fn(Change) + 'static) -> Result<Self, Error> {
        let connection = idb::Connection::open(Rc::new(on_change)).await?;
        Ok(Self { connection: Rc::new(connection) })
    }

    /// Applies the writes in their order, in one transaction, and returns when the database has committed them.
    ///
    /// # Errors
    /// After an error nothing of `writes` is stored. [`Error::Quota`] when the disk or the page's share is full.
    pub async fn write(&self, writes: &[Write], durability: Durability) -> Result<(), Error> {
        self.connection.write(writes, durability).await
    }

    /// The row under this key.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when what lies there is no row of ours.
    pub async fn get(&self, table: Table, key: &str) -> Result<Option<Row>, Error> {
        self.connection.get(table, key).await
    }

    /// The rows of a project, ordered by `number`, then by key.
    ///
    /// # Errors
    /// [`Error::Corrupt`] names the first row that cannot be read.
    pub async fn of_project(&self, table: Table, project: &str) -> Result<Vec<Row>, Error> {
        self.connection.of_project(table, project).await
    }

    /// The rows of a document, ordered by key.
    ///
    /// # Errors
    /// [`Error::Corrupt`] names the first row that cannot be read.
    pub async fn of_document(&self, table: Table, document: &str) -> Result<Vec<Row>, Error> {
        self.connection.of_document(table, document).await
    }

    /// The last rows of a project's history, newest first: at most `limit`, and only those whose number is less
    /// than `below` when it is given. The cost grows with `limit`, not with the length of the history.
    ///
    /// # Errors
    /// [`Error::Corrupt`] names the first row that cannot be read.
    pub async fn history_tail(
        &self,
        project: &str,
        below: Option<f64>,
        limit: u32,
    ) -> Result<Vec<Row>, Error> {
        self.connection.history_tail(project, below, limit).await
    }

    /// Every row of a table, ordered by key: meant for projects and settings.
    ///
    /// # Errors
    /// [`Error::Corrupt`] names the first row that cannot be read.
    pub async fn all(&self, table: Table) -> Result<Vec<Row>, Error> {
        self.connection.all(table).await
    }
}
