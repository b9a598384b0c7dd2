//! What import changes in a text, and nothing more: a leading byte order mark goes, CRLF and lone CR become LF.
//! Offsets that a file states for the raw text move through [`Normalized::map`]. Invariant: the map is monotone, and the
//! text between two mapped offsets is what normalizing the raw text between them gives.

use memchr::memchr_iter;

use super::{Offset, Span};

/// A byte order mark in UTF-8.
const BOM: char = '\u{FEFF}';

/// A text with LF line ends, and what was changed to get there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normalized {
    /// The text to keep.
    pub text: String,
    /// How many CRLF became LF.
    pub crlf: usize,
    /// How many CR without LF became LF.
    pub lone_cr: usize,
    /// Whether a leading byte order mark was dropped.
    pub bom: bool,
    /// The raw positions of the bytes that are gone, ascending.
    dropped: Vec<Offset>,
    raw_len: Offset,
}

/// Drops a leading byte order mark and turns CRLF and lone CR into LF; linear in the length, one copy.
///
/// ```
/// use rubricator::text::normalize;
/// let normalized = normalize("one\r\ntwo\rthree");
/// assert_eq!(normalized.text, "one\ntwo\nthree");
/// assert_eq!((normalized.crlf, normalized.lone_cr), (1, 1));
/// ```
#[must_use]
pub fn normalize(raw: &str) -> Normalized {
    let mut normalized = Normalized {
        text: String::with_capacity(raw.len()),
        raw_len: Offset::from_usize(raw.len()),
        ..Normalized::default()
    };
    let mut kept = 0;
    if raw.starts_with(BOM) {
        normalized.bom = true;
        kept = BOM.len_utf8();
        normalized.dropped.extend((0..kept).map(Offset::from_usize));
    }
    for cr in memchr_iter(b'\r', raw.as_bytes()) {
        normalized.text.push_str(raw.get(kept..cr).unwrap_or_default());
        kept = cr + 1;
        if raw.as_bytes().get(kept) == Some(&b'\n') {
            normalized.crlf += 1;
            normalized.dropped.push(Offset::from_usize(cr));
        } else {
            normalized.lone_cr += 1;
            normalized.text.push('\n');
        }
    }
    normalized.text.push_str(raw.get(kept..).unwrap_or_default());
    normalized
}

impl Normalized {
    /// Where `raw`, an offset in the raw text, lies in the kept text; logarithmic in the number of dropped bytes.
    ///
    /// An offset before or between CR and LF becomes the start of the LF; one inside the byte order mark becomes 0; one
    /// beyond the end becomes the end.
    ///
    /// ```
    /// use rubricator::text::{Offset, normalize};
    /// let normalized = normalize("one\r\ntwo");
    /// assert_eq!(normalized.map(Offset::new(3)), Offset::new(3));
    /// assert_eq!(normalized.map(Offset::new(4)), Offset::new(3));
    /// assert_eq!(normalized.map(Offset::new(5)), Offset::new(4));
    /// ```
    #[must_use]
    pub fn map(&self, raw: Offset) -> Offset {
        let raw = raw.min(self.raw_len);
        let gone = self.dropped.partition_point(|&byte| byte < raw);
        Offset::from_usize(raw.to_usize().saturating_sub(gone))
    }

    /// Where a raw span lies in the kept text; `None` if nothing of it was kept.
    ///
    /// ```
    /// use rubricator::text::{Span, normalize};
    /// let normalized = normalize("one\r\ntwo");
    /// let map = |range| Span::from_range(range).and_then(|span| normalized.map_span(span));
    /// assert_eq!(map(5..8), Span::from_range(4..7));
    /// assert_eq!(map(3..4), None);
    /// ```
    #[must_use]
    pub fn map_span(&self, raw: Span) -> Option<Span> {
        Span::new(self.map(raw.start()), self.map(raw.end()))
    }

    /// Whether the kept text differs from the raw one.
    ///
    /// ```
    /// use rubricator::text::normalize;
    /// assert!(normalize("one\r\n").is_changed());
    /// assert!(!normalize("one\n").is_changed());
    /// ```
    #[must_use]
    pub const fn is_changed(&self) -> bool {
        self.bom || 0 < self.crlf || 0 < self.lone_cr
    }
}
