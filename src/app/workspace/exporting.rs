//! Taking work home: a worker prints the dataset or packs the project, the page offers the file. A file that was
//! stopped or failed is not offered at all.

use leptos::prelude::*;

use super::{Workspace, spawn, working::Job};
pub use crate::app::jobs::Scope;
use crate::{
    app::jobs::{Answer, Order},
    browser::{trace, worker::Beside},
    text::Unit,
};

/// What to export and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// Which documents.
    pub scope: Scope,
    /// In what offsets are counted.
    pub unit: Unit,
}

impl Workspace {
    /// Downloads the dataset as JSONL.
    pub fn export(self, export: Export) {
        let Export { scope, unit } = export;
        self.take_home(
            "Exporting",
            move |project| Order::Export { project, scope, unit: unit.name().to_owned() },
            |documents| match documents {
                1 => "1 document was downloaded".to_owned(),
                count => format!("{count} documents were downloaded"),
            },
        );
    }

    /// Downloads the whole project, with its history, as a zip that opens again as the same project.
    pub fn backup(self) {
        self.take_home(
            "Backing up",
            |project| Order::Backup { project },
            |_| "The backup was downloaded".to_owned(),
        );
    }

    fn take_home(self, what: &str, order: impl FnOnce(String) -> Order, said: fn(usize) -> String) {
        let Some(project) = self.read(|session| session.state().project().id) else { return };
        if !self.begin_work(what) {
            return;
        }
        let order = order(project.to_string());
        spawn(async move {
            trace::mark("rubricator:export");
            let result = self.fetch(order).await;
            trace::measure("rubricator:export");
            self.running.set(None);
            match result {
                Ok(documents) => self.say(said(documents)),
                Err(problem) => self.refuse(&problem),
            }
        });
    }

    /// Has the file made and offers it; gives back how many documents it holds.
    async fn fetch(self, order: Order) -> Result<usize, String> {
        // The worker reads the project from the database.
        if !self.saved().await {
            return Err("not everything is stored yet, and the file would lack it; try again".to_owned());
        }
        let job = Job::start(self, &order, Vec::new()).await?;
        loop {
            match job.next().await? {
                (Answer::Exported { documents }, beside) => {
                    let Some(Beside::Whole(whole)) = beside.into_iter().next() else {
                        return Err("the file was lost on its way".to_owned());
                    };
                    whole.save().map_err(|error| error.to_string())?;
                    return Ok(documents);
                }
                (Answer::Failed { words }, _) => return Err(words),
                _ => {}
            }
        }
    }
}
