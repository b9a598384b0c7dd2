//! How documents come in that were read elsewhere. A worker reads them and stores what nobody sees yet: their texts,
//! annotations and relations. They are in the project once the page admits them: it gives the batch its place in the
//! history and stores the list of the documents, the registry, the codebook and the history entry in one transaction, as
//! it does with every edit. So the page may go on meanwhile, and a batch is in the project as a whole or not at all.

use serde::{Deserialize, Serialize};

use crate::{
    format::{Error, StoredDocument, row},
    model::{Actor, Codebook, DocumentId, ProjectId},
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
    /// The name of the list that is to hold those of the documents that lie in quires.
    pub list: String,
    /// That list: their rows as lines.
    pub lines: String,
    /// Everything that comes in with the others, as the history entry lists it, for undo.
    pub changes: String,
}

/// A batch on its way from the worker. The list of its documents and the changes travel beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// The name of the list.
    pub(super) list: String,
    /// The rows of documents that are not on the list.
    pub(super) documents: Vec<String>,
    /// The rows of registry entries.
    pub(super) actors: Vec<String>,
    /// The row of the project, where its codebook lacked something.
    pub(super) project: Option<String>,
}

/// Documents made ready by the session of a worker.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// What the page is told.
    pub batch: Batch,
    /// The list of documents, which travels beside it.
    pub lines: String,
    /// The changes of those that are not on the list, which travel beside it.
    pub changes: String,
    /// What the worker itself stores first: nobody reads these rows before the documents are there.
    pub writes: Vec<Write>,
}

impl Batch {
    /// The batch as the session takes it.
    ///
    /// # Errors
    /// A row is not what the worker of this build writes.
    pub fn read(self, lines: String, changes: String, project: ProjectId) -> Result<Admission, Error> {
        let rows = self.documents.iter().map(String::as_str).chain(lines.lines());
        let documents = rows.map(|row| row::parse_document(row, project)).collect::<Result<_, _>>()?;
        let actors = self.actors.iter().map(|row| row::parse_actor(row, project));
        let codebook = self.project.as_deref().map(|row| row::parse_project(row, project)).transpose()?;
        Ok(Admission {
            documents,
            actors: actors.collect::<Result<_, _>>()?,
            codebook: codebook.map(|project| project.codebook),
            list: self.list,
            lines,
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
