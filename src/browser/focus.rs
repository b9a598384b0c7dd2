//! Where the keyboard is: asked and set by selector, so that no element leaves this room.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::page;

/// Whether the focused element is, or lies in, one that the selector meets.
pub fn within(selector: &str) -> bool {
    let active = page::document().ok().and_then(|document| document.active_element());
    active.is_some_and(|active| active.closest(selector).is_ok_and(|found| found.is_some()))
}

/// Gives the keyboard to the first element that the selector meets; says whether there was one.
pub fn give_to(selector: &str) -> bool {
    let element = page::document().ok().and_then(|document| document.query_selector(selector).ok().flatten());
    let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) else {
        return false;
    };
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    element.focus_with_options(&options).is_ok()
}
