//! Names made comparable: "Müller", "MULLER" and "Mu\u{308}ller" fold to one string.
//! A folded string is a key for looking up, never shown and never cut by positions. Invariant: folding twice changes
//! nothing. Marks that make another letter (kana voicing, Indic vowels and viramas, Thai tones) are kept.

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

/// The key of a name: case and diacritics folded, wide and joined letters made plain, white space collapsed.
///
/// Decomposes canonically (NFD, UAX #15), drops accents, points and invisible characters, lowers case, spells out ß, æ,
/// œ, ligatures and the like, and straightens apostrophes, quotation marks and dashes. Linear in the length. Other
/// compatibility forms stay as they are: their table would weigh more than all the rest of this room.
///
/// ```
/// use rubricator::text::fold;
/// assert_eq!(fold("  José  MÜLLER-Weiß "), "jose muller-weiss");
/// assert_eq!(fold("O’Brien"), fold("o'brien"));
/// ```
#[must_use]
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for letter in name.chars() {
        put(&mut folded, letter);
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// A folded line that remembers where each part of its key came from.
pub(super) struct Folded {
    /// The key, as [`fold`] makes it.
    pub(super) key: String,
    /// For each byte of the key the byte of the line where its letter begins.
    origins: Vec<u32>,
    /// The line's length in bytes without white space at its end.
    end: usize,
}

impl Folded {
    /// Folds a line. Linear in its length.
    pub(super) fn new(line: &str) -> Self {
        let mut key = String::with_capacity(line.len());
        let mut origins = Vec::with_capacity(line.len());
        for (at, letter) in line.char_indices() {
            put(&mut key, letter);
            origins.resize(key.len(), u32::try_from(at).unwrap_or(u32::MAX));
        }
        let end = line.trim_end().len();
        Self { key, origins, end }
    }

    /// Where a stretch of the key lies in the line, in bytes; `None` where it cuts a letter that the key spells out.
    pub(super) fn place(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let origin = |at: usize| self.origins.get(at).copied();
        let cuts = |at: usize| at > 0 && origin(at).is_some() && origin(at - 1) == origin(at);
        if cuts(start) || cuts(end) {
            return None;
        }
        let to = origin(end).map_or(self.end, |at| at as usize);
        Some((origin(start)? as usize, to))
    }
}

/// Adds what a letter folds to. Those of ASCII, which most are, have no need of tables.
fn put(folded: &mut String, letter: char) {
    if letter.is_ascii() && letter != '`' && !letter.is_whitespace() {
        folded.push(letter.to_ascii_lowercase());
        return;
    }
    for letter in narrow(letter).to_lowercase() {
        decompose_canonical(letter, |part| push(folded, part));
    }
}

fn push(folded: &mut String, letter: char) {
    if letter.is_whitespace() {
        if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    } else if let Some(spelling) = spelling(letter) {
        folded.push_str(spelling);
    } else if !is_dropped(letter) {
        folded.push(letter);
    }
}

/// The ordinary form of a full-width letter, digit or sign.
fn narrow(letter: char) -> char {
    match letter {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(letter) - 0xFEE0).unwrap_or(letter),
        '\u{3000}' => ' ',
        _ => letter,
    }
}

/// Accents and points (by their canonical combining class), soft hyphens and zero-width characters.
fn is_dropped(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE0E}' | '\u{FE0F}')
        || matches!(canonical_combining_class(letter), 1 | 10..=36 | 200..=240)
}

/// How a letter or mark that has no decomposition is written plainly.
const fn spelling(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'þ' => "th",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        'ĳ' => "ij",
        'ª' => "a",
        'º' => "o",
        '…' => "...",
        'ς' => "σ",
        '‘' | '’' | 'ʼ' | '‛' | '`' | '´' | '′' => "'",
        '“' | '”' | '„' | '‟' | '«' | '»' => "\"",
        '‐' | '‑' | '‒' | '–' | '—' | '−' => "-",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn names_fold_to_one_key() {
        for (name, key) in [
            ("Mu\u{308}ller", "muller"),
            ("ﬁnance", "finance"),
            ("Łódź", "lodz"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("İstanbul", "istanbul"),
            ("Jean\u{AD}Luc", "jeanluc"),
            ("Ａｄａ", "ada"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("a \u{A0}\n b", "a b"),
            ("A`\tB\u{1C}C\u{B}d", "a' b\u{1C}c d"),
            ("", ""),
        ] {
            assert_eq!(fold(name), key, "{name:?}");
        }
    }

    #[test]
    fn marks_that_make_another_letter_stay() {
        assert_ne!(fold("が"), fold("か"));
        assert_ne!(fold("कि"), fold("का"));
        assert_eq!(fold("한국"), fold("\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}"));
    }
}
