//! The passages of a label in all documents; those that are ticked can get a new label.

use std::collections::BTreeSet;

use leptos::{ev, prelude::*};

use super::state::{Desk, Entry, counted};
use crate::{
    app::jobs::Question,
    format::free_colour,
    model::{AnnotationId, Key, Label, Revision},
    ui::{
        screens::{HitList, Hits},
        widgets::{When, handler, live},
    },
};

/// The list.
#[component]
pub fn Passages(desk: Desk, entry: Entry) -> impl IntoView {
    let Entry::Label(key) = entry else { return ().into_any() };
    let ticked = RwSignal::new(BTreeSet::<AnnotationId>::new());
    let query = format!("label:{key}");
    let hits = Hits::new(move |from, most| Some(Question::Find { query: query.clone(), from, most }));
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
    let key = StoredValue::new(key);
    view! {
        <div class="passages">
            <div class="passages-head">
                <h3>"Passages"</h3>
                <p class="soft" role="status">{live(said)}</p>
            </div>
            <When holds=Signal::derive(move || ticked.with(|ticked| !ticked.is_empty()))>
                <SplitOff desk key=key.get_value() ticked />
            </When>
            <HitList label="Passages" hits ticked />
        </div>
    }
    .into_any()
}

/// Gives the ticked passages a new label.
#[component]
fn SplitOff(desk: Desk, key: Key, ticked: RwSignal<BTreeSet<AnnotationId>>) -> impl IntoView {
    let name = RwSignal::new(String::new());
    let count = move || ticked.with(BTreeSet::len);
    let split = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked().trim().to_owned();
        let new = desk.codebook.with_untracked(|codebook| {
            let colour = free_colour(&codebook.labels).to_owned();
            Label { colour, ..Label::new(Key::coin(&name, |key| codebook.label(key).is_some()), name) }
        });
        let chosen = ticked.get_untracked();
        ticked.set(BTreeSet::new());
        desk.revise(Revision::SplitLabel { key: key.clone(), new: Box::new(new), chosen });
    };
    view! {
        <form class="chosen-bar split-off" aria-label="Chosen passages" on:submit=handler(split)>
            <span>{live(move || format!("Split {} off as", counted(count(), "passage", "passages")))}</span>
            <input type="text" aria-label="Name of the new label" placeholder="A new label" required pattern=".*\\S.*" autocomplete="off" bind:value=name />
            <button type="submit">"Split off"</button>
            <button type="button" class="quiet" on:click=handler(move |_| ticked.set(BTreeSet::new()))>"Choose none"</button>
        </form>
    }
}
