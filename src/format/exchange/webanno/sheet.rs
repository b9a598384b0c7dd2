//! The body of a file: sentences with their tokens, and in each token's row what the layers say of it. A span that ends
//! inside a token gets a row of its own for that part.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

use serde_json::{Map, Value as Json};

use super::super::extra::string;
use super::super::tokens::words;
use super::cell::{escape, escape_text};
use super::layer::{Column, Kind, Layer};
use crate::text::{Offset, Text, Unit};

/// An annotation at one stretch of the text.
pub(super) struct Spot {
    /// Bytes of the text.
    pub(super) span: Range<usize>,
    /// Its layer; `None` for a mark that stands for a token.
    pub(super) layer: Option<usize>,
    /// The type of such a token.
    pub(super) implied: Option<String>,
    /// What its features say.
    pub(super) values: BTreeMap<String, String>,
    /// What fills its slots.
    pub(super) slots: Vec<Slot>,
    /// The number of its chain, its place in it, and what leads to the next.
    pub(super) chain: Option<(u32, u32, Option<String>)>,
}

/// A slot of an annotation.
pub(super) struct Slot {
    /// The feature that it belongs to.
    pub(super) feature: String,
    /// What the filler is to the annotation.
    pub(super) role: Option<String>,
    /// The spot that fills it.
    pub(super) filler: usize,
}

/// A relation between two spots.
pub(super) struct Arc {
    /// Its layer.
    pub(super) layer: usize,
    /// Where it comes from.
    pub(super) from: usize,
    /// Where it leads; there it is written.
    pub(super) to: usize,
    /// What its features say.
    pub(super) values: BTreeMap<String, String>,
}

/// A sentence of the text, in bytes, with its tokens.
struct Sentence<'e> {
    id: Option<&'e str>,
    span: Range<usize>,
    tokens: Vec<Range<usize>>,
}

/// A row: a token by number, and the part of it if not the whole.
type Place = (usize, Option<(usize, usize)>);

/// A file's body.
pub(super) struct Sheet<'s> {
    text: &'s Text,
    layers: &'s [Layer],
    spots: &'s [Spot],
    sentences: Vec<Sentence<'s>>,
    tokens: Vec<Range<usize>>,
    /// The number of each sentence's first token.
    starts: Vec<usize>,
    /// The spots in each row, each with its layer.
    rows: BTreeMap<Place, Vec<(usize, usize)>>,
    /// The first row of each spot.
    firsts: Vec<Option<Place>>,
    /// The number that tells a spot from others.
    numbers: Vec<Option<usize>>,
    /// How many spots begin or end with white space, which no token has.
    pub(super) trimmed: usize,
    /// How many spots touch no token.
    pub(super) without_token: usize,
    /// Whether the text begins with white space other than blanks.
    pub(super) has_odd_start: bool,
}

impl<'s> Sheet<'s> {
    /// Lays the spots on rows.
    pub(super) fn new(
        text: &'s Text,
        kept: impl Iterator<Item = &'s Map<String, Json>>,
        layers: &'s [Layer],
        spots: &'s [Spot],
    ) -> Self {
        let mut sentences: Vec<_> = kept.filter_map(|fields| kept_sentence(text, fields)).collect();
        if !are_in_order(&sentences) {
            sentences = cut(text);
        }
        let tokens: Vec<_> = sentences.iter().flat_map(|sentence| sentence.tokens.iter().cloned()).collect();
        let mut rows: BTreeMap<Place, Vec<(usize, usize)>> =
            (0..tokens.len()).map(|token| ((token, None), Vec::new())).collect();
        let mut firsts = Vec::with_capacity(spots.len());
        let mut lengths = Vec::with_capacity(spots.len());
        let mut trimmed = 0;
        for (at, spot) in spots.iter().enumerate() {
            let first = tokens.partition_point(|token| token.end <= spot.span.start);
            let touched =
                tokens.iter().enumerate().skip(first).take_while(|(_, token)| token.start < spot.span.end);
            let places = touched.map(|(number, token)| {
                let part = (token.start.max(spot.span.start), token.end.min(spot.span.end));
                (number, (part != (token.start, token.end)).then_some(part))
            });
            let places: Vec<Place> = places.collect();
            let end = |place: &Place| tokens.get(place.0).map(|token| (token.start, token.end));
            if let (Some((start, _)), Some((_, end))) =
                (places.first().and_then(end), places.last().and_then(end))
            {
                trimmed += usize::from(spot.span.start < start || end < spot.span.end);
            }
            for place in &places {
                rows.entry(*place).or_default().push((spot.layer.unwrap_or(usize::MAX), at));
            }
            firsts.push(places.first().copied());
            lengths.push(places.len());
        }
        let mut next = 0;
        let starts = sentences.iter().map(|sentence| {
            next += sentence.tokens.len();
            next - sentence.tokens.len()
        });
        let starts = starts.collect();
        let start = text.get(..sentences.first().map_or(0, |first| first.span.start)).unwrap_or_default();
        let mut sheet = Self {
            text,
            layers,
            spots,
            sentences,
            tokens,
            starts,
            rows,
            trimmed,
            without_token: firsts.iter().filter(|first| first.is_none()).count(),
            firsts,
            numbers: Vec::new(),
            has_odd_start: start.contains(|letter| letter != ' '),
        };
        sheet.number(&lengths);
        sheet
    }

    /// Numbers the spots that rows alone do not tell apart.
    fn number(&mut self, lengths: &[usize]) {
        let mut is_told: Vec<bool> = lengths.iter().map(|length| *length < 2).collect();
        for row in self.rows.values().filter(|row| row.len() > 1) {
            let mut first: BTreeMap<usize, usize> = BTreeMap::new();
            for (layer, at) in row {
                let other = *first.entry(*layer).or_insert(*at);
                if other != *at {
                    for spot in [other, *at] {
                        is_told.get_mut(spot).map(|told| std::mem::replace(told, false));
                    }
                }
            }
        }
        let untyped = |layer: &Layer| {
            layer.columns.iter().any(|column| {
            matches!(column, Column::Fillers(base) | Column::Source(base) if base == "uima.tcas.Annotation")
        })
        };
        let fillers = self
            .spots
            .iter()
            .filter(|spot| spot.layer.and_then(|at| self.layers.get(at)).is_some_and(untyped));
        let fillers = fillers.flat_map(|spot| spot.slots.iter().map(|slot| &slot.filler));
        for at in fillers {
            if let Some(told) = is_told.get_mut(*at) {
                *told = false;
            }
        }
        let any = self.layers.iter().any(|layer| layer.kind == Kind::Relation && untyped(layer));
        let mut last = 0;
        for (at, spot) in self.spots.iter().enumerate() {
            let kind = spot.layer.and_then(|at| self.layers.get(at)).map(|layer| layer.kind);
            let is_needed = kind == Some(Kind::Span) && (any || is_told.get(at) == Some(&false));
            last += usize::from(is_needed);
            self.numbers.push(is_needed.then_some(last));
        }
    }

    /// Whether a spot touches a token.
    pub(super) fn is_placed(&self, spot: usize) -> bool {
        self.firsts.get(spot).is_some_and(Option::is_some)
    }

    /// The lines of all sentences, with columns in that order of the layers.
    pub(super) fn print(&self, order: &[usize], arcs: &[Arc]) -> String {
        let mut incoming: BTreeMap<(Place, usize), Vec<&Arc>> = BTreeMap::new();
        for arc in arcs {
            if let Some(place) = self.firsts.get(arc.to).copied().flatten() {
                incoming.entry((place, arc.layer)).or_default().push(arc);
            }
        }
        let mut lines = String::with_capacity(4 * self.text.as_str().len());
        let mut token = 0;
        for (sentence, number) in self.sentences.iter().zip(1_usize..) {
            if let Some(id) = sentence.id {
                lines += &format!("#Sentence.id={}\n", escape_text(id));
            }
            for line in self.text.get(sentence.span.clone()).unwrap_or_default().split('\n') {
                lines += &format!("#Text={}\n", escape_text(line));
            }
            let (first, next) = (token, token + sentence.tokens.len());
            let mut part = 0;
            for (place, row) in self.rows.range((token, None)..(next, None)) {
                part = if place.1.is_none() { 0 } else { part + 1 };
                let (start, end) = place.1.unwrap_or_else(|| {
                    self.tokens.get(place.0).map_or((0, 0), |token| (token.start, token.end))
                });
                let offset = |at| self.text.to_utf16(Offset::from_usize(at)).get();
                let form = escape_text(self.text.get(start..end).unwrap_or_default()).replace('\n', "\\n");
                // Writing to a string does not fail.
                let _ = write!(lines, "{number}-{}", place.0 - first + 1);
                if part > 0 {
                    let _ = write!(lines, ".{part}");
                }
                let _ = write!(lines, "\t{}-{}\t{form}\t", offset(start), offset(end));
                for at in order {
                    let Some(layer) = self.layers.get(*at) else { continue };
                    let spots = || row.iter().filter(|(layer, _)| layer == at).map(|(_, spot)| *spot);
                    let arcs = match layer.kind {
                        Kind::Relation => incoming.get(&(*place, *at)).map_or(&[][..], Vec::as_slice),
                        _ => &[],
                    };
                    for (column, number) in layer.columns.iter().zip(0..) {
                        let mut is_first = true;
                        let mut cell = |value: &str| {
                            lines.push_str(if is_first { "" } else { "|" });
                            lines.push_str(value);
                            is_first = false;
                        };
                        if spots().next().is_none() && arcs.is_empty() {
                            cell("_");
                        }
                        spots().for_each(|spot| cell(&self.cell(spot, layer, column, number)));
                        arcs.iter().for_each(|arc| cell(&self.arc(arc, column)));
                        lines.push('\t');
                    }
                }
                lines.push('\n');
            }
            lines.push('\n');
            token = next;
        }
        // One empty line ends a sentence; the file ends without.
        lines.truncate(lines.trim_end_matches('\n').len());
        lines + "\n"
    }

    /// The id of a spot's first row: `1-2` for a token, `1-2.1` for the first part of one.
    fn row(&self, spot: usize) -> Option<String> {
        let place = self.firsts.get(spot).copied().flatten()?;
        let sentence = self.starts.partition_point(|start| *start <= place.0);
        let token = place.0 - self.starts.get(sentence.checked_sub(1)?)? + 1;
        let part = self.rows.range((place.0, None)..place).count();
        Some(if part == 0 { format!("{sentence}-{token}") } else { format!("{sentence}-{token}.{part}") })
    }

    fn cell(&self, at: usize, layer: &Layer, column: &Column, number: usize) -> String {
        let Some(spot) = self.spots.get(at) else { return "*".to_owned() };
        let value = |name: &str| spot.values.get(name).map_or_else(|| "*".to_owned(), |value| escape(value));
        let slots = |feature: &str| {
            spot.slots
                .iter()
                .filter(move |slot| slot.feature == feature && self.is_placed(slot.filler))
                .collect::<Vec<_>>()
        };
        let own = match column {
            Column::LinkType => {
                return value("referenceType") + &format!("[{}]", spot.chain.as_ref().map_or(0, |one| one.0));
            }
            Column::LinkRelation => {
                let Some((chain, link, relation)) = &spot.chain else { return "*".to_owned() };
                let relation = relation.as_ref().map_or_else(|| "*".to_owned(), |relation| escape(relation));
                return format!("{relation}->{chain}-{link}");
            }
            Column::Fillers(_) => {
                // It stands beside the roles of one feature; both list the same slots.
                let Some(feature) = layer.slot_feature(number) else { return "*".to_owned() };
                return some(slots(feature).into_iter().map(|slot| self.reference(slot.filler)));
            }
            Column::Roles(feature, _) => some(
                slots(feature)
                    .into_iter()
                    .map(|slot| slot.role.as_ref().map_or("*".into(), |role| escape(role))),
            ),
            Column::Feature(name) => value(name),
            Column::Presence | Column::Source(_) => "*".to_owned(),
        };
        match self.numbers.get(at).copied().flatten() {
            Some(number) => format!("{own}[{number}]"),
            None => own,
        }
    }

    fn arc(&self, arc: &Arc, column: &Column) -> String {
        match column {
            Column::Feature(name) => {
                arc.values.get(name).map_or_else(|| "*".to_owned(), |value| escape(value))
            }
            Column::Source(_) => {
                let number = |at: usize| self.numbers.get(at).copied().flatten().unwrap_or(0);
                let row = self.row(arc.from).unwrap_or_else(|| "*".to_owned());
                match (number(arc.from), number(arc.to)) {
                    (0, 0) => row,
                    (from, to) => format!("{row}[{from}_{to}]"),
                }
            }
            _ => "*".to_owned(),
        }
    }

    fn reference(&self, at: usize) -> String {
        let number = self.numbers.get(at).copied().flatten().map(|number| format!("[{number}]"));
        self.row(at).map_or_else(|| "*".to_owned(), |row| row + &number.unwrap_or_default())
    }
}

/// What fills slots, or `*` if nothing does.
fn some(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { "*".to_owned() } else { parts.join(";") }
}

/// A sentence as it was read.
fn kept_sentence<'s>(text: &Text, fields: &'s Map<String, Json>) -> Option<Sentence<'s>> {
    let place = |at: u64| text.decode(at, Unit::Utf16).map(Offset::to_usize);
    let end = |key: &str| place(fields.get(key)?.as_u64()?);
    let tokens = string(fields, "tokens")?.split_ascii_whitespace().filter_map(|token| {
        let (start, end) = token.split_once('-')?;
        Some(place(start.parse().ok()?)?..place(end.parse().ok()?)?)
    });
    Some(Sentence { id: string(fields, "id"), span: end("begin")?..end("end")?, tokens: tokens.collect() })
}

/// Whether there are tokens and each begins behind the one before; those of a broken file may lie anywhere.
fn are_in_order(sentences: &[Sentence<'_>]) -> bool {
    let mut free = 0;
    let mut tokens = sentences.iter().flat_map(|sentence| &sentence.tokens).peekable();
    tokens.peek().is_some()
        && tokens.all(|token| {
            let is_next = free <= token.start && token.start < token.end;
            free = token.end;
            is_next
        })
}

/// Sentences that cover a text from its first word on, white space behind them included, because the format keeps no
/// text between sentences.
fn cut<'s>(text: &Text) -> Vec<Sentence<'s>> {
    let mut sentences: Vec<Sentence<'s>> = Vec::new();
    for token in words(text, &[]) {
        let span = token.start..token.end;
        match sentences.last_mut() {
            Some(last) if !token.begins_sentence => last.tokens.push(span),
            last => {
                if let Some(last) = last {
                    last.span.end = token.start;
                }
                let end = text.as_str().len();
                sentences.push(Sentence { id: None, span: token.start..end, tokens: vec![span] });
            }
        }
    }
    sentences
}
