//! Fields of JSON records, for the formats that are made of such: numbers and ids however they are written, attribute
//! values, and what is known of an article under the names that datasets use.

use serde::de::DeserializeSeed;
use serde_json::{Map, Number, Value as Json};

use super::bounded::Bounded;
use super::{Confidence, Output, Page, Source, Values};
use crate::model::{Annotation, Attributes, Meta, Target, Value};
use crate::text;

/// A JSON object.
pub(super) type Fields = Map<String, Json>;

/// How many values of a file are looked at to find out what it is.
const LOOK: usize = 50;

/// The surest that the first values of any file are, as one value is judged. A value that is cut is judged by its
/// beginning.
pub(super) fn recognize(sources: &[Source<'_>], judge: fn(&Json) -> Confidence) -> Confidence {
    let of = |source: &Source<'_>| {
        let mut values = Values::new();
        values.push(source.bytes);
        values.finish();
        let sound = std::iter::from_fn(|| values.next_value()).take(LOOK).filter_map(|one| one.value.ok());
        sound.map(|value| judge(&value)).max().or_else(|| closed(source.bytes).map(|value| judge(&value)))
    };
    sources.iter().filter_map(of).max().unwrap_or(Confidence::No)
}

/// A value whose end is cut off, closed where it is cut.
fn closed(bytes: &[u8]) -> Option<Json> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?,
    };
    let (mut open, mut in_string, mut escaped) = (Vec::new(), false, false);
    for character in text.chars() {
        match character {
            _ if escaped => escaped = false,
            '\\' if in_string => escaped = true,
            '"' => in_string = !in_string,
            _ if in_string => {}
            '{' => open.push('}'),
            '[' => open.push(']'),
            '}' | ']' => drop(open.pop()),
            _ => {}
        }
    }
    let quote = if in_string { "\"" } else { "" };
    let ends: String = open.into_iter().rev().collect();
    let text = format!("{}{quote}{ends}", text.trim_start_matches('\u{FEFF}'));
    match Bounded::new(text.len()).deserialize(&mut serde_json::Deserializer::from_str(&text)).ok()? {
        Json::Array(list) => list.into_iter().next(),
        value => Some(value),
    }
}

/// The string under a key.
pub(super) fn string<'a>(fields: &'a Fields, key: &str) -> Option<&'a str> {
    fields.get(key).and_then(Json::as_str)
}

/// A whole number, also where it is written as a string or with a fraction of nought.
pub(super) fn integer(value: &Json) -> Option<i64> {
    match value {
        Json::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Json::String(digits) => digits.trim().parse().ok(),
        _ => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the number has no fraction and is small enough")]
fn whole(number: f64) -> Option<i64> {
    // Beyond 2^53 not every whole number is one that a float can be, and none is a negative nought.
    let is_whole = number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0;
    (is_whole && !(number == 0.0 && number.is_sign_negative())).then_some(number as i64)
}

/// A start and an end, under these keys.
pub(super) fn range(fields: &Fields, start: &str, end: &str) -> Option<(i64, i64)> {
    Some((integer(fields.get(start)?)?, integer(fields.get(end)?)?))
}

/// An id or a name, also where it is a number.
pub(super) fn name(value: &Json) -> Option<String> {
    match value {
        Json::String(name) => Some(name.clone()),
        Json::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The id or name under a key.
pub(super) fn named(fields: &Fields, key: &str) -> Option<String> {
    fields.get(key).and_then(name)
}

/// What an attribute can hold; `None` for objects, `null` and lists of other things than strings.
pub(super) fn attribute(value: &Json) -> Option<Value> {
    match value {
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Bool(flag) => Some(Value::Flag(*flag)),
        Json::Number(number) => number.as_f64().map(Value::Number),
        Json::Array(list) => {
            let all: Option<Vec<_>> = list.iter().map(|one| one.as_str().map(str::to_owned)).collect();
            all.map(Value::Several)
        }
        _ => None,
    }
}

/// An attribute's value as JSON.
pub(super) fn json(value: &Value) -> Json {
    match value {
        Value::Text(text) => Json::from(text.as_str()),
        Value::Several(all) => all.iter().map(String::as_str).collect(),
        Value::Flag(flag) => Json::Bool(*flag),
        Value::Number(number) => match whole(*number) {
            Some(whole) => Json::from(whole),
            None => Number::from_f64(*number).map_or(Json::Null, Json::Number),
        },
    }
}

/// The key under which datasets have the title.
const TITLE: &str = "title";

/// What is known of an article, with the keys under which datasets have it.
fn about(meta: &mut Meta) -> [(&'static str, &mut String); 5] {
    [
        ("source", &mut meta.source),
        ("author", &mut meta.author),
        ("published", &mut meta.published),
        ("url", &mut meta.url),
        ("language", &mut meta.language),
    ]
}

/// Takes title, source, author, date, address and language out of the fields.
pub(super) fn take_about(fields: &mut Fields) -> (String, Meta) {
    let mut take = |key: &str| take_string(fields, key).unwrap_or_default();
    let title = take(TITLE);
    let mut meta = Meta::default();
    for (key, field) in about(&mut meta) {
        *field = take(key);
    }
    (title, meta)
}

/// Puts them there: what is not known, and a title that is the text's own, has no field.
pub(super) fn put_about(fields: &mut Fields, page: &Page<'_>) {
    let mut put = |key: &str, value: &str| {
        if !value.is_empty() {
            fields.insert(key.to_owned(), value.into());
        }
    };
    if page.document.title != text::title(page.text) {
        put(TITLE, &page.document.title);
    }
    let mut meta = page.document.meta.clone();
    for (key, field) in about(&mut meta) {
        put(key, field);
    }
}

/// Takes attributes by name, as our own printers write them; other things under that key stay.
pub(super) fn take_attributes(fields: &mut Fields) -> Vec<(String, Value)> {
    let Some(Json::Object(stated)) = fields.get("attributes") else { return Vec::new() };
    let all: Option<Vec<_>> =
        stated.iter().map(|(name, value)| Some((name.clone(), attribute(value)?))).collect();
    if all.is_some() {
        fields.remove("attributes");
    }
    all.unwrap_or_default()
}

/// Takes a string; other things under that key stay.
pub(super) fn take_string(fields: &mut Fields, key: &str) -> Option<String> {
    let is_string = fields.get(key).is_some_and(Json::is_string);
    match is_string.then(|| fields.remove(key)).flatten() {
        Some(Json::String(found)) => Some(found),
        _ => None,
    }
}

/// Puts attributes and a note where there are such.
pub(super) fn put_details(fields: &mut Fields, attributes: &Attributes, note: &str) {
    if !attributes.is_empty() {
        let all = attributes.iter().map(|(key, value)| (key.to_string(), json(value)));
        fields.insert("attributes".to_owned(), Json::Object(all.collect()));
    }
    if !note.is_empty() {
        fields.insert("note".to_owned(), note.into());
    }
}

/// What of annotations and relations a format has a place for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Room {
    pub(super) fragments: bool,
    pub(super) attributes: bool,
    pub(super) notes: bool,
    pub(super) links: bool,
    pub(super) link_attributes: bool,
}

/// Counts what has no place. A span stands for its actor by name where there are attributes.
pub(super) fn lose(page: &Page<'_>, room: Room, output: &mut Output) {
    let count = |what: fn(&Annotation) -> usize| page.body.annotations().map(what).sum();
    if !room.fragments {
        let parted = count(|one| usize::from(1 < one.fragments.count()));
        output.lose("spans of several fragments", "written as one span for each fragment", parted);
    }
    if !room.attributes {
        output.lose("attributes", "left out", count(|one| one.attributes.len()));
        output.lose("actors of spans", "left out", count(|one| usize::from(one.actor.is_some())));
    }
    if !room.notes {
        output.lose("notes", "left out", count(|one| usize::from(!one.note.is_empty())));
        let notes = page.body.relations().filter(|one| !one.note.is_empty()).count();
        output.lose("notes of links", "left out", notes);
    }
    if !room.links {
        output.lose("links", "left out", page.body.relation_count());
        return;
    }
    let far = page.body.relations().filter(|one| matches!(one.to, Target::Actor(_))).count();
    output.lose("links to actors that no span names", "left out", far);
    if !room.link_attributes {
        let attributes = page.body.relations().map(|one| one.attributes.len()).sum();
        output.lose("attributes of links", "left out", attributes);
    }
}

/// Adds a record as a line of its own.
pub(super) fn push_line(output: &mut Output, path: &str, fields: Fields) {
    output.push(path, (Json::Object(fields).to_string() + "\n").as_bytes());
}
