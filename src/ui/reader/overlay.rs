//! What floats over the text: the tools, once they are there.

use leptos::prelude::*;

use super::geometry::Geometry;
use crate::ui::layers::Layers;

/// Everything that floats over the text.
#[component]
pub fn Overlay(
    /// Where things belong.
    #[prop(into)]
    geometry: Signal<Geometry>,
) -> impl IntoView {
    let layers = Layers::expect();
    view! {
        <div
            class="overlay"
            data-selected=move || geometry.with(|geometry| geometry.selected).then_some("")
        >
            {layers.panels.view(move |panels| (panels.tools)(geometry))}
        </div>
    }
}
