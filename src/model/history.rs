//! The history of a project: a log that only grows, and two stacks over it for undo and redo.
//! Undoing appends the inverse edit, so the log says what happened; each entry names the one below it on its
//! stack, so the stacks survive a reload as two numbers. Several hands may write the log, each with stacks of its own:
//! what the database has not confirmed waits at the end and is numbered anew when another hand's entries go before.

use std::collections::BTreeMap;

use super::{Change, DocumentId, Edit, Timestamp, What};
use crate::text::order;

/// One line of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place in the log, from 1.
    pub number: u64,
    /// What was changed.
    pub edit: Edit,
    /// Whether it is new or takes another one back.
    pub kind: EntryKind,
    /// The entry below it on its stack.
    pub below: Option<u64>,
    /// Entries of one group are undone and redone together; the number of the group's first entry.
    pub group: u64,
    /// The hand that wrote it, 0 where that is not known.
    pub hand: u32,
    /// The rest of an edit that is too large to be held: while it waits to be stored, and after it was read until the
    /// rest is.
    pub tail: Option<Box<Tail>>,
}

/// What an edit changes besides the changes that are in memory: documents that come in with all that lies on them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tail {
    /// The documents.
    pub documents: Vec<DocumentId>,
    /// The name of the list under which those of them are stored that lie in quires; empty where none do.
    pub list: String,
    /// The rows of those, as lines: how they came in.
    pub lines: String,
    /// The changes that the list does not name, as the row of a history entry lists them.
    pub changes: String,
    /// The entry that stood on the one below and now stands on this one: its row has changed.
    above: Option<u64>,
}

/// What an entry is to the stacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// Something new; on the undo stack.
    Do,
    /// Took the entry of this number back; on the redo stack.
    Undo(u64),
    /// Brought back what the entry of this number had taken back; on the undo stack.
    Redo(u64),
}

/// The log's end and its two stacks. Older entries are loaded when they are needed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    last: u64,
    confirmed: u64,
    hand: u32,
    undo: Option<u64>,
    redo: Option<u64>,
    /// The entries of the batches that were admitted last, from the first to the last.
    admitted: Option<(u64, u64)>,
    entries: BTreeMap<u64, Entry>,
}

/// The top of a stack.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Top<'a> {
    /// The stack is empty.
    Nothing,
    /// There is an entry, but it is not in memory.
    NotLoaded(u64),
    /// The entry.
    Entry(&'a Entry),
}

impl Tail {
    /// The tail of an edit with which these documents come in.
    pub const fn new(documents: Vec<DocumentId>, list: String, lines: String, changes: String) -> Self {
        Self { documents, list, lines, changes, above: None }
    }

    /// The tail of an entry that was read and names this list, which is still to be read; none where it names none.
    pub(crate) fn named(list: String) -> Option<Box<Self>> {
        (!list.is_empty()).then(|| Box::new(Self { list, ..Self::default() }))
    }
}

impl Entry {
    /// The entry as a whole, once the changes that its list names are read.
    #[must_use]
    pub fn whole(mut self, changes: Vec<Change>) -> Self {
        self.tail = None;
        self.edit.changes.extend(changes);
        self
    }
}

impl History {
    /// A history as it was stored: the number of the last entry and the tops of the stacks.
    pub const fn stored(last: u64, undo: Option<u64>, redo: Option<u64>) -> Self {
        Self { last, confirmed: last, hand: 0, undo, redo, admitted: None, entries: BTreeMap::new() }
    }

    /// The hand that writes here: each tab has one of its own, so that each undoes its own.
    pub const fn hand(&self) -> u32 {
        self.hand
    }

    /// Sets the hand that writes from now on, and its stacks.
    pub const fn set_hand(&mut self, hand: u32, undo: Option<u64>, redo: Option<u64>) {
        self.hand = hand;
        self.undo = undo;
        self.redo = redo;
    }

    /// The number of the last entry that the database has confirmed.
    pub const fn confirmed(&self) -> u64 {
        self.confirmed
    }

    /// The entries that the database has not confirmed, oldest first; they are always in memory.
    pub fn waiting(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.range(self.confirmed + 1..).map(|(_, entry)| entry)
    }

    /// The stored entries whose place on the stack has changed since, for what waits.
    pub fn relinked(&self) -> impl Iterator<Item = &Entry> {
        let above = self.waiting().filter_map(|entry| entry.tail.as_ref()?.above);
        above.filter(|number| *number <= self.confirmed).filter_map(|number| self.entries.get(&number))
    }

    /// The database has confirmed the entries up to this number. Those that are not whole here go from memory.
    pub fn confirm(&mut self, number: u64) {
        let before = self.confirmed;
        self.confirmed = number.clamp(self.confirmed, self.last);
        for number in before + 1..=self.confirmed {
            if self.entries.get(&number).is_some_and(|entry| entry.tail.is_some()) {
                self.entries.remove(&number);
            }
        }
    }

    /// Lets so many entries of other hands go before what waits, which becomes these edits.
    pub(crate) fn give_way(&mut self, count: u64, waiting: Vec<Edit>) {
        let first = self.confirmed + 1;
        let mut relinked: Vec<u64> = Vec::new();
        let moved = |number: u64| if first <= number { number + count } else { number };
        for (mut entry, edit) in self.entries.split_off(&first).into_values().zip(waiting) {
            entry.number = moved(entry.number);
            entry.below = entry.below.map(moved);
            entry.group = moved(entry.group);
            entry.kind = match entry.kind {
                EntryKind::Do => EntryKind::Do,
                EntryKind::Undo(of) => EntryKind::Undo(moved(of)),
                EntryKind::Redo(of) => EntryKind::Redo(moved(of)),
            };
            entry.edit = edit;
            if let Some(tail) = &mut entry.tail {
                relinked.extend(tail.above.filter(|above| *above < first));
                tail.above = tail.above.map(moved);
            }
            self.entries.insert(entry.number, entry);
        }
        // What is stored already stays where it is; what it stands on moves, once, however many batches went below it.
        for number in order::set(relinked) {
            if let Some(entry) = self.entries.get_mut(&number) {
                entry.below = entry.below.map(moved);
            }
        }
        self.undo = self.undo.map(moved);
        self.redo = self.redo.map(moved);
        self.admitted = self.admitted.map(|(from, to)| (moved(from), moved(to)));
        self.last += count;
        self.confirmed += count;
    }

    /// Forgets the tail of an entry that waits.
    pub(crate) fn cut(&mut self, number: u64) {
        if let Some(tail) = self.entries.get_mut(&number).and_then(|entry| entry.tail.as_mut()) {
            **tail = Tail { above: tail.above, ..Tail::default() };
        }
    }

    /// Leaves out of an entry that waits what is not to be kept.
    pub(crate) fn narrow(&mut self, number: u64, keep: impl FnMut(&Change) -> bool) {
        if let Some(entry) = self.entries.get_mut(&number) {
            entry.edit.changes.retain(keep);
        }
    }

    /// The number of the last entry, 0 when there is none.
    pub const fn last(&self) -> u64 {
        self.last
    }

    /// The number of the entry that would be undone.
    pub const fn undo_number(&self) -> Option<u64> {
        self.undo
    }

    /// The number of the entry that would be redone.
    pub const fn redo_number(&self) -> Option<u64> {
        self.redo
    }

    /// The entry of that number, where it is in memory as a whole.
    pub fn entry(&self, number: u64) -> Option<&Entry> {
        self.entries.get(&number).filter(|entry| entry.tail.is_none())
    }

    /// What the entry of that number did, where that is in memory.
    pub fn deed(&self, number: u64) -> Option<What> {
        self.entries.get(&number).map(|entry| entry.edit.what)
    }

    /// Takes stored entries into memory.
    pub fn load(&mut self, entries: impl IntoIterator<Item = Entry>) {
        self.entries.extend(entries.into_iter().map(|entry| (entry.number, entry)));
    }

    /// Lets an entry go from memory, unless it waits to be stored.
    pub fn unload(&mut self, number: u64) {
        if number <= self.confirmed {
            self.entries.remove(&number);
        }
    }

    /// The entry that undo would take back.
    pub fn undo_top(&self) -> Top<'_> {
        self.top(self.undo)
    }

    /// The entry that redo would bring back.
    pub fn redo_top(&self) -> Top<'_> {
        self.top(self.redo)
    }

    /// Writes a new edit down; what could be redone no longer can.
    /// `group` is the number of an earlier entry that it belongs to.
    pub fn record(&mut self, edit: Edit, group: Option<u64>) -> &Entry {
        self.redo = None;
        let below = self.undo;
        let number = self.append(edit, EntryKind::Do, below, group);
        self.undo = Some(number);
        &self.entries[&number]
    }

    /// Writes an edit down whose changes are not all in memory: `tail` is the rest. One that goes on with those written
    /// down so before stands on the last of them, below what came since, so that all of them stay one undo; where that
    /// is out of reach, on top. What could be redone no longer can. Linear in the entries that came since.
    pub fn admit(&mut self, edit: Edit, tail: Tail, goes_on: bool) {
        self.redo = None;
        let before = self.admitted.filter(|_| goes_on);
        let above = before.and_then(|(_, last)| self.above(last));
        let number = self.last + 1;
        let below = match above.and_then(|above| self.entries.get_mut(&above)) {
            Some(above) => above.below.replace(number),
            None => self.undo.replace(number),
        };
        let first = before.map_or(number, |(first, _)| first);
        self.append(edit, EntryKind::Do, below, Some(first));
        if let Some(entry) = self.entries.get_mut(&number) {
            entry.tail = Some(Box::new(Tail { above, ..tail }));
        }
        self.admitted = Some((first, number));
    }

    /// The entry of the undo stack that stands on that one, as far as the entries are in memory.
    fn above(&self, number: u64) -> Option<u64> {
        let mut at = self.undo.filter(|top| *top != number)?;
        loop {
            let below = self.entries.get(&at)?.below?;
            if below == number {
                return Some(at);
            }
            at = below;
        }
    }

    /// Appends the inverse of the topmost entry; `None` when nothing is left or it is not loaded.
    /// `group` is the number of an earlier undo that it belongs to.
    pub fn undo(&mut self, at: Timestamp, annotator: &str, group: Option<u64>) -> Option<&Entry> {
        let Top::Entry(top) = self.undo_top() else { return None };
        let (edit, taken_back, next) = (top.edit.inverse(at, annotator), top.number, top.below);
        let below = self.redo;
        let number = self.append(edit, EntryKind::Undo(taken_back), below, group);
        self.undo = next;
        self.redo = Some(number);
        self.entries.get(&number)
    }

    /// Appends the inverse of the topmost undo; `None` when nothing is left or it is not loaded.
    pub fn redo(&mut self, at: Timestamp, annotator: &str, group: Option<u64>) -> Option<&Entry> {
        let Top::Entry(top) = self.redo_top() else { return None };
        let (edit, brought_back, next) = (top.edit.inverse(at, annotator), top.number, top.below);
        let below = self.undo;
        let number = self.append(edit, EntryKind::Redo(brought_back), below, group);
        self.redo = next;
        self.undo = Some(number);
        self.entries.get(&number)
    }

    fn top(&self, number: Option<u64>) -> Top<'_> {
        number.map_or(Top::Nothing, |number| self.entry(number).map_or(Top::NotLoaded(number), Top::Entry))
    }

    fn append(&mut self, edit: Edit, kind: EntryKind, below: Option<u64>, group: Option<u64>) -> u64 {
        self.last += 1;
        let number = self.last;
        let entry =
            Entry { number, edit, kind, below, group: group.unwrap_or(number), hand: self.hand, tail: None };
        self.entries.insert(number, entry);
        number
    }
}
