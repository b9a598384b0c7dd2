//! Which keys do what: the standard table, what a person has changed of it in this browser, and the letters of labels
//! and relation types, which come from the codebook and are looked at first.

mod change;
mod chord;
mod own;
mod table;

pub use self::{
    change::KeyTaken,
    chord::Chord,
    own::Keymap,
    table::{Action, BINDINGS, Binding},
};
use crate::model::{Codebook, Key, Letters};

/// What letters of the codebook give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lettered {
    /// A label.
    Label(Key),
    /// A relation type.
    Relation(Key),
}

/// The label or relation type of these letters.
pub fn entry_of(codebook: &Codebook, letters: Letters) -> Option<Lettered> {
    let is_it = |letter: Option<Letters>| letter == Some(letters);
    let label =
        codebook.labels.iter().find(|one| is_it(one.letter)).map(|one| Lettered::Label(one.key.clone()));
    let relation = || codebook.relations.iter().find(|one| is_it(one.letter));
    label.or_else(|| relation().map(|one| Lettered::Relation(one.key.clone())))
}

/// What may follow a first letter, with what it gives, in the order of the codebook: the second letters and names.
pub fn continuations(codebook: &Codebook, first: char) -> Vec<(char, &str)> {
    let begun = codebook.keyed().filter(|(one, _)| one.first == first);
    begun.filter_map(|(one, name)| Some((one.second?, name))).collect()
}

/// Whether a key press is, or begins, a key of the codebook.
pub fn is_of_codebook(codebook: &Codebook, chord: &Chord) -> bool {
    chord.character().is_some_and(|pressed| codebook.letters().any(|letters| letters.first == pressed))
}

/// The digit pressed without modifiers.
pub fn digit(chord: &Chord) -> Option<usize> {
    let digit = chord.character()?.to_digit(10)?;
    usize::try_from(digit).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_chord_does_two_things() {
        let mut chords: Vec<_> = BINDINGS.iter().flat_map(|binding| binding.chords).collect();
        let all = chords.len();
        chords.sort_unstable();
        chords.dedup();
        assert_eq!(chords.len(), all);
    }

    #[test]
    fn letters_of_the_codebook_are_free() {
        for letters in Codebook::standard().letters() {
            assert!(Keymap::default().is_free(letters), "{letters}");
        }
    }

    #[test]
    fn chords_are_found_whatever_the_keyboard() {
        let keymap = Keymap::default();
        let action = |key, ctrl, shift, alt| keymap.resolve(&Chord::new(key, ctrl, shift, alt), true);
        assert_eq!(action("Z", true, true, false), Some(Action::Redo));
        assert_eq!(action("?", false, true, false), Some(Action::Help));
        assert_eq!(action("{", false, true, false), Some(Action::StartInward));
        assert_eq!(action("[", true, false, true), Some(Action::StartOutward), "AltGr+8");
        assert_eq!(action("ArrowRight", false, true, true), Some(Action::ExtendSentenceForward));
        assert_eq!(keymap.resolve(&Chord::new("Tab", false, false, false), false), None);
    }

    #[test]
    fn two_letters_give_what_one_begins() {
        let mut codebook = Codebook::standard();
        codebook.labels[1].letter = Letters::parse("ba");
        codebook.relations[0].letter = Letters::parse("bé");
        let names = (codebook.labels[1].name.clone(), codebook.relations[0].name.clone());
        assert_eq!(continuations(&codebook, 'b'), [('a', &*names.0), ('é', &*names.1)]);
        assert!(continuations(&codebook, 'a').is_empty(), "it is a key of its own");
        let label = Lettered::Label(codebook.labels[1].key.clone());
        assert_eq!(entry_of(&codebook, Letters::parse("ba").unwrap()), Some(label));
        assert_eq!(entry_of(&codebook, 'b'.into()), None);
        assert!(is_of_codebook(&codebook, &Chord::new("b", false, false, false)));
        assert!(!is_of_codebook(&codebook, &Chord::new("b", true, false, false)));
    }

    #[test]
    fn every_chord_of_the_table_can_be_written_and_read() {
        for chord in BINDINGS.iter().flat_map(|binding| binding.chords) {
            assert_eq!(Chord::parse(chord).map(|read| read.to_string()).as_deref(), Some(*chord));
        }
        for written in ["", "Ctrl+", "ctrl+z", "Shift+?", "Z", "ab", "Alt+Ctrl+z", "F\u{1F}", "Ctrl++x"] {
            assert_eq!(Chord::parse(written), None, "{written}");
        }
    }
}
