//! The keys of the suggestions. A letter that the codebook gives to a label or a relation type means that; what a key
//! does to a suggestion it does only while one is looked at.

use leptos::prelude::*;

use super::state::Suggested;
use crate::{
    app::{Chord, digit, label_for, relation_for},
    browser::keys::{KeyPress, Reply},
    ui::keyboard::is_going,
};

/// Takes a key press, if it is one for suggestions.
pub fn take(press: &KeyPress, suggested: Suggested) -> Reply {
    let workspace = suggested.workspace;
    let elsewhere = press.in_dialog || press.in_text_field || workspace.screen_now().is_some() || is_going();
    if elsewhere || press.ctrl || press.alt {
        return Reply::Passed;
    }
    let chord = Chord::new(&press.key, press.ctrl, press.shift, press.alt);
    let of_codebook = workspace.read(|session| {
        let codebook = &session.state().project().codebook;
        label_for(codebook, &chord).is_some() || relation_for(codebook, &chord).is_some()
    });
    if of_codebook == Some(true) {
        return Reply::Passed;
    }
    let is_current = suggested.current.get_untracked().is_some();
    match chord.to_string().as_str() {
        "n" => suggested.step(true),
        "p" | "Shift+n" => suggested.step(false),
        "Shift+Enter" if !press.on_control && 0 < untrack(|| suggested.count()) => {
            suggested.reviewing.set(true)
        }
        "Enter" if is_current && !press.on_control => suggested.accept_current(0),
        "Delete" | "Backspace" | "r" if is_current && !press.on_control => suggested.refuse_current(),
        "Escape" if is_current => suggested.leave(),
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
