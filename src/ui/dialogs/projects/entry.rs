//! One project of the list.

use leptos::prelude::*;

use super::archive::Archive;
use crate::{
    app::workspace::{ProjectSummary, Workspace},
    model::ProjectId,
    ui::{
        layers::{Dialog, Layers},
        widgets::{Glyph, Icon, handler, live, live_value},
    },
};

/// What renaming does.
const RENAME: &str = "Its name can be changed above; a project is opened for it";

/// The project with what can be done with it.
#[component]
pub(super) fn Entry(
    project: ProjectSummary,
    open: Memo<Option<ProjectId>>,
    archive: RwSignal<Archive>,
    /// The project that is to have another name.
    renaming: RwSignal<Option<ProjectId>>,
) -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let id = project.id;
    let archived = archive.with_untracked(|archive| archive.holds(id));
    let is_open = move || open.get() == Some(id);
    let name = StoredValue::new(project.name.clone());
    let named = move |what: &str| format!("{what} {}", name.get_value());
    let rename = move |id| {
        renaming.set(Some(id));
        if open.get_untracked() != Some(id) {
            ws.open_project(id);
        }
    };
    let enter = move |_| {
        layers.close();
        ws.open_project(id);
    };
    view! {
        <li aria-current=live_value(move || is_open().then_some("true"))>
            <span class="name">{project.name} <small>{format!("begun on {}", project.created.date())}</small></span>
            {live(move || if is_open() {
                view! {
                    <span class="badge">"open"</span>
                    <button type="button" aria-label=named("Back up") on:click=handler(move |_| ws.backup())>"Back up"</button>
                }.into_any()
            } else {
                view! { <button type="button" aria-label=named("Open") on:click=handler(enter)>"Open"</button> }.into_any()
            })}
            <button
                type="button"
                class="quiet"
                aria-label=named("Copy")
                title="A second project with its codebook and texts, without annotations"
                on:click=handler(move |_| {
                    layers.close();
                    ws.duplicate_project(id);
                })
            >"Copy"</button>
            <button type="button" class="quiet" aria-label=named("Rename") title=RENAME on:click=handler(move |_| rename(id))>"Rename"</button>
            <button
                type="button"
                class="quiet"
                disabled=live_value(is_open)
                aria-label=named(if archived { "Take out of the archive" } else { "Archive" })
                on:click=handler(move |_| archive.update(|archive| archive.turn(id)))
            >
                {if archived { "Take out" } else { "Archive" }}
            </button>
            <button
                type="button"
                class="quiet icon"
                aria-label=named("Throw away")
                title="Throw away"
                on:click=handler(move |_| layers.open(Dialog::DiscardProject(id)))
            >
                <Icon name=Glyph::Trash />
            </button>
        </li>
    }
}
