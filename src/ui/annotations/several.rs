//! Which annotations of the list are chosen together, and the keys that choose them. Only what the filter shows is ever
//! among them, so that nothing unseen is changed.

use std::collections::BTreeSet;

use leptos::{ev, prelude::*};

use crate::{
    app::{Chord, Command, MarkDeed, Together, digit, label_for, workspace::Workspace},
    browser::{focus, keys, scroll, wait},
    model::{AnnotationId, Key},
    text::order,
    ui::keyboard::is_going,
};

/// The annotations that are chosen together.
#[derive(Clone, Copy)]
pub struct Several {
    /// The project.
    pub workspace: Workspace,
    /// What the list shows.
    pub shown: Memo<Vec<AnnotationId>>,
    /// The chosen ones among them, in the order of the text.
    pub chosen: Memo<Vec<AnnotationId>>,
    ticked: RwSignal<BTreeSet<AnnotationId>>,
    /// Whether ticks are offered though nothing is chosen.
    offered: RwSignal<bool>,
    /// The row from which a stretch of rows is chosen.
    from: StoredValue<Option<usize>>,
}

impl Several {
    /// None of those that are shown.
    pub fn new(workspace: Workspace, shown: Memo<Vec<AnnotationId>>) -> Self {
        let ticked = RwSignal::new(BTreeSet::new());
        let chosen = Memo::new(move |_| {
            ticked.with(|ticked: &BTreeSet<AnnotationId>| {
                if ticked.is_empty() {
                    return Vec::new();
                }
                shown.with(|shown| shown.iter().copied().filter(|id| ticked.contains(id)).collect())
            })
        });
        let (offered, from) = (RwSignal::new(false), StoredValue::new(None));
        Self { workspace, shown, chosen, ticked, offered, from }
    }

    /// Whether several are being chosen.
    pub fn is_on(self) -> bool {
        self.offered.get() || !self.chosen.with(Vec::is_empty)
    }

    /// Whether it is among them.
    pub fn holds(self, id: AnnotationId) -> bool {
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
        let Some(id) = self.id(at) else { return };
        self.from.set_value(Some(at));
        self.ticked.update(|ticked| {
            if !ticked.remove(&id) {
                ticked.insert(id);
            }
        });
    }

    /// Notes the row from which a stretch may be chosen.
    pub fn begin(self, at: usize) {
        self.from.set_value(Some(at));
    }

    /// Chooses all rows from the one that was touched last to this one.
    pub fn reach(self, at: usize) {
        let from = self.from.get_value().unwrap_or(at);
        self.from.set_value(Some(from));
        let stretch = self.shown.with_untracked(|shown| {
            let rows = shown.get(from.min(at)..(from.max(at) + 1).min(shown.len()));
            order::set(rows.into_iter().flatten().copied())
        });
        self.ticked.set(stretch);
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

    /// Does it to all that are chosen.
    pub fn act(self, deed: MarkDeed) {
        let chosen = self.chosen.get_untracked();
        self.workspace.dispatch(Command::Together(Box::new(Together::Annotations { chosen, deed })));
    }

    /// Takes a key press on the list before the list does.
    pub fn on_key(self, event: &ev::KeyboardEvent) {
        let press = keys::key_press(event);
        // The letter after g says where to go.
        if press.in_text_field || is_going() || !self.take(event, &press) {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn take(self, event: &ev::KeyboardEvent, press: &keys::KeyPress) -> bool {
        let chord = Chord::new(&press.key, press.ctrl, press.shift, press.alt);
        let row = scroll::row_of(event);
        let any = !self.chosen.with_untracked(Vec::is_empty);
        match (chord.to_string().as_str(), row) {
            (" ", Some(at)) => self.tick(at),
            ("Ctrl+a", _) => self.all(),
            (way @ ("Shift+ArrowDown" | "Shift+ArrowUp"), Some(at)) => {
                if self.from.get_value().is_none() || !any {
                    self.begin(at);
                }
                let to = if way == "Shift+ArrowDown" { at + 1 } else { at.saturating_sub(1) };
                self.reach(to.min(self.shown.with_untracked(Vec::len).saturating_sub(1)));
                // The list takes the focus along.
                return false;
            }
            ("Escape", _) if untrack(|| self.is_on()) => self.clear(),
            ("Delete" | "Backspace", _) if any => {
                self.act(MarkDeed::Delete);
                wait::on_next_frame(|| {
                    focus::give_to(".annotations .rows");
                });
            }
            _ => match self.label(&chord).filter(|_| any) {
                Some(label) => self.act(MarkDeed::Relabel(label)),
                None => return false,
            },
        }
        true
    }

    /// The label of a letter or digit.
    fn label(self, chord: &Chord) -> Option<Key> {
        self.workspace.read(|session| {
            let codebook = &session.state().project().codebook;
            let numbered = digit(chord).and_then(|number| codebook.labels.get(number.checked_sub(1)?));
            label_for(codebook, chord).or_else(|| numbered.map(|label| label.key.clone()))
        })?
    }

    fn id(self, at: usize) -> Option<AnnotationId> {
        self.shown.with_untracked(|shown| shown.get(at).copied())
    }
}
