//! The keys of the screen: letters act outside text fields only, as everywhere.

use leptos::prelude::*;

use super::state::{Asked, Registry, Side};
use crate::browser::{
    focus,
    keys::{KeyPress, Reply},
};

/// Takes a key press that nothing inside has taken.
pub fn take(press: &KeyPress, registry: Registry) -> Reply {
    if press.in_dialog || press.ctrl || press.alt {
        return Reply::Passed;
    }
    let is_open = registry.side.get_untracked().is_open();
    match press.key.as_str() {
        "Escape" if is_open => registry.close_side(),
        _ if press.in_text_field => return Reply::Passed,
        "/" => {
            focus::give_to(".registry input[type=search]");
        }
        "n" => registry.show(Side::New),
        "u" => registry.show(Side::Duplicates),
        "e" if is_open => {
            focus::give_to(".registry-side input");
        }
        "s" if focus::give_to(".split-off input") => {}
        "m" => registry.asked.set(Some(Asked::Merge(registry.chosen()))),
        "Delete" if !registry.chosen().is_empty() => {
            registry.asked.set(Some(Asked::Delete(registry.chosen())));
        }
        _ => return Reply::Passed,
    }
    Reply::Taken
}
