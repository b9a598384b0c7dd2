//! Finding in all documents: one box with a small query language, buttons that write it, and the hits in their context.

use leptos::{ev, html, prelude::*};

use super::hits::{HitList, Hits, Summary};
use crate::{
    app::{
        jobs::Question,
        workspace::{Part, Workspace},
    },
    browser::focus,
    model::Codebook,
    ui::{
        layers::Layers,
        widgets::{Glyph, Icon, handler, live, live_value},
    },
};

/// The screen.
#[component]
pub(super) fn SearchScreen() -> impl IntoView {
    let workspace = Workspace::expect();
    let query = Layers::expect().sought;
    let hits = Hits::new(move |from, most| {
        let query = query.get();
        (!query.trim().is_empty()).then_some(Question::Find { query, from, most })
    });
    let filters = Memo::new(move |_| {
        workspace
            .watch(Part::Project, |session| offered(&session.state().project().codebook))
            .unwrap_or_default()
    });
    let is_empty = Memo::new(move |_| query.with(|query| query.trim().is_empty()));
    let field = NodeRef::<html::Input>::new();
    field.on_load(|field| focus::give_and_select(&field));
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" if !query.with_untracked(String::is_empty) => {
            event.prevent_default();
            event.stop_propagation();
            query.set(String::new());
        }
        "ArrowDown" => {
            event.prevent_default();
            focus::give_to(".screen .rows :is(button, a)");
        }
        "Enter" if !event.is_composing() => {
            if let Some(hit) = untrack(|| hits.hit(0)) {
                workspace.go_to(hit.document, hit.annotation, (hit.start, hit.end));
            }
        }
        _ => {}
    };
    view! {
        <div class="search" role="search">
            <div class="filter">
                <Icon name=Glyph::Search />
                <input
                    type="search"
                    node_ref=field
                    aria-label="Search all documents"
                    aria-describedby="search-said"
                    placeholder="Words, “a phrase”, label:claim, actor:name …"
                    autocomplete="off"
                    spellcheck="false"
                    prop:value=query
                    on:input:target=move |event| query.set(event.target().value())
                    on:keydown=handler(on_key)
                />
            </div>
            <div class="chips">
                {live(move || filters.get().into_iter().map(|filter| chip(filter, query)).collect_view())}
            </div>
            <p class="said-found" id="search-said" role="status">
                {live(move || summed_up(&hits.summary(), is_empty.get()))}
            </p>
        </div>
        {live(move || match is_empty.get() {
            true => view! { <Grammar /> }.into_any(),
            false => view! { <HitList label="Found" hits /> }.into_any(),
        })}
    }
}

/// A filter with a button: what it is called and what it writes into the query.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Offered {
    name: String,
    written: String,
}

/// The filters that have a button: labels, what is missing, states.
fn offered(codebook: &Codebook) -> Vec<Offered> {
    let offer = |name: String, written: String| Offered { name, written };
    let labels =
        codebook.labels.iter().map(|label| offer(label.name.clone(), format!("label:{}", label.key)));
    let missing = codebook.relations.iter().filter(|relation| relation.offered);
    let missing = missing
        .map(|relation| offer(format!("not “{}” anybody", relation.name), format!("{}:none", relation.key)));
    let fixed = [
        ("no actor", "actor:none"),
        ("with a note", "note:any"),
        ("to do", "status:todo"),
        ("in progress", "status:in_progress"),
        ("done", "status:done"),
    ];
    let fixed = fixed.map(|(name, written)| offer(name.to_owned(), written.to_owned()));
    labels.chain(missing).chain(fixed).collect()
}

fn chip(filter: Offered, query: RwSignal<String>) -> impl IntoView {
    let Offered { name, written } = filter;
    let sought = written.clone();
    let holds = move || query.with(|query| query.split_whitespace().any(|part| part == sought));
    view! {
        <button
            type="button"
            title=written.clone()
            aria-pressed=live_value(move || holds().to_string())
            on:click=handler(move |_| query.update(|query| toggle(query, &written)))
        >
            {name}
        </button>
    }
}

/// Writes a part into a query, or takes it out.
fn toggle(query: &mut String, part: &str) {
    let there = query.split_whitespace().any(|one| one == part);
    let kept: Vec<&str> = query.split_whitespace().filter(|one| *one != part).collect();
    let mut new = kept.join(" ");
    if !there {
        if !new.is_empty() {
            new.push(' ');
        }
        new.push_str(part);
    }
    *query = new;
}

fn summed_up(summary: &Summary, is_empty: bool) -> String {
    if let Some(problem) = &summary.problem {
        return problem.clone();
    }
    if is_empty {
        return String::new();
    }
    let (read, of) = summary.read;
    let so_far =
        if read < of { format!(" so far; {read} of {of} documents are read") } else { String::new() };
    match (summary.total, summary.documents) {
        (0, _) if summary.is_waiting => "Searching…".to_owned(),
        (0, _) => format!("Nothing found{so_far}"),
        (1, _) => format!("1 hit{so_far}"),
        (hits, 1) => format!("{hits} hits in 1 document{so_far}"),
        (hits, documents) => format!("{hits} hits in {documents} documents{so_far}"),
    }
}

/// What can be written into the box.
#[component]
fn Grammar() -> impl IntoView {
    let row = |written: &'static str, meaning: &'static str| {
        view! {
            <dt><code>{written}</code></dt>
            <dd>{meaning}</dd>
        }
    };
    view! {
        <dl class="grammar">
            {row("tram", "words that begin so, whatever their capitals and accents")}
            {row("\u{201c}old harbour\u{201d}", "these whole words, one after the other")}
            {row("label:claim", "annotations of a label; with words: those that hold them")}
            {row("actor:holt", "annotations of an actor, by any of its names")}
            {row("made_by:holt  made_by:none", "what somebody has made; what nobody has")}
            {row("stance:oppose", "a value of an attribute, also none or any")}
            {row("note:unsure  by:anna", "words in the note; who annotated")}
            {row("status:done  source:post  author:kim  after:2025-12  before:2026", "documents")}
            {row("-label:actor", "a minus turns any of them round")}
        </dl>
    }
}
