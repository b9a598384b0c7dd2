//! Five short steps for a newcomer. It stands beside the text and takes no focus, so that each step can be tried
//! while it is read.

use leptos::{ev, prelude::*};

use crate::{
    app::{Action, workspace::Workspace},
    ui::{
        layers::Layers,
        widgets::{Glyph, Icon, handler, live, live_value},
    },
};

const STEPS: [(&str, &str); 5] = [
    (
        "Mark a passage",
        "Drag over some words, as you would with a highlighter. A double click takes a word, a triple click a sentence. With the keyboard: arrow keys, and Shift to extend.",
    ),
    (
        "Say what it is",
        "Press A for an actor, C for a claim, X for a criticism, or use the buttons above the text. Ctrl+Z takes anything back.",
    ),
    (
        "Link it with a digit",
        "After a claim or a criticism the likeliest speakers are numbered. Press the digit of the one who said it; Esc leaves it open.",
    ),
    (
        "Look at the card",
        "Click a mark to see its card: its stance, what it is linked to, which actor is meant, and room for a note.",
    ),
    (
        "Nothing to save, nothing to send",
        "Every step is stored in this browser at once and never leaves your device. Export takes it home, as a dataset or as a backup.",
    ),
];

/// The tour.
#[component]
pub(super) fn Tour() -> impl IntoView {
    let layers = Layers::expect();
    let at = RwSignal::new(0_usize);
    let close = move || layers.dismiss_tour();
    let workspace = Workspace::expect();
    // The one step that names a key which a person may have changed.
    let words = move || match workspace.key(Action::Undo, "Ctrl+z") {
        key if key.is_empty() => STEPS[at.get()].1.replace("Ctrl+Z", "Undo"),
        key => STEPS[at.get()].1.replace("Ctrl+Z", &key),
    };
    let is_last = Memo::new(move |_| at.get() + 1 == STEPS.len());
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.prevent_default();
            event.stop_propagation();
            close();
        }
    };
    view! {
        <aside class="tour" aria-label="Short tour" on:keydown=handler(on_key)>
            <header>
                <h2>{live(move || STEPS[at.get()].0)}</h2>
                <button type="button" class="quiet icon" aria-label="Close the tour" title="Close the tour" on:click=handler(move |_| close())>
                    <Icon name=Glyph::Close />
                </button>
            </header>
            <p aria-live="polite">{live(words)}</p>
            <footer>
                <span class="steps" role="img" aria-label=live_value(move || format!("Step {} of {}", at.get() + 1, STEPS.len()))>
                    {(0..STEPS.len()).map(|step| view! { <i class:now=move || at.get() == step></i> }).collect_view()}
                </span>
                <button type="button" class="quiet" disabled=live_value(move || at.get() == 0) on:click=handler(move |_| at.update(|at| *at -= 1))>
                    "Back"
                </button>
                <button
                    type="button"
                    class="primary"
                    on:click=handler(move |_| if is_last.get_untracked() { close() } else { at.update(|at| *at += 1) })
                >
                    {live(move || if is_last.get() { "Begin" } else { "Next" })}
                </button>
            </footer>
        </aside>
    }
}
