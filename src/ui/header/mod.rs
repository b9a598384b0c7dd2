//! The head of the page: the project, what can be done with all of it, and whether it is saved.

mod announcer;
mod extras;
mod progress;
mod rescue;
mod save;
mod steps;
mod theme;

use leptos::prelude::*;

pub use self::{announcer::Announcer, progress::Progress, rescue::Rescue};
use self::{extras::Extras, save::SaveIndicator, steps::Steps};
use super::{
    key_hint::titled,
    layers::{Dialog, Drawer, Layers},
    screens::Places,
    widgets::{Glyph, Icon, handler, live, live_value},
};
use crate::app::{
    Action,
    workspace::{Part, Workspace},
};

/// The header.
#[component]
pub fn Header() -> impl IntoView {
    let ws = Workspace::expect();
    let layers = Layers::expect();
    let project =
        Memo::new(move |_| ws.watch(Part::Project, |session| session.state().project().name.clone()));
    view! {
        <header class="header">
            <DocumentsButton />
            <span class="brand">
                <span class="versal" aria-hidden="true">"R"</span>
                <span class="word">"Rubricator"</span>
            </span>
            <button
                type="button"
                class="quiet project"
                title="Projects: open, rename, back up"
                on:click=handler(move |_| layers.open(Dialog::Projects))
            >
                <span class="project-name">{live(move || project.get().unwrap_or_else(|| "Projects".to_owned()))}</span>
            </button>
            <span class="spring"></span>
            <SaveIndicator />
            {layers.panels.view(|panels| (panels.buttons)())}
        </header>
    }
}

/// The buttons at the end: what can be undone, what comes in and goes out, and what is seldom needed.
#[component]
pub fn Buttons() -> impl IntoView {
    view! {
        <Places />
        <Steps />
        <div class="group" role="group" aria-label="Bring in and take home">
            <Wide name="Import" title=titled("Bring articles in", Action::Import, "Ctrl+o") glyph=Glyph::Import dialog=Dialog::Import />
            <Wide name="Export" title=titled("Take your work home", Action::Export, "Ctrl+e") glyph=Glyph::Export dialog=Dialog::Export />
        </div>
        <Extras />
    }
}

/// A button that opens a dialog, with its word where there is room.
#[component]
fn Wide(
    name: &'static str,
    title: Box<dyn Fn() -> String + Send>,
    glyph: Glyph,
    dialog: Dialog,
) -> impl IntoView {
    let layers = Layers::expect();
    view! {
        <button type="button" class="quiet" aria-label=name title=title on:click=handler(move |_| layers.open(dialog.clone()))>
            <Icon name=glyph />
            <span class="wide">{name}</span>
        </button>
    }
}

/// Shows the documents where there is no room for them beside the text. The reader has the like for annotations.
#[component]
fn DocumentsButton() -> impl IntoView {
    let layers = Layers::expect();
    let shown = move || layers.drawer.get() == Some(Drawer::Documents);
    view! {
        <button
            type="button"
            class="quiet icon only-narrow"
            aria-label="Show documents"
            title="Show documents"
            aria-expanded=live_value(move || shown().to_string())
            on:click=handler(move |_| layers.toggle_drawer(Drawer::Documents))
        >
            <Icon name=Glyph::Menu />
        </button>
    }
}
