//! An icon beside or instead of a word. It is never the only name of a control: screen readers pass it over.

use leptos::prelude::*;

use super::{Glyph, live_value};

/// An icon in the colour of the text around it.
#[component]
pub fn Icon(
    /// What it shows.
    #[prop(into)]
    name: Signal<Glyph>,
) -> impl IntoView {
    view! {
        <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path class="solid" d=live_value(move || name.get().fill()) />
            <path d=live_value(move || name.get().strokes()) />
        </svg>
    }
}
