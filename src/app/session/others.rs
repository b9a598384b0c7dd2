//! What other hands have done to the records, as far as it is in memory. Undo and redo leave alone what another hand
//! has changed since, and no edit leaves a record without what it stands on.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::model::{Change, Entry, Record, RecordId, Target};

/// Marks on the records that other hands have touched.
#[derive(Debug)]
pub(super) struct Others {
    /// The first of the entries that are noted without a gap to the end of the log.
    pub(super) from: u64,
    // In boxes and by bare ids: maps whose keys and values have one size share their code in the bundle.
    marks: BTreeMap<Uuid, Box<Mark>>,
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
        Self { from: last + 1, marks: BTreeMap::new() }
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
        }
    }

    /// Notes that what lies on a document lies on another text from this entry on.
    fn note_text(&mut self, change: &Change, number: u64) {
        if let Some(document) = change.retexted() {
            let mark = self.marks.entry(document.uuid()).or_default();
            (mark.text, mark.leaned) = (number, number);
        }
    }

    /// Whether a change gives a document another text on which, or on whose annotations, others have worked after the
    /// entry `since`: what they did would lie on the wrong words. Nothing of its edit may be made then.
    pub(super) fn holds_text(&self, change: &Change, since: u64) -> bool {
        let mark = change.retexted().map(|document| self.mark(RecordId::Document(document)));
        mark.is_some_and(|mark| since < mark.leaned.max(mark.text) || mark.gone)
    }

    /// The same where an undo would take the text back, which takes back the document's record as well.
    pub(super) fn holds_back_text(&self, change: &Change, since: u64) -> bool {
        let changed = |document| since < self.mark(RecordId::Document(document)).changed;
        self.holds_text(change, since) || change.retexted().is_some_and(changed)
    }

    /// Leaves a change to whoever has worked on its record, with all older ones; `number` is the entry that leaves it.
    pub(super) fn keep(&mut self, change: &Change, number: u64) {
        let Some(id) = id_of(change) else { return };
        self.note_text(change, number);
        if change.after().is_none() {
            self.lean(change.before(), number);
        } else {
            let gone = change.before().is_none();
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
        self.keep(change, number);
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

    /// Notes that a change that waited is not made: the record is as the entry `number` found it.
    pub(super) fn note_dropped(&mut self, change: &Change, number: u64) {
        let Some(id) = id_of(change) else { return };
        self.note_text(change, number);
        if change.before().is_none() {
            let mark = Mark { changed: number, gone: true, ..self.mark(id) };
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
