//! The last words of a page whose program has stopped: a calm message that needs nothing of the program.

use std::panic::PanicHookInfo;

use super::page;

/// The class of the message, for the style sheet.
const CLASS: &str = "stopped";

const MESSAGE: &str = "Rubricator stopped because of a mistake in the program. \
     All that was shown as saved is saved. Please reload the page.";

/// Shows the message, and logs the details to the console, when the program panics.
pub fn install() {
    std::panic::set_hook(Box::new(|info| {
        web_sys::console::error_1(&info.to_string().into());
        show(info);
    }));
}

/// Logs the details to the console, for a program that has no page; the page hears that it stopped.
pub fn log_only() {
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
}

fn show(info: &PanicHookInfo<'_>) {
    let Ok(document) = page::document() else { return };
    let Some(body) = document.body() else { return };
    if matches!(document.query_selector(&format!(".{CLASS}")), Ok(Some(_))) {
        return;
    }
    // In a panic nothing is left to do about a failure but to leave the message out.
    let Ok(message) = document.create_element("div") else {
        return;
    };
    message.set_class_name(CLASS);
    let _alert = message.set_attribute("role", "alert");
    if let Some(place) = info.location() {
        let _place = message.set_attribute("title", &place.to_string());
    }
    message.set_text_content(Some(MESSAGE));
    let _shown = body.prepend_with_node_1(&message);
}
