//! Removing documents: how many annotations go with them is said before, and it can be undone after.

use leptos::prelude::*;

use super::frame::Frame;
use crate::{
    app::{Session, workspace::Workspace},
    model::DocumentId,
    ui::layers::Layers,
    ui::widgets::handler,
};

/// Asks before documents are removed.
#[component]
pub(super) fn RemoveDocuments(ids: Vec<DocumentId>) -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let (title, loss) =
        ws.read(|session| (title_of(session, &ids), loss_of(session, &ids))).unwrap_or_default();
    let ids = StoredValue::new(ids);
    let remove = move |_| {
        ws.remove_documents(ids.get_value());
        layers.close();
    };
    view! {
        <Frame
            title=title
            footer=move || view! {
                <button type="button" autofocus on:click=handler(move |_| layers.close())>"Keep"</button>
                <button type="button" class="danger" on:click=handler(remove)>"Remove"</button>
            }
        >
            <p>{loss}" Undo brings everything back."</p>
        </Frame>
    }
}

fn title_of(session: &Session, ids: &[DocumentId]) -> String {
    match ids {
        [only] => {
            let document = session.state().documents().get(only);
            format!("Remove “{}”?", document.map_or("this document", |document| document.title.as_str()))
        }
        several => format!("Remove {} documents?", several.len()),
    }
}

fn loss_of(session: &Session, ids: &[DocumentId]) -> String {
    let tallies = ids.iter().map(|id| session.state().tally(*id));
    let (annotations, links) =
        tallies.fold((0, 0), |sum, tally| (sum.0 + tally.annotations, sum.1 + tally.relations));
    match (annotations, links) {
        (0, 0) => "Nothing was marked there.".to_owned(),
        (annotations, links) => format!("Annotations that go with it: {annotations}. Links: {links}."),
    }
}
