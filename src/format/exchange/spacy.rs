//! spaCy's training data as JSON (<https://spacy.io/api/data-formats#dict-input>): a list of `["text", {"entities":
//! [[start, end, "label"]]}]`, and its kin: `{"text": …, "entities": […]}` a record, spans by group under `spans`,
//! displaCy's `ents`, and files of `{"classes": […], "annotations": […]}`. Offsets are code points, as Python counts.
//!
//! spaCy takes no entities that overlap: of such spans the first and longest stays an entity, and the others stand in
//! the span group `sc`.

use std::cmp::Reverse;

use serde_json::{Value as Json, json};

use super::catalogue::{Confidence, Format, Parse, Print};
use super::fields::{
    self, Fields, Room, integer, lose, name, named, put_about, range, take_about, take_string,
};
use super::{Context, Count, Foreign, ForeignLabel, JsonValue, Mark, Output, Page, Reading, Source, kept};
use crate::format::{Issue, Problem};
use crate::text::{self, Unit};

/// spaCy's training data.
pub const FORMAT: Format = Format {
    name: NAME,
    title: "spaCy training data (JSON)",
    endings: &["json", "jsonl"],
    companions: &[],
    counts: &[Count::CodePoint, Count::Utf16],
    recognize,
    parse: Some(Parse::Values(parse)),
    print: Some(Print { ending: "json", page: print, finish: |_, output| output.end_items(FILE) }),
};

const NAME: &str = "spacy";
const FILE: &str = "documents.json";

/// The span group that a mark stands in; entities have none.
const GROUP: &str = "group";

/// The group of spans that are no entities, spaCy's own default.
const SPANS: &str = "sc";

/// Where entities stand.
const ENTITIES: [&str; 2] = ["entities", "ents"];

fn recognize(sources: &[Source<'_>]) -> Confidence {
    fields::recognize(sources, |value| match value {
        Json::Array(pair) => match pair.as_slice() {
            [Json::String(_), Json::Object(facts)] if has_spans(facts) => Confidence::Certain,
            [Json::String(_), Json::Object(facts)] if facts.contains_key("cats") => Confidence::Certain,
            [Json::String(_), Json::Object(_)] => Confidence::Possible,
            _ => Confidence::No,
        },
        Json::Object(record) if record.contains_key("classes") && record.contains_key("annotations") => {
            Confidence::Certain
        }
        Json::Object(record) if record.contains_key("text") && record.contains_key("ents") => {
            Confidence::Certain
        }
        Json::Object(record) if record.contains_key("text") && has_spans(record) => Confidence::Possible,
        _ => Confidence::No,
    })
}

fn has_spans(facts: &Fields) -> bool {
    let list = ENTITIES.iter().any(|key| facts.get(*key).is_some_and(Json::is_array));
    list || facts.get("spans").is_some_and(Json::is_object)
}

fn parse(record: JsonValue<'_>, reading: &mut Reading) {
    let JsonValue { path, line, value, .. } = record;
    match value {
        Json::Object(mut file) if file.get("annotations").is_some_and(Json::is_array) => {
            let classes = file.get("classes").and_then(Json::as_array).into_iter().flatten();
            reading.scheme.labels.extend(
                classes.filter_map(name).map(|name| ForeignLabel { name, ..ForeignLabel::default() }),
            );
            let Some(Json::Array(pairs)) = file.remove("annotations") else { return };
            for pair in pairs.into_iter().filter(|pair| !pair.is_null()) {
                parse_one((path, line), pair, reading);
            }
        }
        one => parse_one((path, line), one, reading),
    }
}

fn parse_one((path, line): (&str, u64), value: Json, reading: &mut Reading) {
    let mut say = |name: Option<String>, problem| {
        reading.issues.push(Issue::new(path, Some(line), name, problem));
    };
    let (text, mut facts) = match value {
        Json::Array(pair) => {
            let mut parts = pair.into_iter();
            match (parts.next(), parts.next()) {
                (Some(Json::String(text)), Some(Json::Object(facts))) => (Some(text), facts),
                (Some(Json::String(text)), None) => (Some(text), Fields::new()),
                _ => return say(None, Problem::NoText),
            }
        }
        Json::Object(mut facts) => (take_string(&mut facts, "text"), facts),
        _ => return say(None, Problem::NotObject { found: "another value" }),
    };
    let mut marks = Vec::new();
    let mut number = 0;
    let mut add = |list: Vec<Json>, group: Option<&str>| {
        for span in list {
            number += 1;
            match mark(span, group) {
                Some(mark) => marks.push(mark),
                None => {
                    let reason = "it has no start, end and label".to_owned();
                    say(Some(format!("span #{number}")), Problem::UnreadableRecord { reason });
                }
            }
        }
    };
    for key in ENTITIES {
        // Tags of tokens stand under the same key, as strings.
        let is_list =
            facts.get(key).and_then(Json::as_array).is_some_and(|list| !list.iter().any(Json::is_string));
        if let Some(Json::Array(list)) = is_list.then(|| facts.remove(key)).flatten() {
            add(list, None);
        }
    }
    if let Some(Json::Object(groups)) =
        facts.get("spans").is_some_and(Json::is_object).then(|| facts.remove("spans")).flatten()
    {
        for (group, list) in groups {
            if let Json::Array(list) = list {
                add(list, Some(&group));
            }
        }
    }
    let Some(text) = text else {
        let expected = "text".to_owned();
        let spans = marks.len();
        return say(None, Problem::WithoutText { expected, spans, relations: 0, attributes: 0, notes: 0 });
    };
    let (title, meta) = take_about(&mut facts);
    reading.documents.push(Foreign {
        path: path.to_owned(),
        line: Some(line),
        id: named(&facts, "id").unwrap_or_default(),
        title,
        text,
        meta,
        marks,
        extra: facts,
        ..Foreign::default()
    });
}

fn mark(span: Json, group: Option<&str>) -> Option<Mark> {
    let mut mark = match span {
        Json::Array(list) => match list.as_slice() {
            [start, end, label, ..] => Mark {
                label: name(label)?,
                fragments: vec![(integer(start)?, integer(end)?)],
                ..Mark::default()
            },
            _ => return None,
        },
        Json::Object(mut extra) => {
            let fragments = vec![range(&extra, "start", "end")?];
            let label = named(&extra, "label")?;
            for key in ["start", "end", "label"] {
                extra.remove(key);
            }
            let quote = take_string(&mut extra, "text");
            Mark { label, fragments, quote, extra: extra.into(), ..Mark::default() }
        }
        _ => return None,
    };
    if let Some(group) = group {
        mark.extra.insert(GROUP, group);
    }
    Some(mark)
}

fn print(_: &Context<'_>, page: &Page<'_>, output: &mut Output) {
    let mut facts = kept(&page.document.extra, NAME);
    lose(page, Room::default(), output);
    let mut spans: Vec<_> = page
        .body
        .annotations()
        .flat_map(|annotation| annotation.fragments.iter().map(move |span| (span, annotation)))
        .collect();
    text::order::sort_by_key(&mut spans, |(span, _)| (span.range().start, Reverse(span.range().end)));
    let (mut entities, mut groups, mut free) = (Vec::new(), Fields::new(), 0);
    for (span, annotation) in spans {
        let (start, end) = page.text.encode_span(span, Unit::CodePoint);
        let triple = json!([start, end, &*annotation.label]);
        let extra = kept(&annotation.extra, NAME);
        let group = match fields::string(&extra, GROUP) {
            None if free <= span.range().start => {
                free = span.range().end;
                entities.push(triple);
                continue;
            }
            None => {
                output.lose("overlapping spans", "written as the span group sc", 1);
                SPANS
            }
            Some(group) => group,
        };
        if let Json::Array(list) = groups.entry(group).or_insert_with(|| json!([])) {
            list.push(triple);
        }
    }
    facts.insert("entities".to_owned(), Json::Array(entities));
    if !groups.is_empty() {
        facts.insert("spans".to_owned(), Json::Object(groups));
    }
    put_about(&mut facts, page);
    output.push_item(FILE, &json!([page.text.as_str(), facts]).to_string());
}
