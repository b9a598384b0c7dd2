//! The line above the text: where the article comes from, as far as that is known.

use leptos::prelude::*;

use crate::{
    app::workspace::{Part, Workspace},
    ui::layers::{Dialog, Layers},
    ui::widgets::{handler, live},
};

/// Source, author and date, and a button to fill them in.
#[component]
pub fn Byline() -> impl IntoView {
    let workspace = Workspace::expect();
    let layers = Layers::expect();
    let known = Memo::new(move |_| {
        workspace.track(Part::Documents);
        let known = workspace.watch(Part::Focus, |session| {
            let document = session.state().documents().get(&session.open()?.document)?;
            let meta = &document.meta;
            let parts = [&meta.source, &meta.author, &meta.published];
            let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).cloned().collect();
            Some((document.id, parts))
        });
        known.flatten()
    });
    live(move || {
        known.get().map(|(id, parts)| {
            let words = if parts.is_empty() { "Add source, author, date" } else { "Edit" };
            view! {
                <div class="byline">
                    {parts.into_iter().map(|part| view! { <span>{part}</span> }).collect_view()}
                    <button
                        class="quiet"
                        aria-label="About this document"
                        on:click=handler(move |_| layers.open(Dialog::DocumentInfo(id)))
                    >
                        {words}
                    </button>
                </div>
            }
        })
    })
}
