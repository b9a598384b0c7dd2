//! Key presses, described so that a table of shortcuts can decide about them without the browser.

use js_sys::JsString;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{Error, Listener, page};

/// One press of a key with what is held beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyPress {
    /// What the key types or is called in the person's layout: `a`, `?`, `Enter`.
    pub key: String,
    /// Where the key lies, named after the US layout: `KeyA`, `Slash`. The same in every layout.
    pub code: String,
    /// Whether Ctrl, or the Command key of a Mac, is held.
    pub ctrl: bool,
    /// Whether Shift is held.
    pub shift: bool,
    /// Whether Alt is held. Neither `alt` nor `ctrl` is set by AltGr, which only helps to type a character.
    pub alt: bool,
    /// Whether the key is held down and repeats itself.
    pub repeat: bool,
    /// Whether the press goes to a field that takes text or choices.
    pub in_text_field: bool,
    /// Whether the press goes to something within a dialog.
    pub in_dialog: bool,
    /// Whether the press goes to something that the key itself may work: a button, a link, a summary.
    pub on_control: bool,
}

/// What became of a key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// It did something; the browser does nothing more with it.
    Taken,
    /// It meant nothing here; the browser goes on with it.
    Passed,
}

/// Calls back for every key press that nothing inside the page has taken, except while an input method composes
/// a character.
///
/// # Errors
/// Only outside a page.
pub fn on_key(mut callback: impl FnMut(&KeyPress) -> Reply + 'static) -> Result<Listener, Error> {
    let window = page::window()?;
    Ok(Listener::on_preventable(&window, "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if event.is_composing() || event.default_prevented() {
            return;
        }
        if callback(&key_press(event)) == Reply::Taken {
            event.prevent_default();
        }
    }))
}

/// Calls back for key presses before the keys of the page are looked at, for what is there only now and then; one that
/// is taken means nothing else.
///
/// # Errors
/// Only outside a page.
pub fn on_key_first(mut callback: impl FnMut(&KeyPress) -> Reply + 'static) -> Result<Listener, Error> {
    let document = page::document()?;
    Ok(Listener::on_preventable(&document, "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        let is_free = !event.is_composing() && !event.default_prevented();
        if is_free && callback(&key_press(event)) == Reply::Taken {
            event.prevent_default();
        }
    }))
}

/// Describes a press that a part of the page has heard of itself.
pub fn key_press(event: &KeyboardEvent) -> KeyPress {
    let types_by_alt_graph = event.get_modifier_state("AltGraph");
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector: &str| {
        target.as_ref().is_some_and(|target| matches!(target.closest(selector), Ok(Some(_))))
    };
    KeyPress {
        key: small(event.key()),
        code: event.code(),
        ctrl: (event.ctrl_key() || event.meta_key()) && !types_by_alt_graph,
        shift: event.shift_key(),
        alt: event.alt_key() && !types_by_alt_graph,
        repeat: event.repeat(),
        in_text_field: target.as_ref().is_some_and(takes_text),
        in_dialog: within("dialog, [role=dialog], [role=alertdialog]"),
        on_control: within("button, a[href], summary, [role=button], [role=option], [role=menuitem]"),
    }
}

/// A key's letter as a small one. The browser knows those beyond ASCII, so that no table of them is loaded.
fn small(key: String) -> String {
    let is_letter = !key.is_ascii() && key.chars().nth(1).is_none();
    if is_letter { JsString::from(key).to_lower_case().into() } else { key }
}

fn takes_text(target: &Element) -> bool {
    if let Some(input) = target.dyn_ref::<HtmlInputElement>() {
        let kind = input.type_();
        return !matches!(
            kind.as_str(),
            "button" | "checkbox" | "color" | "file" | "image" | "radio" | "range" | "reset" | "submit"
        );
    }
    matches!(target.local_name().as_str(), "textarea" | "select")
        || target.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable)
}
