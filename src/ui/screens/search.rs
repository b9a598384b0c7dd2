//! Finding in all documents: one box with a small query language, buttons that write it, and the hits in their context.

use leptos::{ev, html, prelude::*};

use super::{
    hit_list::HitList,
    hits::{Hits, Summary},
};
use crate::{
    app::{
        Session, all_tags,
        jobs::Question,
        workspace::{Part, Workspace},
    },
    browser::focus,
    text::order,
    ui::{
        layers::Layers,
        widgets::{Glyph, Icon, handler, live, live_value},
    },
};

/// The most tags that have a button.
const MOST_TAGS: usize = 12;

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
        workspace.track(Part::Documents);
        workspace.watch(Part::Project, offered).unwrap_or_default()
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
        "Enter" if !event.is_composing() => hits.go_to_first(),
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

/// The filters that have a button: labels, what is missing, states, and the tags that most documents have.
fn offered(session: &Session) -> Vec<Offered> {
    let codebook = &session.state().project().codebook;
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
    let mut tags = all_tags(session.state().documents());
    order::sort_by(&mut tags, |(one, few), (other, many)| many.cmp(few).then_with(|| one.cmp(other)));
    let tags = tags.into_iter().take(MOST_TAGS).map(|(tag, _)| {
        let value = tag.replace(['"', '”', '“', '„'], " ");
        let is_one = !value.is_empty() && !value.contains(char::is_whitespace);
        let written = if is_one { format!("tag:{value}") } else { format!("tag:\"{}\"", value.trim()) };
        offer(format!("tag: {tag}"), written)
    });
    labels.chain(missing).chain(fixed).chain(tags).collect()
}

fn chip(filter: Offered, query: RwSignal<String>) -> impl IntoView {
    let Offered { name, written } = filter;
    let sought = written.clone();
    let holds = move || query.with(|query| parts(query).any(|part| part == sought));
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

/// The parts of a query, as they are written; a space within quotation marks parts nothing.
fn parts(query: &str) -> impl Iterator<Item = &str> {
    let mut is_quoted = false;
    let between = move |sign: char| {
        is_quoted ^= matches!(sign, '"' | '“' | '”' | '„');
        !is_quoted && sign.is_whitespace()
    };
    query.split(between).filter(|part| !part.is_empty())
}

/// Writes a part into a query, or takes it out.
fn toggle(query: &mut String, part: &str) {
    let there = parts(query).any(|one| one == part);
    let kept: Vec<&str> = parts(query).filter(|one| *one != part).collect();
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
            {row("status:done  tag:sample  source:post  author:kim  after:2025-12  before:2026", "documents")}
            {row("-label:actor", "a minus turns any of them round")}
        </dl>
    }
}
