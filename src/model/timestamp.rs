//! Points in time as records carry them: UTC, to the millisecond.

use std::fmt;

/// Milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// How many digits each number of a printed moment has, and what follows it.
const SHAPE: [(u32, char); 7] = [(4, '-'), (2, '-'), (2, 'T'), (2, ':'), (2, ':'), (2, '.'), (3, 'Z')];

impl Timestamp {
    /// The point in time this many milliseconds after the Unix epoch.
    pub const fn from_unix_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds after the Unix epoch.
    pub const fn unix_millis(self) -> i64 {
        self.0
    }

    /// Reads an RFC 3339 date and time, as [`fmt::Display`] writes it; parts of a millisecond are dropped, and a leap
    /// second is the last moment before it. By hand: the library's reader is the larger part of it, and each row has one.
    pub fn parse(string: &str) -> Option<Self> {
        let bytes = string.as_bytes();
        let number = |from: usize, length: usize| {
            bytes.get(from..from + length)?.iter().try_fold(0_i64, |number, byte| {
                byte.is_ascii_digit().then(|| number * 10 + i64::from(byte - b'0'))
            })
        };
        let is = |at: usize, sign: u8| bytes.get(at).is_some_and(|byte| byte.eq_ignore_ascii_case(&sign));
        let (year, month, day) = (number(0, 4)?, number(5, 2)?, number(8, 2)?);
        let (hour, minute, second) = (number(11, 2)?, number(14, 2)?, number(17, 2)?);
        let signs = [(4, b'-'), (7, b'-'), (13, b':'), (16, b':')].into_iter().all(|(at, sign)| is(at, sign));
        let sound = signs && (is(10, b'T') || is(10, b' '));
        if !sound || hour > 23 || minute > 59 || second > 60 || !(1..=days_of(year, month)?).contains(&day) {
            return None;
        }
        let mut at = 19;
        let mut millis = 0;
        if is(at, b'.') {
            let digits = bytes.get(at + 1..)?.iter().take_while(|byte| byte.is_ascii_digit()).count();
            let kept = digits.min(3);
            millis = number(at + 1, kept).filter(|_| 0 < kept)?;
            (kept..3).for_each(|_| millis *= 10);
            at += 1 + digits;
        }
        let east_minutes = match bytes.get(at)? {
            b'Z' | b'z' if bytes.len() == at + 1 => 0,
            sign @ (b'+' | b'-') if bytes.len() == at + 6 && is(at + 3, b':') => {
                let (hours, minutes) = (number(at + 1, 2)?, number(at + 4, 2)?);
                if hours > 23 || minutes > 59 {
                    return None;
                }
                (hours * 60 + minutes) * if *sign == b'+' { 1 } else { -1 }
            }
            _ => return None,
        };
        if second == 60 {
            millis = 999;
        }
        let minutes = (days_before(year, month)? + day - 1) * 1_440 + hour * 60 + minute - east_minutes;
        Some(Self((minutes * 60 + second.min(59)) * 1_000 + millis))
    }

    /// As [`fmt::Display`], but always with three decimals. By hand, too: each annotation of a dataset has one. What lies
    /// outside the years that RFC 3339 knows is the epoch.
    pub fn with_millis(self) -> String {
        const DAY: i64 = 86_400_000;
        let (year, month, day) = date_of(self.0.div_euclid(DAY));
        if !(0..=9_999).contains(&year) {
            return Self::default().with_millis();
        }
        let of_day = self.0.rem_euclid(DAY);
        let (hour, minute, second) = (of_day / 3_600_000, of_day / 60_000 % 60, of_day / 1_000 % 60);
        let numbers = [year, month, day, hour, minute, second, of_day % 1_000];
        let mut printed = String::with_capacity(24);
        for (number, (width, sign)) in numbers.into_iter().zip(SHAPE) {
            for power in (0..width).rev() {
                let digit = u8::try_from(number / 10_i64.pow(power) % 10).unwrap_or_default();
                printed.push(char::from(b'0' + digit));
            }
            printed.push(sign);
        }
        printed
    }

    /// The UTC calendar date, `YYYY-MM-DD`.
    pub fn date(self) -> String {
        self.to_string().chars().take(10).collect()
    }
}

/// How many days a month of the Gregorian calendar has.
const fn days_of(year: i64, month: i64) -> Option<i64> {
    Some(match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    })
}

/// The days from 1970-01-01 to the first of a month.
fn days_before(year: i64, month: i64) -> Option<i64> {
    let before = year - 1;
    let leap_days = before.div_euclid(4) - before.div_euclid(100) + before.div_euclid(400);
    let months = (1..month).map(|month| days_of(year, month)).sum::<Option<i64>>()?;
    // 719,162 days lie between the first day of the calendar and 1970.
    Some(before * 365 + leap_days - 719_162 + months)
}

/// Year, month and day of a day after 1970-01-01, by way of years that begin in March, so that the day that leap years
/// have more is their last (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`).
const fn date_of(day: i64) -> (i64, i64, i64) {
    let since = day + 719_468;
    let (era, day_of_era) = (since.div_euclid(146_097), since.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day_of_month = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let (month, later) =
        if month_from_march < 10 { (month_from_march + 3, 0) } else { (month_from_march - 9, 1) };
    (era * 400 + year_of_era + later, month, day_of_month)
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC, for example `2026-11-23T09:30:00.25Z`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let printed = self.with_millis();
        let seconds = printed.trim_end_matches('Z').trim_end_matches('0').trim_end_matches('.');
        formatter.write_str(seconds)?;
        formatter.write_str("Z")
    }
}

#[cfg(test)]
mod tests {
    use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

    use super::*;

    #[test]
    fn prints_what_it_parses() {
        for text in ["2026-11-23T09:30:00Z", "2026-11-23T09:30:00.25Z", "1969-12-31T23:59:59.999Z"] {
            assert_eq!(Timestamp::parse(text).map(|time| time.to_string()), Some(text.to_owned()));
        }
        assert_eq!(Timestamp::parse("yesterday"), None);
    }

    #[test]
    fn the_hand_written_reader_reads_as_the_library_does() {
        let library = |string: &str| {
            let time = OffsetDateTime::parse(string, &Rfc3339).ok()?;
            i64::try_from(time.unix_timestamp_nanos().div_euclid(1_000_000)).ok().map(Timestamp)
        };
        let days = [
            "2024-02-29",
            "2023-02-29",
            "1900-02-29",
            "2000-02-29",
            "0001-01-01",
            "2026-13-01",
            "2026-00-10",
            "2026-12-31",
            "1969-12-31",
            "9999-12-31",
            "2026-04-31",
            "2026-1-01",
            "2026-11-00",
        ];
        let times =
            ["00:00:00", "23:59:59", "24:00:00", "12:60:00", "09:30:00.1", "09:30:00.123456789", "09:30:00."];
        let zones = ["Z", "z", "+00:00", "-23:59", "+02:30", "+24:00", "", "+0200", "Zx"];
        for day in days {
            for time in times {
                for zone in zones {
                    let string = format!("{day}T{time}{zone}");
                    assert_eq!(Timestamp::parse(&string), library(&string), "{string}");
                }
            }
        }
        for string in
            ["2026-11-23 09:30:00Z", "2026-11-23t09:30:00Z", "2016-12-31T23:59:60Z", "é026-11-23T09:30:00Z"]
        {
            assert_eq!(Timestamp::parse(string), library(string), "{string}");
        }
    }

    #[test]
    fn the_hand_written_printer_prints_as_the_library_does() {
        let library = |millis: i64| {
            let time = OffsetDateTime::from_unix_timestamp_nanos(i128::from(millis) * 1_000_000).ok()?;
            time.to_offset(UtcOffset::UTC).format(&Rfc3339).ok()
        };
        let check = |millis: i64| {
            let expected = library(millis).unwrap_or_else(|| "1970-01-01T00:00:00Z".to_owned());
            assert_eq!(Timestamp(millis).to_string(), expected, "{millis}");
        };
        // Steps of a little more than 97 days go through all months and all times of the day.
        (0..60_000).for_each(|step| check(-80_000_000_000_000 + step * 8_437_500_071));
        [
            i64::MIN,
            i64::MAX,
            -62_167_219_200_000,
            -62_167_219_200_001,
            253_402_300_799_999,
            253_402_300_800_000,
        ]
        .into_iter()
        .for_each(check);
        // Every day of four hundred years.
        (0..146_097).for_each(|day| check((day - 60_000) * 86_400_000 + day));
        assert_eq!(Timestamp::from_unix_millis(-1).with_millis(), "1969-12-31T23:59:59.999Z");
        assert_eq!(Timestamp::default().with_millis(), "1970-01-01T00:00:00.000Z");
    }
}
