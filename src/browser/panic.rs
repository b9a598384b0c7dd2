//! The last words of a page whose program has stopped: a calm message that needs nothing of the program but itself.
//! Whatever it shows was decided before the panic or holds no text of the person's documents.

use std::panic::PanicHookInfo;

use js_sys::Function;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Document, Element, HtmlTextAreaElement};

use super::{location, page, tabs};

/// The class of the message, for the style sheet.
const CLASS: &str = "stopped";

/// What the tab remembers when the page that is loaded next shall save a backup.
const BACKUP: &str = "backup";

const MESSAGE: &str = "Rubricator stopped because of a mistake in the program. \
     All that was shown as saved is saved. Load the page again to go on.";

/// Shows the message, and logs the details to the console, when the program panics. `report` makes what may be sent
/// from the panic's message and its place in the program.
pub fn install(report: fn(&str, &str) -> String) {
    std::panic::set_hook(Box::new(move |info| {
        web_sys::console::error_1(&info.to_string().into());
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        let agent = page::window().and_then(|window| {
            window.navigator().user_agent().map_err(super::error::refused("the browser's name"))
        });
        let report = report(message_of(info), &place);
        let report = format!("{report}\n{} {}", env!("CARGO_PKG_VERSION"), agent.unwrap_or_default());
        // In a panic nothing is left to do about a failure but to leave the message out.
        let _shown = page::document().map(|document| show(&document, &report));
    }));
}

/// Logs the details to the console, for a program that has no page; the page hears that it stopped.
pub fn log_only() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
}

/// Whether the page before this one stopped and was asked for a backup; the answer is given once.
pub fn wants_backup() -> bool {
    let wanted = tabs::recall(BACKUP).is_some_and(|wanted| wanted == "yes");
    if wanted {
        tabs::remember(BACKUP, "");
    }
    wanted
}

fn message_of<'i>(info: &'i PanicHookInfo<'_>) -> &'i str {
    let payload = info.payload();
    let owned = payload.downcast_ref::<String>().map(String::as_str);
    owned.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default()
}

fn show(document: &Document, report: &str) -> Option<()> {
    let body = document.body()?;
    if document.query_selector(&format!(".{CLASS}")).ok()?.is_some() {
        return None;
    }
    let message = element(document, "div", "")?;
    message.set_class_name(CLASS);
    message.set_attribute("role", "alert").ok()?;
    let words = element(document, "p", MESSAGE)?;
    message.append_child(&words).ok()?;
    let again = button(document, "Load the page again", location::reload)?;
    let backup = button(document, "Load it and save a backup", || {
        tabs::remember(BACKUP, "yes");
        location::reload();
    })?;
    message.append_child(&again).ok()?;
    message.append_child(&backup).ok()?;
    let details = element(document, "details", "")?;
    let words = "A report to send; it holds nothing of your documents";
    let summary = element(document, "summary", words)?;
    details.append_child(&summary).ok()?;
    let field: HtmlTextAreaElement = element(document, "textarea", "")?.unchecked_into();
    field.set_value(report);
    field.set_read_only(true);
    field.set_attribute("aria-label", "Report").ok()?;
    details.append_child(&field).ok()?;
    message.append_child(&details).ok()?;
    body.prepend_with_node_1(&message).ok()
}

fn element(document: &Document, name: &str, words: &str) -> Option<Element> {
    let element = document.create_element(name).ok()?;
    element.set_text_content(Some(words));
    Some(element)
}

fn button(document: &Document, name: &str, pressed: impl FnMut() + 'static) -> Option<Element> {
    let button = element(document, "button", name)?;
    let pressed: Function = Closure::<dyn FnMut()>::new(pressed).into_js_value().unchecked_into();
    button.add_event_listener_with_callback("click", &pressed).ok()?;
    Some(button)
}
