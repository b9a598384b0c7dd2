//! Ids for records of a file, each given once.

use std::collections::{BTreeMap, BTreeSet};

/// The ids of one document's file.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    taken: BTreeSet<String>,
    kept: BTreeSet<String>,
    last: BTreeMap<char, u64>,
}

impl Ids {
    /// Keeps an id for the record that had it, so that new ones do not shift the old.
    pub(super) fn keep(&mut self, id: Option<&str>) {
        self.kept.extend(id.map(str::to_owned));
    }

    /// The wanted id if it is free, else the letter with the next free number.
    pub(super) fn take(&mut self, letter: char, wanted: Option<&str>) -> String {
        if let Some(wanted) = wanted.filter(|wanted| !wanted.is_empty())
            && self.taken.insert(wanted.to_owned())
        {
            return wanted.to_owned();
        }
        let last = self.last.entry(letter).or_default();
        loop {
            *last += 1;
            let id = format!("{letter}{last}");
            if !self.kept.contains(&id) && self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}
