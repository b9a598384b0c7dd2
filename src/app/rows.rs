//! From edits to rows: which rows of the database an applied edit puts and deletes.
//! Keys begin with the project's id, so that one document may stand in several projects. What comes in with a document
//! lies on its sheet, see [`super::sheet`], or with its text in a quire, see [`super::quire`].

use std::fmt::Display;

use super::{outcome::Outcome, quire::list_of, session::Session, sheet};
use crate::{
    format::{Cursor, StoredDocument, row},
    model::{Change, DocumentId, Edit, Entry, History, ProjectId, Record, Timestamp},
    store::{Row, Table, Write},
    text::{Text, order},
};

/// What is known of a document besides its record: when and by whom it was last changed, and where it is bound.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// When; the epoch when it never was.
    pub modified: Timestamp,
    /// Who.
    pub annotator: String,
    /// Where in a quire its text and its sheet lie, unless these have rows of their own.
    pub leaf: String,
}

/// The keys of one project's rows.
#[derive(Clone, Copy, Debug)]
pub struct Keys(pub ProjectId);

impl Keys {
    /// The project's own key.
    pub fn project(self) -> String {
        self.0.to_string()
    }

    /// The key of a record, or of a text by its hash.
    pub fn record(self, id: impl Display) -> String {
        format!("{}/{id}", self.0)
    }

    /// The key of an annotation or relation: with its document, because the same ids come in again with a copy of it.
    pub fn within(self, document: DocumentId, id: impl Display) -> String {
        format!("{}/{document}/{id}", self.0)
    }

    /// The key of the row that holds the history's end and stacks.
    pub fn cursor(self) -> String {
        format!("{}/cursor", self.0)
    }

    /// The key of the row that holds the stacks of one hand.
    pub fn hand(self, hand: u32) -> String {
        format!("{}/hand/{hand}", self.0)
    }

    /// The key of the row that says which actors are not the same.
    pub fn distinct(self) -> String {
        format!("{}/distinct", self.0)
    }

    /// The key of the row that says where the person was in the project.
    pub fn view(self) -> String {
        format!("{}/view", self.0)
    }

    /// The key of the row that says where the person was in a document.
    pub fn place(self, document: DocumentId) -> String {
        format!("{}/place/{document}", self.0)
    }

    /// A row of this project.
    pub fn row(self, table: Table, key: String, json: String) -> Row {
        Row { table, key, project: self.project(), document: String::new(), number: 0.0, json }
    }
}

/// The writes that store the texts that came in with a command, to go before the edits that refer to them.
pub fn writes_of_texts(session: &Session, outcome: &Outcome) -> Vec<Write> {
    let keys = Keys(session.state().project().id);
    outcome.texts.iter().map(|(hash, text)| put_text(keys, hash, text)).collect()
}

/// From so many changes on an edit is printed before the transaction that stores it begins, so many at a time.
const AT_ONCE: usize = 500;

/// The changes of one large edit that waits, printed ahead: to print thousands at once would hold the page up.
#[derive(Clone, Debug)]
pub struct Printed {
    number: u64,
    /// How many of the edit's changes are printed.
    count: usize,
    writes: Vec<Write>,
    changes: String,
}

impl Printed {
    /// Begins to print the first edit that waits and is large; one that brings or removes documents is not, as it is
    /// stored document by document.
    pub fn begin(session: &Session) -> Option<Self> {
        let is_large = |entry: &&Entry| {
            let changes = &entry.edit.changes;
            entry.tail.is_none() && AT_ONCE < changes.len() && !changes.iter().any(is_of_document)
        };
        let entry = session.history().waiting().find(is_large)?;
        Some(Self { number: entry.number, count: 0, writes: Vec::new(), changes: String::new() })
    }

    /// Prints some more; answers whether anything was left to print.
    pub fn go_on(&mut self, session: &Session) -> bool {
        let keys = Keys(session.state().project().id);
        let entry = session.history().waiting().find(|entry| entry.number == self.number);
        let rest = entry.and_then(|entry| entry.edit.changes.get(self.count..)).unwrap_or_default();
        let piece = rest.get(..AT_ONCE).unwrap_or(rest);
        if piece.is_empty() {
            return false;
        }
        self.count += piece.len();
        self.writes.extend(piece.iter().filter_map(|change| write_of(keys, change)));
        if !self.changes.is_empty() {
            self.changes.push(',');
        }
        self.changes.push_str(&row::print_changes(piece));
        true
    }

    /// Whether this is the whole of an edit.
    fn is_of(&self, entry: &Entry) -> bool {
        (self.number, self.count) == (entry.number, entry.edit.changes.len())
    }
}

/// The writes that store all edits that wait: records and history, to go in one transaction. What was printed ahead
/// counts as long as no edits of others have gone before what waits.
pub fn writes_of_waiting(session: &Session, mut ahead: Option<Printed>) -> Vec<Write> {
    let history = session.history();
    let keys = Keys(session.state().project().id);
    let mut writes = Vec::new();
    let mut documents = Vec::new();
    for entry in history.waiting() {
        if let Some(printed) = ahead.take_if(|printed| printed.is_of(entry)) {
            let json = row::print_entry_of(entry, &printed.changes);
            writes.extend(printed.writes);
            writes.push(put_printed(keys, entry, json));
        } else {
            writes.extend(writes_of_edit(keys, &entry.edit));
            writes.push(put_entry(keys, entry));
        }
        documents.extend(relisted(&entry.edit));
        if let Some(tail) = &entry.tail {
            if !tail.lines.is_empty() {
                writes.push(put_list(keys, &tail.list, &tail.lines));
            }
            let loose = |id: &DocumentId| list_of(&session.activity(*id).leaf) != tail.list;
            documents.extend(tail.documents.iter().copied().filter(|id| tail.lines.is_empty() || loose(id)));
        }
    }
    if writes.is_empty() {
        return writes;
    }
    let documents = order::set(documents);
    writes.extend(documents.into_iter().filter_map(|document| put_document(session, document)));
    writes.extend(history.relinked().map(|entry| put_entry(keys, entry)));
    writes.extend(put_cursor(keys, history));
    writes
}

/// The documents whose rows an edit changes: those that it touches, but where it was done to the registry only those
/// whose counts it changes.
fn relisted(edit: &Edit) -> Vec<DocumentId> {
    if !edit.what.is_of_registry() {
        return edit.documents();
    }
    let counted = edit.changes.iter().filter(|change| change.before().is_none() || change.after().is_none());
    counted.filter_map(Change::document).collect()
}

/// The writes that store a project as a whole, besides its texts and its history's entries. `bodies` are the
/// annotations and relations of its documents.
pub fn writes_of_project<'r>(session: &Session, bodies: impl IntoIterator<Item = &'r Record>) -> Vec<Write> {
    let state = session.state();
    let keys = Keys(state.project().id);
    let records = std::iter::once(Record::from(state.project().clone()))
        .chain(state.actors().values().cloned().map(Record::from));
    let mut writes: Vec<Write> = records.filter_map(|record| write_of(keys, &Change::add(record))).collect();
    writes.extend(sheet::writes(keys, bodies));
    writes.extend(state.documents().keys().filter_map(|id| put_document(session, *id)));
    writes.extend(put_cursor(keys, session.history()));
    writes
}

/// The history's end and the tops of its stacks.
pub const fn cursor_of(history: &History) -> Cursor {
    Cursor {
        last: history.last(),
        undo: history.undo_number(),
        redo: history.redo_number(),
        hand: history.hand(),
    }
}

/// The row of the history's end, with the stacks of the hand that wrote last, and the row of this hand.
fn put_cursor(keys: Keys, history: &History) -> [Write; 2] {
    let json = row::print_cursor(cursor_of(history));
    [keys.cursor(), keys.hand(history.hand())]
        .map(|key| Write::Put(keys.row(Table::Settings, key, json.clone())))
}

/// A document with its counts; `None` when it is gone.
pub fn stored_document(session: &Session, id: DocumentId) -> Option<StoredDocument> {
    let document = session.state().documents().get(&id)?.clone();
    let activity = session.activity(id);
    Some(StoredDocument {
        tally: session.state().tally(id),
        modified: (activity.modified != Timestamp::default()).then_some(activity.modified),
        annotator: activity.annotator,
        // The list on which it came in says so, and stays.
        leaf: String::new(),
        document,
    })
}

/// The row of a document with its counts; `None` when it is gone.
pub fn put_document(session: &Session, id: DocumentId) -> Option<Write> {
    let stored = stored_document(session, id)?;
    let keys = Keys(stored.document.project);
    let number = stored.document.position;
    let json = row::print_document(&stored);
    Some(Write::Put(Row { number, ..keys.row(Table::Documents, keys.record(id), json) }))
}

/// The row of documents that came in together. It goes before theirs, which stand above it.
fn put_list(keys: Keys, list: &str, lines: &str) -> Write {
    Write::Put(Row {
        number: f64::NEG_INFINITY,
        ..keys.row(Table::Documents, keys.record(list), lines.to_owned())
    })
}

/// The row of a text.
pub fn put_text(keys: Keys, hash: &str, text: &Text) -> Write {
    Write::Put(keys.row(Table::Texts, keys.record(hash), text.as_str().to_owned()))
}

/// The row of a history entry.
pub fn put_entry(keys: Keys, entry: &Entry) -> Write {
    let json = match &entry.tail {
        Some(tail) => row::print_entry_with(entry, &tail.changes),
        None => row::print_entry(entry),
    };
    put_printed(keys, entry, json)
}

/// The row of a history entry that is printed already.
fn put_printed(keys: Keys, entry: &Entry, json: String) -> Write {
    let list = entry.tail.as_ref().map(|tail| &tail.list).filter(|list| !list.is_empty());
    #[expect(clippy::cast_precision_loss, reason = "no history reaches 2^53 entries")]
    let number = entry.number as f64;
    Write::Put(Row {
        number,
        document: list.map_or_else(String::new, |list| keys.record(list)),
        ..keys.row(Table::History, keys.record(entry.number), json)
    })
}

fn is_of_document(change: &Change) -> bool {
    matches!(change.after().or(change.before()), Some(Record::Document(_)))
}

/// The rows of an edit's records. What lies on a document comes with it as a sheet, and goes with it; an empty row says
/// that a document is gone, as it may stand on a list.
fn writes_of_edit(keys: Keys, edit: &Edit) -> Vec<Write> {
    let documents = |of: fn(&Change) -> (Option<&Record>, Option<&Record>)| {
        order::set(edit.changes.iter().filter_map(|change| match of(change) {
            (Some(Record::Document(document)), None) => Some(document.id),
            _ => None,
        }))
    };
    let gone = documents(|change| (change.before(), change.after()));
    let added = documents(|change| (change.after(), change.before()));
    let mut writes = Vec::new();
    for document in &gone {
        let key = keys.record(*document);
        writes.push(Write::DeleteBody(key.clone()));
        writes.push(Write::Put(keys.row(Table::Documents, key, String::new())));
    }
    let mut brought = Vec::new();
    for change in &edit.changes {
        match change.document() {
            Some(document) if gone.contains(&document) => {}
            Some(document) if added.contains(&document) => brought.extend(change.after()),
            _ => writes.extend(write_of(keys, change)),
        }
    }
    writes.extend(sheet::writes(keys, brought));
    writes
}

/// The row that a record becomes or ceases to be; `None` for documents, see [`put_document`]. An annotation or relation
/// that goes leaves an empty row behind, as it may lie on a sheet.
fn write_of(keys: Keys, change: &Change) -> Option<Write> {
    let after = change.after();
    let row = match after.or(change.before())? {
        Record::Document(_) => return None,
        Record::Project(_) if after.is_none() => return None,
        Record::Project(project) => keys.row(Table::Projects, keys.project(), row::print_project(project)),
        Record::Actor(actor) if after.is_none() => {
            return Some(Write::Delete { table: Table::Actors, key: keys.record(actor.id) });
        }
        Record::Actor(actor) => keys.row(Table::Actors, keys.record(actor.id), row::print_actor(actor)),
        Record::Annotation(one) => {
            let json = after.map_or_else(String::new, |_| row::print_annotation(one));
            let row = keys.row(Table::Annotations, keys.within(one.document, one.id), json);
            Row { document: keys.record(one.document), ..row }
        }
        Record::Relation(one) => {
            let json = after.map_or_else(String::new, |_| row::print_relation(one));
            let row = keys.row(Table::Relations, keys.within(one.document, one.id), json);
            Row { document: keys.record(one.document), ..row }
        }
    };
    Some(Write::Put(row))
}
