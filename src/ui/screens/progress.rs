//! How far the work is: documents by state, annotations by label and day, what is open by the rules of the codebook, and
//! every document with what lies on it and how long it took.

use leptos::prelude::*;

use super::{hit_list::HitList, hits::Hits, ledger::Ledger};
use crate::{
    app::{
        jobs::{Question, Reply},
        workspace::{Part, Workspace},
    },
    browser::wait,
    model::{Key, Status},
    search::Figures,
    ui::{
        colour,
        widgets::{handler, live, live_value},
    },
};

/// How many days are shown.
const DAYS: usize = 14;

/// The screen.
#[component]
pub(super) fn ProgressScreen() -> impl IntoView {
    let workspace = Workspace::expect();
    let figures = RwSignal::new(None::<Result<Figures, String>>);
    let rule = RwSignal::new(None::<String>);
    Effect::new(move |_| {
        workspace.track(Part::Documents);
        workspace.track(Part::Project);
        wait::spawn(async move {
            let told = workspace.consult(&Question::Figures).await;
            let told = told.map(|told| match told.reply {
                Reply::Figures(figures) => *figures,
                _ => Figures::default(),
            });
            // The screen may have been left meanwhile.
            let _shown = figures.try_set(Some(told));
        });
    });
    let open =
        Hits::new(move |from, most| rule.get().map(|rule| Question::Open { rule: Some(rule), from, most }));
    view! {
        <div class="progress">
            <div class="figures">
                <Documents figures />
                {live(move || match figures.get() {
                    None => view! { <p class="hint" role="status">"Counting…"</p> }.into_any(),
                    Some(Err(problem)) => view! { <p class="hint" role="alert">{problem}</p> }.into_any(),
                    Some(Ok(figures)) => view! { <Counted figures rule /> }.into_any(),
                })}
            </div>
            <section class="listed" aria-labelledby="listed-heading">
                {live(move || match rule.get() {
                    None => view! {
                        <h2 id="listed-heading">"Documents"</h2>
                        <Ledger />
                    }
                    .into_any(),
                    Some(words) => view! {
                        <div class="listed-head">
                            <h2 id="listed-heading">{format!("Open: {words}")}</h2>
                            <button type="button" class="quiet" on:click=handler(move |_| rule.set(None))>"Show the documents"</button>
                        </div>
                        <HitList label="Open" hits=open />
                    }
                    .into_any(),
                })}
            </section>
        </div>
    }
}

/// How many documents are in which state.
#[component]
fn Documents(figures: RwSignal<Option<Result<Figures, String>>>) -> impl IntoView {
    let workspace = Workspace::expect();
    let counts = Memo::new(move |_| {
        workspace
            .watch(Part::Documents, |session| {
                let documents = session.state().documents();
                Status::ALL.map(|status| documents.values().filter(|one| one.status == status).count())
            })
            .unwrap_or_default()
    });
    let share = move |at: usize| {
        let counts = counts.get();
        let (count, all) = (counts.get(at).copied().unwrap_or(0), counts.iter().sum::<usize>().max(1));
        format!("{}%", count * 100 / all)
    };
    view! {
        <section aria-labelledby="states-heading">
            <h2 id="states-heading">"Documents"</h2>
            <div class="states" aria-hidden="true">
                <span class="done" style:width=move || share(2)></span>
                <span class="in-progress" style:width=move || share(1)></span>
            </div>
            <p>
                {live(move || {
                    let [todo, in_progress, done] = counts.get();
                    format!("{done} done, {in_progress} in progress, {todo} to do")
                })}
            </p>
            <p class="soft">
                {live(move || {
                    let nothing = figures.with(|figures| match figures {
                        Some(Ok(figures)) => figures.nothing_found,
                        _ => 0,
                    });
                    (0 < nothing).then(|| format!("In {nothing} of those that are done nothing was found."))
                })}
            </p>
        </section>
    }
}

/// What the index has counted.
#[component]
fn Counted(figures: Figures, rule: RwSignal<Option<String>>) -> impl IntoView {
    let workspace = Workspace::expect();
    let Figures { labels, links, days, open, .. } = figures;
    let named = |key: &str, is_link: bool| {
        workspace.read(|session| {
            let codebook = &session.state().project().codebook;
            let name = match is_link {
                true => codebook.relation(key).map(|relation| relation.name.clone()),
                false => codebook.label(key).map(|label| label.name.clone()),
            };
            let shade = if is_link { String::new() } else { colour::of_label(codebook, &Key::from(key)).0 };
            (name.unwrap_or_else(|| key.to_owned()), shade)
        })
    };
    let bars = |counted: Vec<(String, usize)>, is_link: bool| {
        let most = counted.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
        let bar = |(key, count): (String, usize)| {
            let (name, shade) = named(&key, is_link).unwrap_or_default();
            bar(name, count, most, shade)
        };
        counted.into_iter().map(bar).collect_view()
    };
    let is_empty = labels.is_empty();
    let is_settled = open.is_empty();
    let open_row = move |(words, count): (String, usize)| {
        let (pressed, wanted) = (words.clone(), words.clone());
        view! {
            <button
                type="button"
                class="quiet"
                aria-pressed=live_value(move || rule.with(|rule| rule.as_ref() == Some(&pressed)).to_string())
                on:click=handler(move |_| {
                    let wanted = wanted.clone();
                    rule.update(|rule| *rule = if rule.as_ref() == Some(&wanted) { None } else { Some(wanted) });
                })
            >
                <span>{words}</span>
                " "
                <span class="count">{count}</span>
            </button>
        }
    };
    view! {
        <section aria-labelledby="open-heading">
            <h2 id="open-heading">"What is open"</h2>
            {(is_settled).then(|| view! { <p class="soft">"Nothing: all is as the codebook asks."</p> })}
            <div class="open-rules">{open.into_iter().map(open_row).collect_view()}</div>
        </section>
        <section aria-labelledby="labels-heading">
            <h2 id="labels-heading">"Annotations and links"</h2>
            {is_empty.then(|| view! { <p class="soft">"None yet."</p> })}
            <dl class="bars">{bars(labels, false)}{bars(links, true)}</dl>
        </section>
        <section aria-labelledby="days-heading">
            <h2 id="days-heading">"By day"</h2>
            <dl class="bars">{by_day(days)}</dl>
        </section>
    }
}

fn bar(name: String, count: usize, most: usize, shade: String) -> impl IntoView {
    view! {
        <dt>{name}</dt>
        <dd>
            <span class="bar" style=("--swatch", shade) style:width=format!("{}%", (count * 100 / most).max(1))></span>
            <span class="count">{count}</span>
        </dd>
    }
}

/// The last days on which anything was annotated.
fn by_day(days: Vec<(String, String, usize)>) -> impl IntoView {
    let mut totals: Vec<(String, usize)> = Vec::new();
    for (day, _, count) in days {
        match totals.last_mut() {
            Some((last, total)) if *last == day => *total += count,
            _ => totals.push((day, count)),
        }
    }
    let shown = totals.split_off(totals.len().saturating_sub(DAYS));
    let most = shown.iter().map(|(_, count)| *count).max().unwrap_or(1);
    shown.into_iter().rev().map(|(day, count)| bar(day, count, most, String::new())).collect_view()
}
