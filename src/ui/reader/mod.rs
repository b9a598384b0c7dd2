//! The reader: the text with its marks, and everything that floats over it.

mod byline;
mod drawing;
mod easel;
mod floating;
mod geometry;
mod offer;
mod overlay;
mod palette;
mod pointer;
mod tagbar;
mod tools;

use leptos::{html, prelude::*};

use self::{byline::Byline, overlay::Overlay, tagbar::Tagbar};
pub use self::{
    easel::{Easel, Measure, draw_beside},
    geometry::Geometry,
    pointer::listen,
    tools::Tools,
};
use crate::{
    app::workspace::{Part, Workspace},
    browser::{Listener, events, media, painter::Painter},
    ui::layers::{Dialog, Layers},
    ui::widgets::{When, handler, live_value},
};

/// The middle of the page: labels, byline, text.
#[component]
pub fn Reader() -> impl IntoView {
    let workspace = Workspace::expect();
    let empty =
        Memo::new(move |_| workspace.watch(Part::Focus, |session| session.open().is_none()).unwrap_or(true));
    view! {
        <main class="reader" aria-label="Text" node_ref=Layers::expect().reader>
            <Tagbar />
            <div class="page">
                <div class="sheet" class:hidden=empty>
                    <Byline />
                    <Surface />
                </div>
                <When holds=empty>
                    <Empty />
                </When>
            </div>
        </main>
    }
}

/// What is shown while no document is open.
#[component]
fn Empty() -> impl IntoView {
    let layers = Layers::expect();
    view! {
        <div class="empty-reader">
            <p>"No article is open."</p>
            <p>
                <button class="primary" on:click=handler(move |_| layers.open(Dialog::Import))>
                    "Bring articles in"
                </button>
            </p>
            <p>"You can also drop files anywhere on this page."</p>
        </div>
    }
}

/// The element that holds the text. The painter owns its content.
#[component]
fn Surface() -> impl IntoView {
    let workspace = Workspace::expect();
    let layers = Layers::expect();
    let element = NodeRef::<html::Article>::new();
    let geometry = RwSignal::new(Geometry::default());
    let easel = StoredValue::new_local(None::<Easel>);
    let listeners = StoredValue::new_local(Vec::<Listener>::new());

    element.on_load(move |element| {
        let new = Easel::new(workspace, Painter::new(element), geometry);
        let resized = new.clone();
        let mut heard: Vec<Listener> = media::on_resize(move |_| resized.measure()).into_iter().collect();
        let scrolled = new.clone();
        heard.extend(events::on_scroll(new.surface(), move || scrolled.note_scroll()));
        listeners.set_value(heard);
        let answering = new.clone();
        layers.hands.once_here(move |hands| {
            listeners.update_value(|heard| heard.extend((hands.text)(&answering, workspace, layers)));
            answering.answer(hands.measure);
        });
        let painter = new.clone();
        workspace.set_painter(move |paint| painter.paint(paint));
        easel.set_value(Some(new));
    });

    let title = Memo::new(move |_| {
        workspace
            .watch(Part::Focus, |session| {
                let open = session.open()?;
                session.state().documents().get(&open.document).map(|document| document.title.clone())
            })
            .flatten()
            .unwrap_or_default()
    });
    view! {
        <div class="text">
            <article
                class="surface"
                data-surface=""
                data-names=live_value(move || layers.names.get().then_some(""))
                tabindex="0"
                role="document"
                dir="auto"
                aria-label=title
                aria-keyshortcuts="a c x m t"
                node_ref=element
            ></article>
            <Overlay geometry />
        </div>
    }
}
