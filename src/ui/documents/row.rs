//! One document of the list: how far the work on it is, its title, where it comes from and what was found.

use leptos::{ev, prelude::*};

use super::{
    row_tools::RowTools,
    wording::{RowWords, status_name},
};
use crate::{
    app::workspace::{Part, Workspace},
    model::{DocumentId, Status},
    ui::{
        layers::Layers,
        widgets::{Glyph, Icon, Several, When, handler, live, live_value},
    },
};

/// The row: a button that opens the document, and for the open one what else can be done with it.
#[component]
pub(super) fn DocumentRow(
    at: usize,
    document: Signal<Option<DocumentId>>,
    open: Memo<Option<DocumentId>>,
    reached: Signal<bool>,
    several: Several<DocumentId>,
) -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let words = Memo::new(move |_| {
        let id = document.get()?;
        ws.watch(Part::Documents, |session| {
            let state = session.state();
            state.documents().get(&id).map(|document| RowWords::new(document, state.tally(id)))
        })?
    });
    let status =
        Memo::new(move |_| words.with(|words| words.as_ref().map(|words| words.status).unwrap_or_default()));
    let is_open = Memo::new(move |_| document.get().is_some() && open.get() == document.get());
    let title = Memo::new(move |_| words.with(|words| words.as_ref().map(|words| words.title.clone())));
    let ticked = move || document.get().is_some_and(|id| several.holds(id));
    view! {
        <When holds=Signal::derive(move || several.is_on())>
            <input
                type="checkbox"
                class="tick"
                tabindex="-1"
                aria-label=live_value(move || title.get().map(|title| format!("Choose {title}")))
                prop:checked=live_value(ticked)
                on:change=handler(move |_| several.tick(at))
            />
        </When>
        <button
            type="button"
            class="row document-row"
            data-status=live_value(move || status.get().name())
            aria-current=live_value(move || is_open.get().then_some("true"))
            tabindex=live_value(move || if reached.get() { "0" } else { "-1" })
            title=title
            on:pointerenter=handler(move |_| ws.point_at(document.get_untracked()))
            on:pointerleave=handler(move |_| ws.point_at(None))
            on:focus=handler(move |_| ws.point_at(document.get_untracked()))
            on:blur=handler(move |_| ws.point_at(None))
            on:click=handler(move |event: ev::MouseEvent| {
                if several.click(&event, at) {
                    return;
                }
                if let Some(id) = document.get_untracked() {
                    layers.drawer.set(None);
                    ws.open_document(id);
                }
            })
        >
            <span class="status" role="img" aria-label=live_value(move || status_name(status.get()))>
                <Icon name=Signal::derive(move || sign_of(status.get())) />
            </span>
            <span class="first">{title}</span>
            <span class="second">{live(move || words.with(|words| words.as_ref().map(|words| words.second.clone())))}</span>
        </button>
        {live(move || {
            let id = document.get().filter(|_| is_open.get());
            id.map(|id| view! { <RowTools id status /> })
        })}
    }
}

const fn sign_of(status: Status) -> Glyph {
    match status {
        Status::Todo => Glyph::Circle,
        Status::InProgress => Glyph::HalfCircle,
        Status::Done => Glyph::FullCircle,
    }
}
