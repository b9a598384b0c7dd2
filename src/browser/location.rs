//! The part of the address that is ours, after `#`, and the title of the page.

use super::error::refused;
use super::{Error, Listener, page};

/// What the browser's back button does after the address has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// A new place: back returns to the one before.
    New,
    /// The same place, described anew.
    Same,
}

/// The address after `#`, without it; percent-encoding is left as it is.
///
/// # Errors
/// Only outside a page.
pub fn hash() -> Result<String, Error> {
    let hash = page::window()?.location().hash().map_err(refused("reading the address"))?;
    Ok(hash.strip_prefix('#').unwrap_or(&hash).to_owned())
}

/// Changes the address after `#`. This does not call [`on_hash_change`]: the caller knows where it goes.
///
/// # Errors
/// When the browser refuses, as some do after hundreds of changes in a few seconds.
pub fn set_hash(hash: &str, visit: Visit) -> Result<(), Error> {
    let history = page::window()?.history().map_err(refused("reading the history"))?;
    let address = format!("#{hash}");
    let nothing = wasm_bindgen::JsValue::NULL;
    match visit {
        Visit::New => history.push_state_with_url(&nothing, "", Some(&address)),
        Visit::Same => history.replace_state_with_url(&nothing, "", Some(&address)),
    }
    .map_err(refused("changing the address"))
}

/// Calls back with the new hash when the person goes back or forward or edits the address.
///
/// # Errors
/// Only outside a page.
pub fn on_hash_change(mut callback: impl FnMut(String) + 'static) -> Result<Listener, Error> {
    let window = page::window()?;
    Ok(Listener::on(&window, "hashchange", move |_| {
        if let Ok(hash) = hash() {
            callback(hash);
        }
    }))
}

/// Sets the title of the page.
///
/// # Errors
/// Only outside a page.
pub fn set_title(title: &str) -> Result<(), Error> {
    page::document()?.set_title(title);
    Ok(())
}

/// Loads the page again.
pub fn reload() {
    if let Ok(window) = page::window() {
        // A refusal leaves the page as it is; the person can reload by other means.
        let _reloading = window.location().reload();
    }
}
