//! The frame of the page: header, documents, text, card and list; dialogs and messages over it.

use leptos::prelude::*;

use super::{
    annotations::Annotations,
    card::Card,
    dialogs::Dialogs,
    documents::Documents,
    header::{Announcer, Header, Progress},
    keyboard,
    layers::{Dialog, Drawer, Layers},
    reader::Reader,
};
use crate::{
    app::workspace::{Part, Phase, Source, Workspace},
    browser::{Listener, events, files, location, wait},
    ui::widgets::{handler, live},
};

/// Everything on the page.
#[component]
pub fn Workbench() -> impl IntoView {
    let workspace = Workspace::expect();
    let layers = Layers::expect();
    let dropping = RwSignal::new(false);
    let listeners = StoredValue::new_local(Vec::<Listener>::new());
    listeners.update_value(|heard| {
        heard.extend(keyboard::listen(workspace, layers));
        heard.extend(location::on_hash_change(move |hash| workspace.follow(&hash)));
        heard.extend(events::on_before_unload(move || workspace.has_unsaved()));
        heard.extend(events::on_hidden(move |hidden| {
            if hidden {
                workspace.store_view();
            } else {
                workspace.follow_tabs();
            }
        }));
    });
    if !Layers::tour_was_seen() {
        layers.dialog.set(Some(Dialog::Tour));
    }

    // A new choice on a small screen is for the card; on a large one the drawer has no effect.
    let chosen =
        Memo::new(move |_| workspace.watch(Part::Focus, |session| session.open().map(|open| open.document)));
    let drawer = Memo::new(move |_| {
        chosen.track();
        layers.drawer.get().map(Drawer::name)
    });
    let drop = move |event: leptos::ev::DragEvent| {
        event.prevent_default();
        dropping.set(false);
        let dropped = files::of_drop(&event);
        let text = dropped.text.clone();
        wait::spawn(async move {
            match dropped.files().await {
                Ok(files) if !files.is_empty() => {
                    layers.open(Dialog::Import);
                    workspace.import(files.into_iter().map(Source::File).collect());
                }
                Ok(_) => {
                    if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
                        workspace.import(vec![Source::Text { title: String::new(), text }]);
                    }
                }
                Err(error) => workspace.refuse(&error),
            }
        });
    };
    view! {
        <div
            class="workbench"
            class:dropping=dropping
            data-drawer=drawer
            on:dragover=handler(move |event: leptos::ev::DragEvent| {
                event.prevent_default();
                dropping.set(true);
            })
            on:dragleave=handler(move |_| dropping.set(false))
            on:drop=handler(drop)
        >
            <Header />
            <Documents />
            <Reader />
            <aside class="aside" aria-label="Card and annotations">
                <Card />
                <Annotations />
            </aside>
        </div>
        <Stopped />
        <Dialogs />
        <Progress />
        <Announcer />
    }
}

/// What is shown when the page cannot go on.
#[component]
fn Stopped() -> impl IntoView {
    let workspace = Workspace::expect();
    live(move || match workspace.phase() {
        Phase::Failed(problem) => Some(view! {
            <div class="stopped" role="alert">
                <p>{problem}</p>
                <button on:click=handler(move |_| location::reload())>"Load the page again"</button>
            </div>
        }),
        Phase::Starting | Phase::Ready => None,
    })
}
