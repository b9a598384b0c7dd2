//! Where the keyboard is: asked and set by selector, or by an element that the framework hands out.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::{page, wait};

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

/// Leaves the field that has the keyboard, which so says what was written in it while it is still there.
pub fn leave_field() {
    let active = page::document().ok().and_then(|document| document.active_element());
    if let Some(active) = active.and_then(|active| active.dyn_into::<HtmlElement>().ok()) {
        // Refused only for elements without a document.
        let _left = active.blur();
    }
}

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

/// Moves the focus into a text field and selects what it holds, so that typing replaces it.
pub fn give_and_select(element: &Element) {
    give(element);
    if let Some(field) = element.dyn_ref::<HtmlInputElement>() {
        field.select();
    }
}

/// Gives the keyboard to an element before the next frame, unless it is within what a selector matches by then.
pub fn give_unless_within(element: Element, selector: &'static str) {
    wait::on_next_frame(move || {
        if !within(selector) {
            give(&element);
        }
    });
}
