//! The keys of the screen: letters act outside text fields only, as everywhere.

use leptos::{ev, prelude::*};

use super::state::{Asked, Registry, Side};
use crate::browser::{focus, keys, scroll};

/// Takes a key press that nothing inside has taken.
pub fn take(event: &ev::KeyboardEvent, registry: Registry) {
    let press = keys::key_press(event);
    if event.default_prevented() || press.in_dialog || press.ctrl || press.alt || event.is_composing() {
        return;
    }
    let taken = match press.key.as_str() {
        "Escape" if registry.side.get_untracked().is_open() => {
            registry.close_side();
            true
        }
        _ if press.in_text_field => false,
        "/" => focus::give_to(".registry input[type=search]"),
        "n" => {
            registry.show(Side::New);
            true
        }
        "u" => {
            registry.show(Side::Duplicates);
            true
        }
        "e" if matches!(registry.side.get_untracked(), Side::Actor(_)) => {
            focus::give_to(".registry-side input")
        }
        "s" => focus::give_to(".split-off input"),
        "m" => {
            registry.asked.set(Some(Asked::Merge(registry.chosen())));
            true
        }
        "Delete" => {
            let chosen = registry.chosen();
            if !chosen.is_empty() {
                registry.asked.set(Some(Asked::Delete(chosen)));
            }
            true
        }
        " " if press.on_control && focus::within(".actor-row") => {
            let row = scroll::row_of(event).and_then(|at| untrack(|| registry.row(at)));
            if let Some(id) = row.and_then(|row| row.id) {
                registry.tick(id);
            }
            true
        }
        _ => false,
    };
    if taken {
        event.prevent_default();
        event.stop_propagation();
    }
}
