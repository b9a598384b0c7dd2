//! Saving: what a command changed goes to the database at once, in the order in which it happened.
//! "Saved" is said only after the database has confirmed it; after a failure nothing is dropped and it is tried again.

use std::{
    cell::RefCell,
    collections::VecDeque,
    future::poll_fn,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use leptos::prelude::*;

use super::{Workspace, capitalized, spawn};
use crate::{
    browser::wait,
    store::{Durability, Error, Write},
};

/// How long to wait after a failure before the next try, in milliseconds.
const RETRY_AFTER: u32 = 2_000;

/// Whether everything is in the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// The database has confirmed everything.
    Saved,
    /// Something is on its way.
    Saving,
    /// Something could not be stored; it is kept and tried again. In words.
    Failed(String),
}

/// The writes that the database has not confirmed yet.
#[derive(Clone)]
pub(super) struct Saver {
    waiting: Rc<RefCell<VecDeque<Write>>>,
    busy: Rc<RefCell<bool>>,
    state: RwSignal<SaveState>,
    /// Those who wait until it is settled whether everything is stored.
    waiting_tasks: Rc<RefCell<Vec<Waker>>>,
}

impl Saver {
    pub(super) fn new(state: RwSignal<SaveState>) -> Self {
        Self { waiting: Rc::default(), busy: Rc::default(), state, waiting_tasks: Rc::default() }
    }

    /// Says how things stand, and wakes those who wait for that.
    fn settle(&self, state: SaveState) {
        self.state.set(state);
        for task in self.waiting_tasks.take() {
            task.wake();
        }
    }

    /// Whether everything is stored, once that is settled.
    fn poll_saved(&self, context: &Context<'_>) -> Poll<bool> {
        if self.is_idle() {
            return Poll::Ready(true);
        }
        if self.state.with_untracked(|state| matches!(state, SaveState::Failed(_))) {
            return Poll::Ready(false);
        }
        self.waiting_tasks.borrow_mut().push(context.waker().clone());
        Poll::Pending
    }

    /// Adds writes behind those that wait.
    pub(super) fn enqueue(&self, writes: Vec<Write>) {
        if !writes.is_empty() {
            self.waiting.borrow_mut().extend(writes);
        }
    }

    /// Takes everything that waits.
    fn take(&self) -> Vec<Write> {
        self.waiting.borrow_mut().drain(..).collect()
    }

    /// Puts writes that failed back before those that came since.
    fn put_back(&self, writes: Vec<Write>) {
        let mut waiting = self.waiting.borrow_mut();
        for write in writes.into_iter().rev() {
            waiting.push_front(write);
        }
    }

    fn is_idle(&self) -> bool {
        !*self.busy.borrow() && self.waiting.borrow().is_empty()
    }
}

impl Workspace {
    /// Whether something would be lost if the page went now.
    pub fn has_unsaved(self) -> bool {
        self.inner.try_with_value(|inner| !inner.saver.is_idle()).unwrap_or(false)
    }

    /// Sends what waits to the database, unless that is going on already.
    pub(super) fn save(self) {
        let Some((saver, store)) = self
            .inner
            .try_with_value(|inner| inner.store.clone().map(|store| (inner.saver.clone(), store)))
            .flatten()
        else {
            return;
        };
        if saver.waiting.borrow().is_empty() || saver.busy.replace(true) {
            return;
        }
        if saver.state.with_untracked(|state| *state == SaveState::Saved) {
            saver.state.set(SaveState::Saving);
        }
        spawn(async move {
            loop {
                let batch = saver.take();
                if batch.is_empty() {
                    break;
                }
                if let Err(error) = store.write(&batch, Durability::Strict).await {
                    saver.put_back(batch);
                    saver.settle(SaveState::Failed(advice(&error)));
                    wait::sleep(RETRY_AFTER).await;
                }
            }
            saver.busy.replace(false);
            saver.settle(SaveState::Saved);
        });
    }

    /// Waits until the database has confirmed everything; false when it does not come to that.
    pub(super) async fn saved(self) -> bool {
        let saver = self.inner.try_with_value(|inner| inner.saver.clone());
        match saver {
            Some(saver) => poll_fn(|context| saver.poll_saved(context)).await,
            None => true,
        }
    }
}

/// What to do about a failure, in words.
pub(in crate::app) fn advice(error: &Error) -> String {
    let way_out = match error {
        Error::Quota => "Free some space on this device, or export your work now. Saving goes on by itself.",
        Error::NewerDatabase { .. } | Error::Closed => "Load the page again.",
        Error::Unavailable { .. } => "Allow this site to store data, or use a window that is not private.",
        Error::Aborted { .. } | Error::Corrupt { .. } | Error::Js { .. } => {
            "Export your work to be safe, then load the page again."
        }
    };
    format!("{}. {way_out}", capitalized(error.to_string()))
}
