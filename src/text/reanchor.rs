//! Where spans lie after a text has been replaced by a similar one. What stands before the first and behind the last
//! difference keeps its distance to that end, so a correction costs next to nothing; anything between is found by its
//! own words and what stands around them, near where it is to be expected.

use super::{Offset, Span, describe, find, is_grapheme_boundary};

/// A place in the new text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reanchored {
    /// Where.
    pub span: Span,
    /// Whether its words are what they were, character for character.
    pub exact: bool,
}

/// An old text beside the new one. Spans are best asked for in the order of the old text.
#[derive(Debug)]
pub struct Reanchor<'t> {
    old: &'t str,
    new: &'t str,
    /// The bytes at the start that both share.
    before: usize,
    /// The bytes at the end that both share, apart from those at the start.
    after: usize,
    /// The last span that was found by its words, in both texts: the next one is looked for as far from it.
    last: (usize, usize),
}

/// How far around its expected place a span is looked for before the whole text is, in bytes.
const NEAR: usize = 4_000;

impl<'t> Reanchor<'t> {
    /// Compares the texts. Linear in their lengths.
    #[must_use]
    pub fn new(old: &'t str, new: &'t str) -> Self {
        let shared =
            |pairs: &mut dyn Iterator<Item = (u8, u8)>| pairs.take_while(|(one, other)| one == other).count();
        let before = shared(&mut old.bytes().zip(new.bytes()));
        let before = old.floor_char_boundary(before);
        let most = old.len().min(new.len()) - before;
        let after = shared(&mut old.bytes().rev().zip(new.bytes().rev())).min(most);
        // A character that differs in its first byte only is not shared.
        let after = old.len() - old.ceil_char_boundary(old.len() - after);
        Self { old, new, before, after, last: (before, before) }
    }

    /// Where a span of the old text lies in the new one; `None` where its words, or words much like them, are not there.
    /// Constant outside of what differs, otherwise as [`find`].
    ///
    /// ```
    /// use rubricator::text::{Reanchor, Span};
    /// let mut reanchor = Reanchor::new("Ada met Bo. Cy sang.", "Ada Bell met Bo. Cy sang.");
    /// let moved = reanchor.place(Span::from_range(12..14).unwrap()).unwrap();
    /// assert_eq!((moved.span, moved.exact), (Span::from_range(17..19).unwrap(), true));
    /// ```
    pub fn place(&mut self, span: Span) -> Option<Reanchored> {
        let (start, end) = (span.start().to_usize(), span.end().to_usize());
        if end <= self.before && is_grapheme_boundary(self.new, span.end()) {
            return Some(Reanchored { span, exact: true });
        }
        if self.old.len() - self.after <= start && end <= self.old.len() {
            let shift = |place: usize| self.new.len() - (self.old.len() - place);
            let moved = Span::from_range(shift(start)..shift(end))?;
            if is_grapheme_boundary(self.new, moved.start()) {
                return Some(Reanchored { span: moved, exact: true });
            }
        }
        let quote = describe(self.old, span);
        let near = (self.last.1 + start).saturating_sub(self.last.0).min(self.new.len());
        let from = self.new.floor_char_boundary(near.saturating_sub(NEAR));
        let to =
            self.new.ceil_char_boundary(near.saturating_add(NEAR + quote.exact.len()).min(self.new.len()));
        let window = self.new.get(from..to).unwrap_or_default();
        let here = find(window, &quote, Offset::from_usize(near - from))
            .filter(|found| found.exact)
            .and_then(|found| {
                let (start, end) = (found.span.start().to_usize() + from, found.span.end().to_usize() + from);
                Some((Span::from_range(start..end)?, true))
            });
        let anywhere =
            || find(self.new, &quote, Offset::from_usize(near)).map(|found| (found.span, found.exact));
        let (span, exact) = here.or_else(anywhere)?;
        if exact {
            self.last = (start, span.start().to_usize());
        }
        Some(Reanchored { span, exact })
    }
}
