//! Columns as documents. The layout of a file is found first, from all its lines; what does not fit it is said and read
//! as far as it goes, so that no token is lost.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use super::super::{Foreign, Mark, Reading, Source};
use super::tag::{Evidence, Part, Scheme, Tag};
use super::{DOCSTART, NAME, is_comment, recognize_file};
use crate::format::exchange::Confidence;
use crate::format::{Issue, Issues, Problem};

pub(super) fn parse(sources: &[Source<'_>]) -> Reading {
    let mut reading = Reading::default();
    for source in sources {
        if recognize_file(source) == Confidence::No {
            let problem = source.lines().next().and_then(|(_, line)| line.err());
            let problem = problem.unwrap_or(Problem::OtherFile { format: NAME });
            reading.issues.push(Issue::new(source.path, None, None, problem));
        } else {
            File::parse(source, &mut reading);
        }
    }
    reading
}

/// So many times as many cells as a file has may be kept of it: a few very long lines among short ones are no layout.
const MOST_PADDING: usize = 4;

/// How the lines of a file are cut.
#[derive(Clone, Copy)]
struct Layout {
    /// Whether a tab, and not any white space, separates columns: tokens may hold blanks.
    has_tabs: bool,
    /// How many columns there are.
    columns: usize,
    /// Which one holds the token: the second after a running number.
    token: usize,
    /// Whether the tag stands first and not last.
    tag_first: bool,
    /// Whether tags are bare types.
    is_bare: bool,
    /// About how many spans there are, if all is one document.
    spans: usize,
}

impl Layout {
    fn find(source: &Source<'_>) -> Self {
        let mut counts: [BTreeMap<usize, usize>; 2] = Default::default();
        let (mut tabs, mut all, mut numbered, mut in_sentence) = (0, 0, 0, 0);
        let (mut tags_last, mut tags_first, mut out) = (0, 0, 0);
        let (mut spans, mut before, mut is_one) = (0, None, true);
        for line in source.lines().filter_map(|(_, line)| line.ok()) {
            if line.trim().is_empty() || line.starts_with(DOCSTART) || is_comment(line) {
                is_one &= !line.starts_with(DOCSTART);
                (in_sentence, before) = (0, None);
                continue;
            }
            all += 1;
            in_sentence += 1;
            tabs += usize::from(line.trim_end().contains('\t'));
            *counts[0].entry(line.split_ascii_whitespace().count()).or_default() += 1;
            *counts[1].entry(line.trim_end().split('\t').count()).or_default() += 1;
            let mut columns = line.split_ascii_whitespace();
            let (first, last) = (columns.next().unwrap_or_default(), columns.next_back().unwrap_or_default());
            numbered += usize::from(first.parse() == Ok(in_sentence));
            let tag = Tag::parse(last);
            tags_last += usize::from(tag.is_some());
            let inside = if let Some(Tag::In(_, label)) = tag { Some(label) } else { None };
            let begins = |part: Part| part.begins() || inside != before;
            spans += usize::from(matches!(tag, Some(Tag::In(part, _)) if begins(part)));
            before = inside;
            tags_first += usize::from(Tag::parse(first).is_some());
            out += usize::from(last == "O");
        }
        let has_tabs = all < tabs * 2;
        let counts = &counts[usize::from(has_tabs)];
        let cells: usize = counts.iter().map(|(columns, count)| columns * count).sum();
        let most = counts.iter().max_by_key(|(_, count)| **count);
        let most = most.filter(|(columns, _)| **columns * all <= MOST_PADDING * cells);
        let columns = most.map_or(2, |(columns, _)| (*columns).max(2));
        let token = usize::from(2 < columns && all * 9 < numbered * 10);
        let tag_first = columns == 2 && tags_last * 2 < tags_first;
        // Few tags other than O have a prefix.
        let is_bare = !tag_first && tags_last - out < (all - out) / 2;
        let token = if tag_first { 1 } else { token };
        Self { has_tabs, columns, token, tag_first, is_bare, spans: if is_one { spans } else { 0 } }
    }

    fn cut<'a>(self, line: &'a str, columns: &mut Vec<&'a str>) {
        columns.clear();
        // A line with blanks only, among lines with tabs, is cut at these.
        if self.has_tabs && line.contains('\t') {
            columns.extend(line.trim_end_matches(['\t', ' ']).split('\t'));
        } else {
            columns.extend(line.split_ascii_whitespace());
        }
    }
}

/// A file as it is being read.
struct File<'r, 'a> {
    source: &'r Source<'a>,
    layout: Layout,
    documents: Vec<Builder>,
    evidence: Evidence,
    orphans: Issues,
    issues: &'r mut Issues,
}

impl<'a> File<'_, 'a> {
    fn parse(source: &Source<'a>, reading: &mut Reading) {
        let mut file = File {
            source,
            layout: Layout::find(source),
            documents: vec![Builder::default()],
            evidence: Evidence::default(),
            orphans: Issues::default(),
            issues: &mut reading.issues,
        };
        // A vector that grows takes three times its room for a moment.
        // About as many as there are, and a few more, since one too few would cost as much as no guess.
        file.documents[0].marks.reserve_exact(file.layout.spans + file.layout.spans / 16 + 16);
        let mut columns = Vec::new();
        for (number, line) in source.lines() {
            match line {
                Err(problem) => file.issue(number, problem),
                Ok(line) => file.line(number, line, &mut columns),
            }
        }
        let documents = file.finish();
        reading.documents.extend(documents);
    }

    fn issue(&mut self, line: u64, problem: Problem) {
        self.issues.push(Issue::new(self.source.path, Some(line), None, problem));
    }

    fn line(&mut self, number: u64, line: &'a str, columns: &mut Vec<&'a str>) {
        let layout = self.layout;
        let is_first = self.documents.len() == 1 && self.documents[0].tokens == 0;
        let Some(document) = self.documents.last_mut() else { return };
        if line.trim().is_empty() {
            return document.end_sentence();
        }
        if line.starts_with(DOCSTART) {
            let mut next = Builder::default();
            if is_first || line != docstart(layout.columns) {
                next.extra.insert("docstart".into(), line.into());
            }
            document.end_sentence();
            if document.tokens == 0 {
                self.documents.pop();
            }
            return self.documents.push(next);
        }
        if document.is_between && is_comment(line) {
            return document.comment(line);
        }
        layout.cut(line, columns);
        let found = columns.len();
        let token = columns
            .get(layout.token.min(found.saturating_sub(1)))
            .map_or("", |token| token.trim_matches(' '));
        if token.is_empty() {
            return self.issue(number, Problem::UnreadableRecord { reason: "no token".to_owned() });
        }
        let tag = if layout.tag_first { columns.first() } else { columns.last() };
        let tag = tag.filter(|_| 1 < found).map_or("O", |tag| tag.trim());
        document.start_token(token);
        for at in (0..layout.columns - 1).filter(|at| *at != layout.token && (!layout.tag_first || 0 < *at)) {
            let value = if at + 1 < found { columns.get(at).copied() } else { None };
            document.field(value.unwrap_or("_"));
        }
        let parsed = match Tag::parse(tag) {
            None if layout.is_bare => Some(Tag::In(Part::Inside, tag)),
            Some(Tag::In(..)) if layout.is_bare => Some(Tag::In(Part::Inside, tag)),
            parsed => parsed,
        };
        if let (Some(Tag::In(..)), false) = (parsed, layout.is_bare) {
            self.evidence.see(tag);
        }
        let opened = document.end_token(token, parsed.unwrap_or(Tag::Out), number);
        match (opened, parsed) {
            (Opened::Orphan, _) if !layout.is_bare => {
                self.evidence.orphans += 1;
                let problem = Problem::OrphanTag { tag: tag.to_owned() };
                self.orphans.push(Issue::new(self.source.path, Some(number), None, problem));
            }
            (Opened::Free, _) => self.evidence.free_begins += 1,
            _ => {}
        }
        if found != layout.columns {
            self.issue(number, Problem::OtherColumns { found, expected: layout.columns });
        }
        if parsed.is_none() {
            self.issue(number, Problem::UnknownTag { found: tag.to_owned() });
        }
    }

    fn finish(mut self) -> Vec<Foreign> {
        let scheme = if self.layout.is_bare { Scheme::Bare } else { self.evidence.scheme() };
        if !matches!(scheme, Scheme::Iob1 | Scheme::Bare) {
            self.issues.append(&mut self.orphans);
        }
        let (stem, _) = self.source.stem();
        let count = self.documents.len();
        let mut documents = Vec::with_capacity(count);
        for (mut document, number) in self.documents.into_iter().zip(1..) {
            document.end_sentence();
            if document.tokens == 0 {
                let problem = Problem::EmptyText;
                self.issues.push(Issue::new(self.source.path, None, None, problem));
                continue;
            }
            let id = if count == 1 { stem.to_owned() } else { format!("{stem}-{number}") };
            let extra = document.extra(self.layout, scheme);
            documents.push(Foreign {
                path: self.source.path.to_owned(),
                id,
                text: document.text,
                marks: document.marks,
                extra,
                ..Foreign::default()
            });
        }
        documents
    }
}

/// The line that begins a document in a file of that many columns.
pub(super) fn docstart(columns: usize) -> String {
    let rest = (1..columns).map(|at| if at == 1 && 2 < columns { " -X-" } else { " O" });
    rest.fold(DOCSTART.to_owned(), |line, column| line + column)
}

/// How a token's tag begins a span.
enum Opened {
    /// It does not, or as every scheme says.
    Not,
    /// With `I` where none was open.
    Orphan,
    /// With `B` where `I` would have said as much in IOB1.
    Free,
}

/// A document as its tokens come in.
struct Builder {
    text: String,
    /// The length of the text in code points.
    length: i64,
    tokens: usize,
    sentences: usize,
    is_between: bool,
    marks: Vec<Mark>,
    /// Whether the last mark goes on.
    is_open: bool,
    /// Whether the last mark ends at the last token.
    is_touching: bool,
    /// One for each further column: the values of all tokens, a tab between them.
    fields: Vec<String>,
    field: usize,
    comments: Vec<Json>,
    /// Where blanks stand inside tokens.
    inner: Vec<i64>,
    extra: Map<String, Json>,
}

impl Default for Builder {
    fn default() -> Self {
        Self {
            text: String::new(),
            length: 0,
            tokens: 0,
            sentences: 0,
            is_between: true,
            marks: Vec::new(),
            is_open: false,
            is_touching: false,
            fields: Vec::new(),
            field: 0,
            comments: Vec::new(),
            inner: Vec::new(),
            extra: Map::new(),
        }
    }
}

impl Builder {
    fn end_sentence(&mut self) {
        self.sentences += usize::from(!self.is_between);
        self.is_between = true;
        (self.is_open, self.is_touching) = (false, false);
    }

    fn comment(&mut self, line: &str) {
        self.comments.push(Json::Array(vec![self.sentences.into(), line.into()]));
    }

    fn start_token(&mut self, token: &str) {
        if 0 < self.tokens {
            self.text.push(if self.is_between { '\n' } else { ' ' });
            self.length += 1;
        }
        self.inner.extend(
            (self.length..).zip(token.chars()).filter(|(_, letter)| *letter == ' ').map(|(at, _)| at),
        );
        self.text.push_str(token);
        (self.field, self.is_between) = (0, false);
    }

    fn field(&mut self, value: &str) {
        if self.fields.len() <= self.field {
            self.fields.push(String::new());
        }
        if let Some(values) = self.fields.get_mut(self.field) {
            if 0 < self.tokens {
                values.push('\t');
            }
            values.push_str(value);
        }
        self.field += 1;
    }

    /// Takes the tag of the token just started into account.
    fn end_token(&mut self, token: &str, tag: Tag<'_>, line: u64) -> Opened {
        let start = self.length;
        self.length += i64::try_from(token.chars().count()).unwrap_or_default();
        self.tokens += 1;
        let Tag::In(part, label) = tag else {
            (self.is_open, self.is_touching) = (false, false);
            return Opened::Not;
        };
        let is_same = self.marks.last().is_some_and(|last| last.label == label);
        let goes_on = self.is_open && is_same && matches!(part, Part::Inside | Part::End);
        let opened = match part {
            Part::Inside if !goes_on => Opened::Orphan,
            Part::Begin if !(self.is_touching && is_same) => Opened::Free,
            _ => Opened::Not,
        };
        match self.marks.last_mut().and_then(|last| last.fragments.last_mut()) {
            Some((_, end)) if goes_on => *end = self.length,
            _ => self.marks.push(Mark {
                label: label.to_owned(),
                fragments: vec![(start, self.length)],
                line: Some(line),
                ..Mark::default()
            }),
        }
        self.is_open = matches!(part, Part::Begin | Part::Inside);
        self.is_touching = true;
        opened
    }

    /// What the printer needs to give the same lines back.
    fn extra(&mut self, layout: Layout, scheme: Scheme) -> Map<String, Json> {
        let mut extra = std::mem::take(&mut self.extra);
        extra.insert("scheme".into(), scheme.name().into());
        extra.insert("separator".into(), if layout.has_tabs { "\t" } else { " " }.into());
        if layout.tag_first {
            extra.insert("tag".into(), "first".into());
        } else if 0 < layout.token {
            extra.insert("token".into(), layout.token.into());
        }
        for (key, list) in [
            ("fields", std::mem::take(&mut self.fields).into_iter().map(Json::from).collect::<Vec<_>>()),
            ("comments", std::mem::take(&mut self.comments)),
            ("inner_blanks", std::mem::take(&mut self.inner).into_iter().map(Json::from).collect()),
        ] {
            if !list.is_empty() {
                extra.insert(key.into(), list.into());
            }
        }
        extra
    }
}
