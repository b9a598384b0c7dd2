//! Extended grapheme clusters (UAX #29): what a person takes for one character.
//! A family emoji, a flag, a letter with its accents and CRLF are one each. The cost is that of the cluster, and for flags
//! that of the run of flags before it.

use unicode_segmentation::GraphemeCursor;

use crate::text::Offset;

/// Whether a person would take `at` for a place between two characters; both ends of the text are.
///
/// ```
/// use rubricator::text::{Offset, is_grapheme_boundary};
/// assert!(is_grapheme_boundary("e\u{301}a", Offset::new(3)));
/// assert!(!is_grapheme_boundary("e\u{301}a", Offset::new(1)));
/// ```
#[must_use]
pub fn is_grapheme_boundary(text: &str, at: Offset) -> bool {
    let byte = at.to_usize();
    // Most of most texts: between two ASCII characters there is a boundary everywhere but within CRLF.
    match byte.checked_sub(1).map(|before| (text.as_bytes().get(before), text.as_bytes().get(byte))) {
        Some((Some(b'\r'), Some(b'\n'))) => return false,
        Some((Some(0..=0x7F), Some(0..=0x7F))) => return true,
        _ => {}
    }
    text.is_char_boundary(byte)
        && GraphemeCursor::new(byte, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}

/// The end of the grapheme cluster that holds `at`; the end of the text if there is none.
///
/// ```
/// use rubricator::text::{Offset, next_grapheme};
/// assert_eq!(next_grapheme("👩‍🚀!", Offset::ZERO), Offset::new(11));
/// ```
#[must_use]
pub fn next_grapheme(text: &str, at: Offset) -> Offset {
    let byte = text.floor_char_boundary(at.to_usize());
    let next = GraphemeCursor::new(byte, text.len(), true).next_boundary(text, 0).ok().flatten();
    Offset::from_usize(next.unwrap_or(text.len()))
}

/// The start of the grapheme cluster that ends at `at` or holds it; the start of the text if there is none.
///
/// ```
/// use rubricator::text::{Offset, previous_grapheme};
/// assert_eq!(previous_grapheme("a👩‍🚀", Offset::new(12)), Offset::new(1));
/// ```
#[must_use]
pub fn previous_grapheme(text: &str, at: Offset) -> Offset {
    let byte = text.ceil_char_boundary(at.to_usize()).min(text.len());
    let previous = GraphemeCursor::new(byte, text.len(), true).prev_boundary(text, 0).ok().flatten();
    Offset::from_usize(previous.unwrap_or(0))
}

/// The nearest place between two grapheme clusters at or before `at`.
///
/// ```
/// use rubricator::text::{Offset, floor_grapheme};
/// assert_eq!(floor_grapheme("e\u{301}a", Offset::new(1)), Offset::ZERO);
/// ```
#[must_use]
pub fn floor_grapheme(text: &str, at: Offset) -> Offset {
    if is_grapheme_boundary(text, at) {
        at
    } else if text.len() < at.to_usize() {
        Offset::from_usize(text.len())
    } else {
        previous_grapheme(text, at)
    }
}
