//! A place in a text described by its own words, so that it is found again after the text has moved or changed.
//! `describe` and `find` are a pair: what one describes the other finds at the same place of the same text. Candidates are
//! weighed as Hypothesis does it: the quote's own words first, then what stands around it, then how near it is.

mod approximate;

use memchr::memmem;

use self::approximate::Pattern;
use super::segment::{floor_grapheme, is_grapheme_boundary, next_grapheme, previous_grapheme};
use super::{Offset, Span};

/// The words of a span and what stands around them: the TextQuoteSelector of the W3C annotation model.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Quote {
    /// The characters of the span.
    pub exact: String,
    /// At most 32 characters before it; empty says nothing about them.
    pub prefix: String,
    /// At most 32 characters after it; empty says nothing about them.
    pub suffix: String,
}

/// Where a quote was found, and how well the place fits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Found {
    /// The place, never inside a grapheme cluster.
    pub span: Span,
    /// How well words, surroundings and position fit, from 0 to 1.
    pub score: f32,
    /// Whether the words at the place are those of the quote, character for character.
    pub exact: bool,
}

/// Characters of context on either side: enough to tell repetitions apart, little enough to survive edits around it.
const CONTEXT: usize = 32;
/// What each part of a place counts in its score.
const QUOTE_WEIGHT: f32 = 50.0;
const PREFIX_WEIGHT: f32 = 20.0;
const SUFFIX_WEIGHT: f32 = 20.0;
/// Only to choose between places that are otherwise alike.
const POSITION_WEIGHT: f32 = 2.0;
const ALL_WEIGHTS: f32 = QUOTE_WEIGHT + PREFIX_WEIGHT + SUFFIX_WEIGHT + POSITION_WEIGHT;
/// So many exact places are weighed, the nearest ones; a word that stands more often needs no further ones.
const CANDIDATES: usize = 2_000;

/// The quote of `span` with up to 32 characters (code points) around it, cut between grapheme clusters.
///
/// A span beyond the end or inside characters is cut down to what there is.
///
/// ```
/// use rubricator::text::{Span, describe};
/// let quote = Span::from_range(4..7).map(|span| describe("Ada met Bo.", span));
/// assert!(quote.is_some_and(|quote| quote.exact == "met" && quote.prefix == "Ada " && quote.suffix == " Bo."));
/// ```
#[must_use]
pub fn describe(text: &str, span: Span) -> Quote {
    let start = text.floor_char_boundary(span.start().to_usize());
    let end = text.floor_char_boundary(span.end().to_usize());
    let slice = |from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
    Quote {
        exact: slice(start, end),
        prefix: slice(context_start(text, start), start),
        suffix: slice(end, context_end(text, end)),
    }
}

/// The best place for `quote`; `near` is where it once was.
///
/// Exact places go first; only without one is a place accepted that differs by up to a quarter of the quote's characters
/// (inserted, dropped or replaced). `None` if there is no such place either, or the quote is empty.
///
/// An exact search is linear and weighs at most 2,000 places. An approximate one takes the length of the text times the
/// quote's length in blocks of 64 characters and is cut to the surroundings of `near` beyond 32 million such steps, about
/// 5 MB of text for a quote of 384 characters.
///
/// ```
/// use rubricator::text::{Offset, Quote, Span, find};
/// let quote = Quote { exact: "met".into(), prefix: "Ada ".into(), suffix: " Bo".into() };
/// let found = find("Cy met Di. Ada met Bo.", &quote, Offset::ZERO);
/// assert_eq!(found.map(|found| found.span), Span::from_range(15..18));
/// ```
#[must_use]
pub fn find(text: &str, quote: &Quote, near: Offset) -> Option<Found> {
    if quote.exact.is_empty() {
        return None;
    }
    let context = Context::new(text, quote, near);
    let exact = exact_places(text, &quote.exact, near);
    if !exact.is_empty() {
        return best(exact.into_iter().map(|span| context.weigh(span, 1.0, true)), near);
    }
    let places = approximate::search(text, &quote.exact, near.to_usize());
    best(
        places.into_iter().filter_map(|place| {
            let start = floor_grapheme(text, Offset::from_usize(place.start));
            let end = Offset::from_usize(place.end);
            let end = if is_grapheme_boundary(text, end) {
                end
            } else {
                next_grapheme(text, end)
            };
            Some(context.weigh(Span::new(start, end)?, place.likeness, false))
        }),
        near,
    )
}

/// The places where `exact` stands between grapheme clusters, at most [`CANDIDATES`] of them and those nearest to `near`.
fn exact_places(text: &str, exact: &str, near: Offset) -> Vec<Span> {
    let whole =
        |span: &Span| is_grapheme_boundary(text, span.start()) && is_grapheme_boundary(text, span.end());
    let length = exact.len();
    let mut places: Vec<Span> = memmem::find_iter(text.as_bytes(), exact)
        .filter_map(|start| Span::from_range(start..start + length))
        .filter(whole)
        .collect();
    if CANDIDATES < places.len() {
        places.select_nth_unstable_by_key(CANDIDATES, |span| span.start().byte().abs_diff(near.byte()));
        places.truncate(CANDIDATES);
    }
    places
}

/// The highest score; of equals the nearest, then the first.
fn best(candidates: impl Iterator<Item = Found>, near: Offset) -> Option<Found> {
    let distance = |found: &Found| found.span.start().byte().abs_diff(near.byte());
    candidates.min_by(|left, right| {
        right
            .score
            .total_cmp(&left.score)
            .then_with(|| distance(left).cmp(&distance(right)))
            .then_with(|| left.span.cmp(&right.span))
    })
}

/// What the surroundings of a place are compared with.
struct Context<'t> {
    text: &'t str,
    near: Offset,
    /// Reversed, so that both sides are read from the place outwards.
    prefix: Option<Pattern>,
    suffix: Option<Pattern>,
}

impl<'t> Context<'t> {
    fn new(text: &'t str, quote: &Quote, near: Offset) -> Self {
        // Files may state longer contexts than ours; what lies nearest to the place tells most.
        let prefix: Vec<char> = quote.prefix.chars().rev().take(2 * CONTEXT).collect();
        let suffix: Vec<char> = quote.suffix.chars().take(2 * CONTEXT).collect();
        Self {
            text,
            near,
            prefix: Pattern::new(&prefix),
            suffix: Pattern::new(&suffix),
        }
    }

    fn weigh(&self, span: Span, likeness: f32, exact: bool) -> Found {
        let before = self.text.get(..span.start().to_usize()).unwrap_or_default();
        let after = self.text.get(span.end().to_usize()..).unwrap_or_default();
        let distance = span.start().byte().abs_diff(self.near.byte());
        let nearness = 1.0 - (f64::from(distance) / self.text.len().max(1) as f64).min(1.0) as f32;
        let score = QUOTE_WEIGHT * likeness
            + PREFIX_WEIGHT * likeness_at_start(self.prefix.as_ref(), before.chars().rev())
            + SUFFIX_WEIGHT * likeness_at_start(self.suffix.as_ref(), after.chars())
            + POSITION_WEIGHT * nearness;
        Found {
            span,
            score: score / ALL_WEIGHTS,
            exact,
        }
    }
}

/// How like the pattern the beginning of `characters` is, from 0 to 1; no pattern is like everything.
fn likeness_at_start(pattern: Option<&Pattern>, characters: impl Iterator<Item = char>) -> f32 {
    pattern.map_or(1.0, |pattern| {
        let errors = pattern.errors_at_start(characters.take(2 * pattern.len()));
        1.0 - errors as f32 / pattern.len() as f32
    })
}

fn context_start(text: &str, from: usize) -> usize {
    let (mut start, mut characters) = (from, 0);
    while 0 < start {
        let previous = previous_grapheme(text, Offset::from_usize(start)).to_usize();
        characters += text.get(previous..start).unwrap_or_default().chars().count();
        if CONTEXT < characters {
            break;
        }
        start = previous;
    }
    start
}

fn context_end(text: &str, from: usize) -> usize {
    let (mut end, mut characters) = (from, 0);
    while end < text.len() {
        let next = next_grapheme(text, Offset::from_usize(end)).to_usize();
        characters += text.get(end..next).unwrap_or_default().chars().count();
        if CONTEXT < characters {
            break;
        }
        end = next;
    }
    end
}
