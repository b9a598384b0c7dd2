//! Reads the tables of an SQLite file from its bytes (<https://www.sqlite.org/fileformat2.html>): the schema, b-trees of
//! tables with overflow pages, and records. Indexes are not needed, nor is anything ever written. The file is a
//! stranger's: pages are visited once, and no more is read out of it than it could honestly hold.

use std::collections::{BTreeMap, BTreeSet};

/// With what every such file begins.
pub(super) const MAGIC: &[u8] = b"SQLite format 3\0";
/// How often the bytes of a file may be read out of it: honest records share none.
const MOST_AGAIN: usize = 3;
/// The deepest that a b-tree may be; real ones have less than ten levels.
const MOST_DEPTH: usize = 20;

/// What a field of a record holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Cell {
    #[default]
    Null,
    Integer(i64),
    Real(f64),
    Text(String),
    Blob,
}

/// A table that was read.
#[derive(Debug, Default)]
pub(super) struct Table {
    columns: Vec<String>,
    rows: Vec<(i64, Vec<Cell>)>,
}

/// A row with the names of its cells.
#[derive(Clone, Copy)]
pub(super) struct Row<'t> {
    columns: &'t [String],
    id: i64,
    cells: &'t [Cell],
}

/// A file.
pub(super) struct Database<'b> {
    bytes: &'b [u8],
    page_size: usize,
    usable: usize,
    encoding: u32,
    /// Whether it is used with a log beside it, which may hold what came last.
    pub(super) has_log: bool,
    tables: BTreeMap<String, (usize, Vec<String>)>,
}

type Broken = String;

fn broken(what: &str, page: usize) -> Broken {
    format!("{what} on page {page}")
}

impl<'b> Database<'b> {
    /// Reads header and schema.
    pub(super) fn new(bytes: &'b [u8]) -> Result<Self, Broken> {
        if !bytes.starts_with(MAGIC) {
            return Err("it is no SQLite file".to_owned());
        }
        let page_size = match number(bytes, 16, 2).unwrap_or_default() {
            1 => 65_536,
            size => size,
        };
        let reserved = number(bytes, 20, 1).unwrap_or_default();
        if !page_size.is_power_of_two() || page_size < 512 || page_size - reserved < 480 {
            return Err(format!("its pages cannot have {page_size} bytes"));
        }
        let mut database = Self {
            bytes,
            page_size,
            usable: page_size - reserved,
            encoding: u32::try_from(number(bytes, 56, 4).unwrap_or(1)).unwrap_or(1),
            has_log: number(bytes, 19, 1) == Some(2),
            tables: BTreeMap::new(),
        };
        for (_, cells) in database.rows(1)? {
            let [Cell::Text(kind), Cell::Text(name), _, Cell::Integer(root), Cell::Text(sql)] = &cells[..]
            else {
                continue;
            };
            if kind == "table" {
                let root = usize::try_from(*root).unwrap_or_default();
                database.tables.insert(name.to_uppercase(), (root, columns(sql)));
            }
        }
        Ok(database)
    }

    /// The table of that name, whatever its capitals; an empty one if there is none.
    pub(super) fn table(&self, name: &str) -> Result<Table, Broken> {
        let Some((root, columns)) = self.tables.get(name) else { return Ok(Table::default()) };
        let rows = self.rows(*root).map_err(|reason| format!("table {name}: {reason}"))?;
        Ok(Table { columns: columns.clone(), rows })
    }

    /// The records of the b-tree whose root is that page, in the order of their row ids.
    fn rows(&self, root: usize) -> Result<Vec<(i64, Vec<Cell>)>, Broken> {
        let mut rows = Vec::new();
        let mut seen = BTreeSet::new();
        let mut budget = self.bytes.len().saturating_mul(MOST_AGAIN);
        // Pages that wait, the next one last, with their depth.
        let mut waiting = vec![(root, 0)];
        while let Some((page, depth)) = waiting.pop() {
            if !seen.insert(page) || MOST_DEPTH < depth {
                return Err(broken("the tree leads in a circle", page));
            }
            let bytes = self.page(page)?;
            // The first page begins with the header of the file.
            let head = if page == 1 { 100 } else { 0 };
            let cut = || broken("a page is cut", page);
            let kind = number(bytes, head, 1).ok_or_else(cut)?;
            let count = number(bytes, head + 3, 2).ok_or_else(cut)?;
            let is_leaf = match kind {
                13 => true,
                5 => false,
                _ => return Err(broken("no page of a table was found", page)),
            };
            let pointers = head + if is_leaf { 8 } else { 12 };
            let cells = (0..count).map(|at| number(bytes, pointers + 2 * at, 2).ok_or_else(cut));
            if is_leaf {
                for cell in cells {
                    rows.push(self.record(bytes, cell?, page, &mut budget)?);
                }
            } else {
                let mut below = Vec::with_capacity(count + 1);
                for cell in cells {
                    below.push(number(bytes, cell?, 4).ok_or_else(cut)?);
                }
                below.push(number(bytes, head + 8, 4).ok_or_else(cut)?);
                waiting.extend(below.into_iter().rev().map(|page| (page, depth + 1)));
            }
        }
        Ok(rows)
    }

    fn page(&self, page: usize) -> Result<&'b [u8], Broken> {
        let start = page.checked_sub(1).and_then(|before| before.checked_mul(self.page_size));
        let found = start.and_then(|start| self.bytes.get(start..start.checked_add(self.page_size)?));
        found.ok_or_else(|| format!("page {page} is not there"))
    }

    /// The record of a cell of a leaf.
    fn record(
        &self,
        bytes: &[u8],
        at: usize,
        page: usize,
        budget: &mut usize,
    ) -> Result<(i64, Vec<Cell>), Broken> {
        let cut = || broken("a record is cut", page);
        let (length, used) = varint(bytes, at).ok_or_else(cut)?;
        let (id, used_by_id) = varint(bytes, at + used).ok_or_else(cut)?;
        let length = usize::try_from(length).map_err(|_| cut())?;
        *budget = budget.checked_sub(length).ok_or_else(|| broken("records share their bytes", page))?;
        let start = at + used + used_by_id;
        let most = self.usable - 35;
        if length <= most {
            return Ok((id, self.cells(bytes.get(start..start + length).ok_or_else(cut)?).ok_or_else(cut)?));
        }
        let least = (self.usable - 12) * 32 / 255 - 23;
        let fitting = least + (length - least) % (self.usable - 4);
        let local = if fitting <= most { fitting } else { least };
        let mut payload = bytes.get(start..start + local).ok_or_else(cut)?.to_vec();
        let mut next = number(bytes, start + local, 4).ok_or_else(cut)?;
        while payload.len() < length {
            let overflow = self.page(next)?;
            let left = (length - payload.len()).min(self.usable - 4);
            payload.extend_from_slice(overflow.get(4..4 + left).ok_or_else(cut)?);
            next = number(overflow, 0, 4).ok_or_else(cut)?;
        }
        Ok((id, self.cells(&payload).ok_or_else(cut)?))
    }

    /// The fields of a record: their types first, then their contents.
    fn cells(&self, payload: &[u8]) -> Option<Vec<Cell>> {
        let (header, mut at) = varint(payload, 0)?;
        let header = usize::try_from(header).ok()?;
        let mut content = header;
        let mut cells = Vec::new();
        while at < header {
            let (kind, used) = varint(payload, at)?;
            at += used;
            let length = match kind {
                0 | 8 | 9 => 0,
                1..=4 => usize::try_from(kind).ok()?,
                5 => 6,
                6 | 7 => 8,
                _ => usize::try_from(kind.checked_sub(12)? / 2).ok()?,
            };
            let bytes = payload.get(content..content.checked_add(length)?)?;
            content += length;
            cells.push(match kind {
                0 => Cell::Null,
                8 | 9 => Cell::Integer(kind - 8),
                1..=6 => {
                    // Big-endian, of two's complement.
                    let negative = bytes.first().is_some_and(|first| *first & 0x80 != 0);
                    let start = if negative { -1 } else { 0 };
                    Cell::Integer(bytes.iter().fold(start, |all: i64, byte| (all << 8) | i64::from(*byte)))
                }
                7 => Cell::Real(f64::from_be_bytes(bytes.try_into().ok()?)),
                _ if kind % 2 == 0 => Cell::Blob,
                _ => Cell::Text(self.text(bytes)),
            });
        }
        Some(cells)
    }

    fn text(&self, bytes: &[u8]) -> String {
        let wide = |unit: fn([u8; 2]) -> u16| {
            let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair));
            char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{FFFD}')).collect()
        };
        match self.encoding {
            2 => wide(u16::from_le_bytes),
            3 => wide(u16::from_be_bytes),
            _ => String::from_utf8_lossy(bytes).into_owned(),
        }
    }
}

impl Table {
    /// Its rows in the order of their ids.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.rows.iter().map(|(id, cells)| Row { columns: &self.columns, id: *id, cells })
    }

    /// Whether it has a column of that name.
    pub(super) fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name.eq_ignore_ascii_case(column))
    }
}

impl<'t> Row<'t> {
    fn cell(&self, column: &str) -> Option<&'t Cell> {
        let at = self.columns.iter().position(|name| name.eq_ignore_ascii_case(column))?;
        self.cells.get(at)
    }

    /// The number in a column; a key of the table is stored as the row's own.
    pub(super) fn integer(&self, column: &str) -> Option<i64> {
        match self.cell(column)? {
            Cell::Integer(number) => Some(*number),
            Cell::Null if column.eq_ignore_ascii_case("ID") => Some(self.id),
            #[expect(
                clippy::cast_possible_truncation,
                reason = "a whole number, or none that means anything"
            )]
            Cell::Real(number) => Some(*number as i64),
            Cell::Text(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// The text in a column; empty for none.
    pub(super) fn text(&self, column: &str) -> String {
        match self.cell(column) {
            Some(Cell::Text(text)) => text.clone(),
            Some(Cell::Integer(number)) => number.to_string(),
            Some(Cell::Real(number)) => number.to_string(),
            _ => String::new(),
        }
    }
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().fold(0, |all, byte| (all << 8) | usize::from(*byte)))
}

/// A number of one to nine bytes, seven bits each and eight in the last, and how many bytes it takes.
fn varint(bytes: &[u8], at: usize) -> Option<(i64, usize)> {
    let mut value: u64 = 0;
    for used in 0..9 {
        let byte = *bytes.get(at.checked_add(used)?)?;
        if used == 8 {
            return Some((((value << 8) | u64::from(byte)).cast_signed(), 9));
        }
        value = (value << 7) | u64::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            return Some((value.cast_signed(), used + 1));
        }
    }
    None
}

/// The names of the columns that `CREATE TABLE NAME(COLUMN …, …)` declares.
fn columns(sql: &str) -> Vec<String> {
    let Some((_, inside)) = sql.split_once('(') else { return Vec::new() };
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for letter in inside.chars() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 0 => break,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    let name = |part: &String| {
        let name = part.split_whitespace().next()?.split('(').next()?;
        let name = name.trim_matches(['"', '`', '[', ']', '\'']);
        let is_rule =
            ["FOREIGN", "CHECK", "UNIQUE", "PRIMARY", "CONSTRAINT"].contains(&&*name.to_uppercase());
        (!is_rule).then(|| name.to_owned())
    };
    parts.iter().filter_map(name).collect()
}
