//! The annotations that are chosen together, and what keys do to them.

use leptos::{ev, prelude::*};

use crate::{
    app::{Chord, Command, Lettered, MarkDeed, Together, workspace::Workspace},
    browser::{focus, keys, wait},
    model::AnnotationId,
    ui::{
        keyboard,
        lettering::{self, Typed},
        widgets,
    },
};

/// The annotations of the list that are chosen together.
pub type Several = widgets::Several<AnnotationId>;

/// Does it to all that are chosen.
pub fn act(workspace: Workspace, several: Several, deed: MarkDeed) {
    let chosen = several.chosen.get_untracked();
    workspace.dispatch(Command::Together(Box::new(Together::Annotations { chosen, deed })));
}

/// Takes a key press on the list before the list does.
pub fn on_key(workspace: Workspace, several: Several, event: &ev::KeyboardEvent) {
    // The letter after g says where to go.
    if keyboard::is_going() && !lettering::is_awaited() {
        return;
    }
    if several.press(event) || several.has_any() && is_deed(workspace, several, event) {
        event.prevent_default();
        event.stop_propagation();
    }
}

fn is_deed(workspace: Workspace, several: Several, event: &ev::KeyboardEvent) -> bool {
    let press = keys::key_press(event);
    let chord = Chord::new(&press.key, press.ctrl, press.shift, press.alt);
    if matches!(press.key.as_str(), "Delete" | "Backspace") {
        act(workspace, several, MarkDeed::Delete);
        wait::on_next_frame(|| {
            focus::give_to(".annotations .rows");
        });
        return true;
    }
    if chord.ctrl || chord.alt {
        return false;
    }
    let label = match lettering::typed(&press, &chord, workspace) {
        Typed::Nothing => return false,
        Typed::Taken => return true,
        Typed::Entry(Lettered::Label(label)) => label,
        Typed::Entry(Lettered::Relation(kind)) => {
            workspace.dispatch(Command::StartLink(kind));
            return true;
        }
        Typed::Number(number) => {
            let Some(label) = lettering::label_of(number, workspace) else { return false };
            label
        }
    };
    act(workspace, several, MarkDeed::Relabel(label));
    true
}
