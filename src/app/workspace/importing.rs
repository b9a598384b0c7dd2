//! Bringing files in: a worker reads them and stores texts and annotations, the page takes the documents in batch by
//! batch and goes on answering the person. All documents of one import are one undo; until it has ended, undo waits.

use leptos::prelude::*;

use super::{Workspace, spawn, working::Job};
use crate::{
    app::{
        Changed, Command, Outcome,
        admission::Batch,
        jobs::{self, Answer, Brought, Chosen, Finding, Order, Surveyed},
    },
    browser::{
        clock,
        files::Picked,
        once::{Giver, once},
        storage, trace, wait,
        worker::Beside,
    },
    format::Severity,
    model::{DocumentId, ProjectId},
};

/// How often what comes in is shown, in milliseconds: to list all documents anew after each batch would take longer than
/// to take the batch in.
const SHOWN_EVERY: f64 = 400.0;

/// Something to bring in.
#[derive(Clone)]
pub enum Source {
    /// A file that the person picked or dropped.
    File(Picked),
    /// Pasted text.
    Text {
        /// Its title; empty for the first line.
        title: String,
        /// The text.
        text: String,
        /// The same as HTML, where it was copied so; else empty. Only the worker reads it.
        html: String,
    },
}

/// What an import brought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// How many documents came in.
    pub documents: usize,
    /// How many were there already, just so.
    pub skipped: usize,
    /// The name of a project that was opened from a backup.
    pub restored: Option<String>,
    /// What is to be said about the files.
    pub findings: Vec<Finding>,
    /// How many findings there were beyond those kept.
    pub more_findings: usize,
    /// Whether the person stopped it.
    pub cancelled: bool,
}

/// Files of other tools that wait for the person to say what becomes of them.
#[derive(Clone)]
pub struct Review {
    /// The sets of files, each of one format.
    pub sets: Vec<Surveyed>,
    choose: Giver<Vec<Chosen>>,
}

impl Review {
    /// Says what becomes of the sets, one for each.
    pub fn choose(&self, chosen: Vec<Chosen>) {
        self.choose.give(chosen);
    }
}

/// An import on its way.
struct Intake {
    workspace: Workspace,
    project: ProjectId,
    report: Report,
    restored: Option<ProjectId>,
    first: Option<DocumentId>,
    /// What has come in and is not shown yet.
    unshown: Changed,
    /// When what has come in was last shown, in milliseconds.
    shown: f64,
}

impl Workspace {
    /// Brings files and pasted texts in; [`Workspace::report`] then says what came of it.
    pub fn import(self, sources: Vec<Source>) {
        let Some((project, annotator, is_empty)) = self.read(|session| {
            (session.state().project().id, session.annotator().to_owned(), session.open().is_none())
        }) else {
            return;
        };
        if sources.is_empty() || !self.begin_work("Importing") {
            return;
        }
        self.is_importing.set(true);
        spawn(async move {
            let work = trace::begin("rubricator:import");
            let mut intake = Intake {
                workspace: self,
                project,
                report: Report::default(),
                restored: None,
                first: None,
                unshown: Changed::default(),
                shown: f64::NEG_INFINITY,
            };
            if let Err(words) = intake.take_all(annotator, sources).await {
                intake.break_off(&words);
            }
            self.saved().await;
            intake.show_all();
            self.is_importing.set(false);
            intake.show(is_empty).await;
            work.end();
            self.running.set(None);
            self.report.set(Some(intake.report));
        });
    }

    /// Files that wait for the person to say what becomes of them.
    pub fn review(self) -> Option<Review> {
        self.review.get()
    }

    /// What the last import brought.
    pub fn report(self) -> Option<Report> {
        self.report.get()
    }

    /// Forgets what the last import brought.
    pub fn clear_report(self) {
        self.report.set(None);
    }
}

impl Intake {
    async fn take_all(&mut self, annotator: String, sources: Vec<Source>) -> Result<(), String> {
        // Where the browser would rather not keep the data for good, it says so in the settings.
        let _granted = storage::persist().await;
        // The worker reads the project from the database.
        self.workspace.saved().await;
        let mut files = Vec::new();
        let sources = sources.into_iter().map(|source| match source {
            Source::Text { title, text, html } => jobs::Source::Text { title, text, html },
            Source::File(file) => {
                files.push(Beside::File(file));
                jobs::Source::File
            }
        });
        let sources = sources.collect();
        let keys = self.workspace.read(|session| session.keymap().print()).unwrap_or_default();
        let order = Order::Import { project: self.project.to_string(), annotator, keys, sources };
        let job = Job::start(self.workspace, &order, files).await?;
        loop {
            match job.next().await? {
                (Answer::Batch(batch), beside) => {
                    let answer = match self.admit(batch, beside).await {
                        Ok(()) => Order::Admitted,
                        Err(words) => {
                            self.find(words);
                            Order::Refused
                        }
                    };
                    job.tell(&answer)?;
                }
                (Answer::Survey(sets), _) => {
                    let (giver, taker) = once();
                    self.workspace.review.set(Some(Review { sets, choose: giver }));
                    let chosen = taker.await;
                    self.workspace.review.set(None);
                    job.tell(&chosen.map_or(Order::Stop, Order::Choose))?;
                }
                (Answer::Restored { project, name }, _) => {
                    self.report.restored = Some(name);
                    self.restored = ProjectId::parse(&project);
                }
                (Answer::Imported(brought), _) => {
                    self.end(brought);
                    return Ok(());
                }
                (Answer::Failed { words }, _) => return Err(words),
                (
                    Answer::Hello { .. }
                    | Answer::Progress { .. }
                    | Answer::Told { .. }
                    | Answer::Exported { .. },
                    _,
                ) => {}
            }
        }
    }

    /// Takes a batch in and waits until it is stored, so that the worker is never ahead by more than one.
    async fn admit(&mut self, batch: Batch, beside: Vec<Beside>) -> Result<(), String> {
        let mut texts = beside.into_iter().map(|beside| match beside {
            Beside::Text(text) => text,
            Beside::File(_) | Beside::Whole(_) => String::new(),
        });
        let (lines, changes) = (texts.next().unwrap_or_default(), texts.next().unwrap_or_default());
        let batch = batch.read(lines, changes, self.project).map_err(|error| error.to_string())?;
        // To read it, to take it in and to show it are three turns of the page, so that none of them is felt.
        wait::yield_now().await;
        let here = self.workspace.read(|session| session.state().project().id);
        if here != Some(self.project) {
            return Err("another project was opened meanwhile; what follows was left out".to_owned());
        }
        let count = batch.documents.len();
        let command = Command::Admit { batch: Box::new(batch), goes_on: 0 < self.report.documents };
        let mut outcome = self.workspace.perform(command).map_err(|refusal| refusal.to_string())?;
        self.first = self.first.or(outcome.added.first().copied());
        self.report.documents += count;
        self.unshown = self.unshown.and(std::mem::take(&mut outcome.changed));
        self.workspace.carry_out(outcome);
        let now = clock::monotonic();
        if SHOWN_EVERY <= now - self.shown {
            self.shown = now;
            wait::yield_now().await;
            self.show_all();
        }
        let what = format!("Importing, {} documents so far", self.report.documents);
        self.workspace.running.update(|running| {
            if let Some(running) = running {
                running.what = what;
            }
        });
        if self.workspace.saved().await { Ok(()) } else { Err("the database takes no more".to_owned()) }
    }

    /// Shows all that has come in.
    fn show_all(&mut self) {
        let changed = std::mem::take(&mut self.unshown);
        self.workspace.carry_out(Outcome { changed, ..Outcome::default() });
    }

    fn end(&mut self, brought: Brought) {
        self.report.skipped = brought.skipped;
        self.report.findings.extend(brought.findings);
        self.report.more_findings = brought.more_findings;
        self.report.cancelled = brought.cancelled;
    }

    /// Says in one line what is in of an import that ended before its time.
    fn break_off(&mut self, words: &str) {
        let so_far = match self.report.documents {
            0 => "Nothing came in.".to_owned(),
            1 => "1 document had come in and stays; Undo takes it back.".to_owned(),
            count => format!("{count} documents had come in and stay; Undo takes them back."),
        };
        self.find(format!("Import: {words}. {so_far} The same files can be imported again."));
    }

    fn find(&mut self, words: String) {
        self.report.findings.insert(0, Finding { severity: Severity::Error, words });
    }

    async fn show(&mut self, was_empty: bool) {
        match self.report.documents {
            0 => {}
            1 => self.workspace.say("1 document came in"),
            count => self.workspace.say(format!("{count} documents came in")),
        }
        if let Some(restored) = self.restored
            && let Err(problem) = self.workspace.enter_project(restored, None).await
        {
            self.find(problem);
        } else if let Some(first) = self.first.filter(|_| was_empty || self.report.documents == 1) {
            self.workspace.open_document(first);
        }
    }
}
