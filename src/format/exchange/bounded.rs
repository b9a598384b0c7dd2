//! JSON as a tree whose weight is bounded: one of hardly anything but brackets would take a hundred times its size in
//! memory. Beyond the bound the rest is passed over, so that the value's end is still found.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value as Json};

/// So many bytes may a tree take for a byte of the file, and so many any tree.
const MOST_OF_A_BYTE: usize = 17;
const MOST_OF_ANY: usize = 1_500_000;

/// What a value takes, with the room that its list leaves free while it grows.
const ITEM: usize = 2 * size_of::<Json>();
/// What a node of an object's tree takes, which has room for eleven fields and is seldom full.
const NODE: usize = 11 * (size_of::<Json>() + size_of::<String>()) + 16;
const FIELDS_OF_A_NODE: usize = 6;

/// A tree while it is read.
pub(super) struct Bounded {
    left: usize,
    /// Whether it came to more.
    pub(super) is_over: bool,
}

impl Bounded {
    /// For so many bytes of JSON.
    pub(super) fn new(bytes: usize) -> Self {
        Self { left: MOST_OF_A_BYTE * bytes + MOST_OF_ANY, is_over: false }
    }

    /// Whether so many bytes more are too many.
    fn spend(&mut self, bytes: usize) -> bool {
        self.left = self.left.saturating_sub(bytes);
        self.is_over |= self.left == 0;
        self.is_over
    }
}

impl<'de> DeserializeSeed<'de> for &mut Bounded {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        if self.is_over {
            return deserializer.deserialize_ignored_any(IgnoredAny).map(|_| Json::Null);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for &mut Bounded {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any valid JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(value.into())
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Json, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Json, E> {
        self.spend(value.len());
        Ok(Json::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(&mut *self)? {
            if !self.spend(ITEM) {
                list.push(item);
            }
        }
        Ok(Json::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Json, A::Error> {
        let mut map = Map::new();
        while let Some(key) = fields.next_key::<String>()? {
            let node = if map.len().is_multiple_of(FIELDS_OF_A_NODE) { NODE } else { 0 };
            let is_over = self.spend(key.len() + node);
            let value = fields.next_value_seed(&mut *self)?;
            if !is_over {
                map.insert(key, value);
            }
        }
        Ok(Json::Object(map))
    }
}
