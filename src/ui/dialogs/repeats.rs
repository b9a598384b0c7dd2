//! Tagging all the same: the other places of an annotation's words, in this text or in all, each in its context, to be
//! ticked and labelled at once. What is written just so is ticked already; pronouns, other capitals, accents and endings
//! are for the person to tick.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::frame::Frame;
use crate::{
    app::{
        Command, Refusal, Repeat, Session,
        jobs::{Question, Reply},
        workspace::Workspace,
    },
    browser::wait,
    model::{AnnotationId, DocumentId},
    search::Alike,
    suggest::Pronoun,
    text::{Form, Offset, Span, nearby, order},
    ui::{
        layers::{Dialog, Layers},
        widgets::{TickRow, VirtualList, handler, live, live_value},
    },
};

/// The height of a row in `rem`.
const ROW: f64 = 2.4;

/// The most characters shown on either side of a place.
const CONTEXT: usize = 40;

/// A place in a document.
type Place = (DocumentId, Span);

/// A place as a row shows it.
#[derive(Clone, PartialEq)]
struct Row {
    place: Place,
    form: Form,
    sure: bool,
    before: String,
    words: String,
    after: String,
}

/// What the dialog lists.
#[derive(Clone, Default, PartialEq)]
struct Listed {
    rows: Vec<Row>,
    /// How many places are labelled already.
    taken: usize,
}

/// Lists the other places of the chosen annotation's words; says so where there can be none.
pub(super) fn list(workspace: Workspace, layers: Layers) {
    let like = workspace.read(|session| {
        let chosen = session.chosen().ok_or(Refusal::NothingChosen)?.id;
        let is_alone = session.state().documents().len() == 1;
        session.repeats(chosen).map(|found| (chosen, found.is_empty() && is_alone))
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
    let (words, here) = workspace.read(|session| places(session, like)).flatten().unwrap_or_default();
    let everywhere = RwSignal::new(false);
    let problem = RwSignal::new(None::<String>);
    let listed = RwSignal::new(Listed::default());
    let ticked = RwSignal::new(BTreeSet::<Place>::new());
    let show = move |new: Listed| {
        ticked.set(order::set(new.rows.iter().filter(|row| row.sure).map(|row| row.place)));
        listed.set(new);
    };
    show(here.clone());
    let here = StoredValue::new(here);
    let sought = StoredValue::new(words.clone());
    let look_everywhere = move |all: bool| {
        everywhere.set(all);
        problem.set(None);
        if !all {
            return show(here.get_value());
        }
        wait::spawn(async move {
            let found = find_everywhere(workspace, like, sought.get_value()).await;
            if everywhere.try_get_untracked() != Some(true) {
                return;
            }
            match found {
                Ok(found) => show(found),
                Err(words) => problem.set(Some(words)),
            }
        });
    };
    let label = move |_| {
        let places: Vec<Place> = ticked.get_untracked().into_iter().collect();
        if places.is_empty() {
            return;
        }
        layers.close();
        workspace.dispatch(Command::Repeat { like, places });
    };
    view! {
        <Frame
            title=format!("Label all “{words}”")
            class="repeats"
            footer=move || view! {
                <button type="button" on:click=handler(move |_| layers.close())>"Cancel"</button>
                <button type="button" class="primary" autofocus disabled=live_value(move || listed.with(|listed| listed.rows.is_empty())) on:click=handler(label)>
                    {live(move || match ticked.with(BTreeSet::len) {
                        0 => "Tick what to label".to_owned(),
                        1 => "Label 1 passage".to_owned(),
                        count => format!("Label {count} passages"),
                    })}
                </button>
            }
        >
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=everywhere
                    on:change=handler(move |_| look_everywhere(!everywhere.get_untracked()))
                />
                "In all documents"
            </label>
            <div class="checks">{live(move || groups(&listed.get(), ticked))}</div>
            <div class="passages" style=("--count", live_value(move || listed.with(|listed| listed.rows.len()).to_string()))>
                <VirtualList
                    label="Passages"
                    count=Signal::derive(move || listed.with(|listed| listed.rows.len()))
                    row_height=ROW
                    selected=Signal::derive(|| None)
                    row=move |at| live(move || {
                        listed.with(|listed| listed.rows.get(at).cloned()).map(|row| one(row, ticked))
                    })
                />
            </div>
            <p class="hint" role="status">
                {live(move || match problem.get() {
                    Some(problem) => problem,
                    None => listed.with(|listed| said(listed, everywhere.get())),
                })}
            </p>
        </Frame>
    }
}

/// A box for each way of writing, which ticks all that are written so.
fn groups(listed: &Listed, ticked: RwSignal<BTreeSet<Place>>) -> AnyView {
    let of_form = |form: Form| {
        let places = listed.rows.iter().filter(|row| row.form == form).map(|row| row.place);
        (form, places.collect::<Vec<_>>())
    };
    let forms = Form::ALL.into_iter().map(of_form).filter(|(_, places)| !places.is_empty());
    let group = |(form, places): (Form, Vec<Place>)| {
        let name = format!("{} ({})", named(form), places.len());
        let all = StoredValue::new(places);
        let holds = move || {
            ticked.with(|ticked| all.with_value(|all| all.iter().all(|place| ticked.contains(place))))
        };
        view! {
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=live_value(holds)
                    on:change=handler(move |_| {
                        let tick = !untrack(holds);
                        ticked.update(|ticked| all.with_value(|all| all.iter().for_each(|place| set(ticked, *place, tick))));
                    })
                />
                {name}
            </label>
        }
    };
    forms.map(group).collect_view().into_any()
}

fn one(row: Row, ticked: RwSignal<BTreeSet<Place>>) -> impl IntoView {
    let place = row.place;
    let title = Workspace::expect().read(|session| {
        session.state().documents().get(&place.0).map(|document| document.title.clone()).unwrap_or_default()
    });
    view! {
        <TickRow
            title
            before=row.before
            words=row.words
            after=row.after
            ticked=Signal::derive(move || ticked.with(|ticked| ticked.contains(&place)))
            on_tick=Callback::new(move |tick| ticked.update(|ticked| set(ticked, place, tick)))
        />
    }
}

fn set(ticked: &mut BTreeSet<Place>, place: Place, tick: bool) {
    if tick {
        ticked.insert(place);
    } else {
        ticked.remove(&place);
    }
}

/// The annotation's words, and the places of the open text that can be labelled.
fn places(session: &Session, like: AnnotationId) -> Option<(String, Listed)> {
    let open = session.open()?;
    let text = &open.text;
    let words = text.slice(session.body()?.annotation(like)?.fragments.envelope())?.to_owned();
    let found = session.repeats(like).ok()?;
    let taken = found.iter().filter(|repeat| repeat.taken).count();
    let row = |repeat: &Repeat| {
        let (start, end) = (repeat.span.start().to_usize(), repeat.span.end().to_usize());
        let before = nearby(text.get(..start)?.chars().rev(), CONTEXT);
        Some(Row {
            place: (open.document, repeat.span),
            form: repeat.form,
            sure: repeat.sure,
            before: before.into_iter().rev().collect(),
            words: text.slice(repeat.span)?.to_owned(),
            after: nearby(text.get(end..)?.chars(), CONTEXT).into_iter().collect(),
        })
    };
    let rows = found.iter().filter(|repeat| !repeat.taken).filter_map(row).collect();
    Some((words, Listed { rows, taken }))
}

/// The places of the words in all documents.
async fn find_everywhere(workspace: Workspace, like: AnnotationId, words: String) -> Result<Listed, String> {
    let known = workspace.read(|session| {
        let annotation = session.body()?.annotation(like)?;
        let own = (annotation.document, annotation.fragments.envelope());
        Some((annotation.label.to_string(), own))
    });
    let Some((label, own)) = known.flatten() else { return Ok(Listed::default()) };
    // "She" is somebody else in another place.
    let is_pronoun = Pronoun::parse(&words).is_some();
    let told = workspace.consult(&Question::Alike { words, label }).await?;
    let Reply::Alike(found) = told.reply else { return Ok(Listed::default()) };
    let mut listed = Listed::default();
    for place in found {
        let Some(row) = row_of(place, is_pronoun, own, &mut listed.taken) else { continue };
        listed.rows.push(row);
    }
    Ok(listed)
}

/// A place as a row; `None` where it is the annotation's own or labelled already, which is counted.
fn row_of(place: Alike, is_pronoun: bool, own: Place, taken: &mut usize) -> Option<Row> {
    let form = Form::ALL.get(place.form).copied()?;
    let span = Span::new(Offset::new(place.start), Offset::new(place.end))?;
    if place.document == own.0 && span.overlaps(own.1) {
        return None;
    }
    if place.taken {
        *taken += 1;
        return None;
    }
    Some(Row {
        place: (place.document, span),
        form,
        sure: !is_pronoun && matches!(form, Form::Same | Form::Possessive),
        before: place.before,
        words: place.words,
        after: place.after,
    })
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

fn said(listed: &Listed, everywhere: bool) -> String {
    let documents: BTreeSet<DocumentId> = listed.rows.iter().map(|row| row.place.0).collect();
    let taken = match listed.taken {
        0 => String::new(),
        1 => "One more carries the label already.".to_owned(),
        taken => format!("{taken} more carry the label already."),
    };
    match (listed.rows.len(), everywhere) {
        (0, false) => format!("These words stand nowhere else in this text. {taken}"),
        (0, true) => format!("Nothing is left to label. {taken}"),
        (_, false) => taken,
        (_, true) => format!("In {} documents. {taken}", documents.len()),
    }
}
