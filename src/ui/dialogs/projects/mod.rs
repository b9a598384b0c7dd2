//! All projects of this browser: open, rename, back up, throw away, bring back, begin.

mod beginning;
mod entry;
mod rename;

use leptos::prelude::*;

use self::{beginning::Beginning, entry::Entry, rename::Rename};
use super::frame::Frame;
use crate::{
    app::workspace::{Part, ProjectSummary, Workspace},
    ui::header::Progress,
    ui::widgets::handler,
};

/// The dialog.
#[component]
pub(super) fn Projects(thrown: RwSignal<Vec<ProjectSummary>>) -> impl IntoView {
    let ws = Workspace::expect();
    let open = Memo::new(move |_| ws.watch(Part::Project, |session| session.state().project().id));
    view! {
        <Frame title="Projects">
            <Rename />
            <ul class="projects" aria-label="Projects">
                <For each=move || ws.projects() key=|project| (project.id, project.name.clone()) let:project>
                    <Entry project open />
                </For>
                <For each=move || thrown.get() key=|project| project.id let:project>
                    <Thrown project thrown />
                </For>
            </ul>
            <Beginning />
            <Progress />
        </Frame>
    }
}

/// A project that was thrown away and can still be brought back.
#[component]
fn Thrown(project: ProjectSummary, thrown: RwSignal<Vec<ProjectSummary>>) -> impl IntoView {
    let ws = Workspace::expect();
    let id = project.id;
    let restore = move |_| {
        thrown.update(|thrown| thrown.retain(|project| project.id != id));
        ws.discard_project(id, false);
    };
    view! {
        <li class="thrown">
            <span class="name">{project.name.clone()} <small>"thrown away; gone when this page is closed"</small></span>
            <button type="button" aria-label=format!("Bring back {}", project.name) on:click=handler(restore)>"Bring back"</button>
        </li>
    }
}
