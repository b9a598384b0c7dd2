//! The frame of the page: header, documents, text, card and list; dialogs and messages over it.

use leptos::prelude::*;

use super::{
    dialogs::Dialogs,
    header::{Announcer, Header},
    layers::{Dialog, Drawer, Layers},
    reader::Reader,
};
use crate::{
    app::workspace::{Moment, Part, Phase, Workspace},
    browser::{Listener, events, location, panic},
    ui::widgets::{When, handler, live},
};

/// Everything on the page.
#[component]
pub fn Workbench() -> impl IntoView {
    let workspace = Workspace::expect();
    let layers = Layers::expect();
    let listeners = StoredValue::new_local(Vec::<Listener>::new());
    listeners.update_value(|heard| {
        heard.extend(location::on_hash_change(move |hash| workspace.follow(&hash)));
        heard.extend(events::on_before_unload(move || workspace.has_unsaved()));
        heard.extend(events::on_hidden(move |hidden| {
            if hidden {
                workspace.store_view(Moment::Now);
            } else {
                workspace.look_around();
            }
        }));
    });
    layers.hands.once_here(move |hands| {
        listeners.update_value(|heard| heard.extend((hands.page)(workspace, layers)));
    });
    layers.complete();
    Effect::new(move |_| {
        if workspace.phase() == Phase::Ready && panic::wants_backup() {
            layers.dialogs.then(move |dialogs| (dialogs.backup)(workspace));
        }
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
    view! {
        <div class="workbench" data-drawer=drawer>
            <Header />
            // Before what it covers, which the style sheet hides behind it.
            {layers.panels.view(|panels| (panels.screens)())}
            <When holds=Signal::derive(move || layers.drawer.get() == Some(Drawer::Documents))>
                <div class="scrim" on:click=handler(move |_| layers.drawer.set(None))></div>
            </When>
            <nav class="documents" aria-label="Documents of the project">
                {layers.panels.view(|panels| (panels.documents)())}
            </nav>
            <Reader />
            <aside class="aside" aria-label="Card and annotations">
                {layers.panels.view(|panels| (panels.aside)())}
            </aside>
        </div>
        <Incomplete />
        <Stopped />
        <Dialogs />
        {layers.panels.view(|panels| (panels.progress)())}
        <Announcer />
    }
}

/// A warning that a part of the program did not come; what is there works on.
#[component]
fn Incomplete() -> impl IntoView {
    let workspace = Workspace::expect();
    let layers = Layers::expect();
    live(move || {
        layers.is_incomplete().then(|| {
            view! {
                <div class="banner" role="alert">
                    <p>
                        "A part of Rubricator could not be loaded. Your work is safe; what you see goes on working."
                    </p>
                    <button on:click=handler(move |_| {
                        layers.complete();
                        workspace.complete();
                    })>"Try again"</button>
                </div>
            }
        })
    })
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
