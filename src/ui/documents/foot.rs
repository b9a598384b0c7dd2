//! The end of the panel: more documents, and fewer.

use std::sync::Arc;

use leptos::prelude::*;

use super::filter::Listed;
use crate::{
    model::DocumentId,
    ui::{
        layers::{Dialog, Layers},
        widgets::{Glyph, Icon, Several, When, handler, live, live_value},
    },
};

/// Buttons for the whole list. Only a list that a filter has narrowed can be removed at once.
#[component]
pub(super) fn Foot(
    all: Memo<Arc<Vec<Listed>>>,
    rows: Memo<Arc<Vec<DocumentId>>>,
    filtered: Signal<bool>,
    several: Several<DocumentId>,
) -> impl IntoView {
    let layers = Layers::expect();
    let shown = move || rows.with(|rows| rows.len());
    let may_remove = Memo::new(move |_| filtered.get() && 0 < shown() && all.with(|all| 1 < all.len()));
    view! {
        <div class="panel-foot">
            <button type="button" class="quiet" on:click=handler(move |_| layers.open(Dialog::Import))>
                <Icon name=Glyph::Plus />
                "Add documents"
            </button>
            <button
                type="button"
                class="quiet"
                title="Choose several (Space, Shift+↓, Ctrl+A in the list)"
                aria-pressed=live_value(move || several.is_on().to_string())
                on:click=handler(move |_| several.turn())
            >
                "Several"
            </button>
            <When holds=may_remove>
                <button
                    type="button"
                    class="quiet"
                    on:click=handler(move |_| layers.open(Dialog::RemoveDocuments(rows.get_untracked().to_vec())))
                >
                    <Icon name=Glyph::Trash />
                    {live(move || format!("Remove these {}", shown()))}
                </button>
            </When>
        </div>
    }
}
