//! Safekeeping: the person is told in time when room runs short, and now and then that a backup is due. Both are
//! looked at once in so many edits, never on a timer, and nothing is said twice in a row.

use super::{Workspace, spawn};
use crate::{
    browser::{preferences, storage},
    model::ProjectId,
};

/// How many edits go by between two looks at the room that is left.
const LOOK: u64 = 50;

/// How many edits may go by without a backup before it is spoken of.
const UNBACKED: u64 = 500;

/// The room below which the person is told, in bytes: enough for thousands of annotations, and to act at leisure.
const SHORT: f64 = 20e6;

impl Workspace {
    /// Looks after what was saved, whose log grew from one entry to another.
    pub(super) fn watch_over(self, project: ProjectId, before: u64, now: u64) {
        let passed = |step: u64| before / step < now / step;
        if passed(LOOK) {
            self.watch_room();
        }
        let due = now.saturating_sub(backed_up(project));
        if passed(UNBACKED) && UNBACKED <= due {
            self.say(format!("{due} changes since the last backup: Ctrl+Shift+S saves one"));
        }
    }

    /// Says so when there is little room left.
    pub(super) fn watch_room(self) {
        spawn(async move {
            let Some(usage) = storage::estimate().await else { return };
            let left = usage.quota - usage.usage;
            if left < SHORT {
                let megabytes = (left / 1e6).max(0.0);
                self.refuse(&format!(
                    "only about {megabytes:.0} MB of room are left in this browser: free space on this device, or \
                     export and then remove documents that are done",
                ));
            }
        });
    }

    /// Notes that a backup went home.
    pub(super) fn note_backup(self) {
        let known = self.read(|session| (session.state().project().id, session.history().confirmed()));
        let Some((project, number)) = known else { return };
        // Without it the next reminder comes sooner.
        let _kept = preferences::set(&format!("backup/{project}"), &number.to_string());
    }
}

/// The last entry of the log that a backup holds; 0 when there is none.
fn backed_up(project: ProjectId) -> u64 {
    let kept = preferences::get(&format!("backup/{project}")).ok().flatten();
    kept.and_then(|number| number.parse().ok()).unwrap_or_default()
}
