//! Where a span of a file lies in the document's text: by its numbers if its own text stands there, else by its text.
//! Numbers come in the file's unit over the file's text; what comes out are bytes of the kept text.

use serde_json::Number;

use crate::format::Problem;
use crate::format::record::{AnnotationRecord, whole};
use crate::model::Fragments;
use crate::text::{self, Normalized, Offset, Quote, Span, Text, Unit};

/// A document's text as the file has it and as it is kept.
pub(super) struct Ground {
    /// The text over which the file counts, where it differs from the kept one.
    raw: Option<(Text, Normalized)>,
    kept: Text,
    unit: Unit,
}

impl Ground {
    /// Keeps a file's text as import keeps texts, or, for a backup, just as it is.
    pub(super) fn new(raw: String, unit: Unit, as_it_is: bool) -> Self {
        if as_it_is || !(raw.contains('\r') || raw.starts_with('\u{FEFF}')) {
            return Self { raw: None, kept: Text::new(raw), unit };
        }
        let normalized = text::normalize(&raw);
        let kept = Text::new(normalized.text.clone());
        Self { raw: Some((Text::new(raw), normalized)), kept, unit }
    }

    /// What was changed in the text.
    pub(super) fn change(&self) -> Option<Problem> {
        let (_, normalized) = self.raw.as_ref()?;
        Some(Problem::TextNormalized {
            crlf: normalized.crlf,
            lone_cr: normalized.lone_cr,
            bom: normalized.bom,
        })
    }

    /// The text to keep.
    pub(super) const fn kept(&self) -> &Text {
        &self.kept
    }

    /// The text as the file has it.
    pub(super) fn raw(&self) -> &Text {
        self.raw.as_ref().map_or(&self.kept, |(raw, _)| raw)
    }

    /// Where the span lies, and what is to be said about it; the error says why it lies nowhere.
    pub(super) fn place(
        &self,
        record: &AnnotationRecord<'_>,
    ) -> Result<(Fragments, Option<Problem>), Problem> {
        let stated = stated(record);
        let by_numbers = self.by_numbers(record);
        let Some(quote) = record.text.as_deref() else {
            let fragments = by_numbers.ok_or_else(|| self.no_such_place(&stated))?;
            let problem = self.disagreement(record, &fragments);
            return Ok((fragments, problem));
        };
        let quote = normal(quote);
        if let Some(fragments) = &by_numbers
            && self.kept.slice(fragments.envelope()) == Some(&*quote)
        {
            return Ok((fragments.clone(), self.disagreement(record, fragments)));
        }
        let not_found = || Problem::QuoteNotFound { stated: stated.to_string(), quote: quote.clone() };
        let span = self.by_quote(&stated, &quote).ok_or_else(not_found)?;
        let fragments = self.moved(record, span, &quote).ok_or_else(not_found)?;
        let (start, end) = self.kept.encode_span(fragments.envelope(), self.unit);
        let found = format!("{start} to {end}");
        Ok((fragments, Some(Problem::QuoteMoved { stated: stated.to_string(), found, quote })))
    }

    fn by_numbers(&self, record: &AnnotationRecord<'_>) -> Option<Fragments> {
        if record.fragments.is_empty() {
            return self.span(record.start.as_ref()?, record.end.as_ref()?).map(Fragments::one);
        }
        let spans = record.fragments.iter().map(|(start, end)| self.span(start, end));
        Fragments::new(spans.collect::<Option<Vec<_>>>()?)
    }

    fn span(&self, start: &Number, end: &Number) -> Option<Span> {
        let raw = self.raw().decode_span(whole(start)?, whole(end)?, self.unit)?;
        match &self.raw {
            None => Some(raw),
            Some((_, normalized)) => normalized.map_span(raw),
        }
    }

    /// The place of the quote nearest to where it should be; if that is no place at all, its only one.
    fn by_quote(&self, stated: &Stated, quote: &str) -> Option<Span> {
        let near = stated
            .start
            .as_ref()
            .and_then(whole)
            .and_then(|start| self.raw().decode(start, self.unit))
            .map(|raw| self.raw.as_ref().map_or(raw, |(_, normalized)| normalized.map(raw)));
        if near.is_none() {
            let mut places = self.kept.match_indices(quote);
            if places.next().is_none() || places.next().is_some() {
                return None;
            }
        }
        let quote = Quote { exact: quote.to_owned(), ..Quote::default() };
        let found = text::find(&self.kept, &quote, near.unwrap_or_default())?;
        found.exact.then_some(found.span)
    }

    /// The fragments of a span that was found elsewhere: as far from its start as they were stated to be.
    fn moved(&self, record: &AnnotationRecord<'_>, span: Span, quote: &str) -> Option<Fragments> {
        if record.fragments.len() < 2 {
            return Some(Fragments::one(span));
        }
        let first = record.fragments.iter().filter_map(|(start, _)| whole(start)).min()?;
        let quote = Text::new(quote);
        let spans = record.fragments.iter().map(|(start, end)| {
            let inside = quote.decode_span(
                whole(start)?.checked_sub(first)?,
                whole(end)?.checked_sub(first)?,
                self.unit,
            )?;
            inside.shift_right(span.start().byte())
        });
        let fragments = Fragments::new(spans.collect::<Option<Vec<_>>>()?)?;
        (fragments.envelope() == span).then_some(fragments)
    }

    /// Whether start and end say something else than the fragments.
    fn disagreement(&self, record: &AnnotationRecord<'_>, fragments: &Fragments) -> Option<Problem> {
        if record.fragments.is_empty() {
            return None;
        }
        let (start, end) = (record.start.as_ref()?, record.end.as_ref()?);
        if self.span(start, end) == Some(fragments.envelope()) {
            return None;
        }
        let (found_start, found_end) = self.kept.encode_span(fragments.envelope(), self.unit);
        Some(Problem::FragmentsDisagree {
            stated: format!("{start} to {end}"),
            found: format!("{found_start} to {found_end}"),
        })
    }

    fn no_such_place(&self, stated: &Stated) -> Problem {
        let raw = self.raw();
        let show =
            |number: &Option<Number>| number.as_ref().map_or_else(|| "nothing".to_owned(), Number::to_string);
        Problem::NoSuchPlace {
            start: show(&stated.start),
            end: show(&stated.end),
            length: raw.encode(Offset::from_usize(raw.as_str().len()), self.unit),
            unit: self.unit,
        }
    }
}

/// The place that a record states: start to end, or else its fragments' outermost numbers.
struct Stated {
    start: Option<Number>,
    end: Option<Number>,
}

impl std::fmt::Display for Stated {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.start, &self.end) {
            (Some(start), Some(end)) => write!(formatter, "{start} to {end}"),
            (Some(start), None) => write!(formatter, "{start}"),
            (None, _) => formatter.write_str("a stated place"),
        }
    }
}

fn stated(record: &AnnotationRecord<'_>) -> Stated {
    let first = record.fragments.first().map(|(start, _)| start.clone());
    let last = record.fragments.last().map(|(_, end)| end.clone());
    Stated { start: record.start.clone().or(first), end: record.end.clone().or(last) }
}

/// A quote as the kept text has it.
fn normal(quote: &str) -> String {
    if quote.contains('\r') { quote.replace("\r\n", "\n").replace('\r', "\n") } else { quote.to_owned() }
}
