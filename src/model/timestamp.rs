//! Points in time as records carry them: UTC, to the millisecond.

use std::fmt;

use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The point in time this many milliseconds after the Unix epoch.
    pub const fn from_unix_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds after the Unix epoch.
    pub const fn unix_millis(self) -> i64 {
        self.0
    }

    /// Reads an RFC 3339 date and time, as [`fmt::Display`] writes it; parts of a millisecond are dropped.
    pub fn parse(string: &str) -> Option<Self> {
        let time = OffsetDateTime::parse(string, &Rfc3339).ok()?;
        i64::try_from(time.unix_timestamp_nanos().div_euclid(1_000_000)).ok().map(Self)
    }

    /// The UTC calendar date, `YYYY-MM-DD`.
    pub fn date(self) -> String {
        self.to_string().chars().take(10).collect()
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC, for example `2026-11-23T09:30:00.25Z`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .ok()
            .and_then(|time| time.to_offset(UtcOffset::UTC).format(&Rfc3339).ok());
        formatter.write_str(text.as_deref().unwrap_or("1970-01-01T00:00:00Z"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_it_parses() {
        for text in ["2026-11-23T09:30:00Z", "2026-11-23T09:30:00.25Z", "1969-12-31T23:59:59.999Z"] {
            assert_eq!(Timestamp::parse(text).map(|time| time.to_string()), Some(text.to_owned()));
        }
        assert_eq!(Timestamp::parse("yesterday"), None);
    }
}
