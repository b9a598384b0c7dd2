//! Looking for known names in the open text: after it can be read, piece by piece, so that nothing waits for it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::state::Suggested;
use crate::{
    app::workspace::Part,
    browser::wait,
    model::{Actor, ActorId, DocumentId},
    suggest::{Dictionary, Known, Proposal, piece},
    text::Span,
};

/// How long changes have to rest before it is looked anew, in milliseconds.
const REST: u32 = 60;

/// How long it is waited for an idle moment, in milliseconds.
const PATIENCE: u32 = 400;

/// How much text is looked at before the page gets its turn, in bytes.
const PIECE: usize = 24_000;

/// Of how many places it is said what is proposed, before the page gets its turn.
const PLACES: usize = 4_000;

/// What is known so far.
#[derive(Default)]
struct Found {
    registry: BTreeMap<ActorId, Actor>,
    dictionary: Dictionary,
    /// The text whose places these are.
    document: Option<DocumentId>,
    known: Vec<Known>,
    /// Which look it is, so that an older one gives way.
    look: u32,
}

/// Looks for known names.
#[derive(Clone)]
pub struct Seeker {
    suggested: Suggested,
    found: Rc<RefCell<Found>>,
}

impl Seeker {
    /// Looks now, and whenever the text, its annotations or the registry change.
    pub fn start(suggested: Suggested) {
        let seeker = StoredValue::new_local(Self { suggested, found: Rc::default() });
        let workspace = suggested.workspace;
        let document = Memo::new(move |_| {
            workspace.watch(Part::Focus, |session| session.open().map(|open| open.document)).flatten()
        });
        Effect::new(move |_| {
            document.track();
            for part in [Part::Body, Part::Actors, Part::Documents, Part::Project] {
                workspace.track(part);
            }
            seeker.with_value(|seeker| seeker.clone().look());
        });
    }

    fn look(self) {
        let number = {
            let mut found = self.found.borrow_mut();
            found.look = found.look.wrapping_add(1);
            found.look
        };
        wait::spawn(async move {
            wait::sleep(REST).await;
            wait::idle(PATIENCE).await;
            if !self.is_last(number) {
                return;
            }
            let changed = self.take_registry();
            let Some(document) = self.document() else { return self.suggested.show(None, Vec::new()) };
            let is_known = !changed && self.found.borrow().document == Some(document);
            if !is_known && !self.read(document, number).await {
                return;
            }
            if let Some(proposed) = self.propose(document, number).await {
                self.suggested.show(Some(document), proposed);
            }
        });
    }

    /// What is proposed in a document; `None` where another look has begun, or another text is open and it is about to.
    async fn propose(&self, document: DocumentId, number: u32) -> Option<Vec<Proposal>> {
        let workspace = self.suggested.workspace;
        let grounds = workspace.read(|session| session.grounds(&self.found.borrow().known)).flatten()?;
        let mut proposed = Vec::new();
        let mut done = 0;
        loop {
            wait::yield_now().await;
            if !self.is_last(number) || self.document() != Some(document) {
                return None;
            }
            let found = self.found.borrow();
            let places = piece(found.known.get(done..)?, PLACES);
            if places.is_empty() {
                return Some(proposed);
            }
            done += places.len();
            let of_piece = workspace.read(|session| session.proposed(&grounds, &found.dictionary, places));
            proposed.extend(of_piece.unwrap_or_default());
        }
    }

    fn is_last(&self, number: u32) -> bool {
        // The page may have been left for another meanwhile.
        self.found.borrow().look == number && self.suggested.reviewing.try_get_untracked().is_some()
    }

    fn document(&self) -> Option<DocumentId> {
        self.suggested.workspace.read(|session| session.open().map(|open| open.document)).flatten()
    }

    /// Takes over what has changed in the registry; answers whether anything has.
    fn take_registry(&self) -> bool {
        let mut found = self.found.borrow_mut();
        let Found { registry, dictionary, .. } = &mut *found;
        let changed = self.suggested.workspace.read(|session| {
            let actors = session.state().actors();
            let mut changed = false;
            let gone: Vec<ActorId> = registry.keys().filter(|id| !actors.contains_key(id)).copied().collect();
            for id in gone {
                dictionary.take(id);
                registry.remove(&id);
                changed = true;
            }
            for (id, actor) in actors {
                if registry.get(id) != Some(actor) {
                    dictionary.put(actor);
                    registry.insert(*id, actor.clone());
                    changed = true;
                }
            }
            changed
        });
        changed.unwrap_or(false)
    }

    /// Looks through the text of a document; `false` where another look has begun.
    async fn read(&self, document: DocumentId, number: u32) -> bool {
        let mut known = Vec::new();
        let mut next = 0;
        while let Some((places, after)) = self.piece(document, next) {
            known.extend(places);
            next = after;
            wait::yield_now().await;
            if !self.is_last(number) {
                return false;
            }
        }
        let mut found = self.found.borrow_mut();
        found.document = Some(document);
        found.known = known;
        true
    }

    /// The places in the blocks from this one on, as many as make a piece, and the block to go on from.
    fn piece(&self, document: DocumentId, from: usize) -> Option<(Vec<Known>, usize)> {
        let found = self.found.borrow();
        let piece = self.suggested.workspace.read(|session| {
            let open = session.open().filter(|open| open.document == document)?;
            let start = open.blocks.get(from)?.span.start();
            let far = start.to_usize() + PIECE;
            let to = from
                + 1
                + open
                    .blocks
                    .get(from + 1..)?
                    .iter()
                    .take_while(|one| one.span.end().to_usize() < far)
                    .count();
            let stretch = Span::new(start, open.blocks.get(to - 1)?.span.end())?;
            Some((found.dictionary.places(&open.text, stretch), to))
        });
        piece.flatten()
    }
}
