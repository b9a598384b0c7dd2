//! JSON and JSON Lines as a table: an object a row, its keys the columns. Values that are no strings stand as JSON writes
//! them, so that nothing is lost. Objects that have a `text` are our own dataset's and never come here.

use std::collections::BTreeMap;

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

/// The rows of a file, names first; none if its first value is no object of a table.
pub(super) fn rows(source: &Source<'_>) -> Vec<Row> {
    let mut values = Values::new();
    values.push(source.bytes);
    values.finish();
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    let mut names: Vec<String> = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    while let Some(found) = values.next_value() {
        let object = match found.value {
            Ok(Json::Object(object)) => object,
            Ok(_) => {
                rows.push((found.line, Err(Problem::NotObject { found: "a value" })));
                continue;
            }
            Err(problem) => {
                rows.push((found.line, Err(problem)));
                continue;
            }
        };
        if object.get("text").is_some_and(Json::is_string) && names.is_empty() {
            return Vec::new();
        }
        let mut cells: Vec<String> = vec![String::new(); names.len()];
        for (name, value) in object {
            let at = match columns.get(&name) {
                Some(at) => *at,
                None if names.len() < MOST_COLUMNS => {
                    columns.insert(name.clone(), names.len());
                    names.push(name);
                    cells.push(String::new());
                    names.len() - 1
                }
                None => continue,
            };
            if let Some(cell) = cells.get_mut(at) {
                *cell = match value {
                    Json::String(text) => text,
                    Json::Null => String::new(),
                    other => other.to_string(),
                };
            }
        }
        rows.push((found.line, Ok(StringRecord::from(cells))));
    }
    if names.is_empty() {
        return Vec::new();
    }
    // Rows before the first with all keys are as long as the others.
    for (_, row) in &mut rows {
        if let Ok(row) = row {
            (row.len()..names.len()).for_each(|_| row.push_field(""));
        }
    }
    rows.insert(0, (0, Ok(StringRecord::from(names))));
    rows
}
