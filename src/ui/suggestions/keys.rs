//! The keys of the suggestions. A letter that the codebook gives to a label or a relation type means that; what a key
//! does to a suggestion it does only while one is looked at.

use leptos::prelude::*;

use super::state::Suggested;
use crate::{
    app::{Action, Chord, digit, is_of_codebook},
    browser::keys::{KeyPress, Reply},
    ui::keyboard::is_going,
};

/// Takes a key press, if it is one for suggestions.
pub fn take(press: &KeyPress, suggested: Suggested) -> Reply {
    let workspace = suggested.workspace;
    let elsewhere = press.in_dialog || press.in_text_field || workspace.screen_now().is_some() || is_going();
    if elsewhere {
        return Reply::Passed;
    }
    let chord = Chord::new(&press.key, press.ctrl, press.shift, press.alt);
    let is_of_codebook =
        workspace.read(|session| is_of_codebook(&session.state().project().codebook, &chord));
    if is_of_codebook == Some(true) {
        return Reply::Passed;
    }
    let is_current = suggested.current.get_untracked().is_some();
    let works = is_current && !press.on_control;
    let action = workspace.read(|session| session.keymap().resolve(&chord, true)).flatten();
    match (action, chord.to_string().as_str()) {
        (Some(Action::NextSuggestion), _) => suggested.step(true),
        (Some(Action::PreviousSuggestion), _) | (None, "p") => suggested.step(false),
        (Some(Action::ReviewSuggestions), _) if !press.on_control && 0 < untrack(|| suggested.count()) => {
            suggested.reviewing.set(true)
        }
        (Some(Action::OpenCard), _) if works => suggested.accept_current(0),
        (Some(Action::Delete), _) | (None, "r") if works => suggested.refuse_current(),
        (Some(Action::Escape), _) if is_current => suggested.leave(),
        _ => {
            let picked = digit(&chord).filter(|_| is_current).and_then(|digit| digit.checked_sub(1));
            let current = suggested.current.get_untracked();
            match (picked, current) {
                (Some(at), Some(span)) if at < suggested.names(span).len() => suggested.accept_current(at),
                _ => return Reply::Passed,
            }
        }
    }
    Reply::Taken
}
