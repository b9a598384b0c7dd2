//! Safekeeping: backups go by themselves into the folder that the person has chosen; without one it is said now and
//! then that a backup is due, and always in time when room runs short. All is looked at once in so many edits, never
//! on a timer, and nothing is said twice in a row.

use std::cell::Cell;

use leptos::prelude::*;

use super::{Workspace, spawn, working::Job};
use crate::{
    app::jobs::{Answer, Order},
    browser::{
        folder::{self, Folder},
        preferences, storage,
        worker::Beside,
    },
    model::ProjectId,
};

/// How many edits go by between two looks at the room that is left.
const LOOK: u64 = 50;

/// How many edits go by between two backups into the folder; one is made as well when the page is put away.
const AUTOMATIC: u64 = 25;

/// How many edits may go by without a backup before it is spoken of.
const UNBACKED: u64 = 500;

/// The room below which the person is told, in bytes: enough for thousands of annotations, and to act at leisure.
const SHORT: f64 = 20e6;

thread_local! {
    /// Whether a backup is on its way into the folder.
    static BACKING_UP: Cell<bool> = const { Cell::new(false) };
}

impl Workspace {
    /// Looks after what was saved, whose log grew from one entry to another.
    pub(super) fn watch_over(self, project: ProjectId, before: u64, now: u64) {
        let passed = |step: u64| before / step < now / step;
        if passed(LOOK) {
            self.watch_room();
        }
        if passed(AUTOMATIC) {
            self.back_up_to_folder();
        }
        let due = now.saturating_sub(backed_up(project));
        if passed(UNBACKED) && UNBACKED <= due {
            self.say(format!("{due} changes since the last backup: Ctrl+Shift+S saves one"));
        }
    }

    /// Says so when there is little room left.
    pub(super) fn watch_room(self) {
        spawn(async move {
            let is_short = match storage::fits(SHORT).await {
                Some(fits) => !fits,
                None => storage::estimate().await.is_some_and(|usage| usage.quota - usage.usage < SHORT),
            };
            if is_short {
                self.refuse(
                    &"less than 20 MB of room are left in this browser: free space on this device, or export and \
                      then remove documents that are done",
                );
            }
        });
    }

    /// Writes a backup of the open project into the folder that was chosen, if there is one and anything has changed
    /// since the last; beside what the person does, and only a failure is spoken of.
    pub fn back_up_to_folder(self) {
        let known = self.read(|session| (session.state().project().id, session.history().confirmed()));
        let Some((project, number)) = known else { return };
        let is_idle = self.running.with_untracked(Option::is_none);
        if !is_idle || number <= backed_up(project) || BACKING_UP.replace(true) {
            return;
        }
        spawn(async move {
            if let Some(folder) = folder::kept().await
                && let Err(problem) = self.fill(&folder, project, number).await
            {
                self.refuse(&format!("no backup could be written into “{}”: {problem}", folder.name()));
            }
            BACKING_UP.set(false);
        });
    }

    async fn fill(self, folder: &Folder, project: ProjectId, number: u64) -> Result<(), String> {
        if !folder.is_allowed(false).await {
            return Err("the browser wants your permission again: open the settings".to_owned());
        }
        let job = Job::beside(self, &Order::Backup { project: project.to_string() }).await?;
        loop {
            match job.next().await? {
                (Answer::Exported { .. }, beside) => {
                    let Some(Beside::Whole(whole)) = beside.into_iter().next() else {
                        return Err("the file was lost on its way".to_owned());
                    };
                    // Two projects may have one name.
                    let id = project.to_string();
                    let own = format!(".{}.rubricator.zip", id.rsplit('-').next().unwrap_or_default());
                    let name = whole.name.replace(".rubricator.zip", &own);
                    folder.write(&name, &whole).await.map_err(|error| error.to_string())?;
                    note(project, number);
                    return Ok(());
                }
                (Answer::Failed { words }, _) => return Err(words),
                _ => {}
            }
        }
    }

    /// Notes that a backup went home.
    pub(super) fn note_backup(self) {
        let known = self.read(|session| (session.state().project().id, session.history().confirmed()));
        if let Some((project, number)) = known {
            note(project, number);
        }
    }
}

fn note(project: ProjectId, number: u64) {
    // Without it the next backup or reminder comes sooner.
    let _kept = preferences::set(&format!("backup/{project}"), &number.to_string());
}

/// The last entry of the log that a backup holds; 0 when there is none.
fn backed_up(project: ProjectId) -> u64 {
    let kept = preferences::get(&format!("backup/{project}")).ok().flatten();
    kept.and_then(|number| number.parse().ok()).unwrap_or_default()
}
