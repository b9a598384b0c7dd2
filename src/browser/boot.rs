//! The message that the page shows before the program has loaded.

use super::page;

/// Takes the message away: from now on the program shows itself.
pub fn finish() {
    let message = page::document().ok().and_then(|document| document.get_element_by_id("boot"));
    if let Some(message) = message {
        message.remove();
    }
}
