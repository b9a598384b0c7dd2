//! Writes backups. Everything is packed as it comes, so that only packed bytes and one document stay in memory.
//! The bytes depend on nothing but the content: fixed order, fixed compression, no times.

use std::collections::BTreeMap;
use std::io::{self, Write};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::time::UtcDateTime;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};
use serde::Serialize;

use super::checksum::Checksum;
use super::{Cursor, DOCUMENTS, HISTORY, PROJECT, TEXTS};
use crate::format::record::{self, ActorRecord, CursorRecord, ProjectRecord};
use crate::format::{DatasetHead, Error, print_line, row};
use crate::model::{Actor, ActorId, Body, Document, Entry, Project, Timestamp};
use crate::text::{Text, Unit};

/// Bytes handed out at once.
const CHUNK_BYTES: usize = 1 << 20;
/// Level 6 of 9: the usual trade of time for size. Another level would change the bytes of every backup.
const LEVEL: u32 = 6;
/// 1980-01-01, the first moment that zip can say.
const TIME: i64 = 315_532_800;

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
        self.documents.push(&print_line(&self.head, document, text, body, actors, modified, annotator))
    }

    /// Adds an entry of the history. Entries come in the order of their numbers.
    ///
    /// # Errors
    /// As [`BackupWriter::push_document`].
    pub fn push_entry(&mut self, entry: &Entry) -> Result<(), Error> {
        self.history.push(&row::print_entry(entry))
    }

    /// Adds a text that no document has any more, but the history does. Texts come in the order of their hashes.
    ///
    /// # Errors
    /// As [`BackupWriter::push_document`].
    pub fn push_text(&mut self, sha256: &str, text: &str) -> Result<(), Error> {
        self.texts.push(&record::print(&TextLine { sha256, text }))
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
        head.push(&json)?;
        let mut archive = ZipArchiveWriter::new(Chunks { bytes: Vec::new(), sink });
        let texts = (!self.texts.is_empty()).then_some((TEXTS, self.texts));
        let entries = [(PROJECT, head), (DOCUMENTS, self.documents), (HISTORY, self.history)];
        for (name, packed) in entries.into_iter().chain(texts) {
            packed.write(name, &mut archive)?;
        }
        let chunks = archive.finish().map_err(|error| write_error(&error))?;
        if !chunks.bytes.is_empty() {
            (chunks.sink)(chunks.bytes);
        }
        Ok(())
    }
}

/// The packed content of one entry.
struct Packed {
    encoder: DeflateEncoder<Vec<u8>>,
    crc: Checksum,
    unpacked_bytes: u64,
    done: Vec<Vec<u8>>,
}

impl Packed {
    fn new() -> Self {
        let encoder = DeflateEncoder::new(Vec::new(), Compression::new(LEVEL));
        Self { encoder, crc: Checksum::new(), unpacked_bytes: 0, done: Vec::new() }
    }

    const fn is_empty(&self) -> bool {
        self.unpacked_bytes == 0
    }

    fn push(&mut self, line: &str) -> Result<(), Error> {
        for part in [line.as_bytes(), b"\n"] {
            self.encoder.write_all(part).map_err(|error| write_error(&error))?;
            self.crc.update(part);
            self.unpacked_bytes += part.len() as u64;
        }
        // Growing one buffer would copy it again and again and hold up to twice its size.
        if self.encoder.get_ref().len() >= CHUNK_BYTES {
            self.done.push(std::mem::take(self.encoder.get_mut()));
        }
        Ok(())
    }

    fn write(self, name: &str, archive: &mut ZipArchiveWriter<Chunks<'_>>) -> Result<(), Error> {
        let last = self.encoder.finish().map_err(|error| write_error(&error))?;
        let (mut entry, _) = archive
            .new_file(name)
            .compression_method(CompressionMethod::DEFLATE)
            .last_modified(UtcDateTime::from_unix(TIME))
            .start()
            .map_err(|error| write_error(&error))?;
        for bytes in self.done.into_iter().chain([last]) {
            entry.write_all(&bytes).map_err(|error| write_error(&error))?;
        }
        entry
            .finish(DataDescriptorOutput::new(self.crc.sum(), self.unpacked_bytes))
            .map(|_| ())
            .map_err(|error| write_error(&error))
    }
}

/// Collects bytes and hands them out in pieces.
struct Chunks<'s> {
    bytes: Vec<u8>,
    sink: &'s mut dyn FnMut(Vec<u8>),
}

impl Write for Chunks<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        if self.bytes.len() >= CHUNK_BYTES {
            (self.sink)(std::mem::take(&mut self.bytes));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn write_error(error: &impl ToString) -> Error {
    Error::Write { reason: error.to_string() }
}
