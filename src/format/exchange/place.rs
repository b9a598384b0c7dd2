//! Finds out in what an outside file counts, and where its marks lie in the text that is kept.
//!
//! No file says reliably what its offsets count, so the quoted texts decide: the way of counting under which most of
//! them stand where they should is taken for the whole set. Without quotes the spans must do, most of which begin and
//! end with words. A mark whose text stands elsewhere is looked for near its
//! place; one that is found nowhere stays where its numbers put it, which is said. Only a mark without any place is
//! left out.

use std::cell::{Cell, OnceCell};

use super::{Count, Foreign, Mark};
use crate::format::Problem;
use crate::model::Fragments;
use crate::text::{self, Normalized, Offset, Span, Text, Unit};

/// How far a quoted text may have moved, in bytes, where it stands in several places.
const NEAR: u32 = 256;

/// The most bytes that are looked through for the moved quotes of one document: a second or two in a browser.
const MOST_SEARCHED: usize = 1 << 30;
/// A place that is found costs as much as so many bytes that are passed.
const PLACE_COST: usize = 1024;

/// How many quoted marks stand where they should under each way of counting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The ways of counting, the format's own standard first, with how many quotes agree.
    pub agreeing: Vec<(Count, usize)>,
    /// How many marks have a quote.
    pub quoted: usize,
    /// The ways of counting in the same order, with how many marks without a quote begin and end with words.
    pub fitting: Vec<(Count, usize)>,
    /// How many marks have none.
    pub unquoted: usize,
    /// Whether the ways differ anywhere in these texts: without emoji and CRLF they may not.
    pub differs: bool,
}

impl Evidence {
    /// No evidence yet about these ways of counting.
    #[must_use]
    pub fn new(counts: &[Count]) -> Self {
        let none: Vec<_> = counts.iter().map(|count| (*count, 0)).collect();
        Self { agreeing: none.clone(), fitting: none, ..Self::default() }
    }

    /// Takes a document into account. Linear in its text and marks.
    pub fn add(&mut self, foreign: &Foreign) {
        let ground = Ground::new(&foreign.text);
        self.differs |= ground.counts_differ();
        for mark in &foreign.marks {
            let Some(quote) = &mark.quote else {
                self.unquoted += 1;
                for (count, fitting) in &mut self.fitting {
                    let place = ground.fragments(mark, *count);
                    *fitting += usize::from(place.is_some_and(|place| ground.fits_words(&place)));
                }
                continue;
            };
            self.quoted += 1;
            for (count, agreeing) in &mut self.agreeing {
                let place = ground.fragments(mark, *count);
                *agreeing += usize::from(place.is_some_and(|place| ground.holds(&place, quote)));
            }
        }
    }

    /// The way of counting that most quotes agree with; the format's standard where several do equally well.
    #[must_use]
    pub fn count(&self) -> Count {
        self.best().0
    }

    /// The way of counting with how many marks speak for it.
    fn best(&self) -> (Count, usize) {
        let counted = if self.quoted == 0 { &self.fitting } else { &self.agreeing };
        let standard = counted.first().copied().unwrap_or((Count::CodePoint, 0));
        counted.iter().fold(standard, |best, next| if best.1 < next.1 { *next } else { best })
    }
}

impl std::fmt::Display for Evidence {
    /// For example `UTF-16 units, as 412 of 412 quoted texts say`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (count, agreeing) = self.best();
        write!(formatter, "{}", count.words())?;
        match (self.agreeing.len(), self.differs, self.quoted) {
            (0 | 1, ..) => Ok(()),
            (_, false, _) => write!(formatter, "; in these texts all ways of counting are the same"),
            (_, true, 0) => {
                let unquoted = self.unquoted;
                let usual = if self.fitting.first().is_some_and(|first| first.0 == count) {
                    ", as the format has it"
                } else {
                    ""
                };
                write!(
                    formatter,
                    "{usual}; no text is quoted, and {agreeing} of {unquoted} spans fit words so"
                )
            }
            (_, true, quoted) => write!(formatter, ", as {agreeing} of {quoted} quoted texts say"),
        }
    }
}

impl Count {
    /// In words, to follow "offsets in".
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::CodePoint => "code points",
            Self::Utf16 => "UTF-16 units",
            Self::Byte => "bytes",
            Self::Grapheme => "grapheme clusters",
            Self::CodePointOfLf => "code points with CRLF as one",
        }
    }

    /// The unit in which an `Offset` can be turned at once.
    const fn unit(self) -> Option<Unit> {
        match self {
            Self::CodePoint | Self::CodePointOfLf => Some(Unit::CodePoint),
            Self::Utf16 => Some(Unit::Utf16),
            Self::Byte => Some(Unit::Byte),
            Self::Grapheme => None,
        }
    }
}

/// A text as the file has it and as it is kept.
pub(super) struct Ground {
    raw: Text,
    /// How it became the kept text; `None` where it is kept as it is.
    changed: Option<(Text, Normalized)>,
    /// Where each grapheme cluster of the raw text begins, and its end.
    graphemes: OnceCell<Vec<Offset>>,
    /// How many bytes were looked through for quotes.
    searched: Cell<usize>,
}

impl Ground {
    pub(super) fn new(raw: &str) -> Self {
        let changed = (raw.contains('\r') || raw.starts_with('\u{FEFF}')).then(|| {
            let normalized = text::normalize(raw);
            (Text::new(normalized.text.clone()), normalized)
        });
        Self { raw: Text::new(raw), changed, graphemes: OnceCell::new(), searched: Cell::new(0) }
    }

    /// The text to keep.
    pub(super) fn kept(&self) -> &Text {
        self.changed.as_ref().map_or(&self.raw, |(kept, _)| kept)
    }

    /// What was changed in the text.
    pub(super) fn change(&self) -> Option<Problem> {
        let (_, normalized) = self.changed.as_ref()?;
        Some(Problem::TextNormalized {
            crlf: normalized.crlf,
            lone_cr: normalized.lone_cr,
            bom: normalized.bom,
        })
    }

    /// Whether it matters how offsets are counted.
    fn counts_differ(&self) -> bool {
        self.changed.is_some() || !self.raw.is_ascii()
    }

    /// How long the file's text is in that way of counting.
    pub(super) fn length(&self, count: Count) -> usize {
        let length = |text: &Text, unit| text.encode(text.len(), unit) as usize;
        match count.unit() {
            None => self.graphemes().len() - 1,
            Some(unit) if count == Count::CodePointOfLf => length(self.kept(), unit),
            Some(unit) => length(&self.raw, unit),
        }
    }

    /// Where a mark's numbers put it; `None` if one of its fragments is no place of the text.
    pub(super) fn fragments(&self, mark: &Mark, count: Count) -> Option<Fragments> {
        let spans = mark.fragments.iter().map(|(start, end)| self.span(*start, *end, count));
        Fragments::new(spans.collect::<Option<Vec<_>>>()?)
    }

    fn span(&self, start: i64, end: i64, count: Count) -> Option<Span> {
        let (start, end) = (u64::try_from(start).ok()?, u64::try_from(end).ok()?);
        let Some(unit) = count.unit() else {
            let at = |number: u64| self.graphemes().get(usize::try_from(number).ok()?).copied();
            return self.keep(Span::new(at(start)?, at(end)?)?);
        };
        if count == Count::CodePointOfLf {
            return self.kept().decode_span(start, end, unit);
        }
        self.keep(self.raw.decode_span(start, end, unit)?)
    }

    fn keep(&self, raw: Span) -> Option<Span> {
        self.changed.as_ref().map_or(Some(raw), |(_, normalized)| normalized.map_span(raw))
    }

    fn graphemes(&self) -> &[Offset] {
        self.graphemes.get_or_init(|| {
            let mut starts = vec![Offset::default()];
            let mut at = Offset::default();
            while at < self.raw.len() {
                at = text::next_grapheme(&self.raw, at);
                starts.push(at);
            }
            starts
        })
    }

    /// Whether every fragment begins and ends with a word, as most of what people mark does.
    fn fits_words(&self, fragments: &Fragments) -> bool {
        fragments.iter().all(|span| text::snap_words(self.kept(), span) == Some(span))
    }

    /// Whether the fragments say what the file quotes: joined by blanks, all white space being alike, and what formats
    /// of lines write as blanks.
    pub(super) fn holds(&self, fragments: &Fragments, quote: &str) -> bool {
        let mut quoted = words(quote);
        let pieces = fragments.iter().filter_map(|span| self.kept().slice(span));
        let mut written = pieces.flat_map(words);
        loop {
            match (quoted.next(), written.next()) {
                (None, None) => return true,
                (one, other) if one == other => {}
                _ => return self.holds_joined(fragments, quote),
            }
        }
    }

    /// The same where fragments were joined without a blank, as between the parts of one word.
    fn holds_joined(&self, fragments: &Fragments, quote: &str) -> bool {
        let plain = |text: &str| text.chars().filter(|letter| !is_blank(*letter)).collect::<String>();
        let pieces = fragments.iter().filter_map(|span| self.kept().slice(span));
        fragments.count() > 1 && plain(quote) == plain(&pieces.collect::<String>())
    }

    /// Where a mark lies, and what is to be said about it; the error says why it lies nowhere.
    pub(super) fn place(&self, mark: &Mark, count: Count) -> Result<(Fragments, Option<Problem>), Problem> {
        let Some(by_numbers) = self.fragments(mark, count) else {
            return self.by_quote(mark, count, None).ok_or_else(|| self.no_place(mark, count));
        };
        match &mark.quote {
            Some(quote) if !self.holds(&by_numbers, quote) => {
                let (stated, quote) = (stated(mark), quote.clone());
                let found = self.by_quote(mark, count, Some(by_numbers.start()));
                let written = self.kept().slice(by_numbers.envelope()).unwrap_or_default().to_owned();
                Ok(found.unwrap_or((by_numbers, Some(Problem::OtherText { stated, quote, written }))))
            }
            _ => Ok((by_numbers, None)),
        }
    }

    /// The place near `near` where the quote stands word for word, or the only one in the text.
    fn by_quote(
        &self,
        mark: &Mark,
        count: Count,
        near: Option<Offset>,
    ) -> Option<(Fragments, Option<Problem>)> {
        let quote = mark.quote.as_deref().filter(|quote| !quote.trim().is_empty())?;
        // The parts of an interrupted quotation cannot be told apart in their joined text.
        if mark.fragments.len() > 1 {
            return None;
        }
        let (span, only) = self.nearest(quote, near.unwrap_or_default())?;
        let is_near = near.is_some_and(|near| span.start().byte().abs_diff(near.byte()) <= NEAR);
        if !only && !is_near {
            return None;
        }
        let (start, end) = self.kept().encode_span(span, count.unit().unwrap_or_default());
        let moved = Problem::QuoteMoved {
            stated: stated(mark),
            found: format!("{start} to {end}"),
            quote: quote.to_owned(),
        };
        Some((Fragments::one(span), Some(moved)))
    }

    /// Where the quote stands word for word nearest to a place, and whether it stands nowhere else. Whoever looked for
    /// likenesses in a large text for each of many marks would wait long.
    fn nearest(&self, quote: &str, near: Offset) -> Option<(Span, bool)> {
        let whole = |start: usize| {
            let span = Span::from_range(start..start + quote.len())?;
            let is_whole = text::is_grapheme_boundary(self.kept(), span.start())
                && text::is_grapheme_boundary(self.kept(), span.end());
            is_whole.then_some(span)
        };
        let far = |span: Span| span.start().byte().abs_diff(near.byte());
        let mut searched = self.searched.get().saturating_add(self.kept().as_str().len());
        let mut best: Option<(Span, bool)> = None;
        for (start, _) in self.kept().match_indices(quote) {
            searched = searched.saturating_add(PLACE_COST);
            if MOST_SEARCHED < searched {
                break;
            }
            best = match (best, whole(start)) {
                (None, Some(span)) => Some((span, true)),
                (Some((nearest, _)), Some(span)) if far(span) < far(nearest) => Some((span, false)),
                (Some((nearest, _)), Some(_)) => Some((nearest, false)),
                (best, None) => best,
            };
        }
        self.searched.set(searched);
        best.filter(|_| searched <= MOST_SEARCHED)
    }

    fn no_place(&self, mark: &Mark, count: Count) -> Problem {
        let empty = mark.fragments.iter().all(|(start, end)| start == end);
        if empty {
            return Problem::EmptySpan { at: stated(mark) };
        }
        Problem::OutsideText { stated: stated(mark), length: self.length(count), count: count.words() }
    }
}

/// What stands between white space and control characters.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_blank).filter(|word| !word.is_empty())
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || letter.is_control()
}

/// A mark's numbers as the file states them.
fn stated(mark: &Mark) -> String {
    let pairs = mark.fragments.iter().map(|(start, end)| format!("{start} to {end}"));
    pairs.collect::<Vec<_>>().join(", ")
}
