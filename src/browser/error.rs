//! What can go wrong between the page and its browser, apart from the database.

use wasm_bindgen::{JsCast, JsValue};

/// A failure of the browser.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The browser lacks something or withholds it from this page.
    #[error("this browser does not give the page {what}")]
    Missing {
        /// What is missing, as a noun.
        what: &'static str,
    },
    /// A chosen file cannot be read: it was moved, changed or is locked.
    #[error("the file {name:?} cannot be read ({reason})")]
    File {
        /// The file's name.
        name: String,
        /// What the browser said.
        reason: String,
    },
    /// The browser refused something.
    #[error("the browser refused {what} ({reason})")]
    Refused {
        /// What was tried, as a noun.
        what: &'static str,
        /// What the browser said.
        reason: String,
    },
}

/// The message of a thrown JavaScript value.
pub(super) fn reason_of(thrown: &JsValue) -> String {
    if let Some(exception) = thrown.dyn_ref::<web_sys::DomException>() {
        return format!("{}: {}", exception.name(), exception.message());
    }
    match thrown.dyn_ref::<js_sys::Error>() {
        Some(error) => String::from(error.message()),
        None => format!("{thrown:?}"),
    }
}

/// Names what was tried when the browser threw.
pub(super) fn refused(what: &'static str) -> impl Fn(JsValue) -> Error {
    move |thrown| Error::Refused { what, reason: reason_of(&thrown) }
}
