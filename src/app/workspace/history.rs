//! The history in memory: its newest entries soon after a project is opened, older ones when they are to be undone.

use leptos::prelude::*;

use super::{Part, Workspace, loading::unreadable, saving::advice, spawn};
use crate::{
    app::{command::Command, outcome::Missing, quire},
    format::row,
    model::{Entry, ProjectId},
    store::{Row, Store},
};

/// How many history entries are taken into memory when a project is opened: enough to say what would be undone. Those
/// of an import are large.
const NEWEST: u32 = 4;

/// How many are taken when an older one is to be undone.
pub(super) const ENTRIES: u32 = 50;

impl Workspace {
    /// Takes the newest entries into memory, so that it can be said what would be undone.
    pub(super) fn load_recent_history(self) {
        let Some(store) = self.store() else { return };
        let Some(project) = self.read(|session| session.state().project().id) else { return };
        spawn(async move {
            // What is unreadable here is said when it is to be undone.
            let _read = self.take_entries(&store, project, None, NEWEST, false).await;
            self.parts.signal(Part::History).update(|revision| *revision = revision.wrapping_add(1));
        });
    }

    /// Takes older history entries into memory, all down to that one, and then undoes or redoes what was asked for:
    /// only then it is known what others have done since.
    pub(super) fn load_history(self, Missing { number, redo }: Missing) {
        let Some(store) = self.store() else { return };
        let Some((project, confirmed)) =
            self.read(|session| (session.state().project().id, session.history().confirmed()))
        else {
            return;
        };
        let again = move || self.dispatch(if redo { Command::Redo } else { Command::Undo });
        spawn(async move {
            if !self.saved().await {
                return;
            }
            if confirmed < number {
                // It has got its number only now.
                return again();
            }
            let mut below = self.read(|session| session.noted_from().max(number + 1));
            while number < below.unwrap_or_default() {
                match self.take_entries(&store, project, below, ENTRIES, true).await {
                    Ok(lowest) => below = lowest,
                    Err(problem) => return self.refuse(&problem),
                }
            }
            let is_there = self.read(|session| session.history().entry(number).is_some());
            if is_there == Some(true) {
                again();
            } else {
                self.refuse(&"this step is missing in the database and cannot be undone");
            }
        });
    }

    /// Takes entries into memory, as a whole or as far as they go without the lists that they name; gives back the
    /// number of the oldest of them.
    async fn take_entries(
        self,
        store: &Store,
        project: ProjectId,
        below: Option<u64>,
        most: u32,
        whole: bool,
    ) -> Result<Option<u64>, String> {
        let entries = read_log(store, project, below, most, whole).await?;
        let oldest = entries.iter().map(|entry| entry.number).min();
        self.inner.update_value(|inner| {
            let session = inner.session.as_mut().filter(|one| one.state().project().id == project);
            if let Some(session) = session {
                session.load_entries(entries);
            }
        });
        Ok(oldest)
    }
}

/// Reads a stretch of the history, newest first.
pub(in crate::app) async fn read_entries(
    store: &Store,
    project: ProjectId,
    below: Option<u64>,
    most: u32,
) -> Result<Vec<Entry>, String> {
    read_log(store, project, below, most, true).await
}

async fn read_log(
    store: &Store,
    project: ProjectId,
    below: Option<u64>,
    most: u32,
    whole: bool,
) -> Result<Vec<Entry>, String> {
    #[expect(clippy::cast_precision_loss, reason = "no history reaches 2^53 entries")]
    let below = below.map(|number| number as f64);
    let rows = store.history_tail(&project.to_string(), below, most).await.map_err(|error| advice(&error))?;
    let mut entries = Vec::new();
    for row in rows {
        if whole {
            entries.push(read_entry(store, project, row).await?);
        } else {
            entries.push(
                row::parse_entry_head(&row.json, project)
                    .map_err(|error| unreadable("the history", &error))?,
            );
        }
    }
    Ok(entries)
}

/// The entry of a row, with all that came in by the list that it names.
pub(in crate::app) async fn read_entry(store: &Store, project: ProjectId, row: Row) -> Result<Entry, String> {
    let mut rows = Vec::new();
    if !row.document.is_empty() {
        rows = store.listed(&row.document).await.map_err(|error| advice(&error))?;
    }
    rows.push(row);
    let entries = quire::read_entries(&rows, project, |_, _| {})
        .map_err(|(_, error)| unreadable("the history", &error))?;
    entries.into_iter().next().ok_or_else(|| "an entry of the history is missing".to_owned())
}
