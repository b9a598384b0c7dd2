//! A passage in its context as a row that can be ticked.

use leptos::prelude::*;

use super::{handler, live_value};

/// The row.
#[component]
pub fn TickRow(
    /// What is said of it where the mouse rests.
    title: Option<String>,
    /// What stands before the passage.
    before: String,
    /// The passage.
    words: String,
    /// What stands after it.
    after: String,
    /// Who is meant by it.
    #[prop(optional)]
    meant: String,
    /// Whether it is ticked.
    ticked: Signal<bool>,
    /// Ticks it, or takes the tick away.
    on_tick: Callback<bool>,
) -> impl IntoView {
    view! {
        <button
            class="row repeat-row"
            role="checkbox"
            title=title
            aria-checked=live_value(move || ticked.get().to_string())
            on:click=handler(move |_| on_tick.run(!ticked.get_untracked()))
        >
            <span class="tick" aria-hidden="true"></span>
            <span class="before"><bdi>{before}</bdi></span>
            <mark>{words}</mark>
            <span class="after">{after}</span>
            {(!meant.is_empty()).then(|| view! { <span class="meant"><span class="visually-hidden">" · "</span><bdi>{meant}</bdi></span> })}
        </button>
    }
}
