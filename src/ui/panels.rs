//! What stands beside the text: the documents, the card, the annotations, and the buttons of the header. The text can be read and tagged without them, so their program comes after its own.

use leptos::prelude::*;

use super::{
    annotations::Annotations,
    card::Card,
    documents::Documents,
    guide::GuidePanel,
    header::{Buttons, Progress, Rescue},
    layers::{Dialog, Layers},
    reader::{Geometry, Tools},
    screens::Screens,
    widgets::When,
};

crate::chunk! {
    panels:
    /// The panels.
    fn panels() -> Entry {
        Entry { documents, aside, buttons, progress, tools, screens }
    }
}

/// The ways into the chunk of the panels.
#[derive(Clone, Copy)]
pub struct Entry {
    /// The documents of the project.
    pub documents: fn() -> AnyView,
    /// The card and the annotations.
    pub aside: fn() -> AnyView,
    /// The buttons at the end of the header.
    pub buttons: fn() -> AnyView,
    /// The long work that goes on, and the way to take home what is in a page that cannot go on.
    pub progress: fn() -> AnyView,
    /// What floats over the text besides the cursor.
    pub tools: fn(Signal<Geometry>) -> AnyView,
    /// The screen that is shown in the place of the text.
    pub screens: fn() -> AnyView,
}

fn documents() -> AnyView {
    view! { <Documents /> }.into_any()
}

fn aside() -> AnyView {
    view! {
        <GuidePanel />
        <Card />
        <Annotations />
    }
    .into_any()
}

fn buttons() -> AnyView {
    view! { <Buttons /> }.into_any()
}

fn progress() -> AnyView {
    let layers = Layers::expect();
    // These dialogs show it themselves.
    let has_own =
        move || matches!(layers.dialog.get(), Some(Dialog::Import | Dialog::Export | Dialog::Projects));
    let stands_alone = Memo::new(move |_| !has_own());
    view! {
        <When holds=stands_alone>
            <Progress />
        </When>
        <Rescue />
    }
    .into_any()
}

fn screens() -> AnyView {
    view! { <Screens /> }.into_any()
}

fn tools(geometry: Signal<Geometry>) -> AnyView {
    view! { <Tools geometry /> }.into_any()
}
