//! The list of the actors: a row each, with what is known of it. Heads of columns put it in order.

use leptos::{ev, prelude::*};

use super::state::{Registry, Side, counted, kind_name};
use crate::{
    app::{ActorOrder, ActorRow},
    browser::scroll,
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
    let on_key = move |event: ev::KeyboardEvent| {
        if let Some(at) = scroll::row_of(&event).filter(|_| event.key() == " ") {
            event.prevent_default();
            event.stop_propagation();
            registry.tick_row(at);
        }
    };
    let is_empty = Signal::derive(move || registry.listed.with(|listed| listed.is_empty()));
    view! {
        <div class="actor-list" on:keydown=handler(on_key)>
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

/// A row stays while what it shows changes, so that the keyboard stays where it is.
#[component]
fn Row(registry: Registry, at: usize) -> impl IntoView {
    let row = Memo::new(move |_| registry.row(at).unwrap_or_default());
    let id = Memo::new(move |_| row.with(|row| row.id));
    let ticked = move || id.get().is_some_and(|id| registry.ticked.with(|ticked| ticked.contains(&id)));
    let is_shown = move || id.get().is_some_and(|id| registry.side.get() == Side::Actor(id));
    let number = move |of: fn(&ActorRow, usize) -> usize, column: usize| {
        let count = Memo::new(move |_| row.with(|row| of(row, column)));
        view! { <span class="number" class:none=move || count.get() == 0>{count}</span> }
    };
    let links = move || {
        let columns = 0..registry.columns.with(Vec::len);
        let link = |row: &ActorRow, column: usize| row.links.get(column).copied().unwrap_or_default();
        columns.map(|column| number(link, column)).collect_view()
    };
    let open = move |_| {
        if let Some(id) = id.get_untracked() {
            registry.show(Side::Actor(id));
        }
    };
    view! {
        <input
            type="checkbox"
            class="tick"
            tabindex="-1"
            aria-label=live_value(move || row.with(|row| format!("Choose {}", row.name)))
            prop:checked=live_value(ticked)
            on:change=handler(move |_| registry.tick_row(at))
        />
        <button
            type="button"
            class="row actor-row"
            aria-label=live_value(move || row.with(|row| said(registry, row)))
            title="Open (Enter), choose (Space)"
            aria-current=live_value(move || is_shown().then_some("true"))
            on:click=handler(open)
        >
            <span class="first"><bdi>{move || row.with(|row| row.name.clone())}</bdi></span>
            <span class="second"><bdi>{move || row.with(|row| row.aliases.clone())}</bdi></span>
            <span class="kind">{move || kind_name(row.with(|row| row.kind))}</span>
            {number(|row, _| row.mentions, 0)}
            {live(links)}
        </button>
    }
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
    if row.id.is_some_and(|id| registry.ticked.with(|ticked| ticked.contains(&id))) {
        said.push_str(", chosen");
    }
    said
}
