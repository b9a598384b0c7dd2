//! The keys as a person has them: the standard table and, over it, the actions to which this browser's person has given
//! other keys. What was kept is read without trust: what is unknown, unreadable or taken already counts as not there.

use serde_json::{Map, Value as Json};

use super::{
    Action, BINDINGS, Binding, Chord,
    change::{is_fixed, may_have},
};
use crate::model::Letters;

/// The keys in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keymap {
    /// The actions with other keys than the standard ones, in the order of the table.
    pub(super) changes: Vec<(Action, Vec<String>)>,
}

impl Keymap {
    /// The keys of a row.
    pub fn chords<'k>(&'k self, binding: &'k Binding) -> Vec<&'k str> {
        match self.changed(binding.action) {
            Some(chords) => chords.iter().map(String::as_str).collect(),
            None => binding.chords.to_vec(),
        }
    }

    /// The keys of an action where they are not the standard ones.
    pub fn changed(&self, action: Action) -> Option<&[String]> {
        self.changes.iter().find(|(changed, _)| *changed == action).map(|(_, chords)| chords.as_slice())
    }

    /// The first key of an action as it is shown, for example `Ctrl+Z`, where this one is the standard; empty for none.
    pub fn shown(&self, action: Action, standard: &str) -> String {
        let changed = self.changed(action).map(|chords| chords.first().map_or("", String::as_str));
        let mut shown = changed.unwrap_or(standard).to_owned();
        // A letter beside which something is held stands as it does on the key.
        if let Some(at) = shown.len().checked_sub(1).filter(|at| 0 < *at)
            && shown.get(..at).is_some_and(|held| held.ends_with('+'))
            && let Some(letter) = shown.get_mut(at..)
        {
            letter.make_ascii_uppercase();
        }
        shown
    }

    /// The action of a chord; `in_text` says whether the text has the keyboard.
    pub fn resolve(&self, chord: &Chord, in_text: bool) -> Option<Action> {
        self.row_of(&chord.to_string())
            .filter(|binding| in_text || !binding.in_text_only)
            .map(|binding| binding.action)
    }

    /// The row that a chord belongs to.
    pub(super) fn row_of(&self, chord: &str) -> Option<&'static Binding> {
        BINDINGS.iter().find(|binding| match self.changed(binding.action) {
            Some(chords) => chords.iter().any(|one| one == chord),
            None => binding.chords.contains(&chord),
        })
    }

    /// Whether letters do nothing by themselves, so that a label or relation type may have them.
    pub fn is_free(&self, letters: Letters) -> bool {
        let small = |letter: char| {
            let written = letter.to_string();
            letter.is_alphabetic() && Chord::new(&written, false, false, false).key == written
        };
        let first = Chord::new(&letters.first.to_string(), false, false, false);
        small(letters.first) && letters.second.is_none_or(small) && self.resolve(&first, true).is_none()
    }

    /// Whether nothing is changed.
    pub const fn is_standard(&self) -> bool {
        self.changes.is_empty()
    }

    /// What is to be kept of it.
    pub fn print(&self) -> String {
        let changes =
            self.changes.iter().map(|(action, chords)| (format!("{action:?}"), chords.clone().into()));
        Json::Object(changes.collect::<Map<String, Json>>()).to_string()
    }

    /// What was kept, as far as it can be in force.
    pub fn parse(kept: &str) -> Self {
        let kept: Map<String, Json> = serde_json::from_str(kept).unwrap_or_default();
        let mut taken: Vec<&str> = Vec::new();
        let mut wanted: Vec<(&Binding, Vec<&str>)> = Vec::new();
        for binding in BINDINGS {
            match kept.get(&format!("{:?}", binding.action)).and_then(|kept| sound(binding, kept)) {
                Some(chords) if binding.chords != chords => wanted.push((binding, chords)),
                _ => taken.extend(binding.chords),
            }
        }
        let mut keymap = Self::default();
        for (binding, mut chords) in wanted {
            chords.retain(|chord| !taken.contains(chord));
            chords.dedup();
            taken.extend(&chords);
            keymap.changes.push((binding.action, chords.into_iter().map(str::to_owned).collect()));
        }
        keymap
    }
}

/// The keys that were kept for a row and can be in force there; `None` if what was kept says nothing of use.
fn sound<'j>(binding: &Binding, kept: &'j Json) -> Option<Vec<&'j str>> {
    let list = kept.as_array()?;
    let can = |chord: &&str| Chord::parse(chord).is_some_and(|chord| may_have(binding, &chord));
    let sound: Vec<&str> = list.iter().filter_map(Json::as_str).filter(can).collect();
    (list.is_empty() || !sound.is_empty()).then_some(sound).filter(|_| !is_fixed(binding.action))
}
