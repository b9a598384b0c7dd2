//! Rows as the database holds them, and how they are looked for.

use std::future::Future;

use idb::{KeyRange, Query, Transaction};
use js_sys::{Array, Object};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::fault::error_of;
use crate::store::migrate::Index;
use crate::store::{Error, Row, Table};

#[wasm_bindgen]
extern "C" {
    /// A row as the database holds it: a plain object.
    type StoredRow;

    #[wasm_bindgen(method, getter)]
    fn key(this: &StoredRow) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn project(this: &StoredRow) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn document(this: &StoredRow) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn number(this: &StoredRow) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn json(this: &StoredRow) -> JsValue;

    #[wasm_bindgen(method, setter)]
    fn set_key(this: &StoredRow, key: &str);
    #[wasm_bindgen(method, setter)]
    fn set_project(this: &StoredRow, project: &str);
    #[wasm_bindgen(method, setter)]
    fn set_document(this: &StoredRow, document: &str);
    #[wasm_bindgen(method, setter)]
    fn set_number(this: &StoredRow, number: f64);
    #[wasm_bindgen(method, setter)]
    fn set_json(this: &StoredRow, json: &str);
}

pub(super) fn row_to(row: &Row) -> JsValue {
    debug_assert!(!row.number.is_nan(), "a number that is none would keep the row out of its index");
    let stored: StoredRow = Object::new().unchecked_into();
    stored.set_key(&row.key);
    stored.set_project(&row.project);
    stored.set_document(&row.document);
    stored.set_number(row.number);
    stored.set_json(&row.json);
    stored.into()
}

pub(super) fn row_from(table: Table, value: &JsValue) -> Result<Row, Error> {
    if !value.is_object() {
        return Err(Error::Corrupt { table, key: String::new() });
    }
    let stored = value.unchecked_ref::<StoredRow>();
    let key = stored.key().as_string();
    let fields = (
        stored.project().as_string(),
        stored.document().as_string(),
        stored.number().as_f64(),
        stored.json().as_string(),
    );
    match (key, fields) {
        (Some(key), (Some(project), Some(document), Some(number), Some(json))) => {
            Ok(Row { table, key, project, document, number, json })
        }
        (key, _) => Err(Error::Corrupt { table, key: key.unwrap_or_default() }),
    }
}

/// What a request for a row comes to; nothing was asked for where there is none.
pub(super) async fn row_of(
    table: Table,
    request: Option<impl Future<Output = Result<Option<JsValue>, idb::Error>>>,
) -> Result<Option<Row>, Error> {
    let Some(request) = request else { return Ok(None) };
    request.await.map_err(error_of)?.map(|value| row_from(table, &value)).transpose()
}

/// As [`row_of`], of several rows.
pub(super) async fn rows_of(
    table: Table,
    request: Option<impl Future<Output = Result<Vec<JsValue>, idb::Error>>>,
) -> Result<Vec<Row>, Error> {
    let Some(request) = request else { return Ok(Vec::new()) };
    request.await.map_err(error_of)?.iter().map(|value| row_from(table, value)).collect()
}

/// A list of documents, and the quires that it names.
pub(super) async fn listed(transaction: &Transaction, list: &str) -> Result<Vec<Row>, Error> {
    let mut rows = rows_in(transaction, Table::Documents, None, only(list)?).await?;
    rows.extend(rows_in(transaction, Table::Quires, None, Some(below(list)?)).await?);
    Ok(rows)
}

/// The keys that begin with this one and a slash.
pub(super) fn below(key: &str) -> Result<KeyRange, Error> {
    let bound = |end: char| JsValue::from_str(&format!("{key}{end}"));
    KeyRange::bound(&bound('/'), &bound('0'), Some(false), Some(true)).map_err(error_of)
}

/// The rows of a table, or of one of its indices, within a range of keys; all of them without one.
pub(super) async fn rows_in(
    transaction: &Transaction,
    table: Table,
    index: Option<Index>,
    range: Option<KeyRange>,
) -> Result<Vec<Row>, Error> {
    let store = transaction.object_store(table.name()).map_err(error_of)?;
    let range = range.map(Query::from);
    let request = match index {
        Some(index) => store.index(index.name()).and_then(|index| index.get_all(range, None)),
        None => store.get_all(range, None),
    };
    let values = request.map_err(error_of)?.await.map_err(error_of)?;
    values.iter().map(|value| row_from(table, value)).collect()
}

/// The one key.
pub(super) fn only(key: &str) -> Result<Option<KeyRange>, Error> {
    KeyRange::only(&JsValue::from_str(key)).map(Some).map_err(error_of)
}

/// The keys `[project, number]` from `lowest` on, up to but without `below`.
pub(super) fn project_range(project: &str, lowest: f64, below: Option<f64>) -> Result<KeyRange, Error> {
    let key = |number: JsValue| JsValue::from(Array::of(&[JsValue::from_str(project), number]));
    // An array sorts after every number, so it bounds all numbers from above.
    let upper = below.map_or_else(|| JsValue::from(Array::new()), JsValue::from_f64);
    let lower = JsValue::from_f64(lowest);
    if below.is_some_and(|below| below <= lowest) {
        // The database refuses a range whose ends cross; this one is empty just as well.
        return KeyRange::only(&key(Array::new().into())).map_err(error_of);
    }
    KeyRange::bound(&key(lower), &key(upper), Some(false), Some(true)).map_err(error_of)
}
