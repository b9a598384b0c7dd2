//! The other places where a name stands, however it is written there, so that one decision can be made for all of them.
//! Invariant: a place never splits a grapheme cluster or begins inside a word, and no two overlap.

use memchr::memmem;

use super::fold::{Folded, fold};
use super::segment::{is_grapheme_boundary, is_inside_word, word_end};
use super::{Offset, Span, Text};

/// How a place is written beside the words that were looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Character for character the same.
    Same,
    /// The same, with a possessive ending after it that does not belong to the place.
    Possessive,
    /// With other capitals.
    OtherCase,
    /// With other accents, joined letters, quotation marks, dashes or spaces.
    OtherMarks,
    /// With a short ending of its own, which belongs to the place: "Merkels", "tariffs".
    Inflected,
}

impl Form {
    /// Every form, the likest first.
    pub const ALL: [Self; 5] =
        [Self::Same, Self::Possessive, Self::OtherCase, Self::OtherMarks, Self::Inflected];
}

/// The longest ending that is taken for an inflection, in characters.
const ENDING: usize = 3;
/// The shortest words that can have one; with fewer letters most longer words are others.
const STEM: usize = 4;

/// Every place where the words of `needle` stand as whole words, first to last, with how each is written.
///
/// Words that run across a line end are not found. Linear in the text; beside it memory holds one line.
///
/// ```
/// use rubricator::text::{Form, Text, alike};
/// let text = Text::new("Merkel met MERKEL. Merkel's aides and Merkels Plan; Merkelbach stayed away.");
/// let found: Vec<_> = alike(&text, "Merkel").into_iter().map(|(span, form)| (text.slice(span), form)).collect();
/// assert_eq!(found, [
///     (Some("Merkel"), Form::Same),
///     (Some("MERKEL"), Form::OtherCase),
///     (Some("Merkel"), Form::Possessive),
///     (Some("Merkels"), Form::Inflected),
/// ]);
/// ```
#[must_use]
pub fn alike(text: &Text, needle: &str) -> Vec<(Span, Form)> {
    let key = fold(needle);
    let mut found = Vec::new();
    if key.is_empty() {
        return found;
    }
    let finder = memmem::Finder::new(key.as_bytes());
    let may_bend = key.chars().count() >= STEM && key.chars().next_back().is_some_and(char::is_alphabetic);
    let mut line_start = 0;
    for line in text.split_inclusive('\n') {
        let folded = Folded::new(line);
        let mut from = 0;
        while let Some(at) = folded.key.as_bytes().get(from..).and_then(|rest| finder.find(rest)) {
            let at = from + at;
            // A refused place may overlap a good one; a good one is left behind as a whole.
            from = at + 1;
            let Some((start, end)) = folded.place(at, at + key.len()) else { continue };
            let place = (line_start + start, line_start + end);
            if let Some((span, form)) = judge(text, place, needle.trim(), may_bend) {
                from = at + key.len();
                found.push((span, form));
            }
        }
        line_start += line.len();
    }
    found
}

fn judge(text: &Text, (start, end): (usize, usize), needle: &str, may_bend: bool) -> Option<(Span, Form)> {
    let span = Span::from_range(start..end)?;
    let whole = is_grapheme_boundary(text, span.start()) && is_grapheme_boundary(text, span.end());
    if !whole || is_inside_word(text, span.start()) {
        return None;
    }
    if is_inside_word(text, span.end()) {
        let bent = Span::new(span.start(), word_end(text, span.end()))?;
        let ending = text.get(end..bent.end().to_usize())?;
        let is_ending = ending.chars().count() <= ENDING && ending.chars().all(char::is_lowercase);
        return (may_bend && is_ending).then_some((bent, Form::Inflected));
    }
    let written = text.slice(span)?;
    let form = if written == needle {
        if is_possessive(text, span.end()) { Form::Possessive } else { Form::Same }
    } else if written.to_lowercase() == needle.to_lowercase() {
        Form::OtherCase
    } else {
        Form::OtherMarks
    };
    Some((span, form))
}

/// Whether an English possessive follows: an apostrophe and an s that ends the word.
fn is_possessive(text: &Text, at: Offset) -> bool {
    let rest = text.get(at.to_usize()..).unwrap_or_default();
    let mut letters = rest.chars();
    matches!(letters.next(), Some('\'' | '’'))
        && matches!(letters.next(), Some('s' | 'S'))
        && !letters.next().is_some_and(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::{Form, alike};
    use crate::text::Text;

    fn found(text: &str, needle: &str) -> Vec<(String, Form)> {
        let text = Text::new(text);
        let written = |span| text.slice(span).unwrap_or_default().to_owned();
        alike(&text, needle).into_iter().map(|(span, form)| (written(span), form)).collect()
    }

    #[test]
    fn places_are_found_however_they_are_written() {
        let one = |written: &str, form| vec![(written.to_owned(), form)];
        for (text, needle, expected) in [
            ("Mr Ku\u{308}hn said", "Kühn", one("Ku\u{308}hn", Form::OtherMarks)),
            ("STRASSE", "Straße", one("STRASSE", Form::OtherMarks)),
            ("the  White\u{A0}House", "White House", one("White\u{A0}House", Form::OtherMarks)),
            ("Bo Diddley and Bob", "Bo", one("Bo", Form::Same)),
            ("us and them", "US", one("us", Form::OtherCase)),
            ("secretaries", "secret", vec![]),
            ("Gaza-Streifen", "Gaza", one("Gaza", Form::Same)),
            ("🚋Gaza🚋", "Gaza", one("Gaza", Form::Same)),
            ("安倍晋三は", "安倍", one("安倍", Form::Same)),
            ("White\nHouse", "White House", vec![]),
            (
                "Gross is Groß",
                "Groß",
                vec![("Gross".to_owned(), Form::OtherMarks), ("Groß".to_owned(), Form::Same)],
            ),
        ] {
            assert_eq!(found(text, needle), expected, "{needle:?} in {text:?}");
        }
    }

    #[test]
    fn nothing_is_found_of_nothing() {
        assert_eq!(found("anything", ""), []);
        assert_eq!(found("", "Bo"), []);
        assert_eq!(found("a \u{301} b", "\u{301}"), []);
    }

    #[test]
    fn a_place_never_begins_or_ends_inside_a_spelled_out_letter() {
        assert_eq!(found("aß", "as"), []);
        assert_eq!(found("ﬁt", "it"), []);
    }
}
