//! The workspace: the session behind signals, as the page sees it.
//! A `Copy` handle in context. Project state changes only in [`Workspace::dispatch`], which stores, repaints and
//! wakes what shows the parts that changed; views read through [`Workspace::watch`].

mod ahead;
mod asking;
mod duplicating;
mod entering;
mod exporting;
mod history;
mod importing;
mod late;
mod loading;
mod past;
mod registering;
mod rescue;
mod retexting;
mod revising;
mod safekeeping;
mod sample;
mod saving;
mod screen;
mod view;
mod working;

use std::{
    rc::{Rc, Weak},
    sync::Arc,
};

use leptos::prelude::*;
use uuid::Uuid;

use self::{ahead::Coming, late::Hands, loading::Whole, saving::Saver};
pub use self::{
    asking::Told,
    exporting::{Decision, Export, Lacking, Scope},
    importing::{Report, Review, Source},
    loading::ProjectSummary,
    past::{Deed, Past},
    retexting::Prospect,
    revising::Foreseen,
    saving::SaveState,
    view::Moment,
    working::expect_work,
};
pub(in crate::app) use self::{
    history::{read_entries, read_entry},
    loading::{read_content, read_cursor, read_state},
    saving::advice,
};
pub use super::jobs::{Chosen, Column, Finding, Foreign, Surveyed};
use super::{
    command::Command,
    keymap::{Action, Keymap},
    outcome::{Changed, Outcome, Refusal, Stamp},
    route::Screen,
    session::Session,
};
use crate::{
    browser::{clock, random, tabs::Tabs, trace, wait, worker::Worker},
    model::{DocumentId, ProjectId, Timestamp, mint},
    store::Store,
    text::{Offset, Span},
};

/// The handle through which views read the session and have things done.
#[derive(Clone, Copy)]
pub struct Workspace {
    inner: StoredValue<Inner, LocalStorage>,
    parts: Parts,
    phase: RwSignal<Phase>,
    save_state: RwSignal<SaveState>,
    said: RwSignal<Option<Said>>,
    projects: RwSignal<Vec<ProjectSummary>>,
    running: RwSignal<Option<Running>>,
    report: RwSignal<Option<Report>>,
    review: RwSignal<Option<Review>, LocalStorage>,
    lacking: RwSignal<Option<Lacking>, LocalStorage>,
    is_importing: RwSignal<bool>,
    screen: RwSignal<Option<Screen>>,
    keymap: RwSignal<Keymap>,
}

struct Inner {
    session: Option<Session>,
    store: Option<Store>,
    saver: Saver,
    painter: Option<Rc<dyn Fn(Paint)>>,
    tabs: Option<Tabs>,
    /// The hands with which this tab writes, by project.
    taken: Vec<(ProjectId, u32)>,
    /// The worker of the job that goes on.
    worker: Weak<Worker>,
    /// What acts on projects, once it has come.
    hands: Option<Hands>,
    /// Whether the open project may be acted on.
    is_entered: bool,
    /// Commands that wait for it, in their order.
    held: Vec<Command>,
    /// The number of the document that was last asked for.
    asked: u32,
    /// The document that will be asked for next, most likely.
    ahead: Option<Whole>,
    /// The document that is being read ahead.
    coming: Option<Coming>,
    /// Projects that were thrown away before this page was opened.
    discarded: Vec<ProjectId>,
}

/// How far the page has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The database is being opened.
    Starting,
    /// A project is open.
    Ready,
    /// It cannot go on; in words, with what to do.
    Failed(String),
}

/// A part of the session that views show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Annotations and relations of the open document.
    Body,
    /// The registry.
    Actors,
    /// The documents' titles, states and counts.
    Documents,
    /// The project's name and codebook.
    Project,
    /// Selection, chosen annotation, armed label, offer, which document is open.
    Focus,
    /// What can be undone.
    History,
}

/// What the painter of the reading surface is told.
#[derive(Clone, Debug)]
pub enum Paint {
    /// Another text is open, or none.
    Opened,
    /// The marks on these stretches may look different.
    Spans {
        /// The stretches.
        spans: Vec<Span>,
        /// Whether selection or chosen annotation moved with that.
        focus: bool,
    },
    /// Selection or chosen annotation moved.
    Focus,
    /// A place should be in view.
    Reveal(Offset),
}

/// Something said to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The words.
    pub words: String,
    /// Whether something was refused.
    pub refused: bool,
    /// Which message it is, so that the same words twice are two messages.
    pub number: u32,
}

/// Long work that shows its progress.
#[derive(Clone, Debug, PartialEq)]
pub struct Running {
    /// What is done, in words.
    pub what: String,
    /// How much of it is done, from 0 to 1; `None` when that is not known.
    pub fraction: Option<f64>,
    /// Set when the person wants it to stop.
    pub cancelled: bool,
}

#[derive(Clone, Copy)]
struct Parts {
    body: RwSignal<u32>,
    actors: RwSignal<u32>,
    documents: RwSignal<u32>,
    project: RwSignal<u32>,
    focus: RwSignal<u32>,
    history: RwSignal<u32>,
}

impl Parts {
    fn signal(self, part: Part) -> RwSignal<u32> {
        match part {
            Part::Body => self.body,
            Part::Actors => self.actors,
            Part::Documents => self.documents,
            Part::Project => self.project,
            Part::Focus => self.focus,
            Part::History => self.history,
        }
    }

    fn wake(self, changed: Changed) {
        let parts = [
            (changed.body, self.body),
            (changed.actors, self.actors),
            (changed.documents, self.documents),
            (changed.project, self.project),
            (changed.focus, self.focus),
            (changed.history, self.history),
        ];
        for (_, signal) in parts.into_iter().filter(|(stale, _)| *stale) {
            signal.update(|revision| *revision = revision.wrapping_add(1));
        }
    }
}

impl Workspace {
    /// Puts a workspace into context; the database is opened by [`Workspace::start`].
    pub fn provide() -> Self {
        let save_state = RwSignal::new(SaveState::Saved);
        let inner = Inner {
            session: None,
            store: None,
            saver: Saver::new(save_state),
            painter: None,
            tabs: None,
            taken: Vec::new(),
            worker: Weak::new(),
            hands: None,
            is_entered: false,
            held: Vec::new(),
            asked: 0,
            ahead: None,
            coming: None,
            discarded: Vec::new(),
        };
        let parts = Parts {
            body: RwSignal::new(0),
            actors: RwSignal::new(0),
            documents: RwSignal::new(0),
            project: RwSignal::new(0),
            focus: RwSignal::new(0),
            history: RwSignal::new(0),
        };
        let workspace = Self {
            inner: StoredValue::new_local(inner),
            parts,
            phase: RwSignal::new(Phase::Starting),
            save_state,
            said: RwSignal::new(None),
            projects: RwSignal::new(Vec::new()),
            running: RwSignal::new(None),
            report: RwSignal::new(None),
            review: RwSignal::new_local(None),
            lacking: RwSignal::new_local(None),
            is_importing: RwSignal::new(false),
            screen: RwSignal::new(None),
            keymap: RwSignal::new(Keymap::default()),
        };
        provide_context(workspace);
        workspace
    }

    /// The workspace of the page. Every view stands below the component that provides it.
    #[expect(
        clippy::expect_used,
        reason = "a view outside the app is an error in the program, found at once"
    )]
    pub fn expect() -> Self {
        use_context().expect("a view below the component that provides the workspace")
    }

    /// How far the page has come.
    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// Whether everything is in the database.
    pub fn save_state(self) -> SaveState {
        self.save_state.get()
    }

    /// What was said last.
    pub fn said(self) -> Option<Said> {
        self.said.get()
    }

    /// All projects of this browser, by name.
    pub fn projects(self) -> Vec<ProjectSummary> {
        self.projects.get()
    }

    /// The long work that goes on.
    pub fn running(self) -> Option<Running> {
        self.running.get()
    }

    /// Reads the session and is read again when that part changes. `None` while no project is open.
    pub fn watch<T>(self, part: Part, read: impl FnOnce(&Session) -> T) -> Option<T> {
        self.parts.signal(part).track();
        self.read(read)
    }

    /// Reads the session now, without being told of changes.
    pub fn read<T>(self, read: impl FnOnce(&Session) -> T) -> Option<T> {
        self.inner.try_with_value(|inner| inner.session.as_ref().map(read)).flatten()
    }

    /// The first key of an action as it is shown, where this one is the standard; empty for none.
    pub fn key(self, action: Action, standard: &str) -> String {
        self.keymap.with(|keymap| keymap.shown(action, standard))
    }

    /// Is read again when that part changes.
    pub fn track(self, part: Part) {
        self.parts.signal(part).track();
    }

    /// Says who paints the reading surface.
    pub fn set_painter(self, painter: impl Fn(Paint) + 'static) {
        self.inner.update_value(|inner| inner.painter = Some(Rc::new(painter)));
    }

    /// Goes through the documents in this order from now on.
    pub fn set_order(self, order: Option<Arc<Vec<DocumentId>>>) {
        self.inner.update_value(|inner| {
            if let Some(session) = &mut inner.session {
                session.set_order(order);
            }
        });
    }

    /// Carries a command out, stores what it changed and shows it, or says why not.
    fn act(self, command: Command) {
        if matches!(command, Command::Undo | Command::Redo) && self.is_importing.get_untracked() {
            return self.refuse(&"an import is going on: wait until it has ended, or cancel it");
        }
        if !self.is_entered() {
            return self.hold(command);
        }
        let work = trace::begin("rubricator:annotate");
        // A field already shows what was written into it, and must see every change of that.
        let is_of_field = matches!(command, Command::SetNote { .. } | Command::SetAttribute { .. });
        match self.perform(command) {
            Ok(outcome) if is_of_field => {
                self.show(&outcome);
                self.follow_up(outcome);
            }
            Ok(outcome) => self.carry_out(outcome),
            Err(refusal) => self.refuse(&refusal),
        }
        work.end_unseen();
    }

    /// Says something to the person.
    pub fn say(self, words: impl Into<String>) {
        self.say_as(words.into(), false);
    }

    /// Says that something could not be done, and why.
    pub fn refuse(self, why: &impl ToString) {
        self.say_as(capitalized(why.to_string()), true);
    }

    fn say_as(self, words: String, refused: bool) {
        let number = self.said.with_untracked(|said| said.as_ref().map_or(0, |said| said.number + 1));
        self.said.set(Some(Said { words, refused, number }));
    }

    fn is_entered(self) -> bool {
        self.inner.try_with_value(|inner| inner.is_entered).unwrap_or(false)
    }

    fn perform(self, command: Command) -> Result<Outcome, Refusal> {
        if !self.is_entered() {
            return Err(Refusal::NotReady);
        }
        let mut performed = Err(Refusal::NothingOpen);
        self.inner.update_value(|inner| {
            if let Some(session) = &mut inner.session {
                performed = with_stamp(|stamp| session.perform(command, stamp));
            }
        });
        performed
    }

    /// Shows what a command brought about: first, in the frame that comes next, what the person looks at; lists, panels
    /// and the way to the database follow when that is drawn.
    fn carry_out(self, outcome: Outcome) {
        self.show(&outcome);
        // Under a screen nobody looks at the text, and a new codebook is looked at where it is made.
        let is_looked_at = self.screen_now().is_none() && !outcome.changed.project;
        if !is_looked_at || !outcome.changed.focus && outcome.repaint.is_empty() {
            return self.follow_up(outcome);
        }
        self.note_unsaved();
        spawn(async move {
            wait::drawn().await;
            self.follow_up(outcome);
        });
    }

    /// Shows on the text what a command brought about.
    fn show(self, outcome: &Outcome) {
        let focus = outcome.changed.focus;
        if !outcome.repaint.is_empty() {
            self.paint(Paint::Spans { spans: outcome.repaint.clone(), focus });
        } else if focus {
            self.paint(Paint::Focus);
        }
        if let Some(place) = outcome.reveal {
            self.paint(Paint::Reveal(place));
        }
    }

    fn follow_up(self, outcome: Outcome) {
        self.save();
        if outcome.changed.focus {
            self.remember_view();
        }
        self.parts.wake(outcome.changed);
        if let Some(words) = outcome.said {
            self.say(words);
        }
        if let Some(missing) = outcome.missing_entry {
            self.load_history(missing);
        }
        if let Some(document) = outcome.open {
            self.load_document(document);
        }
    }

    fn paint(self, paint: Paint) {
        let painter = self.inner.try_with_value(|inner| inner.painter.clone()).flatten();
        if let Some(painter) = painter {
            painter(paint);
        }
    }

    fn store(self) -> Option<Store> {
        self.inner.try_with_value(|inner| inner.store.clone()).flatten()
    }
}

/// Calls back with the present moment and a source of new ids.
fn with_stamp<T>(perform: impl FnOnce(&mut Stamp<'_>) -> T) -> T {
    perform(&mut Stamp { now: now(), new_id: &mut new_id })
}

/// The present moment.
pub(in crate::app) fn now() -> Timestamp {
    Timestamp::from_unix_millis(clock::now())
}

/// An id that nothing has yet.
pub(in crate::app) fn new_id() -> Uuid {
    mint(clock::now(), random::bytes())
}

/// A sentence of ours with a capital at its start; the table of all capitals of the world is not worth its weight.
fn capitalized(mut sentence: String) -> String {
    if let Some(first) = sentence.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    sentence
}

/// Starts work that goes on while the person does.
fn spawn(task: impl Future<Output = ()> + 'static) {
    wait::spawn(task);
}
