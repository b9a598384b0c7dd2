//! The rows of a file, with its encoding, delimiter and quoting found out. A quotation mark that is never closed costs
//! the row in which it stands, not the rest of the file.

use std::borrow::Cow;

use csv::{Reader, ReaderBuilder, StringRecord};
use memchr::{memchr, memchr_iter};

use super::super::Source;
use super::objects::{is_json, names, rows};
use crate::format::Problem;

/// Delimiters, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// So much of a file is looked at to find its delimiter.
const LOOK: usize = 64 << 10;

/// So often, on average, a byte may be looked at again behind a mark that is never closed. From then on quotation marks
/// are taken as they stand.
const MOST_AGAIN: usize = 8;

/// What the bytes 0x80 to 0x9F stand for in Windows-1252; the five without a meaning are taken as Latin-1 has them.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}',
    '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// A file as a table.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    text: Cow<'a, str>,
    /// The bytes and the names of the columns where the file is JSON.
    objects: Option<(&'a [u8], Vec<String>)>,
    /// What stands between its cells.
    pub delimiter: u8,
    /// What is to be said of its encoding.
    pub doubt: Option<Problem>,
}

impl<'a> Sheet<'a> {
    /// The table in a file: UTF-8, UTF-16 with its mark, or Windows-1252 where it is neither.
    ///
    /// # Errors
    /// It is no text or too large.
    pub fn of(source: &Source<'a>) -> Result<Self, Problem> {
        if is_json(source) {
            let objects = Some((source.bytes, names(source.bytes)));
            return Ok(Self { text: "".into(), objects, delimiter: b',', doubt: None });
        }
        let (text, doubt) = match source.text() {
            Ok(text) => (text, None),
            Err(Problem::NotUtf8 { line, column, byte }) => {
                // A file may be cut for a first look, and so in the middle of a letter.
                let whole = match std::str::from_utf8(source.bytes) {
                    Err(error) if error.error_len().is_none() => source
                        .bytes
                        .get(..error.valid_up_to())
                        .and_then(|head| std::str::from_utf8(head).ok()),
                    _ => None,
                };
                match whole {
                    Some(head) => (Cow::Borrowed(head), None),
                    None => {
                        (windows(source.bytes).into(), Some(Problem::TakenAsWindows { line, column, byte }))
                    }
                }
            }
            Err(problem) => return Err(problem),
        };
        let delimiter = delimiter(&text);
        Ok(Self { text, objects: None, delimiter, doubt })
    }

    /// Its rows with the lines on which they begin, from 1; empty lines are none.
    pub fn rows(&self) -> Box<dyn Iterator<Item = Row> + '_> {
        if let Some((bytes, names)) = &self.objects {
            return Box::new(rows(bytes, names));
        }
        Box::new(Rows {
            text: &self.text,
            delimiter: self.delimiter,
            begin: 0,
            reader: reader(self.text.as_bytes(), self.delimiter, true),
            counted: 0,
            line: 1,
            again: 0,
        })
    }
}

/// Rows one after the other. Linear in the file.
pub struct Rows<'t> {
    text: &'t str,
    delimiter: u8,
    /// Where the reader began.
    begin: usize,
    reader: Reader<&'t [u8]>,
    /// Up to where lines are counted, and which one it is.
    counted: usize,
    line: u64,
    /// How many bytes were looked at again.
    again: usize,
}

/// A row's line and its cells, or what is wrong there.
pub type Row = (u64, Result<StringRecord, Problem>);

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let mut record = StringRecord::new();
        if !self.reader.read_record(&mut record).ok()? {
            return None;
        }
        let at = record.position().map_or(0, |place| place_of(place.byte()));
        let before = self.text.get(self.begin + at..).unwrap_or_default();
        let start = self.text.len() - before.trim_start_matches(['\r', '\n']).len();
        let passed = self.text.as_bytes().get(self.counted..start).unwrap_or_default();
        self.line += memchr_iter(b'\n', passed).count() as u64;
        self.counted = start;
        let line = self.line;
        let end = self.begin + place_of(self.reader.position().byte());
        let row = self.text.get(start..end).unwrap_or_default().trim_end_matches(['\r', '\n']);
        let first = memchr(b'\n', row.as_bytes());
        let is_open = match ending(row, self.delimiter) {
            Ending::Closed => false,
            // On one line it harms nothing; over several it is where another cell begins.
            Ending::Loose => first.is_some(),
            Ending::Open => self.text.len() <= end,
        };
        if is_open && self.again <= MOST_AGAIN * self.text.len() {
            self.begin = first.map_or(end, |at| start + at + 1);
            self.again += end - self.begin;
            let rest = self.text.get(self.begin..).unwrap_or_default();
            let quoting = self.again <= MOST_AGAIN * self.text.len();
            self.reader = reader(rest.as_bytes(), self.delimiter, quoting);
            return Some((line, Err(Problem::OpenQuote)));
        }
        Some((line, Ok(record)))
    }
}

fn reader(bytes: &[u8], delimiter: u8, quoting: bool) -> Reader<&[u8]> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(quoting)
        .from_reader(bytes)
}

fn place_of(byte: u64) -> usize {
    usize::try_from(byte).unwrap_or(usize::MAX)
}

/// How the quoted cells of a row end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    /// Each before a delimiter or at the end, as it should.
    Closed,
    /// One before something else.
    Loose,
    /// One not at all.
    Open,
}

fn ending(row: &str, delimiter: u8) -> Ending {
    let bytes = row.as_bytes();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..) {
        if rest.first() == Some(&b'"') {
            at += 1;
            // Behind the mark that ends the cell; two of them stand for one.
            loop {
                let Some(next) = memchr(b'"', bytes.get(at..).unwrap_or_default()) else {
                    return Ending::Open;
                };
                at += next + 1;
                match bytes.get(at) {
                    Some(b'"') => at += 1,
                    Some(byte) if *byte != delimiter => return Ending::Loose,
                    _ => break,
                }
            }
        }
        match memchr(delimiter, bytes.get(at..).unwrap_or_default()) {
            Some(next) => at += next + 1,
            None => break,
        }
    }
    Ending::Closed
}

/// What stands between the cells: that with which most of the first rows have as many cells as the first one.
fn delimiter(text: &str) -> u8 {
    let mut end = LOOK.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text.get(..end).unwrap_or(text);
    let mut best = (0, 1, DELIMITERS[0]);
    for delimiter in DELIMITERS {
        let mut rows = reader(head.as_bytes(), delimiter, true);
        let lengths: Vec<usize> =
            rows.records().map_while(Result::ok).map(|row| row.len()).take(50).collect();
        let first = lengths.first().copied().unwrap_or_default();
        let equal = lengths.iter().filter(|length| **length == first).count() * 100;
        let share = equal.checked_div(lengths.len()).unwrap_or_default();
        if first > 1 && (best.0, best.1) < (share, first) {
            best = (share, first, delimiter);
        }
    }
    best.2
}

fn windows(bytes: &[u8]) -> String {
    let letter = |byte: &u8| match byte {
        0x80..=0x9F => WINDOWS[usize::from(byte - 0x80)],
        byte => char::from(*byte),
    };
    bytes.iter().map(letter).collect()
}
