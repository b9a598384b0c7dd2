//! Reading ahead: the document that will most likely be asked for next is read before it is, so that it is shown without
//! waiting for the database. One at a time; what is stored after it was read makes it worthless.

use std::cell::Cell;

use leptos::prelude::*;

use super::{Workspace, spawn};
use crate::{app::quire, browser::wait, model::DocumentId};

/// A document with more annotations or more bytes is not read ahead: what the person does meanwhile would have to wait
/// for it.
const MOST_ANNOTATIONS: u32 = 2_000;
const MOST_BYTES: usize = 1 << 20;

/// How long the pointer or the keyboard has to rest on a document, in milliseconds.
const REST: u32 = 40;

thread_local! {
    /// The document that is pointed at.
    static POINTED: Cell<Option<DocumentId>> = const { Cell::new(None) };
}

impl Workspace {
    /// Notes which document of the list pointer or keyboard are on: it may be asked for next.
    pub fn point_at(self, document: Option<DocumentId>) {
        POINTED.set(document);
        spawn(async move {
            wait::sleep(REST).await;
            if let Some(document) = document.filter(|_| POINTED.get() == document) {
                self.read_ahead(document).await;
            }
        });
    }

    /// Reads the document that is pointed at, or the next of the list.
    pub(super) async fn read_next_ahead(self) {
        let next = self.read(|session| {
            let open = session.open().map(|open| open.document);
            POINTED.get().filter(|pointed| Some(*pointed) != open).or_else(|| session.neighbour(true))
        });
        if let Some(document) = next.flatten() {
            self.read_ahead(document).await;
        }
    }

    async fn read_ahead(self, document: DocumentId) {
        let is_wanted = self.read(|session| {
            let is_open = session.open().is_some_and(|open| open.document == document);
            let (_, bytes) = quire::place_of(&session.activity(document).leaf);
            let annotations = session.state().tally(document).annotations;
            !is_open && annotations <= MOST_ANNOTATIONS && bytes <= MOST_BYTES
        });
        if is_wanted != Some(true) || self.is_ahead(document) {
            return;
        }
        // What cannot be read says so when it is asked for.
        if let Ok(Some(whole)) = self.read_whole(document).await {
            self.inner.update_value(|inner| inner.ahead = Some(whole));
        }
    }

    fn is_ahead(self, document: DocumentId) -> bool {
        let known = self.known();
        self.inner.with_value(|inner| inner.ahead.as_ref().is_some_and(|ahead| ahead.is(document, known)))
    }
}
