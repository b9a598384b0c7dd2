//! The history in memory: its newest entries soon after a project is opened, older ones when they are to be undone.

use leptos::prelude::*;

use super::{Part, Workspace, loading::unreadable, saving::advice, spawn};
use crate::{
    app::command::Command,
    format::row,
    model::{Entry, ProjectId},
    store::Store,
};

/// How many history entries are taken into memory when a project is opened: enough to say what would be undone. Those
/// of an import are large.
const NEWEST: u32 = 4;

/// How many are taken when an older one is to be undone.
const ENTRIES: u32 = 50;

impl Workspace {
    /// Takes the newest entries into memory, so that it can be said what would be undone.
    pub(super) fn load_recent_history(self) {
        let Some(store) = self.store() else { return };
        let Some(project) = self.read(|session| session.state().project().id) else { return };
        spawn(async move {
            // What is unreadable here is said when it is to be undone.
            let Ok(entries) = read_entries(&store, project, None, NEWEST).await else { return };
            self.inner.update_value(|inner| {
                if let Some(session) =
                    inner.session.as_mut().filter(|one| one.state().project().id == project)
                {
                    session.history_mut().load(entries);
                }
            });
            self.parts.signal(Part::History).update(|revision| *revision = revision.wrapping_add(1));
        });
    }

    /// Takes older history entries into memory and then undoes or redoes what was asked for.
    pub(super) fn load_history(self, number: u64) {
        let Some(store) = self.store() else { return };
        let Some((project, redo)) = self
            .read(|session| (session.state().project().id, session.history().redo_number() == Some(number)))
        else {
            return;
        };
        spawn(async move {
            if !self.saved().await {
                return;
            }
            match read_entries(&store, project, Some(number + 1), ENTRIES).await {
                Ok(entries) if entries.iter().any(|entry| entry.number == number) => {
                    self.inner.update_value(|inner| {
                        if let Some(session) = &mut inner.session {
                            session.history_mut().load(entries);
                        }
                    });
                    self.dispatch(if redo { Command::Redo } else { Command::Undo });
                }
                Ok(_) => self.refuse(&"this step is missing in the database and cannot be undone"),
                Err(problem) => self.refuse(&problem),
            }
        });
    }
}

async fn read_entries(
    store: &Store,
    project: ProjectId,
    below: Option<u64>,
    most: u32,
) -> Result<Vec<Entry>, String> {
    #[expect(clippy::cast_precision_loss, reason = "no history reaches 2^53 entries")]
    let below = below.map(|number| number as f64);
    let rows = store.history_tail(&project.to_string(), below, most).await.map_err(|error| advice(&error))?;
    let mut entries = Vec::new();
    for row in rows {
        entries
            .push(row::parse_entry(&row.json, project).map_err(|error| unreadable("the history", &error))?);
    }
    Ok(entries)
}
