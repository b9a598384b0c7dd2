//! Long work that goes on: what it is, how far it has come, and a way to stop it.

use leptos::prelude::*;

use crate::{
    app::workspace::{Running, Workspace},
    ui::widgets::{When, handler, live_value},
};

/// Shown while long work goes on.
#[component]
pub fn Progress() -> impl IntoView {
    let ws = Workspace::expect();
    let is_running = Memo::new(move |_| ws.running().is_some());
    let what = Memo::new(move |_| ws.running().map(|running| words_of(&running)).unwrap_or_default());
    let fraction = Memo::new(move |_| ws.running().and_then(|running| running.fraction));
    let stopping = Memo::new(move |_| ws.running().is_some_and(|running| running.cancelled));
    view! {
        <When holds=is_running>
            <div class="running">
                <p>{what}</p>
                <progress max="1" value=live_value(move || fraction.get().map(|done| format!("{done:.3}"))) aria-label=what></progress>
                <button type="button" disabled=live_value(move || stopping.get()) on:click=handler(move |_| ws.cancel_running())>
                    "Cancel"
                </button>
            </div>
        </When>
    }
}

fn words_of(running: &Running) -> String {
    if running.cancelled { format!("Stopping: {}", running.what) } else { running.what.clone() }
}
