//! Documents as columns. What was read from columns gets its own tokens and further columns back; other texts are cut
//! into words (UAX #29), and where a span begins or ends inside a word. Of spans that overlap, the first and longest is
//! written.

use std::borrow::Cow;
use std::cmp::Reverse;

use serde_json::{Map, Value as Json};

use super::super::tokens::{Token, words};
use super::super::{Context, Output, Page, kept};
use super::NAME;
use super::parser::docstart;
use super::tag::Scheme;
use crate::model::Body;
use crate::text::{self, Offset, Text, Unit};

/// Adds a document.
pub(super) fn page(_: &Context<'_>, page: &Page<'_>, output: &mut Output) {
    let extra = kept(&page.document.extra, NAME);
    let string = |key: &str| extra.get(key).and_then(Json::as_str);
    let text = page.text.as_str();
    let spans = flat(page.body, output);
    let mut tokens = match string("scheme") {
        Some(_) => kept_tokens(page.text, &extra),
        None => words(page.text, &spans.iter().map(|span| span.start..span.end).collect::<Vec<_>>()),
    };
    // What begins with this character is read as a byte order mark and what follows.
    while let Some(first) = tokens.first_mut().filter(|first| first.of(text).starts_with('\u{FEFF}')) {
        first.start += '\u{FEFF}'.len_utf8();
        if first.of(text).is_empty() {
            tokens.remove(0);
        }
    }
    let scheme = string("scheme").and_then(Scheme::from_name).unwrap_or(Scheme::Iob2);
    let tags = tags(scheme, &tokens, &spans, output);
    let fields = fields(&extra, tokens.len(), output);
    let place = |key: &str| extra.get(key).and_then(Json::as_u64).and_then(|at| usize::try_from(at).ok());
    let sheet = Sheet {
        separator: string("separator").unwrap_or("\t"),
        token: place("token").unwrap_or(0),
        is_tag_first: string("tag") == Some("first"),
        fields,
        comments: comments(&extra),
    };
    let begin = string("docstart").map(str::to_owned);
    let begin = begin.or_else(|| (0 < page.number).then(|| docstart(sheet.fields.len() + 2)));
    let mut lines = begin.map(|line| line + "\n\n").unwrap_or_default();
    sheet.print(text, &tokens, &tags, &mut lines);
    output.push("documents.conll", lines.as_bytes());
    output.lose("texts with other spacing", "written as tokens", usize::from(!is_spaced(text, &tokens)));
}

/// Whether a text is its tokens with one blank or line break between, which is all that columns say.
fn is_spaced(text: &str, tokens: &[Token]) -> bool {
    let mut end = 0;
    let follows = |(place, token): (usize, &Token)| {
        let before = match place {
            0 => "",
            _ if token.begins_sentence => "\n",
            _ => " ",
        };
        let is_next = text.get(end..token.start) == Some(before);
        end = token.end;
        is_next
    };
    tokens.iter().enumerate().all(follows) && end == text.len()
}

/// A span to write: bytes of the text and a type.
#[derive(PartialEq, Eq)]
pub(in super::super) struct Flat {
    pub(in super::super) start: usize,
    pub(in super::super) end: usize,
    pub(in super::super) label: String,
}

/// The spans that can stand beside each other, in the order of the text.
pub(in super::super) fn flat(body: &Body, output: &mut Output) -> Vec<Flat> {
    let mut spans: Vec<_> = body
        .annotations()
        .flat_map(|annotation| annotation.fragments.iter().map(move |span| (span.range(), &annotation.label)))
        .collect();
    text::order::sort_by_key(&mut spans, |(range, _)| (range.start, Reverse(range.end)));
    let (mut chosen, mut free, mut left, mut odd) = (Vec::new(), 0, 0, 0);
    for (range, label) in spans {
        if free <= range.start {
            free = range.end;
            let word = label.split_whitespace().collect::<Vec<_>>().join("_");
            odd += usize::from(word != label.as_str());
            let label = word;
            chosen.push(Flat { start: range.start, end: range.end, label });
        } else {
            left += 1;
        }
    }
    let count = |what: fn(&crate::model::Annotation) -> usize| body.annotations().map(what).sum();
    output.lose("overlapping spans", "left out", left);
    output.lose("labels of several words", "written with underscores", odd);
    output.lose(
        "spans of several fragments",
        "written as one span for each fragment",
        count(|one| usize::from(1 < one.fragments.count())),
    );
    output.lose("attributes", "left out", count(|one| one.attributes.len()));
    output.lose("notes", "left out", count(|one| usize::from(!one.note.is_empty())));
    output.lose("actors of spans", "left out", count(|one| usize::from(one.actor.is_some())));
    output.lose("links", "left out", body.relation_count());
    chosen
}

/// The tokens that the text was built from.
fn kept_tokens(text: &Text, extra: &Map<String, Json>) -> Vec<Token> {
    let inner =
        extra.get("inner_blanks").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_u64);
    let inner: Vec<usize> =
        inner.filter_map(|at| text.decode(at, Unit::CodePoint)).map(Offset::to_usize).collect();
    let mut tokens = Vec::new();
    let mut start = 0;
    let mut begins_sentence = false;
    let borders = text
        .bytes()
        .enumerate()
        .filter(|(at, byte)| *byte == b'\n' || (*byte == b' ' && inner.binary_search(at).is_err()));
    for (end, byte) in borders.chain([(text.as_str().len(), b'\n')]) {
        if start < end {
            tokens.push(Token { start, end, begins_sentence });
            begins_sentence = false;
        }
        begins_sentence |= byte == b'\n';
        start = end + 1;
    }
    tokens
}

/// The tag of each token.
pub(in super::super) fn tags(
    scheme: Scheme,
    tokens: &[Token],
    spans: &[Flat],
    output: &mut Output,
) -> Vec<Cow<'static, str>> {
    let mut tags = vec![Cow::Borrowed("O"); tokens.len()];
    let (mut free, mut last) = (0, (usize::MAX, ""));
    for span in spans {
        let first =
            free + tokens.get(free..).unwrap_or_default().partition_point(|token| token.end <= span.start);
        let end =
            first + tokens.get(first..).unwrap_or_default().partition_point(|token| token.start < span.end);
        let is_cut =
            free < first || free == 0 || tokens.get(free - 1).is_none_or(|token| token.end <= span.start);
        let (Some(one), Some(other)) = (tokens.get(first), end.checked_sub(1).and_then(|at| tokens.get(at)))
        else {
            output.lose("spans without a whole token", "left out", 1);
            continue;
        };
        if end <= first {
            output.lose("spans without a whole token", "left out", 1);
            continue;
        }
        let is_whole = is_cut && one.start == span.start && other.end == span.end;
        output.lose("spans that cut a token", "widened to whole tokens", usize::from(!is_whole));
        let touches = last == (first, span.label.as_str()) && !one.begins_sentence;
        output.lose(
            "neighbours of one label",
            "joined to one span",
            usize::from(touches && scheme == Scheme::Bare),
        );
        for (at, tag) in tags.iter_mut().take(end).skip(first).enumerate() {
            *tag = scheme.print(&span.label, at, end - first, touches).into();
        }
        (free, last) = (end, (end, span.label.as_str()));
    }
    tags
}

/// The values of each further column, if they still fit the tokens.
fn fields<'e>(extra: &'e Map<String, Json>, tokens: usize, output: &mut Output) -> Vec<Vec<&'e str>> {
    let columns = extra.get("fields").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str);
    let columns: Vec<Vec<_>> = columns.map(|values| values.split('\t').collect()).collect();
    if columns.iter().any(|values| values.len() != tokens) {
        output.lose("further columns", "left out", columns.len());
        return Vec::new();
    }
    columns
}

/// The comments with the number of the sentence that each precedes.
fn comments(extra: &Map<String, Json>) -> Vec<(u64, &str)> {
    let pairs = extra.get("comments").and_then(Json::as_array).into_iter().flatten();
    pairs.filter_map(|pair| Some((pair.get(0)?.as_u64()?, pair.get(1)?.as_str()?))).collect()
}

/// How the lines of a document are laid out.
struct Sheet<'e> {
    separator: &'e str,
    token: usize,
    is_tag_first: bool,
    fields: Vec<Vec<&'e str>>,
    comments: Vec<(u64, &'e str)>,
}

impl Sheet<'_> {
    fn print(&self, text: &str, tokens: &[Token], tags: &[Cow<'static, str>], lines: &mut String) {
        let mut comments = self.comments.iter().peekable();
        let mut sentence = 0;
        let mut columns: Vec<&str> = Vec::new();
        for (at, (token, tag)) in tokens.iter().zip(tags).enumerate() {
            if token.begins_sentence {
                lines.push('\n');
                sentence += 1;
            }
            while let Some((_, comment)) = comments.next_if(|(number, _)| *number <= sentence) {
                lines.push_str(comment);
                lines.push('\n');
            }
            columns.clear();
            columns.extend(self.fields.iter().filter_map(|values| values.get(at)));
            columns.insert(self.token.min(columns.len()), token.of(text));
            columns.insert(if self.is_tag_first { 0 } else { columns.len() }, tag);
            for (place, column) in columns.iter().enumerate() {
                lines.push_str(if place == 0 { "" } else { self.separator });
                lines.push_str(column);
            }
            lines.push('\n');
        }
        lines.push('\n');
        for (_, comment) in comments {
            lines.push_str(comment);
            lines.push('\n');
        }
    }
}
