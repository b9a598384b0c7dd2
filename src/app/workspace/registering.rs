//! The registry as the page changes it: what a change reaches into is fetched from the index first; tables of it go out
//! and come in.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Paint, Workspace, new_id, now, saving::advice, spawn};
use crate::{
    app::{
        command::Command,
        in_name_order,
        jobs::{Concerning, Question},
        registering::Registering,
        rows::Keys,
    },
    browser::files::Download,
    format::{
        exchange::registry::{self, Plan},
        file_name,
    },
    model::{ActorId, Record},
    store::{Durability, Table, Write},
    text::Span,
};

/// Pairs of actors of which a person has said that they are not the same.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
struct Distinct {
    pairs: Vec<(ActorId, ActorId)>,
}

impl Workspace {
    /// Changes the registry, in all documents that the change reaches into.
    pub fn register(self, change: Registering) {
        let concerns = self.read(|session| change.concerns(session.state().actors())).unwrap_or_default();
        if concerns.is_empty() {
            return self.dispatch(Command::Registry(Box::new(change)));
        }
        if !self.begin_work("Changing the registry") {
            return self.refuse(&"other work is going on: wait until it has ended, or cancel it");
        }
        let links = matches!(change, Registering::Split { .. });
        spawn(async move {
            let records = self.referring(concerns, change.heir(), links).await;
            let stopped =
                self.running.with_untracked(|running| running.as_ref().is_none_or(|one| one.cancelled));
            match records {
                Ok(_) if stopped => self.say("Nothing was changed"),
                Ok(records) => {
                    self.dispatch(Command::Registry(Box::new(change.with(records))));
                    self.saved().await;
                }
                Err(problem) => self.refuse(&problem),
            }
            self.running.set(None);
        });
    }

    /// Paints stretches of the open text anew, where something beside its marks has changed.
    pub fn paint_anew(self, spans: Vec<Span>) {
        if !spans.is_empty() {
            self.paint(Paint::Spans { spans, focus: false });
        }
    }

    /// The stored records that refer to actors, with `links` those from and to their mentions, and the links to the heir.
    async fn referring(
        self,
        actors: Vec<ActorId>,
        heir: Option<ActorId>,
        links: bool,
    ) -> Result<Vec<Record>, String> {
        let of_heir = heir.map(|heir| (Concerning::Links(vec![heir]), false));
        let concerns = [(Concerning::Actors(actors), links)].into_iter().chain(of_heir);
        self.records(concerns.collect()).await
    }

    /// The stored records that a change concerns.
    pub(super) async fn concerned(self, concern: Concerning, links: bool) -> Result<Vec<Record>, String> {
        self.records(vec![(concern, links)]).await
    }

    /// Stored records, as they are at a moment at which this page knows all that is stored.
    async fn records(self, concerns: Vec<(Concerning, bool)>) -> Result<Vec<Record>, String> {
        let Some(store) = self.store() else { return Err("no database is open".to_owned()) };
        let Some(keys) = self.read(|session| Keys(session.state().project().id)) else {
            return Err("no project is open".to_owned());
        };
        let questions = concerns.into_iter().map(|(concern, links)| Question::Concerned { concern, links });
        let questions: Vec<Question> = questions.collect();
        let read = async || {
            let mut records = Vec::new();
            for question in &questions {
                records.extend(self.consult(question).await?.records);
            }
            Ok(records)
        };
        self.read_at_rest(&store, keys, read).await
    }

    /// Downloads the registry as a table.
    pub fn take_registry_home(self) {
        let made = self.read(|session| {
            let state = session.state();
            let name = format!("{} actors", state.project().name);
            (file_name(&name, &now().date(), "csv"), registry::print(in_name_order(state.actors())))
        });
        let Some((name, table)) = made else { return };
        let mut download = Download::new(name, "text/csv");
        let saved = download.push_str(&table).and_then(|()| download.finish()).and_then(|whole| whole.save());
        match saved {
            Ok(()) => self.say("The registry was downloaded"),
            Err(error) => self.refuse(&error),
        }
    }

    /// What a table would do to the registry; or all that is wrong with it, in words.
    ///
    /// # Errors
    /// Each with its line.
    pub fn plan_registry(self, table: &[u8]) -> Result<Plan, Vec<String>> {
        let said =
            |faults: Vec<registry::RegistryFault>| faults.iter().map(ToString::to_string).collect::<Vec<_>>();
        let entries = registry::parse(table).map_err(said)?;
        let planned = self.read(|session| {
            let state = session.state();
            registry::plan(entries, state.actors(), state.project().id, &mut new_id)
        });
        planned.unwrap_or_else(|| Ok(Plan::default())).map_err(said)
    }

    /// The pairs of actors of which it was said that they are not the same.
    pub async fn distinct_actors(self) -> Vec<(ActorId, ActorId)> {
        self.distinct().await.map(|distinct| distinct.pairs).unwrap_or_default()
    }

    /// Notes that two actors are not the same, so that they are not suggested again.
    pub async fn keep_distinct(self, one: ActorId, other: ActorId) {
        let Some(store) = self.store() else { return };
        let Some(keys) = self.read(|session| Keys(session.state().project().id)) else { return };
        // What cannot be read is not written over.
        let Some(mut distinct) = self.distinct().await else { return };
        distinct.pairs.push((one.min(other), one.max(other)));
        let Ok(json) = serde_json::to_string(&distinct) else { return };
        let write = Write::Put(keys.row(Table::Settings, keys.distinct(), json));
        if let Err(error) = store.write(&[write], Durability::Relaxed).await {
            self.refuse(&advice(&error));
        }
    }

    async fn distinct(self) -> Option<Distinct> {
        let store = self.store()?;
        let keys = self.read(|session| Keys(session.state().project().id))?;
        match store.get(Table::Settings, &keys.distinct()).await.ok()? {
            Some(row) => serde_json::from_str(&row.json).ok(),
            None => Some(Distinct::default()),
        }
    }
}
