//! The place of the guide beside the text; what stands in it comes with the chunk of the screens.

use leptos::prelude::*;

use super::{
    key_hint::titled,
    layers::Layers,
    screens::screens,
    widgets::{Glyph, Icon, Later, When, handler},
};
use crate::app::Action;

/// The guide, while it is wanted.
#[component]
pub fn GuidePanel() -> impl IntoView {
    let layers = Layers::expect();
    let program = Later::new(screens);
    view! {
        <When holds=layers.guide>
            <section class="guide" aria-labelledby="guide-heading">
                <header>
                    <h2 id="guide-heading">"Guide"</h2>
                    <button type="button" class="quiet icon" aria-label="Close the guide" title=titled("Close the guide", Action::Guide, "h") on:click=handler(move |_| layers.guide.set(false))>
                        <Icon name=Glyph::Close />
                    </button>
                </header>
                {program.view(move |entry| (entry.guide)())}
            </section>
        </When>
    }
}
