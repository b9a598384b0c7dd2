//! Taking in documents that a worker has read; see [`crate::app::Admission`].

use super::{Activity, Session};
use crate::{
    app::{
        admission::Admission,
        outcome::{Outcome, Refusal, Stamp},
    },
    model::{Change, Edit, Project, What},
};

impl Session {
    /// Takes a batch in. One that goes on with the batch before it is one undo with it, even where the person has gone
    /// on working between the two.
    pub(super) fn admit(
        &mut self,
        batch: Admission,
        goes_on: bool,
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
        self.history.admit(edit, outcome.added.clone(), batch.changes, goes_on);
        Ok(outcome)
    }
}

fn completed(before: Project, after: Project) -> Option<Change> {
    Change::replace(before.into(), after.into())
}
