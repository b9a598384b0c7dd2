//! Words (UAX #29), found from a position outwards.
//! A search starts from the nearest place before the position where a word boundary is certain whatever stands around it:
//! after a space or a line feed, or between two ideographs. From there the rules need nothing further to the left, so the
//! result is that of segmenting the whole text at the cost of one word.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

use super::script::{is_lone_word, is_unspaced};
use super::{char_after, char_before};
use crate::text::{Offset, Span};

/// The end of the first word that ends after `at`, over spaces, punctuation and line ends; the end of the text if none.
///
/// This is Ctrl+Right of an editor. Pictographs count as words.
///
/// ```
/// use rubricator::text::{Offset, next_word};
/// assert_eq!(next_word("no, never", Offset::new(2)), Offset::new(9));
/// ```
#[must_use]
pub fn next_word(text: &str, at: Offset) -> Offset {
    let at = text.floor_char_boundary(at.to_usize());
    segments(text, at)
        .find(|&(start, segment)| at < start + segment.len() && is_word(segment))
        .map_or(Offset::from_usize(text.len()), |(start, segment)| Offset::from_usize(start + segment.len()))
}

/// The start of the last word that begins before `at`, over spaces, punctuation and line ends; 0 if there is none.
///
/// This is Ctrl+Left of an editor. Pictographs count as words.
///
/// ```
/// use rubricator::text::{Offset, previous_word};
/// assert_eq!(previous_word("no, never", Offset::new(4)), Offset::ZERO);
/// ```
#[must_use]
pub fn previous_word(text: &str, at: Offset) -> Offset {
    let mut before = text.floor_char_boundary(at.to_usize());
    while 0 < before {
        // The last certain boundary strictly before: segments from there on reach up to `before`.
        let anchor = certain_boundary(text, text.floor_char_boundary(before - 1));
        let last = text
            .get(anchor..)
            .unwrap_or_default()
            .split_word_bound_indices()
            .take_while(|(start, _)| anchor + start < before)
            .filter(|(_, segment)| is_word(segment))
            .last();
        if let Some((start, _)) = last {
            return Offset::from_usize(anchor + start);
        }
        before = anchor;
    }
    Offset::ZERO
}

/// The word that holds `at`, or else the one that ends there, or the one that follows behind punctuation; that itself only
/// where no word is. `None` between white space.
///
/// ```
/// use rubricator::text::{Offset, Span, word_at};
/// assert_eq!(word_at("Ada met Bo.", Offset::new(5)), Span::from_range(4..7));
/// assert_eq!(word_at("Ada met Bo.", Offset::new(10)), Span::from_range(8..10));
/// assert_eq!(word_at("said “Ada”", Offset::new(5)), Span::from_range(8..11));
/// assert_eq!(word_at("Ada  met", Offset::new(4)), None);
/// ```
#[must_use]
pub fn word_at(text: &str, at: Offset) -> Option<Span> {
    let at = text.floor_char_boundary(at.to_usize());
    let is_blank = |segment: &str| segment.chars().all(char::is_whitespace);
    let holding = segments(text, at).find(|(start, segment)| at < start + segment.len());
    let ending = (0 < at)
        .then(|| {
            segments(text, text.floor_char_boundary(at - 1))
                .find(|(start, segment)| at <= start + segment.len())
        })
        .flatten();
    let following = segments(text, at).skip_while(|(start, segment)| start + segment.len() <= at);
    let following =
        following.take_while(|(_, segment)| !is_blank(segment)).find(|(_, segment)| is_word(segment));
    let near = [holding, ending];
    let word = near.iter().flatten().find(|(_, segment)| is_word(segment)).or(following.as_ref());
    let found = word.or_else(|| near.iter().flatten().find(|(_, segment)| !is_blank(segment)))?;
    Span::from_range(found.0..found.0 + found.1.len())
}

/// Whether `at` stands between two letters or digits of one word, in a script that puts spaces between words.
///
/// Beside an apostrophe or a hyphen it does not: a name ends before its possessive.
pub(in crate::text) fn is_inside_word(text: &str, at: Offset) -> bool {
    let at = at.to_usize();
    let continues = |c: char| (c.is_alphanumeric() || c == '_' || is_combining_mark(c)) && !is_unspaced(c);
    char_before(text, at).is_some_and(continues) && char_after(text, at).is_some_and(continues)
}

/// The start of the word around `at`, which lies inside one.
pub(in crate::text) fn word_start(text: &str, at: Offset) -> Offset {
    let at = at.to_usize();
    let holding = segments(text, at).find(|(start, segment)| at < start + segment.len());
    Offset::from_usize(holding.map_or(at, |(start, _)| start))
}

/// The end of the word around `at`, which lies inside one, without an English possessive ending.
pub(in crate::text) fn word_end(text: &str, at: Offset) -> Offset {
    let at = at.to_usize();
    let Some((start, segment)) = segments(text, at).find(|(start, segment)| at < start + segment.len())
    else {
        return Offset::from_usize(at);
    };
    // Letters and digits beside each other are not always one word: "m²" is two.
    if start == at {
        return Offset::from_usize(at);
    }
    let bare =
        ["'s", "’s", "'S", "’S"].iter().find_map(|ending| segment.strip_suffix(ending)).unwrap_or(segment);
    let end = start + bare.len();
    Offset::from_usize(if at < end { end } else { start + segment.len() })
}

/// The segments of UAX #29 from a certain boundary at or before `at` onwards, lazily; the first ones may end before `at`.
pub(super) fn segments(text: &str, at: usize) -> impl Iterator<Item = (usize, &str)> {
    let anchor = certain_boundary(text, at);
    let rest = text.get(anchor..).unwrap_or_default();
    rest.split_word_bound_indices().map(move |(start, segment)| (anchor + start, segment))
}

/// The nearest word boundary at or before `at` that holds whatever else the text says.
fn certain_boundary(text: &str, at: usize) -> usize {
    let mut after = char_after(text, at);
    let mut here = at;
    for before in text.get(..at).unwrap_or_default().chars().rev() {
        if after.is_some_and(|after| is_certain_between(before, after)) {
            return here;
        }
        here -= before.len_utf8();
        after = Some(before);
    }
    here
}

fn is_certain_between(before: char, after: char) -> bool {
    match before {
        '\n' => true,
        // Nothing joins a space to what follows but another space or a mark that rides on it.
        ' ' => after != ' ' && begins_afresh(after),
        _ => is_lone_word(before) && is_lone_word(after),
    }
}

/// Whether `c` is surely neither a mark nor a format character nor a space.
fn begins_afresh(c: char) -> bool {
    let rides = is_combining_mark(c) || matches!(c, '\u{FF9E}' | '\u{FF9F}');
    c.is_ascii() || (c.is_alphanumeric() && !rides)
}

/// Whether a segment is something to stop at: letters, digits, or a pictograph.
pub(super) fn is_word(segment: &str) -> bool {
    segment
        .chars()
        .any(|c| c.is_alphanumeric() || matches!(c, '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FBFF}'))
}
