//! IndexedDB itself: the only file of this room that sees JavaScript values. Within a transaction nothing is
//! awaited but requests of that transaction, since a transaction commits by itself as soon as none is pending;
//! and a write has succeeded when the transaction's `complete` has come, not when its requests have.

use std::cell::{Cell, RefCell};
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use idb::event::VersionChangeEvent;
use idb::{
    CursorDirection, Database, DatabaseEvent, Factory, IndexParams, KeyPath, KeyRange, ObjectStore,
    ObjectStoreParams, Query, Transaction, TransactionMode,
};
use js_sys::{Array, Object};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DomException, IdbDatabase, IdbTransaction};

use super::migrate::{self, Index, Step};
use super::{Change, Contents, Durability, Error, Row, Table, Wanted, Write};
use crate::text::order;

/// How many rows are handed over before the page gets its turn.
const AT_ONCE: usize = 400;

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
            let mut news = rows_by(&transaction, Table::History, Index::Project, range).await?;
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
        row_by(&self.reading(&[table])?, table, key).await
    }

    /// The content of a document, in one transaction.
    pub async fn content(&self, wanted: &Wanted) -> Result<Contents, Error> {
        let transaction = self.reading(&CONTENT)?;
        let range = || KeyRange::only(&JsValue::from_str(&wanted.document)).map_err(error_of);
        Ok(Contents {
            text: row_by(&transaction, Table::Texts, &wanted.text).await?,
            quire: row_by(&transaction, Table::Quires, &wanted.quire).await?.map(Rc::new),
            annotations: rows_by(&transaction, Table::Annotations, Index::Document, range()?).await?,
            relations: rows_by(&transaction, Table::Relations, Index::Document, range()?).await?,
        })
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
            return rows_by(&transaction, table, Index::Project, range).await;
        }
        let store = transaction.object_store(table.name()).map_err(error_of)?;
        let values = store.get_all(None, None).map_err(error_of)?.await.map_err(error_of)?;
        let mut rows = Vec::with_capacity(values.len());
        for value in &values {
            let row = row_from(table, value)?;
            if row.project == project {
                rows.push(row);
            }
        }
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
        let transaction = self.reading(&[table])?;
        let store = transaction.object_store(table.name()).map_err(error_of)?;
        let values = store.get_all(None, None).map_err(error_of)?.await.map_err(error_of)?;
        values.iter().map(|value| row_from(table, value)).collect()
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

#[wasm_bindgen]
extern "C" {
    /// The database with the `transaction` of three arguments, which web-sys does not know.
    type DurableDatabase;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    fn durable_transaction(
        this: &DurableDatabase,
        tables: &Array,
        mode: &str,
        options: &TransactionOptions,
    ) -> Result<IdbTransaction, JsValue>;

    type TransactionOptions;

    #[wasm_bindgen(method, setter)]
    fn set_durability(this: &TransactionOptions, durability: &str);

    /// A row as the database holds it: a plain object.
    type StoredRow;

    #[wasm_bindgen(method, getter)]
    fn key(this: &StoredRow) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn project(this: &StoredRow) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn document(this: &StoredRow) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn number(this: &StoredRow) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn json(this: &StoredRow) -> JsValue;

    #[wasm_bindgen(method, setter)]
    fn set_key(this: &StoredRow, key: &str);
    #[wasm_bindgen(method, setter)]
    fn set_project(this: &StoredRow, project: &str);
    #[wasm_bindgen(method, setter)]
    fn set_document(this: &StoredRow, document: &str);
    #[wasm_bindgen(method, setter)]
    fn set_number(this: &StoredRow, number: f64);
    #[wasm_bindgen(method, setter)]
    fn set_json(this: &StoredRow, json: &str);
}

fn row_to(row: &Row) -> JsValue {
    debug_assert!(!row.number.is_nan(), "a number that is none would keep the row out of its index");
    let stored: StoredRow = Object::new().unchecked_into();
    stored.set_key(&row.key);
    stored.set_project(&row.project);
    stored.set_document(&row.document);
    stored.set_number(row.number);
    stored.set_json(&row.json);
    stored.into()
}

fn row_from(table: Table, value: &JsValue) -> Result<Row, Error> {
    if !value.is_object() {
        return Err(Error::Corrupt { table, key: String::new() });
    }
    let stored = value.unchecked_ref::<StoredRow>();
    let key = stored.key().as_string();
    let fields = (
        stored.project().as_string(),
        stored.document().as_string(),
        stored.number().as_f64(),
        stored.json().as_string(),
    );
    match (key, fields) {
        (Some(key), (Some(project), Some(document), Some(number), Some(json))) => {
            Ok(Row { table, key, project, document, number, json })
        }
        (key, _) => Err(Error::Corrupt { table, key: key.unwrap_or_default() }),
    }
}

/// What a request for a row comes to; nothing was asked for where there is none.
async fn row_of(
    table: Table,
    request: Option<impl Future<Output = Result<Option<JsValue>, idb::Error>>>,
) -> Result<Option<Row>, Error> {
    let Some(request) = request else { return Ok(None) };
    request.await.map_err(error_of)?.map(|value| row_from(table, &value)).transpose()
}

/// As [`row_of`], of several rows.
async fn rows_of(
    table: Table,
    request: Option<impl Future<Output = Result<Vec<JsValue>, idb::Error>>>,
) -> Result<Vec<Row>, Error> {
    let Some(request) = request else { return Ok(Vec::new()) };
    request.await.map_err(error_of)?.iter().map(|value| row_from(table, value)).collect()
}

/// A list of documents, and the quires that it names.
async fn listed(transaction: &Transaction, list: &str) -> Result<Vec<Row>, Error> {
    let mut rows: Vec<Row> = row_by(transaction, Table::Documents, list).await?.into_iter().collect();
    let range = Some(Query::from(below(list)?));
    let store = transaction.object_store(Table::Quires.name()).map_err(error_of)?;
    let quires = store.get_all(range, None).map_err(error_of)?.await.map_err(error_of)?;
    for quire in &quires {
        rows.push(row_from(Table::Quires, quire)?);
    }
    Ok(rows)
}

/// The keys that begin with this one and a slash.
fn below(key: &str) -> Result<KeyRange, Error> {
    let bound = |end: char| JsValue::from_str(&format!("{key}{end}"));
    KeyRange::bound(&bound('/'), &bound('0'), Some(false), Some(true)).map_err(error_of)
}

/// The row under a key; nothing is looked for where that is empty.
async fn row_by(transaction: &Transaction, table: Table, key: &str) -> Result<Option<Row>, Error> {
    if key.is_empty() {
        return Ok(None);
    }
    let store = transaction.object_store(table.name()).map_err(error_of)?;
    let found = store.get(JsValue::from_str(key)).map_err(error_of)?.await.map_err(error_of)?;
    found.map(|value| row_from(table, &value)).transpose()
}

async fn rows_by(
    transaction: &Transaction,
    table: Table,
    index: Index,
    range: KeyRange,
) -> Result<Vec<Row>, Error> {
    let store = transaction.object_store(table.name()).map_err(error_of)?;
    let index = store.index(index.name()).map_err(error_of)?;
    let values = index.get_all(Some(Query::from(range)), None).map_err(error_of)?.await.map_err(error_of)?;
    values.iter().map(|value| row_from(table, value)).collect()
}

/// The keys `[project, number]` from `lowest` on, up to but without `below`.
fn project_range(project: &str, lowest: f64, below: Option<f64>) -> Result<KeyRange, Error> {
    let key = |number: JsValue| JsValue::from(Array::of(&[JsValue::from_str(project), number]));
    // An array sorts after every number, so it bounds all numbers from above.
    let upper = below.map_or_else(|| JsValue::from(Array::new()), JsValue::from_f64);
    let lower = JsValue::from_f64(lowest);
    if below.is_some_and(|below| below <= lowest) {
        // The database refuses a range whose ends cross; this one is empty just as well.
        return KeyRange::only(&key(Array::new().into())).map_err(error_of);
    }
    KeyRange::bound(&key(lower), &key(upper), Some(false), Some(true)).map_err(error_of)
}

/// Commits what was requested, or undoes it where a request failed; returns when that is done.
async fn finish(
    requested: Result<(), Error>,
    transaction: Transaction,
    outcome: Outcome,
) -> Result<(), Error> {
    if let Err(error) = requested {
        // A request that failed has already aborted the transaction; aborting it again is refused.
        let _already_aborted = transaction.abort();
        return Err(match outcome.await {
            Err(reason @ (Error::Quota | Error::Closed)) => reason,
            _ => error,
        });
    }
    // Committing is what would happen by itself a little later; where it is refused, it does.
    let _committed_sooner = transaction.commit();
    outcome.await
}

fn tables_of(writes: &[Write]) -> Vec<Table> {
    let mut tables = Vec::new();
    for write in writes {
        match write {
            Write::Put(row) => tables.push(row.table),
            Write::Delete { table, .. } => tables.push(*table),
            Write::DeleteBody(_) => tables.extend([Table::Annotations, Table::Relations]),
            Write::DeleteProject(_) => return Table::ALL.to_vec(),
        }
    }
    order::sort(&mut tables);
    tables.dedup();
    tables
}

async fn request_writes(transaction: &Transaction, writes: &[Write]) -> Result<(), Error> {
    for (number, write) in writes.iter().enumerate() {
        match write {
            Write::Put(row) => {
                let store = transaction.object_store(row.table.name()).map_err(error_of)?;
                let put = store.put(&row_to(row), None).map_err(error_of)?;
                // While the database catches up the page gets its turn.
                if number % AT_ONCE == AT_ONCE - 1 {
                    put.await.map_err(error_of)?;
                }
            }
            Write::Delete { table, key } => {
                let store = transaction.object_store(table.name()).map_err(error_of)?;
                store.delete(JsValue::from_str(key)).map_err(error_of)?;
            }
            Write::DeleteBody(document) => delete_body(transaction, document)?,
            Write::DeleteProject(project) => delete_project(transaction, project).await?,
        }
    }
    Ok(())
}

/// The keys of a body's rows are that of its document, or begin with it and a slash.
fn delete_body(transaction: &Transaction, document: &str) -> Result<(), Error> {
    let after = format!("{document}0");
    let (lower, upper) = (JsValue::from_str(document), JsValue::from_str(&after));
    for table in [Table::Annotations, Table::Relations] {
        let range = KeyRange::bound(&lower, &upper, None, Some(true)).map_err(error_of)?;
        let store = transaction.object_store(table.name()).map_err(error_of)?;
        store.delete(Query::from(range)).map_err(error_of)?;
    }
    Ok(())
}

async fn delete_project(transaction: &Transaction, project: &str) -> Result<(), Error> {
    if project.is_empty() {
        // Rows without a project are nobody's to delete by project.
        return Ok(());
    }
    for table in Table::ALL {
        let store = transaction.object_store(table.name()).map_err(error_of)?;
        let index = store.index(Index::Project.name()).map_err(error_of)?;
        let range = project_range(project, f64::NEG_INFINITY, None)?;
        let keys =
            index.get_all_keys(Some(Query::from(range)), None).map_err(error_of)?.await.map_err(error_of)?;
        for key in keys {
            store.delete(key).map_err(error_of)?;
        }
    }
    Ok(())
}

fn upgrade(event: &VersionChangeEvent) -> Result<(), Error> {
    let target = idb::event::Event::target(event).map_err(error_of)?;
    let transaction = idb::Request::transaction(&target)
        .ok_or_else(|| Error::Js { message: "an upgrade without a transaction".to_owned() })?;
    let database = event.database().map_err(error_of)?;
    let outcome = event.old_version().map_err(error_of).and_then(|old_version| {
        migrate::steps_from(old_version).try_for_each(|step| apply(step, &database, &transaction))
    });
    if outcome.is_err() {
        // The abort undoes every step, so that the next visit starts from the same old version.
        let _undone = transaction.abort();
    }
    outcome
}

fn apply(step: Step, database: &Database, transaction: &Transaction) -> Result<(), Error> {
    match step {
        Step::AddTable(table) => {
            let mut parameters = ObjectStoreParams::new();
            parameters.key_path(Some(KeyPath::new_single(migrate::KEY)));
            database.create_object_store(table.name(), parameters).map_err(error_of)?;
        }
        Step::AddIndex(table, index) => {
            let path = match index.properties() {
                [property] => KeyPath::new_single(property),
                properties => KeyPath::new_array(properties.iter().copied()),
            };
            transaction
                .object_store(table.name())
                .and_then(|store| store.create_index(index.name(), path, Some(IndexParams::new())))
                .map_err(error_of)?;
        }
    }
    Ok(())
}

/// The end of a transaction as a future: committed, or undone and why.
struct Outcome {
    state: Rc<OutcomeState>,
    /// Holds the callbacks.
    _watched: Transaction,
}

#[derive(Default)]
struct OutcomeState {
    result: Cell<Option<Result<(), Error>>>,
    waker: Cell<Option<Waker>>,
}

impl Outcome {
    fn watch(transaction: &IdbTransaction) -> Self {
        let state = Rc::new(OutcomeState::default());
        let mut watched = Transaction::from(transaction.clone());
        let completed = Rc::clone(&state);
        watched.on_complete(move |_| completed.settle(Ok(())));
        let aborted = Rc::clone(&state);
        let source = transaction.clone();
        watched.on_abort(move |_| {
            aborted.settle(Err(source.error().map_or_else(
                || Error::Aborted { reason: "no reason given".to_owned() },
                |reason| match error_from(&reason) {
                    Error::Js { message } => Error::Aborted { reason: message },
                    known => known,
                },
            )));
        });
        Self { state, _watched: watched }
    }
}

impl OutcomeState {
    fn settle(&self, result: Result<(), Error>) {
        self.result.set(Some(result));
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

impl Future for Outcome {
    type Output = Result<(), Error>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        match self.state.result.take() {
            Some(result) => Poll::Ready(result),
            None => {
                self.state.waker.set(Some(context.waker().clone()));
                Poll::Pending
            }
        }
    }
}

fn opening_error(error: idb::Error) -> Error {
    let thrown = match &error {
        idb::Error::DomException(exception) => Some(exception),
        idb::Error::IndexedDbOpenFailed(thrown) => thrown.dyn_ref(),
        _ => None,
    };
    // Browsers refuse so in private windows.
    let refused = thrown.filter(|one| matches!(one.name().as_str(), "UnknownError" | "InvalidStateError"));
    match refused {
        Some(exception) => Error::Unavailable { reason: exception.message() },
        None => error_of(error),
    }
}

fn error_of(error: idb::Error) -> Error {
    use idb::Error as E;
    match &error {
        E::DomException(exception) => error_from(exception),
        E::AddFailed(thrown)
        | E::CursorAdvanceFailed(thrown)
        | E::DeleteFailed(thrown)
        | E::GetAllFailed(thrown)
        | E::GetAllKeysFailed(thrown)
        | E::GetFailed(thrown)
        | E::IndexedDbOpenFailed(thrown)
        | E::OpenCursorFailed(thrown)
        | E::OpenKeyCursorFailed(thrown)
        | E::TransactionOpenFailed(thrown)
        | E::UpdateFailed(thrown) => error_from(thrown),
        _ => Error::Js { message: error.to_string() },
    }
}

/// Sorts a thrown value by the exception names of the IndexedDB specification (section 3).
fn error_from(thrown: &JsValue) -> Error {
    let Some(exception) = thrown.dyn_ref::<DomException>() else {
        return Error::Js { message: format!("{thrown:?}") };
    };
    match exception.name().as_str() {
        "QuotaExceededError" => Error::Quota,
        "VersionError" => Error::NewerDatabase { known: migrate::VERSION },
        "SecurityError" | "NotAllowedError" => Error::Unavailable { reason: exception.message() },
        "InvalidStateError" => Error::Closed,
        "AbortError" => Error::Aborted { reason: exception.message() },
        name => Error::Js { message: format!("{name}: {}", exception.message()) },
    }
}
