//! What page and worker say to each other: JSON messages, and beside them the files they refer to.
//! The worker speaks first and says which version of this it speaks; the page gives one order; every job ends with
//! [`Answer::Imported`], [`Answer::Exported`] or [`Answer::Failed`]; the index answers for as long as it is asked.

use serde::{Deserialize, Serialize};

use crate::{
    app::Batch,
    format::Severity,
    model::{Document, DocumentId, Status},
};

/// Raised by every change of a message. Page and worker come from one build, so they differ only where a server
/// mixes two.
pub const VERSION: u32 = 5;

/// What the page asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Order {
    /// Read files into a project; the files travel beside the message.
    Import {
        /// The project's id.
        project: String,
        /// The name that new records carry.
        annotator: String,
        /// The person's own keys, as they are kept: no label that comes in may get one of them.
        #[serde(default)]
        keys: String,
        /// What to read, in this order.
        sources: Vec<Source>,
    },
    /// Write a dataset.
    Export {
        /// The project's id.
        project: String,
        /// Which documents.
        scope: Scope,
        /// The name of the unit in which positions are counted, for our own format.
        unit: String,
        /// The short name of an outside format; empty for our own.
        format: String,
    },
    /// Write the backup of a project.
    Backup {
        /// The project's id.
        project: String,
    },
    /// Read a project and answer questions about it.
    Index {
        /// The project's id.
        project: String,
    },
    /// A question to the index.
    Ask {
        /// Which question; its answer bears the same number.
        number: u32,
        /// The question, see [`super::Question`].
        question: String,
    },
    /// What becomes of the sets that [`Answer::Survey`] told of, one for each.
    Choose(Vec<Chosen>),
    /// The batch is in the project.
    Admitted,
    /// The batch could not be taken in: bring no more.
    Refused,
    /// Stop; what is in stays.
    Stop,
}

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// The next of the files beside the message.
    File,
    /// A pasted text.
    Text {
        /// Its title; empty for its first line.
        title: String,
        /// The text.
        text: String,
        /// The same as HTML, where it was copied so; else empty.
        html: String,
    },
}

/// Which documents to export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// All of the project.
    All,
    /// This one.
    One(DocumentId),
    /// Those of this status.
    Status(Status),
}

/// What the worker says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The first message: which protocol it speaks.
    Hello {
        /// [`VERSION`] of its build.
        version: u32,
    },
    /// How far it has come.
    Progress {
        /// The share that is done, from 0 to 1.
        fraction: f64,
    },
    /// Documents to take in, whose texts and annotations are stored; their list and the changes that it does not name
    /// travel beside the message. The next batch comes after the answer.
    Batch(Batch),
    /// Files of other tools were read; nothing is stored until [`Order::Choose`] says what becomes of them.
    Survey(Vec<Surveyed>),
    /// A backup was stored as a project of its own.
    Restored {
        /// The project's id.
        project: String,
        /// Its name.
        name: String,
    },
    /// The import is over; all batches were sent.
    Imported(Brought),
    /// The answer to a question.
    Told {
        /// Which question.
        number: u32,
        /// How many documents the index has read.
        read: usize,
        /// How many there are.
        of: usize,
        /// The answer, see [`super::Reply`].
        reply: String,
    },
    /// The file travels beside the message.
    Exported {
        /// How many documents it holds.
        documents: usize,
        /// What the format could not hold, in words, each with how often.
        losses: Vec<String>,
    },
    /// The job has come to nothing, or to no more than was said before.
    Failed {
        /// Why, in words for the person.
        words: String,
    },
}

/// What a set of files of one outside format holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Surveyed {
    /// Format, documents, spans, links and unit in one line.
    pub line: String,
    /// The labels it uses.
    pub labels: Vec<Foreign>,
    /// The types of relations it uses.
    pub relations: Vec<Foreign>,
    /// Its columns, where it is a table.
    pub columns: Vec<Column>,
    /// The ways in which its offsets may be counted, in words.
    pub countings: Vec<String>,
    /// Which of them the quoted texts speak for.
    pub counting: usize,
    /// What speaks for it, in words.
    pub evidence: String,
    /// What is to be said about its files.
    pub findings: Vec<Finding>,
    /// How many findings there are beyond those.
    pub more_findings: usize,
}

/// A word of an outside format.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreign {
    /// The word.
    pub name: String,
    /// How often it is used.
    pub count: usize,
    /// The key in the codebook that it most likely is.
    pub proposed: Option<String>,
}

/// What becomes of a set of files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    /// The keys that its labels become, in their order; `None` leaves them out.
    pub labels: Vec<Option<String>>,
    /// The keys that its types of relations become, in their order; `None` leaves them out.
    pub relations: Vec<Option<String>>,
    /// Which of the ways its offsets are counted.
    pub counting: usize,
    /// What each of its columns holds, by name; empty where it is no table.
    pub columns: Vec<String>,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it seems to hold, one of the names of [`Role`](crate::format::exchange::Role).
    pub role: String,
    /// The beginnings of its first cells.
    pub cells: Vec<String>,
}

/// What is to be said after an import.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    /// How many documents were there already, just so.
    pub skipped: usize,
    /// What is to be said about the files.
    pub findings: Vec<Finding>,
    /// How many findings there were beyond those kept.
    pub more_findings: usize,
    /// Whether it was stopped.
    pub cancelled: bool,
}

/// One thing to be said about a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// How much it matters.
    pub severity: Severity,
    /// File, line and what was found, in words.
    pub words: String,
}

impl Order {
    /// The message.
    pub fn print(&self) -> String {
        print(self)
    }

    /// Reads a message; `None` for one of another version.
    pub fn parse(words: &str) -> Option<Self> {
        serde_json::from_str(words).ok()
    }
}

impl Answer {
    /// The message.
    pub fn print(&self) -> String {
        print(self)
    }

    /// Reads a message; `None` for one of another version.
    pub fn parse(words: &str) -> Option<Self> {
        serde_json::from_str(words).ok()
    }
}

impl Scope {
    /// Whether the document belongs to what is exported.
    pub fn holds(self, document: &Document) -> bool {
        match self {
            Self::All => true,
            Self::One(id) => document.id == id,
            Self::Status(status) => document.status == status,
        }
    }
}

/// `all`, the name of a status, or a document's id.
impl Serialize for Scope {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => serializer.serialize_str("all"),
            Self::One(id) => serializer.collect_str(id),
            Self::Status(status) => serializer.serialize_str(status.name()),
        }
    }
}

impl<'de> Deserialize<'de> for Scope {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = String::deserialize(deserializer)?;
        let status = || Status::from_name(&name).map(Self::Status);
        let all = (name == "all").then_some(Self::All);
        all.or_else(status)
            .or_else(|| DocumentId::parse(&name).map(Self::One))
            .ok_or_else(|| serde::de::Error::custom("no such scope"))
    }
}

fn print(message: &impl Serialize) -> String {
    // Messages hold strings and numbers only, which JSON can always say.
    serde_json::to_string(message).unwrap_or_default()
}
