//! Reading ahead: the document that will most likely be asked for next is read before it is, so that it is shown without
//! waiting for the database. One at a time, in turns with what the person does; what is stored after it was read makes it
//! worthless.

use std::cell::Cell;

use leptos::prelude::*;

use super::{Workspace, loading::Whole, spawn};
use crate::{
    app::quire,
    browser::{
        once::{Giver, once},
        wait,
    },
    model::DocumentId,
};

/// How much is read ahead: of the document that is pointed at, and of the next of the list, which nobody may ask for.
/// What is larger would hold the person up where it is copied and sorted, which is done at once.
const OF_POINTED: Most = Most { annotations: 20_000, bytes: 4 << 20 };
const OF_NEXT: Most = Most { annotations: 2_000, bytes: 1 << 20 };

/// How long the pointer or the keyboard has to rest on a document, in milliseconds.
const REST: u32 = 40;

thread_local! {
    /// The document that is pointed at.
    static POINTED: Cell<Option<DocumentId>> = const { Cell::new(None) };
}

/// The most that a document may hold.
#[derive(Clone, Copy)]
struct Most {
    annotations: u32,
    bytes: usize,
}

/// A document that is being read ahead.
pub(super) struct Coming {
    document: DocumentId,
    /// Waits for it, once it is asked for.
    asked: Option<Giver<()>>,
}

impl Workspace {
    /// Notes which document of the list pointer or keyboard are on: it may be asked for next.
    pub fn point_at(self, document: Option<DocumentId>) {
        if let Some(hands) = self.hands() {
            (hands.point_at)(self, document);
        }
    }

    pub(super) fn point_at_now(self, document: Option<DocumentId>) {
        POINTED.set(document);
        spawn(async move {
            wait::sleep(REST).await;
            if let Some(document) = document.filter(|_| POINTED.get() == document) {
                self.read_ahead(document, OF_POINTED).await;
            }
        });
    }

    /// Reads the document that is pointed at, or the next of the list.
    pub(super) async fn read_next_ahead(self) {
        let open = self.read(|session| session.open().map(|open| open.document)).flatten();
        match POINTED.get().filter(|pointed| Some(*pointed) != open) {
            Some(pointed) => self.read_ahead(pointed, OF_POINTED).await,
            None => {
                if let Some(next) = self.read(|session| session.neighbour(true)).flatten() {
                    self.read_ahead(next, OF_NEXT).await;
                }
            }
        }
    }

    async fn read_ahead(self, document: DocumentId, most: Most) {
        let is_wanted = self.read(|session| {
            let is_open = session.open().is_some_and(|open| open.document == document);
            let (_, bytes) = quire::place_of(&session.activity(document).leaf);
            let annotations = session.state().tally(document).annotations;
            !is_open && annotations <= most.annotations && bytes <= most.bytes
        });
        if is_wanted != Some(true) || !self.begin_to_read(document) {
            return;
        }
        let whole = self.read_in_turns(document).await;
        self.inner.update_value(|inner| {
            if inner.coming.take_if(|coming| coming.document == document).is_some() && whole.is_some() {
                inner.ahead = whole;
            }
        });
    }

    /// Notes that a document is read ahead; `false` where that is done or under way, or another one is waited for.
    fn begin_to_read(self, document: DocumentId) -> bool {
        let known = self.known();
        let mut begins = false;
        self.inner.update_value(|inner| {
            let is_ahead = inner.ahead.as_ref().is_some_and(|ahead| ahead.is(document, known));
            let is_under_way = |coming: &Coming| coming.document == document || coming.asked.is_some();
            begins = !is_ahead && !inner.coming.as_ref().is_some_and(is_under_way);
            if begins {
                inner.coming = Some(Coming { document, asked: None });
            }
        });
        begins
    }

    /// `None` where another one is wanted meanwhile, or it cannot be read, which is said when it is asked for.
    async fn read_in_turns(self, document: DocumentId) -> Option<Whole> {
        let (keys, sha256, leaf) = self.stored_as(document)?;
        let place = self.place_of(keys, document).await;
        let known = self.known();
        let contents = self.store()?.content(&quire::wanted(keys, document, &sha256, &leaf)).await.ok()?;
        let read = quire::read_in_turns(contents, &leaf, async || self.goes_on(document).await).await;
        let (text, body) = read.ok()??;
        (known == self.known()).then_some(Whole { document, known, place, text: text?, body })
    }

    /// Lets the page have its turn, unless the document is waited for; `false` where it is wanted no longer.
    async fn goes_on(self, document: DocumentId) -> bool {
        let coming = self.inner.try_with_value(|inner| {
            let coming = inner.coming.as_ref().filter(|coming| coming.document == document);
            coming.map(|coming| coming.asked.is_some())
        });
        match coming.flatten() {
            Some(true) => true,
            Some(false) if POINTED.get().is_none_or(|pointed| pointed == document) => {
                wait::yield_now().await;
                true
            }
            _ => false,
        }
    }

    /// What was read of a document before it was asked for, if nothing was stored since.
    pub(super) async fn take_ahead(self, document: DocumentId) -> Option<Whole> {
        let mut comes = None;
        self.inner.update_value(|inner| {
            if let Some(coming) = inner.coming.as_mut().filter(|coming| coming.document == document) {
                let (giver, taker) = once();
                coming.asked = Some(giver);
                comes = Some(taker);
            }
        });
        if let Some(comes) = comes {
            comes.await;
        }
        let known = self.known();
        let mut ahead = None;
        self.inner.update_value(|inner| ahead = inner.ahead.take());
        ahead.filter(|ahead| ahead.is(document, known))
    }
}
