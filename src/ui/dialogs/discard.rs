//! Throwing a project away: said plainly, with a copy to take home first, and with a way back.

use leptos::prelude::*;

use super::frame::Frame;
use crate::{
    app::workspace::{Part, ProjectSummary, Workspace},
    model::ProjectId,
    ui::layers::{Dialog, Layers},
    ui::widgets::{handler, live},
};

/// Asks before a project is thrown away.
#[component]
pub(super) fn DiscardProject(id: ProjectId, thrown: RwSignal<Vec<ProjectSummary>>) -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let project = untrack(move || ws.projects()).into_iter().find(|project| project.id == id);
    let name = project.as_ref().map(|project| project.name.clone()).unwrap_or_default();
    let project = StoredValue::new(project);
    let is_open =
        Memo::new(move |_| ws.watch(Part::Project, |session| session.state().project().id) == Some(id));
    let discard = move |_| {
        if let Some(project) = project.get_value() {
            thrown.update(|thrown| thrown.push(project));
            ws.discard_project(id, true);
        }
        layers.open(Dialog::Projects);
    };
    view! {
        <Frame
            title=format!("Throw “{name}” away?")
            footer=move || view! {
                <button type="button" autofocus on:click=handler(move |_| layers.open(Dialog::Projects))>"Keep it"</button>
                <button type="button" class="danger" on:click=handler(discard)>"Throw away"</button>
            }
        >
            <p>"Its documents, annotations and links go with it. Until this page is closed you can bring it back from the list of projects; after that it is gone."</p>
            {live(move || if is_open.get() {
                view! {
                    <p><button type="button" on:click=handler(move |_| ws.backup())>"Download a backup first"</button></p>
                }.into_any()
            } else {
                view! { <p class="soft">"To keep a copy, open the project and download a backup there first."</p> }.into_any()
            })}
        </Frame>
    }
}
