//! Why something cannot be read at all. Whatever can be read in part comes with issues instead.

use thiserror::Error;

use super::migrate::VERSION;

/// Why a row or a backup cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// It was written by a later version of this program.
    #[error(
        "this was written by a newer version of Rubricator (its format is {found}, this version knows rubricator/{VERSION}); \
         reload the page to get the newest version, then try again"
    )]
    NewerFormat {
        /// The format it states.
        found: String,
    },
    /// A record is no JSON of the expected shape.
    #[error("the {record} cannot be read at column {column}: {reason}")]
    Record {
        /// Which kind of record.
        record: RecordKind,
        /// The byte column, from 1; 0 where the parser does not know it.
        column: usize,
        /// What the parser found.
        reason: String,
    },
    /// A field of a record holds something that it cannot mean.
    #[error("the {record}'s {field} is {found:?}, which is not {expected}")]
    Field {
        /// Which kind of record.
        record: RecordKind,
        /// The field's key.
        field: &'static str,
        /// What it holds.
        found: String,
        /// What it should hold.
        expected: &'static str,
    },
    /// The file is no zip archive, or its directory is broken.
    #[error("this is not a project backup: it cannot be opened as a zip archive ({reason})")]
    NotZip {
        /// What the zip reader found.
        reason: String,
    },
    /// The archive holds more files than are read.
    #[error("the archive holds more than {most} files, which is more than is read")]
    TooManyEntries {
        /// The greatest number allowed.
        most: usize,
    },
    /// A file in the archive is larger than this program reads.
    #[error("{entry} in the archive unpacks to more than {most} MB, which is more than a browser can hold")]
    EntryTooLarge {
        /// The file in the archive.
        entry: String,
        /// The greatest size in MB.
        most: u64,
    },
    /// A file in the archive unpacks to far more than text does: a bomb.
    #[error("{entry} in the archive unpacks to more than {most} times its size, as no text does")]
    EntryTooDense {
        /// The file in the archive.
        entry: String,
        /// The greatest ratio.
        most: u64,
    },
    /// A file in the archive is packed or locked in a way that is not read.
    #[error("{entry} in the archive is {how}; unpack the archive and zip it again without that")]
    EntryPacked {
        /// The file in the archive.
        entry: String,
        /// What is unusual about it.
        how: &'static str,
    },
    /// A file in the archive is damaged.
    #[error("{entry} in the archive is damaged ({reason}); use another copy of the archive")]
    EntryDamaged {
        /// The file in the archive.
        entry: String,
        /// What the reader found.
        reason: String,
    },
    /// The archive holds a name twice.
    #[error("the archive holds {entry} twice")]
    EntryTwice {
        /// The file in the archive.
        entry: String,
    },
    /// The archive lacks a file without which it is no backup.
    #[error("this zip archive is not a project backup: it holds no {entry}")]
    EntryMissing {
        /// The file that is missing.
        entry: &'static str,
    },
    /// A line of a file in the archive cannot be read.
    #[error("{entry}, line {line}: {error}")]
    Line {
        /// The file in the archive.
        entry: &'static str,
        /// The line, from 1.
        line: u64,
        /// What is wrong there.
        #[source]
        error: Box<Error>,
    },
    /// The archive cannot be written.
    #[error("the backup cannot be written: {reason}")]
    Write {
        /// What the zip writer said.
        reason: String,
    },
}

/// The kinds of records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// A project's row, or `project.json` in a backup.
    Project,
    /// A document's row.
    Document,
    /// An annotation.
    Annotation,
    /// A relation.
    Relation,
    /// An entry of the registry.
    Actor,
    /// A line of the history.
    Entry,
    /// The history's end and stacks.
    Cursor,
    /// A text under its hash.
    Text,
    /// A line of a dataset.
    Line,
}

impl RecordKind {
    /// The name in records and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Project => "project",
            Self::Document => "document",
            Self::Annotation => "annotation",
            Self::Relation => "relation",
            Self::Actor => "actor",
            Self::Entry => "history entry",
            Self::Cursor => "history cursor",
            Self::Text => "text",
            Self::Line => "dataset line",
        }
    }
}

impl std::fmt::Display for RecordKind {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}
