//! Undo and redo: as far back as the project's history goes, across documents and reloads.

use super::Session;
use crate::{
    app::outcome::{Outcome, Refusal, Stamp},
    model::{DocumentId, Edit, Entry, History, Record, Timestamp, Top},
};

/// Which of the two stacks is taken from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Undo,
    Redo,
}

impl Session {
    pub(super) fn undo(&mut self, stamp: &Stamp<'_>) -> Result<Outcome, Refusal> {
        self.travel(Way::Undo, stamp)
    }

    pub(super) fn redo(&mut self, stamp: &Stamp<'_>) -> Result<Outcome, Refusal> {
        self.travel(Way::Redo, stamp)
    }

    /// Takes the topmost group of entries from a stack and applies their inverses.
    fn travel(&mut self, way: Way, stamp: &Stamp<'_>) -> Result<Outcome, Refusal> {
        let mut outcome = Outcome::default();
        let (mut group, mut what) = (None, None);
        loop {
            let (next_group, next_what) = match way.top(&self.history) {
                Top::Nothing => break,
                Top::NotLoaded(number) => {
                    outcome.missing_entry = Some(number);
                    break;
                }
                Top::Entry(entry) => (entry.group, entry.edit.what),
            };
            if group.is_some_and(|group| group != next_group) {
                break;
            }
            group = Some(next_group);
            what = Some(next_what);
            let first = outcome.entries.first().copied();
            let annotator = self.annotator.clone();
            let Some(entry) = way.take(&mut self.history, stamp.now, &annotator, first) else { break };
            let (number, edit) = (entry.number, entry.edit.clone());
            self.apply(&edit, &mut outcome);
            self.go_where(&edit, &mut outcome);
            outcome.entries.push(number);
        }
        let verb = if way == Way::Undo { "Undone" } else { "Done again" };
        match (what, outcome.missing_entry) {
            (Some(what), _) => Ok(outcome.saying(format!("{verb}: {}", what.words()))),
            (None, Some(_)) => Ok(outcome),
            (None, None) if way == Way::Undo => Err(Refusal::NothingToUndo),
            (None, None) => Err(Refusal::NothingToRedo),
        }
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
        let annotation = edit.changes.iter().rev().find_map(|change| match change.after() {
            Some(Record::Annotation(annotation)) if annotation.document == open.document => Some(annotation),
            _ => None,
        });
        if let Some(annotation) = annotation {
            open.chosen = Some(annotation.id);
            open.selection = super::Selection::at(annotation.fragments.start());
            outcome.reveal = Some(annotation.fragments.start());
        }
        outcome.changed.focus = true;
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
