//! Reads files of the dataset, ours or another tool's: what holds for a whole file is remembered and said once.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::reading::LineReading;
use super::{Line, Lines};
use crate::format::ids::UsedIds;
use crate::format::{ImportedDocument, Issue};
use crate::model::{ActorId, ProjectId, Timestamp};

/// What a file may leave unsaid.
#[derive(Clone, Debug)]
pub struct Defaults {
    /// The project into which documents come.
    pub project: ProjectId,
    /// The time of records that state none.
    pub now: Timestamp,
    /// The annotator of records that name none.
    pub annotator: String,
    /// The codebook version of records that state none.
    pub codebook_version: u32,
    /// The actors that the project knows already, to which a file may refer without giving them.
    pub registry: BTreeSet<ActorId>,
}

impl Defaults {
    /// For a project without actors, at that time, by nobody in particular.
    pub const fn new(project: ProjectId, now: Timestamp) -> Self {
        Self { project, now, annotator: String::new(), codebook_version: 0, registry: BTreeSet::new() }
    }
}

/// Reads the lines of one file. It remembers what was already said and which ids were used.
#[derive(Debug)]
pub struct Reader {
    pub(super) file: String,
    pub(super) defaults: Defaults,
    /// For our own backups: texts are taken as they are, whatever they hold.
    pub(super) as_it_is: bool,
    pub(super) said: BTreeSet<String>,
    pub(super) used_ids: UsedIds,
}

impl Reader {
    /// A reader of a file of that name for a project; what the file leaves unsaid stays so, times become the epoch.
    pub fn new(file: impl Into<String>, project: ProjectId) -> Self {
        Self::with_defaults(file, Defaults::new(project, Timestamp::default()))
    }

    /// A reader of a file of that name that knows what to take for what the file leaves unsaid.
    pub fn with_defaults(file: impl Into<String>, defaults: Defaults) -> Self {
        Self {
            file: file.into(),
            defaults,
            as_it_is: false,
            said: BTreeSet::new(),
            used_ids: UsedIds::default(),
        }
    }

    /// A reader of a file whose texts are to stay as they are, byte for byte.
    pub(in crate::format) fn of_backup(file: &str, defaults: Defaults) -> Self {
        Self { as_it_is: true, ..Self::with_defaults(file, defaults) }
    }

    /// Reads one line. `number` is its place in the file, from 1; ids come from `new_id` where the line gives none.
    ///
    /// # Errors
    /// The line is no JSON object with a `text`, or was written by a later version of this program.
    pub fn parse_line(
        &mut self,
        number: u64,
        line: &str,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<ImportedDocument, Box<Issue>> {
        let mut reading = LineReading::new(self, number);
        let read = reading.read(line, new_id);
        let issues = reading.issues;
        match read {
            Ok(document) => Ok(ImportedDocument { issues, ..document }),
            Err(problem) => Err(Box::new(Issue::new(&self.file, Some(number), None, problem))),
        }
    }
}

impl Reader {
    /// Reads a whole file that is in memory. Larger ones go through [`Lines`] and [`Reader::parse_line`].
    pub fn parse_all(mut self, bytes: &[u8], new_id: &mut dyn FnMut() -> Uuid) -> Imported {
        let mut imported = Imported::default();
        let mut lines = Lines::new();
        lines.push(bytes);
        lines.finish();
        while let Some(line) = lines.next_line() {
            match self.parse(line, new_id) {
                Ok(document) => imported.documents.push(document),
                Err(issue) => imported.issues.push(*issue),
            }
        }
        imported
    }

    /// Reads a line as [`Lines`] gives it out.
    ///
    /// # Errors
    /// As [`Reader::parse_line`], or there is no such line to be had.
    pub fn parse(
        &mut self,
        line: Line<'_>,
        new_id: &mut dyn FnMut() -> Uuid,
    ) -> Result<ImportedDocument, Box<Issue>> {
        match line.content {
            Ok(content) => self.parse_line(line.number, &content, new_id),
            Err(problem) => Err(Box::new(Issue::new(&self.file, Some(line.number), None, problem))),
        }
    }
}

/// What a file gave: its documents, each with its own issues, and what is to be said about the rest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Imported {
    /// The documents in the order of the file.
    pub documents: Vec<ImportedDocument>,
    /// The lines that gave no document.
    pub issues: Vec<Issue>,
}
