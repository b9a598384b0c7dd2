//! A place in a text described by its own words, so that it is found again after the text has moved or changed.
//! `describe` and `find` are a pair: what one describes the other finds at the same place of the same text. Candidates are
//! weighed as Hypothesis does it: the quote's own words first, then what stands around it, then how near it is.

mod approximate;

use memchr::memmem;

use self::approximate::Pattern;
use super::segment::{is_grapheme_boundary, is_inside_word, next_grapheme, previous_grapheme};
use super::snap::{snap, snap_words};
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
/// So many exact places on either side are weighed, the nearest ones; further ones only if all around them fits.
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
/// An exact search is linear and weighs at most the 2,000 nearest places on either side, besides any whose
/// surroundings are those of the quote. An approximate one takes the length of the text times the
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
    let exact = exact_places(text, quote, near.to_usize());
    if !exact.is_empty() {
        return best(exact.into_iter().map(|span| context.weigh(span, 1.0, true)), near);
    }
    // The errors at the edges of a place are arbitrary: a person who quoted whole words means whole words.
    let tidy = if quotes_whole_words(quote) { snap_words } else { snap };
    let places = approximate::search(text, &quote.exact, near.to_usize()).into_iter().filter_map(|place| {
        let span = tidy(text, Span::from_range(place.start..place.end)?)?;
        Some(context.weigh(span, place.likeness, false))
    });
    best(places, near)
}

/// Whether neither end of the quote cuts a word, as far as its surroundings tell.
fn quotes_whole_words(quote: &Quote) -> bool {
    let cuts =
        |left: &str, right: &str| is_inside_word(&format!("{left}{right}"), Offset::from_usize(left.len()));
    !cuts(&quote.prefix, &quote.exact) && !cuts(&quote.exact, &quote.suffix)
}

/// The places where the quote's words stand between grapheme clusters: those in its very surroundings wherever they are,
/// and the nearest ones.
fn exact_places(text: &str, quote: &Quote, near: usize) -> Vec<Span> {
    let Quote { exact, prefix, suffix } = quote;
    let whole = |start: usize| {
        let span = Span::from_range(start..start + exact.len())?;
        (is_grapheme_boundary(text, span.start()) && is_grapheme_boundary(text, span.end())).then_some(span)
    };
    let surrounded = nearest_places(text, &format!("{prefix}{exact}{suffix}"), near);
    let spans: Vec<Span> = surrounded.into_iter().filter_map(|start| whole(start + prefix.len())).collect();
    if spans.is_empty() {
        return nearest_places(text, exact, near).into_iter().filter_map(whole).collect();
    }
    spans
}

/// Where `words` begins, at most [`CANDIDATES`] times on either side of `near`; places may overlap.
fn nearest_places(text: &str, words: &str, near: usize) -> Vec<usize> {
    let near = near.min(text.len());
    let after = memmem::Finder::new(words);
    let mut from = near;
    let afterwards = std::iter::from_fn(|| {
        let start = from + after.find(text.as_bytes().get(from..)?)?;
        from = start + 1;
        Some(start)
    });
    let before = memmem::FinderRev::new(words);
    let mut to = near.saturating_add(words.len()).saturating_sub(1).min(text.len());
    let backwards = std::iter::from_fn(|| {
        let start = before.rfind(text.as_bytes().get(..to)?)?;
        to = (start + words.len()).saturating_sub(1);
        Some(start)
    });
    afterwards.take(CANDIDATES).chain(backwards.take(CANDIDATES)).collect()
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
        Self { text, near, prefix: Pattern::new(&prefix), suffix: Pattern::new(&suffix) }
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
        Found { span, score: score / ALL_WEIGHTS, exact }
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
