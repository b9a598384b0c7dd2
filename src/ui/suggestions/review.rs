//! All suggestions of a text in a list, each in its context: those that are ticked are accepted, the others may be refused,
//! all at once.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::state::Suggested;
use crate::{
    model::ActorId,
    text::{Span, nearby, order},
    ui::{
        header::Announcer,
        widgets::{Modal, TickRow, VirtualList, handler, live, live_value},
    },
};

/// The height of a row in `rem`.
const ROW: f64 = 2.4;

/// The most characters shown on either side of a place.
const CONTEXT: usize = 40;

/// A suggestion as a row shows it.
#[derive(Clone)]
struct Row {
    span: Span,
    actor: ActorId,
    name: String,
    before: String,
    words: String,
    after: String,
}

/// The list.
#[component]
pub fn Review(suggested: Suggested) -> impl IntoView {
    let rows = rows(suggested);
    let count = rows.len();
    let ticked = RwSignal::new(order::set(rows.iter().map(|row| row.span)));
    let rows = StoredValue::new(rows);
    let close = move || suggested.reviewing.set(false);
    let accept = move |_| {
        let wanted = ticked.get_untracked();
        let places: Vec<(Span, ActorId)> = rows.with_value(|rows| {
            rows.iter().filter(|row| wanted.contains(&row.span)).map(|row| (row.span, row.actor)).collect()
        });
        close();
        if !places.is_empty() {
            suggested.accept(places);
        }
    };
    let refuse = move |_| {
        let kept = ticked.get_untracked();
        let places: Vec<Span> = rows
            .with_value(|rows| rows.iter().map(|row| row.span).filter(|span| !kept.contains(span)).collect());
        close();
        if !places.is_empty() {
            suggested.refuse(places);
        }
    };
    let chosen = move || ticked.with(BTreeSet::len);
    view! {
        <Modal
            title="Known names in this text"
            class="repeats"
            on_close=move |()| close()
            footer=move || view! {
                <button type="button" on:click=handler(move |_| close())>"Cancel"</button>
                <button type="button" disabled=live_value(move || chosen() == count) on:click=handler(refuse)>
                    {live(move || format!("Refuse {} not ticked", count - chosen()))}
                </button>
                <button type="button" class="primary" autofocus disabled=live_value(move || chosen() == 0) on:click=handler(accept)>
                    {live(move || format!("Accept {}", chosen()))}
                </button>
            }
        >
            <div class="passages" style=("--count", count.to_string())>
                <VirtualList
                    label="Suggestions"
                    count=Signal::derive(move || count)
                    row_height=ROW
                    selected=Signal::derive(|| None)
                    row=move |at| rows.with_value(|rows| rows.get(at).cloned()).map(|row| one(row, ticked))
                />
            </div>
            <Announcer />
        </Modal>
    }
}

fn one(row: Row, ticked: RwSignal<BTreeSet<Span>>) -> impl IntoView {
    let span = row.span;
    let tick = move |tick| {
        ticked.update(|ticked| {
            if tick {
                ticked.insert(span)
            } else {
                ticked.remove(&span)
            };
        });
    };
    view! {
        <TickRow
            title=Some(row.name.clone())
            before=row.before
            words=row.words
            after=row.after
            meant=row.name
            ticked=Signal::derive(move || ticked.with(|ticked| ticked.contains(&span)))
            on_tick=Callback::new(tick)
        />
    }
}

fn rows(suggested: Suggested) -> Vec<Row> {
    let (document, all) = suggested.found.get_untracked();
    let rows = suggested.workspace.read(|session| {
        let open = session.open().filter(|open| Some(open.document) == document)?;
        let row = |one: &crate::suggest::Proposal| {
            let actor = *one.actors.first()?;
            let (start, end) = (one.span.start().to_usize(), one.span.end().to_usize());
            let before = nearby(open.text.get(..start)?.chars().rev(), CONTEXT);
            Some(Row {
                span: one.span,
                actor,
                name: session.state().actors().get(&actor)?.name.clone(),
                before: before.into_iter().rev().collect(),
                words: open.text.slice(one.span)?.to_owned(),
                after: nearby(open.text.get(end..)?.chars(), CONTEXT).into_iter().collect(),
            })
        };
        Some(all.iter().filter_map(row).collect())
    });
    rows.flatten().unwrap_or_default()
}
