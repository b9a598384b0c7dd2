//! The guidelines: written in Markdown, and what they look like beside it.

use leptos::{ev, prelude::*};

use super::{page::page, state::Desk};
use crate::{
    app::workspace::Part,
    model::Revision,
    ui::widgets::{handler, live, live_value},
};

/// The panel.
#[component]
pub fn GuidelinesPanel(desk: Desk) -> impl IntoView {
    let kept = Memo::new(move |_| {
        let kept =
            desk.workspace.watch(Part::Project, |session| session.state().project().guidelines.clone());
        kept.unwrap_or_default()
    });
    let draft = RwSignal::new(None::<String>);
    let shown = move || draft.get().unwrap_or_else(|| kept.get());
    let save = move || {
        // A field that is taken away while it has the keyboard says so once more.
        if let Some(written) = draft.try_get_untracked().flatten() {
            if written != kept.get_untracked() {
                desk.revise(Revision::Guidelines(written));
            }
            draft.set(None);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            save();
        }
    };
    view! {
        <section class="codebook-side guidelines" aria-label="Guidelines">
            <header class="side-head">
                <div>
                    <h2>"Guidelines"</h2>
                    <p class="soft">"How to annotate, in Markdown. Shown beside the text with h."</p>
                </div>
                <div class="group">
                    <button type="button" class="quiet only-narrow" on:click=handler(move |_| desk.close())>"Back to the list"</button>
                </div>
            </header>
            <div class="guidelines-parts">
                <textarea
                    data-first
                    aria-label="Guidelines in Markdown"
                    placeholder="# What counts as a claim\n\nA claim is …"
                    prop:value=live_value(shown)
                    on:input=handler(move |event| draft.set(Some(event_target_value(&event))))
                    on:change=handler(move |_: ev::Event| save())
                    on:keydown=handler(on_key)
                ></textarea>
                <div class="markdown" aria-label="What they look like" role="region" tabindex="0">{live(move || page(&shown()))}</div>
            </div>
        </section>
    }
}
