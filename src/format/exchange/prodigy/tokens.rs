//! The tokens of a task. Those of the file go back to it as long as every span still consists of whole ones; otherwise
//! the text is cut into words (UAX #29), and where a span begins or ends inside a word.

use serde_json::{Value as Json, json};
use unicode_segmentation::UnicodeSegmentation;

use super::super::Page;
use super::super::fields::{Fields, range};
use crate::text::{Offset, Span, Unit};

/// Tokens in the order of the text, in code points.
pub(super) struct Tokens {
    starts: Vec<i64>,
    ends: Vec<i64>,
    list: Vec<Json>,
}

impl Tokens {
    /// The tokens of the file, or new ones.
    pub(super) fn of(page: &Page<'_>, extra: &mut Fields) -> Self {
        let kept = match extra.remove("tokens") {
            Some(Json::Array(list)) => Self::kept(list),
            _ => None,
        };
        let mut fragments = page.body.annotations().flat_map(|one| one.fragments.iter());
        match kept.filter(|tokens| fragments.all(|span| tokens.find(page, span).is_some())) {
            Some(tokens) => tokens,
            None => Self::words(page),
        }
    }

    /// `None` unless they are in the order of the text.
    fn kept(list: Vec<Json>) -> Option<Self> {
        let (mut starts, mut ends) = (Vec::new(), Vec::new());
        for token in &list {
            let (start, end) = range(token.as_object()?, "start", "end")?;
            if end < start || ends.last().is_some_and(|last| start < *last) {
                return None;
            }
            starts.push(start);
            ends.push(end);
        }
        Some(Self { starts, ends, list })
    }

    fn words(page: &Page<'_>) -> Self {
        let mut cuts: Vec<_> = page
            .body
            .annotations()
            .flat_map(|one| one.fragments.iter())
            .flat_map(|span| [span.range().start, span.range().end])
            .collect();
        crate::text::order::sort(&mut cuts);
        let mut cuts = cuts.into_iter().peekable();
        let mut tokens = Self { starts: Vec::new(), ends: Vec::new(), list: Vec::new() };
        for (start, word) in page.text.split_word_bound_indices() {
            let end = start + word.len();
            let mut from = start;
            while from < end {
                while cuts.next_if(|cut| *cut <= from).is_some() {}
                let to = cuts.peek().map_or(end, |cut| (*cut).min(end));
                tokens.add(page, from, to);
                from = to;
            }
        }
        tokens
    }

    /// Adds a stretch of bytes, unless it is blank.
    fn add(&mut self, page: &Page<'_>, start: usize, end: usize) {
        let text = page.text.as_str().get(start..end).unwrap_or_default();
        let (from, to) = (Offset::from_usize(start), Offset::from_usize(end));
        if text.trim().is_empty() {
            return;
        }
        let rest = page.text.as_str().get(end..).unwrap_or_default();
        let (from, to) = (page.text.encode(from, Unit::CodePoint), page.text.encode(to, Unit::CodePoint));
        let (id, ws) = (self.list.len(), rest.starts_with(char::is_whitespace));
        self.starts.push(i64::from(from));
        self.ends.push(i64::from(to));
        self.list.push(json!({ "text": text, "start": from, "end": to, "id": id, "ws": ws }));
    }

    /// The first and the last token of a span; `None` if it cuts one.
    pub(super) fn find(&self, page: &Page<'_>, span: Span) -> Option<(Json, Json)> {
        let (start, end) = page.text.encode_span(span, Unit::CodePoint);
        let first = self.starts.binary_search(&i64::from(start)).ok()?;
        let last = self.ends.binary_search(&i64::from(end)).ok()?;
        let id = |place: usize| {
            let token = self.list.get(place)?;
            Some(token.get("id").cloned().unwrap_or_else(|| place.into()))
        };
        Some((id(first)?, id(last)?))
    }

    /// The list of tokens.
    pub(super) fn into_json(self) -> Json {
        Json::Array(self.list)
    }
}
