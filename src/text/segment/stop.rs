//! Where the ends of a marked passage may rest when they are moved step by step: at words, and at the punctuation that
//! opens or closes one, so that a quotation can be taken with or without its marks.
//! A stop is never beside white space on the passage's side and never inside a grapheme cluster.

use super::script::is_cjk;
use super::word::{is_word, segments};
use super::{char_after, char_before, next_grapheme, previous_grapheme};
use crate::text::Offset;

/// The nearest place after `at` where a passage may start: at a word, or at punctuation that opens one.
///
/// ```
/// use rubricator::text::{Offset, next_start};
/// assert_eq!(next_start("No, “never”", Offset::ZERO), Some(Offset::new(4)));
/// ```
#[must_use]
pub fn next_start(text: &str, at: Offset) -> Option<Offset> {
    places_after(text, at).find(|place| may_start(text, *place))
}

/// The nearest place before `at` where a passage may start.
///
/// ```
/// use rubricator::text::{Offset, previous_start};
/// assert_eq!(previous_start("No, “never”", Offset::new(7)), Some(Offset::new(4)));
/// assert_eq!(previous_start("No", Offset::ZERO), None);
/// ```
#[must_use]
pub fn previous_start(text: &str, at: Offset) -> Option<Offset> {
    places_before(text, at).find(|place| may_start(text, *place))
}

/// The nearest place after `at` where a passage may end: at the end of a word, or of punctuation that closes one.
///
/// ```
/// use rubricator::text::{Offset, next_end};
/// assert_eq!(next_end("No, never", Offset::new(2)), Some(Offset::new(3)));
/// ```
#[must_use]
pub fn next_end(text: &str, at: Offset) -> Option<Offset> {
    places_after(text, at).find(|place| may_end(text, *place))
}

/// The nearest place before `at` where a passage may end.
///
/// ```
/// use rubricator::text::{Offset, previous_end};
/// assert_eq!(previous_end("No, never", Offset::new(9)), Some(Offset::new(3)));
/// ```
#[must_use]
pub fn previous_end(text: &str, at: Offset) -> Option<Offset> {
    places_before(text, at).find(|place| may_end(text, *place))
}

fn places_after(text: &str, at: Offset) -> impl Iterator<Item = Offset> {
    let mut place = at;
    std::iter::from_fn(move || {
        (place.to_usize() < text.len()).then(|| {
            place = next_grapheme(text, place);
            place
        })
    })
}

fn places_before(text: &str, at: Offset) -> impl Iterator<Item = Offset> {
    let mut place = at;
    std::iter::from_fn(move || {
        (Offset::ZERO < place).then(|| {
            place = previous_grapheme(text, place);
            place
        })
    })
}

fn may_start(text: &str, place: Offset) -> bool {
    let at = place.to_usize();
    let (before, Some(after)) = (char_before(text, at), char_after(text, at)) else { return false };
    if is_blank(after) {
        return false;
    }
    let holding = segments(text, at).find(|(start, segment)| at < start + segment.len());
    match holding {
        Some((start, segment)) if is_word(segment) => start == at,
        _ => {
            before.is_none_or(is_blank)
                || matches!(after, '「' | '『' | '（' | '【' | '〈' | '《' | '〔' | '［' | '｛')
                || (matches!(after, '“' | '‘') && before.is_some_and(is_cjk))
        }
    }
}

fn may_end(text: &str, place: Offset) -> bool {
    let at = place.to_usize();
    let (Some(before), after) = (char_before(text, at), char_after(text, at)) else { return false };
    if is_blank(before) {
        return false;
    }
    let last = at - before.len_utf8();
    let holding = segments(text, last).find(|(start, segment)| last < start + segment.len());
    match holding {
        Some((start, segment)) if is_word(segment) => start + segment.len() == at,
        _ => {
            after.is_none_or(is_blank)
                || matches!(
                    before,
                    '、' | '。'
                        | '，'
                        | '．'
                        | '！'
                        | '？'
                        | '；'
                        | '：'
                        | '」'
                        | '』'
                        | '）'
                        | '】'
                        | '〉'
                        | '》'
                        | '〕'
                        | '］'
                        | '｝'
                )
                || (matches!(before, '”' | '’' | '…') && after.is_some_and(is_cjk))
        }
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}
