//! A stretch of text: half-open, in UTF-8 bytes, and never empty.
//! A span does not know its text, so that it may be copied, sorted and stored freely; `Text::slice` checks it against one.

use std::ops::Range;

use super::Offset;

/// A half-open range `start..end` of a text in UTF-8 bytes; it always holds at least one byte.
///
/// Spans sort by their start, then by their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: Offset,
    end: Offset,
}

impl Span {
    /// The span from `start` up to but without `end`; `None` unless `start` lies before `end`.
    ///
    /// ```
    /// use rubricator::text::{Offset, Span};
    /// assert!(Span::new(Offset::new(2), Offset::new(5)).is_some());
    /// assert!(Span::new(Offset::new(5), Offset::new(5)).is_none());
    /// ```
    #[must_use]
    pub fn new(start: Offset, end: Offset) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The span over a range of byte numbers; `None` if it is empty or reversed.
    ///
    /// ```
    /// use rubricator::text::Span;
    /// assert_eq!(Span::from_range(2..5).map(|span| span.range()), Some(2..5));
    /// assert!(Span::from_range(3..3).is_none());
    /// ```
    #[must_use]
    pub fn from_range(bytes: Range<usize>) -> Option<Self> {
        Self::new(Offset::from_usize(bytes.start), Offset::from_usize(bytes.end))
    }

    /// The position of the first byte.
    ///
    /// ```
    /// use rubricator::text::{Offset, Span};
    /// assert_eq!(Span::from_range(2..5).map(|span| span.start()), Some(Offset::new(2)));
    /// ```
    #[must_use]
    pub const fn start(self) -> Offset {
        self.start
    }

    /// The position after the last byte.
    ///
    /// ```
    /// use rubricator::text::{Offset, Span};
    /// assert_eq!(Span::from_range(2..5).map(|span| span.end()), Some(Offset::new(5)));
    /// ```
    #[must_use]
    pub const fn end(self) -> Offset {
        self.end
    }

    /// The number of bytes, at least one.
    ///
    /// ```
    /// use rubricator::text::Span;
    /// assert_eq!(Span::from_range(2..5).map(|span| span.len()), Some(3));
    /// ```
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a span is never empty")]
    pub const fn len(self) -> u32 {
        self.end.byte().saturating_sub(self.start.byte())
    }

    /// The byte numbers, as slicing wants them.
    ///
    /// ```
    /// use rubricator::text::Span;
    /// let name = Span::from_range(0..3).and_then(|span| "Ada met Bo".get(span.range()));
    /// assert_eq!(name, Some("Ada"));
    /// ```
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start.to_usize()..self.end.to_usize()
    }

    /// Whether `at` lies in the span: at its start or later, and before its end.
    ///
    /// ```
    /// use rubricator::text::{Offset, Span};
    /// let span = Span::from_range(2..5);
    /// assert!(span.is_some_and(|span| span.contains(Offset::new(2))));
    /// assert!(!span.is_some_and(|span| span.contains(Offset::new(5))));
    /// ```
    #[must_use]
    pub fn contains(self, at: Offset) -> bool {
        self.start <= at && at < self.end
    }

    /// Whether every byte of `other` lies in this span; a span contains itself.
    ///
    /// ```
    /// use rubricator::text::Span;
    /// let (whole, part) = (Span::from_range(2..9), Span::from_range(2..5));
    /// assert!(whole.zip(part).is_some_and(|(whole, part)| whole.contains_span(part)));
    /// assert!(!whole.zip(part).is_some_and(|(whole, part)| part.contains_span(whole)));
    /// ```
    #[must_use]
    pub fn contains_span(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share a byte.
    ///
    /// ```
    /// use rubricator::text::Span;
    /// let (left, right) = (Span::from_range(0..3), Span::from_range(3..5));
    /// assert!(!left.zip(right).is_some_and(|(left, right)| left.overlaps(right)));
    /// ```
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether the two spans share a byte or one begins where the other ends.
    ///
    /// ```
    /// use rubricator::text::Span;
    /// let (left, right) = (Span::from_range(0..3), Span::from_range(3..5));
    /// assert!(left.zip(right).is_some_and(|(left, right)| left.touches(right)));
    /// ```
    #[must_use]
    pub fn touches(self, other: Self) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// The bytes the two spans share; `None` if there are none.
    ///
    /// ```
    /// use rubricator::text::Span;
    /// let (left, right) = (Span::from_range(0..4), Span::from_range(2..7));
    /// let both = left.zip(right).and_then(|(left, right)| left.intersection(right));
    /// assert_eq!(both, Span::from_range(2..4));
    /// ```
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// The smallest span that holds both, the gap between them included.
    ///
    /// ```
    /// use rubricator::text::Span;
    /// let (left, right) = (Span::from_range(0..2), Span::from_range(5..7));
    /// let both = left.zip(right).map(|(left, right)| left.cover(right));
    /// assert_eq!(both, Span::from_range(0..7));
    /// ```
    #[must_use]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The same length, `bytes` further on; `None` beyond the last position there is.
    ///
    /// ```
    /// use rubricator::text::Span;
    /// let shifted = Span::from_range(2..5).and_then(|span| span.shift_right(10));
    /// assert_eq!(shifted, Span::from_range(12..15));
    /// ```
    #[must_use]
    pub fn shift_right(self, bytes: u32) -> Option<Self> {
        Self::new(
            Offset::new(self.start.byte().checked_add(bytes)?),
            Offset::new(self.end.byte().checked_add(bytes)?),
        )
    }

    /// The same length, `bytes` nearer to the start; `None` before the start of the text.
    ///
    /// ```
    /// use rubricator::text::Span;
    /// let span = Span::from_range(2..5);
    /// assert_eq!(span.and_then(|span| span.shift_left(2)), Span::from_range(0..3));
    /// assert_eq!(span.and_then(|span| span.shift_left(3)), None);
    /// ```
    #[must_use]
    pub fn shift_left(self, bytes: u32) -> Option<Self> {
        Self::new(
            Offset::new(self.start.byte().checked_sub(bytes)?),
            Offset::new(self.end.byte().checked_sub(bytes)?),
        )
    }

    /// The span with another start; `None` if nothing would remain.
    ///
    /// ```
    /// use rubricator::text::{Offset, Span};
    /// let span = Span::from_range(2..5);
    /// assert_eq!(span.and_then(|span| span.with_start(Offset::new(4))), Span::from_range(4..5));
    /// ```
    #[must_use]
    pub fn with_start(self, start: Offset) -> Option<Self> {
        Self::new(start, self.end)
    }

    /// The span with another end; `None` if nothing would remain.
    ///
    /// ```
    /// use rubricator::text::{Offset, Span};
    /// let span = Span::from_range(2..5);
    /// assert_eq!(span.and_then(|span| span.with_end(Offset::new(2))), None);
    /// ```
    #[must_use]
    pub fn with_end(self, end: Offset) -> Option<Self> {
        Self::new(self.start, end)
    }
}
