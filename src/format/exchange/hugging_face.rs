//! Hugging Face's token classification as JSON Lines
//! (<https://huggingface.co/docs/transformers/tasks/token_classification>): `tokens` with a tag for each under
//! `ner_tags`, as strings, or as numbers whose names stand elsewhere. `words`, `ner` and other names occur; RONEC says
//! under `space_after` how tokens join.
//!
//! The text is built from the tokens, one blank between them, unless the record has it, and offsets are its code
//! points. Numbers without names become labels such as `tag_3`. Spans are flat: of those that overlap, the first and
//! longest is written.

use serde_json::{Value as Json, json};

use super::catalogue::{Confidence, Format, Parse, Print};
use super::conll::{Flat, Scheme, Tag, flat, tags};
use super::fields::{self, Fields, integer, named, push_line, put_about, string, take_about};
use super::tokens::{Token, words};
use super::{Context, Count, Foreign, JsonValue, Mark, Output, Page, Reading, Source, kept};
use crate::format::{Issue, Problem};

/// Hugging Face's token classification.
pub const FORMAT: Format = Format {
    name: NAME,
    title: "Hugging Face tokens and tags (JSONL)",
    endings: &["jsonl", "json"],
    companions: &[],
    counts: &[Count::CodePoint],
    recognize,
    parse: Some(Parse::Values(parse)),
    print: Some(Print { ending: "jsonl", page: print, finish: |_, _| {} }),
};

const NAME: &str = "hugging_face";
const FILE: &str = "documents.jsonl";

/// Under which keys tokens and tags stand, the usual first.
const TOKENS: [&str; 3] = ["tokens", "words", "text"];
const TAGS: [&str; 8] =
    ["ner_tags", "ner", "tags", "labels", "ner_labels", "ner_tags_str", "label", "ner_ids"];

/// What a label is called of which only the number is known.
const NUMBERED: &str = "tag_";

fn recognize(sources: &[Source<'_>]) -> Confidence {
    fields::recognize(sources, |value| {
        match value.as_object().map(|record| (record, Columns::find(record))) {
            Some((record, Some(_))) if record.contains_key("ner_tags") => Confidence::Certain,
            Some((_, Some(_))) => Confidence::Likely,
            // A sentence of no tokens.
            Some((record, None))
                if ["tokens", "ner_tags"].iter().all(|key| record.get(*key).is_some_and(Json::is_array)) =>
            {
                Confidence::Likely
            }
            _ => Confidence::No,
        }
    })
}

/// The columns of a record.
struct Columns<'a> {
    tokens_key: &'static str,
    tags_key: &'static str,
    tokens: Vec<&'a str>,
    tags: &'a [Json],
}

impl<'a> Columns<'a> {
    fn find(record: &'a Fields) -> Option<Self> {
        let list = |key: &str| record.get(key).and_then(Json::as_array).map(Vec::as_slice);
        let (tokens_key, tokens) = TOKENS.into_iter().find_map(|key| {
            let tokens: Option<Vec<_>> = list(key)?.iter().map(Json::as_str).collect();
            Some((key, tokens.filter(|tokens| !tokens.is_empty())?))
        })?;
        // Names say more than numbers.
        let columns =
            || TAGS.into_iter().filter(|key| *key != tokens_key).filter_map(|key| Some((key, list(key)?)));
        let holds =
            |is: fn(&Json) -> bool| columns().find(|(_, tags)| !tags.is_empty() && tags.iter().all(is));
        let (tags_key, tags) = holds(Json::is_string).or_else(|| holds(Json::is_u64))?;
        Some(Self { tokens_key, tags_key, tokens, tags })
    }
}

fn parse(record: JsonValue<'_>, reading: &mut Reading) {
    let JsonValue { path, line, value, .. } = record;
    let say = |problem| Issue::new(path, Some(line), None, problem);
    let Json::Object(fields) = value else {
        return reading.issues.push(say(Problem::NotObject { found: "another value" }));
    };
    let Some(columns) = Columns::find(&fields) else {
        return reading.issues.push(say(Problem::NoText));
    };
    if columns.tokens.len() != columns.tags.len() {
        let (found, expected) = (columns.tags.len(), columns.tokens.len());
        reading.issues.push(say(Problem::OtherColumns { found, expected }));
    }
    let is_numbered = columns.tags.iter().any(Json::is_u64);
    if is_numbered
        && !reading.issues.iter().any(|one| one.file == path && one.problem == Problem::NumberedTags)
    {
        reading.issues.push(say(Problem::NumberedTags));
    }
    let text = columns.text(&fields);
    let places = columns.places(&text).unwrap_or_default();
    let mut counter = (0, 0);
    let mut code_points = |byte: usize| {
        let more = text.get(counter.0..byte).unwrap_or_default().chars().count();
        counter = (byte, counter.1 + more);
        i64::try_from(counter.1).unwrap_or(i64::MAX)
    };
    let marks = columns.spans(&places).into_iter().map(|span| Mark {
        label: span.label,
        fragments: vec![(code_points(span.start), code_points(span.end))],
        ..Mark::default()
    });
    let marks = marks.collect();
    let id = named(&fields, "id").unwrap_or_default();
    let mut extra = fields;
    let (title, meta) = take_about(&mut extra);
    reading.documents.push(Foreign {
        path: path.to_owned(),
        line: Some(line),
        id,
        title,
        text,
        meta,
        marks,
        extra,
        ..Foreign::default()
    });
}

impl Columns<'_> {
    /// The text of the record if it has one that holds the tokens, else the tokens joined.
    fn text(&self, record: &Fields) -> String {
        if let Some(text) = string(record, "text").filter(|text| self.places(text).is_some()) {
            return text.to_owned();
        }
        let after = record.get("space_after").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut text = String::new();
        for (token, place) in self.tokens.iter().zip(0..) {
            text.push_str(token);
            let is_joined = after.get(place).is_some_and(|after| *after == Json::Bool(false));
            if place + 1 < self.tokens.len() && !is_joined {
                text.push(' ');
            }
        }
        text
    }

    /// Where each token stands in the text, in bytes; `None` if one is not there.
    fn places(&self, text: &str) -> Option<Vec<(usize, usize)>> {
        let mut at = 0;
        let place = |token: &&str| {
            let start = at + text.get(at..)?.find(*token)?;
            at = start + token.len();
            Some((start, at))
        };
        self.tokens.iter().map(place).collect()
    }

    /// The spans that the tags say, in bytes.
    fn spans(&self, places: &[(usize, usize)]) -> Vec<Flat> {
        let is_bare = self.tags.iter().filter_map(Json::as_str).any(|tag| Tag::parse(tag).is_none());
        let mut spans: Vec<Flat> = Vec::new();
        // Whether the last span may go on.
        let mut is_open = false;
        for (tag, (start, end)) in self.tags.iter().zip(places) {
            let (label, begins, ends) = match (tag, tag.as_str().and_then(Tag::parse)) {
                (_, Some(Tag::Out)) => (String::new(), false, false),
                (_, Some(Tag::In(part, label))) if !is_bare => (label.to_owned(), part.begins(), part.ends()),
                (Json::String(tag), _) => (tag.clone(), false, false),
                (tag, _) => match integer(tag) {
                    Some(0) | None => (String::new(), false, false),
                    Some(number) => (format!("{NUMBERED}{number}"), false, false),
                },
            };
            if label.is_empty() {
                is_open = false;
                continue;
            }
            match spans.last_mut().filter(|span| is_open && !begins && span.label == label) {
                Some(span) => span.end = *end,
                None => spans.push(Flat { start: *start, end: *end, label }),
            }
            is_open = !ends;
        }
        spans
    }
}

fn print(_: &Context<'_>, page: &Page<'_>, output: &mut Output) {
    let mut fields = kept(&page.document.extra, NAME);
    put_about(&mut fields, page);
    let spans = flat(page.body, output);
    let text = page.text.as_str();
    let known = Columns::find(&fields).and_then(|columns| {
        let places = columns.places(text)?;
        let is_same = columns.spans(&places) == spans;
        Some((columns.tokens_key, columns.tags_key, places, is_same))
    });
    let (tokens_key, tags_key, tokens) = match known {
        Some((_, _, _, true)) => return push_line(output, FILE, fields),
        Some((tokens_key, tags_key, places, false)) => {
            let tokens = places.into_iter().map(|(start, end)| Token { start, end, begins_sentence: false });
            (tokens_key, tags_key, tokens.collect())
        }
        None => (
            TOKENS[0],
            TAGS[0],
            words(page.text, &spans.iter().map(|span| span.start..span.end).collect::<Vec<_>>()),
        ),
    };
    // Numbers for tags that have changed would be wrong.
    fields.retain(|key, _| key == tags_key || !TAGS.contains(&key.as_str()));
    let tags = tags(Scheme::Iob2, &tokens, &spans, output);
    let tokens: Vec<_> = tokens.iter().map(|token| text.get(token.start..token.end)).collect();
    fields.insert(tokens_key.to_owned(), json!(tokens));
    fields.insert(tags_key.to_owned(), json!(tags));
    if tokens_key != "text" {
        fields.insert("text".to_owned(), text.into());
    }
    push_line(output, FILE, fields);
}
