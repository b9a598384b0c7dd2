//! Moving the keyboard's focus to an element.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::page;

/// Moves the focus to an element; nothing happens when it cannot take it.
pub fn give(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Refused only for elements without a document.
        let _focused = element.focus();
    }
}

/// Moves the focus to the first element below this one that the selector finds; false when there is none.
pub fn give_within(element: &Element, selector: &str) -> bool {
    let found = element.query_selector(selector).ok().flatten();
    if let Some(found) = &found {
        give(found);
    }
    found.is_some()
}

/// Moves the focus to the first element of the page that the selector finds; false when there is none.
pub fn give_first(selector: &str) -> bool {
    page::root().is_ok_and(|root| give_within(&root, selector))
}

/// Moves the focus into a text field and selects what it holds, so that typing replaces it.
pub fn give_and_select(element: &Element) {
    give(element);
    if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
        field.select();
    }
}

/// Whether the focus is on this element or within it.
pub fn is_within(element: &Element) -> bool {
    let focused = page::document().ok().and_then(|document| document.active_element());
    focused.is_some_and(|focused| element.contains(Some(&focused)))
}
