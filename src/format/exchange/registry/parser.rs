//! Reading the registry's table. The columns are found by their names, in any order; everything that is wrong is told
//! with its line, and then nothing is taken.

use std::fmt;

use csv::StringRecord;

use super::{
    super::{
        Source,
        table::{Sheet, disarmed},
    },
    COLUMNS,
};
use crate::format::Problem;
use crate::model::{Actor, ActorId, ActorKind};

/// A row of the table. What its column does not say is `None`, because there is no such column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its line in the file, from 1.
    pub line: u64,
    /// The entry's id, where the cell is not empty.
    pub id: Option<ActorId>,
    /// The canonical name.
    pub name: String,
    /// What it stands for, where the cell is not empty.
    pub kind: Option<ActorKind>,
    /// Other names.
    pub aliases: Option<Vec<String>>,
    /// A Wikidata item or an address.
    pub wikidata: Option<String>,
    /// A remark for people.
    pub note: Option<String>,
}

/// Why a table cannot be taken in.
#[derive(Clone, Debug, PartialEq)]
pub enum RegistryFault {
    /// It is no text.
    NoTable(Problem),
    /// It has no rows at all.
    Empty,
    /// It has no column of names.
    NoName {
        /// The columns that it has.
        found: Vec<String>,
    },
    /// It has a column that the registry does not know.
    UnknownColumn(String),
    /// It has a column twice.
    ColumnTwice(String),
    /// Something is wrong in a line.
    Line {
        /// The line, from 1.
        line: u64,
        /// What.
        fault: LineFault,
    },
}

/// What is wrong in a line.
#[derive(Clone, Debug, PartialEq)]
pub enum LineFault {
    /// There is no name.
    NoName,
    /// The id is none.
    Id(String),
    /// There is no such kind of actor.
    Kind(String),
    /// It is neither a Wikidata item nor an address.
    OutsideId(String),
    /// The name stands in an earlier line already.
    NameTwice {
        /// The name.
        name: String,
        /// The earlier line.
        first: u64,
    },
    /// Another entry of the registry bears the name.
    NameTaken(String),
    /// An earlier line is about the same entry.
    EntryTwice {
        /// The earlier line.
        first: u64,
    },
    /// It has more cells than the table has columns.
    Cells {
        /// So many.
        found: usize,
        /// The columns.
        columns: usize,
    },
    /// A quotation mark is not closed.
    Quote,
}

impl fmt::Display for RegistryFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = COLUMNS.join(", ");
        match self {
            Self::NoTable(problem) => write!(formatter, "{problem}"),
            Self::Empty => write!(
                formatter,
                "the file is empty; a table begins with the names of its columns: {columns}"
            ),
            Self::NoName { found } => write!(
                formatter,
                "no column is called “name”. The table has {}; the registry's columns are {columns}",
                found.join(", ")
            ),
            Self::UnknownColumn(name) => write!(
                formatter,
                "the registry has no column “{name}”, only {columns}: rename the column, or take it out"
            ),
            Self::ColumnTwice(name) => write!(formatter, "the column “{name}” is there twice"),
            Self::Line { line, fault } => write!(formatter, "line {line}: {fault}"),
        }
    }
}

impl fmt::Display for LineFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoName => write!(formatter, "there is no name"),
            Self::Id(id) => write!(
                formatter,
                "“{id}” is no id of Rubricator: leave the cell empty to find the actor by name or to add it"
            ),
            Self::Kind(kind) => {
                let kinds = ActorKind::ALL.map(ActorKind::name).join(", ");
                write!(formatter, "“{kind}” is no kind of actor: it is one of {kinds}")
            }
            Self::OutsideId(written) => write!(
                formatter,
                "“{written}” is neither a Wikidata number such as Q42 nor an address that begins with https://"
            ),
            Self::NameTwice { name, first } => {
                write!(
                    formatter,
                    "“{name}” stands in line {first} already; each actor needs a name of its own"
                )
            }
            Self::NameTaken(name) => write!(
                formatter,
                "another actor is called “{name}” already: merge the two in the registry, or choose another name"
            ),
            Self::EntryTwice { first } => write!(formatter, "it is about the same actor as line {first}"),
            Self::Cells { found, columns } => {
                write!(formatter, "it has {found} cells, but the table has {columns} columns")
            }
            Self::Quote => write!(formatter, "a quotation mark is not closed"),
        }
    }
}

/// Reads a table of the registry.
///
/// # Errors
/// All that is wrong, line by line.
pub fn parse(bytes: &[u8]) -> Result<Vec<Entry>, Vec<RegistryFault>> {
    let sheet =
        Sheet::of(&Source { path: "", bytes }).map_err(|problem| vec![RegistryFault::NoTable(problem)])?;
    let mut rows = sheet.rows();
    let head = match rows.next() {
        Some((_, Ok(head))) => head,
        Some((line, Err(_))) => return Err(vec![RegistryFault::Line { line, fault: LineFault::Quote }]),
        None => return Err(vec![RegistryFault::Empty]),
    };
    let columns = Columns::of(&head)?;
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    for (line, row) in rows {
        match row {
            Ok(row) if row.iter().all(|cell| cell.trim().is_empty()) => {}
            Ok(row) => match columns.entry(line, &row) {
                Ok(entry) => entries.push(entry),
                Err(fault) => faults.push(RegistryFault::Line { line, fault }),
            },
            Err(_) => faults.push(RegistryFault::Line { line, fault: LineFault::Quote }),
        }
    }
    if faults.is_empty() { Ok(entries) } else { Err(faults) }
}

/// Where each column of the registry stands in the table.
struct Columns {
    places: [Option<usize>; COLUMNS.len()],
    count: usize,
}

impl Columns {
    fn of(head: &StringRecord) -> Result<Self, Vec<RegistryFault>> {
        let mut places = [None; COLUMNS.len()];
        let mut faults = Vec::new();
        for (at, cell) in head.iter().enumerate() {
            let name = cell.trim().to_lowercase();
            // The tables for spreadsheets call it so.
            let name = if name == "actor_id" { "id" } else { &*name };
            match COLUMNS.iter().position(|column| *column == name).and_then(|column| places.get_mut(column))
            {
                Some(place) if place.is_some() => faults.push(RegistryFault::ColumnTwice(name.to_owned())),
                Some(place) => *place = Some(at),
                // A delimiter at the end of each line makes a column without a name.
                None if name.is_empty() => {}
                None => faults.push(RegistryFault::UnknownColumn(cell.trim().to_owned())),
            }
        }
        if places[1].is_none() {
            let found = head.iter().map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty());
            faults = vec![RegistryFault::NoName { found: found.collect() }];
        }
        if faults.is_empty() { Ok(Self { places, count: head.len() }) } else { Err(faults) }
    }

    fn entry(&self, line: u64, row: &StringRecord) -> Result<Entry, LineFault> {
        if self.count < row.len() && row.iter().skip(self.count).any(|cell| !cell.is_empty()) {
            return Err(LineFault::Cells { found: row.len(), columns: self.count });
        }
        let cell = |column: usize| {
            let place = self.places.get(column).copied().flatten()?;
            Some(disarmed(row.get(place).unwrap_or_default()))
        };
        let stated = |column| cell(column).map(str::trim).filter(|cell| !cell.is_empty());
        let name = cell(1).map(tidy).unwrap_or_default();
        if name.is_empty() {
            return Err(LineFault::NoName);
        }
        let id = stated(0).map(|id| ActorId::parse(id).ok_or_else(|| LineFault::Id(id.to_owned())));
        let kind = stated(2).map(|kind| {
            ActorKind::from_name(&kind.to_lowercase()).ok_or_else(|| LineFault::Kind(kind.to_owned()))
        });
        let wikidata = cell(4).map(|written| {
            Actor::outside_id(written).ok_or_else(|| LineFault::OutsideId(written.trim().to_owned()))
        });
        Ok(Entry {
            line,
            id: id.transpose()?,
            aliases: cell(3).map(|list| aliases(list, &name)),
            name,
            kind: kind.transpose()?,
            wikidata: wikidata.transpose()?,
            note: cell(5).map(|note| note.trim().to_owned()),
        })
    }
}

/// The names of a list, each once and without the canonical one.
fn aliases(list: &str, name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = list.chars();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            ';' => {
                parts.push(String::new());
                continue;
            }
            '\\' => letters.next().unwrap_or('\\'),
            letter => letter,
        };
        if let Some(part) = parts.last_mut() {
            part.push(letter);
        }
    }
    let mut aliases: Vec<String> = Vec::new();
    for alias in parts.iter().map(|part| tidy(part)) {
        if !alias.is_empty() && alias != name && !aliases.contains(&alias) {
            aliases.push(alias);
        }
    }
    aliases
}

fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
