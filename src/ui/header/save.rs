//! Whether everything is in the database; if not, why, and a way to take the work home at once.

use leptos::prelude::*;

use crate::{
    app::workspace::{SaveState, Workspace},
    browser::wait,
    ui::layers::{Dialog, Layers},
    ui::widgets::{handler, live, live_value},
};

/// The sign and its word. `data-save` is a handle for tests and tools, and says at once what is so; what a person sees
/// follows when the mark is drawn that has to be saved, which would otherwise wait for the sign.
#[component]
pub(super) fn SaveIndicator() -> impl IntoView {
    let ws = Workspace::expect();
    let seen = RwSignal::new(untrack(|| ws.save_state()));
    Effect::new(move |_| {
        ws.save_state();
        wait::spawn(async move {
            wait::drawn().await;
            // The page may have been left meanwhile.
            let _gone = seen.try_set(untrack(|| ws.save_state()));
        });
    });
    let problem = Memo::new(move |_| match seen.get() {
        SaveState::Failed(problem) => Some(problem),
        SaveState::Saved | SaveState::Saving => None,
    });
    view! {
        <div
            class="save"
            data-save=live_value(move || words_of(&ws.save_state()).0)
            data-sign=live_value(move || words_of(&seen.get()).0)
            title=live_value(move || words_of(&seen.get()).2)
        >
            <span class="word">{live(move || words_of(&seen.get()).1)}</span>
            {live(move || problem.get().map(|problem| view! { <Problem problem /> }))}
        </div>
    }
}

#[component]
fn Problem(problem: String) -> impl IntoView {
    let layers = Layers::expect();
    view! {
        <details class="save-problem">
            <summary>"Why"</summary>
            <div class="popover">
                <p role="alert">{problem}</p>
                <p>"Your latest changes are kept in this page and tried again. Do not close it."</p>
                <button type="button" class="primary" on:click=handler(move |_| layers.open(Dialog::Export))>
                    "Export now"
                </button>
            </div>
        </details>
    }
}

/// The handle, the word and the hint.
const fn words_of(state: &SaveState) -> (&'static str, &'static str, &'static str) {
    match state {
        SaveState::Saved => ("saved", "Saved", "Everything is stored in this browser"),
        SaveState::Saving => ("saving", "Saving…", "On its way to this browser's database"),
        SaveState::Failed(_) => ("failed", "Not saved", "The latest changes could not be stored yet"),
    }
}
