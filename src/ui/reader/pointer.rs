//! Mouse, pen and finger on the text: a drag selects, a click chooses, two clicks take a word, three a sentence.
//! The browser's own selection is used, so it looks and feels as everywhere; it is read when it has come to rest.

use std::{cell::Cell, rc::Rc};

use leptos::prelude::*;

use super::easel::Easel;
use crate::{
    app::{Command, Unit, workspace::Workspace},
    browser::{Listener, clipboard, events, selection, wait},
    text::{Offset, Span, Utf16Offset},
    ui::layers::{Layers, Measures},
};

/// How long a selection made by touch has to rest before it counts, in milliseconds.
const TOUCH_REST: u32 = 350;

/// Listens to the surface for as long as the listener lives.
pub fn listen(easel: &Easel, workspace: Workspace, layers: Layers) -> Vec<Listener> {
    let pressed = Rc::new(Cell::new(false));
    let touch = Rc::new(Cell::new(false));
    let surface = easel.surface();
    let mut listeners = Vec::new();

    let down = {
        let (pressed, touch) = (Rc::clone(&pressed), Rc::clone(&touch));
        events::on_pointer_down(surface, move |press| {
            pressed.set(press.primary && !press.touch);
            touch.set(press.touch);
        })
    };
    listeners.push(down);

    let up = {
        let (pressed, easel) = (Rc::clone(&pressed), easel.clone());
        events::on_pointer_up(move |_| {
            if pressed.replace(false) {
                let easel = easel.clone();
                // The browser settles the selection after this event, and a click may follow.
                wait::on_next_turn(move || {
                    take_selection(&easel, workspace, layers.snap_words.get_untracked())
                });
            }
        })
    };
    listeners.extend(up);

    let click = {
        let easel = easel.clone();
        events::on_click(surface, move |press| {
            let Some(place) = press.utf16.and_then(|utf16| offset_at(workspace, utf16)) else { return };
            if press.clicks >= 3 {
                workspace.dispatch(Command::Select { anchor: place, head: place, words: false });
                workspace.dispatch(Command::SelectUnit(Unit::Sentence));
            } else {
                // A click into what is selected ends the selection only after this event.
                let easel = easel.clone();
                wait::on_next_turn(move || {
                    if shown(&easel).is_none() {
                        workspace.dispatch(Command::ClickAt(place));
                    }
                });
            }
        })
    };
    listeners.push(click);

    let changes = Rc::new(Cell::new(0_u32));
    let changed = {
        let easel = easel.clone();
        events::on_selection_change(move || {
            if pressed.get() || !differs(&easel, workspace) {
                return;
            }
            if touch.get() {
                easel.note_touch();
            }
            let change = changes.get().wrapping_add(1);
            changes.set(change);
            let (easel, changes, touch) = (easel.clone(), Rc::clone(&changes), touch.get());
            wait::spawn(async move {
                if touch {
                    wait::sleep(TOUCH_REST).await;
                }
                if changes.get() == change && differs(&easel, workspace) {
                    // The end of a drag may be heard of here first. What a finger marks is left as it is.
                    take_selection(&easel, workspace, !touch && layers.snap_words.get_untracked());
                }
            });
        })
    };
    listeners.extend(changed);

    let hover = easel.clone();
    listeners.push(events::on_hover(surface, move |annotations| hover.show_hover(&annotations)));
    listeners.push(clipboard::on_copy(surface, move || selected_text(workspace)));
    let printed = easel.clone();
    listeners.extend(events::on_print(move |begins| printed.print(begins)));
    layers.set_measures(measures(easel, workspace));
    // What was selected before anybody listened.
    take_selection(easel, workspace, false);
    listeners
}

fn measures(easel: &Easel, workspace: Workspace) -> Measures {
    let (lines, places) = (easel.clone(), easel.clone());
    Measures {
        line: Box::new(move |forward, goal| {
            let head = workspace
                .read(|session| session.open().map(|open| open.text.to_utf16(open.selection.head).get()));
            let (utf16, goal) = selection::move_line(lines.surface(), head.flatten()?, forward, goal)?;
            Some((offset_at(workspace, utf16)?, goal))
        }),
        place: Box::new(move |x, y| offset_at(workspace, selection::position_at(places.surface(), x, y)?)),
    }
}

/// Takes over what the person has selected in the text.
fn take_selection(easel: &Easel, workspace: Workspace, words: bool) {
    let Some((anchor, head)) = shown(easel) else { return };
    let ends = (offset_at(workspace, anchor), offset_at(workspace, head));
    if let (Some(anchor), Some(head)) = ends
        && differs(easel, workspace)
    {
        easel.note_pointer();
        workspace.dispatch(Command::Select { anchor, head, words });
    }
}

/// The stretch of the surface that the browser shows as selected, in UTF-16 units.
fn shown(easel: &Easel) -> Option<(u32, u32)> {
    selection::read(easel.surface()).filter(|(anchor, head)| anchor != head)
}

/// Whether the browser shows a stretch as selected that is not the session's.
fn differs(easel: &Easel, workspace: Workspace) -> bool {
    let Some(shown) = shown(easel) else { return false };
    let held = workspace.read(|session| {
        let open = session.open()?;
        let utf16 = |offset: Offset| open.text.to_utf16(offset).get();
        Some((utf16(open.selection.anchor), utf16(open.selection.head)))
    });
    held.flatten() != Some(shown)
}

/// The offset of a UTF-16 position; inside a surrogate pair that of the character.
fn offset_at(workspace: Workspace, utf16: u32) -> Option<Offset> {
    let offset = workspace.read(|session| {
        let text = &session.open()?.text;
        text.from_utf16(Utf16Offset::new(utf16))
            .or_else(|| text.from_utf16(Utf16Offset::new(utf16.saturating_sub(1))))
    });
    offset.flatten()
}

/// What is copied is what is written: the selected stretch of the text itself.
fn selected_text(workspace: Workspace) -> Option<String> {
    let text = workspace.read(|session| {
        let open = session.open()?;
        let selected: Span = open.selection.span()?;
        open.text.slice(selected).map(str::to_owned)
    });
    text.flatten()
}
