//! Cuts a stream of bytes into JSON values: one a line, a list of them, or one after the other over several lines, as
//! tools write them. Memory holds one value at a time. After a broken one reading goes on at the next line that begins
//! like it, so that neither a missing bracket nor an open string takes the sound values behind it along.

use memchr::{memchr, memchr_iter, memrchr};
use serde::de::{DeserializeSeed, IgnoredAny};
use serde_json::{Deserializer, Value as Json};

use super::bounded::Bounded;
use crate::format::{MAX_LINE_BYTES, Problem, row};

/// So many bytes may be looked at again, besides twice those that were read.
const MOST_REPEATED: usize = 1 << 20;

/// A value with its place, or what is wrong there.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The line on which it begins, from 1; of a broken one the line where it breaks.
    pub line: u64,
    /// Which value of the file it is, from 1; broken ones count.
    pub number: u64,
    /// The value.
    pub value: Result<Json, Problem>,
}

/// JSON values out of chunks of bytes, whatever the chunks' borders. Values nested deeper than 128 or longer than
/// 64 MiB are broken, and those of hardly anything but brackets are left out. Linear in the bytes, however many are broken.
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
#[derive(Debug, Default)]
pub struct Values {
    buffer: Vec<u8>,
    /// Up to where the buffer has been given out.
    at: usize,
    /// How many bytes must stand behind `at` before another look is worth its cost.
    wanted: usize,
    place: Place,
    number: u64,
    state: State,
    in_list: bool,
    /// Whether a broken value ran on into a line that begins like a value. From then on such lines end what is open.
    cuts: bool,
    /// How many bytes were looked at again because a value that held them was broken.
    repeated: usize,
    /// How many bytes were given out or passed.
    passed: usize,
    finished: bool,
}

/// Where the next value begins.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The line, from 1.
    line: u64,
    /// The bytes before it on that line.
    column: usize,
    /// The blanks with which that line begins.
    indent: usize,
}

impl Default for Place {
    fn default() -> Self {
        Self { line: 1, column: 0, indent: 0 }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum State {
    /// Before the first byte.
    #[default]
    Begin,
    /// Where a value may begin.
    Between,
    /// Behind a broken value, up to a line that has no more blanks before its bracket than the broken one had.
    Lost { indent: usize },
    /// The rest of the file was given up.
    Over,
}

impl Values {
    /// The values of a file none of whose bytes is known yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the next bytes. Take all values out before the next chunk, so that memory stays bounded.
    pub fn push(&mut self, chunk: &[u8]) {
        self.buffer.drain(..self.at);
        self.at = 0;
        if self.state != State::Over {
            self.buffer.extend_from_slice(chunk);
        }
    }

    /// Says that there are no more bytes.
    pub const fn finish(&mut self) {
        self.finished = true;
    }

    /// The next value; `None` until more bytes come, or at the end.
    pub fn next_value(&mut self) -> Option<Found> {
        if self.state == State::Begin && self.begin()? {
            return Some(self.broken(1, Problem::Utf16Lines));
        }
        if let State::Lost { indent } = self.state {
            self.find_way(indent)?;
        }
        self.pass_between()?;
        let rest = self.rest();
        if rest.is_empty() || (rest.len() < self.wanted && !self.finished) {
            return None;
        }
        let is_container = matches!(rest.first(), Some(b'{' | b'['));
        let read = if is_container { self.parse_container() } else { self.parse_line() };
        let Some(read) = read else {
            // Looking again only at twice the length keeps all looks together linear.
            let length = self.rest().len();
            self.wanted = 2 * length;
            return (MAX_LINE_BYTES < length).then(|| {
                self.state = State::Lost { indent: self.place.indent };
                self.broken(self.place.line, Problem::LineTooLong { most: MAX_LINE_BYTES })
            });
        };
        self.wanted = 0;
        match read {
            Ok((value, end)) => {
                let line = self.place.line;
                self.number += 1;
                self.pass_to(self.at + end);
                Some(Found { line, number: self.number, value })
            }
            Err(broken) => {
                self.state = State::Lost { indent: self.place.indent };
                let found = self.broken(self.place.line + broken.line, broken.problem);
                self.give_up(broken.looked_at, broken.line_start);
                Some(found)
            }
        }
    }

    fn broken(&mut self, line: u64, problem: Problem) -> Found {
        self.number += 1;
        Found { line, number: self.number, value: Err(problem) }
    }

    fn rest(&self) -> &[u8] {
        self.buffer.get(self.at..).unwrap_or_default()
    }

    /// Passes the byte order mark and says whether it is that of UTF-16; `None` while it is not certain.
    fn begin(&mut self) -> Option<bool> {
        if self.buffer.len() < 3 && !self.finished {
            return None;
        }
        self.state = State::Between;
        if self.buffer.starts_with(b"\xFF\xFE") || self.buffer.starts_with(b"\xFE\xFF") {
            self.state = State::Over;
            self.buffer.clear();
            return Some(true);
        }
        if self.buffer.starts_with(b"\xEF\xBB\xBF") {
            self.at = 3;
        }
        Some(false)
    }

    /// Passes what stands between values: white space, commas and the brackets of a list; `None` while it is not
    /// certain that a bracket is that of a list.
    fn pass_between(&mut self) -> Option<()> {
        loop {
            let between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b']');
            let next = self.rest().iter().position(|byte| !between(byte)).unwrap_or(self.rest().len());
            if self.rest().iter().take(next).any(|byte| *byte == b']') {
                self.in_list = false;
            }
            self.pass_to(self.at + next);
            if self.in_list || self.rest().first() != Some(&b'[') {
                return Some(());
            }
            // A list of records holds objects or lists; a record that is itself a list begins with something else.
            match self.rest().iter().skip(1).find(|byte| !byte.is_ascii_whitespace()) {
                Some(b'{' | b'[' | b']') => {}
                None if !self.finished => return None,
                _ => return Some(()),
            }
            self.in_list = true;
            self.pass_to(self.at + 1);
        }
    }

    /// An object or list, with its length; `None` if its end is not there yet.
    fn parse_container(&self) -> Option<Result<Read, Broken>> {
        let line = if self.cuts { self.line_before_another()? } else { None };
        let bytes = line.unwrap_or(self.rest());
        let mut passed = Deserializer::from_slice(bytes).into_iter::<IgnoredAny>();
        let may_go_on = |error: &serde_json::Error| error.is_eof() && !self.finished && line.is_none();
        let end = match passed.next()? {
            Ok(_) => passed.byte_offset(),
            Err(error) if may_go_on(&error) => return None,
            Err(_) => bytes.len(),
        };
        let mut tree = Bounded::new(end);
        let mut reader = Deserializer::from_slice(bytes.get(..end).unwrap_or(bytes));
        match tree.deserialize(&mut reader) {
            Ok(_) if tree.is_over => Some(Ok((Err(Problem::TooDense { bytes: end }), end))),
            Ok(value) => Some(Ok((Ok(value), end))),
            // A number that ends with its sign is broken to what passes over it, and cut to what reads it.
            Err(error) if may_go_on(&error) => None,
            Err(error) => Some(Err(self.broken_at(&error, bytes))),
        }
    }

    /// What is neither object nor list is taken up to what may stand behind a value, or else to the end of its line.
    fn parse_line(&self) -> Option<Result<Read, Broken>> {
        let end = memchr(b'\n', self.rest()).or_else(|| self.finished.then(|| self.rest().len()))?;
        let line = self.rest().get(..end).unwrap_or_default().trim_ascii_end();
        let line = line.strip_suffix(b",").unwrap_or(line);
        let mut values = Deserializer::from_slice(line).into_iter::<Json>();
        if let Some(Ok(value)) = values.next() {
            let next = line.get(values.byte_offset()..).unwrap_or_default().trim_ascii_start();
            if matches!(next.first(), None | Some(b',' | b']')) {
                return Some(Ok((Ok(value), values.byte_offset())));
            }
        }
        let read = serde_json::from_slice(line);
        Some(read.map(|value| (Ok(value), end)).map_err(|error| self.broken_at(&error, line)))
    }

    /// The rest of the line if the next one begins like a value; the outer `None` if that is not known yet.
    fn line_before_another(&self) -> Option<Option<&[u8]>> {
        let Some(end) = memchr(b'\n', self.rest()) else { return Some(None) };
        let next = self.rest().get(end + 1..).unwrap_or_default();
        let is_another = begins_value(next, self.place.indent).or(self.finished.then_some(false))?;
        Some(if is_another { self.rest().get(..end) } else { None })
    }

    fn broken_at(&self, error: &serde_json::Error, bytes: &[u8]) -> Broken {
        let mut ends = memchr_iter(b'\n', bytes);
        // What was never closed broke nobody knows where, so it is told at its beginning.
        if error.is_eof() {
            let problem = Problem::NotJson { column: self.place.column + 1, reason: row::reason(error) };
            return Broken { problem, line: 0, line_start: 0, looked_at: bytes.len() };
        }
        // A line end inside a string is told as the beginning of the next line.
        let line = error.line().saturating_sub(if error.column() == 0 { 2 } else { 1 });
        let line_start = line.checked_sub(1).and_then(|before| ends.nth(before)).map_or(0, |end| end + 1);
        let column = if error.column() == 0 {
            ends.next().unwrap_or(bytes.len()) + 1 - line_start
        } else {
            error.column()
        };
        let before = if line == 0 { self.place.column } else { 0 };
        let problem = Problem::NotJson { column: before + column, reason: row::reason(error) };
        Broken { problem, line: line as u64, line_start, looked_at: line_start + column }
    }

    /// Leaves a broken value behind. The way goes on behind its first line, because a missing bracket makes whole
    /// records part of one; where that has been done too often, behind the lines that were sound.
    fn give_up(&mut self, looked_at: usize, line_start: usize) {
        let end = memchr(b'\n', self.rest()).filter(|end| end + 1 < looked_at);
        let next = end.and_then(|end| self.rest().get(end + 1..));
        let ran_on = next.and_then(|next| begins_value(next, self.place.indent)) == Some(true);
        self.cuts |= ran_on;
        if looked_at + self.repeated <= 2 * self.passed + MOST_REPEATED {
            self.repeated += looked_at;
        } else if 0 < line_start {
            self.pass_to(self.at + line_start - 1);
        }
    }

    /// Goes on to the next line that begins like a value; `None` until there is one.
    fn find_way(&mut self, indent: usize) -> Option<()> {
        while let Some(end) = memchr(b'\n', self.rest()) {
            let next = self.rest().get(end + 1..).unwrap_or_default();
            match begins_value(next, indent) {
                None if !self.finished => return None,
                Some(true) => {
                    self.state = State::Between;
                    self.pass_to(self.at + end + 1);
                    return Some(());
                }
                _ => self.pass_to(self.at + end + 1),
            }
        }
        // The rest of an endless line is not kept.
        self.pass_to(self.buffer.len());
        None
    }

    fn pass_to(&mut self, to: usize) {
        let passed = self.buffer.get(self.at..to).unwrap_or_default();
        match memrchr(b'\n', passed) {
            Some(end) => {
                self.place.line += memchr_iter(b'\n', passed).count() as u64;
                self.place.column = passed.len() - end - 1;
                let line = self.buffer.get(self.at + end + 1..).unwrap_or_default();
                self.place.indent = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            }
            None => self.place.column += passed.len(),
        }
        self.passed += passed.len();
        self.at = to;
    }
}

/// A value, or why it is left out as a whole, and how long it is.
type Read = (Result<Json, Problem>, usize);

/// What is wrong with a value, and where.
struct Broken {
    problem: Problem,
    /// How many lines after its first it breaks.
    line: u64,
    /// Where that line begins, from the value's own beginning.
    line_start: usize,
    /// How many bytes were looked at to find it.
    looked_at: usize,
}

/// Whether a line begins like a value, behind no more blanks than those; `None` if it has not come so far.
fn begins_value(line: &[u8], indent: usize) -> Option<bool> {
    let blanks = line.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    line.get(blanks).map(|first| blanks <= indent && matches!(first, b'{' | b'['))
}
