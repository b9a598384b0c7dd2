//! What is copied and pasted, as plain text.

use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, EventTarget};

use super::{Error, Listener, Surface, page};

/// Puts exactly the returned text on the clipboard when something of the surface is copied; `None` leaves it to
/// the browser.
pub fn on_copy(surface: &Surface, mut text: impl FnMut() -> Option<String> + 'static) -> Listener {
    Listener::on_preventable(surface.element(), "copy", move |event| {
        let Some(data) = event
            .dyn_ref::<ClipboardEvent>()
            .and_then(ClipboardEvent::clipboard_data)
        else {
            return;
        };
        if let Some(text) = text()
            && data.set_data("text/plain", &text).is_ok()
        {
            event.prevent_default();
        }
    })
}

/// Calls back with the text that is pasted anywhere but into a field.
///
/// # Errors
/// Only outside a page.
pub fn on_paste(mut callback: impl FnMut(String) + 'static) -> Result<Listener, Error> {
    Ok(Listener::on(&page::document()?, "paste", move |event| {
        if is_field(event.target()) {
            return;
        }
        let data = event
            .dyn_ref::<ClipboardEvent>()
            .and_then(ClipboardEvent::clipboard_data);
        if let Some(text) = data.and_then(|data| data.get_data("text/plain").ok())
            && !text.is_empty()
        {
            callback(text);
        }
    }))
}

fn is_field(target: Option<EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| {
        matches!(
            element.closest("input, textarea, select, [contenteditable]"),
            Ok(Some(_))
        )
    })
}
