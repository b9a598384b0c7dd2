//! What can be done with the open document from its row.

use leptos::prelude::*;

use super::wording::{next, status_name};
use crate::{
    app::{Command, workspace::Workspace},
    model::{DocumentId, Status},
    ui::{
        layers::{Dialog, Layers},
        widgets::{Glyph, Icon, handler},
    },
};

/// The buttons at the end of the row.
#[component]
pub(super) fn RowTools(id: DocumentId, status: Memo<Status>) -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let turn = move || format!("Set to “{}”", status_name(next(status.get())));
    view! {
        <div class="row-tools">
            <button
                type="button"
                class="quiet icon"
                aria-label=turn
                title=turn
                on:click=handler(move |_| {
                    ws.dispatch(Command::SetStatus { document: id, status: next(status.get_untracked()) });
                })
            >
                <Icon name=Glyph::Check />
            </button>
            <button
                type="button"
                class="quiet icon"
                aria-label="Title and origin"
                title="Title and origin"
                on:click=handler(move |_| layers.open(Dialog::DocumentInfo(id)))
            >
                <Icon name=Glyph::Info />
            </button>
            <button
                type="button"
                class="quiet icon"
                aria-label="Remove document"
                title="Remove document"
                on:click=handler(move |_| layers.open(Dialog::RemoveDocuments(vec![id])))
            >
                <Icon name=Glyph::Trash />
            </button>
        </div>
    }
}
