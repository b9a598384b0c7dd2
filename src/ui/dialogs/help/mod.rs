//! All keys, made from the same tables that work them, so that this list is never wrong.

mod groups;

use leptos::prelude::*;

use self::groups::{Group, groups};
use super::frame::Frame;
use crate::{
    app::workspace::{Part, Workspace},
    ui::layers::{Dialog, Layers},
    ui::widgets::{handler, live},
};

/// The dialog.
#[component]
pub(super) fn Help() -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let words = RwSignal::new(String::new());
    let shown = Memo::new(move |_| {
        let words = words.get();
        ws.watch(Part::Project, |session| groups(&session.state().project().codebook, &words))
            .unwrap_or_default()
    });
    view! {
        <Frame
            title="Help and keys"
            class="help"
            footer=move || view! {
                <button type="button" on:click=handler(move |_| layers.open(Dialog::Tour))>"Show the short tour"</button>
            }
        >
            <p>"Mark a passage with the mouse, a finger or the keyboard, then press the letter of a label. Keys act outside text fields. On a Mac, ⌘ stands for Ctrl."</p>
            <input
                type="search"
                autofocus
                aria-label="Search the keys"
                placeholder="Search the keys"
                autocomplete="off"
                prop:value=words
                on:input:target=move |event| words.set(event.target().value())
            />
            <div class="keys">
                {live(move || shown.get().into_iter().map(|group| view! { <Keys group /> }).collect_view())}
            </div>
            {live(move || shown.with(Vec::is_empty).then(|| view! { <p role="status">"No key does that."</p> }))}
        </Frame>
    }
}

#[component]
fn Keys(group: Group) -> impl IntoView {
    let rows = group.rows.into_iter().map(|row| {
        let chords = row.chords.into_iter().map(|chord| {
            let keys = chord.into_iter().map(|key| view! { <kbd>{key}</kbd> }).collect_view();
            view! { <span class="chord">{keys}</span> }
        });
        view! { <li><span>{row.words}</span><span class="chords">{chords.collect_view()}</span></li> }
    });
    view! {
        <section>
            <h3>{group.name}</h3>
            <ul>{rows.collect_view()}</ul>
        </section>
    }
}
