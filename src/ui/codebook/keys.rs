//! The keys of the screen: letters act outside text fields only, as everywhere.

use leptos::{ev, prelude::*};

use super::state::{Asked, Desk, Entry, Shown};
use crate::{
    browser::{focus, keys},
    model::CodebookEntry,
};

/// Takes a key press that nothing inside has taken.
pub fn take(event: &ev::KeyboardEvent, desk: Desk) {
    let press = keys::key_press(event);
    if event.default_prevented() || press.in_dialog || press.ctrl || press.alt || event.is_composing() {
        return;
    }
    let shown = untrack(|| desk.present(desk.shown.get()));
    let taken = match press.key.as_str() {
        "Escape" if desk.choice.get_untracked().is_some() => {
            focus::leave_field();
            desk.choice.set(None);
            focus::give_to(".choice-rows [aria-current]") || focus::give_to(".choice-rows button")
        }
        "Escape" if shown != Shown::Overview => {
            desk.close();
            true
        }
        _ if press.in_text_field => false,
        "n" => {
            let entry = match shown {
                Shown::Relation(_) => CodebookEntry::Relation,
                Shown::Attribute(_) => CodebookEntry::Attribute,
                _ => CodebookEntry::Label,
            };
            desk.show(Shown::New(entry));
            true
        }
        "e" => focus::give_to(".codebook-side [data-first]"),
        "m" => ask(desk, &shown, Asked::Merge),
        "Delete" => ask(desk, &shown, Asked::Delete),
        _ => false,
    };
    if taken {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Asks about the entry in hand, if there is one.
fn ask(desk: Desk, shown: &Shown, asked: fn(Entry) -> Asked) -> bool {
    let entry = match (shown, desk.choice.get_untracked()) {
        (Shown::Attribute(of), Some(key)) => Entry::Choice(of.clone(), key),
        (Shown::Attribute(of), None) => Entry::Attribute(of.clone()),
        (Shown::Label(key), _) => Entry::Label(key.clone()),
        (Shown::Relation(key), _) => Entry::Relation(key.clone()),
        _ => return false,
    };
    let asked = asked(entry);
    // Attributes are not merged.
    if matches!(asked, Asked::Merge(Entry::Attribute(_))) {
        return false;
    }
    desk.asked.set(Some(asked));
    true
}
