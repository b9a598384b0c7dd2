//! Changing keys: whether an action may have a key, what stands against it, and the change itself, which leaves no key
//! with two actions.

use thiserror::Error;

use super::{Action, BINDINGS, Binding, Chord, Keymap, Lettered, entry_of};
use crate::model::{Codebook, Letters, Revision};

/// With Ctrl, what no page hears of in some browser, or what everybody needs there: tabs, windows, copying.
const WITH_CTRL: [&str; 12] = ["w", "t", "n", "q", "r", "c", "v", "x", "Tab", "PageUp", "PageDown", "F4"];

/// What works the controls of every page.
const OF_THE_PAGE: [&str; 3] = ["Tab", "Enter", " "];

/// What stands against giving a key to an action.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeyTaken {
    /// The browser has it.
    #[error("the browser keeps {0} for itself, no page can have it")]
    Browser(String),
    /// It works the controls of every page.
    #[error("{0} works buttons and fields, as on every page")]
    Page(String),
    /// Digits have a meaning of their own.
    #[error("digits give labels by their number and take what is offered")]
    Digit,
    /// The action has its key for good.
    #[error("this key cannot be changed: it leads out of everything")]
    Fixed,
    /// A label or relation type of the codebook has it, or begins with it.
    #[error("“{letters}” is the key of “{name}” in this project")]
    Entry {
        /// The key in the codebook.
        letters: Letters,
        /// The name of the label or relation type.
        name: String,
    },
    /// Another action has it.
    #[error("the key {chord} has another use already: {words}")]
    Action {
        /// The key.
        chord: String,
        /// What it does.
        action: Action,
        /// The same in words.
        words: &'static str,
    },
}

/// Whether an action has its key for good.
pub(super) fn is_fixed(action: Action) -> bool {
    action == Action::Escape
}

/// Whether a row may have a key, whoever else has it.
pub(super) fn may_have(binding: &Binding, chord: &Chord) -> bool {
    reserved(binding, chord).is_none()
}

fn reserved(binding: &Binding, chord: &Chord) -> Option<KeyTaken> {
    let (written, key) = (chord.to_string(), chord.key.as_str());
    if is_fixed(binding.action) || key == "Escape" {
        return Some(KeyTaken::Fixed);
    }
    // What the table itself gives to it, it may have again.
    if binding.chords.contains(&written.as_str()) {
        return None;
    }
    let of_browser = chord.ctrl && !chord.alt && WITH_CTRL.contains(&key)
        || chord.alt && matches!(key, "F4" | "Tab")
        || matches!(key, "F5" | "F11" | "F12");
    if of_browser {
        return Some(KeyTaken::Browser(written));
    }
    if OF_THE_PAGE.contains(&key) && !chord.ctrl && !chord.alt {
        return Some(KeyTaken::Page(if key == " " { "Space".to_owned() } else { written }));
    }
    chord.character().filter(char::is_ascii_digit).map(|_| KeyTaken::Digit)
}

impl Keymap {
    /// What stands against giving a key to a row; what another action has can be taken from it.
    ///
    /// # Errors
    /// Says what the key does already.
    pub fn check(&self, binding: &Binding, chord: &Chord, codebook: &Codebook) -> Result<(), KeyTaken> {
        if let Some(taken) = reserved(binding, chord) {
            return Err(taken);
        }
        if let Some((letters, name)) = entry(codebook, chord) {
            return Err(KeyTaken::Entry { letters, name: name.to_owned() });
        }
        match self.row_of(&chord.to_string()).filter(|row| row.action != binding.action) {
            Some(row) => {
                Err(KeyTaken::Action { chord: chord.to_string(), action: row.action, words: row.words })
            }
            None => Ok(()),
        }
    }

    /// What stands against giving a row its standard keys again.
    ///
    /// # Errors
    /// Says what has the first of them that has another use now.
    pub fn check_standard(&self, binding: &Binding, codebook: &Codebook) -> Result<(), KeyTaken> {
        let mut chords = binding.chords.iter().filter_map(|chord| Chord::parse(chord));
        chords.try_for_each(|chord| self.check(binding, &chord, codebook))
    }

    /// Gives a key to a row, beside those it has or in their place, and takes it from any other.
    pub fn give(&mut self, binding: &Binding, chord: &Chord, beside: bool) {
        let chord = chord.to_string();
        let mut chords: Vec<String> = Vec::new();
        if beside {
            chords.extend(self.chords(binding).into_iter().filter(|one| *one != chord).map(str::to_owned));
        }
        chords.push(chord);
        self.set(binding, chords);
    }

    /// The change of the codebook by which the entry of these letters leaves them to what the keys are to be
    /// afterwards, and its new key: one that is free now and then, none where there is none. `None` where nothing has
    /// the letters.
    pub fn leave(
        &self,
        afterwards: &Self,
        codebook: &Codebook,
        letters: Letters,
    ) -> Option<(Revision, Option<Letters>)> {
        let is_free = |letters| self.is_free(letters) && afterwards.is_free(letters);
        Some(match entry_of(codebook, letters)? {
            Lettered::Label(key) => {
                let mut label = codebook.label(&key)?.clone();
                label.letter = codebook.free_letters(&label.name, is_free);
                let new = label.letter;
                (Revision::Label(Box::new(label)), new)
            }
            Lettered::Relation(key) => {
                let mut relation = codebook.relation(&key)?.clone();
                relation.letter = codebook.free_letters(&relation.name, is_free);
                let new = relation.letter;
                (Revision::Relation(Box::new(relation)), new)
            }
        })
    }

    /// Takes a key away from a row.
    pub fn remove(&mut self, binding: &Binding, chord: &str) {
        let chords =
            self.chords(binding).into_iter().filter(|one| *one != chord).map(str::to_owned).collect();
        self.set(binding, chords);
    }

    /// Gives a row its standard keys again, and takes them from any other.
    pub fn restore(&mut self, binding: &Binding) {
        self.set(binding, binding.chords.iter().map(|chord| (*chord).to_owned()).collect());
    }

    fn set(&mut self, binding: &Binding, chords: Vec<String>) {
        let mut changes = Vec::new();
        for row in BINDINGS {
            let mut own: Vec<String> = self.chords(row).into_iter().map(str::to_owned).collect();
            if row.action == binding.action {
                own.clone_from(&chords);
            } else {
                own.retain(|chord| !chords.contains(chord));
            }
            if row.chords != own {
                changes.push((row.action, own));
            }
        }
        self.changes = changes;
    }
}

/// The label or relation type whose key the chord is or begins.
fn entry<'c>(codebook: &'c Codebook, chord: &Chord) -> Option<(Letters, &'c str)> {
    let pressed = chord.character()?;
    codebook.keyed().find(|(letters, _)| letters.first == pressed)
}

impl Binding {
    /// The row of an action.
    pub fn of(action: Action) -> Option<&'static Self> {
        BINDINGS.iter().find(|binding| binding.action == action)
    }

    /// What a key press that has no action yet says against its codebook: the name of the entry that is looked at first.
    pub fn hidden_by<'c>(chord: &str, codebook: &'c Codebook) -> Option<&'c str> {
        entry(codebook, &Chord::parse(chord)?).map(|(_, name)| name)
    }

    /// Whether it has its key for good.
    pub fn is_fixed(&self) -> bool {
        is_fixed(self.action)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chord(written: &str) -> Chord {
        Chord::parse(written).unwrap()
    }

    fn row(action: Action) -> &'static Binding {
        Binding::of(action).unwrap()
    }

    #[test]
    fn what_stands_against_a_key_is_said() {
        let mut codebook = Codebook::standard();
        codebook.labels[0].letter = Letters::parse("qa");
        let keymap = Keymap::default();
        let said = |action, written| {
            keymap.check(row(action), &chord(written), &codebook).map_err(|taken| taken.to_string())
        };
        assert_eq!(said(Action::Undo, "Ctrl+u"), Ok(()));
        assert_eq!(said(Action::Undo, "Ctrl+z"), Ok(()), "it has it already");
        assert_eq!(said(Action::NextAnnotation, "Tab"), Ok(()), "it is its standard");
        for (action, written, words) in [
            (Action::Undo, "Ctrl+w", "the browser keeps Ctrl+w"),
            (Action::Undo, "Ctrl+Shift+t", "the browser keeps"),
            (Action::Undo, "Tab", "works buttons"),
            (Action::Undo, " ", "Space works buttons"),
            (Action::Undo, "7", "digits"),
            (Action::Undo, "Escape", "cannot be changed"),
            (Action::Escape, "y", "cannot be changed"),
            (Action::Undo, "q", "“qa” is the key of “Actor”"),
            (Action::Undo, "c", "“c” is the key of “Claim”"),
            (Action::Undo, "m", "“m” is the key of “made by”"),
            (Action::Undo, "d", "d has another use already: mark done"),
        ] {
            let said = said(action, written).unwrap_err();
            assert!(said.contains(words), "{written}: {said}");
        }
    }

    #[test]
    fn a_key_goes_from_one_action_to_another_and_back() {
        let mut keymap = Keymap::default();
        keymap.give(row(Action::Help), &chord("d"), false);
        assert_eq!(keymap.resolve(&chord("d"), true), Some(Action::Help));
        assert_eq!(keymap.resolve(&chord("?"), true), None);
        assert!(keymap.chords(row(Action::MarkDone)).is_empty());
        assert_eq!(keymap.shown(Action::Help, "?"), "d");
        assert_eq!(keymap.shown(Action::MarkDone, "d"), "");
        assert_eq!(keymap.shown(Action::Undo, "Ctrl+z"), "Ctrl+Z");
        assert!(keymap.is_free('?'.into()) == keymap.is_free('1'.into()), "neither is a letter");
        keymap.give(row(Action::MarkDone), &chord("Ctrl+d"), true);
        keymap.give(row(Action::MarkDone), &chord("y"), true);
        assert_eq!(keymap.chords(row(Action::MarkDone)), ["Ctrl+d", "y"]);
        assert!(!keymap.is_free('y'.into()) && !Keymap::default().is_free('d'.into()));
        let codebook = Codebook::standard();
        let refused = keymap.check_standard(row(Action::MarkDone), &codebook).unwrap_err();
        assert!(matches!(refused, KeyTaken::Action { action: Action::Help, .. }), "{refused}");
        keymap.restore(row(Action::MarkDone));
        assert_eq!(keymap.resolve(&chord("d"), true), Some(Action::MarkDone));
        assert!(keymap.chords(row(Action::Help)).is_empty());
        keymap.restore(row(Action::Help));
        assert!(keymap.is_standard());
        keymap.remove(row(Action::Redo), "Ctrl+y");
        assert_eq!(keymap.chords(row(Action::Redo)), ["Ctrl+Shift+z"]);
    }

    #[test]
    fn a_label_or_link_leaves_its_key_and_gets_another_one() {
        let mut codebook = Codebook::standard();
        let keymap = Keymap::default();
        let left = |codebook: &Codebook, action, written: &str| {
            let mut afterwards = keymap.clone();
            afterwards.give(row(action), &chord(written), false);
            let letters = Letters::parse(written).unwrap();
            let (revision, new) = keymap.leave(&afterwards, codebook, letters)?;
            let codebook = revision.plan(codebook).unwrap().codebook().clone();
            assert_eq!(afterwards.check(row(action), &chord(written), &codebook), Ok(()));
            Some((new.map(|letters| letters.to_string()).unwrap_or_default(), codebook))
        };
        let (new, after) = left(&codebook, Action::Help, "c").unwrap();
        assert_eq!((new.as_str(), after.labels[1].letter.unwrap().to_string()), ("l", "l".to_owned()));
        assert!(after.labels.iter().zip(&codebook.labels).all(|(one, other)| one.key == other.key));
        // The letter that the action gave up is free only afterwards, and so is none for it yet.
        let (new, _) = left(&codebook, Action::MarkDone, "x").unwrap();
        assert!(!["d", "x", ""].contains(&new.as_str()), "{new}");
        let (_, after) = left(&codebook, Action::Help, "m").unwrap();
        assert_ne!(after.relations[0].letter, codebook.relations[0].letter);
        assert!(left(&codebook, Action::Help, "y").is_none(), "nothing has it");
        codebook.labels[1].name = "…".to_owned();
        let (new, after) = left(&codebook, Action::Help, "c").unwrap();
        assert_eq!((new.as_str(), after.labels[1].letter), ("", None));
    }

    #[test]
    fn what_was_kept_is_read_without_trust() {
        let mut keymap = Keymap::default();
        keymap.give(row(Action::Help), &chord("d"), false);
        keymap.give(row(Action::MarkDone), &chord("Ctrl+d"), true);
        keymap.remove(row(Action::Redo), "Ctrl+y");
        assert_eq!(Keymap::parse(&keymap.print()), keymap);
        assert_eq!(Keymap::default().print(), "{}");
        for kept in [
            "",
            "null",
            "[1]",
            "{",
            r#"{"Fly":["f"],"Undo":7,"Redo":{"a":1},"Help":["Ctrl+w"],"Save":[5,"","Ctrl+"]}"#,
            r#"{"Escape":["y"],"Search":["1"," ","Enter"],"Undo":["d"]}"#,
            r#"{"Undo":["Ctrl+z"]}"#,
        ] {
            let read = Keymap::parse(kept);
            let rows = BINDINGS.iter().filter(|binding| binding.action != Action::Undo);
            for binding in rows {
                assert_eq!(read.chords(binding), binding.chords, "{kept}");
            }
        }
        // Two that want the same: the first of the table has it.
        let read = Keymap::parse(r#"{"Redo":["y","y"],"Undo":["y"],"MarkDone":[]}"#);
        assert_eq!((read.chords(row(Action::Undo)), read.chords(row(Action::Redo))), (vec!["y"], vec![]));
        assert!(read.chords(row(Action::MarkDone)).is_empty() && read.is_free('d'.into()));
        assert_eq!(read.resolve(&chord("y"), false), Some(Action::Undo));
    }

    #[test]
    fn names_of_actions_stay_as_browsers_keep_them() {
        let kept = r#"{"NextSuggestion":["Ctrl+j"],"MarkDone":["Ctrl+m"],"Go":["Ctrl+g"],"ToggleNames":[]}"#;
        let read = Keymap::parse(kept);
        assert_eq!(read.changes.len(), 4);
    }
}
