//! The handle through which the rest of the program reaches the database.
//! Clones share one connection; every call is one transaction.

use std::pin::Pin;
use std::rc::Rc;

use super::{Change, Contents, Durability, Error, Row, Table, Wanted, Write, idb};

/// What the database answers. It is boxed here, so that no caller carries the steps of a transaction in its own code.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + 'a>>;

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
    pub fn open(on_change: impl Fn(Change) + 'static) -> Reply<'static, Self> {
        let connection = idb::Connection::open(Rc::new(on_change));
        Box::pin(async { Ok(Self { connection: Rc::new(connection.await?) }) })
    }

    /// Applies the writes in their order, in one transaction, and returns when the database has committed them.
    ///
    /// # Errors
    /// After an error nothing of `writes` is stored. [`Error::Quota`] when the disk or the page's share is full.
    pub fn write<'a>(&'a self, writes: &'a [Write], durability: Durability) -> Reply<'a, ()> {
        Box::pin(self.connection.write(writes, durability))
    }

    /// Adds to a project's history what other tabs cannot come between, in one transaction: reads the entries whose
    /// number is above `known`, oldest first, and behind them the lists of documents that they name with their quires,
    /// has `writes` made from them, applies these in their order, and returns when the database has committed them.
    ///
    /// # Errors
    /// As [`Store::write`], and what `writes` returns; nothing is stored then.
    pub fn append<'a>(
        &'a self,
        project: &'a str,
        known: u64,
        writes: &'a mut dyn FnMut(Vec<Row>) -> Result<Vec<Write>, Error>,
        durability: Durability,
    ) -> Reply<'a, ()> {
        #[expect(clippy::cast_precision_loss, reason = "no history reaches 2^53 entries")]
        let known = known as f64;
        Box::pin(self.connection.append(project, known, writes, durability))
    }

    /// The row under this key.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when what lies there is no row of ours.
    pub fn get<'a>(&'a self, table: Table, key: &'a str) -> Reply<'a, Option<Row>> {
        Box::pin(self.connection.get(table, key))
    }

    /// The rows of a project, ordered by `number`, then by key.
    ///
    /// # Errors
    /// [`Error::Corrupt`] names the first row that cannot be read.
    pub fn of_project<'a>(&'a self, table: Table, project: &'a str) -> Reply<'a, Vec<Row>> {
        Box::pin(self.connection.of_project(table, project))
    }

    /// The content of a document, as it is at one moment. What a key is empty for is not looked for.
    ///
    /// # Errors
    /// [`Error::Corrupt`] names the first row that cannot be read.
    pub fn content<'a>(&'a self, document: &'a Wanted) -> Reply<'a, Contents> {
        Box::pin(self.connection.content(document))
    }

    /// The contents of documents, all as they are at one moment. What a key is empty for is not looked for.
    ///
    /// # Errors
    /// [`Error::Corrupt`] names the first row that cannot be read.
    pub fn contents<'a>(&'a self, documents: &'a [Wanted]) -> Reply<'a, Vec<Contents>> {
        Box::pin(self.connection.contents(documents))
    }

    /// The keys of a project's texts, annotations or relations, in order.
    ///
    /// # Errors
    /// What the database reports.
    pub fn keys<'a>(&'a self, table: Table, project: &'a str) -> Reply<'a, Vec<String>> {
        Box::pin(self.connection.keys(table, project))
    }

    /// The row that lists documents under this key, and the quires that they came in with, in their order.
    ///
    /// # Errors
    /// [`Error::Corrupt`] names the first row that cannot be read.
    pub fn listed<'a>(&'a self, list: &'a str) -> Reply<'a, Vec<Row>> {
        Box::pin(self.connection.listed(list))
    }

    /// The last rows of a project's history, newest first: at most `limit`, and only those whose number is less
    /// than `below` when it is given. The cost grows with `limit`, not with the length of the history.
    ///
    /// # Errors
    /// [`Error::Corrupt`] names the first row that cannot be read.
    pub fn history_tail<'a>(
        &'a self,
        project: &'a str,
        below: Option<f64>,
        limit: u32,
    ) -> Reply<'a, Vec<Row>> {
        Box::pin(self.connection.history_tail(project, below, limit))
    }

    /// Every row of a table, ordered by key: meant for projects and settings.
    ///
    /// # Errors
    /// [`Error::Corrupt`] names the first row that cannot be read.
    pub fn all(&self, table: Table) -> Reply<'_, Vec<Row>> {
        Box::pin(self.connection.all(table))
    }
}
