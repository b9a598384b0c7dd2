//! Tagging all the same: the other places of an annotation's words, each in its context, to be ticked and labelled at
//! once. What is written just so is ticked already; pronouns, other capitals, accents and endings are for the person
//! to tick.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::frame::Frame;
use crate::{
    app::{Command, Refusal, Repeat, Session, workspace::Workspace},
    model::AnnotationId,
    text::{Form, Span, order},
    ui::{
        layers::{Dialog, Layers},
        widgets::{VirtualList, handler, live, live_value},
    },
};

/// The height of a row in `rem`.
const ROW: f64 = 2.4;

/// The most characters shown on either side of a place.
const CONTEXT: usize = 40;

/// A place as a row shows it.
#[derive(Clone, PartialEq)]
struct Row {
    span: Span,
    form: Form,
    sure: bool,
    before: String,
    words: String,
    after: String,
}

/// Lists the other places of the chosen annotation's words; says so where there are none.
pub(super) fn list(workspace: Workspace, layers: Layers) {
    let like = workspace.read(|session| {
        let chosen = session.chosen().ok_or(Refusal::NothingChosen)?.id;
        session.repeats(chosen).map(|found| (chosen, found.is_empty()))
    });
    match like {
        Some(Ok((like, false))) => layers.open(Dialog::Repeats(like)),
        Some(Ok((_, true))) => workspace.say("These words stand nowhere else in this text"),
        Some(Err(refusal)) => workspace.refuse(&refusal),
        None => {}
    }
}

/// The list of places to review.
#[component]
pub(super) fn Repeats(
    /// The annotation whose words they are.
    like: AnnotationId,
) -> impl IntoView {
    let workspace = Workspace::expect();
    let layers = Layers::expect();
    let (words, rows, taken) = workspace.read(|session| places(session, like)).flatten().unwrap_or_default();
    let sure = |row: &&Row| row.sure;
    let ticked = RwSignal::new(order::set(rows.iter().filter(sure).map(|row| row.span)));
    let forms: Vec<(Form, Vec<Span>)> = Form::ALL
        .into_iter()
        .map(|form| {
            (form, rows.iter().filter(|row| row.form == form).map(|row| row.span).collect::<Vec<_>>())
        })
        .filter(|(_, spans)| !spans.is_empty())
        .collect();
    let count = rows.len();
    let rows = StoredValue::new(rows);
    let label = move |_| {
        let places: Vec<Span> = ticked.get_untracked().into_iter().collect();
        if places.is_empty() {
            return;
        }
        layers.close();
        workspace.dispatch(Command::Repeat { like, places });
    };
    let group = move |(form, spans): (Form, Vec<Span>)| {
        let name = format!("{} ({})", named(form), spans.len());
        let all = StoredValue::new(spans);
        let holds =
            move || ticked.with(|ticked| all.with_value(|all| all.iter().all(|span| ticked.contains(span))));
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=live_value(holds)
                    on:change=handler(move |_| {
                        let tick = !untrack(holds);
                        ticked.update(|ticked| all.with_value(|all| all.iter().for_each(|span| set(ticked, *span, tick))));
                    })
                />
                {name}
            </label>
        }
    };
    view! {
        <Frame
            title=format!("Label all “{words}”")
            class="repeats"
            footer=move || view! {
                <button type="button" on:click=handler(move |_| layers.close())>"Cancel"</button>
                <button
                    type="button"
                    class="primary"
                    autofocus
                    on:click=handler(label)
                >
                    {live(move || match ticked.with(BTreeSet::len) {
                        0 => "Tick what to label".to_owned(),
                        1 => "Label 1 passage".to_owned(),
                        count => format!("Label {count} passages"),
                    })}
                </button>
            }
        >
            <div class="checks">{forms.into_iter().map(group).collect_view()}</div>
            <div class="passages" style=("--count", count.to_string())>
            <VirtualList
                label="Passages"
                count=Signal::derive(move || count)
                row_height=ROW
                selected=Signal::derive(|| None)
                row=move |at| rows.with_value(|rows| rows.get(at).cloned()).map(|row| one(row, ticked))
            />
            </div>
            {(taken > 0).then(|| view! { <p class="hint">{said_taken(taken)}</p> })}
        </Frame>
    }
}

fn one(row: Row, ticked: RwSignal<BTreeSet<Span>>) -> impl IntoView {
    let span = row.span;
    let holds = move || ticked.with(|ticked| ticked.contains(&span));
    view! {
        <button
            class="row repeat-row"
            role="checkbox"
            aria-checked=live_value(move || holds().to_string())
            on:click=handler(move |_| {
                let tick = !untrack(holds);
                ticked.update(|ticked| set(ticked, span, tick));
            })
        >
            <span class="tick" aria-hidden="true"></span>
            <span class="before"><bdi>{row.before}</bdi></span>
            <mark>{row.words}</mark>
            <span class="after">{row.after}</span>
        </button>
    }
}

fn set(ticked: &mut BTreeSet<Span>, span: Span, tick: bool) {
    if tick {
        ticked.insert(span);
    } else {
        ticked.remove(&span);
    }
}

/// The annotation's words, the places that can be labelled, and how many are labelled already.
fn places(session: &Session, like: AnnotationId) -> Option<(String, Vec<Row>, usize)> {
    let text = &session.open()?.text;
    let words = text.slice(session.body()?.annotation(like)?.fragments.envelope())?.to_owned();
    let found = session.repeats(like).ok()?;
    let taken = found.iter().filter(|repeat| repeat.taken).count();
    let row = |repeat: &Repeat| {
        let (start, end) = (repeat.span.start().to_usize(), repeat.span.end().to_usize());
        let before: Vec<char> = plain(text.get(..start)?.chars().rev()).take(CONTEXT).collect();
        Some(Row {
            span: repeat.span,
            form: repeat.form,
            sure: repeat.sure,
            before: before.into_iter().rev().collect(),
            words: text.slice(repeat.span)?.to_owned(),
            after: plain(text.get(end..)?.chars()).take(CONTEXT).collect(),
        })
    };
    let rows = found.iter().filter(|repeat| !repeat.taken).filter_map(row).collect();
    Some((words, rows, taken))
}

/// Characters of one paragraph.
fn plain(letters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
    letters.take_while(|letter| *letter != '\n')
}

const fn named(form: Form) -> &'static str {
    match form {
        Form::Same => "Written the same",
        Form::Possessive => "With a possessive",
        Form::OtherCase => "Other capitals",
        Form::OtherMarks => "Other accents or signs",
        Form::Inflected => "With an ending",
    }
}

fn said_taken(taken: usize) -> String {
    match taken {
        1 => "One more carries the label already.".to_owned(),
        _ => format!("{taken} more carry the label already."),
    }
}
