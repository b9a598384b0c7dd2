//! Which rows of a list are chosen together, and the keys that choose them. Only what the list shows is ever among them,
//! so that nothing unseen is changed.

use std::collections::BTreeSet;

use leptos::{ev, prelude::*};

use crate::{
    browser::{keys, scroll},
    text::order,
};

/// The rows that are chosen together, by what they show.
#[derive(Clone, Copy)]
pub struct Several<I: Copy + Ord + Send + Sync + 'static> {
    /// What the list shows.
    pub shown: Memo<Vec<I>>,
    /// The chosen ones among them, in their order.
    pub chosen: Memo<Vec<I>>,
    ticked: RwSignal<BTreeSet<I>>,
    /// Whether ticks are offered though nothing is chosen.
    offered: RwSignal<bool>,
    /// The row from which a stretch of rows is chosen.
    from: StoredValue<Option<usize>>,
}

impl<I: Copy + Ord + Send + Sync + 'static> Several<I> {
    /// None of those that are shown.
    pub fn new(shown: Memo<Vec<I>>) -> Self {
        let ticked = RwSignal::new(BTreeSet::new());
        let chosen = Memo::new(move |_| {
            ticked.with(|ticked: &BTreeSet<I>| {
                if ticked.is_empty() {
                    return Vec::new();
                }
                shown.with(|shown| shown.iter().copied().filter(|id| ticked.contains(id)).collect())
            })
        });
        Self { shown, chosen, ticked, offered: RwSignal::new(false), from: StoredValue::new(None) }
    }

    /// Whether several are being chosen.
    pub fn is_on(self) -> bool {
        self.offered.get() || !self.chosen.with(Vec::is_empty)
    }

    /// Whether any is chosen, without being told of changes.
    pub fn has_any(self) -> bool {
        !self.chosen.with_untracked(Vec::is_empty)
    }

    /// Whether it is among them.
    pub fn holds(self, id: I) -> bool {
        self.ticked.with(|ticked| ticked.contains(&id))
    }

    /// Offers ticks, or lets go of all.
    pub fn turn(self) {
        let on = untrack(|| self.is_on());
        self.clear();
        self.offered.set(!on);
    }

    /// Chooses the row, or lets it go.
    pub fn tick(self, at: usize) {
        let Some(id) = self.shown.with_untracked(|shown| shown.get(at).copied()) else { return };
        self.from.set_value(Some(at));
        self.ticked.update(|ticked| {
            if !ticked.remove(&id) {
                ticked.insert(id);
            }
        });
    }

    /// Chooses all that are shown.
    pub fn all(self) {
        self.ticked.set(self.shown.with_untracked(|shown| order::set(shown.iter().copied())));
    }

    /// Lets go of all.
    pub fn clear(self) {
        self.from.set_value(None);
        self.offered.set(false);
        self.ticked.update(BTreeSet::clear);
    }

    /// A click on a row; says whether it chose, with Shift all from the row that was touched last, with Ctrl this one.
    pub fn click(self, event: &ev::MouseEvent, at: usize) -> bool {
        if event.shift_key() {
            self.reach(at);
        } else if event.ctrl_key() || event.meta_key() {
            self.tick(at);
        } else {
            self.from.set_value(Some(at));
            return false;
        }
        true
    }

    /// A key press on the list, before the list takes it; says whether nothing is left of it for others.
    pub fn press(self, event: &ev::KeyboardEvent) -> bool {
        let press = keys::key_press(event);
        let row = scroll::row_of(event);
        let plain = !press.ctrl && !press.shift && !press.alt;
        match (press.key.as_str(), row) {
            (" ", Some(at)) if plain => self.tick(at),
            ("a", _) if press.ctrl && !press.shift && !press.alt => self.all(),
            (way @ ("ArrowDown" | "ArrowUp"), Some(at)) if press.shift && !press.ctrl && !press.alt => {
                if self.from.get_value().is_none() || !self.has_any() {
                    self.from.set_value(Some(at));
                }
                let to = if way == "ArrowDown" { at + 1 } else { at.saturating_sub(1) };
                self.reach(to.min(self.shown.with_untracked(Vec::len).saturating_sub(1)));
                // The list takes the focus along.
                return false;
            }
            ("Escape", _) if untrack(|| self.is_on()) => self.clear(),
            _ => return false,
        }
        true
    }

    /// Chooses all rows from the one that was touched last to this one.
    fn reach(self, at: usize) {
        let from = self.from.get_value().unwrap_or(at);
        self.from.set_value(Some(from));
        let stretch = self.shown.with_untracked(|shown| {
            let rows = shown.get(from.min(at)..(from.max(at) + 1).min(shown.len()));
            order::set(rows.into_iter().flatten().copied())
        });
        self.ticked.set(stretch);
    }
}
