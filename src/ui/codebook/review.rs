//! What was annotated before the codebook changed what it means: to be looked at again, one by one or all at once.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::state::{Desk, counted};
use crate::{
    app::jobs::Question,
    browser::wait,
    model::{AnnotationId, Revision},
    ui::{
        screens::{HitList, Hits},
        widgets::{When, handler, live, live_value},
    },
};

/// The panel.
#[component]
pub fn ReviewPanel(desk: Desk) -> impl IntoView {
    let ticked = RwSignal::new(BTreeSet::<AnnotationId>::new());
    let hits =
        Hits::new(move |from, most| Some(Question::Open { rule: Some(desk.outdated_words()), from, most }));
    let total = move || hits.summary().total;
    let said = move || {
        let summary = hits.summary();
        summary.problem.unwrap_or_else(|| match (summary.total, summary.is_waiting) {
            (0, true) => "Reading the documents…".to_owned(),
            (0, false) => "Nothing: all that is annotated is newer than what the codebook says of it.".to_owned(),
            (count, _) => format!(
                "{} in {}, made before the codebook changed what they mean. Look at each, or say that they hold.",
                counted(count, "passage", "passages"),
                counted(summary.documents, "document", "documents")
            ),
        })
    };
    let confirm = move |chosen: BTreeSet<AnnotationId>| {
        ticked.set(BTreeSet::new());
        desk.revise(Revision::Confirm(chosen));
    };
    let confirm_all = move |_| {
        if untrack(total) == 0 {
            return;
        }
        wait::spawn(async move {
            match desk.workspace.all_open(desk.outdated_words()).await {
                Ok(all) => desk.revise(Revision::Confirm(all)),
                Err(problem) => desk.workspace.refuse(&problem),
            }
        });
    };
    let count = move || ticked.with(BTreeSet::len);
    view! {
        <section class="codebook-side review-side" aria-label="To look at again">
            <header class="side-head">
                <div>
                    <h2>"To look at again"</h2>
                    <p class="soft" role="status">{live(said)}</p>
                </div>
                <div class="group">
                    <button type="button" data-first aria-disabled=live_value(move || (total() == 0).to_string()) on:click=handler(confirm_all)>"All of them hold"</button>
                    <button type="button" class="quiet only-narrow" on:click=handler(move |_| desk.close())>"Back to the list"</button>
                </div>
            </header>
            <When holds=Signal::derive(move || 0 < count())>
                <div class="chosen-bar" role="group" aria-label="Chosen passages">
                    <span>{live(move || format!("{} chosen", count()))}</span>
                    <button type="button" on:click=handler(move |_| confirm(ticked.get_untracked()))>"These hold"</button>
                    <button type="button" class="quiet" on:click=handler(move |_| ticked.set(BTreeSet::new()))>"Choose none"</button>
                </div>
            </When>
            <HitList label="To look at again" hits ticked />
        </section>
    }
}
