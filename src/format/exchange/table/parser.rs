//! Documents out of rows.

use csv::StringRecord;
use serde_json::{Map, Value as Json};

use super::super::{Foreign, Mark, Remarks, Source};
use super::columns::{Columns, Role};
use super::sheet::{self, Sheet};
use crate::format::{Issue, Issues, Problem};
use crate::model::Meta;

/// How many rows are looked at.
const LOOK: usize = 20;

/// What a table seems to hold, for the person to correct.
#[derive(Clone, Debug, PartialEq)]
pub struct Look {
    /// Its columns with what each holds.
    pub columns: Columns,
    /// Its first sound rows, names not among them.
    pub rows: Vec<Vec<String>>,
    /// What stands between its cells.
    pub delimiter: char,
    /// What is to be said of its encoding.
    pub doubt: Option<Problem>,
}

/// Looks at the first rows of a file, of which a part is enough.
///
/// # Errors
/// It is no text.
pub fn look(source: &Source<'_>) -> Result<Look, Problem> {
    let sheet = Sheet::of(source)?;
    let (columns, rows) = first_rows(&sheet);
    let cells = |row: &StringRecord| row.iter().map(str::to_owned).collect();
    let rows = rows.iter().skip(usize::from(columns.has_header)).map(cells).collect();
    Ok(Look { columns, rows, delimiter: char::from(sheet.delimiter), doubt: sheet.doubt })
}

fn first_rows(sheet: &Sheet<'_>) -> (Columns, Vec<StringRecord>) {
    let rows: Vec<_> = sheet.rows().filter_map(|(_, row)| row.ok()).take(LOOK).collect();
    (Columns::guess(&rows), rows)
}

/// The documents of a table one after the other, so that memory holds one at a time.
pub struct Rows<'s> {
    path: &'s str,
    columns: Columns,
    rows: Box<dyn Iterator<Item = sheet::Row> + 's>,
    /// Whether the header is still to come. It is the first sound row: names on a broken line cannot be read.
    is_header: bool,
    /// The document to which the next row may belong, with its id as it stands.
    open: Option<(String, Foreign)>,
}

impl<'s> Rows<'s> {
    /// Those of a sheet out of that file, by the columns that were chosen or else by those it seems to have.
    pub fn new(path: &'s str, sheet: &'s Sheet<'_>, chosen: Option<&Columns>, issues: &mut Issues) -> Self {
        if let Some(doubt) = sheet.doubt.clone() {
            issues.push(Issue::new(path, None, None, doubt));
        }
        let columns = chosen.cloned().unwrap_or_else(|| first_rows(sheet).0);
        let is_header = columns.has_header;
        if columns.place(Role::Text).is_none() {
            issues.push(Issue::new(path, None, None, Problem::NoTextColumn));
            return Self { path, columns, rows: Box::new(std::iter::empty()), is_header, open: None };
        }
        Self { path, columns, rows: sheet.rows(), is_header, open: None }
    }

    /// The next document with all its marks; what is wrong with rows on the way goes to the issues.
    pub fn next_document(&mut self, issues: &mut Issues) -> Option<Foreign> {
        let Self { path, columns, rows, is_header, open } = self;
        for (line, row) in rows {
            let mut tell = |problem| issues.push(Issue::new(path, Some(line), None, problem));
            let row = match row {
                Ok(row) => row,
                Err(problem) => {
                    tell(problem);
                    continue;
                }
            };
            if std::mem::take(is_header) {
                continue;
            }
            let expected = columns.roles.len();
            if row.len() != expected {
                tell(Problem::OtherCells { found: row.len(), expected });
            }
            let row = Row { columns, cells: &row };
            let text = row.cell(Role::Text);
            if text.trim().is_empty() {
                tell(Problem::EmptyText);
                continue;
            }
            let mark = row.mark(line).unwrap_or_else(|problem| {
                tell(problem);
                None
            });
            let id = row.cell(Role::Id);
            if let Some((known, document)) = open
                && row.has_places()
                && known == id
                && document.text == text
            {
                document.marks.extend(mark);
                continue;
            }
            let mut document = row.document(path, line);
            document.marks.extend(mark);
            if let Some((_, ready)) = open.replace((id.to_owned(), document)) {
                return Some(ready);
            }
        }
        open.take().map(|(_, document)| document)
    }
}

/// A row with what its cells mean.
struct Row<'r> {
    columns: &'r Columns,
    cells: &'r StringRecord,
}

impl<'r> Row<'r> {
    /// The cell of a role as it stands; empty if there is none.
    fn cell(&self, role: Role) -> &'r str {
        self.columns.place(role).and_then(|at| self.cells.get(at)).unwrap_or_default()
    }

    /// Whether rows of this table may be marks.
    fn has_places(&self) -> bool {
        self.columns.place(Role::Start).is_some() && self.columns.place(Role::End).is_some()
    }

    fn document(&self, path: &str, line: u64) -> Foreign {
        let plain = |role| self.cell(role).trim().to_owned();
        let mut extra = Map::new();
        for (at, cell) in self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let role = self.columns.roles.get(at).copied().unwrap_or_default();
            let is_kept = match role {
                Role::Other => true,
                // Of the whole document, then.
                Role::Label | Role::Start | Role::End | Role::Quote | Role::Note => !self.has_places(),
                _ => false,
            };
            if is_kept {
                let name = self.columns.names.get(at).cloned();
                let name = name.unwrap_or_else(|| format!("column {}", at + 1));
                extra.insert(name, Json::from(cell));
            }
        }
        Foreign {
            path: path.to_owned(),
            line: Some(line),
            id: plain(Role::Id),
            title: plain(Role::Title),
            text: self.cell(Role::Text).to_owned(),
            meta: Meta {
                source: plain(Role::Source),
                author: plain(Role::Author),
                published: day(self.cell(Role::Date).trim()),
                url: plain(Role::Url),
                language: plain(Role::Language),
            },
            extra,
            ..Foreign::default()
        }
    }

    /// The mark that the row states; none if it states no place.
    fn mark(&self, line: u64) -> Result<Option<Mark>, Problem> {
        let (start, end) = (self.cell(Role::Start).trim(), self.cell(Role::End).trim());
        if !self.has_places() || (start.is_empty() && end.is_empty()) {
            return Ok(None);
        }
        let (Ok(start), Ok(end)) = (start.parse(), end.parse()) else {
            let reason = format!("its place is {start:?} to {end:?}, numbers are expected");
            return Err(Problem::UnreadableRecord { reason });
        };
        Ok(Some(Mark {
            label: self.cell(Role::Label).trim().to_owned(),
            fragments: vec![(start, end)],
            quote: Some(self.cell(Role::Quote)).filter(|quote| !quote.is_empty()).map(str::to_owned),
            aside: Remarks { note: self.cell(Role::Note).to_owned(), ..Remarks::default() }.into(),
            line: Some(line),
            ..Mark::default()
        }))
    }
}

/// A day as `YYYY-MM-DD` where it is written so that only one day can be meant, else as it stands.
pub fn day(stated: &str) -> String {
    let digits = |part: &str, least, most| {
        part.parse::<u32>().ok().filter(|number| (least..=most).contains(number) && part.len() <= 4)
    };
    let date = stated.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = date.split(['-', '.', '/']).collect();
    let [first, second, third] = parts[..] else { return stated.to_owned() };
    let found = if first.len() == 4 {
        (digits(first, 1, 9999), digits(second, 1, 12), digits(third, 1, 31))
    } else if third.len() == 4 && (date.contains('.') || digits(first, 13, 31).is_some()) {
        (digits(third, 1, 9999), digits(second, 1, 12), digits(first, 1, 31))
    } else {
        (None, None, None)
    };
    match found {
        (Some(year), Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        _ => stated.to_owned(),
    }
}
