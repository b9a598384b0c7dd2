//! The passages of an actor in their context, of all documents; those that are ticked can be given to another actor.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::state::{Registry, counted};
use crate::{
    app::{Registering, Whom, jobs::Question},
    browser::{focus, wait},
    model::{ActorId, AnnotationId},
    search::Only,
    ui::{
        card::actor_options,
        screens::{HitList, Hits},
        widgets::{ComboOption, Combobox, When, handler, live, live_value},
    },
};

/// The list with its filters.
#[component]
pub fn Passages(registry: Registry, id: ActorId) -> impl IntoView {
    let only = RwSignal::new(None::<Only>);
    let ticked = RwSignal::new(BTreeSet::<AnnotationId>::new());
    let hits =
        Hits::new(move |from, most| Some(Question::Passages { actor: id, only: only.get(), from, most }));
    let said = move || {
        let summary = hits.summary();
        summary.problem.unwrap_or_else(|| match (summary.total, summary.is_waiting) {
            (0, true) => "Reading the documents…".to_owned(),
            (0, false) => "No passage".to_owned(),
            (count, _) => format!(
                "{} in {}",
                counted(count, "passage", "passages"),
                counted(summary.documents, "document", "documents")
            ),
        })
    };
    view! {
        <div class="actor-passages">
            <div class="passages-head">
                <h3>"Passages"</h3>
                <div class="chips" role="group" aria-label="Show passages">
                    {live(move || filters(registry, id, only))}
                </div>
                <p class="soft" role="status">{live(said)}</p>
            </div>
            <When holds=Signal::derive(move || ticked.with(|ticked| !ticked.is_empty()))>
                <SplitOff registry id ticked />
            </When>
            <HitList label="Passages" hits ticked />
        </div>
    }
}

/// The kinds of passages that there are, each with its count.
fn filters(registry: Registry, id: ActorId, only: RwSignal<Option<Only>>) -> impl IntoView {
    let columns = registry.columns.get();
    let known = registry.figures.with(|figures| figures.as_ref().and_then(|known| known.get(&id).cloned()));
    let known = known.unwrap_or_default();
    let titled = |kind: &str, from: &str| {
        let column = columns.iter().find(|column| *column.kind == *kind && *column.from == *from);
        column.map_or_else(|| format!("{from} {kind}"), |column| column.title.clone())
    };
    let mut offered = vec![(None, "All".to_owned(), None)];
    if 0 < known.mentions {
        offered.push((Some(Only::Mentions), "Mentions".to_owned(), Some(known.mentions)));
    }
    for link in known.links {
        let title = titled(&link.kind, &link.from);
        offered.push((Some(Only::Linked { kind: link.kind, from: link.from }), title, Some(link.count)));
    }
    let chip = |(of, name, count): (Option<Only>, String, Option<usize>)| {
        let shown = of.clone();
        view! {
            <button
                type="button"
                aria-pressed=live_value(move || (only.get() == shown).to_string())
                on:click=handler(move |_| only.set(of.clone()))
            >
                {name}
                " "
                {count.map(|count| view! { <span class="count">{count}</span> })}
            </button>
        }
    };
    offered.into_iter().map(chip).collect_view()
}

/// Gives the ticked passages to another actor.
#[component]
fn SplitOff(registry: Registry, id: ActorId, ticked: RwSignal<BTreeSet<AnnotationId>>) -> impl IntoView {
    let options = actor_options(registry.workspace);
    let others = Memo::new(move |_| {
        let own = id.to_string();
        options.get().into_iter().filter(|option| option.id != own).collect::<Vec<ComboOption>>()
    });
    let split = move |to: Whom| {
        let passages = ticked.get_untracked().into_iter().collect();
        registry.workspace.register(Registering::Split { from: id, passages, to, referring: Vec::new() });
        ticked.set(BTreeSet::new());
        wait::on_next_frame(|| {
            focus::give_to(".registry-side [data-first]");
        });
    };
    let count = move || ticked.with(|ticked| ticked.len());
    view! {
        <div class="chosen-bar split-off" role="group" aria-label="Chosen passages">
            <span title="Split off (s)">
                {live(move || format!("{} of somebody else:", counted(count(), "passage", "passages")))}
            </span>
            <Combobox
                label="Give them to"
                placeholder="A name, known or new"
                options=others
                on_pick=move |picked: String| {
                    if let Some(actor) = ActorId::parse(&picked) {
                        split(Whom::Known(actor));
                    }
                }
                on_new=move |name: String| split(Whom::New(name))
            />
            <button type="button" class="quiet" on:click=handler(move |_| ticked.set(BTreeSet::new()))>"Choose none"</button>
        </div>
    }
}
