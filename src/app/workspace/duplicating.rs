//! A second project with the same codebook and texts and without annotations, for another coder or another round. It
//! counts as thrown away until it is whole, so that nothing half is left where the page is closed meanwhile.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{
    Workspace,
    loading::{blank_project, read_content, read_state, store_project},
    new_id,
    saving::advice,
    spawn, with_stamp,
};
use crate::{
    app::{
        bare_copy, in_order,
        rows::{Keys, writes_of_texts, writes_of_waiting},
        session::Session,
    },
    model::{DocumentId, History, ProjectId, State},
    store::{Durability, Store, Write},
};

/// So many documents are copied between two looks at whether it is to stop.
const BATCH: usize = 200;

impl Workspace {
    /// Makes a copy of a project without annotations, and opens it.
    pub fn duplicate_project(self, original: ProjectId) {
        if !self.begin_work("Copying the project") {
            return self.refuse(&"other work is going on: wait until it has ended, or cancel it");
        }
        spawn(async move {
            self.saved().await;
            let copied = match self.store() {
                Some(store) => self.copy_project(&store, original).await,
                None => Err("no database is open".to_owned()),
            };
            self.running.set(None);
            let entered = match copied {
                Ok(Some(copy)) => self.enter_project(copy, None).await,
                Ok(None) => {
                    self.say("Nothing was copied");
                    Ok(())
                }
                Err(problem) => Err(problem),
            };
            if let Err(problem) = entered {
                self.refuse(&problem);
            }
        });
    }

    /// The copy; none where the person has stopped it.
    async fn copy_project(self, store: &Store, original: ProjectId) -> Result<Option<ProjectId>, String> {
        let (state, activity) = read_state(store, original).await?;
        let documents = in_order(state.documents());
        let original = state.project().clone();
        let name = format!("{} (copy)", original.name);
        let mut project = blank_project(name, original.codebook, original.guidelines);
        let id = project.id;
        project.discarded = true;
        store_project(store, &project).await?;
        project.discarded = false;
        let mut session =
            Session::early(State::new(project.clone()), History::default(), BTreeMap::new(), String::new());
        let mut group = None;
        for (number, batch) in documents.chunks(BATCH).enumerate() {
            if self.running.with_untracked(|one| one.as_ref().is_none_or(|one| one.cancelled)) {
                let gone = [Write::DeleteProject(id.to_string())];
                store.write(&gone, Durability::Relaxed).await.map_err(|error| advice(&error))?;
                return Ok(None);
            }
            let mut copies = Vec::new();
            for document in batch {
                let keys = Keys(original.id);
                let leaf = activity.get(&document.id).map_or("", |activity| &activity.leaf);
                let (text, _) = read_content(store, keys, document.id, &document.text_sha256, leaf).await?;
                copies.push(bare_copy(document, text, DocumentId::new(new_id())));
            }
            let imported = with_stamp(|stamp| session.import(copies, group, stamp));
            let outcome = imported.map_err(|refusal| refusal.to_string())?;
            group = group.or_else(|| outcome.entries.first().copied());
            let mut writes = writes_of_texts(&session, &outcome);
            writes.extend(writes_of_waiting(&session, None));
            store.write(&writes, Durability::Relaxed).await.map_err(|error| advice(&error))?;
            session.confirm(session.history().last());
            #[expect(clippy::cast_precision_loss, reason = "no project reaches 2^53 documents")]
            let fraction = ((number * BATCH + batch.len()) as f64) / documents.len() as f64;
            self.running.update(|running| {
                if let Some(running) = running {
                    running.fraction = Some(fraction);
                }
            });
        }
        store_project(store, &project).await?;
        self.list_projects().await?;
        Ok(Some(id))
    }
}
