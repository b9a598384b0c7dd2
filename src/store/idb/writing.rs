//! What a write asks for, and how its transaction ends.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use idb::{KeyRange, Query, Transaction};
use js_sys::Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::IdbTransaction;

use super::fault::{error_from, error_of};
use super::rows::{project_range, row_to};
use crate::store::migrate::Index;
use crate::store::{Error, Table, Write};
use crate::text::order;

/// How many rows are handed over before the page gets its turn.
const AT_ONCE: usize = 400;

#[wasm_bindgen]
extern "C" {
    /// The database with the `transaction` of three arguments, which web-sys does not know.
    pub(super) type DurableDatabase;

    #[wasm_bindgen(method, catch, js_name = transaction)]
    pub(super) fn durable_transaction(
        this: &DurableDatabase,
        tables: &Array,
        mode: &str,
        options: &TransactionOptions,
    ) -> Result<IdbTransaction, JsValue>;

    pub(super) type TransactionOptions;

    #[wasm_bindgen(method, setter)]
    pub(super) fn set_durability(this: &TransactionOptions, durability: &str);
}

/// Commits what was requested, or undoes it where a request failed; returns when that is done.
pub(super) async fn finish(
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

pub(super) fn tables_of(writes: &[Write]) -> Vec<Table> {
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

pub(super) async fn request_writes(transaction: &Transaction, writes: &[Write]) -> Result<(), Error> {
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

/// The end of a transaction as a future: committed, or undone and why.
pub(super) struct Outcome {
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
    pub(super) fn watch(transaction: &IdbTransaction) -> Self {
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
