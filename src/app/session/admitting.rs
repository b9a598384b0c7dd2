//! Taking in documents that a worker has read; see [`crate::app::Admission`].

use super::{Activity, Session};
use crate::{
    app::{
        admission::{Admission, Admitted},
        outcome::{Outcome, Refusal, Stamp},
    },
    model::{Change, Edit, Entry, EntryKind, Group, Project, What},
};

impl Session {
    /// Takes a batch in. `group` are the entries of the batches before it: all of them are one undo, even where the
    /// person has gone on working between two batches.
    pub(super) fn admit(
        &mut self,
        batch: Admission,
        group: Option<Group>,
        stamp: &Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        if batch.ids().any(|id| self.state.documents().contains_key(&id)) {
            return Err(Refusal::DocumentThere);
        }
        let before = self.state.project().clone();
        let mut changes = Vec::new();
        if let Some(codebook) = batch.codebook {
            let mut after = before.clone();
            after.codebook.take_in(&codebook);
            changes.extend(completed(before, after));
        }
        let registry = self.state.actors();
        let actors = batch.actors.into_iter().filter(|actor| !registry.contains_key(&actor.id));
        changes.extend(actors.map(|actor| Change::add(actor.into())));
        let edit = Edit { what: What::Import, at: stamp.now, annotator: self.annotator.clone(), changes };
        let mut outcome = Outcome::default();
        self.apply(&edit, &mut outcome);
        for stored in batch.documents {
            let id = stored.document.id;
            outcome.added.push(id);
            let modified = stored.modified.unwrap_or(stamp.now);
            self.activity.insert(id, Activity { modified, annotator: stored.annotator });
            self.state.admit(stored.document, stored.tally);
        }
        outcome.changed.documents = true;
        let place = self.history.reserve(group);
        let entry =
            Entry { number: place.number, edit, kind: EntryKind::Do, below: place.below, group: place.group };
        outcome.admitted = Some(Admitted { entry, changes: batch.changes, relinked: place.above });
        Ok(outcome)
    }
}

fn completed(before: Project, after: Project) -> Option<Change> {
    Change::replace(before.into(), after.into())
}
