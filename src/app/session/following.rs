//! Following other tabs. The database holds one log of edits in one order; what another tab has stored goes before
//! what waits here, which is brought on top of it. So every tab that has followed the log to its end, and the tables,
//! hold the same: of two edits of a record the later in the log wins, as a whole.

use super::{Session, others::id_of};
use crate::{
    app::{document_order::in_order, outcome::Outcome},
    model::{Body, Change, Document, DocumentId, Edit, Entry, Project, Record, RecordId, What},
    text::order,
};

impl Session {
    /// Takes entries of the log into memory, for undo to come to them; of those of other hands only what they did. One
    /// that is not whole is only to say what would be undone: what is older than it is not known.
    pub fn load_entries(&mut self, mut entries: Vec<Entry>) {
        order::sort_by_key(&mut entries, |entry| entry.number);
        let cut = entries.iter().rposition(|entry| entry.tail.is_some()).map_or(0, |last| last + 1);
        let known = entries.split_off(cut);
        let hand = self.history.hand();
        self.history.load(entries.pop().filter(|entry| entry.hand == hand));
        let entries = known;
        if let (Some(first), Some(last)) = (entries.first(), entries.last())
            && self.others.from <= last.number + 1
        {
            self.others.from = self.others.from.min(first.number);
        }
        for entry in &entries {
            if entry.hand == self.history.hand() {
                self.others.note_own(entry);
            } else {
                self.others.note(entry);
            }
        }
        self.history.load(entries.into_iter().filter(|entry| entry.hand == hand));
    }

    /// Takes in what other tabs have stored behind the last entry that was confirmed here, oldest first, and brings
    /// what waits on top of it. Cost: that of applying these edits and three times those that wait.
    pub fn follow(&mut self, entries: &[Entry]) -> Outcome {
        let mut outcome = Outcome::default();
        if entries.is_empty() {
            return outcome;
        }
        let since = self.history.confirmed();
        let here = self.open.as_ref().map(|open| open.document);
        let waiting: Vec<Edit> = self.history.waiting().map(|entry| entry.edit.clone()).collect();
        for edit in waiting.iter().rev() {
            outcome.show(edit, here);
            self.replay(&edit.inverse(edit.at, ""));
        }
        let mut now = Vec::new();
        for entry in entries {
            self.others.note(entry);
            outcome.show(&entry.edit, here);
            self.replay(&entry.edit);
            self.note_activity(&entry.edit);
            for change in &entry.edit.changes {
                now.extend(id_of(change).map(|id| (id, change.after().cloned())));
            }
        }
        self.give_up_admitted(entries, &mut now, &mut outcome);
        order::sort_by_key(&mut now, |(id, _)| *id);
        let first = entries.last().map_or(since, |entry| entry.number) + 1;
        let mut rebased = Vec::new();
        for (edit, number) in waiting.into_iter().zip(first..) {
            // Another text does not come under what others have put on this one meanwhile.
            let held = self.others.held(&edit.changes, self.state.documents(), since, false);
            let is_held =
                |change: &Change| change.document().is_some_and(|document| held.contains(&document));
            let rebase = |change| {
                if is_held(&change) {
                    self.drop_change(&change, &mut now, number);
                    return None;
                }
                self.rebase(change, &mut now, since, number)
            };
            let changes = edit.changes.into_iter().filter_map(rebase).collect();
            let edit = Edit { changes, ..edit };
            outcome.show(&edit, here);
            self.replay(&edit);
            // What came in may have brought older times of its own, which were noted when it did.
            if edit.what != What::Import {
                self.note_activity(&edit);
            }
            rebased.push(edit);
        }
        self.history.give_way(first - 1 - since, rebased);
        self.settle(&mut outcome);
        if here.is_some() && self.open.is_none() && outcome.open.is_none() {
            outcome.open = in_order(self.state.documents()).first().map(|document| document.id);
        }
        outcome
    }

    /// A batch of documents that waits is left out where another tab has brought in one of them: what lies on them
    /// cannot be joined, as it is not in memory.
    fn give_up_admitted(
        &mut self,
        entries: &[Entry],
        now: &mut Vec<(RecordId, Option<Record>)>,
        outcome: &mut Outcome,
    ) {
        let changes = entries.iter().flat_map(|entry| &entry.edit.changes);
        let brought = order::set(changes.filter_map(|change| match (change.before(), change.after()) {
            (None, Some(Record::Document(document))) => Some(document.id),
            _ => None,
        }));
        let waiting = self.history.waiting().filter_map(|entry| Some((entry.number, entry.tail.as_ref()?)));
        let given_up: Vec<(u64, Vec<DocumentId>)> = waiting
            .filter(|(_, tail)| tail.documents.iter().any(|id| brought.contains(id)))
            .map(|(number, tail)| (number, tail.documents.clone()))
            .collect();
        for (number, documents) in given_up {
            self.history.cut(number);
            for id in documents.into_iter().filter(|id| !brought.contains(id)) {
                self.state.dismiss(id);
                now.push((RecordId::Document(id), None));
            }
            outcome.changed.documents = true;
            outcome.said =
                Some("Another tab brought in the same documents; those of this import were left out".into());
        }
    }

    /// A body that was read from the database, with what waits here on top of it.
    pub fn with_waiting(&self, document: DocumentId, mut body: Body) -> Body {
        let changes = self.history.waiting().flat_map(|entry| &entry.edit.changes);
        for change in changes.filter(|change| change.document() == Some(document)) {
            match (change.before(), change.after()) {
                (_, Some(Record::Annotation(one))) => drop(body.put_annotation((**one).clone())),
                (_, Some(Record::Relation(one))) => drop(body.put_relation((**one).clone())),
                (Some(Record::Annotation(one)), None) => drop(body.take_annotation(one.id)),
                (Some(Record::Relation(one)), None) => drop(body.take_relation(one.id)),
                _ => {}
            }
        }
        body
    }

    /// Leaves a change out that waits: its record is as others, or what waited before it, have left it, or as it was.
    fn drop_change(&mut self, change: &Change, now: &mut Vec<(RecordId, Option<Record>)>, number: u64) {
        let Some(id) = id_of(change) else { return };
        let place = now.partition_point(|(one, _)| *one <= id);
        let known = place.checked_sub(1).and_then(|at| now.get(at)).filter(|(one, _)| *one == id);
        let gone = known.map_or(change.before().is_none(), |(_, there)| there.is_none());
        if known.is_none() {
            now.insert(place, (id, change.before().cloned()));
        }
        self.others.note_dropped(change, gone, number);
    }

    /// A change that waits, as it is after others have gone before it: from what the record is now; left out where
    /// what it needs is gone, or where it would take away what they need.
    fn rebase(
        &mut self,
        change: Change,
        now: &mut Vec<(RecordId, Option<Record>)>,
        since: u64,
        number: u64,
    ) -> Option<Change> {
        let id = id_of(&change)?;
        // Of several states of one record the last one holds.
        let place = now.partition_point(|(one, _)| *one <= id);
        let known = place.checked_sub(1).and_then(|at| now.get(at)).filter(|(one, _)| *one == id);
        let Some(before) = known.map(|(_, before)| before.clone()) else {
            if self.others.allows(&change, since) {
                return Some(change);
            }
            self.drop_change(&change, now, number);
            return None;
        };
        let after = match (change.before(), &before, change.after()) {
            (Some(Record::Project(base)), Some(Record::Project(there)), Some(Record::Project(here))) => {
                Some(Project::merged(base, there, here).into())
            }
            // Whoever gave it another text has moved what lies on it.
            (_, Some(Record::Document(there)), Some(Record::Document(here)))
                if change.retexted().is_none() =>
            {
                let text_sha256 = there.text_sha256.clone();
                Some(Document { text_sha256, ..(**here).clone() }.into())
            }
            (_, _, after) => after.cloned(),
        };
        let rebased = Change::between(before, after)?;
        if self.others.allows(&rebased, since) {
            now.insert(place, (id, rebased.after().cloned()));
            self.others.note_back(&rebased);
            return Some(rebased);
        }
        self.others.note_dropped(&rebased, rebased.before().is_none(), number);
        None
    }

    /// Notes when and by whom documents were changed.
    pub(super) fn note_activity(&mut self, edit: &Edit) {
        if edit.what.is_of_registry() {
            return;
        }
        for document in edit.documents() {
            let activity = self.activity.entry(document).or_default();
            (activity.modified, activity.annotator) = (edit.at, edit.annotator.clone());
        }
    }
}
