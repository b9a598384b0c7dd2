//! Taking work home: a worker prints the dataset or packs the project, the page offers the file. A file that was
//! stopped or failed is not offered at all.

use leptos::prelude::*;

use super::{Workspace, spawn, working::Job};
pub use crate::app::jobs::Scope;
use crate::{
    app::jobs::{Answer, Order},
    browser::{
        files::Download,
        once::{Giver, once},
        trace,
        worker::Beside,
    },
    text::Unit,
};

/// What to export and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Which documents.
    pub scope: Scope,
    /// In what offsets are counted, in our own format.
    pub unit: Unit,
    /// The short name of an outside format; empty for our own.
    pub format: String,
}

/// A file that was made and lacks something; the person decides whether it is saved all the same.
#[derive(Clone)]
pub struct Lacking {
    /// What the format could not hold, each with how often.
    pub losses: Vec<String>,
    decide: Giver<Decision>,
}

/// What becomes of a file that lacks something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is not saved.
    Drop,
    /// It is saved.
    Save,
    /// It is saved, and beside it the list of what it lacks.
    SaveWithList,
}

impl Workspace {
    /// Downloads documents as our dataset or in an outside format.
    pub fn export(self, export: Export) {
        let Export { scope, unit, format } = export;
        self.take_home(
            "Exporting",
            scope,
            move |project| Order::Export { project, scope, unit: unit.name().to_owned(), format },
            |_, documents| match documents {
                1 => "1 document was downloaded".to_owned(),
                count => format!("{count} documents were downloaded"),
            },
        );
    }

    /// Downloads the whole project, with its history, as a zip that opens again as the same project.
    pub fn backup(self) {
        self.take_home(
            "Backing up",
            Scope::All,
            |project| Order::Backup { project },
            |workspace, _| {
                workspace.note_backup();
                "The backup was downloaded".to_owned()
            },
        );
    }

    /// Downloads the dataset as it lies in this page, which goes on no longer.
    pub fn export_what_is_here(self) {
        spawn(async move {
            match self.rescue(Scope::All).await {
                Ok(words) => self.say(words),
                Err(problem) => self.refuse(&problem),
            }
        });
    }

    fn take_home(
        self,
        what: &str,
        scope: Scope,
        order: impl FnOnce(String) -> Order,
        said: fn(Self, usize) -> String,
    ) {
        let Some(project) = self.read(|session| session.state().project().id) else { return };
        if !self.begin_work(what) {
            return;
        }
        let order = order(project.to_string());
        spawn(async move {
            let work = trace::begin("rubricator:export");
            // The worker reads the project from the database; what cannot be stored lies here.
            let result = if self.saved().await {
                self.fetch(order).await.map(|count| said(self, count))
            } else {
                self.rescue(scope).await
            };
            work.end();
            self.running.set(None);
            match result {
                Ok(words) => self.say(words),
                Err(problem) => self.refuse(&problem),
            }
        });
    }

    /// Has the file made and offers it; gives back how many documents it holds.
    async fn fetch(self, order: Order) -> Result<usize, String> {
        let job = Job::start(self, &order, Vec::new()).await?;
        loop {
            match job.next().await? {
                (Answer::Exported { documents, losses }, beside) => {
                    let Some(Beside::Whole(whole)) = beside.into_iter().next() else {
                        return Err("the file was lost on its way".to_owned());
                    };
                    let decision = self.decide(&losses).await;
                    if decision == Decision::Drop {
                        return Err("the file was not saved".to_owned());
                    }
                    if decision == Decision::SaveWithList {
                        save_list(&whole.name, &losses)?;
                    }
                    whole.save().map_err(|error| error.to_string())?;
                    return Ok(documents);
                }
                (Answer::Failed { words }, _) => return Err(words),
                _ => {}
            }
        }
    }

    /// A file that waits for the person's decision.
    pub fn lacking(self) -> Option<Lacking> {
        self.lacking.get()
    }

    /// Asks whether a file that lacks something is saved all the same.
    async fn decide(self, losses: &[String]) -> Decision {
        if losses.is_empty() {
            return Decision::Save;
        }
        let (giver, taker) = once();
        self.lacking.set(Some(Lacking { losses: losses.to_vec(), decide: giver }));
        let decision = taker.await.unwrap_or(Decision::Drop);
        self.lacking.set(None);
        decision
    }
}

impl Lacking {
    /// Says what becomes of the file.
    pub fn decide(&self, decision: Decision) {
        self.decide.give(decision);
    }
}

/// Saves the list of what a file lacks under the file's name.
fn save_list(name: &str, losses: &[String]) -> Result<(), String> {
    let failed = |error: crate::browser::Error| error.to_string();
    let mut list = Download::new(format!("{name}.losses.txt"), "text/plain");
    for loss in losses {
        list.push_str(loss).map_err(failed)?;
        list.push_str("\n").map_err(failed)?;
    }
    list.finish().map_err(failed)?.save().map_err(failed)
}
