//! The pairs of actors that may be the same, each with what speaks for it: merged or parted by one key.

use std::sync::Arc;

use leptos::{ev, prelude::*};

use super::state::{Registry, Side, counted};
use crate::{
    app::{
        Registering,
        jobs::{Question, Reply},
        workspace::Part,
    },
    browser::{focus, scroll, wait},
    model::ActorId,
    suggest::Duplicate,
    ui::widgets::{Glyph, Icon, VirtualList, handler, live},
};

/// The height of a row in `rem`.
const ROW: f64 = 4.5;

/// The pairs as far as they are known.
#[derive(Clone, Copy)]
struct Pairs {
    registry: Registry,
    all: RwSignal<Option<Arc<Vec<Duplicate>>>>,
    distinct: RwSignal<Vec<(ActorId, ActorId)>>,
    shown: Memo<Arc<Vec<Duplicate>>>,
}

impl Pairs {
    fn new(registry: Registry) -> Self {
        let all = RwSignal::new(None::<Arc<Vec<Duplicate>>>);
        let distinct = RwSignal::new(Vec::new());
        let shown = Memo::new(move |_| {
            let there = |id: &ActorId| registry.entry(*id).is_some();
            let all = all.get().unwrap_or_default();
            distinct.with(|distinct| {
                let shown = all.iter().filter(|pair| pair.actors.iter().all(there));
                let shown = shown.filter(|pair| !distinct.contains(&key(pair)));
                Arc::new(shown.copied().collect::<Vec<_>>())
            })
        });
        let pairs = Self { registry, all, distinct, shown };
        Effect::new(move |_| {
            registry.workspace.track(Part::Actors);
            pairs.look();
        });
        pairs
    }

    fn look(self) {
        let workspace = self.registry.workspace;
        wait::spawn(async move {
            let distinct = workspace.distinct_actors().await;
            match workspace.consult(&Question::Duplicates).await {
                Ok(told) => {
                    if let Reply::Duplicates(pairs) = told.reply
                        && self.all.try_get_untracked().is_some()
                    {
                        self.distinct.set(distinct);
                        self.all.set(Some(Arc::new(pairs)));
                    }
                }
                Err(problem) => workspace.refuse(&problem),
            }
        });
    }

    fn merge(self, at: usize) {
        let Some(pair) = self.pair(at) else { return };
        let [into, other] = pair.actors;
        self.registry.workspace.register(Registering::Merge {
            into,
            others: vec![other],
            referring: Vec::new(),
        });
        keep_focus(at);
    }

    fn part(self, at: usize) {
        let Some(pair) = self.pair(at) else { return };
        self.distinct.update(|distinct| distinct.push(key(&pair)));
        let [one, other] = pair.actors;
        let workspace = self.registry.workspace;
        wait::spawn(async move { workspace.keep_distinct(one, other).await });
        keep_focus(at);
    }

    fn pair(self, at: usize) -> Option<Duplicate> {
        self.shown.with_untracked(|shown| shown.get(at).copied())
    }
}

/// The two in the order in which they are kept.
fn key(pair: &Duplicate) -> (ActorId, ActorId) {
    let [one, other] = pair.actors;
    (one.min(other), one.max(other))
}

/// The pair that takes the place of one that is dealt with gets the keyboard.
fn keep_focus(at: usize) {
    wait::on_next_frame(move || {
        let _given = focus::give_to(&format!(".pairs [data-index=\"{at}\"] button"))
            || focus::give_to(".pairs .slot:last-child button")
            || focus::give_to(".registry-side [data-first]");
    });
}

/// The panel.
#[component]
pub fn DuplicatesPanel(registry: Registry) -> impl IntoView {
    let pairs = Pairs::new(registry);
    let count = Memo::new(move |_| pairs.shown.with(|shown| shown.len()));
    let said = move || match (pairs.all.with(Option::is_some), count.get()) {
        (false, _) => "Looking…".to_owned(),
        (true, 0) => "No two actors look as if they were the same.".to_owned(),
        (true, count) => format!("{}. Nothing is merged unless you say so.", counted(count, "pair", "pairs")),
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(at) = scroll::row_of(&event) else { return };
        if event.key() == "Delete" || event.key() == "r" {
            event.prevent_default();
            event.stop_propagation();
            pairs.part(at);
        }
    };
    view! {
        <section class="registry-side" aria-label="Perhaps the same">
            <header class="side-head">
                <div>
                    <h2>"Perhaps the same"</h2>
                    <p class="soft" role="status">{live(said)}</p>
                </div>
                <button type="button" class="quiet icon" data-first aria-label="Close" title="Close (Esc)" on:click=handler(move |_| registry.close_side())>
                    <Icon name=Glyph::Close />
                </button>
            </header>
            <div class="pairs" on:keydown=handler(on_key)>
                <VirtualList
                    label="Perhaps the same"
                    count
                    row_height=ROW
                    selected=Signal::derive(|| None)
                    row=move |at| view! { <Pair pairs at /> }
                />
            </div>
        </section>
    }
}

#[component]
fn Pair(pairs: Pairs, at: usize) -> impl IntoView {
    let registry = pairs.registry;
    let pair = Memo::new(move |_| pairs.shown.with(|shown| shown.get(at).copied()));
    live(move || {
        let pair = pair.get()?;
        let [into, other] = pair.actors;
        let (name, other_name) = (registry.name(into), registry.name(other));
        let count = move |id| registry.mentions(id);
        Some(view! {
            <div class="pair-row">
                <p class="names">
                    <button type="button" class="quiet link" tabindex="-1" on:click=handler(move |_| registry.show(Side::Actor(into)))>
                        <bdi>{name.clone()}</bdi>
                    </button>
                    <span class="count">{move || count(into)}</span>
                    <button type="button" class="quiet link" tabindex="-1" on:click=handler(move |_| registry.show(Side::Actor(other)))>
                        <bdi>{other_name.clone()}</bdi>
                    </button>
                    <span class="count">{move || count(other)}</span>
                </p>
                <p class="soft">{pair.reason.words()}</p>
                <div class="group">
                    <button
                        type="button"
                        class="row-button"
                        title="Merge into the first (Enter)"
                        aria-label=format!("Merge {other_name} into {name}: {}", pair.reason.words())
                        on:click=handler(move |_| pairs.merge(at))
                    >
                        "Merge"
                    </button>
                    <button
                        type="button"
                        class="quiet"
                        title="They are not the same (Delete)"
                        aria-label=format!("{name} and {other_name} are not the same")
                        on:click=handler(move |_| pairs.part(at))
                    >
                        "Not the same"
                    </button>
                </div>
            </div>
        })
    })
}
