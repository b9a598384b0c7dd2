//! The history of a project: a log that only grows, and two stacks over it for undo and redo.
//! Undoing appends the inverse edit, so the log says what happened; each entry names the one below it on its
//! stack, so the stacks survive a reload as two numbers.

use std::collections::BTreeMap;

use super::{Edit, Timestamp};

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
    undo: Option<u64>,
    redo: Option<u64>,
    entries: BTreeMap<u64, Entry>,
}

/// The entries of one group, from the first to the last, which stand on the undo stack one on the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    /// The number of the first.
    pub first: u64,
    /// The number of the last.
    pub last: u64,
}

/// A place in the log and on the undo stack for an entry that is not kept in memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The entry's number.
    pub number: u64,
    /// The entry below it.
    pub below: Option<u64>,
    /// The number of the first entry of its group.
    pub group: u64,
    /// The entry that stood on the one below and now stands on it: its row has changed.
    pub above: Option<u64>,
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

impl History {
    /// A history as it was stored: the number of the last entry and the tops of the stacks.
    pub const fn stored(last: u64, undo: Option<u64>, redo: Option<u64>) -> Self {
        Self { last, undo, redo, entries: BTreeMap::new() }
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

    /// The entry of that number, where it is in memory.
    pub fn entry(&self, number: u64) -> Option<&Entry> {
        self.entries.get(&number)
    }

    /// Takes stored entries into memory.
    pub fn load(&mut self, entries: impl IntoIterator<Item = Entry>) {
        self.entries.extend(entries.into_iter().map(|entry| (entry.number, entry)));
    }

    /// Lets an entry go from memory; it must have been stored.
    pub fn unload(&mut self, number: u64) {
        self.entries.remove(&number);
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

    /// Gives a new edit that is stored elsewhere its place: on the last entry of its group, below what came since,
    /// so that the group stays one undo; or on top, where no group is given or it is out of reach.
    /// What could be redone no longer can. Linear in the entries that came since.
    pub fn reserve(&mut self, group: Option<Group>) -> Place {
        self.redo = None;
        self.last += 1;
        let number = self.last;
        let above = group.and_then(|group| self.above(group.last));
        let below = match above.and_then(|above| self.entries.get_mut(&above)) {
            Some(above) => above.below.replace(number),
            None => self.undo.replace(number),
        };
        Place { number, below, group: group.map_or(number, |group| group.first), above }
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
        number.map_or(Top::Nothing, |number| {
            self.entries.get(&number).map_or(Top::NotLoaded(number), Top::Entry)
        })
    }

    fn append(&mut self, edit: Edit, kind: EntryKind, below: Option<u64>, group: Option<u64>) -> u64 {
        self.last += 1;
        let number = self.last;
        let entry = Entry { number, edit, kind, below, group: group.unwrap_or(number) };
        self.entries.insert(number, entry);
        number
    }
}
