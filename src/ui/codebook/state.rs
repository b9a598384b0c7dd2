//! What the screen of the codebook shows and where the person is in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use super::entry::name_of;
pub use super::entry::{Entry, asked, asked_by, attribute, counted, hosts};
use crate::{
    app::{
        jobs::{Question, Reply},
        workspace::{Part, Workspace},
    },
    browser::{focus, wait},
    format::codebook::CodebookFile,
    model::{AttributeOf, Codebook, CodebookEntry, Key, Revision},
};

/// How long changes have to rest before the figures are asked for anew, in milliseconds.
const REST: u32 = 200;

/// The state of the screen.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The project.
    pub workspace: Workspace,
    /// The codebook as it is now.
    pub codebook: Memo<Arc<Codebook>>,
    /// What stands beside the list.
    pub shown: RwSignal<Shown>,
    /// The choice in hand, of the attribute that is shown.
    pub choice: RwSignal<Option<Key>>,
    /// What is asked before it is done.
    pub asked: RwSignal<Option<Asked>>,
    /// How much there is of what, once the documents are read.
    pub counts: RwSignal<Option<Arc<Counts>>>,
}

/// How often each entry is used.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// Annotations by label.
    pub labels: BTreeMap<String, usize>,
    /// Links by type.
    pub links: BTreeMap<String, usize>,
    /// Annotations made before the codebook changed what they mean.
    pub outdated: usize,
}

/// What stands beside the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The codebook as a whole.
    Overview,
    /// A form for a new entry.
    New(CodebookEntry),
    /// A label.
    Label(Key),
    /// A relation type.
    Relation(Key),
    /// An attribute with its choices.
    Attribute(AttributeOf),
    /// The guidelines.
    Guidelines,
    /// What was annotated before the codebook changed what it means.
    Review,
}

/// What is asked before it is done.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// What becomes of what is annotated with it.
    Delete(Entry),
    /// Into which other it goes.
    Merge(Entry),
    /// Whether so many values may be cleared for a change.
    Clear(Revision, usize),
    /// Whether a file is to be taken in; or what is wrong with it.
    TakeIn(Result<(String, CodebookFile), String>),
    /// As what the codebook is saved.
    Export,
}

impl Desk {
    /// The state when the screen is opened.
    pub fn new() -> Self {
        let workspace = Workspace::expect();
        let codebook = Memo::new(move |_| {
            let codebook =
                workspace.watch(Part::Project, |session| session.state().project().codebook.clone());
            let nothing = || Codebook { version: 0, labels: Vec::new(), relations: Vec::new() };
            Arc::new(codebook.unwrap_or_else(nothing))
        });
        let desk = Self {
            workspace,
            codebook,
            shown: RwSignal::new(Shown::Overview),
            choice: RwSignal::new(None),
            asked: RwSignal::new(None),
            counts: RwSignal::new(None),
        };
        let changed = Memo::new(move |before: Option<&u32>| {
            workspace.track(Part::Documents);
            workspace.track(Part::Project);
            before.map_or(0, |before| before.wrapping_add(1))
        });
        Effect::new(move |_| desk.count(changed, changed.get()));
        desk
    }

    fn count(self, changed: Memo<u32>, number: u32) {
        wait::spawn(async move {
            wait::sleep(REST).await;
            let is_last = move || changed.try_get_untracked() == Some(number);
            if !is_last() {
                return;
            }
            match self.workspace.consult(&Question::Figures).await {
                Ok(told) if is_last() => {
                    if let Reply::Figures(figures) = told.reply {
                        let outdated = figures.open.iter().find(|(words, _)| *words == self.outdated_words());
                        self.counts.set(Some(Arc::new(Counts {
                            outdated: outdated.map_or(0, |(_, count)| *count),
                            labels: figures.labels.into_iter().collect(),
                            links: figures.links.into_iter().collect(),
                        })));
                    }
                }
                Ok(_) => {}
                Err(problem) => self.workspace.refuse(&problem),
            }
        });
    }

    /// The rule by which the index lists what is to be looked at again.
    pub fn outdated_words(self) -> String {
        self.codebook.with_untracked(|codebook| codebook.gap_words(&crate::model::Gap::Revised))
    }

    /// What is shown, as far as it is there.
    pub fn present(self, shown: Shown) -> Shown {
        let is_there = self.codebook.with(|codebook| match &shown {
            Shown::Label(key) => codebook.label(key).is_some(),
            Shown::Relation(key) => codebook.relation(key).is_some(),
            Shown::Attribute(of) => attribute(codebook, of).is_some(),
            _ => true,
        });
        if is_there { shown } else { Shown::Overview }
    }

    /// Shows something and gives it the keyboard.
    pub fn show(self, shown: Shown) {
        self.choice.set(None);
        self.shown.set(shown);
        wait::on_next_frame(|| {
            focus::give_to(".codebook-side [data-first]");
        });
    }

    /// Closes what stands beside the list; the keyboard goes back to the list.
    pub fn close(self) {
        focus::leave_field();
        self.shown.set(Shown::Overview);
        wait::on_next_frame(|| {
            focus::give_to(".codebook-list .entry");
        });
    }

    /// How often an entry is used, as far as it is known.
    pub fn used(self, entry: &Entry) -> Option<usize> {
        self.counts.with(|counts| {
            let counts = counts.as_ref()?;
            match entry {
                Entry::Label(key) => Some(counts.labels.get(key.as_str()).copied().unwrap_or(0)),
                Entry::Relation(key) => Some(counts.links.get(key.as_str()).copied().unwrap_or(0)),
                Entry::Attribute(_) | Entry::Choice(..) => None,
            }
        })
    }

    /// The name of an entry.
    pub fn name(self, entry: &Entry) -> String {
        self.codebook.with(|codebook| name_of(codebook, entry)).unwrap_or_default()
    }
}
