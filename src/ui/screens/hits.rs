//! Passages of many documents: one question at a time is asked of the index, and its hits come page by page as rows come
//! into sight.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    app::{
        Newest,
        jobs::{Question, Reply},
        workspace::{Part, Workspace},
    },
    browser::wait,
    search::Hit,
};

/// How many hits are fetched at a time.
const PAGE: usize = 100;

/// How long it takes until the index is asked again while it still reads, in milliseconds.
const READING: u32 = 400;

/// How long it takes until it is looked again whether the hit has come to which Enter leads, in milliseconds.
const GOING: u32 = 20;

/// Asks for a page of hits: the number of the first, and how many. `None` where nothing is looked for.
type Ask = Arc<dyn Fn(usize, usize) -> Option<Question> + Send + Sync>;

/// What was found, as far as it was fetched.
#[derive(Clone, Copy)]
pub struct Hits {
    pub(super) workspace: Workspace,
    ask: StoredValue<Ask>,
    /// The first pages that are asked for, each with its search.
    asking: StoredValue<Newest<(Question, u32)>>,
    /// Which search it is, so that the answer to an older one is not taken for its own.
    pub(super) search: RwSignal<u32>,
    pages: RwSignal<BTreeMap<usize, Arc<Vec<Hit>>>>,
    pub(super) state: RwSignal<Summary>,
}

/// How a search stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many hits there are.
    pub total: usize,
    /// In how many documents.
    pub documents: usize,
    /// How many documents had been read for it, and how many there are.
    pub read: (usize, usize),
    /// Why there is no answer, in words.
    pub problem: Option<String>,
    /// Whether the answer is still to come.
    pub is_waiting: bool,
}

impl Hits {
    /// The hits of a question, asked anew whenever a signal that it reads changes, or the project.
    pub fn new(ask: impl Fn(usize, usize) -> Option<Question> + Send + Sync + 'static) -> Self {
        let workspace = Workspace::expect();
        let hits = Self {
            workspace,
            ask: StoredValue::new(Arc::new(ask)),
            asking: StoredValue::new(Newest::default()),
            search: RwSignal::new(0),
            pages: RwSignal::new(BTreeMap::new()),
            state: RwSignal::new(Summary::default()),
        };
        // The question is compared, so that a change which leaves it as it is costs nothing.
        let question = Memo::new(move |_| {
            let ask = hits.ask.get_value();
            ask(0, PAGE)
        });
        let changed = Memo::new(move |before: Option<&u32>| {
            for part in [Part::Documents, Part::Actors, Part::Project] {
                workspace.track(part);
            }
            before.map_or(0, |before| before.wrapping_add(1))
        });
        Effect::new(move |_| {
            changed.track();
            hits.begin(question.get());
        });
        hits
    }

    /// How the search stands.
    pub fn summary(self) -> Summary {
        self.state.get()
    }

    /// The hit of this number, if it was fetched; otherwise it is fetched.
    pub fn hit(self, number: usize) -> Option<Hit> {
        let page = number / PAGE;
        let known = self.pages.with(|pages| pages.get(&page).cloned());
        if known.is_none() {
            self.pages.update_untracked(|pages| {
                pages.insert(page, Arc::default());
            });
            let ask = self.ask.get_value();
            if let Some(question) = untrack(|| ask(page * PAGE, PAGE)) {
                let search = self.search.get_untracked();
                wait::spawn(async move { self.fetch(question, page, search).await });
            }
        }
        known?.get(number % PAGE).cloned()
    }

    /// Leads to the first hit, once what is looked for now has been found.
    pub fn go_to_first(self) {
        let search = self.search.get_untracked();
        wait::spawn(async move {
            while self.is_current(search) && self.state.with_untracked(|state| state.is_waiting) {
                wait::sleep(GOING).await;
            }
            if self.is_current(search)
                && let Some(hit) = untrack(|| self.hit(0))
            {
                self.workspace.go_to(hit.document, hit.annotation, (hit.start, hit.end));
            }
        });
    }

    fn begin(self, question: Option<Question>) {
        self.search.update(|search| *search = search.wrapping_add(1));
        match question {
            None => {
                self.asking.update_value(Newest::forget);
                self.pages.set(BTreeMap::new());
                self.state.set(Summary::default());
            }
            Some(question) => {
                self.state.update(|state| state.is_waiting = true);
                self.look(question, self.search.get_untracked());
            }
        }
    }

    /// Asks for the first page, now or as soon as the question before it is answered.
    fn look(self, question: Question, search: u32) {
        let first = self.asking.try_update_value(|asking| asking.ask((question, search))).flatten();
        let Some(first) = first else { return };
        wait::spawn(async move {
            let mut next = Some(first);
            while let Some((question, search)) = next {
                self.fetch(question, 0, search).await;
                next = self.asking.try_update_value(Newest::answered).flatten();
            }
        });
    }

    fn is_current(self, search: u32) -> bool {
        self.search.try_get_untracked() == Some(search)
    }

    /// Asks for a page and shows it, unless something else is looked for meanwhile.
    async fn fetch(self, question: Question, page: usize, search: u32) {
        let told = self.workspace.consult(&question).await;
        if !self.is_current(search) {
            return;
        }
        let (found, read) = match told {
            Ok(told) => match told.reply {
                Reply::Found(found) => (found, (told.read, told.of)),
                Reply::NotUnderstood(problem) => return self.fail(problem),
                _ => return,
            },
            Err(problem) => return self.fail(problem),
        };
        self.state.set(Summary {
            total: found.total,
            documents: found.documents,
            read,
            problem: None,
            is_waiting: false,
        });
        self.pages.update(|pages| {
            if page == 0 {
                pages.clear();
            }
            pages.insert(page, Arc::new(found.hits));
        });
        if page == 0 && read.0 != read.1 {
            self.look_again(question, search);
        }
    }

    /// Asks once more after a while, since not all is read yet.
    fn look_again(self, question: Question, search: u32) {
        wait::spawn(async move {
            wait::sleep(READING).await;
            if self.is_current(search) {
                self.look(question, search);
            }
        });
    }

    fn fail(self, problem: String) {
        self.pages.set(BTreeMap::new());
        self.state.set(Summary { problem: Some(problem), ..Summary::default() });
    }
}
