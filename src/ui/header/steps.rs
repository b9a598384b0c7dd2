//! Undo and redo: each says in its hint what it would take back or bring back.

use leptos::prelude::*;

use crate::{
    app::{
        Action, Command, Session,
        workspace::{Part, Workspace},
    },
    model::{History, Top, What},
    ui::widgets::{Glyph, Icon, handler, live_value},
};

/// The two buttons.
#[component]
pub(super) fn Steps() -> impl IntoView {
    let ws = Workspace::expect();
    let key = move |action, standard: &'static str| {
        Signal::derive(move || match ws.key(action, standard) {
            key if key.is_empty() => key,
            key => format!(" ({key})"),
        })
    };
    view! {
        <div class="group" role="group" aria-label="Steps">
            <Step name="Undo" keys=key(Action::Undo, "Ctrl+z") glyph=Glyph::Undo command=Command::Undo top=History::undo_top />
            <Step name="Redo" keys=key(Action::Redo, "Ctrl+Shift+z") glyph=Glyph::Redo command=Command::Redo top=History::redo_top />
        </div>
    }
}

#[component]
fn Step(
    name: &'static str,
    keys: Signal<String>,
    glyph: Glyph,
    command: Command,
    top: fn(&History) -> Top<'_>,
) -> impl IntoView {
    let ws = Workspace::expect();
    let what = Memo::new(move |_| ws.watch(Part::History, |session| deed(session, top)).flatten());
    let title = move || match what.get() {
        Some(words) if !words.is_empty() => format!("{name}: {words}{}", keys.get()),
        Some(_) => format!("{name}{}", keys.get()),
        None => format!("Nothing to {}", name.to_ascii_lowercase()),
    };
    view! {
        <button
            type="button"
            class="quiet"
            aria-label=name
            title=title
            disabled=live_value(move || what.get().is_none())
            on:click=handler(move |_| ws.dispatch(command.clone()))
        >
            <Icon name=glyph />
            <span class="wide">{name}</span>
        </button>
    }
}

/// What the topmost entry did; empty when it is not in memory, none when there is no entry.
fn deed(session: &Session, top: fn(&History) -> Top<'_>) -> Option<&'static str> {
    let history = session.history();
    let number = match top(history) {
        Top::Nothing => return None,
        Top::NotLoaded(number) => number,
        Top::Entry(entry) => entry.number,
    };
    Some(history.deed(number).map_or("", What::words))
}
