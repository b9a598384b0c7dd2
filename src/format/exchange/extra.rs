//! Keeps what a format says beyond the model under the format's name, and gives it back to the same format. What is said
//! of a mark or link is held as JSON text: as a tree it would weigh fifty times what it is in the file.

use std::sync::Arc;

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

/// Packs what a format said of a mark or link beyond the model.
pub(super) fn keep_said(format: &str, said: &Said) -> Extra {
    if said.is_empty() {
        return Extra::default();
    }
    let mut json = format!("{{{}:{{", Json::from(format));
    for (at, (key, value)) in said.fields().iter().enumerate() {
        if 0 < at {
            json.push(',');
        }
        json.push_str(&Json::from(&**key).to_string());
        json.push(':');
        json.push_str(value);
    }
    json.push_str("}}");
    Extra::new(&json)
}

/// What a format says of a mark or link beyond the model: values by key, as JSON text.
///
/// ```
/// use rubricator::format::exchange::Said;
/// let mut said = Said::default();
/// said.insert("id", "T1");
/// said.push("notes", true);
/// said.push("notes", 2);
/// assert_eq!(said.get("notes"), Some(serde_json::json!([true, 2])));
/// assert_eq!(said.length("notes"), 2);
/// ```
///
/// Copies share what they say until one of them says more: most marks of a file say the same.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Said(Option<Arc<Fields>>);

/// Values by key, in the order of the keys.
type Fields = Vec<(Box<str>, String)>;

impl Said {
    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields().is_empty()
    }

    fn fields(&self) -> &[(Box<str>, String)] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }

    /// What is said, for this copy alone.
    fn own(&mut self) -> &mut Fields {
        Arc::make_mut(self.0.get_or_insert_default())
    }

    fn place(&self, key: &str) -> Result<usize, usize> {
        self.fields().binary_search_by(|(known, _)| (**known).cmp(key))
    }

    fn text(&self, key: &str) -> Option<&str> {
        let at = self.place(key).ok()?;
        self.fields().get(at).map(|(_, value)| value.as_str())
    }

    /// Whether there is something under that key.
    #[must_use]
    pub fn contains_key(&self, key: &str) -> bool {
        self.place(key).is_ok()
    }

    /// What stands under that key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Json> {
        serde_json::from_str(self.text(key)?).ok()
    }

    /// Puts a value under a key, in place of what was there.
    pub fn insert(&mut self, key: &str, value: impl Into<Json>) {
        self.set(key, value.into().to_string());
    }

    /// Puts JSON text under a key, in place of what was there.
    pub(super) fn set(&mut self, key: &str, text: String) {
        let place = self.place(key);
        let fields = self.own();
        match place.map(|at| fields.get_mut(at)) {
            Ok(Some((_, value))) => *value = text,
            Ok(None) => {}
            Err(at) => {
                // Most have few things, and a vector takes room for four at once.
                fields.reserve_exact(1);
                fields.insert(at, (key.into(), text));
            }
        }
    }

    /// Takes over what another says.
    pub(super) fn append(&mut self, other: Self) {
        for (key, text) in other.0.map(Arc::unwrap_or_clone).unwrap_or_default() {
            self.set(&key, text);
        }
    }

    /// Adds to the list under a key.
    pub fn push(&mut self, key: &str, item: impl Into<Json>) {
        let item = item.into();
        let place = self.place(key);
        match place.ok().and_then(|at| self.own().get_mut(at)) {
            Some((_, list)) if list.ends_with(']') => {
                list.pop();
                list.push(',');
                list.push_str(&item.to_string());
                list.push(']');
            }
            _ => self.set(key, format!("[{item}]")),
        }
    }

    /// How many items are in the list under a key.
    #[must_use]
    pub fn length(&self, key: &str) -> usize {
        let list = |text| serde_json::from_str::<Vec<serde::de::IgnoredAny>>(text).ok();
        self.text(key).and_then(list).map_or(0, |list| list.len())
    }

    /// Takes away what stands under a key.
    pub fn remove(&mut self, key: &str) {
        if let Ok(at) = self.place(key) {
            self.own().remove(at);
        }
    }

    /// As an object.
    #[must_use]
    pub fn to_map(&self) -> Map<String, Json> {
        self.fields()
            .iter()
            .filter_map(|(key, value)| Some((String::from(&**key), serde_json::from_str(value).ok()?)))
            .collect()
    }
}

impl std::fmt::Debug for Said {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_map().entries(self.fields().iter().map(|(key, value)| (key, value))).finish()
    }
}

impl From<Map<String, Json>> for Said {
    fn from(fields: Map<String, Json>) -> Self {
        // In the order of their keys.
        let mut fields: Vec<(Box<str>, String)> =
            fields.into_iter().map(|(key, value)| (key.into(), value.to_string())).collect();
        fields.sort_by(|(one, _), (other, _)| one.cmp(other));
        Self((!fields.is_empty()).then(|| Arc::new(fields)))
    }
}

impl FromIterator<(String, Json)> for Said {
    fn from_iter<I: IntoIterator<Item = (String, Json)>>(fields: I) -> Self {
        Map::from_iter(fields).into()
    }
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
