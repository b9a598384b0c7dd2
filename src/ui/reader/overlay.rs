//! What floats over the text: the reading cursor, and the tools once they are there.

use leptos::prelude::*;

use super::geometry::Geometry;
use crate::ui::{
    layers::Layers,
    widgets::{live, px},
};

/// Everything that floats over the text.
#[component]
pub fn Overlay(
    /// Where things belong.
    #[prop(into)]
    geometry: Signal<Geometry>,
) -> impl IntoView {
    let caret = Memo::new(move |_| geometry.with(|geometry| geometry.caret.filter(|_| !geometry.selected)));
    let layers = Layers::expect();
    view! {
        <div
            class="overlay"
            data-selected=move || geometry.with(|geometry| geometry.selected).then_some("")
        >
            {live(move || {
                caret
                    .get()
                    .map(|spot| {
                        view! {
                            <span
                                class="caret"
                                style:left=px(spot.left)
                                style:top=px(spot.top)
                                style:height=px(spot.height)
                            ></span>
                        }
                    })
            })}
            {layers.panels.view(move |panels| (panels.tools)(geometry))}
        </div>
    }
}
