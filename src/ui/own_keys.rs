//! The keys that a person has in this browser, kept beside its other small choices.

use crate::{
    app::{Keymap, workspace::Workspace},
    browser::preferences,
};

/// The name under which they are kept.
const KEYS: &str = "keys";

/// Puts the keys in force that were kept.
pub fn load(workspace: Workspace) {
    // Without it the standard keys are in force.
    if let Ok(Some(kept)) = preferences::get(KEYS) {
        workspace.set_keymap(Keymap::parse(&kept));
    }
}

/// Puts keys in force, from now on and at the next start.
pub fn keep(workspace: Workspace, keymap: Keymap) {
    let kept = if keymap.is_standard() {
        preferences::remove(KEYS)
    } else {
        preferences::set(KEYS, &keymap.print())
    };
    if kept.is_err() {
        workspace.refuse(&"this browser does not keep settings: the keys hold until the page is closed");
    }
    workspace.set_keymap(keymap);
}
