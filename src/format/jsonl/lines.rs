//! Cuts a stream of bytes into lines. Memory stays within one line's cap and one chunk; a bad line is told and the
//! rest goes on.

use std::borrow::Cow;

use memchr::memchr;

use crate::format::Problem;

/// The most bytes that a line of a file may have: the largest text, escaped, with room for its annotations.
pub const MAX_LINE_BYTES: usize = 64 << 20;

/// A line without its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its number, from 1.
    pub number: u64,
    /// Its characters, or why they cannot be had.
    pub content: Result<Cow<'a, str>, Problem>,
}

/// Lines out of chunks of bytes, whatever the chunks' borders.
///
/// Line ends are LF or CRLF; the last line needs none; a byte order mark at the start is dropped.
///
/// ```
/// use rubricator::format::Lines;
/// let mut lines = Lines::new();
/// lines.push(b"{\"text\":\"one\"}\r\n{\"te");
/// assert_eq!(lines.next_line().map(|line| line.number), Some(1));
/// assert_eq!(lines.next_line(), None);
/// lines.push(b"xt\":\"two\"}");
/// lines.finish();
/// assert_eq!(lines.next_line().and_then(|line| line.content.ok()).as_deref(), Some(r#"{"text":"two"}"#));
/// ```
#[derive(Debug)]
pub struct Lines {
    buffer: Vec<u8>,
    /// Where the first line that was not given out starts in the buffer.
    start: usize,
    /// Up to where the buffer is known to hold no line end.
    scanned: usize,
    number: u64,
    state: State,
    finished: bool,
    most_bytes: usize,
}

#[derive(Debug, PartialEq)]
enum State {
    /// Before the first byte.
    Begin,
    /// Inside the file.
    Lines,
    /// Inside a line that was given up, until its end.
    Skipping,
    /// The rest of the file was given up.
    Over,
}

impl Default for Lines {
    fn default() -> Self {
        Self::new()
    }
}

impl Lines {
    /// The lines of a file none of whose bytes is known yet.
    pub const fn new() -> Self {
        Self::with_cap(MAX_LINE_BYTES)
    }

    /// The same with another greatest length of a line.
    pub const fn with_cap(most_bytes: usize) -> Self {
        Self {
            buffer: Vec::new(),
            start: 0,
            scanned: 0,
            number: 0,
            state: State::Begin,
            finished: false,
            most_bytes,
        }
    }

    /// Adds the next bytes of the file. Take all lines out before the next chunk, so that memory stays bounded.
    pub fn push(&mut self, chunk: &[u8]) {
        self.buffer.drain(..self.start);
        self.scanned = self.scanned.saturating_sub(self.start);
        self.start = 0;
        if self.state != State::Over {
            self.buffer.extend_from_slice(chunk);
        }
    }

    /// Says that there are no more bytes: what is left is the last line.
    pub const fn finish(&mut self) {
        self.finished = true;
    }

    /// The next complete line; `None` until more bytes come. Lines of white space only are passed over.
    pub fn next_line(&mut self) -> Option<Line<'_>> {
        if self.begin()? {
            return Some(Line { number: 1, content: Err(Problem::Utf16Lines) });
        }
        loop {
            let end = memchr(b'\n', self.buffer.get(self.scanned..)?).map(|at| self.scanned + at);
            let line = match end {
                Some(end) => self.start..end,
                None if self.finished && self.start < self.buffer.len() => self.start..self.buffer.len(),
                None => {
                    self.scanned = self.buffer.len();
                    let length = self.scanned - self.start;
                    if self.state == State::Skipping || length > self.most_bytes {
                        self.buffer.clear();
                        self.start = 0;
                        self.scanned = 0;
                    }
                    if self.state == State::Skipping || length <= self.most_bytes {
                        return None;
                    }
                    self.state = State::Skipping;
                    return Some(self.too_long());
                }
            };
            self.start = end.map_or(line.end, |end| end + 1);
            self.scanned = self.start;
            if self.state == State::Skipping {
                self.state = State::Lines;
                continue;
            }
            if line.len() > self.most_bytes {
                return Some(self.too_long());
            }
            self.number += 1;
            if !self.buffer.get(line.clone())?.trim_ascii().is_empty() {
                let bytes = self.buffer.get(line)?;
                let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
                let content = std::str::from_utf8(bytes)
                    .map(Cow::Borrowed)
                    .map_err(|error| Problem::InvalidUtf8 { column: error.valid_up_to() + 1 });
                return Some(Line { number: self.number, content });
            }
        }
    }

    /// Passes the byte order mark and says whether it is that of UTF-16, after which nothing else is given out;
    /// `None` while it is not certain or nothing is to come.
    fn begin(&mut self) -> Option<bool> {
        match self.state {
            State::Begin if self.buffer.len() < 3 && !self.finished => None,
            State::Begin => {
                if self.buffer.starts_with(b"\xFF\xFE") || self.buffer.starts_with(b"\xFE\xFF") {
                    self.state = State::Over;
                    self.buffer.clear();
                    return Some(true);
                }
                self.state = State::Lines;
                if self.buffer.starts_with(b"\xEF\xBB\xBF") {
                    self.start = 3;
                    self.scanned = 3;
                }
                Some(false)
            }
            State::Over => None,
            State::Lines | State::Skipping => Some(false),
        }
    }

    const fn too_long(&mut self) -> Line<'static> {
        self.number += 1;
        Line { number: self.number, content: Err(Problem::LineTooLong { most: self.most_bytes }) }
    }
}
