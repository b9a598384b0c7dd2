//! An icon beside or instead of a word. It is never the only name of a control: screen readers pass it over.

use leptos::prelude::*;

use super::glyph::{fill, strokes};

/// An icon in the colour of the text around it.
#[component]
pub fn Icon(
    /// Its name, as in `glyph.rs`.
    #[prop(into)]
    name: Signal<&'static str>,
) -> impl IntoView {
    view! {
        <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path class="solid" d=move || fill(name.get()) />
            <path d=move || strokes(name.get()) />
        </svg>
    }
}
