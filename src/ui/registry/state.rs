//! What the screen of the actors shows and where the person is in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    app::{
        ActorOrder, ActorRow, LinkColumn, actor_rows,
        jobs::{Question, Reply},
        link_columns, listed_actors,
        workspace::{Part, Workspace},
    },
    browser::{focus, wait},
    format::exchange::registry::Plan,
    model::{Actor, ActorId, ActorKind},
    search::ActorFigures,
};

/// How long changes have to rest before the figures are asked for anew, in milliseconds.
const REST: u32 = 150;

/// The state of the screen.
#[derive(Clone, Copy)]
pub struct Registry {
    /// The project.
    pub workspace: Workspace,
    /// The words that are looked for.
    pub words: RwSignal<String>,
    /// The kind that is shown.
    pub kind: RwSignal<Option<ActorKind>>,
    /// What the list is ordered by.
    pub by: RwSignal<ActorOrder>,
    /// Whether the order is turned round.
    pub reversed: RwSignal<bool>,
    /// The actors that are ticked.
    pub ticked: RwSignal<BTreeSet<ActorId>>,
    /// What stands beside the list.
    pub side: RwSignal<Side>,
    /// What is asked before it is done.
    pub asked: RwSignal<Option<Asked>>,
    /// What is known of each actor, once the documents are read.
    pub figures: RwSignal<Option<Arc<BTreeMap<ActorId, ActorFigures>>>>,
    /// The counts that have a column.
    pub columns: Memo<Vec<LinkColumn>>,
    /// All actors by name.
    pub rows: Memo<Arc<Vec<ActorRow>>>,
    /// The numbers of the rows that are listed.
    pub listed: Memo<Arc<Vec<usize>>>,
    asked_for: RwSignal<u32>,
}

/// What stands beside the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Nothing.
    Nothing,
    /// A form for a new actor.
    New,
    /// The pairs that may be the same.
    Duplicates,
    /// An actor.
    Actor(ActorId),
}

/// What is asked before it is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Which of these stays when they become one.
    Merge(Vec<ActorId>),
    /// What becomes of the mentions of these.
    Delete(Vec<ActorId>),
    /// Whether the table is to be taken in; or what is wrong with it.
    TakeIn(Result<Plan, Vec<String>>),
}

impl Side {
    /// Whether there is something.
    pub fn is_open(self) -> bool {
        self != Self::Nothing
    }
}

impl Registry {
    /// The state when the screen is opened.
    pub fn new() -> Self {
        let workspace = Workspace::expect();
        let figures = RwSignal::new(None::<Arc<BTreeMap<ActorId, ActorFigures>>>);
        let words = RwSignal::new(String::new());
        let kind = RwSignal::new(None);
        let by = RwSignal::new(ActorOrder::default());
        let reversed = RwSignal::new(false);
        let columns = Memo::new(move |_| {
            let columns =
                workspace.watch(Part::Project, |session| link_columns(&session.state().project().codebook));
            columns.unwrap_or_default()
        });
        let rows = Memo::new(move |_| {
            let nothing = Arc::default();
            let figures = figures.get().unwrap_or(nothing);
            let rows = columns.with(|columns| {
                workspace
                    .watch(Part::Actors, |session| actor_rows(session.state().actors(), &figures, columns))
            });
            Arc::new(rows.unwrap_or_default())
        });
        let listed = Memo::new(move |_| {
            let rows = rows.get();
            let listed =
                words.with(|words| listed_actors(&rows, words, kind.get(), by.get(), reversed.get()));
            Arc::new(listed)
        });
        let registry = Self {
            workspace,
            words,
            kind,
            by,
            reversed,
            ticked: RwSignal::new(BTreeSet::new()),
            side: RwSignal::new(Side::Nothing),
            asked: RwSignal::new(None),
            figures,
            columns,
            rows,
            listed,
            asked_for: RwSignal::new(0),
        };
        Effect::new(move |_| {
            for part in [Part::Actors, Part::Documents, Part::Project] {
                workspace.track(part);
            }
            registry.ask_for_figures();
        });
        registry
    }

    fn ask_for_figures(self) {
        self.asked_for.update_untracked(|number| *number = number.wrapping_add(1));
        let number = self.asked_for.get_untracked();
        wait::spawn(async move {
            wait::sleep(REST).await;
            let is_last = move || self.asked_for.try_get_untracked() == Some(number);
            if !is_last() {
                return;
            }
            match self.workspace.consult(&Question::ActorFigures).await {
                Ok(told) if is_last() => {
                    // They were read just now, and are yet to be put in order: the page gets its turn in between.
                    wait::yield_now().await;
                    if let Reply::ActorFigures(figures) = told.reply
                        && is_last()
                    {
                        self.figures.set(Some(Arc::new(figures.into_iter().collect())));
                    }
                }
                Ok(_) => {}
                Err(problem) => self.workspace.refuse(&problem),
            }
        });
    }

    /// The listed row of this number.
    pub fn row(self, at: usize) -> Option<ActorRow> {
        let number = self.listed.with(|listed| listed.get(at).copied())?;
        self.rows.with(|rows| rows.get(number).cloned())
    }

    /// An entry as it is now, and when it changes.
    pub fn entry(self, id: ActorId) -> Option<Actor> {
        self.workspace.watch(Part::Actors, |session| session.state().actors().get(&id).cloned()).flatten()
    }

    /// The name of an entry.
    pub fn name(self, id: ActorId) -> String {
        let name = self
            .workspace
            .watch(Part::Actors, |session| session.state().actors().get(&id).map(|actor| actor.name.clone()));
        name.flatten().unwrap_or_default()
    }

    /// How often an actor is mentioned, as far as it is known.
    pub fn mentions(self, id: ActorId) -> usize {
        self.figures.with(|figures| {
            figures.as_ref().and_then(|figures| figures.get(&id)).map_or(0, |known| known.mentions)
        })
    }

    /// Ticks the actor of a listed row, or takes the tick away.
    pub fn tick_row(self, at: usize) {
        let Some(id) = untrack(|| self.row(at)).and_then(|row| row.id) else { return };
        self.ticked.update(|ticked| {
            if !ticked.remove(&id) {
                ticked.insert(id);
            }
        });
    }

    /// The ticked actors that are there, else the one that is shown.
    pub fn chosen(self) -> Vec<ActorId> {
        let ticked = self.ticked.get_untracked();
        let there = |id: &ActorId| {
            self.workspace.read(|session| session.state().actors().contains_key(id)).unwrap_or(false)
        };
        let ticked: Vec<ActorId> = ticked.into_iter().filter(there).collect();
        match (ticked.is_empty(), self.side.get_untracked()) {
            (true, Side::Actor(id)) => vec![id],
            _ => ticked,
        }
    }

    /// Shows something beside the list and gives it the keyboard.
    pub fn show(self, side: Side) {
        self.side.set(side);
        if side.is_open() {
            wait::on_next_frame(|| {
                focus::give_to(".registry-side [data-first]");
            });
        }
    }

    /// Closes what stands beside the list; the keyboard goes back to the list.
    pub fn close_side(self) {
        focus::leave_field();
        self.side.set(Side::Nothing);
        give_list();
    }
}

/// Gives the keyboard to the list, once it is drawn anew.
pub fn give_list() {
    wait::on_next_frame(|| {
        let _given = focus::give_to(".actor-list [aria-current=true]") || focus::give_to(".actor-list .row");
    });
}

/// What an actor is, in words.
pub const fn kind_name(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "Person",
        ActorKind::Organization => "Organization",
        ActorKind::Country => "Country",
        ActorKind::Group => "Group",
        ActorKind::Other => "Other",
    }
}

/// A count with its word.
pub fn counted(count: usize, one: &str, several: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {several}") }
}
