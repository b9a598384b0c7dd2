//! The user interface: one folder a screen, and widgets.
//! Components show what they read from the workspace and have commands carried out; they change nothing themselves.

mod annotations;
mod card;
mod codebook;
mod colour;
mod dialogs;
mod documents;
mod guide;
mod hands;
mod header;
mod key_hint;
mod keyboard;
mod layers;
mod lettering;
mod own_keys;
mod panels;
mod reader;
mod registry;
mod screens;
mod suggestions;
mod widgets;
mod workbench;

use leptos::prelude::*;

use self::{layers::Layers, workbench::Workbench};
use crate::{
    app::{crash_report, workspace::Workspace},
    browser::{boot, panic},
};

/// Mounts the user interface on the page.
pub fn mount() {
    panic::install(crash_report);
    boot::finish();
    mount_to_body(App);
}

/// The whole page.
#[component]
fn App() -> impl IntoView {
    let workspace = Workspace::provide();
    Layers::provide();
    workspace.start();
    view! { <Workbench /> }
}
