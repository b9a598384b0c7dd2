//! An index of spans: which of them hold or meet a place of the text, in logarithmic time.
//! A sorted array with a tree of greatest ends above it; spans may repeat, nest and cross.

use crate::text::{Offset, Span, order};

/// Values by the spans they lie on. Queries cost O(log n + hits), changes O(n) of plain memory moves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntervalIndex<T> {
    entries: Vec<(Span, T)>,
    /// A binary heap's layout: leaf `leaves + i` holds the end of entry `i`, a parent the greater of its two.
    greatest_ends: Vec<Offset>,
    leaves: usize,
}

impl<T> Default for IntervalIndex<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), greatest_ends: Vec::new(), leaves: 0 }
    }
}

impl<T: Copy + Ord> IntervalIndex<T> {
    /// An index of these entries. Cost: O(n log n).
    pub fn new(entries: impl IntoIterator<Item = (Span, T)>) -> Self {
        let mut entries: Vec<_> = entries.into_iter().collect();
        order::sort(&mut entries);
        let mut index = Self { entries, ..Self::default() };
        index.rebuild(0);
        index
    }

    /// All entries by start, then end, then value.
    pub fn entries(&self) -> &[(Span, T)] {
        &self.entries
    }

    /// Adds an entry.
    pub fn insert(&mut self, span: Span, value: T) {
        let at = self.entries.partition_point(|entry| *entry < (span, value));
        self.entries.insert(at, (span, value));
        self.rebuild(at);
    }

    /// Takes an entry away; says whether it was there.
    pub fn remove(&mut self, span: Span, value: T) -> bool {
        let Ok(at) = self.entries.binary_search(&(span, value)) else { return false };
        self.entries.remove(at);
        self.rebuild(at);
        true
    }

    /// The entries that share a character with the span, by start, then end, then value.
    pub fn overlapping(&self, span: Span) -> Vec<(Span, T)> {
        let before = self.entries.partition_point(|(entry, _)| entry.start() < span.end());
        let mut found = Vec::new();
        if self.leaves > 0 {
            self.collect(1, 0, self.leaves, before, span.start(), &mut found);
        }
        found
    }

    /// The entries that hold the character at the offset.
    pub fn at(&self, offset: Offset) -> Vec<(Span, T)> {
        Span::new(offset, Offset::new(offset.byte().saturating_add(1)))
            .map_or_else(Vec::new, |span| self.overlapping(span))
    }

    /// Entries `first..first + width` below this node, of those before `before`, that end after `start`.
    fn collect(
        &self,
        node: usize,
        first: usize,
        width: usize,
        before: usize,
        start: Offset,
        found: &mut Vec<(Span, T)>,
    ) {
        if before <= first || self.greatest_ends.get(node).is_none_or(|end| *end <= start) {
            return;
        }
        if width == 1 {
            found.extend(self.entries.get(first).copied());
            return;
        }
        let half = width / 2;
        self.collect(2 * node, first, half, before, start, found);
        self.collect(2 * node + 1, first + half, half, before, start, found);
    }

    /// Renews the tree for the entries from `from` on.
    fn rebuild(&mut self, from: usize) {
        let leaves = if self.entries.is_empty() { 0 } else { self.entries.len().next_power_of_two() };
        let mut from = from;
        if leaves != self.leaves {
            self.leaves = leaves;
            self.greatest_ends.clear();
            self.greatest_ends.resize(2 * leaves, Offset::ZERO);
            from = 0;
        }
        for at in from..leaves {
            self.greatest_ends[leaves + at] =
                self.entries.get(at).map_or(Offset::ZERO, |(span, _)| span.end());
        }
        let (mut low, mut high) = (leaves + from, 2 * leaves);
        while low > 1 {
            (low, high) = (low / 2, high / 2);
            for node in low..high {
                self.greatest_ends[node] = self.greatest_ends[2 * node].max(self.greatest_ends[2 * node + 1]);
            }
        }
    }
}
