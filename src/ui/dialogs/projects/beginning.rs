//! Beginning: an empty project, one from a backup, or the sample anew.

use leptos::{ev, prelude::*};

use crate::{
    app::workspace::{Source, Workspace},
    browser::files,
    ui::layers::{Dialog, Layers},
    ui::widgets::handler,
};

/// The ways to begin.
#[component]
pub(super) fn Beginning() -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let name = RwSignal::new(String::new());
    let create = move |event: ev::SubmitEvent| {
        event.prevent_default();
        layers.close();
        ws.create_project(name.get_untracked());
    };
    let empty = move || name.with(|name| name.trim().is_empty());
    view! {
        <form class="line-form" on:submit=handler(create)>
            <label>
                "New project"
                <input type="text" placeholder="Its name" prop:value=name on:input:target=move |event| name.set(event.target().value()) />
            </label>
            <button type="submit" class="primary" disabled=empty>"Create"</button>
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
