//! Long work, done by a worker: one worker a job, started for it and ended with it. Whatever becomes of the worker,
//! the job ends with an answer in words, and the next job has a worker of its own.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;

use super::{Running, Workspace};
use crate::{
    app::jobs::{Answer, Order, VERSION},
    browser::worker::{Beside, Heard, Parcel, Worker},
};

const NOT_LOADED: &str =
    "the part of the program that does long work could not be loaded: load the page again";
const OTHER_VERSION: &str =
    "the program on the server has changed since this page was loaded: load the page again";

thread_local! {
    /// A worker that waits for its job.
    static READY: RefCell<Option<Worker>> = const { RefCell::new(None) };
}

/// Starts a worker for a job that the person is about to give, or lets it go when none is to come.
pub fn expect_work(is_expected: bool) {
    // Where none can be started, the job says so when it is given.
    READY.set(if is_expected { Worker::start().ok() } else { None });
}

/// A job on its way.
pub(super) struct Job {
    workspace: Workspace,
    worker: Rc<Worker>,
    /// Whether the person is shown how far it is, and may stop it.
    is_shown: bool,
}

impl Job {
    /// Gives the order to the worker that waits for it, or to a new one.
    pub(super) async fn start(
        workspace: Workspace,
        order: &Order,
        beside: Vec<Beside>,
    ) -> Result<Self, String> {
        let job = Self::give(workspace, READY.take(), order, beside, true).await?;
        workspace.inner.update_value(|inner| inner.worker = Rc::downgrade(&job.worker));
        if workspace.running.with_untracked(|running| running.as_ref().is_some_and(|one| one.cancelled)) {
            job.tell(&Order::Stop)?;
        }
        Ok(job)
    }

    /// As [`Job::start`], for work that goes on beside what the person does and is not shown.
    pub(super) async fn beside(workspace: Workspace, order: &Order) -> Result<Self, String> {
        Self::give(workspace, None, order, Vec::new(), false).await
    }

    async fn give(
        workspace: Workspace,
        ready: Option<Worker>,
        order: &Order,
        beside: Vec<Beside>,
        is_shown: bool,
    ) -> Result<Self, String> {
        let worker = match ready {
            Some(worker) => worker,
            None => Worker::start().map_err(|error| error.to_string())?,
        };
        let worker = Rc::new(worker);
        let Heard::Parcel(first) = worker.next().await else { return Err(NOT_LOADED.to_owned()) };
        match Answer::parse(&first.words) {
            Some(Answer::Hello { version: VERSION }) => {}
            _ => return Err(OTHER_VERSION.to_owned()),
        }
        worker.watch();
        let job = Self { workspace, worker, is_shown };
        job.post(Parcel { words: order.print(), beside })?;
        Ok(job)
    }

    /// What the worker says next, progress aside, which is shown. An error once it is gone.
    pub(super) async fn next(&self) -> Result<(Answer, Vec<Beside>), String> {
        loop {
            let parcel = match self.worker.next().await {
                Heard::Parcel(parcel) => parcel,
                Heard::Gone(reason) if reason.is_empty() => return Err("the work broke off".to_owned()),
                Heard::Gone(reason) => return Err(format!("the work broke off ({reason})")),
            };
            match Answer::parse(&parcel.words).ok_or(OTHER_VERSION)? {
                Answer::Progress { fraction } => self.show(fraction),
                answer => return Ok((answer, parcel.beside)),
            }
        }
    }

    /// Says something to the worker.
    pub(super) fn tell(&self, order: &Order) -> Result<(), String> {
        self.post(Parcel { words: order.print(), beside: Vec::new() })
    }

    fn post(&self, parcel: Parcel) -> Result<(), String> {
        self.worker.post(parcel).map_err(|error| error.to_string())
    }

    fn show(&self, fraction: f64) {
        if !self.is_shown {
            return;
        }
        self.workspace.running.update(|running| {
            if let Some(running) = running {
                running.fraction = Some(fraction);
            }
        });
    }
}

impl Workspace {
    /// Begins long work; `false` where some is going on already.
    pub(super) fn begin_work(self, what: &str) -> bool {
        if self.running.with_untracked(Option::is_some) {
            return false;
        }
        self.running.set(Some(Running { what: what.to_owned(), fraction: None, cancelled: false }));
        true
    }

    /// Asks the long work to stop; what it has stored stays and can be undone.
    pub fn cancel_running(self) {
        self.running.update(|running| {
            if let Some(running) = running {
                running.cancelled = true;
            }
        });
        // What waited for the person's decision waits no more.
        self.review.set(None);
        self.lacking.set(None);
        let worker = self.inner.try_with_value(|inner| inner.worker.upgrade()).flatten();
        if let Some(worker) = worker {
            // A worker that cannot be told has ended, or will not begin.
            let _told = worker.post(Parcel { words: Order::Stop.print(), beside: Vec::new() });
        }
    }
}
