//! A document's history: who did what and when, and the way back to any of it.

use leptos::prelude::*;

use super::frame::Frame;
use crate::{
    app::workspace::{Deed, Workspace},
    browser::wait,
    model::DocumentId,
    ui::layers::Layers,
    ui::widgets::{handler, live},
};

/// The history of the open document, newest first.
#[component]
pub(super) fn PastDialog(id: DocumentId) -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let deeds = RwSignal::new(Vec::<Deed>::new());
    let below = RwSignal::new(None::<u64>);
    let read = move || {
        wait::spawn(async move {
            // Stretches without a deed of this document are passed over, as long as there are more.
            loop {
                // The dialog may be gone by the time the answer is there.
                let Some(from) = below.try_get_untracked() else { return };
                let past = match ws.past(id, from).await {
                    Ok(past) => past,
                    Err(problem) => return ws.refuse(&problem),
                };
                let is_last = past.below.is_none() || !past.deeds.is_empty();
                let _shown = below.try_set(past.below);
                let _shown = deeds.try_update(|deeds| deeds.extend(past.deeds));
                if is_last {
                    return;
                }
            }
        });
    };
    read();
    let restore = move |number: u64| {
        ws.restore(id, number);
        layers.close();
    };
    view! {
        <Frame
            title="History of this document"
            footer=move || view! { <button type="button" on:click=handler(move |_| layers.close())>"Close"</button> }
        >
            <p class="soft">"Going back is a new step itself: nothing in between is lost, and undo takes it back."</p>
            <ol class="past" aria-label="History">
                {live(move || deeds.get().into_iter().map(|deed| {
                    let number = deed.number;
                    let words = words_of(&deed);
                    view! {
                        <li>
                            <span>{words}</span>
                            <button type="button" class="quiet" on:click=handler(move |_| restore(number))>"Go back to here"</button>
                        </li>
                    }
                }).collect_view())}
            </ol>
            {live(move || below.get().map(|_| view! {
                <button type="button" on:click=handler(move |_| read())>"Show earlier"</button>
            }))}
        </Frame>
    }
}

fn words_of(deed: &Deed) -> String {
    let who = if deed.annotator.is_empty() { String::new() } else { format!(", {}", deed.annotator) };
    let many = if deed.records == 1 { String::new() } else { format!(" ({} records)", deed.records) };
    let when: String = deed.at.to_string().chars().take(16).collect();
    format!("{} UTC{who}: {}{many}", when.replace('T', " "), deed.what.words())
}
