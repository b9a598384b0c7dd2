//! The fields that records share: ids, names and times, and how they are read without taking offence at null.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserializer, Error, Visitor};
use serde_json::Number;

use crate::model::Timestamp;

/// A field that holds something it cannot mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::format) struct Fault {
    /// The field's key.
    pub(in crate::format) field: &'static str,
    /// What it holds.
    pub(in crate::format) found: String,
    /// What it should hold.
    pub(in crate::format) expected: &'static str,
}

impl Fault {
    pub(super) fn new(field: &'static str, found: impl fmt::Display, expected: &'static str) -> Self {
        Self { field, found: found.to_string(), expected }
    }
}

/// An id that is a UUID.
pub(super) fn id<T>(field: &'static str, found: &str, parse: fn(&str) -> Option<T>) -> Result<T, Fault> {
    parse(found).ok_or_else(|| Fault::new(field, found, "a UUID"))
}

/// A name out of a fixed set; an empty one takes the default.
pub(super) fn name<T: Default>(
    field: &'static str,
    found: &str,
    parse: fn(&str) -> Option<T>,
) -> Result<T, Fault> {
    if found.is_empty() {
        return Ok(T::default());
    }
    parse(found).ok_or_else(|| Fault::new(field, found, "a name known here"))
}

/// A point in time.
pub(super) fn time(field: &'static str, found: &str) -> Result<Timestamp, Fault> {
    Timestamp::parse(found).ok_or_else(|| Fault::new(field, found, "a date and time (RFC 3339)"))
}

/// A point in time, always with three decimals. Arrow takes times of whole seconds for another type than those with a
/// fraction, and a column of both breaks a large dataset in two.
pub(in crate::format) fn moment(time: Timestamp) -> String {
    time.with_millis()
}

/// Reads a string; null is the empty one, a number or a truth value is taken as it is written.
pub(super) fn loose<'de: 'a, 'a, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'a, str>, D::Error> {
    deserializer.deserialize_any(Loose).map(|string: Cow<'de, str>| string)
}

/// Reads a string that may be missing; only null is missing.
pub(super) fn missing<'de: 'a, 'a, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Cow<'a, str>>, D::Error> {
    let found = <Option<LooseString<'a>> as serde::Deserialize>::deserialize(deserializer)?;
    Ok(found.map(|string| string.0))
}

/// The whole number, if it is one that a position or version can be; tables of other tools turn 5 into 5.0.
pub(in crate::format) fn whole(number: &Number) -> Option<u64> {
    number.as_u64().or_else(|| {
        let float = number.as_f64()?;
        // No text has positions beyond this, and the cast is exact up to here.
        let fits = float.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&float);
        fits.then_some(float as u64)
    })
}

/// A codebook's version.
pub(in crate::format) fn version(number: Option<&Number>) -> Option<u32> {
    number.and_then(whole).and_then(|version| u32::try_from(version).ok())
}

#[derive(serde::Deserialize)]
struct LooseString<'a>(#[serde(borrow, deserialize_with = "loose")] Cow<'a, str>);

struct Loose;

impl<'de> Visitor<'de> for Loose {
    type Value = Cow<'de, str>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, string: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(string))
    }

    fn visit_str<E: Error>(self, string: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(string.to_owned()))
    }

    fn visit_string<E: Error>(self, string: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(string))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(number.to_string()))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(number.to_string()))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(Number::from_f64(number).map_or_else(String::new, |number| number.to_string())))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Cow::Owned(flag.to_string()))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(""))
    }
}
