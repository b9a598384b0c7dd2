//! JSON and JSON Lines as a table: an object a row, its keys the columns. Values that are no strings stand as JSON writes
//! them, so that nothing is lost. Objects that have a `text` are our own dataset's and never come here.

use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;
use serde_json::Value as Json;

use super::super::{Source, Values};
use super::sheet::Row;
use crate::format::Problem;

/// The most columns a table can have.
const MOST_COLUMNS: usize = 500;

/// Whether a file's name says that it is JSON.
pub(super) fn is_json(source: &Source<'_>) -> bool {
    matches!(&*source.ending(), "json" | "jsonl" | "ndjson")
}

/// The names of a file's columns, in the order in which they come up; none if its first value is no object of a table.
pub(super) fn names(bytes: &[u8]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut values = values(bytes);
    while let Some(found) = values.next_value() {
        let Ok(Json::Object(object)) = found.value else { continue };
        if object.get("text").is_some_and(Json::is_string) && names.is_empty() {
            return Vec::new();
        }
        for (name, _) in object {
            if names.len() < MOST_COLUMNS && known.insert(name.clone()) {
                names.push(name);
            }
        }
    }
    names
}

/// The rows of a file with those columns, names first; memory holds one.
pub(super) fn rows<'s>(bytes: &[u8], names: &'s [String]) -> impl Iterator<Item = Row> + use<'s> {
    let places: BTreeMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
    let mut values = values(bytes);
    let header = (!names.is_empty()).then(|| (0, Ok(StringRecord::from(names))));
    let row = move || {
        let found = values.next_value()?;
        let object = match found.value {
            Ok(Json::Object(object)) => object,
            Ok(_) => return Some((found.line, Err(Problem::NotObject { found: "a value" }))),
            Err(problem) => return Some((found.line, Err(problem))),
        };
        let mut cells: Vec<String> = vec![String::new(); names.len()];
        for (name, value) in object {
            if let Some(cell) = places.get(name.as_str()).and_then(|at| cells.get_mut(*at)) {
                *cell = match value {
                    Json::String(text) => text,
                    Json::Null => String::new(),
                    other => other.to_string(),
                };
            }
        }
        Some((found.line, Ok(StringRecord::from(cells))))
    };
    let has_rows = header.is_some();
    header.into_iter().chain(std::iter::from_fn(row).take_while(move |_| has_rows))
}

fn values(bytes: &[u8]) -> Values {
    let mut values = Values::new();
    values.push(bytes);
    values.finish();
    values
}
