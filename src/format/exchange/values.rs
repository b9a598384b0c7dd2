//! Cuts a stream of bytes into JSON values: one a line, a list of them, or one after the other over several lines, as
//! tools write them. Memory holds one value at a time; after a broken one reading goes on at the next line.

use serde_json::Value as Json;

use crate::format::{Problem, row};

/// The most bytes that one value may have: the largest text, escaped, with room for its annotations.
const MOST_BYTES: usize = 256 << 20;

/// Deeper than this no value is read; the parser's own limit.
const MOST_DEPTH: usize = 128;

/// A value with its place, or what is wrong there.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// Which value of the file it is, from 1; broken ones count.
    pub number: u64,
    /// The value.
    pub value: Result<Json, Problem>,
}

/// JSON values out of chunks of bytes, whatever the chunks' borders. Linear in the bytes; values nested deeper than 128
/// are refused as broken.
///
/// ```
/// use rubricator::format::exchange::Values;
/// let mut values = Values::new();
/// values.push(b"[{\"text\": \"one\"},\n oops\n {\"te");
/// assert!(values.next_value().is_some_and(|found| found.value.is_ok()));
/// assert!(values.next_value().is_some_and(|found| found.value.is_err() && found.line == 2));
/// assert_eq!(values.next_value(), None);
/// values.push(b"xt\": \"two\"}]");
/// values.finish();
/// assert_eq!(values.next_value().map(|found| (found.line, found.number)), Some((3, 3)));
/// assert_eq!(values.next_value(), None);
/// ```
#[derive(Debug)]
pub struct Values {
    buffer: Vec<u8>,
    /// Up to where the buffer has been given out.
    at: usize,
    /// How far the value that begins at `at` has been looked through.
    scan: Scan,
    line: u64,
    number: u64,
    begun: bool,
    finished: bool,
}

/// The look for a value's end: brackets that are open, and whether a string is.
#[derive(Clone, Copy, Debug, Default)]
struct Scan {
    to: usize,
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Default for Values {
    fn default() -> Self {
        Self::new()
    }
}

impl Values {
    /// The values of a file none of whose bytes is known yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            buffer: Vec::new(),
            at: 0,
            scan: Scan::default(),
            line: 1,
            number: 0,
            begun: false,
            finished: false,
        }
    }

    /// Adds the next bytes. Take all values out before the next chunk, so that memory stays bounded.
    pub fn push(&mut self, chunk: &[u8]) {
        self.buffer.drain(..self.at);
        self.scan.to = self.scan.to.saturating_sub(self.at);
        self.at = 0;
        self.buffer.extend_from_slice(chunk);
    }

    /// Says that there are no more bytes.
    pub const fn finish(&mut self) {
        self.finished = true;
    }

    /// The next value; `None` until more bytes come, or at the end.
    pub fn next_value(&mut self) -> Option<Found> {
        self.begin()?;
        self.pass_between();
        let start = self.at;
        let end = self.end()?;
        let bytes = self.buffer.get(start..end).unwrap_or_default();
        let value = serde_json::from_slice(bytes);
        self.number += 1;
        let (line, number) = (self.line, self.number);
        let (value, end) = match value {
            Ok(value) => (Ok(value), end),
            Err(error) => {
                let column = if error.line() == 1 { error.column() } else { 1 };
                let broken = Problem::NotJson { column, reason: row::reason(&error) };
                (Err(broken), self.resume(start, end))
            }
        };
        self.pass_to(end);
        Some(Found { line, number, value })
    }

    /// Passes a byte order mark and the bracket of a list of objects.
    fn begin(&mut self) -> Option<()> {
        if self.begun {
            return Some(());
        }
        if self.buffer.len() < 3 && !self.finished {
            return None;
        }
        if self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.at = self.at.max(3);
        }
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        let first = rest.iter().position(|byte| !byte.is_ascii_whitespace());
        let Some(first) = first.map(|first| self.at + first) else {
            return self.finished.then_some(());
        };
        // A list whose first thing is a word is a record of its own: `["text", {…}]`.
        let second = rest.iter().skip(first - self.at + 1).find(|byte| !byte.is_ascii_whitespace());
        if self.buffer.get(first) == Some(&b'[') && second != Some(&b'"') {
            self.pass_to(first + 1);
        }
        self.begun = true;
        self.scan = Scan { to: self.at, ..Scan::default() };
        Some(())
    }

    /// Passes what stands between values: white space, commas, and the bracket that ends a list.
    fn pass_between(&mut self) {
        if self.scan.to > self.at {
            return;
        }
        let rest = self.buffer.get(self.at..).unwrap_or_default();
        let between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b']');
        let next = rest.iter().position(|byte| !between(byte)).unwrap_or(rest.len());
        self.pass_to(self.at + next);
    }

    fn pass_to(&mut self, to: usize) {
        let passed = self.buffer.get(self.at..to).unwrap_or_default();
        self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        self.at = to;
        self.scan = Scan { to, ..Scan::default() };
    }

    /// Where the value that begins at `at` ends; `None` if that is not known yet or there is none.
    fn end(&mut self) -> Option<usize> {
        let scan = &mut self.scan;
        while let Some(byte) = self.buffer.get(scan.to) {
            let here = scan.to;
            scan.to += 1;
            if scan.in_string {
                match byte {
                    _ if scan.escaped => scan.escaped = false,
                    b'\\' => scan.escaped = true,
                    b'"' => {
                        scan.in_string = false;
                        if scan.depth == 0 {
                            return Some(scan.to);
                        }
                    }
                    _ => {}
                }
                continue;
            }
            match byte {
                b'"' => scan.in_string = true,
                b'{' | b'[' => scan.depth += 1,
                b'}' | b']' if scan.depth > 0 => {
                    scan.depth -= 1;
                    if scan.depth == 0 {
                        return Some(scan.to);
                    }
                }
                // A bare word or number, which no record is, ends where the next thing may begin.
                b'\n' | b',' | b']' | b'}' if scan.depth == 0 && here > self.at => return Some(here),
                _ => {}
            }
            // What is nested so deep is refused; to look for its end would cost the rest of the file at each try.
            if scan.depth > MOST_DEPTH || scan.to - self.at > MOST_BYTES {
                return Some(scan.to);
            }
        }
        (self.finished && self.at < self.buffer.len()).then_some(self.buffer.len())
    }

    /// Where reading goes on after a broken value: at the next line that begins like a record.
    fn resume(&self, start: usize, end: usize) -> usize {
        let broken = self.buffer.get(start..end).unwrap_or_default();
        let begins = |at: &usize| {
            let rest = broken.get(at + 1..).unwrap_or_default();
            rest.iter().find(|byte| !matches!(byte, b' ' | b'\t')).is_some_and(|byte| *byte == b'{')
        };
        memchr::memchr_iter(b'\n', broken).find(begins).map_or(end, |at| start + at + 1)
    }
}
