//! Keeps what a format says beyond the model under the format's name, and gives it back to the same format.

use serde_json::{Map, Value as Json};

use crate::model::Extra;

/// What the format of that name left; empty if nothing.
#[must_use]
pub fn kept(extra: &Extra, format: &str) -> Map<String, Json> {
    if extra.is_empty() {
        return Map::new();
    }
    let all: Map<String, Json> = serde_json::from_str(extra.as_str()).unwrap_or_default();
    match all.into_iter().find(|(name, _)| name == format) {
        Some((_, Json::Object(fields))) => fields,
        _ => Map::new(),
    }
}

/// Packs what a format said beyond the model.
///
/// ```
/// use rubricator::format::exchange::{keep, kept};
/// let fields = serde_json::Map::from_iter([("id".to_owned(), "T1".into())]);
/// let extra = keep("brat", fields.clone());
/// assert_eq!(kept(&extra, "brat"), fields);
/// assert!(kept(&extra, "doccano").is_empty());
/// ```
#[must_use]
pub fn keep(format: &str, fields: Map<String, Json>) -> Extra {
    if fields.is_empty() {
        return Extra::default();
    }
    Extra::new(&Json::Object(Map::from_iter([(format.to_owned(), Json::Object(fields))])).to_string())
}

/// The string that a field holds.
pub(super) fn string<'m>(fields: &'m Map<String, Json>, key: &str) -> Option<&'m str> {
    fields.get(key).and_then(Json::as_str)
}

/// The objects in the list that a field holds; whatever else stands there is passed over.
pub(super) fn objects<'m>(
    fields: &'m Map<String, Json>,
    key: &str,
) -> impl Iterator<Item = &'m Map<String, Json>> {
    fields.get(key).and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_object)
}
