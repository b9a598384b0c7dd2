//! Which keys do what: one table, from which the help, the hints and the README are made.
//! Letters of labels and relation types come from the codebook and win over nothing in this table.

use crate::model::{Codebook, Key};

/// A key with its modifiers, as the page reports it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chord {
    /// `KeyboardEvent.key`, letters in lower case.
    pub key: String,
    /// Control, or Command on a Mac.
    pub ctrl: bool,
    /// Shift; counts only for keys that are no printed sign of their own.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

/// What a key does, whatever has to be known to turn it into a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each says in its name what the table says in words")]
pub enum Action {
    CharacterBack,
    CharacterForward,
    ExtendCharacterBack,
    ExtendCharacterForward,
    LineUp,
    LineDown,
    ExtendLineUp,
    ExtendLineDown,
    WordBack,
    WordForward,
    ExtendWordBack,
    ExtendWordForward,
    SentenceBack,
    SentenceForward,
    ExtendSentenceBack,
    ExtendSentenceForward,
    ParagraphBack,
    ParagraphForward,
    ExtendParagraphBack,
    ExtendParagraphForward,
    BlockStart,
    BlockEnd,
    ExtendBlockStart,
    ExtendBlockEnd,
    TextStart,
    TextEnd,
    SelectSentence,
    SelectWord,
    SelectAll,
    NextAnnotation,
    PreviousAnnotation,
    NextSuggestion,
    PreviousSuggestion,
    ReviewSuggestions,
    OpenCard,
    Identify,
    StartOutward,
    EndOutward,
    StartInward,
    EndInward,
    AddFragment,
    RemoveFragment,
    RepeatLabel,
    Repeats,
    Delete,
    Undo,
    Redo,
    Escape,
    MarkDone,
    NextDocument,
    PreviousDocument,
    FilterDocuments,
    Go,
    NextRegion,
    ToggleNames,
    Guide,
    Import,
    Export,
    Save,
    Backup,
    Palette,
    Search,
    Help,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// What it does.
    pub action: Action,
    /// The keys that do it, for example `Ctrl+Shift+z`.
    pub chords: &'static [&'static str],
    /// The heading it stands under.
    pub group: &'static str,
    /// What it does, in words.
    pub words: &'static str,
    /// Whether it works only while the text has the keyboard, because elsewhere the key has a use of its own.
    pub in_text_only: bool,
}

const READ: &str = "Move and select";
const TAG: &str = "Label and shape";
const GO: &str = "Documents and the rest";

const fn row(
    action: Action,
    chords: &'static [&'static str],
    group: &'static str,
    words: &'static str,
) -> Binding {
    Binding { action, chords, group, words, in_text_only: false }
}

const fn text(action: Action, chords: &'static [&'static str], words: &'static str) -> Binding {
    Binding { action, chords, group: READ, words, in_text_only: true }
}

/// All keys besides the letters of the codebook and the digits.
pub const BINDINGS: &[Binding] = &[
    text(Action::CharacterBack, &["ArrowLeft"], "back a character"),
    text(Action::CharacterForward, &["ArrowRight"], "on a character"),
    text(Action::ExtendCharacterBack, &["Shift+ArrowLeft"], "extend back a character"),
    text(Action::ExtendCharacterForward, &["Shift+ArrowRight"], "extend by a character"),
    text(Action::LineUp, &["ArrowUp"], "up a line"),
    text(Action::LineDown, &["ArrowDown"], "down a line"),
    text(Action::ExtendLineUp, &["Shift+ArrowUp"], "extend up a line"),
    text(Action::ExtendLineDown, &["Shift+ArrowDown"], "extend down a line"),
    text(Action::WordBack, &["Ctrl+ArrowLeft"], "back a word"),
    text(Action::WordForward, &["Ctrl+ArrowRight"], "on a word"),
    text(Action::ExtendWordBack, &["Ctrl+Shift+ArrowLeft"], "extend back a word"),
    text(Action::ExtendWordForward, &["Ctrl+Shift+ArrowRight"], "extend by a word"),
    text(Action::SentenceBack, &["Alt+ArrowLeft"], "back a sentence"),
    text(Action::SentenceForward, &["Alt+ArrowRight"], "on a sentence"),
    text(Action::ExtendSentenceBack, &["Alt+Shift+ArrowLeft"], "extend back a sentence"),
    text(Action::ExtendSentenceForward, &["Alt+Shift+ArrowRight"], "extend by a sentence"),
    text(Action::ParagraphBack, &["Alt+ArrowUp"], "back a paragraph"),
    text(Action::ParagraphForward, &["Alt+ArrowDown"], "on a paragraph"),
    text(Action::ExtendParagraphBack, &["Alt+Shift+ArrowUp"], "extend back a paragraph"),
    text(Action::ExtendParagraphForward, &["Alt+Shift+ArrowDown"], "extend by a paragraph"),
    text(Action::BlockStart, &["Home"], "to the start of the paragraph"),
    text(Action::BlockEnd, &["End"], "to the end of the paragraph"),
    text(Action::ExtendBlockStart, &["Shift+Home"], "extend to the start of the paragraph"),
    text(Action::ExtendBlockEnd, &["Shift+End"], "extend to the end of the paragraph"),
    text(Action::TextStart, &["Ctrl+Home"], "to the start of the text"),
    text(Action::TextEnd, &["Ctrl+End"], "to the end of the text"),
    text(Action::SelectAll, &["Ctrl+a"], "select the whole text"),
    row(Action::SelectSentence, &["s"], READ, "select the sentence; again: more"),
    row(Action::SelectWord, &["w"], READ, "select the word; again: more"),
    text(Action::NextAnnotation, &["Tab"], "next annotation"),
    text(Action::PreviousAnnotation, &["Shift+Tab"], "previous annotation"),
    row(Action::NextSuggestion, &["n"], READ, "next known name; Enter accepts, Delete or r refuses"),
    row(Action::PreviousSuggestion, &["Shift+n"], READ, "previous known name; p too, where no label has it"),
    row(Action::ReviewSuggestions, &["Shift+Enter"], READ, "review all known names of the text"),
    row(Action::OpenCard, &["Enter"], TAG, "open the annotation's card"),
    row(Action::Identify, &["i"], TAG, "say which actor is meant"),
    row(Action::StartOutward, &["["], TAG, "move the start back a word"),
    row(Action::EndOutward, &["]"], TAG, "move the end on a word"),
    row(Action::StartInward, &["{"], TAG, "move the start on a word (Shift+[)"),
    row(Action::EndInward, &["}"], TAG, "move the end back a word (Shift+])"),
    row(Action::AddFragment, &["+"], TAG, "add the selection as a further part"),
    row(Action::RemoveFragment, &["-"], TAG, "cut the selection out of the annotation"),
    row(Action::RepeatLabel, &["."], TAG, "label with the last label"),
    row(Action::Repeats, &["="], TAG, "label all the same words, after a list to review"),
    row(Action::Delete, &["Delete", "Backspace"], TAG, "delete the annotation"),
    row(Action::Undo, &["Ctrl+z"], TAG, "undo"),
    row(Action::Redo, &["Ctrl+Shift+z", "Ctrl+y"], TAG, "redo"),
    row(Action::Escape, &["Escape"], TAG, "leave: offer, armed label, selection, annotation"),
    row(Action::MarkDone, &["d"], GO, "mark done and open the next document"),
    row(Action::NextDocument, &["j"], GO, "next document"),
    row(Action::PreviousDocument, &["k"], GO, "previous document"),
    row(Action::FilterDocuments, &["/"], GO, "filter the documents"),
    row(
        Action::Go,
        &["g"],
        GO,
        "go: then d documents, t text, a annotations, r actors, c codebook, s search, p progress",
    ),
    row(Action::NextRegion, &["F6"], GO, "to the next part of the page"),
    row(Action::ToggleNames, &["v"], GO, "show or hide the names of labels"),
    row(Action::Guide, &["h"], GO, "show or hide what the codebook says of the label in hand"),
    row(Action::Import, &["Ctrl+o"], GO, "import"),
    row(Action::Export, &["Ctrl+e"], GO, "export"),
    row(Action::Save, &["Ctrl+s"], GO, "say whether all is saved"),
    row(Action::Backup, &["Ctrl+Shift+s"], GO, "save a backup of the project"),
    row(Action::Palette, &["Ctrl+k"], GO, "find a command, a document or an actor"),
    row(Action::Search, &["Ctrl+Shift+f"], GO, "search in all documents"),
    row(Action::Help, &["?"], GO, "this list"),
];

/// The action of a chord; `in_text` says whether the text has the keyboard.
pub fn resolve(chord: &Chord, in_text: bool) -> Option<Action> {
    let pressed = chord.to_string();
    BINDINGS
        .iter()
        .find(|binding| (in_text || !binding.in_text_only) && binding.chords.contains(&pressed.as_str()))
        .map(|binding| binding.action)
}

/// The label that a letter gives, if the codebook has one.
pub fn label_for(codebook: &Codebook, chord: &Chord) -> Option<Key> {
    let letter = letter(chord)?;
    codebook.labels.iter().find(|label| label.letter == Some(letter)).map(|label| label.key.clone())
}

/// The relation type that a letter starts, if the codebook has one.
pub fn relation_for(codebook: &Codebook, chord: &Chord) -> Option<Key> {
    let letter = letter(chord)?;
    codebook.relations.iter().find(|relation| relation.letter == Some(letter)).map(|one| one.key.clone())
}

/// Whether a letter does nothing by itself, so that a label or relation type may have it.
pub fn is_free(letter: char) -> bool {
    let chord = Chord::new(&letter.to_string(), false, false, false);
    letter.is_alphabetic() && chord.key == letter.to_string() && resolve(&chord, true).is_none()
}

/// The digit pressed without modifiers.
pub fn digit(chord: &Chord) -> Option<usize> {
    let digit = letter(chord)?.to_digit(10)?;
    usize::try_from(digit).ok()
}

fn letter(chord: &Chord) -> Option<char> {
    let mut characters = chord.key.chars();
    let only = characters.next()?;
    let plain = !chord.ctrl && !chord.alt && !chord.shift;
    (plain && characters.next().is_none()).then_some(only)
}

impl Chord {
    /// A chord from what a keyboard event says; a letter beyond ASCII has to be a small one.
    pub fn new(key: &str, ctrl: bool, shift: bool, alt: bool) -> Self {
        let mut characters = key.chars();
        let printed = matches!((characters.next(), characters.next()), (Some(_), None));
        let letter = printed && key.chars().all(char::is_alphabetic);
        // AltGr reports Control and Alt with the sign it makes, for example `[` on a German keyboard.
        let alt_graph = printed && !letter && ctrl && alt;
        Self {
            key: if letter { key.to_ascii_lowercase() } else { key.to_owned() },
            ctrl: ctrl && !alt_graph,
            shift: shift && (letter || !printed),
            alt: alt && !alt_graph,
        }
    }
}

impl std::fmt::Display for Chord {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (pressed, name) in [(self.ctrl, "Ctrl+"), (self.alt, "Alt+"), (self.shift, "Shift+")] {
            if pressed {
                formatter.write_str(name)?;
            }
        }
        formatter.write_str(&self.key)
    }
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
        let codebook = Codebook::standard();
        let labels = codebook.labels.iter().filter_map(|label| label.letter);
        let relations = codebook.relations.iter().filter_map(|relation| relation.letter);
        for letter in labels.chain(relations) {
            assert_eq!(resolve(&Chord::new(&letter.to_string(), false, false, false), true), None);
        }
    }

    #[test]
    fn chords_are_found_whatever_the_keyboard() {
        let action = |key, ctrl, shift, alt| resolve(&Chord::new(key, ctrl, shift, alt), true);
        assert_eq!(action("Z", true, true, false), Some(Action::Redo));
        assert_eq!(action("?", false, true, false), Some(Action::Help));
        assert_eq!(action("{", false, true, false), Some(Action::StartInward));
        assert_eq!(action("[", true, false, true), Some(Action::StartOutward), "AltGr+8");
        assert_eq!(action("ArrowRight", false, true, true), Some(Action::ExtendSentenceForward));
        assert_eq!(resolve(&Chord::new("Tab", false, false, false), false), None);
    }
}
