//! Undo and redo: as far back as the project's history goes, across documents and reloads.

use super::{Selection, Session};
use crate::{
    app::{
        document_order::in_order,
        outcome::{Missing, Outcome, Refusal, Stamp},
    },
    model::{DocumentId, Edit, Entry, EntryKind, History, Record, Timestamp, Top, What},
};

/// Which of the two stacks is taken from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Undo,
    Redo,
}

/// The entries on top of a stack that go together.
enum Group {
    Nothing,
    /// One of them has to be loaded first.
    NotLoaded(u64),
    /// How many, and what the topmost did.
    Entries(usize, What),
}

impl Session {
    pub(super) fn undo(&mut self, stamp: &Stamp<'_>) -> Result<Outcome, Refusal> {
        self.travel(Way::Undo, stamp)
    }

    pub(super) fn redo(&mut self, stamp: &Stamp<'_>) -> Result<Outcome, Refusal> {
        self.travel(Way::Redo, stamp)
    }

    /// Takes the topmost group of entries from a stack and applies their inverses; all of it or, where an entry has
    /// to be loaded first, nothing.
    fn travel(&mut self, way: Way, stamp: &Stamp<'_>) -> Result<Outcome, Refusal> {
        let mut outcome = Outcome::default();
        let was_open = self.open.is_some();
        let (count, what) = match way.group(&self.history) {
            Group::Nothing if way == Way::Undo => return Err(Refusal::NothingToUndo),
            Group::Nothing => return Err(Refusal::NothingToRedo),
            Group::NotLoaded(number) => {
                outcome.missing_entry = Some(Missing { number, redo: way == Way::Redo });
                return Ok(outcome);
            }
            Group::Entries(count, what) => (count, what),
        };
        let mut untouched = 0;
        for _ in 0..count {
            let first = outcome.entries.first().copied();
            let annotator = self.annotator.clone();
            let Some(entry) = way.take(&mut self.history, stamp.now, &annotator, first) else { break };
            let number = entry.number;
            if let EntryKind::Undo(of) | EntryKind::Redo(of) = entry.kind {
                let others = &mut self.others;
                let changes = self.history.entry(number).map(|entry| entry.edit.changes.as_slice());
                let held = others.held(changes.unwrap_or_default(), self.state.documents(), of, true);
                self.history.narrow(number, |change| {
                    if change.document().is_some_and(|document| held.contains(&document)) {
                        others.keep(change, of, number);
                        return false;
                    }
                    others.leave(change, of, number)
                });
            }
            let Some(edit) = self.history.entry(number).map(|entry| entry.edit.clone()) else { break };
            untouched += edit.changes.len();
            self.apply(&edit, &mut outcome);
            self.go_where(&edit, &mut outcome);
            outcome.entries.push(number);
        }
        if was_open && self.open.is_none() && outcome.open.is_none() {
            outcome.open = in_order(self.state.documents()).first().map(|document| document.id);
        }
        if untouched == 0 {
            return Ok(outcome.saying("Left as it is: it was changed in another tab since"));
        }
        let verb = if way == Way::Undo { "Undone" } else { "Done again" };
        Ok(outcome.saying(format!("{verb}: {}", what.words())))
    }

    /// Shows the person where the edit was: the annotation in the open document, or the one other document.
    fn go_where(&mut self, edit: &Edit, outcome: &mut Outcome) {
        let documents = edit.documents();
        let here = self.open.as_ref().map(|open| open.document);
        if let [only] = documents[..]
            && here != Some(only)
            && self.state.documents().contains_key(&only)
        {
            outcome.open = Some(only);
            return;
        }
        let Some(open) = &mut self.open else { return };
        open.offer = None;
        outcome.changed.focus = true;
        let Some(body) = self.state.body(open.document) else { return };
        let records = || edit.changes.iter().rev().filter_map(|change| change.after().or(change.before()));
        let marked = records().find_map(|record| match record {
            Record::Annotation(one) if one.document == open.document => Some((one.id, &one.fragments)),
            _ => None,
        });
        let linked = || {
            records().find_map(|record| match record {
                Record::Relation(link) => body.annotation(link.from).map(|from| (from.id, &from.fragments)),
                _ => None,
            })
        };
        let Some((id, fragments)) = marked.or_else(linked) else { return };
        let gone = body.annotation(id).is_none();
        // Where an annotation was taken back its passage is selected, ready for another label.
        open.selection = match (gone, fragments.count()) {
            (true, 1) => Selection { anchor: fragments.start(), head: fragments.end() },
            _ => Selection::at(fragments.start()),
        };
        open.chosen = (!gone).then_some(id);
        outcome.reveal = Some(fragments.start());
    }

    /// The documents that undoing or redoing the topmost entry would bring back or change.
    pub fn next_undo_documents(&self) -> Vec<DocumentId> {
        match self.history.undo_top() {
            Top::Entry(entry) => entry.edit.documents(),
            Top::Nothing | Top::NotLoaded(_) => Vec::new(),
        }
    }
}

impl Way {
    /// Looks down the stack as far as the group reaches: its lowest entry is the one that the group is named after.
    fn group(self, history: &History) -> Group {
        let top = match self.top(history) {
            Top::Nothing => return Group::Nothing,
            Top::NotLoaded(number) => return Group::NotLoaded(number),
            Top::Entry(entry) => entry,
        };
        let (mut lowest, mut count) = (top, 1);
        while lowest.number != top.group
            && let Some(number) = lowest.below
        {
            match history.entry(number) {
                None => return Group::NotLoaded(number),
                Some(below) if below.group != top.group => break,
                Some(below) => (lowest, count) = (below, count + 1),
            }
        }
        Group::Entries(count, top.edit.what)
    }

    fn top(self, history: &History) -> Top<'_> {
        match self {
            Self::Undo => history.undo_top(),
            Self::Redo => history.redo_top(),
        }
    }

    fn take<'h>(
        self,
        history: &'h mut History,
        at: Timestamp,
        annotator: &str,
        group: Option<u64>,
    ) -> Option<&'h Entry> {
        match self {
            Self::Undo => history.undo(at, annotator, group),
            Self::Redo => history.redo(at, annotator, group),
        }
    }
}
