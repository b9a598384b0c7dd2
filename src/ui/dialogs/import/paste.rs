//! A single article from the clipboard.

use leptos::{ev, prelude::*};

use crate::{
    app::workspace::{Source, Workspace},
    ui::widgets::handler,
};

/// A field for the text and one for its title.
#[component]
pub(super) fn Paste() -> impl IntoView {
    let ws = Workspace::expect();
    let title = RwSignal::new(String::new());
    let text = RwSignal::new(String::new());
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let title = title.with_untracked(|title| title.trim().to_owned());
        ws.import(vec![Source::Text { title, text: text.get_untracked() }]);
    };
    let empty = move || text.with(|text| text.trim().is_empty());
    view! {
        <form class="form paste" on:submit=handler(add)>
            <h3>"Or paste one article"</h3>
            <label>
                "Text"
                <textarea rows="6" placeholder="Paste the article here" prop:value=text on:input:target=move |event| text.set(event.target().value())></textarea>
            </label>
            <label>"Title, if it is not the first line" <input type="text" bind:value=title /></label>
            <p><button type="submit" disabled=empty>"Add this article"</button></p>
        </form>
    }
}
