//! The annotations that are chosen together, and what keys do to them.

use leptos::{ev, prelude::*};

use crate::{
    app::{Chord, Command, MarkDeed, Together, digit, label_for, workspace::Workspace},
    browser::{focus, keys, wait},
    model::{AnnotationId, Key},
    ui::{keyboard::is_going, widgets},
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
    if is_going() {
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
    let Some(label) = label_of(workspace, &chord) else { return false };
    act(workspace, several, MarkDeed::Relabel(label));
    true
}

/// The label of a letter or digit.
fn label_of(workspace: Workspace, chord: &Chord) -> Option<Key> {
    workspace.read(|session| {
        let codebook = &session.state().project().codebook;
        let numbered = digit(chord).and_then(|number| codebook.labels.get(number.checked_sub(1)?));
        label_for(codebook, chord).or_else(|| numbered.map(|label| label.key.clone()))
    })?
}
