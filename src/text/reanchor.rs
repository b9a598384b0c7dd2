//! Where spans lie after a text has been replaced by a similar one. What stands before the first and behind the last
//! difference keeps its distance to that end, so a correction costs next to nothing; anything between is found by its
//! own words and what stands around them, near where it is to be expected.

use super::{Offset, Quote, Span, describe, find, is_grapheme_boundary};

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

/// How many characters on either side tell where changed words begin and end.
const BESIDE: usize = 8;

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
            return Some(Reanchored { span, exact });
        }
        Some(Reanchored { span: self.between(&quote, span).unwrap_or(span), exact })
    }

    /// Where words changed, their edges are arbitrary, unless what stood before and behind them still does.
    fn between(&self, quote: &Quote, about: Span) -> Option<Span> {
        let (from, to) = (about.start().to_usize(), about.end().to_usize());
        let reach = quote.exact.len();
        let prefix = quote
            .prefix
            .char_indices()
            .rev()
            .take(BESIDE)
            .last()
            .and_then(|(at, _)| quote.prefix.get(at..))?;
        let suffix = quote
            .suffix
            .char_indices()
            .nth(BESIDE)
            .map_or(quote.suffix.as_str(), |(at, _)| quote.suffix.get(..at).unwrap_or_default());
        let first = self.new.floor_char_boundary(from.saturating_sub(reach + prefix.len()));
        let before = self.new.get(first..to)?.rfind(prefix)?;
        let start = first + before + prefix.len();
        let last = self.new.ceil_char_boundary((to + reach + suffix.len()).min(self.new.len()));
        let after = self.new.get(start..last)?.find(suffix).filter(|_| !suffix.is_empty())?;
        let span = Span::from_range(start..start + after)?;
        let overlaps = start < to && from < span.end().to_usize();
        let is_whole =
            is_grapheme_boundary(self.new, span.start()) && is_grapheme_boundary(self.new, span.end());
        (overlaps && is_whole).then_some(span)
    }
}

#[cfg(test)]
mod tests {
    use super::{Reanchor, Span};

    fn moved(old: &str, words: &str, new: &str) -> Option<(String, bool)> {
        let start = old.find(words).unwrap();
        let span = Span::from_range(start..start + words.len()).unwrap();
        let placed = Reanchor::new(old, new).place(span)?;
        let range = placed.span.start().to_usize()..placed.span.end().to_usize();
        Some((new[range].to_owned(), placed.exact))
    }

    #[test]
    fn words_that_changed_keep_their_edges() {
        let old = "She wrote: “The tram will bring the harbour back,” and left.";
        let new = "Then she wrote: “The streetcar will bring the harbour back,” and left.";
        let words = "The tram will bring the harbour back";
        let expected = Some(("The streetcar will bring the harbour back".to_owned(), false));
        assert_eq!(moved(old, words, new), expected);
    }

    #[test]
    fn words_that_are_gone_have_no_place() {
        assert_eq!(moved("Ada met Bo. Nobody knows.", "Nobody knows", "Ada met Bo. The tram is late."), None);
    }

    #[test]
    fn of_words_that_stand_more_than_once_the_right_ones_are_found() {
        let old = "Bo sang. Then Bo left. Bo came back.";
        let start = old.rfind("Bo").unwrap();
        let new = "On Monday Bo sang. Then Bo left. Bo came back on Tuesday.";
        let placed = Reanchor::new(old, new).place(Span::from_range(start..start + 2).unwrap()).unwrap();
        assert_eq!(placed.span.start().to_usize(), new.rfind("Bo").unwrap());
    }

    #[test]
    fn a_cluster_that_grows_takes_its_span_along_or_loses_it() {
        // A sign that joins the last letter makes other characters of it.
        let kept = moved("Ada cafe", "cafe", "Ada cafe\u{301}");
        assert!(kept.is_none_or(|(words, exact)| words == "cafe\u{301}" && !exact));
        let kept = moved("👩 sang", "👩", "👩\u{200D}👧 sang");
        assert!(kept.is_none_or(|(words, exact)| words == "👩\u{200D}👧" && !exact));
    }
}
