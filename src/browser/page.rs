//! The window and the document, which a page always has and a worker never.

use web_sys::{Document, Element, Window};

use super::Error;

/// The window.
pub fn window() -> Result<Window, Error> {
    web_sys::window().ok_or(Error::Missing { what: "a window" })
}

/// The document.
pub fn document() -> Result<Document, Error> {
    window()?.document().ok_or(Error::Missing { what: "a document" })
}

/// The root element, `<html>`.
pub fn root() -> Result<Element, Error> {
    document()?.document_element().ok_or(Error::Missing { what: "a root element" })
}
