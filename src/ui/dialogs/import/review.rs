//! A look at what files of other tools hold, before anything is stored: what they are, in what their offsets count,
//! and what becomes of their labels.

use leptos::prelude::*;

use super::{columns::Columns, report::Line};
use crate::{
    app::{
        Session,
        workspace::{Chosen, Foreign, Review, Surveyed, Workspace},
    },
    ui::widgets::{handler, live_value},
};

/// Findings that are drawn of each set.
const DRAWN: usize = 20;

/// The value of a choice that leaves a word out; no key is empty.
const LEFT_OUT: &str = "";

/// The sets, each with its choices.
#[component]
pub(super) fn ReviewView(review: Review) -> impl IntoView {
    let ws = Workspace::expect();
    let labels = ws.read(labels_of).unwrap_or_default();
    let relations = ws.read(relations_of).unwrap_or_default();
    let chosen = RwSignal::new(review.sets.iter().map(proposed).collect::<Vec<_>>());
    let sets = review.sets.iter().enumerate().map(|(at, set)| {
        view! { <SetView at set=set.clone() chosen labels=labels.clone() relations=relations.clone() /> }
    });
    let sets = sets.collect_view();
    let review = StoredValue::new_local(review);
    let import = move |_| review.with_value(|review| review.choose(chosen.get_untracked()));
    view! {
        {sets}
        <p class="review-buttons">
            <button type="button" class="primary" autofocus on:click=handler(import)>"Import these"</button>
            <button type="button" on:click=handler(move |_| ws.cancel_running())>"Bring nothing in"</button>
        </p>
    }
}

#[component]
fn SetView(
    /// Which set it is.
    at: usize,
    /// What it holds.
    set: Surveyed,
    /// What is chosen for all sets.
    chosen: RwSignal<Vec<Chosen>>,
    /// The codebook's labels, keys with names.
    labels: Vec<(String, String)>,
    /// The codebook's relation types, keys with names.
    relations: Vec<(String, String)>,
) -> impl IntoView {
    let counted = move |event: &str| {
        let counting = event.parse().unwrap_or_default();
        chosen.update(|chosen| {
            if let Some(chosen) = chosen.get_mut(at) {
                chosen.counting = counting;
            }
        });
    };
    let countings = (set.countings.len() > 1).then(|| {
        let options = set.countings.into_iter().enumerate().map(|(number, words)| {
            let is_it = number == set.counting;
            view! { <option value=number selected=is_it>{words}</option> }
        });
        view! {
            <label class="line">
                "Offsets are"
                <select on:change:target=move |event| counted(&event.target().value())>{options.collect_view()}</select>
            </label>
            <p class="soft">{set.evidence}</p>
        }
    });
    let of_labels = move |chosen: &mut Chosen| std::mem::take(&mut chosen.labels);
    let set_labels = move |chosen: &mut Chosen, keys| chosen.labels = keys;
    let of_relations = move |chosen: &mut Chosen| std::mem::take(&mut chosen.relations);
    let set_relations = move |chosen: &mut Chosen, keys| chosen.relations = keys;
    let pick = move |take: fn(&mut Chosen) -> Vec<Option<String>>,
                     put: fn(&mut Chosen, Vec<Option<String>>)| {
        move |row: usize, key: Option<String>| {
            chosen.update(|chosen| {
                if let Some(chosen) = chosen.get_mut(at) {
                    let mut keys = take(chosen);
                    if let Some(place) = keys.get_mut(row) {
                        *place = key;
                    }
                    put(chosen, keys);
                }
            });
        }
    };
    let columns = set.columns;
    let picked = move |roles: Vec<String>| {
        chosen.update(|chosen| {
            if let Some(chosen) = chosen.get_mut(at) {
                chosen.columns = roles;
            }
        });
    };
    let more = set.more_findings + set.findings.len().saturating_sub(DRAWN);
    let findings = set.findings.into_iter().take(DRAWN).map(|finding| view! { <Line finding /> });
    let findings = findings.collect_view();
    view! {
        <section class="review">
            <p class="summary">{set.line}</p>
            {(!columns.is_empty()).then(|| view! { <Columns columns on_pick=picked /> })}
            {countings}
            {(!set.labels.is_empty()).then(|| view! {
                <Words heading="Labels" words=set.labels known=labels on_pick=pick(of_labels, set_labels) />
            })}
            {(!set.relations.is_empty()).then(|| view! {
                <Words heading="Links" words=set.relations known=relations on_pick=pick(of_relations, set_relations) />
            })}
            <ul class="findings" aria-label="Findings">{findings}</ul>
            {(more > 0).then(|| view! { <p class="soft">{format!("and {more} more")}</p> })}
        </section>
    }
}

/// The words of a set with what becomes of each.
#[component]
fn Words(
    /// What they are.
    heading: &'static str,
    /// The words.
    words: Vec<Foreign>,
    /// What they can become.
    known: Vec<(String, String)>,
    /// Says what the word of a row becomes.
    on_pick: impl Fn(usize, Option<String>) + Copy + 'static,
) -> impl IntoView {
    let rows = words.into_iter().enumerate().map(|(row, word)| {
        let proposed = word.proposed.clone().unwrap_or_else(|| word.name.clone());
        let chosen = RwSignal::new(proposed);
        let options = known.iter().filter(|(key, _)| *key != word.name).map(|(key, name)| {
            let value = key.clone();
            view! { <option value=key.clone() selected=live_value(move || chosen.get() == value)>{name.clone()}</option> }
        });
        let options = options.collect_view();
        let is_known = known.iter().any(|(key, _)| *key == word.name);
        let same = if is_known { "the same" } else { "a new one of this name" };
        let name = word.name.clone();
        view! {
            <li>
                <label class="line">
                    <span><b>{word.name.clone()}</b> " " <span class="count">{word.count}</span></span>
                    <select on:change:target=move |event| {
                        let value = event.target().value();
                        chosen.set(value.clone());
                        on_pick(row, (value != LEFT_OUT).then_some(value));
                    }>
                        <option value=name.clone() selected=live_value(move || chosen.get() == name)>{same}</option>
                        {options}
                        <option value=LEFT_OUT>"leave out"</option>
                    </select>
                </label>
            </li>
        }
    });
    view! {
        <h3>{heading}</h3>
        <ul class="words">{rows.collect_view()}</ul>
    }
}

/// What is chosen before the person changes anything.
fn proposed(set: &Surveyed) -> Chosen {
    let keys = |words: &[Foreign]| {
        words.iter().map(|word| Some(word.proposed.clone().unwrap_or_else(|| word.name.clone()))).collect()
    };
    Chosen {
        labels: keys(&set.labels),
        relations: keys(&set.relations),
        counting: set.counting,
        columns: set.columns.iter().map(|column| column.role.clone()).collect(),
    }
}

fn labels_of(session: &Session) -> Vec<(String, String)> {
    let labels = &session.state().project().codebook.labels;
    labels.iter().map(|label| (label.key.to_string(), label.name.clone())).collect()
}

fn relations_of(session: &Session) -> Vec<(String, String)> {
    let relations = &session.state().project().codebook.relations;
    relations.iter().map(|kind| (kind.key.to_string(), kind.name.clone())).collect()
}
