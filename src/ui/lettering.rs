//! Typing the keys of the codebook: one letter, or two one after the other. After a first letter that begins keys it is
//! said what may follow; the next key press ends it, whatever it is.

use std::cell::Cell;

use crate::{
    app::{Chord, Lettered, continuations, digit, entry_of, workspace::Workspace},
    browser::keys::KeyPress,
    model::{Key, Letters},
};

thread_local! {
    /// The first letter of a key of two, whose second one is awaited.
    static BEGUN: Cell<Option<char>> = const { Cell::new(None) };
}

/// What a key press means to the codebook.
pub enum Typed {
    /// A label or relation type.
    Entry(Lettered),
    /// A number.
    Number(usize),
    /// It began a key, or ended one that nothing has; that was said.
    Taken,
    /// Nothing.
    Nothing,
}

/// Whether the second letter of a key is awaited.
pub fn is_awaited() -> bool {
    BEGUN.get().is_some()
}

/// Awaits nothing any more.
pub fn forget() {
    BEGUN.set(None);
}

/// The label of a number, from 1.
pub fn label_of(number: usize, workspace: Workspace) -> Option<Key> {
    workspace.read(|session| {
        let labels = &session.state().project().codebook.labels;
        labels.get(number.checked_sub(1)?).map(|label| label.key.clone())
    })?
}

/// Reads a key press without Ctrl and Alt.
pub fn typed(press: &KeyPress, chord: &Chord, workspace: Workspace) -> Typed {
    // What is held beside a letter is no answer yet.
    if matches!(press.key.as_str(), "Shift" | "Control" | "Alt" | "AltGraph" | "Meta" | "CapsLock") {
        return Typed::Nothing;
    }
    let begun = BEGUN.take();
    let Some(letter) = chord.character() else {
        return if begun.is_some() && press.key == "Escape" { Typed::Taken } else { Typed::Nothing };
    };
    if let (None, Some(number)) = (begun, digit(chord)) {
        return Typed::Number(number);
    }
    let letters = match begun {
        Some(first) => Letters { first, second: Some(letter) },
        None => Letters::from(letter),
    };
    let found = workspace.read(|session| entry_of(&session.state().project().codebook, letters)).flatten();
    if let Some(entry) = found {
        return Typed::Entry(entry);
    }
    if begun.is_some() {
        workspace.say(format!("No label and no link has the key “{letters}”."));
        return Typed::Taken;
    }
    let follows = workspace.read(|session| {
        let codebook = &session.state().project().codebook;
        continuations(codebook, letter)
            .iter()
            .map(|(next, name)| format!("{next} {name}"))
            .collect::<Vec<_>>()
    });
    match follows {
        Some(follows) if !follows.is_empty() => {
            BEGUN.set(Some(letter));
            workspace.say(format!("{letter}, then: {}", follows.join(", ")));
            Typed::Taken
        }
        _ => Typed::Nothing,
    }
}
