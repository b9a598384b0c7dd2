//! A region of a result: its labels, its answers and its note, and the same the other way round.

use serde_json::{Value as Json, json};

use super::super::fields::{Fields, integer, named, string};
use crate::model::Value;

/// Kinds of results that mark a stretch of text. Each keeps its labels under its own name.
const LABELS: [&str; 4] = ["labels", "hypertextlabels", "paragraphlabels", "htmllabels"];

/// The labels of a region of text; `None` if the item is none.
pub(super) fn labels(item: &Fields, value: &Fields) -> Option<Vec<String>> {
    let stated = string(item, "type").unwrap_or_default();
    let key = LABELS.into_iter().find(|key| value.get(*key).is_some_and(Json::is_array))?;
    if !(stated.is_empty() || LABELS.contains(&stated)) || !value.contains_key("start") {
        return None;
    }
    let list = value.get(key).and_then(Json::as_array).into_iter().flatten();
    Some(list.filter_map(Json::as_str).map(str::to_owned).collect())
}

/// The key under which a region of that kind has its labels.
pub(super) fn labels_key(item: &Fields) -> &'static str {
    let stated = string(item, "type").unwrap_or_default();
    LABELS.into_iter().find(|key| *key == stated).unwrap_or("labels")
}

/// The answer that an item gives; `None` if it is none that an attribute can hold.
pub(super) fn answer(item: &Fields) -> Option<Value> {
    let value = item.get("value")?.as_object()?;
    let kind = string(item, "type")?;
    let field = if kind == "textarea" { "text" } else { kind };
    read(kind, value.get(field)?)
}

/// The answer under the field of a kind of results.
fn read(kind: &str, stated: &Json) -> Option<Value> {
    let strings = |list: &Json| -> Option<Vec<String>> {
        match list {
            Json::String(one) => Some(vec![one.clone()]),
            Json::Array(list) => list.iter().map(|one| one.as_str().map(str::to_owned)).collect(),
            _ => None,
        }
    };
    match kind {
        "choices" => strings(stated).map(one_or_several),
        "textarea" => strings(stated).map(|lines| Value::Text(lines.join("\n"))),
        "taxonomy" => {
            let paths = stated.as_array()?.iter().map(|path| Some(strings(path)?.join("/")));
            Some(one_or_several(paths.collect::<Option<_>>()?))
        }
        "number" | "rating" => stated.as_f64().map(Value::Number),
        _ => None,
    }
}

/// Whether an answer of that kind is read as what it was made of. Yes and no are what a flag is there.
pub(super) fn is_same(kind: &str, given: &Json, value: &Value) -> bool {
    matches!(value, Value::Flag(_)) && kind == "choices" || read(kind, given).as_ref() == Some(value)
}

fn one_or_several(mut all: Vec<String>) -> Value {
    match all.len() {
        1 => Value::Text(all.swap_remove(0)),
        _ => Value::Several(all),
    }
}

/// The kind of result and its value that give an answer, of the stated kind if that can hold it.
pub(super) fn give(answer: &Value, stated: Option<&str>) -> (&'static str, &'static str, Json) {
    let words = match answer {
        Value::Text(text) if stated == Some("textarea") => text.split('\n').map(str::to_owned).collect(),
        Value::Text(text) => vec![text.clone()],
        Value::Several(all) => all.clone(),
        Value::Flag(flag) => vec![if *flag { "yes" } else { "no" }.to_owned()],
        Value::Number(number) => vec![number.to_string()],
    };
    match (answer, stated) {
        (Value::Text(_) | Value::Several(_), Some("taxonomy")) => {
            ("taxonomy", "taxonomy", words.iter().map(|one| path(one)).collect())
        }
        (_, Some("textarea")) => ("textarea", "text", json!(words)),
        (Value::Number(number), Some("rating")) => ("rating", "rating", whole_or_not(*number)),
        (Value::Number(number), None | Some("number")) => ("number", "number", whole_or_not(*number)),
        _ => ("choices", "choices", json!(words)),
    }
}

fn path(text: &str) -> Json {
    text.split('/').collect()
}

fn whole_or_not(number: f64) -> Json {
    let number = json!(number);
    integer(&number).map_or(number, Json::from)
}

/// The note of a region, taken out of it.
pub(super) fn take_note(item: &mut Fields) -> String {
    let Some(meta) = item.get_mut("meta").and_then(Json::as_object_mut) else { return String::new() };
    let note = match meta.remove("text") {
        Some(Json::Array(lines)) => lines.iter().filter_map(Json::as_str).collect::<Vec<_>>().join("\n"),
        Some(Json::String(note)) => note,
        _ => return String::new(),
    };
    if meta.is_empty() {
        item.remove("meta");
    }
    note
}

/// An id that tells the regions apart that one id was given to, the first of which keeps it.
pub(super) fn numbered(id: &str, before: usize) -> String {
    match before {
        0 => id.to_owned(),
        1 => format!("{id}'"),
        more => format!("{id}'{more}"),
    }
}

/// The id of a region; several items with one id speak of one region.
pub(super) fn id(item: &Fields) -> String {
    named(item, "id").unwrap_or_default()
}
