//! Above the list: what is looked for, which kinds are shown, and what can be done.

use leptos::{ev, html, prelude::*};

use super::{
    state::{Asked, Registry, Side, counted, kind_name},
    table,
};
use crate::{
    browser::focus,
    model::ActorKind,
    ui::widgets::{Glyph, Icon, When, handler, live, live_value},
};

/// The tools.
#[component]
pub fn Toolbar(registry: Registry) -> impl IntoView {
    let words = registry.words;
    let field = NodeRef::<html::Input>::new();
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" if !words.with_untracked(String::is_empty) => {
            event.prevent_default();
            event.stop_propagation();
            words.set(String::new());
        }
        "ArrowDown" => {
            event.prevent_default();
            focus::give_to(".actor-list .row");
        }
        _ => {}
    };
    let status = move || {
        let (listed, all) = (registry.listed.with(|rows| rows.len()), registry.rows.with(|rows| rows.len()));
        let counting = if registry.figures.with(Option::is_none) && 0 < all { " · counting…" } else { "" };
        if listed == all {
            format!("{}{counting}", counted(all, "actor", "actors"))
        } else {
            format!("{listed} of {}{counting}", counted(all, "actor", "actors"))
        }
    };
    view! {
        <div class="registry-tools">
            <div class="filter" role="search">
                <Icon name=Glyph::Search />
                <input
                    type="search"
                    node_ref=field
                    aria-label="Find an actor"
                    placeholder="Find by any name"
                    title="Find an actor (/)"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=words
                    on:input:target=move |event| words.set(event.target().value())
                    on:keydown=handler(on_key)
                />
            </div>
            <div class="group" role="group" aria-label="Registry">
                <Tool registry name="New actor" title="Add an actor (n)" side=Side::New glyph=Glyph::Plus />
                <Tool registry name="Perhaps the same" title="Actors that may be the same (u)" side=Side::Duplicates glyph=Glyph::Copy />
                <table::Buttons registry />
            </div>
            <div class="chips" role="group" aria-label="Show">
                <Kind registry kind=None />
                {ActorKind::ALL.map(|kind| view! { <Kind registry kind=Some(kind) /> }).collect_view()}
            </div>
            <p class="soft count-line" role="status">{live(status)}</p>
        </div>
        <When holds=Signal::derive(move || registry.ticked.with(|ticked| !ticked.is_empty()))>
            <Chosen registry />
        </When>
    }
}

#[component]
fn Tool(
    registry: Registry,
    name: &'static str,
    title: &'static str,
    side: Side,
    glyph: Glyph,
) -> impl IntoView {
    view! {
        <button
            type="button"
            title=title
            aria-pressed=live_value(move || (registry.side.get() == side).to_string())
            on:click=handler(move |_| registry.show(side))
        >
            <Icon name=glyph />
            {name}
        </button>
    }
}

#[component]
fn Kind(registry: Registry, kind: Option<ActorKind>) -> impl IntoView {
    let count = Memo::new(move |_| {
        registry.rows.with(|rows| rows.iter().filter(|row| kind.is_none_or(|kind| row.kind == kind)).count())
    });
    view! {
        <button
            type="button"
            aria-pressed=live_value(move || (registry.kind.get() == kind).to_string())
            on:click=handler(move |_| registry.kind.set(kind))
        >
            {kind.map_or("All", kind_name)}
            " "
            <span class="count">{count}</span>
        </button>
    }
}

/// What can be done with those that are ticked.
#[component]
fn Chosen(registry: Registry) -> impl IntoView {
    let count = move || registry.ticked.with(|ticked| ticked.len());
    view! {
        <div class="chosen-bar" role="group" aria-label="Chosen actors">
            <span>{live(move || format!("{} chosen", count()))}</span>
            <button type="button" title="Merge into one (m)" on:click=handler(move |_| registry.asked.set(Some(Asked::Merge(registry.chosen()))))>
                "Merge"
            </button>
            <button type="button" title="Delete (Delete)" on:click=handler(move |_| registry.asked.set(Some(Asked::Delete(registry.chosen()))))>
                "Delete"
            </button>
            <button type="button" class="quiet" on:click=handler(move |_| registry.ticked.update(|ticked| ticked.clear()))>
                "Choose none"
            </button>
        </div>
    }
}
