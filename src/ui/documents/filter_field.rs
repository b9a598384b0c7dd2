//! The field that narrows the list by title, source and author. Esc empties it, Enter opens the first that fits.

use leptos::{ev, html, prelude::*};

use crate::{
    app::{Action, workspace::Workspace},
    browser::focus,
    model::DocumentId,
    ui::{
        key_hint::titled,
        layers::Layers,
        widgets::{Glyph, Icon, handler},
    },
};

/// The field.
#[component]
pub(super) fn FilterField(words: RwSignal<String>, first: Signal<Option<DocumentId>>) -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let node = NodeRef::<html::Input>::new();
    Effect::new(move |before: Option<u32>| {
        let wanted = layers.filter_wanted.get();
        if let Some(field) = node.get_untracked()
            && before.is_some_and(|before| before != wanted)
        {
            focus::give_and_select(&field);
        }
        wanted
    });
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" if !words.with_untracked(String::is_empty) => {
            event.prevent_default();
            event.stop_propagation();
            words.set(String::new());
        }
        "Enter" if !event.is_composing() => {
            if let Some(document) = first.get_untracked() {
                ws.open_document(document);
            }
        }
        "ArrowDown" => {
            event.prevent_default();
            focus::give_to(".documents .rows :is(button, a)");
        }
        _ => {}
    };
    view! {
        <div class="filter">
            <Icon name=Glyph::Search />
            <input
                type="search"
                node_ref=node
                aria-label="Filter documents"
                title=titled("Filter documents", Action::FilterDocuments, "/")
                placeholder="Filter by title, source, author"
                autocomplete="off"
                spellcheck="false"
                prop:value=words
                on:input:target=move |event| words.set(event.target().value())
                on:keydown=handler(on_key)
            />
        </div>
    }
}
