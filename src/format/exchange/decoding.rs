//! The bytes of an outside file as text. A byte order mark belongs to the file, not to its text; nothing else is
//! dropped, because offsets count it.

use std::borrow::Cow;

use super::Source;
use crate::format::{Problem, decode};

const UTF8_MARK: &[u8] = b"\xEF\xBB\xBF";
const UTF16_MARKS: [&[u8]; 2] = [b"\xFF\xFE", b"\xFE\xFF"];

impl<'a> Source<'a> {
    /// Its text: UTF-8, or UTF-16 with its mark. It may be empty.
    ///
    /// # Errors
    /// It is no text, in another encoding or too large.
    pub fn text(&self) -> Result<Cow<'a, str>, Problem> {
        let bytes = self.bytes.strip_prefix(UTF8_MARK).unwrap_or(self.bytes);
        match decode(bytes) {
            Ok(text) => Ok(Cow::Owned(match text.strip_prefix('\u{FEFF}') {
                Some(rest) if UTF16_MARKS.iter().any(|mark| bytes.starts_with(mark)) => rest.to_owned(),
                _ => text,
            })),
            Err(Problem::EmptyText) => Ok(Cow::Borrowed(std::str::from_utf8(bytes).unwrap_or_default())),
            Err(problem) => Err(problem),
        }
    }

    /// Its lines with their numbers from 1, without LF or CRLF. A line that is not UTF-8 is a problem of its own.
    pub fn lines(&self) -> impl Iterator<Item = (u64, Result<&'a str, Problem>)> + use<'a> {
        let wide = UTF16_MARKS.iter().any(|mark| self.bytes.starts_with(mark));
        let bytes = if wide { b"" } else { self.bytes.strip_prefix(UTF8_MARK).unwrap_or(self.bytes) };
        // Files of old end their lines with CR alone.
        let end =
            if memchr::memchr(b'\n', bytes).is_none() && bytes.contains(&b'\r') { b'\r' } else { b'\n' };
        let lines = bytes.split_inclusive(move |byte| *byte == end).map(move |line| {
            let line = line.strip_suffix(&[end]).unwrap_or(line);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            std::str::from_utf8(line)
                .map_err(|error| Problem::InvalidUtf8 { column: error.valid_up_to() + 1 })
        });
        (1..).zip(wide.then_some(Err(Problem::Utf16Lines)).into_iter().chain(lines))
    }

    /// The last part of its path.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.path.rsplit('/').next().unwrap_or(self.path)
    }

    /// Its path without the ending, and the ending without its dot; empty if there is none.
    #[must_use]
    pub fn stem(&self) -> (&'a str, &'a str) {
        match self.path.rsplit_once('.') {
            Some((stem, ending)) if !ending.contains('/') => (stem, ending),
            _ => (self.path, ""),
        }
    }

    /// What its name ends in, in lower case and without the dot; empty if there is none.
    #[must_use]
    pub fn ending(&self) -> String {
        self.stem().1.to_lowercase()
    }
}
