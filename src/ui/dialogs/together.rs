//! Several documents at once: tags, state and origin, and samples of them. Each is one undo.

use leptos::prelude::*;

use super::frame::Frame;
use crate::{
    app::{
        Command, DocumentDeed, Together, every_nth, in_order, random_sample,
        workspace::{Part, Workspace},
    },
    browser::random,
    format::tags,
    model::{DocumentId, Meta, Status},
    text::order,
    ui::{
        documents::status_name,
        layers::Layers,
        widgets::{handler, live_value},
    },
};

/// Seeds are below this, so that they can be read out and typed.
const SEEDS: u32 = 1_000_000;

/// The dialog.
#[component]
pub(super) fn TogetherDialog(ids: Vec<DocumentId>) -> impl IntoView {
    let layers = Layers::expect();
    let count = ids.len();
    let ids = StoredValue::new(ids);
    let title = if count == 1 { "Change 1 document".to_owned() } else { format!("Change {count} documents") };
    view! {
        <Frame
            title=title
            footer=move || view! {
                <button type="button" on:click=handler(move |_| layers.close())>"Close"</button>
            }
        >
            <p class="soft">"Each of these is one undo."</p>
            <Tags ids />
            <States ids />
            <Origin ids />
            <Sample ids count />
        </Frame>
    }
}

/// Does it to these documents.
fn act(ws: Workspace, chosen: Vec<DocumentId>, deed: DocumentDeed) {
    ws.dispatch(Command::Together(Box::new(Together::Documents { chosen, deed })));
}

#[component]
fn Tags(ids: StoredValue<Vec<DocumentId>>) -> impl IntoView {
    let ws = Workspace::expect();
    let tag = RwSignal::new(String::new());
    let known = Memo::new(move |_| {
        let known = ws.watch(Part::Documents, |session| {
            let all = session.state().documents();
            ids.with_value(|ids| {
                order::set(ids.iter().filter_map(|id| all.get(id)).flat_map(|one| tags(&one.extra)))
            })
        });
        known.unwrap_or_default().into_iter().collect::<Vec<_>>().join(", ")
    });
    let is_empty = move || tag.with(|tag| tag.trim().is_empty());
    let give = move |_| act(ws, ids.get_value(), DocumentDeed::Tag(tag.get_untracked()));
    let take = move |_| act(ws, ids.get_value(), DocumentDeed::Untag(tag.get_untracked()));
    view! {
        <fieldset>
            <legend>"Tags"</legend>
            <p class="soft">{move || known.with(|known| if known.is_empty() { "They have none.".to_owned() } else { format!("They have: {known}") })}</p>
            <div class="group">
                <input type="text" aria-label="Tag" autofocus prop:value=tag on:input:target=move |event| tag.set(event.target().value()) />
                <button type="button" disabled=live_value(is_empty) on:click=handler(give)>"Add the tag"</button>
                <button type="button" disabled=live_value(is_empty) on:click=handler(take)>"Take the tag away"</button>
            </div>
        </fieldset>
    }
}

#[component]
fn States(ids: StoredValue<Vec<DocumentId>>) -> impl IntoView {
    let ws = Workspace::expect();
    let one = move |status: Status| {
        let set = move |_| act(ws, ids.get_value(), DocumentDeed::SetStatus(status));
        view! { <button type="button" on:click=handler(set)>{status_name(status)}</button> }
    };
    view! {
        <fieldset>
            <legend>"State"</legend>
            <div class="group">{Status::ALL.map(one).collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn Origin(ids: StoredValue<Vec<DocumentId>>) -> impl IntoView {
    let ws = Workspace::expect();
    let meta = RwSignal::new(Meta::default());
    let field = move |name: &'static str, part: fn(&mut Meta) -> &mut String| {
        view! {
            <label class="field">
                <span class="name">{name}</span>
                <input type="text" on:input:target=move |event| meta.update(|meta| *part(meta) = event.target().value()) />
            </label>
        }
    };
    let is_empty = move || meta.with(|meta| *meta == Meta::default());
    let set = move |_| act(ws, ids.get_value(), DocumentDeed::Describe(meta.get_untracked()));
    view! {
        <fieldset>
            <legend>"Origin"</legend>
            {field("Source of all", |meta| &mut meta.source)}
            {field("Author of all", |meta| &mut meta.author)}
            {field("Date of all", |meta| &mut meta.published)}
            {field("Address of all", |meta| &mut meta.url)}
            {field("Language of all", |meta| &mut meta.language)}
            <button type="button" disabled=live_value(is_empty) on:click=handler(set)>"Set what is filled in"</button>
        </fieldset>
    }
}

/// A sample gets a tag. It is taken from the order of work, so that the same seed takes the same documents however the
/// list is sorted.
#[component]
fn Sample(ids: StoredValue<Vec<DocumentId>>, count: usize) -> impl IntoView {
    let ws = Workspace::expect();
    let name = RwSignal::new("sample".to_owned());
    let nth = RwSignal::new(false);
    let number = RwSignal::new((count / 10).max(1).to_string());
    let [a, b, c, d, ..] = random::bytes();
    let seed = RwSignal::new((u32::from_le_bytes([a, b, c, d]) % SEEDS).to_string());
    let taken = Memo::new(move |_| {
        let number = number.with(|number| number.trim().parse::<usize>().ok())?;
        let wanted = ids.with_value(|ids| order::set(ids.iter().copied()));
        let ids = ws.read(|session| {
            let ordered = in_order(session.state().documents()).into_iter().map(|one| one.id);
            ordered.filter(|id| wanted.contains(id)).collect::<Vec<_>>()
        })?;
        let sample = if nth.get() {
            every_nth(&ids, number)
        } else {
            random_sample(&ids, number, seed.with(|seed| seed.trim().parse().ok())?)
        };
        (!sample.is_empty()).then_some(sample)
    });
    let words = move || {
        taken.with(|taken| match taken {
            Some(taken) => format!("Tag {} of {count}", taken.len()),
            None => "Tag the sample".to_owned(),
        })
    };
    let is_nothing = move || taken.with(Option::is_none) || name.with(|name| name.trim().is_empty());
    let tag = move |_| {
        if let Some(taken) = taken.get_untracked() {
            act(ws, taken, DocumentDeed::Tag(name.get_untracked()));
        }
    };
    let way = move |value: bool, words: &'static str| {
        view! {
            <label>
                <input type="radio" name="sample-way" prop:checked=live_value(move || nth.get() == value) on:change=handler(move |_| nth.set(value)) />
                {words}
            </label>
        }
    };
    let field = move |words: &'static str, value: RwSignal<String>| {
        view! {
            <label class="field">
                <span class="name">{words}</span>
                <input type="text" inputmode="numeric" prop:value=value on:input:target=move |event| value.set(event.target().value()) />
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>"Split off a sample"</legend>
            <div class="group">{way(false, "So many at random")} {way(true, "Every so-manyth")}</div>
            {field("How many, or every which", number)}
            <div hidden=live_value(move || nth.get())>{field("Seed: the same one takes the same documents", seed)}</div>
            {field("Tag of the sample", name)}
            <button type="button" disabled=live_value(is_nothing) on:click=handler(tag)>{words}</button>
        </fieldset>
    }
}
