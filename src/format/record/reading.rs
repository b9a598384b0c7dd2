//! How a record is read: field by field into one that holds the defaults, so that a missing field keeps its own.
//! The derived way would take lists for records as well and keep every field twice; it weighs three times as much.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::Deserializer;

use super::field::{loose, missing};

/// Makes records readable: under which key each field stands and how it is read, the latter as one of the types
/// below. Unknown keys are passed over; a record without one of the keys that it needs is an error.
macro_rules! readable {
    ($record:ident needs [$($needed:literal),*] { $($key:literal => $field:ident: $how:ident,)* }) => {
        impl<'de: 'a, 'a> serde::Deserialize<'de> for $record<'a> {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields<'a>(std::marker::PhantomData<&'a ()>);

                impl<'de: 'a, 'a> serde::de::Visitor<'de> for Fields<'a> {
                    type Value = $record<'a>;

                    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                        formatter.write_str("a record")
                    }

                    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                        let mut record = $record::default();
                        let mut missing: Vec<&str> = vec![$($needed),*];
                        while let Some(key) = map.next_key::<$crate::format::record::reading::Name<'de>>()? {
                            missing.retain(|needed| *needed != key.0);
                            match &*key.0 {
                                $($key => {
                                    let $crate::format::record::reading::$how(value) = map.next_value()?;
                                    record.$field = value;
                                })*
                                _ => {
                                    map.next_value::<serde::de::IgnoredAny>()?;
                                }
                            }
                        }
                        match missing.first() {
                            Some(key) => Err(serde::de::Error::missing_field(key)),
                            None => Ok(record),
                        }
                    }
                }

                deserializer.deserialize_map(Fields(std::marker::PhantomData))
            }
        }
    };
}

pub(super) use readable;

/// A key.
#[derive(Deserialize)]
pub(super) struct Name<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// As its type says.
pub(super) struct Plain<T>(pub(super) T);

/// Null is the default.
pub(super) struct OrDefault<T>(pub(super) T);

/// A string; null is the empty one, a number or a truth value is taken as it is written.
pub(super) struct Loose<'a>(pub(super) Cow<'a, str>);

/// A string that may be missing; null and the empty one are missing.
pub(super) struct Optional<'a>(pub(super) Option<Cow<'a, str>>);

/// A string that may be missing; only null is missing.
pub(super) struct Missing<'a>(pub(super) Option<Cow<'a, str>>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Plain<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(deserializer).map(Self)
    }
}

impl<'de, T: Deserialize<'de> + Default> Deserialize<'de> for OrDefault<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::<T>::deserialize(deserializer).map(|value| Self(value.unwrap_or_default()))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Loose<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        loose(deserializer).map(Self)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Optional<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        loose(deserializer).map(|string| Self((!string.is_empty()).then_some(string)))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Missing<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        missing(deserializer).map(Self)
    }
}
