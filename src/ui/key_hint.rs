//! Keys beside what they do, as this person has them. Each call says the standard key, so that the table of all keys need
//! not be there; a test compares them with it.

use leptos::prelude::*;

use super::widgets::{live, live_value};
use crate::app::{Action, workspace::Workspace};

/// A title with the key of an action after it: `title=titled("Help and keys", Action::Help, "?")`.
pub fn titled(words: &'static str, action: Action, standard: &'static str) -> Box<dyn Fn() -> String + Send> {
    let workspace = Workspace::expect();
    live_value(move || match workspace.key(action, standard) {
        key if key.is_empty() => words.to_owned(),
        key => format!("{words} ({key})"),
    })
}

/// The key of an action; nothing where it has none.
pub fn key_cap(action: Action, standard: &'static str) -> AnyView {
    let workspace = Workspace::expect();
    live(move || {
        let key = workspace.key(action, standard);
        (!key.is_empty()).then(|| view! { <kbd>{key}</kbd> })
    })
}
