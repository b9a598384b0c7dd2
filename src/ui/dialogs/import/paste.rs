//! A single article from the clipboard.

use leptos::{ev, prelude::*};

use crate::{
    app::workspace::{Source, Workspace},
    browser::clipboard,
    ui::widgets::{handler, live_value},
};

/// A field for the text and one for its title.
#[component]
pub(super) fn Paste() -> impl IntoView {
    let ws = Workspace::expect();
    let title = RwSignal::new(String::new());
    let text = RwSignal::new(String::new());
    // What was pasted as HTML, for as long as the field shows just its text.
    let rich = RwSignal::new((String::new(), String::new()));
    let pasting = RwSignal::new(None::<String>);
    let paste = move |event: ev::ClipboardEvent| {
        let is_alone = text.with_untracked(|text| text.trim().is_empty());
        pasting.set(Some(clipboard::html_of(&event)).filter(|html| is_alone && !html.is_empty()));
    };
    let input = move |written: String| {
        if let Some(html) = pasting.try_update(Option::take).flatten() {
            rich.set((written.clone(), html));
        }
        text.set(written);
    };
    let is_rich =
        Memo::new(move |_| text.with(|text| rich.with(|(shown, _)| !shown.is_empty() && shown == text)));
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let html = if is_rich.get_untracked() { rich.get_untracked().1 } else { String::new() };
        let title = title.with_untracked(|title| title.trim().to_owned());
        ws.import(vec![Source::Text { title, text: text.get_untracked(), html }]);
    };
    let empty = move || text.with(|text| text.trim().is_empty());
    view! {
        <form class="form paste" on:submit=handler(add)>
            <h3>"Or paste one article"</h3>
            <label>
                "Text"
                <textarea rows="6" placeholder="Paste the article here" prop:value=text on:paste=handler(paste) on:input:target=move |event| input(event.target().value())></textarea>
            </label>
            <p class="soft" role="status">{live_value(move || is_rich.get().then_some("Its headings and lists come in with it, unless you change the text here."))}</p>
            <label>"Title, if it is not the first line" <input type="text" bind:value=title /></label>
            <p><button type="submit" disabled=empty>"Add this article"</button></p>
        </form>
    }
}
