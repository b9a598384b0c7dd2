//! The keys that a person has in this browser, kept beside its other small choices.

use crate::{
    app::{Keymap, workspace::Workspace},
    browser::{media, preferences},
};

/// The name under which they are kept.
const KEYS: &str = "keys";

/// Puts the keys in force that were kept.
pub fn load(workspace: Workspace) {
    // Without it the standard keys are in force.
    if let Ok(Some(kept)) = preferences::get(KEYS) {
        put_in_force(workspace, Keymap::parse(&kept));
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
    put_in_force(workspace, keymap);
}

fn put_in_force(workspace: Workspace, keymap: Keymap) {
    // Without it a hint shows the standard key.
    let _shown = media::set_own_keys(!keymap.is_standard());
    workspace.set_keymap(keymap);
}
