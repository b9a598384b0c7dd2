//! What a person meant by a selection: no stray white space, no half characters, and where wished no half words.
//! Invariant: snapping a snapped span changes nothing, and a snapped span never splits a grapheme cluster.

use super::segment::{self, floor_grapheme, is_grapheme_boundary, next_grapheme, previous_grapheme};
use super::{Offset, Span};

/// The selection without white space at its ends, widened to whole grapheme clusters; `None` if nothing remains.
///
/// Zero-width spaces count as white space. The cost is that of the white space trimmed.
///
/// ```
/// use rubricator::text::{Span, snap};
/// let selected = Span::from_range(3..8);
/// assert_eq!(selected.and_then(|span| snap("Ada met Bo", span)), Span::from_range(4..7));
/// assert_eq!(Span::from_range(3..4).and_then(|span| snap("Ada met Bo", span)), None);
/// ```
#[must_use]
pub fn snap(text: &str, selected: Span) -> Option<Span> {
    let mut start = floor_grapheme(text, selected.start());
    let mut end = ceil_grapheme(text, selected.end());
    while start < end {
        let next = next_grapheme(text, start);
        if !is_blank(text.get(start.to_usize()..next.to_usize())?) {
            break;
        }
        start = next;
    }
    while start < end {
        let previous = previous_grapheme(text, end);
        if !is_blank(text.get(previous.to_usize()..end.to_usize())?) {
            break;
        }
        end = previous;
    }
    Span::new(start, end)
}

/// As [`snap`], and an end that cuts a word moves out to the end of that word.
///
/// Only in scripts that put spaces between words, decided at each end on its own. Punctuation is never widened, a name
/// ends before its possessive, and an end beside an apostrophe or a hyphen stays. The cost is that of the two words.
///
/// ```
/// use rubricator::text::{Span, snap_words};
/// let snapped = Span::from_range(5..9).and_then(|span| snap_words("Ada scolded Bob's boat", span));
/// assert_eq!(snapped, Span::from_range(4..11));
/// let snapped = Span::from_range(12..14).and_then(|span| snap_words("Ada scolded Bob's boat", span));
/// assert_eq!(snapped, Span::from_range(12..15));
/// ```
#[must_use]
pub fn snap_words(text: &str, selected: Span) -> Option<Span> {
    let snapped = snap(text, selected)?;
    let (mut start, mut end) = (snapped.start(), snapped.end());
    if segment::is_inside_word(text, start) {
        start = segment::word_start(text, start);
    }
    if segment::is_inside_word(text, end) {
        end = segment::word_end(text, end);
    }
    // A word of UAX #29 may end with invisible format characters, which nobody means to select.
    snap(text, Span::new(start, end)?)
}

/// The nearest place between two grapheme clusters at or after `at`.
fn ceil_grapheme(text: &str, at: Offset) -> Offset {
    if text.len() < at.to_usize() {
        Offset::from_usize(text.len())
    } else if is_grapheme_boundary(text, at) {
        at
    } else {
        next_grapheme(text, at)
    }
}

fn is_blank(grapheme: &str) -> bool {
    grapheme.chars().all(|c| c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}'))
}
