//! The project backup: a zip archive from which the same project comes back, byte for byte when saved again.
//!
//! | entry | holds |
//! | --- | --- |
//! | `project.json` | name, codebook, guidelines, registry, the history's cursor |
//! | `documents.jsonl` | the documents as lines of the dataset, in code points |
//! | `history.jsonl` | the history, one entry a line, positions in bytes |
//! | `texts.jsonl` | texts of removed documents, which undo may bring back; only if there are any |

mod reader;
mod writer;

pub use reader::Backup;
pub use writer::BackupWriter;

/// The history's end and the tops of its two stacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    /// The number of the last entry, 0 when there is none.
    pub last: u64,
    /// The entry that would be undone.
    pub undo: Option<u64>,
    /// The entry that would be redone.
    pub redo: Option<u64>,
}

const PROJECT: &str = "project.json";
const DOCUMENTS: &str = "documents.jsonl";
const HISTORY: &str = "history.jsonl";
const TEXTS: &str = "texts.jsonl";
