//! All projects of this browser: open, rename, back up, throw away, bring back, begin.

mod archive;
mod beginning;
mod entry;
mod rename;

use leptos::prelude::*;

use self::{archive::Archive, beginning::Beginning, entry::Entry, rename::Rename};
use super::frame::Frame;
use crate::{
    app::workspace::{Part, ProjectSummary, Workspace},
    browser::{focus, wait},
    model::ProjectId,
    ui::header::Progress,
    ui::widgets::{When, handler, live, live_value},
};

/// The dialog.
#[component]
pub(super) fn Projects(thrown: RwSignal<Vec<ProjectSummary>>) -> impl IntoView {
    let ws = Workspace::expect();
    let open = Memo::new(move |_| ws.watch(Part::Project, |session| session.state().project().id));
    let archive = RwSignal::new(Archive::kept());
    let asked = RwSignal::new(false);
    let renaming = RwSignal::new(None::<ProjectId>);
    Effect::new(move |_| {
        // The field speaks of the open project: it gets the keyboard once that is the one to be renamed.
        if renaming.get().is_some_and(|wanted| open.get() == Some(wanted)) {
            wait::on_next_frame(|| {
                focus::give_to("#project-name");
            });
        }
    });
    let away = move |id| archive.with(|archive| archive.holds(id)) && open.get() != Some(id);
    let listed = move |archived: bool| {
        let projects = ws.projects().into_iter();
        projects.filter(|project| away(project.id) == archived).collect::<Vec<_>>()
    };
    let archived = Memo::new(move |_| listed(true).len());
    view! {
        <Frame title="Projects" class="projects-dialog">
            <Rename />
            <ul class="projects" aria-label="Projects">
                <For each=move || listed(false) key=|project| (project.id, project.name.clone()) let:project>
                    <Entry project open archive renaming />
                </For>
                <For each=move || thrown.get() key=|project| project.id let:project>
                    <Thrown project thrown />
                </For>
            </ul>
            <When holds=Signal::derive(move || archived.get() != 0)>
                <button
                    type="button"
                    class="quiet"
                    aria-expanded=live_value(move || asked.get().to_string())
                    on:click=handler(move |_| asked.update(|asked| *asked = !*asked))
                >
                    {live(move || format!("Archive ({})", archived.get()))}
                </button>
                <When holds=Signal::derive(move || asked.get())>
                    <ul class="projects" aria-label="Archive">
                        <For each=move || listed(true) key=|project| (project.id, project.name.clone()) let:project>
                            <Entry project open archive renaming />
                        </For>
                    </ul>
                </When>
            </When>
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
