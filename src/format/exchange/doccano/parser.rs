//! A record of doccano as a document. Which column is the text and which the spans is told by what they hold, because
//! people choose the names when they import.

use serde_json::Value as Json;

use super::super::fields::{Fields, integer, name, named, range, string, take_about};
use super::super::{End, Foreign, ForeignLabel, JsonValue, Link, Mark, Reading};
use super::{COLUMNS, is_label_type};
use crate::format::{Issue, Problem};

/// Where spans stand, the usual first.
pub(super) const SPANS: [&str; 5] = ["entities", "label", "labels", "column_label", "annotations"];

/// Where the text stands, the usual first.
const TEXTS: [&str; 6] = ["text", "data", "column_data", "sentence", "content", "document"];

/// Where the labels of a whole document stand.
const LABELS: [&str; 4] = ["cats", "label", "labels", "column_label"];

/// Adds the document or label that a record says.
pub(super) fn parse(record: JsonValue<'_>, reading: &mut Reading) {
    let JsonValue { path, line, value, .. } = record;
    let say = |name: Option<String>, problem| Issue::new(path, Some(line), name, problem);
    let mut fields = match value {
        Json::Object(fields) => fields,
        other => return reading.issues.push(say(None, Problem::NotObject { found: kind(&other) })),
    };
    if is_label_type(&fields) {
        reading.scheme.labels.push(label_type(&fields));
        return;
    }
    let mut columns = Fields::new();
    let mut document = Foreign { path: path.to_owned(), line: Some(line), ..Foreign::default() };
    if let Some(column) = SPANS.into_iter().find(|key| fields.get(*key).is_some_and(are_spans)) {
        let list = match fields.remove(column) {
            Some(Json::Array(list)) => list,
            _ => Vec::new(),
        };
        let shape = if list.iter().any(Json::is_array) { "lists" } else { "objects" };
        columns.insert("spans".into(), column.into());
        columns.insert("shape".into(), shape.into());
        document.marks.reserve(list.len());
        for (span, number) in list.into_iter().zip(1..) {
            match mark(span) {
                Some(mark) => document.marks.push(mark),
                None => reading
                    .issues
                    .push(say(Some(format!("span #{number}")), unreadable("start, end and label"))),
            }
        }
    }
    relations(&mut fields, &mut document, |name, problem| reading.issues.push(say(Some(name), problem)));
    match text_column(&fields) {
        Some(column) => {
            if let Some(Json::String(text)) = fields.remove(&column) {
                document.text = text;
            }
            columns.insert("text".into(), column.into());
        }
        None => {
            let problem = if fields.is_empty() && document.marks.is_empty() {
                Problem::NoText
            } else {
                Problem::WithoutText {
                    expected: "text".to_owned(),
                    spans: document.marks.len(),
                    relations: document.links.len(),
                    attributes: document_labels(&fields),
                    notes: 0,
                }
            };
            reading.issues.push(say(None, problem));
            return;
        }
    }
    document.id = named(&fields, "id").unwrap_or_default();
    (document.title, document.meta) = take_about(&mut fields);
    fields.insert(COLUMNS.to_owned(), Json::Object(columns));
    document.extra = fields;
    reading.documents.push(document);
}

/// Whether a value may be a span.
pub(super) fn is_span(value: &Json) -> bool {
    match value {
        Json::Array(triple) => triple.len() == 3 && triple.iter().take(2).all(|end| integer(end).is_some()),
        Json::Object(fields) => range(fields, "start_offset", "end_offset").is_some(),
        _ => false,
    }
}

/// Whether a value is a list that holds spans, if only some of them are sound.
fn are_spans(value: &Json) -> bool {
    value.as_array().is_some_and(|list| list.iter().any(|one| one.is_array() || is_span(one)))
}

fn mark(span: Json) -> Option<Mark> {
    match span {
        Json::Array(triple) => match triple.as_slice() {
            [start, end, label] => Some(Mark {
                label: name(label)?,
                fragments: vec![(integer(start)?, integer(end)?)],
                ..Mark::default()
            }),
            _ => None,
        },
        Json::Object(mut extra) => {
            let id = named(&extra, "id").unwrap_or_default();
            let label = named(&extra, "label")?;
            let fragments = vec![range(&extra, "start_offset", "end_offset")?];
            for key in ["start_offset", "end_offset", "label"] {
                extra.remove(key);
            }
            Some(Mark { id, label, fragments, extra: extra.into(), ..Mark::default() })
        }
        _ => None,
    }
}

fn relations(fields: &mut Fields, document: &mut Foreign, mut say: impl FnMut(String, Problem)) {
    let is_list = fields.get("relations").is_some_and(Json::is_array);
    let Some(Json::Array(list)) = is_list.then(|| fields.remove("relations")).flatten() else { return };
    for (relation, number) in list.iter().zip(1..) {
        match relation.as_object().and_then(link) {
            Some(link) => document.links.push(link),
            None => say(format!("relation #{number}"), unreadable("from_id, to_id and type")),
        }
    }
}

fn link(fields: &Fields) -> Option<Link> {
    let mut extra = fields.clone();
    for key in ["from_id", "to_id", "type"] {
        extra.remove(key);
    }
    Some(Link {
        id: named(fields, "id").unwrap_or_default(),
        kind: named(fields, "type")?,
        from: named(fields, "from_id")?,
        to: End::Mark(named(fields, "to_id")?),
        attributes: Vec::new(),
        note: String::new(),
        line: None,
        extra: extra.into(),
    })
}

/// The key of the text: a usual one, or that of the longest string beside the labels.
fn text_column(fields: &Fields) -> Option<String> {
    let is_string = |key: &str| fields.get(key).is_some_and(Json::is_string);
    if let Some(usual) = TEXTS.into_iter().find(|key| is_string(key)) {
        return Some(usual.to_owned());
    }
    let strings = fields.iter().filter(|(key, _)| !LABELS.contains(&key.as_str()) && *key != "id");
    let strings = strings.filter_map(|(key, value)| Some((value.as_str()?.len(), key)));
    strings.max().map(|(_, key)| key.clone())
}

/// How many labels are given to the whole document.
fn document_labels(fields: &Fields) -> usize {
    let count = |value: &Json| match value {
        Json::Array(list) => list.len(),
        Json::String(_) => 1,
        _ => 0,
    };
    LABELS.into_iter().filter_map(|key| fields.get(key)).map(count).sum()
}

fn label_type(fields: &Fields) -> ForeignLabel {
    ForeignLabel {
        name: string(fields, "text").unwrap_or_default().to_owned(),
        colour: string(fields, "background_color").unwrap_or_default().to_lowercase(),
        letter: string(fields, "suffix_key").and_then(|key| key.chars().next()),
        description: String::new(),
    }
}

fn unreadable(expected: &str) -> Problem {
    Problem::UnreadableRecord { reason: format!("it has no {expected}") }
}

/// What a value is instead of an object.
const fn kind(value: &Json) -> &'static str {
    match value {
        Json::Null => "null",
        Json::Bool(_) => "true or false",
        Json::Number(_) => "a number",
        Json::String(_) => "a string",
        Json::Array(_) => "a list",
        Json::Object(_) => "an object",
    }
}
