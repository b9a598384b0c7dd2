//! A key with what is held beside it, and how it is written: `Ctrl+Shift+z`.

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

impl Chord {
    /// A chord as it is written; `None` for anything that no key press is.
    pub fn parse(written: &str) -> Option<Self> {
        let mut key = written;
        let mut held = |name: &str| match key.strip_prefix(name).filter(|rest| !rest.is_empty()) {
            Some(rest) => {
                key = rest;
                true
            }
            None => false,
        };
        let (ctrl, alt, shift) = (held("Ctrl+"), held("Alt+"), held("Shift+"));
        let is_sign = key.chars().nth(1).is_none() && !key.chars().any(char::is_control);
        let is_named = key.starts_with(|first: char| first.is_ascii_uppercase())
            && key.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let chord = Self::new(key, ctrl, shift, alt);
        (!key.is_empty() && (is_sign || is_named) && chord.to_string() == written).then_some(chord)
    }

    /// The one character that it types, where nothing is held beside it.
    pub fn character(&self) -> Option<char> {
        let mut characters = self.key.chars();
        let only = characters.next()?;
        let plain = !self.ctrl && !self.alt && !self.shift;
        (plain && characters.next().is_none()).then_some(only)
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
