//! How documents come in that were read elsewhere. A worker reads them and stores what nobody sees yet: their texts,
//! annotations and relations. They are in the project once the page admits them: it gives the batch its place in the
//! history and stores the documents' rows, the registry, the codebook and the history entry in one transaction, as it
//! does with every edit. So the page may go on meanwhile, and a batch is in the project as a whole or not at all.

use serde::{Deserialize, Serialize};

use super::{outcome::Outcome, rows, session::Session};
use crate::{
    format::{Error, StoredDocument, row},
    model::{Actor, Change, Codebook, DocumentId, ProjectId, Record},
    store::Write,
};

/// A batch of documents as the session takes it: what lists show, without texts and annotations.
#[derive(Clone, Debug, PartialEq)]
pub struct Admission {
    /// The documents, with how much lies on them.
    pub documents: Vec<StoredDocument>,
    /// The registry entries that are new.
    pub actors: Vec<Actor>,
    /// The codebook with what it lacked.
    pub codebook: Option<Codebook>,
    /// Everything that comes in with the documents, as the history entry lists it, for undo.
    pub changes: String,
}

/// A batch on its way from the worker: rows of the database. The list of changes travels beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    documents: Vec<String>,
    actors: Vec<String>,
    project: Option<String>,
}

impl Batch {
    /// What an import in the worker's own session brought, and the writes that the worker itself has to do first.
    pub fn of(session: &Session, outcome: &Outcome) -> (Self, String, Vec<Write>) {
        let entries = outcome.entries.iter().filter_map(|number| session.history().entry(*number));
        let changes: Vec<&Change> = entries.flat_map(|entry| &entry.edit.changes).collect();
        let is_in_batch =
            |change: &&Change| matches!(change.after(), Some(Record::Actor(_) | Record::Project(_)));
        let mut batch = Self::default();
        for change in &changes {
            match change.after() {
                Some(Record::Actor(actor)) => batch.actors.push(row::print_actor(actor)),
                Some(Record::Project(project)) => batch.project = Some(row::print_project(project)),
                Some(Record::Document(document)) => {
                    let stored = rows::stored_document(session, document.id);
                    batch.documents.extend(stored.map(|stored| row::print_document(&stored)));
                }
                _ => {}
            }
        }
        let rest = changes.iter().filter(|change| !is_in_batch(change)).copied();
        (batch, row::print_changes(rest), rows::unseen_writes(session, outcome))
    }

    /// The batch as the session takes it.
    ///
    /// # Errors
    /// A row is not what the worker of this build writes.
    pub fn read(&self, changes: String, project: ProjectId) -> Result<Admission, Error> {
        let documents = self.documents.iter().map(|row| row::parse_document(row, project));
        let actors = self.actors.iter().map(|row| row::parse_actor(row, project));
        let codebook = self.project.as_deref().map(|row| row::parse_project(row, project)).transpose()?;
        Ok(Admission {
            documents: documents.collect::<Result<_, _>>()?,
            actors: actors.collect::<Result<_, _>>()?,
            codebook: codebook.map(|project| project.codebook),
            changes,
        })
    }
}

impl Admission {
    /// The documents' ids, in their order.
    pub fn ids(&self) -> impl Iterator<Item = DocumentId> {
        self.documents.iter().map(|stored| stored.document.id)
    }
}
