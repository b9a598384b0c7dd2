//! The list of the actors: a row each, with what is known of it. Heads of columns put it in order.

use leptos::prelude::*;

use super::state::{Registry, Side, counted, kind_name};
use crate::{
    app::{ActorOrder, ActorRow},
    ui::widgets::{VirtualList, When, handler, live, live_value},
};

/// The height of a row in `rem`.
const ROW: f64 = 3.125;

/// The list.
#[component]
pub fn ActorList(registry: Registry) -> impl IntoView {
    let shown = Memo::new(move |_| {
        let Side::Actor(id) = registry.side.get() else { return None };
        let rows = registry.rows.get();
        registry
            .listed
            .with(|listed| listed.iter().position(|at| rows.get(*at).is_some_and(|row| row.id == Some(id))))
    });
    let narrowed = move || {
        let (words, kind) = (registry.words.get(), registry.kind.get());
        format!("{words} {kind:?} {:?} {}", registry.by.get(), registry.reversed.get())
    };
    let is_empty = Signal::derive(move || registry.listed.with(|listed| listed.is_empty()));
    view! {
        <div class="actor-list">
            <div class="actor-columns" role="group" aria-label="Order by">
                <span></span>
                <Head registry name="Name".to_owned() by=ActorOrder::Name />
                <Head registry name="Kind".to_owned() by=ActorOrder::Kind />
                <Head registry name="Mentions".to_owned() by=ActorOrder::Mentions />
                {live(move || {
                    let columns = registry.columns.get().into_iter().enumerate();
                    columns
                        .map(|(at, column)| view! { <Head registry name=column.title by=ActorOrder::Links(at) /> })
                        .collect_view()
                })}
            </div>
            <VirtualList
                label="Actors"
                count=Signal::derive(move || registry.listed.with(|listed| listed.len()))
                row_height=ROW
                selected=shown
                narrowed_by=Signal::derive(narrowed)
                row=move |at| view! { <Row registry at /> }
            />
            <When holds=is_empty>
                <p class="nothing">{live(move || nothing(registry))}</p>
            </When>
        </div>
    }
}

fn nothing(registry: Registry) -> &'static str {
    if registry.rows.with(|rows| rows.is_empty()) {
        "No actors yet. They come as names are marked in the texts; you can also add them here, or take a table in."
    } else {
        "No actor is called so."
    }
}

#[component]
fn Head(registry: Registry, name: String, by: ActorOrder) -> impl IntoView {
    let is_order = move || registry.by.get() == by;
    let class = if matches!(by, ActorOrder::Name | ActorOrder::Kind) { "words" } else { "number" };
    let sign = move || match (is_order(), registry.reversed.get()) {
        (false, _) => "",
        (true, false) => " ↓",
        (true, true) => " ↑",
    };
    let press = move |_| {
        let again = registry.by.get_untracked() == by;
        registry.reversed.set(again && !registry.reversed.get_untracked());
        registry.by.set(by);
    };
    view! {
        <button
            type="button"
            class=format!("quiet {class}")
            aria-pressed=live_value(move || is_order().to_string())
            on:click=handler(press)
        >
            {name}
            <span aria-hidden="true">{live(sign)}</span>
        </button>
    }
}

#[component]
fn Row(registry: Registry, at: usize) -> impl IntoView {
    let row = Memo::new(move |_| registry.row(at));
    live(move || row.get().map(|row| view! { <Line registry row /> }))
}

#[component]
fn Line(registry: Registry, row: ActorRow) -> impl IntoView {
    let id = row.id?;
    let said = said(registry, &row);
    let ticked = move || registry.ticked.with(|ticked| ticked.contains(&id));
    let is_shown = move || registry.side.get() == Side::Actor(id);
    let number = |count: usize| view! { <span class="number" class:none=count == 0>{count}</span> };
    Some(view! {
        <input
            type="checkbox"
            class="tick"
            tabindex="-1"
            aria-label=format!("Choose {}", row.name)
            prop:checked=live_value(ticked)
            on:change=handler(move |_| registry.tick(id))
        />
        <button
            type="button"
            class="row actor-row"
            aria-label=said
            title="Open (Enter), choose (Space)"
            aria-current=live_value(move || is_shown().then_some("true"))
            on:click=handler(move |_| registry.show(Side::Actor(id)))
        >
            <span class="first"><bdi>{row.name}</bdi></span>
            <span class="second"><bdi>{row.aliases}</bdi></span>
            <span class="kind">{kind_name(row.kind)}</span>
            {number(row.mentions)}
            {row.links.into_iter().map(number).collect_view()}
        </button>
    })
}

/// A row in words.
fn said(registry: Registry, row: &ActorRow) -> String {
    let mut said = format!(
        "{}, {}, {}",
        row.name,
        kind_name(row.kind).to_lowercase(),
        counted(row.mentions, "mention", "mentions")
    );
    registry.columns.with(|columns| {
        for (column, count) in columns.iter().zip(&row.links).filter(|(_, count)| **count != 0) {
            said.push_str(&format!(", {} {count}", column.title.to_lowercase()));
        }
    });
    if registry.ticked.with_untracked(|ticked| row.id.is_some_and(|id| ticked.contains(&id))) {
        said.push_str(", chosen");
    }
    said
}
