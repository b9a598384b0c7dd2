//! One actor: what is said of it, what can be done with it, and all its passages.

use leptos::prelude::*;

use super::{
    fields::Fields,
    passages::Passages,
    state::{Asked, Registry, counted},
};
use crate::{
    model::ActorId,
    ui::widgets::{Glyph, Icon, handler, live},
};

/// The panel.
#[component]
pub fn ActorPanel(registry: Registry, id: ActorId) -> impl IntoView {
    let name = Memo::new(move |_| registry.name(id));
    let is_there = Memo::new(move |_| registry.entry(id).is_some());
    live(move || is_there.get().then(|| view! { <Panel registry id name /> }))
}

#[component]
fn Panel(registry: Registry, id: ActorId, name: Memo<String>) -> impl IntoView {
    view! {
        <section class="registry-side" aria-labelledby="actor-name">
            <header class="side-head">
                <div>
                    <h2 id="actor-name"><bdi>{name}</bdi></h2>
                    <p class="soft">{live(move || known(registry, id))}</p>
                </div>
                <div class="group">
                    <button
                        type="button"
                        data-first
                        title="Merge with other actors (m)"
                        on:click=handler(move |_| registry.asked.set(Some(Asked::Merge(vec![id]))))
                    >
                        "Merge"
                    </button>
                    <button
                        type="button"
                        title="Delete this actor (Delete)"
                        on:click=handler(move |_| registry.asked.set(Some(Asked::Delete(vec![id]))))
                    >
                        "Delete"
                    </button>
                    <button
                        type="button"
                        class="quiet icon"
                        aria-label="Close"
                        title="Close (Esc)"
                        on:click=handler(move |_| registry.close_side())
                    >
                        <Icon name=Glyph::Close />
                    </button>
                </div>
            </header>
            <Fields registry id />
            <Passages registry id />
        </section>
    }
}

/// What is known of an actor, in a line.
fn known(registry: Registry, id: ActorId) -> String {
    let columns = registry.columns.get();
    registry.figures.with(|figures| {
        let Some(figures) = figures else { return "Counting…".to_owned() };
        let Some(known) = figures.get(&id) else { return "No passage yet".to_owned() };
        let mut parts = vec![format!(
            "{} in {}",
            counted(known.mentions, "mention", "mentions"),
            counted(known.documents, "document", "documents")
        )];
        for column in &columns {
            let count = known.linked(&column.kind, &column.from);
            if 0 < count {
                parts.push(format!("{} {count}", column.title.to_lowercase()));
            }
        }
        parts.join(" · ")
    })
}
