//! The dialogs: one at a time, over the page. The tour is none of them, it stands beside the text.

mod discard;
mod document_info;
mod export;
mod frame;
mod help;
mod import;
mod palette;
mod past;
mod projects;
mod remove_documents;
mod repeats;
mod retext;
mod settings;
mod together;
mod tour;

use leptos::prelude::*;

use self::{
    discard::DiscardProject, document_info::DocumentInfo, export::ExportDialog, help::Help,
    import::ImportDialog, palette::Palette, past::PastDialog, projects::Projects,
    remove_documents::RemoveDocuments, repeats::Repeats, retext::Retext, settings::Settings,
    together::TogetherDialog, tour::Tour,
};
use super::layers::{Dialog, Layers};
use crate::{
    app::workspace::{ProjectSummary, Source, Workspace},
    browser::{files::Dropped, wait},
};

crate::chunk! {
    dialogs:
    /// The dialogs, and with them all that only they have done: files in and out, projects, settings, keys.
    fn dialogs() -> Entry {
        Entry { shown, take, repeats: repeats::list, backup: Workspace::backup }
    }
}

/// The ways into the chunk of the dialogs.
#[derive(Clone, Copy)]
pub struct Entry {
    shown: fn(Dialog, RwSignal<Vec<ProjectSummary>>) -> AnyView,
    /// Brings in what was dropped on the page or pasted onto it.
    pub take: fn(Workspace, Layers, Dropped),
    /// Downloads a backup.
    pub backup: fn(Workspace),
    /// Lists the other places of the chosen annotation's words.
    pub repeats: fn(Workspace, Layers),
}

/// The open dialog, if any.
#[component]
pub fn Dialogs() -> impl IntoView {
    let layers = Layers::expect();
    // What was thrown away stays in the list of projects, to be brought back, until the page is closed.
    let thrown = RwSignal::new(Vec::new());
    // A dialog that follows another stands in the other of two places. In the same one the framework would turn
    // the old element into the new dialog, with its focus and the news of its closing.
    let turn = Memo::new(move |before: Option<&(bool, Option<Dialog>)>| {
        (before.is_none_or(|before| !before.0), layers.dialog.get())
    });
    let place = move |mine: bool| {
        move || {
            let (turn, dialog) = turn.get();
            dialog
                .filter(|_| turn == mine)
                .map(|dialog| layers.dialogs.view(move |entry| (entry.shown)(dialog.clone(), thrown)))
        }
    };
    (place(true), place(false))
}

fn shown(dialog: Dialog, thrown: RwSignal<Vec<ProjectSummary>>) -> AnyView {
    match dialog {
        Dialog::Import => view! { <ImportDialog /> }.into_any(),
        Dialog::Export => view! { <ExportDialog /> }.into_any(),
        Dialog::Projects => view! { <Projects thrown /> }.into_any(),
        Dialog::Repeats(like) => view! { <Repeats like /> }.into_any(),
        Dialog::DocumentInfo(id) => view! { <DocumentInfo id /> }.into_any(),
        Dialog::Retext(id) => view! { <Retext id /> }.into_any(),
        Dialog::Past(id) => view! { <PastDialog id /> }.into_any(),
        Dialog::RemoveDocuments(ids) => view! { <RemoveDocuments ids /> }.into_any(),
        Dialog::Together(ids) => view! { <TogetherDialog ids /> }.into_any(),
        Dialog::DiscardProject(id) => view! { <DiscardProject id thrown /> }.into_any(),
        Dialog::Settings => view! { <Settings /> }.into_any(),
        Dialog::Palette => view! { <Palette /> }.into_any(),
        Dialog::Help => view! { <Help /> }.into_any(),
        Dialog::Tour => view! { <Tour /> }.into_any(),
    }
}

fn take(workspace: Workspace, layers: Layers, dropped: Dropped) {
    let (text, html) = (dropped.text.clone(), dropped.html.clone());
    wait::spawn(async move {
        match dropped.files().await {
            Ok(files) if !files.is_empty() => {
                layers.open(Dialog::Import);
                workspace.import(files.into_iter().map(Source::File).collect());
            }
            Ok(_) => {
                if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
                    workspace.import(vec![Source::Text { title: String::new(), text, html }]);
                }
            }
            Err(error) => workspace.refuse(&error),
        }
    });
}
