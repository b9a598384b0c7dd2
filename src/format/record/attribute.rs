//! Attribute values on the wire. In a dataset every attribute of the codebook has its key in every record, null
//! where it is not set, and one JSON type per key, so that readers without a schema find the same columns everywhere.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::print;
use crate::format::parse_number;
use crate::model::{Attribute, AttributeKind, Attributes, Key, Value};

/// The attributes that every record of a dataset carries, with the JSON type of each.
#[derive(Clone, Debug, Default)]
pub(in crate::format) struct Columns(Vec<(Key, JsonType)>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum JsonType {
    Text,
    Several,
    Flag,
    Number,
}

impl Columns {
    /// One column for each of these attributes.
    pub(in crate::format) fn new(attributes: &[&Attribute]) -> Self {
        Self(
            attributes
                .iter()
                .map(|attribute| (attribute.key.clone(), JsonType::of(&attribute.kind)))
                .collect(),
        )
    }
}

impl JsonType {
    const fn of(kind: &AttributeKind) -> Self {
        match kind {
            AttributeKind::Choice(_) | AttributeKind::Text => Self::Text,
            AttributeKind::Several(_) => Self::Several,
            AttributeKind::Flag => Self::Flag,
            AttributeKind::Number => Self::Number,
        }
    }

    /// The value in this type. What has no such form is null: the codebook has changed under it, and only the
    /// backup keeps it.
    fn fit(self, value: &Value) -> Option<ValueRecord<'_>> {
        match (self, value) {
            (Self::Text, Value::Several(keys)) => Some(ValueRecord::Text(Cow::Owned(keys.join("; ")))),
            (Self::Text, Value::Flag(flag)) => Some(ValueRecord::Text(Cow::Owned(flag.to_string()))),
            (Self::Text, Value::Number(number)) => Some(ValueRecord::Text(Cow::Owned(number.to_string()))),
            (Self::Several, Value::Text(text)) => Some(ValueRecord::Several(vec![Cow::Borrowed(text)])),
            (Self::Several, Value::Flag(flag)) => {
                Some(ValueRecord::Several(vec![Cow::Owned(flag.to_string())]))
            }
            (Self::Several, Value::Number(number)) => {
                Some(ValueRecord::Several(vec![Cow::Owned(number.to_string())]))
            }
            (Self::Flag, Value::Text(text)) => text.parse().ok().map(ValueRecord::Flag),
            (Self::Number, Value::Text(text)) => parse_number(text).map(ValueRecord::Number),
            (Self::Flag, Value::Several(_) | Value::Number(_))
            | (Self::Number, Value::Several(_) | Value::Flag(_)) => None,
            _ => Some(ValueRecord::from(value)),
        }
    }
}

/// Keys and values in their order; a value that is not set is null.
/// A dataset without any attribute says null for all: Parquet cannot hold a record without fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::format) struct AttributesRecord<'a>(Option<KeyedValues<'a>>);

type KeyedValues<'a> = Vec<(Cow<'a, str>, Option<ValueRecord<'a>>)>;

#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub(super) enum ValueRecord<'a> {
    Text(Cow<'a, str>),
    Several(Vec<Cow<'a, str>>),
    Flag(bool),
    Number(f64),
    /// Nothing that an attribute can hold.
    Other(serde_json::Value),
}

impl<'a> AttributesRecord<'a> {
    /// The values as they are.
    pub(in crate::format) fn exact(attributes: &'a Attributes) -> Self {
        let values = attributes.iter().map(|(key, value)| (Cow::Borrowed(&**key), Some(value.into())));
        Self(Some(values.collect()))
    }

    /// The values under the columns, then those whose key is no column.
    pub(in crate::format) fn in_columns(attributes: &'a Attributes, columns: &'a Columns) -> Self {
        let listed = columns.0.iter().map(|(key, json_type)| {
            (Cow::Borrowed(&**key), attributes.get(key).and_then(|value| json_type.fit(value)))
        });
        let is_column = |key: &Key| columns.0.iter().any(|(column, _)| column == key);
        let others = attributes.iter().filter(|(key, _)| !is_column(key));
        let others = others.map(|(key, value)| (Cow::Borrowed(&**key), Some(value.into())));
        let values: KeyedValues<'_> = listed.chain(others).collect();
        Self((!values.is_empty()).then_some(values))
    }

    /// The values that are set, and the keys of those that no attribute can hold, with what they hold.
    pub(in crate::format) fn into_attributes(self) -> (Attributes, Vec<(String, String)>) {
        let mut attributes = Attributes::new();
        let mut unreadable = Vec::new();
        let set = self.0.into_iter().flatten().filter_map(|(key, value)| Some((key, value?)));
        for (key, value) in set {
            match value.into_value() {
                Ok(value) => {
                    attributes.insert(Key::from(key.as_ref()), value);
                }
                Err(other) => unreadable.push((key.into_owned(), print(&other))),
            }
        }
        (attributes, unreadable)
    }
}

impl<'de> Deserialize<'de> for ValueRecord<'_> {
    /// By way of a JSON value: the derived way keeps one of its own beside it.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde_json::Value as Json;
        let several = |list: &[Json]| {
            let keys = list.iter().map(|key| key.as_str().map(|key| Cow::Owned(key.to_owned())));
            keys.collect::<Option<Vec<_>>>()
        };
        Ok(match Json::deserialize(deserializer)? {
            Json::String(text) => Self::Text(Cow::Owned(text)),
            Json::Bool(flag) => Self::Flag(flag),
            Json::Number(number) => number.as_f64().map_or(Self::Other(Json::Number(number)), Self::Number),
            Json::Array(list) => several(&list).map_or(Self::Other(Json::Array(list)), Self::Several),
            other @ (Json::Null | Json::Object(_)) => Self::Other(other),
        })
    }
}

impl<'a> From<&'a Value> for ValueRecord<'a> {
    fn from(value: &'a Value) -> Self {
        match value {
            Value::Text(text) => Self::Text(Cow::Borrowed(text)),
            Value::Several(keys) => {
                Self::Several(keys.iter().map(|key| Cow::Borrowed(key.as_str())).collect())
            }
            Value::Flag(flag) => Self::Flag(*flag),
            Value::Number(number) => Self::Number(*number),
        }
    }
}

impl ValueRecord<'_> {
    /// The value, or what no attribute can hold.
    pub(super) fn into_value(self) -> Result<Value, serde_json::Value> {
        Ok(match self {
            Self::Text(text) => Value::Text(text.into_owned()),
            Self::Several(keys) => Value::Several(keys.into_iter().map(Cow::into_owned).collect()),
            Self::Flag(flag) => Value::Flag(flag),
            Self::Number(number) => Value::Number(number),
            Self::Other(other) => return Err(other),
        })
    }
}

impl Serialize for AttributesRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(values) => serializer.collect_map(values.iter().map(|(key, value)| (key, value))),
            None => serializer.serialize_none(),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for AttributesRecord<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(KeysAndValues).map(Self)
    }
}

struct KeysAndValues;

impl<'de> Visitor<'de> for KeysAndValues {
    type Value = Option<KeyedValues<'de>>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object of attribute values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some((key, value)) = map.next_entry::<String, Option<ValueRecord<'de>>>()? {
            values.push((Cow::Owned(key), value));
        }
        Ok(Some(values))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}
