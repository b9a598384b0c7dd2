//! Saving and following: what a command changed goes to the database at once, in the order in which it happened, and
//! in the same transaction what other tabs have stored comes in before it. "Saved" is said only after the database
//! has confirmed it; after a failure nothing is dropped and it is tried again.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Context, Poll, Waker},
};

use leptos::prelude::*;

use super::{Paint, Workspace, capitalized, spawn};
use crate::{
    app::{
        outcome::Outcome,
        quire,
        rows::{Printed, writes_of_waiting},
    },
    browser::wait,
    model::ProjectId,
    store::{Durability, Error, Row, Table, Write},
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

/// How far the edits that wait in the session have come on their way to the database.
#[derive(Clone)]
pub(super) struct Saver {
    busy: Rc<Cell<bool>>,
    /// Whether another tab has said that it stored something.
    behind: Rc<Cell<bool>>,
    state: RwSignal<SaveState>,
    /// Those who wait until it is settled whether everything is stored.
    waiting_tasks: Rc<RefCell<Vec<Waker>>>,
}

impl Saver {
    pub(super) fn new(state: RwSignal<SaveState>) -> Self {
        Self { busy: Rc::default(), behind: Rc::default(), state, waiting_tasks: Rc::default() }
    }

    /// Says how things stand, and wakes those who wait for that.
    fn settle(&self, state: SaveState) {
        self.state.set(state);
        for task in self.waiting_tasks.take() {
            task.wake();
        }
    }
}

/// What one transaction sends and brings.
#[derive(Default)]
struct Sent {
    /// What the edits of other tabs brought about.
    news: Outcome,
    /// The number of the last entry it stores.
    last: u64,
}

impl Workspace {
    /// Whether something would be lost if the page went now.
    pub fn has_unsaved(self) -> bool {
        self.read(|session| session.history().confirmed() < session.history().last()).unwrap_or(false)
    }

    /// Brings in what other tabs have stored.
    pub fn follow_tabs(self) {
        let _behind = self.inner.try_with_value(|inner| inner.saver.behind.set(true));
        self.save();
    }

    /// Says that something is on its way to the database, if it is.
    pub(super) fn note_unsaved(self) {
        if self.has_unsaved() && self.save_state.with_untracked(|state| *state == SaveState::Saved) {
            self.save_state.set(SaveState::Saving);
        }
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
        if !(self.has_unsaved() || saver.behind.get()) || saver.busy.replace(true) {
            return;
        }
        spawn(async move {
            loop {
                let waits = self.has_unsaved();
                if !(saver.behind.replace(false) || waits) {
                    break;
                }
                self.note_unsaved();
                let Some((project, known)) =
                    self.read(|session| (session.state().project().id, session.history().confirmed()))
                else {
                    break;
                };
                let mut ahead = self.print_ahead().await;
                let mut sent = Sent::default();
                let mut writes = |news: Vec<Row>| self.exchange(project, &news, ahead.take(), &mut sent);
                let durability = if waits { Durability::Strict } else { Durability::Relaxed };
                let key = project.to_string();
                let stored = store.append(&key, known, &mut writes, durability).await;
                // What came in is in the log, whatever became of what was to be added to it.
                self.show_news(sent.news);
                match stored {
                    Ok(()) => self.confirm(project, sent.last),
                    Err(error) => {
                        saver.settle(SaveState::Failed(advice(&error)));
                        wait::sleep(RETRY_AFTER).await;
                        saver.behind.set(true);
                    }
                }
            }
            saver.busy.set(false);
            saver.settle(SaveState::Saved);
        });
    }

    /// Prints a large edit that waits; between its pieces the page gets its turn.
    async fn print_ahead(self) -> Option<Printed> {
        let mut printed = self.read(Printed::begin).flatten()?;
        loop {
            wait::yield_now().await;
            if self.read(|session| printed.go_on(session)) != Some(true) {
                return Some(printed);
            }
        }
    }

    /// Takes in what other tabs have stored, and makes the writes of what waits on top of it.
    fn exchange(
        self,
        project: ProjectId,
        news: &[Row],
        ahead: Option<Printed>,
        sent: &mut Sent,
    ) -> Result<Vec<Write>, Error> {
        let mut leaves = Vec::new();
        let entries = quire::read_entries(news, project, |document, leaf| leaves.push((document, leaf)))
            .map_err(|(key, _)| Error::Corrupt { table: Table::History, key })?;
        let mut writes = Vec::new();
        self.inner.update_value(|inner| {
            let session = inner.session.as_mut().filter(|session| session.state().project().id == project);
            if let Some(session) = session {
                session.bind(leaves);
                sent.news = session.follow(&entries);
                writes = writes_of_waiting(session, ahead.filter(|_| entries.is_empty()));
                sent.last = session.history().last();
            }
        });
        Ok(writes)
    }

    fn confirm(self, project: ProjectId, last: u64) {
        let mut saved_from = None;
        self.inner.update_value(|inner| {
            let session = inner.session.as_mut().filter(|session| session.state().project().id == project);
            let Some(session) = session else { return };
            let before = session.history().confirmed();
            if before < last {
                session.confirm(last);
                saved_from = Some(before);
                // A message that cannot be sent is made up for when the other tab is next looked at.
                let _told = inner.tabs.as_ref().map(|tabs| tabs.tell(&project.to_string()));
            }
        });
        if let Some(before) = saved_from {
            self.watch_over(project, before, last);
        }
    }

    fn show_news(self, news: Outcome) {
        let closed = news.changed.focus && self.read(|session| session.open().is_none()).unwrap_or(false);
        if news.changed.history {
            self.carry_out(news);
        }
        if closed {
            self.paint(Paint::Opened);
        }
    }

    /// Waits until the database has confirmed everything; false when it does not come to that.
    pub(super) async fn saved(self) -> bool {
        poll_fn(|context| self.poll_saved(context)).await
    }

    /// Whether everything is stored, once that is settled.
    fn poll_saved(self, context: &Context<'_>) -> Poll<bool> {
        let Some(saver) = self.inner.try_with_value(|inner| inner.saver.clone()) else {
            return Poll::Ready(true);
        };
        if !saver.busy.get() && !self.has_unsaved() {
            return Poll::Ready(true);
        }
        if saver.state.with_untracked(|state| matches!(state, SaveState::Failed(_))) {
            return Poll::Ready(false);
        }
        saver.waiting_tasks.borrow_mut().push(context.waker().clone());
        Poll::Pending
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
