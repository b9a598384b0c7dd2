//! Outside formats and our own wire records. The model is converted by hand, so it can change without breaking files.
//!
//! | format | in | out | file |
//! | --- | --- | --- | --- |
//! | dataset: JSON Lines, one document a line | yes | yes | [`Reader`], [`Lines`], [`DatasetHead`] in `jsonl/` |
//! | project backup: `NAME.rubricator.zip` | yes | yes | [`Backup`], [`BackupWriter`] in `backup/` |
//! | a codebook alone, ours and other tools' | yes | yes | [`codebook`] |
//! | plain text and Markdown | yes | no | [`parse_plain`] in `plain.rs` |
//! | database rows: small JSON strings | yes | yes | [`row`] |
//!
//! Everything that is read comes back with its [`Issue`]s, each located; nothing is lost in silence.

mod backup;
pub mod codebook;
mod error;
pub mod exchange;
mod filename;
pub mod guidelines;
mod ids;
mod imported;
mod issues;
mod jsonl;
mod kept;
mod markup;
mod migrate;
mod needs;
mod number;
mod plain;
mod problem;
mod record;
pub mod row;
mod sha256;
mod zip;

pub use backup::{Backup, BackupWriter, Cursor};
pub use error::{Error, RecordKind};
pub use filename::file_name;
pub use imported::{ImportedDocument, Issue, Look, Severity};
pub use issues::Issues;
pub use jsonl::{DatasetHead, Defaults, Imported, Line, Lines, MAX_LINE_BYTES, Reader, print_line};
pub use kept::{for_another_text, refused, tags, with_refused, with_tags};
pub use migrate::{FORMAT, VERSION, migrate_row};
pub use needs::{Needs, free_colour};
pub use number::parse_number;
use plain::decode;
pub use plain::{MAX_TEXT_BYTES, parse as parse_plain};
pub use problem::{FileKind, Problem};
pub use record::StoredDocument;
pub use sha256::text_sha256;
