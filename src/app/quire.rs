//! Quires: the texts of documents that came in together, each with its sheet, several in one row, because a database
//! takes thousands of small rows in at a tenth of the pace of a few large ones. The documents themselves are lines of one
//! row among the documents, their list. Neither changes afterwards: what does gets rows of its own, which stand above.
//! So the history names the list of an import in place of all that came in.

use std::collections::BTreeMap;

use super::{
    rows::{Activity, Keys},
    sheet::{BodyReader, Lines, SheetReader},
};
use crate::{
    format::{Error, RecordKind, StoredDocument, row},
    model::{Body, Change, DocumentId, Entry, ProjectId, Record, State},
    store::{Contents, Row, Table, Wanted, Write},
    text::Text,
};

/// From this size on, in bytes, a quire takes nothing more: large enough to be stored apart from the small rows by
/// Chromium, which takes it in at the pace of a file, and small enough to be read for one document.
const FULL: usize = 128 << 10;

/// How many lines of a sheet are read in one turn: some three milliseconds' worth.
const LINES_A_TURN: usize = 1_000;

/// Documents that come in together.
pub(super) struct Binder {
    keys: Keys,
    /// The name of their list.
    list: String,
    quire: String,
    full: Vec<Write>,
}

impl Binder {
    /// Begins the quires of a list of this name.
    pub(super) const fn new(keys: Keys, list: String) -> Self {
        Self { keys, list, quire: String::new(), full: Vec::new() }
    }

    /// Binds a document in; answers its leaf.
    pub(super) fn bind(&mut self, text: &str, sheet: &str) -> String {
        let name = format!("{}/{:04}", self.list, self.full.len());
        let leaf = format!("{name} {} {} {}", self.quire.len(), text.len(), sheet.len());
        if self.quire.is_empty() {
            // Most quires are closed soon after they are full, so that theirs need not grow bit by bit.
            self.quire.reserve(FULL.max(text.len()) + sheet.len() + FULL / 8);
        }
        self.quire.push_str(text);
        self.quire.push_str(sheet);
        if FULL <= self.quire.len() {
            self.put(&name);
        }
        leaf
    }

    /// The writes that store the quires.
    pub(super) fn finish(mut self) -> Vec<Write> {
        if !self.quire.is_empty() {
            self.put(&format!("{}/{:04}", self.list, self.full.len()));
        }
        self.full
    }

    fn put(&mut self, name: &str) {
        let json = std::mem::take(&mut self.quire);
        self.full.push(Write::Put(self.keys.row(Table::Quires, self.keys.record(name), json)));
    }
}

/// Where a document lies in a quire: the quire's name, and its text and sheet in it.
fn slices<'q>(quire: &'q str, leaf: &str) -> Option<(&'q str, &'q str)> {
    let mut numbers = leaf.split(' ').skip(1).map(|number| number.parse::<usize>().ok());
    let mut next = || numbers.next().flatten();
    let (start, text, sheet) = (next()?, next()?, next()?);
    let middle = start.checked_add(text)?;
    Some((quire.get(start..middle)?, quire.get(middle..middle.checked_add(sheet)?)?))
}

/// The name of the quire in which a document is bound, and how many bytes it takes there; empty and 0 where it is in none.
pub fn place_of(leaf: &str) -> (&str, usize) {
    let mut parts = leaf.split(' ');
    let name = parts.next().unwrap_or_default();
    (name, parts.skip(1).filter_map(|number| number.parse::<usize>().ok()).fold(0, usize::saturating_add))
}

/// The name of the list by which a document came in, by its leaf; empty where it has none.
pub(super) fn list_of(leaf: &str) -> &str {
    leaf.split('/').next().unwrap_or_default()
}

/// The keys under which the content of a document lies; its text is not wanted where no hash is given.
pub fn wanted(keys: Keys, document: DocumentId, sha256: &str, leaf: &str) -> Wanted {
    let name = leaf.split(' ').next().filter(|name| !name.is_empty());
    Wanted {
        text: if sha256.is_empty() { String::new() } else { keys.record(sha256) },
        document: keys.record(document),
        quire: name.map_or_else(String::new, |name| keys.record(name)),
    }
}

/// The text of a document, where it is there, and what lies on it.
///
/// # Errors
/// A row does not hold what it must.
pub fn read(contents: Contents, leaf: &str) -> Result<(Option<Text>, Body), Error> {
    read_by(contents, leaf, Lines::AS_ROWS)
}

/// As [`read`], for the worker, which reads thousands.
///
/// # Errors
/// As [`read`].
pub fn read_quickly(contents: Contents, leaf: &str) -> Result<(Option<Text>, Body), Error> {
    read_by(contents, leaf, Lines::QUICKLY)
}

fn read_by(contents: Contents, leaf: &str, lines: Lines) -> Result<(Option<Text>, Body), Error> {
    let (text, sheet) = text_and_sheet(&contents, leaf);
    let mut reader = BodyReader::new(&contents, sheet, lines);
    while reader.read(usize::MAX)? {}
    Ok((text, reader.finish()?))
}

/// As [`read`], some milliseconds' worth at a time; `turn` comes between, and ends the reading with `false`: then there
/// is nothing.
///
/// # Errors
/// As [`read`].
pub async fn read_in_turns(
    contents: Contents,
    leaf: &str,
    mut turn: impl AsyncFnMut() -> bool,
) -> Result<Option<(Option<Text>, Body)>, Error> {
    let (text, sheet) = text_and_sheet(&contents, leaf);
    let mut reader = BodyReader::new(&contents, sheet, Lines::AS_ROWS);
    let mut is_read = false;
    while turn().await {
        if is_read {
            return Ok(Some((text, reader.finish()?)));
        }
        is_read = !reader.read(LINES_A_TURN)?;
    }
    Ok(None)
}

/// The text of a document, where it is there, and what the quire holds of its sheet.
fn text_and_sheet<'c>(contents: &'c Contents, leaf: &str) -> (Option<Text>, &'c str) {
    let bound = contents.quire.as_ref().and_then(|quire| slices(&quire.json, leaf));
    let (bound, sheet) = bound.unzip();
    let own = contents.text.as_ref().map(|row| row.json.as_str());
    (own.or(bound).map(|text| Text::new(text.to_owned())), sheet.unwrap_or_default())
}

/// Takes the rows among the documents in, which are ordered by number: lists of several documents, and above them
/// rows of one document or of one that is gone.
///
/// # Errors
/// A row does not hold what it must.
pub fn read_documents(
    rows: &[Row],
    state: &mut State,
    activity: &mut BTreeMap<DocumentId, Activity>,
) -> Result<(), Error> {
    // From the top: what is known of a document already stands above what its list says of it.
    for row in rows.iter().rev() {
        if row.json.is_empty()
            && let Some(gone) = row.key.rsplit('/').next().and_then(DocumentId::parse)
        {
            activity.insert(gone, Activity::default());
        }
        for line in row.json.lines() {
            let stored = row::parse_document(line, state.project().id)?;
            let id = stored.document.id;
            let known = activity.get(&id).cloned();
            if known.is_none() {
                state.admit(stored.document, stored.tally);
            }
            let mut known = known.unwrap_or_else(|| Activity {
                modified: stored.modified.unwrap_or_default(),
                annotator: stored.annotator,
                leaf: String::new(),
            });
            known.leaf = stored.leaf;
            activity.insert(id, known);
        }
    }
    Ok(())
}

/// Entries of the history as a whole, by their rows and the rows that they name. Where the documents that came in with
/// them are bound is told besides.
///
/// # Errors
/// A row does not hold what it must, or is missing.
pub fn read_entries(
    rows: &[Row],
    project: ProjectId,
    mut bound: impl FnMut(DocumentId, String),
) -> Result<Vec<Entry>, (String, Error)> {
    let mut entries = Vec::new();
    for row in rows.iter().filter(|row| row.table == Table::History) {
        let failed = |error| (row.key.clone(), error);
        let entry = row::parse_entry(&row.json, project).map_err(failed)?;
        entries.push(if entry.tail.is_none() {
            entry
        } else {
            let changes = changes(&row.document, rows, project, &mut bound).map_err(failed)?;
            entry.whole(changes)
        });
    }
    Ok(entries)
}

/// All that came in with the documents of a list.
fn changes(
    list: &str,
    named: &[Row],
    project: ProjectId,
    bound: &mut dyn FnMut(DocumentId, String),
) -> Result<Vec<Change>, Error> {
    let missing = |leaf: &str| Error::Field {
        record: RecordKind::Document,
        field: "leaf",
        found: leaf.to_owned(),
        expected: "a place in a quire that is there",
    };
    let listed = named.iter().find(|row| row.table == Table::Documents && row.key == list);
    let listed = listed.ok_or_else(|| missing(list))?;
    let mut changes = Vec::new();
    for line in listed.json.lines() {
        let StoredDocument { document, leaf, .. } = row::parse_document(line, project)?;
        let quire = wanted(Keys(project), document.id, "", &leaf).quire;
        let quire = named.iter().find(|row| row.table == Table::Quires && row.key == quire);
        let (_, sheet) = quire.and_then(|quire| slices(&quire.json, &leaf)).ok_or_else(|| missing(&leaf))?;
        bound(document.id, leaf);
        changes.push(Change::add(document.into()));
        let (mut marks, mut links) = (Vec::new(), Vec::new());
        let mut reader = SheetReader::new(sheet, Lines::AS_ROWS);
        let mut mark = |one| marks.push(Change::add(Record::from(one)));
        let mut link = |one| links.push(Change::add(Record::from(one)));
        while reader.read(usize::MAX, &mut mark, &mut link)? {}
        changes.extend(marks);
        changes.extend(links);
    }
    Ok(changes)
}
