//! Beginning: an empty project with a codebook to start from, one from a backup, or the sample anew.

use std::rc::Rc;

use leptos::{ev, prelude::*};

use crate::{
    app::workspace::{Source, Workspace},
    browser::files,
    format::codebook::{CodebookFile, Shape, parse},
    model::{BuiltIn, Codebook},
    ui::layers::{Dialog, Layers},
    ui::widgets::{FileButton, OnFile, handler, live, live_value},
};

/// The codebook that a new project starts with.
#[derive(Clone, Debug, PartialEq)]
enum Start {
    BuiltIn(BuiltIn),
    /// From a file of that name, with its guidelines.
    File(String, Box<Codebook>, String),
}

/// The ways to begin.
#[component]
pub(super) fn Beginning() -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let name = RwSignal::new(String::new());
    let start = RwSignal::new(Start::BuiltIn(BuiltIn::Standard));
    let create = move |event: ev::SubmitEvent| {
        event.prevent_default();
        layers.close();
        let (codebook, guidelines) = match start.get_untracked() {
            Start::BuiltIn(built_in) => (built_in.codebook(), String::new()),
            Start::File(_, codebook, guidelines) => (*codebook, guidelines),
        };
        ws.create_project(name.get_untracked(), codebook, guidelines);
    };
    let empty = move || name.with(|name| name.trim().is_empty());
    view! {
        <form class="form" on:submit=handler(create)>
            <div class="line-form">
                <label>
                    "New project"
                    <input type="text" placeholder="Its name" prop:value=name on:input:target=move |event| name.set(event.target().value()) />
                </label>
                <button type="submit" class="primary" disabled=empty>"Create"</button>
            </div>
            <StartChoice start />
        </form>
        <div class="beginnings">
            <label class="file-button">
                "Open a backup…"
                <input
                    type="file"
                    class="visually-hidden"
                    accept=".zip"
                    on:change=handler(move |event| {
                        let picked = files::of_input(&event);
                        if !picked.is_empty() {
                            layers.open(Dialog::Import);
                            ws.import(picked.into_iter().map(Source::File).collect());
                        }
                    })
                />
            </label>
            <button
                type="button"
                class="quiet"
                on:click=handler(move |_| {
                    layers.close();
                    ws.create_sample();
                })
            >
                "Make the sample project again"
            </button>
        </div>
    }
}

/// With which codebook it begins.
#[component]
fn StartChoice(start: RwSignal<Start>) -> impl IntoView {
    let problem = RwSignal::new(None::<String>);
    let choose = move |event: ev::Event| {
        let at = event_target_value(&event).parse::<usize>().ok();
        if let Some(built_in) = at.and_then(|at| BuiltIn::ALL.get(at).copied()) {
            problem.set(None);
            start.set(Start::BuiltIn(built_in));
        }
    };
    let take: OnFile = Rc::new(move |name, read| {
        let read = read.and_then(|bytes| parse(&name, &bytes).map_err(|fault| fault.to_string()));
        match read.and_then(|read| codebook_of(read).map_err(|problem| format!("{name}: {problem}"))) {
            Ok((codebook, guidelines)) => {
                let _gone = problem.try_set(None);
                let _set = start.try_set(Start::File(name, Box::new(codebook), guidelines));
            }
            Err(words) => {
                let _said = problem.try_set(Some(words));
            }
        }
    });
    let from_file = move || match start.get() {
        Start::File(name, ..) => Some(name),
        Start::BuiltIn(_) => None,
    };
    let value = move || match start.get() {
        Start::BuiltIn(built_in) => {
            BuiltIn::ALL.iter().position(|one| *one == built_in).unwrap_or(0).to_string()
        }
        Start::File(..) => "file".to_owned(),
    };
    view! {
        <div class="line-form">
            <label>
                "Codebook to start from"
                <select prop:value=live_value(value) on:change=handler(choose)>
                    {BuiltIn::ALL.iter().enumerate().map(|(at, one)| view! { <option value=at.to_string()>{one.title()}</option> }).collect_view()}
                    {live(move || from_file().map(|name| view! { <option value="file" selected=true>{name}</option> }))}
                </select>
            </label>
            <FileButton
                words="From a file…"
                title="A codebook: ours, REFI-QDA (.qdc) or Taguette (.csv)"
                label="Codebook from a file"
                accept=".json,.qdc,.xml,.csv,.tsv,.txt"
                on_file=take
            />
        </div>
        {live(move || problem.get().map(|words| view! { <p class="warning" role="alert">{words}</p> }))}
    }
}

/// The codebook in a file, with its guidelines; of a tree of codes those at the top are labels.
fn codebook_of(file: CodebookFile) -> Result<(Codebook, String), String> {
    match file {
        CodebookFile::Own { codebook, guidelines, .. } => Ok((*codebook, guidelines)),
        CodebookFile::Codes(codes) => {
            let codebook = codes.codebook(&Shape::Labels).map_err(|problem| problem.to_string())?;
            Ok((codebook, String::new()))
        }
    }
}
