//! Taguette's codebook table: a column `tag` (or `name` or `path`), and, if it likes, `description` and `parent`, which
//! holds the whole name of the tag above. Without parents a tag `a.b` stands below the tag `a`, where there is one.

use std::collections::{BTreeMap, BTreeSet};

use super::codes::{Code, Codes, MOST_CODES};
use super::{CodebookProblem, Wrong};
use crate::format::exchange::{Sheet, Source, disarmed, push_row};

const NAMES: [&str; 3] = ["tag", "name", "path"];

struct Row {
    path: String,
    parent: String,
    description: String,
    line: u64,
}

pub(super) fn parse(source: &Source<'_>) -> Result<Codes, Wrong> {
    let sheet = Sheet::of(source).map_err(|problem| (None, CodebookProblem::NoText(Box::new(problem))))?;
    let mut rows = sheet.rows();
    let (line, header) = rows.next().ok_or((None, CodebookProblem::NoCodes))?;
    let header = header.map_err(|problem| (Some(line), CodebookProblem::Row(Box::new(problem))))?;
    let header: Vec<String> = header.iter().map(|cell| cell.trim().to_lowercase()).collect();
    let place = |name: &str| header.iter().position(|cell| cell == name);
    let [Some(path)] = NAMES.iter().map(|name| place(name)).filter(Option::is_some).collect::<Vec<_>>()[..]
    else {
        return Err((Some(line), CodebookProblem::Columns { found: header }));
    };
    let (parent, description) = (place("parent"), place("description"));
    let needed = [Some(path), parent, description].into_iter().flatten().max().map_or(0, |last| last + 1);
    let mut found: Vec<Row> = Vec::new();
    for (line, row) in rows {
        let row = row.map_err(|problem| (Some(line), CodebookProblem::Row(Box::new(problem))))?;
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if row.len() < needed {
            return Err((Some(line), CodebookProblem::Cells { found: row.len(), needed }));
        }
        let cell =
            |at: Option<usize>| disarmed(at.and_then(|at| row.get(at)).unwrap_or_default().trim()).to_owned();
        let row = Row { path: cell(Some(path)), parent: cell(parent), description: cell(description), line };
        if row.path.is_empty() {
            return Err((Some(line), CodebookProblem::NoName));
        }
        if found.len() == MOST_CODES {
            return Err((Some(line), CodebookProblem::TooMany { most: MOST_CODES }));
        }
        found.push(row);
    }
    Codes::new(in_order(&found)?)
}

/// The codes of the rows, each after the one it stands below.
fn in_order(rows: &[Row]) -> Result<Vec<Code>, Wrong> {
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        if places.insert(&row.path, at).is_some() {
            return Err((Some(row.line), CodebookProblem::SameName { name: row.path.clone() }));
        }
    }
    let mut children: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let parent = if row.parent.is_empty() {
            let ends = row.path.rmatch_indices('.').map(|(end, _)| row.path.get(..end).unwrap_or_default());
            ends.filter_map(|above| places.get(above)).next().copied()
        } else {
            let unknown =
                || CodebookProblem::UnknownParent { name: row.path.clone(), parent: row.parent.clone() };
            Some(*places.get(row.parent.as_str()).ok_or_else(|| (Some(row.line), unknown()))?)
        };
        children.entry(parent).or_default().push(at);
    }
    let mut codes = Vec::with_capacity(rows.len());
    let mut met = vec![false; rows.len()];
    let top = children.get(&None).into_iter().flatten().rev();
    let mut waiting: Vec<(usize, Option<(usize, usize)>)> = top.map(|at| (*at, None)).collect();
    while let Some((at, above)) = waiting.pop() {
        let (Some(row), Some(met)) = (rows.get(at), met.get_mut(at)) else { continue };
        *met = true;
        let outer = above.and_then(|(row, _)| rows.get(row)).map(|row| row.path.as_str());
        let own = outer.and_then(|outer| row.path.strip_prefix(outer)?.strip_prefix('.'));
        let below = children.get(&Some(at)).into_iter().flatten().rev();
        waiting.extend(below.map(|child| (*child, Some((at, codes.len())))));
        codes.push(Code {
            name: own.unwrap_or(&row.path).to_owned(),
            description: row.description.clone(),
            parent: above.map(|(_, code)| code),
            line: row.line,
            ..Code::default()
        });
    }
    match met.iter().position(|met| !met) {
        None => Ok(codes),
        Some(first) => Err(circle(rows, &places, first)),
    }
}

/// The circle that a row leads into: what no top leads to has parents all the way round.
fn circle(rows: &[Row], places: &BTreeMap<&str, usize>, first: usize) -> Wrong {
    let above = |at: usize| rows.get(at).and_then(|row| places.get(row.parent.as_str())).copied();
    let mut walk = vec![first];
    while let Some(next) = walk.last().and_then(|at| above(*at)) {
        if let Some(begin) = walk.iter().position(|met| *met == next) {
            walk.drain(..begin);
            break;
        }
        walk.push(next);
    }
    let names = walk.iter().filter_map(|at| rows.get(*at)).map(|row| row.path.clone()).collect();
    let line = walk.iter().filter_map(|at| rows.get(*at)).map(|row| row.line).min();
    (line, CodebookProblem::Circle { names })
}

pub(super) fn print(codes: &Codes) -> String {
    let mut table = String::new();
    push_row(&mut table, ',', ["tag", "parent", "description"]);
    let mut paths: Vec<String> = Vec::with_capacity(codes.count());
    let mut taken = BTreeSet::new();
    for code in codes.iter() {
        let parent = code.parent.and_then(|at| paths.get(at)).cloned().unwrap_or_default();
        let of = |name: &str| if parent.is_empty() { name.to_owned() } else { format!("{parent}.{name}") };
        let mut path = of(&code.name);
        // A name with a dot may read as the path of another code.
        if !taken.insert(path.clone()) {
            path = of(&code.name.replace('.', "-"));
            while !taken.insert(path.clone()) {
                path.push('-');
            }
        }
        push_row(&mut table, ',', [path.as_str(), &parent, &code.description]);
        paths.push(path);
    }
    table
}
