//! Taking work home: which documents, how positions are counted, and what will be in the file.

use leptos::prelude::*;

use super::frame::Frame;
use crate::{
    app::{
        Session,
        workspace::{Decision, Export, Lacking, Part, Scope, Workspace, expect_work},
    },
    browser::clock,
    format::{exchange::WRITTEN, file_name},
    model::{Document, Status, Timestamp},
    text::Unit,
    ui::header::Progress,
    ui::widgets::{handler, live, live_value},
};

/// What can be chosen, in the order in which it is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Choice {
    All,
    This,
    Only(Status),
}

const CHOICES: [(Choice, &str); 5] = [
    (Choice::All, "All documents"),
    (Choice::This, "The open document"),
    (Choice::Only(Status::Done), "Only what is done"),
    (Choice::Only(Status::InProgress), "Only what is in progress"),
    (Choice::Only(Status::Todo), "Only what is to do"),
];

const UNITS: [(Unit, &str, &str); 3] = [
    (Unit::CodePoint, "Code points", "for Python: text[start:end] is the passage"),
    (Unit::Utf16, "UTF-16 units", "for JavaScript and Java"),
    (Unit::Byte, "Bytes of UTF-8", "for Rust, Go and C"),
];

/// The dialog.
#[component]
pub(super) fn ExportDialog() -> impl IntoView {
    let ws = Workspace::expect();
    let choice = RwSignal::new(Choice::All);
    let unit = RwSignal::new(Unit::CodePoint);
    let format = RwSignal::new(String::new());
    let is_own = Memo::new(move |_| format.with(String::is_empty));
    expect_work(true);
    // A file that waits when the dialog is closed is not wanted.
    on_cleanup(move || {
        expect_work(false);
        if let Some(lacking) = ws.lacking() {
            lacking.decide(Decision::Drop);
        }
    });
    let contents = Memo::new(move |_| {
        let choice = choice.get();
        ws.watch(Part::Documents, |session| contents(session, choice)).unwrap_or_default()
    });
    let is_open =
        Memo::new(move |_| ws.watch(Part::Focus, |session| session.open().is_some()).unwrap_or(false));
    let download = move |_| {
        let scope = ws.read(|session| scope_of(session, choice.get_untracked())).flatten();
        if let Some(scope) = scope {
            ws.export(Export { scope, unit: unit.get_untracked(), format: format.get_untracked() });
        }
    };
    let name = ws.read(|session| file_name(&session.state().project().name, &today(), "jsonl"));
    let nothing = move || contents.with(|contents| contents.documents == 0);
    view! {
        <Frame
            title="Export"
            footer=move || view! {
                <button type="button" on:click=handler(move |_| ws.backup())>"Download project backup"</button>
                <button type="button" class="primary" autofocus disabled=nothing on:click=handler(download)>
                    {live(move || if is_own.get() { "Download JSONL" } else { "Download" })}
                </button>
            }
        >
            <fieldset class="radios">
                <legend>"Documents"</legend>
                {CHOICES.map(|(one, name)| view! {
                    <label>
                        <input
                            type="radio"
                            name="export-scope"
                            prop:checked=live_value(move || choice.get() == one)
                            disabled=live_value(move || one == Choice::This && !is_open.get())
                            on:change=handler(move |_| choice.set(one))
                        />
                        {name}
                    </label>
                }).collect_view()}
            </fieldset>
            <label class="line">
                "Format"
                <select on:change:target=move |event| format.set(event.target().value())>
                    <option value="">"Dataset (JSON Lines), nothing is lost"</option>
                    {WRITTEN.iter().map(|(name, title)| view! { <option value=*name>{*title}</option> }).collect_view()}
                </select>
            </label>
            <fieldset class="radios" disabled=move || !is_own.get()>
                <legend>"Positions are counted in"</legend>
                {UNITS.map(|(one, name, hint)| view! {
                    <label>
                        <input type="radio" name="export-unit" prop:checked=live_value(move || unit.get() == one) on:change=handler(move |_| unit.set(one)) />
                        <span>{name} " " <span class="soft">{hint}</span></span>
                    </label>
                }).collect_view()}
            </fieldset>
            {live(move || ws.lacking().map(|lacking| view! { <Losses lacking /> }))}
            <p role="status">
                {live(move || contents.with(Contents::words))}
                <span class="soft file-name">{live(move || is_own.get().then(|| name.clone()))}</span>
            </p>
            <p class="soft">"The dataset is one JSON document a line, with texts, annotations, links and actors; pandas, DuckDB and Hugging Face datasets read it as it is. The backup is a zip with the whole project and its history, and opens here again."</p>
            <Progress />
        </Frame>
    }
}

/// What the file cannot hold, and whether it is saved all the same.
#[component]
fn Losses(lacking: Lacking) -> impl IntoView {
    let with_list = RwSignal::new(false);
    let losses = lacking.losses.iter().map(|loss| view! { <li>{loss.clone()}</li> }).collect_view();
    let lacking = StoredValue::new_local(lacking);
    let decide = move |decision: Decision| lacking.with_value(|lacking| lacking.decide(decision));
    let save = move |_| {
        decide(if with_list.get_untracked() { Decision::SaveWithList } else { Decision::Save });
    };
    view! {
        <section class="losses" aria-label="What this format cannot hold">
            <h3>"This format cannot hold everything"</h3>
            <ul>{losses}</ul>
            <label class="check">
                <input type="checkbox" on:change:target=move |event| with_list.set(event.target().checked()) />
                "Write this list beside the file"
            </label>
            <p>
                <button type="button" class="primary" on:click=handler(save)>"Save all the same"</button>
                <button type="button" on:click=handler(move |_| decide(Decision::Drop))>"Do not save"</button>
            </p>
        </section>
    }
}

/// The day on which the file is made, as its name says it.
fn today() -> String {
    Timestamp::from_unix_millis(clock::now()).date()
}

/// How much a file will hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Contents {
    documents: usize,
    annotations: u32,
    links: u32,
}

impl Contents {
    fn words(&self) -> String {
        let Self { documents, annotations, links } = self;
        match documents {
            0 => "No document is in that state.".to_owned(),
            _ => format!(
                "The file will hold documents: {documents}, annotations: {annotations}, links: {links}."
            ),
        }
    }
}

fn contents(session: &Session, choice: Choice) -> Contents {
    let open = session.open().map(|open| open.document);
    let chosen = |document: &&Document| match choice {
        Choice::All => true,
        Choice::This => Some(document.id) == open,
        Choice::Only(status) => document.status == status,
    };
    let state = session.state();
    state.documents().values().filter(chosen).fold(Contents::default(), |sum, document| {
        let tally = state.tally(document.id);
        Contents {
            documents: sum.documents + 1,
            annotations: sum.annotations + tally.annotations,
            links: sum.links + tally.relations,
        }
    })
}

fn scope_of(session: &Session, choice: Choice) -> Option<Scope> {
    match choice {
        Choice::All => Some(Scope::All),
        Choice::This => session.open().map(|open| Scope::One(open.document)),
        Choice::Only(status) => Some(Scope::Status(status)),
    }
}
