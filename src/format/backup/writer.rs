//! Writes backups. Everything is packed as it comes, so that only packed bytes and one document stay in memory.
//! The bytes depend on nothing but the content: fixed order, fixed compression, no times.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Cursor, DOCUMENTS, HISTORY, PROJECT, TEXTS};
use crate::format::record::{self, ActorRecord, CursorRecord, ProjectRecord};
use crate::format::zip::{Packed, write};
use crate::format::{DatasetHead, Error, print_line, row};
use crate::model::{Actor, ActorId, Body, Document, Entry, Project, Timestamp};
use crate::text::{Text, Unit};

/// A backup in the making.
pub struct BackupWriter {
    head: DatasetHead,
    documents: Packed,
    history: Packed,
    texts: Packed,
}

#[derive(Serialize)]
struct ProjectFile<'a> {
    #[serde(flatten)]
    project: ProjectRecord<'a>,
    actors: Vec<ActorRecord<'a>>,
    history: CursorRecord,
}

#[derive(Serialize)]
struct TextLine<'a> {
    sha256: &'a str,
    text: &'a str,
}

impl BackupWriter {
    /// Begins the backup of that project.
    pub fn new(project: &Project) -> Self {
        Self {
            head: DatasetHead::exact(&project.name, &project.codebook, Unit::CodePoint),
            documents: Packed::new(),
            history: Packed::new(),
            texts: Packed::new(),
        }
    }

    /// Adds a document. The order of documents is that of the calls.
    ///
    /// # Errors
    /// Packing fails, which it does not in memory.
    pub fn push_document(
        &mut self,
        document: &Document,
        text: &Text,
        body: &Body,
        actors: &BTreeMap<ActorId, Actor>,
        modified: Option<Timestamp>,
        annotator: &str,
    ) -> Result<(), Error> {
        self.documents.push_line(&print_line(&self.head, document, text, body, actors, modified, annotator))
    }

    /// Adds an entry of the history. Entries come in the order of their numbers.
    ///
    /// # Errors
    /// As [`BackupWriter::push_document`].
    pub fn push_entry(&mut self, entry: &Entry) -> Result<(), Error> {
        self.history.push_line(&row::print_entry(entry))
    }

    /// Adds a text that no document has any more, but the history does. Texts come in the order of their hashes.
    ///
    /// # Errors
    /// As [`BackupWriter::push_document`].
    pub fn push_text(&mut self, sha256: &str, text: &str) -> Result<(), Error> {
        self.texts.push_line(&record::print(&TextLine { sha256, text }))
    }

    /// Hands out the whole archive in pieces of about a megabyte.
    ///
    /// # Errors
    /// The archive breaks a limit of the zip format.
    pub fn finish(
        self,
        project: &Project,
        actors: &BTreeMap<ActorId, Actor>,
        cursor: Cursor,
        sink: &mut dyn FnMut(Vec<u8>),
    ) -> Result<(), Error> {
        let file = ProjectFile {
            project: ProjectRecord::from(project),
            actors: actors.values().map(ActorRecord::from).collect(),
            history: CursorRecord::from(cursor),
        };
        let mut head = Packed::new();
        let json = serde_json::to_string_pretty(&file).map_err(|error| write_error(&error))?;
        head.push_line(&json)?;
        let texts = (!self.texts.is_empty()).then_some((TEXTS, self.texts));
        let entries = [(PROJECT, head), (DOCUMENTS, self.documents), (HISTORY, self.history)];
        write(entries.into_iter().chain(texts), sink)
    }
}

fn write_error(error: &impl ToString) -> Error {
    Error::Write { reason: error.to_string() }
}
