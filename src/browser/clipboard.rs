//! What is copied and pasted, as plain text.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, EventTarget};

use super::{
    Error, Listener, Surface,
    error::refused,
    files::{self, Dropped},
    page,
};

/// Puts a text on the clipboard; to be called shortly after a click or a key press.
///
/// # Errors
/// When the browser withholds the clipboard, as it does from pages that are not secure.
pub async fn write(text: &str) -> Result<(), Error> {
    let navigator: JsValue = page::window()?.navigator().into();
    let clipboard = navigator.unchecked_ref::<CopyingNavigator>().clipboard();
    let clipboard = clipboard.ok_or(Error::Missing { what: "a clipboard" })?;
    let written = clipboard.write_text(text).map_err(refused("copying"))?;
    JsFuture::from(written).await.map_err(refused("copying"))?;
    Ok(())
}

/// Puts exactly the returned text on the clipboard when something of the surface is copied; `None` leaves it to
/// the browser.
pub fn on_copy(surface: &Surface, mut text: impl FnMut() -> Option<String> + 'static) -> Listener {
    Listener::on_preventable(surface.element(), "copy", move |event| {
        let Some(data) = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data) else {
            return;
        };
        if let Some(text) = text()
            && data.set_data("text/plain", &text).is_ok()
        {
            event.prevent_default();
        }
    })
}

/// Calls back with what is pasted anywhere but into a field or dialog.
///
/// # Errors
/// Only outside a page.
pub fn on_paste(mut callback: impl FnMut(Dropped) + 'static) -> Result<Listener, Error> {
    Ok(Listener::on(&page::document()?, "paste", move |event| {
        if is_field(event.target()) {
            return;
        }
        if let Some(pasted) = event.dyn_ref::<ClipboardEvent>().map(files::of_paste)
            && !pasted.is_empty()
        {
            callback(pasted);
        }
    }))
}

/// What is pasted as HTML; empty if it is no such. To be called while the event is dispatched.
pub fn html_of(event: &ClipboardEvent) -> String {
    event.clipboard_data().and_then(|data| data.get_data("text/html").ok()).unwrap_or_default()
}

fn is_field(target: Option<EventTarget>) -> bool {
    let element = target.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    element.is_some_and(|element| {
        matches!(element.closest("input, textarea, select, dialog, [contenteditable]"), Ok(Some(_)))
    })
}

#[wasm_bindgen]
extern "C" {
    type CopyingNavigator;

    #[wasm_bindgen(method, getter)]
    fn clipboard(this: &CopyingNavigator) -> Option<WritableClipboard>;

    type WritableClipboard;

    #[wasm_bindgen(method, catch, js_name = writeText)]
    fn write_text(this: &WritableClipboard, text: &str) -> Result<Promise, JsValue>;
}
