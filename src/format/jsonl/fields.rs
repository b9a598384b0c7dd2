//! A line's fields as they stand in it, read only when they are asked for and then straight into what they mean.
//! A list is first read as a whole; only where that fails, record by record, so that one broken record costs no other.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value as Json};

use crate::format::row;

/// Keys with their unread values, in the order of the line. Of a key that comes twice the last one holds.
#[derive(Debug, Default)]
pub(super) struct Fields<'l>(Vec<(Cow<'l, str>, &'l RawValue)>);

/// A record of a list, or why it cannot be read, with the id that it states.
pub(super) type Listed<T> = Result<T, Unreadable>;

/// A record that cannot be read.
#[derive(Debug)]
pub(super) struct Unreadable {
    /// The id that it states; empty if none.
    pub(super) id: String,
    /// What the parser found.
    pub(super) reason: String,
}

impl<'l> Fields<'l> {
    /// Takes the value of that key out.
    pub(super) fn take(&mut self, key: &str) -> Option<&'l RawValue> {
        let mut taken = None;
        self.0.retain(|(known, value)| {
            let is_it = known == key;
            if is_it {
                taken = Some(*value);
            }
            !is_it
        });
        taken
    }

    /// The keys that are left.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_ref())
    }
}

/// The records of a list; null is an empty one; `None` if it is no list.
pub(super) fn list<'l, T: Deserialize<'l>>(raw: &'l RawValue) -> Option<Vec<Listed<T>>> {
    if let Ok(records) = serde_json::from_str::<Option<Vec<T>>>(raw.get()) {
        return Some(records.unwrap_or_default().into_iter().map(Ok).collect());
    }
    let records: Vec<&'l RawValue> = serde_json::from_str(raw.get()).ok()?;
    let read = |raw: &'l RawValue| {
        serde_json::from_str(raw.get())
            .map_err(|error| Unreadable { id: stated_id(raw), reason: row::reason(&error) })
    };
    Some(records.into_iter().map(read).collect())
}

/// How many bytes of its line stand before a value.
pub(super) fn column_of(line: &str, raw: &RawValue) -> usize {
    raw.get().as_ptr().addr().saturating_sub(line.as_ptr().addr())
}

/// The fields of an object that is small; `None` if it is none.
pub(super) fn object(raw: &RawValue) -> Option<Map<String, Json>> {
    serde_json::from_str::<Option<_>>(raw.get()).ok().map(Option::unwrap_or_default)
}

fn stated_id(raw: &RawValue) -> String {
    let fields: Map<String, Json> = serde_json::from_str(raw.get()).unwrap_or_default();
    match fields.get("id") {
        Some(Json::String(id)) => id.clone(),
        Some(Json::Number(id)) => id.to_string(),
        _ => String::new(),
    }
}

impl<'de: 'l, 'l> Deserialize<'de> for Fields<'l> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Unread)
    }
}

struct Unread;

impl<'de> Visitor<'de> for Unread {
    type Value = Fields<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut fields = Vec::with_capacity(map.size_hint().unwrap_or(20));
        while let Some(field) = map.next_entry::<BorrowedKey<'de>, &'de RawValue>()? {
            fields.push((field.0.0, field.1));
        }
        Ok(Fields(fields))
    }
}

#[derive(Deserialize)]
struct BorrowedKey<'a>(#[serde(borrow)] Cow<'a, str>);
