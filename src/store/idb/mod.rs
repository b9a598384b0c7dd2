//! IndexedDB itself: the only part of this room that sees JavaScript values. Within a transaction nothing is
//! awaited but requests of that transaction, since a transaction commits by itself as soon as none is pending;
//! and a write has succeeded when the transaction's `complete` has come, not when its requests have.

mod fault;
mod rows;
mod upgrade;
mod writing;

use std::cell::RefCell;
use std::future::IntoFuture;
use std::rc::Rc;

use idb::{CursorDirection, Database, Factory, KeyRange, ObjectStore, Query, Transaction, TransactionMode};
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbTransaction};

use self::fault::{error_from, error_of, opening_error};
use self::rows::{below, listed, only, project_range, row_from, row_of, rows_in, rows_of};
use self::upgrade::upgrade;
use self::writing::{DurableDatabase, Outcome, TransactionOptions, finish, request_writes, tables_of};
use super::migrate::{self, Index};
use super::{Change, Contents, Durability, Error, Row, Table, Wanted, Write};
use crate::text::order;

/// The tables that hold what documents are made of.
const CONTENT: [Table; 4] = [Table::Texts, Table::Annotations, Table::Relations, Table::Quires];

/// The open database together with the callbacks that live as long as it does.
pub struct Connection {
    database: Database,
    raw: IdbDatabase,
}

impl Connection {
    /// Opens the database and brings its tables up to date.
    pub async fn open(on_change: Rc<dyn Fn(Change)>) -> Result<Self, Error> {
        let factory = Factory::new().map_err(|error| Error::Unavailable { reason: error.to_string() })?;
        let mut request = factory.open(migrate::DATABASE, Some(migrate::VERSION)).map_err(opening_error)?;

        let upgrade_error = Rc::new(RefCell::new(None));
        let upgrade_report = Rc::clone(&upgrade_error);
        request.on_upgrade_needed(move |event| {
            if let Err(error) = upgrade(&event) {
                upgrade_report.replace(Some(error));
            }
        });
        let blocked = Rc::clone(&on_change);
        request.on_blocked(move |_| blocked(Change::Blocked));

        let opened = request.await;
        if let Some(error) = upgrade_error.take() {
            return Err(error);
        }
        let raw = IdbDatabase::from(opened.map_err(opening_error)?);

        let mut database = Database::from(raw.clone());
        let closing = raw.clone();
        let newer_version = Rc::clone(&on_change);
        database.on_version_change(move |_| {
            closing.close();
            newer_version(Change::NewerVersion);
        });
        database.on_close(move |_| on_change(Change::Closed));
        Ok(Self { database, raw })
    }

    /// Applies the writes in one transaction over the tables they name.
    pub async fn write(&self, writes: &[Write], durability: Durability) -> Result<(), Error> {
        if writes.is_empty() {
            return Ok(());
        }
        let transaction = self.writing(&tables_of(writes), durability)?;
        let outcome = Outcome::watch(&transaction);
        let transaction = Transaction::from(transaction);
        let requested = request_writes(&transaction, writes).await;
        finish(requested, transaction, outcome).await
    }

    /// Reads what a project's history holds behind an entry, has the writes made from it, and applies them, all in one
    /// transaction.
    pub async fn append(
        &self,
        project: &str,
        known: f64,
        writes: &mut dyn FnMut(Vec<Row>) -> Result<Vec<Write>, Error>,
        durability: Durability,
    ) -> Result<(), Error> {
        let transaction = self.writing(&Table::ALL, durability)?;
        let outcome = Outcome::watch(&transaction);
        let transaction = Transaction::from(transaction);
        let requested = async {
            let range = project_range(project, known + 1.0, None)?;
            let mut news = rows_in(&transaction, Table::History, Some(Index::Project), Some(range)).await?;
            let lists: Vec<String> = news.iter().map(|row| row.document.clone()).collect();
            for list in lists.iter().filter(|list| !list.is_empty()) {
                news.extend(listed(&transaction, list).await?);
            }
            request_writes(&transaction, &writes(news)?).await
        };
        let requested = requested.await;
        finish(requested, transaction, outcome).await
    }

    /// The row under a key.
    pub async fn get(&self, table: Table, key: &str) -> Result<Option<Row>, Error> {
        let rows = rows_in(&self.reading(&[table])?, table, None, only(key)?).await?;
        Ok(rows.into_iter().next())
    }

    /// The content of a document, in one transaction.
    pub async fn content(&self, wanted: &Wanted) -> Result<Contents, Error> {
        let transaction = self.reading(&CONTENT)?;
        let mut found = Contents::default();
        for table in CONTENT {
            let (key, index) = match table {
                Table::Texts => (&wanted.text, None),
                Table::Quires => (&wanted.quire, None),
                _ => (&wanted.document, Some(Index::Document)),
            };
            let rows = if key.is_empty() {
                Vec::new()
            } else {
                rows_in(&transaction, table, index, only(key)?).await?
            };
            match table {
                Table::Texts => found.text = rows.into_iter().next(),
                Table::Quires => found.quire = rows.into_iter().next().map(Rc::new),
                Table::Annotations => found.annotations = rows,
                _ => found.relations = rows,
            }
        }
        Ok(found)
    }

    /// The rows of a project, ordered by number, then by key.
    ///
    /// When there is no other project, the table is read as a whole and put in order here: the browser takes
    /// half as long again to look up the same rows one by one through an index (100 against 160 ms for 10,000).
    pub async fn of_project(&self, table: Table, project: &str) -> Result<Vec<Row>, Error> {
        let transaction = self.reading(&[Table::Projects, table])?;
        let projects = transaction.object_store(Table::Projects.name()).map_err(error_of)?;
        let project_count = projects.count(None).map_err(error_of)?.await.map_err(error_of)?;
        if 1 < project_count {
            let range = project_range(project, f64::NEG_INFINITY, None)?;
            return rows_in(&transaction, table, Some(Index::Project), Some(range)).await;
        }
        let mut rows = rows_in(&transaction, table, None, None).await?;
        rows.retain(|row| row.project == project);
        order::sort_by(&mut rows, |one, other| {
            one.number.total_cmp(&other.number).then_with(|| one.key.cmp(&other.key))
        });
        Ok(rows)
    }

    /// The contents of documents, in one transaction. All is asked for before the first answer is awaited, and a quire
    /// that several of them came in with only once, where they stand side by side.
    pub async fn contents(&self, documents: &[Wanted]) -> Result<Vec<Contents>, Error> {
        let transaction = self.reading(&CONTENT)?;
        let table = |table: Table| transaction.object_store(table.name()).map_err(error_of);
        let by_key = |table: &ObjectStore, key: &str| {
            if key.is_empty() {
                return Ok(None);
            }
            let request = table.get(JsValue::from_str(key)).map_err(error_of)?;
            Ok::<_, Error>(Some(request.into_future()))
        };
        let by_document = |index: &idb::Index, key: &str| {
            if key.is_empty() {
                return Ok(None);
            }
            let range = KeyRange::only(&JsValue::from_str(key)).map_err(error_of)?;
            let request = index.get_all(Some(Query::from(range)), None).map_err(error_of)?;
            Ok::<_, Error>(Some(request.into_future()))
        };
        let index = |of: Table| table(of)?.index(Index::Document.name()).map_err(error_of);
        let (texts, quires) = (table(Table::Texts)?, table(Table::Quires)?);
        let (annotations, relations) = (index(Table::Annotations)?, index(Table::Relations)?);
        let mut asked = Vec::with_capacity(documents.len());
        let mut before = "";
        for wanted in documents {
            let is_known = before == wanted.quire;
            before = &wanted.quire;
            asked.push((
                by_key(&texts, &wanted.text)?,
                by_document(&annotations, &wanted.document)?,
                by_document(&relations, &wanted.document)?,
                if is_known { None } else { Some(by_key(&quires, &wanted.quire)?) },
            ));
        }
        let mut found: Vec<Contents> = Vec::with_capacity(asked.len());
        for (text, annotations, relations, quire) in asked {
            let quire = match quire {
                None => found.last().and_then(|before| before.quire.clone()),
                Some(quire) => row_of(Table::Quires, quire).await?.map(Rc::new),
            };
            found.push(Contents {
                text: row_of(Table::Texts, text).await?,
                quire,
                annotations: rows_of(Table::Annotations, annotations).await?,
                relations: rows_of(Table::Relations, relations).await?,
            });
        }
        Ok(found)
    }

    /// The keys of a project's rows in a table whose keys begin with the project's, in order.
    pub async fn keys(&self, table: Table, project: &str) -> Result<Vec<String>, Error> {
        let transaction = self.reading(&[table])?;
        let store = transaction.object_store(table.name()).map_err(error_of)?;
        let range = Some(Query::from(below(project)?));
        let keys = store.get_all_keys(range, None).map_err(error_of)?.await.map_err(error_of)?;
        Ok(keys.iter().filter_map(JsValue::as_string).collect())
    }

    /// The list of documents under this key, and the quires that it names, which are never changed.
    pub async fn listed(&self, list: &str) -> Result<Vec<Row>, Error> {
        let transaction = self.reading(&[Table::Documents, Table::Quires])?;
        listed(&transaction, list).await
    }

    /// The newest rows of a project's history below a number, newest first.
    ///
    /// A cursor over the keys skips backwards to the first row wanted in one stride, then all rows are read at
    /// once: three requests whatever the limit, where a cursor over the values would need one a row.
    pub async fn history_tail(
        &self,
        project: &str,
        below: Option<f64>,
        limit: u32,
    ) -> Result<Vec<Row>, Error> {
        if limit == 0 {
            return Ok(Vec::new());
        }
        let transaction = self.reading(&[Table::History])?;
        let index = transaction
            .object_store(Table::History.name())
            .and_then(|store| store.index(Index::Project.name()))
            .map_err(error_of)?;
        let whole = project_range(project, f64::NEG_INFINITY, below)?;
        let newest = index
            .open_key_cursor(Some(Query::from(whole)), Some(CursorDirection::Prev))
            .map_err(error_of)?
            .await
            .map_err(error_of)?;
        let Some(newest) = newest else {
            return Ok(Vec::new());
        };
        let oldest_wanted = if 1 < limit {
            newest.advance(limit - 1).map_err(error_of)?.await.map_err(error_of)?
        } else {
            Some(newest)
        };
        let first_number = match oldest_wanted {
            Some(cursor) => Array::from(&cursor.key().map_err(error_of)?).get(1).as_f64(),
            None => None,
        };
        let tail = project_range(project, first_number.unwrap_or(f64::NEG_INFINITY), below)?;
        let values =
            index.get_all(Some(Query::from(tail)), None).map_err(error_of)?.await.map_err(error_of)?;
        let newest_first = values.iter().rev().take(usize::try_from(limit).unwrap_or(usize::MAX));
        newest_first.map(|value| row_from(Table::History, value)).collect()
    }

    /// Every row of a table.
    pub async fn all(&self, table: Table) -> Result<Vec<Row>, Error> {
        rows_in(&self.reading(&[table])?, table, None, None).await
    }

    fn reading(&self, tables: &[Table]) -> Result<Transaction, Error> {
        let names: Vec<&str> = tables.iter().map(|table| table.name()).collect();
        self.database.transaction(&names, TransactionMode::ReadOnly).map_err(error_of)
    }

    fn writing(&self, tables: &[Table], durability: Durability) -> Result<IdbTransaction, Error> {
        let names: Array = tables.iter().map(|table| JsValue::from_str(table.name())).collect();
        let options: TransactionOptions = Object::new().unchecked_into();
        options.set_durability(match durability {
            Durability::Strict => "strict",
            Durability::Relaxed => "relaxed",
        });
        // A browser that knows no durability leaves the third argument unread.
        self.raw
            .unchecked_ref::<DurableDatabase>()
            .durable_transaction(&names, "readwrite", &options)
            .map_err(|thrown| error_from(&thrown))
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.raw.close();
    }
}
