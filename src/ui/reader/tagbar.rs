//! The bar above the text: the labels, to be armed by mouse or touch, and what ends the work on a document.

use leptos::prelude::*;

use super::palette::{LabelButton, label_buttons};
use crate::{
    app::{
        Command,
        workspace::{Part, Workspace},
    },
    model::Status,
    ui::{
        layers::{Drawer, Layers},
        widgets::{Glyph, Icon, handler, live, live_value},
    },
};

/// The labels and the document's steps.
#[component]
pub fn Tagbar() -> impl IntoView {
    let workspace = Workspace::expect();
    let layers = Layers::expect();
    let labels = Memo::new(move |_| workspace.watch(Part::Project, label_buttons).unwrap_or_default());
    let armed =
        Memo::new(move |_| workspace.watch(Part::Focus, |session| session.armed().cloned()).flatten());
    let button = move |label: LabelButton| {
        let (key, pressed) = (label.key.clone(), label.key.clone());
        view! {
            <button
                style=("--swatch", label.shade)
                title=label.description
                aria-pressed=live_value(move || (armed.get().as_ref() == Some(&pressed)).to_string())
                on:click=handler(move |_| workspace.dispatch(Command::Label(key.clone())))
            >
                <span class=format!("swatch {}", label.line) aria-hidden="true"></span>
                {label.name}
                {label.letter.map(|letter| view! { <kbd>{letter.to_string()}</kbd> })}
            </button>
        }
    };
    view! {
        <div class="tagbar" role="toolbar" aria-label="Labels">
            {live(move || labels.get().into_iter().map(button).collect_view())}
            <span class="spring"></span>
            <button
                class="quiet wide"
                title="Show or hide the names of labels"
                aria-pressed=live_value(move || layers.names.get().to_string())
                on:click=handler(move |_| layers.toggle_names())
            >
                "Names"
            </button>
            <StepButtons />
            <button
                class="quiet only-small icon"
                aria-label="Annotations"
                on:click=handler(move |_| layers.toggle_drawer(Drawer::Aside))
            >
                <Icon name=Glyph::Card />
            </button>
        </div>
    }
}

/// Back, on, done.
#[component]
fn StepButtons() -> impl IntoView {
    let workspace = Workspace::expect();
    let step = move |forward: bool| {
        let next = workspace.read(|session| session.neighbour(forward));
        if let Some(document) = next.flatten() {
            workspace.open_document(document);
        }
    };
    let done = Memo::new(move |_| {
        workspace.track(Part::Documents);
        let done = workspace.watch(Part::Focus, |session| {
            let document = session.state().documents().get(&session.open()?.document)?;
            Some(document.status == Status::Done)
        });
        done.flatten()
    });
    view! {
        <button class="quiet icon wide" aria-label="Previous document" title="Previous document" on:click=handler(move |_| step(false))>
            <span aria-hidden="true">"‹"</span>
        </button>
        <button class="quiet icon wide" aria-label="Next document" title="Next document" on:click=handler(move |_| step(true))>
            <span aria-hidden="true">"›"</span>
        </button>
        <button
            disabled=live_value(move || done.get().is_none())
            title="Mark done and open the next document"
            on:click=handler(move |_| workspace.dispatch(Command::MarkDone))
        >
            <Icon name=Glyph::Check />
            <span class="word">
                {live(move || if done.get() == Some(true) { "Done" } else { "Mark done" })}
            </span>
            <kbd class="standard">"d"</kbd>
        </button>
    }
}
