//! What other hands have done to the records, as far as it is in memory. Undo and redo leave alone what another hand
//! has changed since, and no edit leaves a record without what it stands on.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::{
    model::{Change, Document, DocumentId, Entry, Record, RecordId, Target},
    text::order,
};

/// Marks on the records that other hands have touched.
#[derive(Debug)]
pub(super) struct Others {
    /// The first of the entries that are noted without a gap to the end of the log.
    pub(super) from: u64,
    // In boxes and by bare ids: maps whose keys and values have one size share their code in the bundle.
    marks: BTreeMap<Uuid, Box<Mark>>,
    /// The hashes of the texts of documents that others have removed.
    gone: BTreeMap<DocumentId, String>,
}

/// The numbers of the last entries that touched a record.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    /// The last that changed it.
    changed: u64,
    /// The last that made something stand on it: an annotation on its document, a link on its ends.
    leaned: u64,
    /// The last that gave a document another text.
    text: u64,
    /// Whether it is gone since that change.
    gone: bool,
}

impl Others {
    /// Nothing is noted of a log that ends with this entry.
    pub(super) const fn after(last: u64) -> Self {
        Self { from: last + 1, marks: BTreeMap::new(), gone: BTreeMap::new() }
    }

    /// Notes an entry of another hand.
    pub(super) fn note(&mut self, entry: &Entry) {
        for change in &entry.edit.changes {
            let Some(id) = id_of(change) else { continue };
            let mark = self.marks.entry(id.uuid()).or_default();
            if mark.changed <= entry.number {
                mark.changed = entry.number;
                mark.gone = change.after().is_none();
            }
            self.lean(change.after(), entry.number);
            self.note_text(change, entry.number);
            self.note_coming(change, entry.number);
        }
    }

    /// Notes that what lies on a document lies on another text from this entry on.
    fn note_text(&mut self, change: &Change, number: u64) {
        if let Some(document) = change.retexted() {
            self.set_text(document, number);
        }
    }

    fn set_text(&mut self, document: DocumentId, number: u64) {
        let mark = self.marks.entry(document.uuid()).or_default();
        // Older entries may be learnt after newer ones.
        (mark.text, mark.leaned) = (mark.text.max(number), mark.leaned.max(number));
    }

    /// Notes a document that goes with its text, or comes back with another.
    fn note_coming(&mut self, change: &Change, number: u64) {
        match (change.before(), change.after()) {
            (Some(Record::Document(one)), None) => drop(self.gone.insert(one.id, one.text_sha256.clone())),
            (None, Some(Record::Document(one))) => {
                let before = self.gone.remove(&one.id);
                if before.is_some_and(|text| text != one.text_sha256) {
                    self.set_text(one.id, number);
                }
            }
            _ => {}
        }
    }

    /// The documents of which nothing in these changes may be made, because what lies on them would lie on the wrong
    /// words: they get another text on which, or on whose annotations, others have worked after the entry `since`; or
    /// they come back, while others have brought them in with another text. `back`: whether an undo would do it, which
    /// takes the document's record back as well.
    pub(super) fn held(
        &self,
        changes: &[Change],
        documents: &BTreeMap<DocumentId, Document>,
        since: u64,
        back: bool,
    ) -> BTreeSet<DocumentId> {
        let holds = |change: &Change| {
            if let Some(id) = change.retexted() {
                let mark = self.mark(RecordId::Document(id));
                let changed = if back { mark.changed } else { 0 };
                return (since < mark.leaned.max(mark.text).max(changed) || mark.gone).then_some(id);
            }
            match (change.before(), change.after()) {
                (None, Some(Record::Document(one))) => {
                    let there = documents.get(&one.id)?;
                    (there.text_sha256 != one.text_sha256).then_some(one.id)
                }
                _ => None,
            }
        };
        order::set(changes.iter().filter_map(holds))
    }

    /// Leaves a change to whoever has worked on its record, with all older ones; `number` is the entry that leaves it.
    pub(super) fn keep(&mut self, change: &Change, since: u64, number: u64) {
        let Some(id) = id_of(change) else { return };
        self.note_text(change, number);
        if let (None, Some(Record::Document(one))) = (change.before(), change.after()) {
            self.set_text(one.id, number);
        }
        self.lean(change.before(), number);
        if change.after().is_some() {
            let gone = self.is_gone(change, id, since);
            let mark = Mark { changed: number, gone, ..self.mark(id) };
            self.marks.insert(id.uuid(), Box::new(mark));
        }
    }

    /// Notes an entry of this hand: what it brings back is there again.
    pub(super) fn note_own(&mut self, entry: &Entry) {
        for change in &entry.edit.changes {
            if change.after().is_some_and(|after| self.mark(after.id()).changed < entry.number) {
                self.note_back(change);
            }
        }
    }

    /// Notes that a record is there again.
    pub(super) fn note_back(&mut self, change: &Change) {
        if let Some(mark) = change.after().and_then(|after| self.marks.get_mut(&after.id().uuid())) {
            mark.gone = false;
        }
    }

    /// Whether a change may be made that takes back, or brings back, what the entry `since` did. What may not be
    /// taken back is left to whoever changed it, by all older entries too; `number` is the entry that leaves it.
    pub(super) fn leave(&mut self, change: &Change, since: u64, number: u64) -> bool {
        let Some(id) = id_of(change) else { return false };
        if since < self.mark(id).changed {
            return false;
        }
        if self.allows(change, since) {
            return true;
        }
        self.keep(change, since, number);
        false
    }

    /// Whether a change leaves every record with what it stands on, as far as entries after `since` matter.
    pub(super) fn allows(&self, change: &Change, since: u64) -> bool {
        let Some(id) = id_of(change) else { return false };
        if self.lies_on_another_text(change, since) {
            return false;
        }
        match change.after() {
            None => self.mark(id).leaned <= since,
            Some(after) => supports(after).into_iter().flatten().all(|support| {
                let mark = self.mark(support);
                !mark.gone || mark.changed <= since
            }),
        }
    }

    /// Whether what it is about lies on a document that has got another text after the entry `since`.
    fn lies_on_another_text(&self, change: &Change, since: u64) -> bool {
        let lies = !matches!(change.after().or(change.before()), Some(Record::Document(_)));
        let document = change.document().filter(|_| lies).map(RecordId::Document);
        document.is_some_and(|document| since < self.mark(document).text)
    }

    /// Notes that a change that waited is not made: the record is as the entry `number` found it, and not there if it
    /// is `gone`.
    pub(super) fn note_dropped(&mut self, change: &Change, gone: bool, number: u64) {
        let Some(id) = id_of(change) else { return };
        self.note_text(change, number);
        if gone {
            let mark = Mark { changed: number, gone, ..self.mark(id) };
            self.marks.insert(id.uuid(), Box::new(mark));
        }
        self.lean(change.before(), number);
    }

    fn lean(&mut self, record: Option<&Record>, number: u64) {
        for support in record.into_iter().flat_map(supports).flatten() {
            let mark = self.marks.entry(support.uuid()).or_default();
            mark.leaned = mark.leaned.max(number);
        }
    }

    /// Whether the record of a change that is not made is not there: others have made it so since, or it was so before.
    fn is_gone(&self, change: &Change, id: RecordId, since: u64) -> bool {
        let mark = self.mark(id);
        if since < mark.changed { mark.gone } else { change.before().is_none() }
    }

    fn mark(&self, id: RecordId) -> Mark {
        self.marks.get(&id.uuid()).map(|mark| **mark).unwrap_or_default()
    }
}

/// The record that a change is about.
pub(super) fn id_of(change: &Change) -> Option<RecordId> {
    Some(change.after().or(change.before())?.id())
}

/// What a record stands on.
fn supports(record: &Record) -> [Option<RecordId>; 3] {
    match record {
        Record::Project(_) | Record::Document(_) | Record::Actor(_) => [None; 3],
        Record::Annotation(one) => {
            [Some(RecordId::Document(one.document)), one.actor.map(RecordId::Actor), None]
        }
        Record::Relation(one) => {
            let to = match one.to {
                Target::Annotation(id) => RecordId::Annotation(id),
                Target::Actor(id) => RecordId::Actor(id),
            };
            [Some(RecordId::Document(one.document)), Some(RecordId::Annotation(one.from)), Some(to)]
        }
    }
}
