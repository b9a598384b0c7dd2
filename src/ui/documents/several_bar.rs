//! What can be done with the documents that are chosen together.

use leptos::{ev, prelude::*};

use crate::{
    model::DocumentId,
    ui::{
        layers::{Dialog, Layers},
        widgets::{Several, handler, live, live_value},
    },
};

/// The bar.
#[component]
pub(super) fn SeveralBar(several: Several<DocumentId>) -> impl IntoView {
    let layers = Layers::expect();
    let count = Memo::new(move |_| several.chosen.with(Vec::len));
    let said = move || match count.get() {
        0 => "None chosen: Space, Shift+↓ or Ctrl+A in the list".to_owned(),
        count => format!("{count} chosen"),
    };
    view! {
        <div class="several-bar" role="group" aria-label="Chosen documents">
            <div class="group">
                <span role="status">{live(said)}</span>
                <button type="button" on:click=handler(move |_| several.all())>
                    {live(move || format!("All {} shown", several.shown.with(Vec::len)))}
                </button>
                <button
                    type="button"
                    class="primary"
                    disabled=live_value(move || count.get() == 0)
                    on:click=handler(move |_| change(several, layers))
                >
                    "Change …"
                </button>
                <button type="button" class="quiet" on:click=handler(move |_| several.clear())>"Leave"</button>
            </div>
        </div>
    }
}

fn change(several: Several<DocumentId>, layers: Layers) {
    layers.open(Dialog::Together(several.chosen.get_untracked()));
}

/// Takes a key press on the list before the list does.
pub(super) fn on_key(several: Several<DocumentId>, layers: Layers, event: &ev::KeyboardEvent) {
    let taken = several.press(event)
        || several.has_any() && {
            match event.key().as_str() {
                "Enter" => change(several, layers),
                "Delete" => layers.open(Dialog::RemoveDocuments(several.chosen.get_untracked())),
                _ => return,
            }
            true
        };
    if taken {
        event.prevent_default();
        event.stop_propagation();
    }
}
