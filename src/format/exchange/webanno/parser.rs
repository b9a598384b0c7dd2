//! Rows as documents. Spans grow row by row; what refers to another row waits until all are known.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::super::{Foreign, Mark, Reading, Source};
use super::cell::{self, split, suffix};
use super::layer::{Column, Kind, LONGEST, Layer};
use super::{HEAD, NAME};
use crate::format::{Issue, Issues, Problem};
use crate::model::Value;

/// The most white space between two sentences, in UTF-16 units; more is a broken offset.
const MOST_SPACE: i64 = 256;

pub(super) fn parse(sources: &[Source<'_>]) -> Reading {
    let mut reading = Reading::default();
    for source in sources {
        let mut lines = source.lines().peekable();
        match lines.peek() {
            Some((_, Ok(line))) if line.starts_with(HEAD) => {
                let mut file = File::new(source, &mut reading.issues);
                for (number, line) in lines {
                    match line {
                        Ok(line) => file.line(number, line),
                        Err(problem) => file.issue(number, None, problem),
                    }
                }
                let document = file.finish();
                reading.documents.push(document);
            }
            _ => {
                reading.issues.push(Issue::new(source.path, None, None, Problem::OtherFile { format: NAME }))
            }
        }
    }
    reading
}

/// A row as others refer to it.
struct Row<'a> {
    id: &'a str,
    line: u64,
    start: i64,
    end: i64,
    form: &'a str,
}

/// A row's id in numbers: the sentence, the token in it, the part of the token or 0.
pub(super) type RowId = (u32, u32, u32);

/// `2-3.1` in numbers; what is none counts as 0, which no row has.
pub(super) fn row_id(id: &str) -> RowId {
    let number = |digits: &str| digits.parse().unwrap_or(0);
    let (sentence, token) = id.split_once('-').unwrap_or((id, ""));
    let (token, part) = token.split_once('.').unwrap_or((token, "0"));
    (number(sentence), number(token), number(part))
}

/// A sentence on its way: what it is called, where it lies in UTF-16 units, and its tokens as JSON text.
#[derive(Default)]
pub(super) struct Sentence {
    pub(super) id: Option<Box<str>>,
    pub(super) place: Option<(i64, i64)>,
}

/// What stands in for a mark that another row names.
#[derive(Clone, Copy)]
pub(super) struct Reference<'a> {
    /// The layer and its column that say what is referred to.
    pub(super) column: (usize, usize),
    pub(super) row: &'a str,
    /// The number that tells it from others on that row.
    pub(super) number: Option<u32>,
}

/// What a row says of marks that may stand further down, as it is written: as a link it would take five times the room.
pub(super) struct Pending<'a> {
    pub(super) layer: usize,
    pub(super) what: Connection<'a>,
    pub(super) line: u64,
    pub(super) row: &'a str,
}

/// How marks are connected.
pub(super) enum Connection<'a> {
    /// A mark's slot: its role and what fills it, by the column of such.
    Slot { host: usize, role: &'a str, filler: &'a str, column: usize },
    /// A relation: the values of its layer's columns.
    Relation(Box<[&'a str]>),
}

pub(super) struct File<'r, 'a> {
    pub(super) source: &'r Source<'a>,
    pub(super) issues: &'r mut Issues,
    pub(super) layers: Vec<Layer>,
    pub(super) document: Foreign,
    /// The length of the text in UTF-16 units.
    pub(super) length: i64,
    /// What stated offsets are off by in this sentence.
    pub(super) shift: i64,
    /// The lines of the sentence to come.
    pub(super) text: Option<String>,
    pub(super) sentence: Sentence,
    /// The tokens of that sentence.
    pub(super) tokens: String,
    /// The sentences before it as a list in JSON, not closed.
    pub(super) sentences: String,
    pub(super) rows: BTreeMap<RowId, (i64, i64)>,
    /// Marks by layer and number.
    pub(super) numbered: BTreeMap<(usize, u32), usize>,
    /// The first mark of a layer on a row.
    pub(super) firsts: BTreeMap<(RowId, usize), usize>,
    /// Marks by layer, chain and place in it.
    pub(super) chains: BTreeMap<(usize, u32, u32), (usize, Option<String>)>,
    pub(super) pending: Vec<Pending<'a>>,
    /// Marks for rows that links name although no layer marks them, by row and type.
    pub(super) implied: BTreeMap<(RowId, String), usize>,
}

impl<'r, 'a> File<'r, 'a> {
    fn new(source: &'r Source<'a>, issues: &'r mut Issues) -> Self {
        let (id, _) = source.stem();
        let document = Foreign { path: source.path.to_owned(), id: id.to_owned(), ..Foreign::default() };
        Self {
            source,
            issues,
            layers: Vec::new(),
            document,
            length: 0,
            shift: 0,
            text: None,
            sentence: Sentence::default(),
            tokens: String::new(),
            sentences: "[".to_owned(),
            rows: BTreeMap::new(),
            numbered: BTreeMap::new(),
            firsts: BTreeMap::new(),
            chains: BTreeMap::new(),
            pending: Vec::new(),
            implied: BTreeMap::new(),
        }
    }

    pub(super) fn issue(&mut self, line: u64, row: Option<&str>, problem: Problem) {
        self.issues.push(Issue::new(self.source.path, Some(line), row.map(str::to_owned), problem));
    }

    fn line(&mut self, number: u64, line: &'a str) {
        if let Some(text) = line.strip_prefix("#Text=") {
            let text = cell::unescape(text);
            match &mut self.text {
                Some(lines) => {
                    lines.push('\n');
                    lines.push_str(&text);
                }
                None => self.text = Some(text),
            }
        } else if let Some(id) = line.strip_prefix("#Sentence.id=") {
            self.end_sentence();
            self.sentence.id = Some(cell::unescape(id).into());
        } else if line.starts_with('#') {
            if self.rows.is_empty() {
                match Layer::parse(line) {
                    Some(layer) => {
                        self.layers.push(layer);
                        let count =
                            line.split('|').filter(|name| LONGEST + "#T_SP=".len() < name.len()).count();
                        if 0 < count {
                            let what = "of very long names' ends".to_owned();
                            self.issue(number, None, Problem::NotTaken { what, count });
                        }
                    }
                    None if line.starts_with("#FORMAT=") => {
                        self.document.extra.insert("format".into(), line.into());
                    }
                    None => {}
                }
            }
        } else if !line.trim().is_empty() {
            self.row(number, line);
        }
    }

    fn row(&mut self, number: u64, line: &'a str) {
        let mut cells = line.split('\t');
        let place = |cells: &str| {
            let (start, end) = cells.split_once('-')?;
            Some((start.parse::<i64>().ok()?, end.parse::<i64>().ok()?))
        };
        let (Some(id), Some((start, end)), Some(form)) =
            (cells.next(), cells.next().and_then(place), cells.next())
        else {
            let reason = "an id, START-END and a token are expected".to_owned();
            return self.issue(number, None, Problem::UnreadableRecord { reason });
        };
        if let Some(text) = self.text.take() {
            self.sentence(&text, start);
        }
        let (start, end) = (start.saturating_add(self.shift), end.saturating_add(self.shift));
        if !id.contains('.') {
            self.token(start, end);
        }
        self.rows.insert(row_id(id), (start, end));
        let row = Row { id, line: number, start, end, form };
        let cells: Vec<&str> = cells.collect();
        let layers = std::mem::take(&mut self.layers);
        let mut at = 0;
        for (layer, declared) in layers.iter().enumerate() {
            let own = cells.get(at..at + declared.columns.len());
            at += declared.columns.len();
            match own {
                Some(cells) if cells.iter().all(|cell| matches!(*cell, "_" | "")) => {}
                Some(cells) => self.annotations(&row, layer, declared, cells),
                None => {
                    let expected = 3 + layers.iter().map(|layer| layer.columns.len()).sum::<usize>();
                    self.issue(number, Some(id), Problem::OtherColumns { found: 3 + cells.len(), expected });
                    break;
                }
            }
        }
        self.layers = layers;
    }

    /// Adds a sentence's text where its first token says, with white space before it.
    fn sentence(&mut self, text: &str, start: i64) {
        let gap = start.saturating_sub(self.length);
        if (1..=MOST_SPACE).contains(&gap) {
            let is_first = self.document.text.is_empty();
            self.document.text.push(if is_first { ' ' } else { '\n' });
            self.document.text.extend((1..gap).map(|_| ' '));
            self.length += gap;
        }
        self.shift = self.length.saturating_sub(start);
        let length = i64::try_from(text.encode_utf16().count()).unwrap_or_default();
        if self.sentence.place.is_some() {
            self.end_sentence();
        }
        self.sentence.place = Some((self.length, self.length + length));
        self.document.text.push_str(text);
        self.length += length;
    }

    fn token(&mut self, start: i64, end: i64) {
        if self.sentence.place.is_some() {
            if !self.tokens.is_empty() {
                self.tokens.push(' ');
            }
            self.tokens.push_str(&format!("{start}-{end}"));
        }
    }

    /// Adds the sentence on its way to the others, its keys in their order.
    pub(super) fn end_sentence(&mut self) {
        let Sentence { id, place } = std::mem::take(&mut self.sentence);
        if id.is_none() && place.is_none() {
            return;
        }
        let mut fields = Vec::with_capacity(4);
        if let Some((begin, end)) = place {
            fields.push(format!("\"begin\":{begin},\"end\":{end}"));
        }
        if let Some(id) = id {
            fields.push(format!("\"id\":{}", Json::from(&*id)));
        }
        if place.is_some() {
            fields.push(format!("\"tokens\":\"{}\"", self.tokens));
        }
        self.tokens.clear();
        if 1 < self.sentences.len() {
            self.sentences.push(',');
        }
        self.sentences.push('{');
        self.sentences.push_str(&fields.join(","));
        self.sentences.push('}');
    }

    /// What a layer says of a row.
    fn annotations(&mut self, row: &Row<'a>, layer: usize, declared: &Layer, cells: &[&'a str]) {
        let mut stacks: Vec<_> = cells.iter().map(|cell| split(cell, '|')).collect();
        let mut values: Vec<&'a str> = Vec::with_capacity(cells.len());
        loop {
            values.clear();
            let mut is_over = true;
            for stack in &mut stacks {
                let next = stack.next();
                is_over &= next.is_none();
                values.push(next.unwrap_or("_"));
            }
            if is_over {
                return;
            }
            match declared.kind {
                Kind::Span => self.span(row, layer, declared, &values),
                Kind::Chain => self.link_of_chain(row, layer, declared, &values),
                Kind::Relation => {
                    let what = Connection::Relation(values.as_slice().into());
                    self.pending.push(Pending { layer, what, line: row.line, row: row.id });
                }
            }
        }
    }

    fn span(&mut self, row: &Row<'a>, layer: usize, declared: &Layer, values: &[&'a str]) {
        let number = declared.columns.iter().zip(values).find_map(|(column, value)| match column {
            Column::Fillers(_) => None,
            _ => suffix(value).1?.parse().ok(),
        });
        let known = number.and_then(|number| self.numbered.get(&(layer, number)).copied());
        let at = self.grow(known, row, declared);
        self.firsts.entry((row_id(row.id), layer)).or_insert(at);
        if let Some(number) = number {
            self.numbered.insert((layer, number), at);
        }
        if known.is_some() {
            return;
        }
        let mut roles = "";
        for ((column, written), number) in declared.columns.iter().zip(values).zip(0..) {
            match column {
                Column::Feature(name) => {
                    let Some(value) = cell::value(suffix(written).0) else { continue };
                    let Some(mark) = self.document.marks.get_mut(at) else { continue };
                    if declared.label_feature() == Some(name) {
                        mark.label = value;
                        mark.extra = declared.labelled.clone();
                    } else {
                        mark.attributes.push((name.clone(), Value::Text(value)));
                    }
                }
                Column::Roles(..) => roles = suffix(written).0,
                Column::Fillers(_) => {
                    let roles = split(roles, ';').chain(std::iter::repeat(""));
                    let mut seen = BTreeSet::new();
                    for (filler, role) in split(written, ';').zip(roles) {
                        if matches!(filler, "*" | "_" | "") {
                            continue;
                        }
                        let reason = if suffix(filler).0.is_empty() {
                            "the row of what fills a slot is expected"
                        } else if !seen.insert((filler, role)) {
                            "the slot is filled so already"
                        } else {
                            let what = Connection::Slot { host: at, role, filler, column: number };
                            self.pending.push(Pending { layer, what, line: row.line, row: row.id });
                            continue;
                        };
                        let reason = reason.to_owned();
                        self.issue(row.line, Some(row.id), Problem::UnreadableRecord { reason });
                    }
                }
                _ => {}
            }
        }
    }

    /// The mark of a row: the known one, which grows, or a new one.
    fn grow(&mut self, known: Option<usize>, row: &Row<'a>, declared: &Layer) -> usize {
        if let Some(at) = known
            && let Some(mark) = self.document.marks.get_mut(at)
        {
            if let Some((start, end)) = mark.fragments.first_mut() {
                (*start, *end) = ((*start).min(row.start), (*end).max(row.end));
            }
            // Its text is more than the one token that the file quotes.
            mark.quote = None;
            return at;
        }
        let at = self.document.marks.len();
        if at == self.document.marks.capacity() {
            // By an eighth, not twofold: there are many, and each is large.
            self.document.marks.reserve_exact(at / 8 + 16);
        }
        self.document.marks.push(Mark {
            id: (at + 1).to_string(),
            label: declared.short().to_owned(),
            fragments: vec![(row.start, row.end)],
            quote: Some(cell::unescape(row.form)),
            line: Some(row.line),
            extra: declared.said.clone(),
            ..Mark::default()
        });
        at
    }

    fn link_of_chain(&mut self, row: &Row<'a>, layer: usize, declared: &Layer, values: &[&'a str]) {
        let columns = || declared.columns.iter().zip(values);
        let place = columns().find_map(|(column, value)| match column {
            Column::LinkRelation => cell::chain(value),
            _ => None,
        });
        let Some((relation, chain, link)) = place else {
            let reason = "a link's place in its chain is expected".to_owned();
            return self.issue(row.line, Some(row.id), Problem::UnreadableRecord { reason });
        };
        let known = self.chains.get(&(layer, chain, link)).map(|(at, _)| *at);
        let at = self.grow(known, row, declared);
        if known.is_some() {
            return;
        }
        self.firsts.entry((row_id(row.id), layer)).or_insert(at);
        self.chains.insert((layer, chain, link), (at, cell::value(relation)));
        let Some(mark) = self.document.marks.get_mut(at) else { return };
        mark.extra.insert("chain", chain);
        mark.extra.insert("link", link);
        for (column, written) in columns() {
            match (column, cell::value(suffix(written).0)) {
                (Column::LinkType, Some(value)) => {
                    mark.label = value;
                    mark.extra.insert("feature", "referenceType");
                }
                (Column::Feature(name), Some(value)) => {
                    mark.attributes.push((name.clone(), Value::Text(value)))
                }
                _ => {}
            }
        }
    }
}
