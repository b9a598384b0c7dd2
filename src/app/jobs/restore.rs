//! Opening a backup as a project of its own, beside what is there: all of it in one transaction, or nothing.

use super::{
    desk::{Desk, new_id},
    protocol::Answer,
};
use crate::{
    app::{
        Activity, Keys, Session,
        rows::{put_entry, put_text, writes_of_project},
        workspace::advice,
    },
    format::{Backup, Issue},
    model::{History, ProjectId, Record, State, Tally},
    store::{Durability, Write},
    text::order,
};

/// Stores the project and tells the page of it; gives back what is to be said about the file.
pub(super) async fn run(desk: &Desk, bytes: Vec<u8>) -> Result<Vec<Issue>, String> {
    let id = ProjectId::new(new_id());
    let backup = Backup::parse(&bytes, id, &mut new_id).map_err(|error| error.to_string())?;
    drop(bytes);
    let of_documents = backup.documents.iter().flat_map(|document| &document.issues);
    let issues = backup.issues.iter().chain(of_documents).cloned().collect();
    let name = backup.project.name.clone();
    let writes = writes_of_backup(id, backup);
    desk.store.write(&writes, Durability::Strict).await.map_err(|error| advice(&error))?;
    desk.say(&Answer::Restored { project: id.to_string(), name }, Vec::new());
    Ok(issues)
}

/// The rows of a whole project as it came out of a backup.
fn writes_of_backup(id: ProjectId, backup: Backup) -> Vec<Write> {
    let keys = Keys(id);
    let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
    let documents = backup.documents.iter().map(|one| {
        let tally =
            Tally { annotations: count(one.annotations.len()), relations: count(one.relations.len()) };
        (one.document.clone(), tally)
    });
    let activity = backup.documents.iter().filter_map(|one| {
        let (modified, annotator) = (one.modified?, one.annotator.clone());
        Some((one.document.id, Activity { modified, annotator, leaf: String::new() }))
    });
    let state = State::stored(backup.project, backup.actors, documents);
    let cursor = backup.cursor;
    let mut history = History::stored(cursor.last, cursor.undo, cursor.redo);
    history.set_hand(cursor.hand, cursor.undo, cursor.redo);
    let session = Session::new(state, history, order::map(activity), String::new());
    let bodies = backup.documents.iter().flat_map(|one| {
        let annotations = one.annotations.iter().cloned().map(Record::from);
        annotations.chain(one.relations.iter().cloned().map(Record::from))
    });
    let bodies: Vec<Record> = bodies.collect();
    let mut writes = writes_of_project(&session, &bodies);
    writes.extend(backup.documents.iter().map(|one| put_text(keys, &one.document.text_sha256, &one.text)));
    writes.extend(backup.texts.iter().map(|(hash, text)| put_text(keys, hash, text)));
    writes.extend(backup.history.iter().map(|entry| put_entry(keys, entry)));
    writes
}
