//! One project of the list.

use leptos::prelude::*;

use crate::{
    app::workspace::{ProjectSummary, Workspace},
    model::ProjectId,
    ui::{
        layers::{Dialog, Layers},
        widgets::{Glyph, Icon, handler, live, live_value},
    },
};

/// The project with what can be done with it.
#[component]
pub(super) fn Entry(project: ProjectSummary, open: Memo<Option<ProjectId>>) -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let id = project.id;
    let is_open = move || open.get() == Some(id);
    let name = StoredValue::new(project.name.clone());
    let named = move |what: &str| format!("{what} {}", name.get_value());
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
