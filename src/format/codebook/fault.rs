//! Why a codebook's file cannot be taken, with its line where it has one.

use thiserror::Error;

use crate::format::Problem;
use crate::model::CodebookFault;

/// Why a file is not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{file}{}: {problem}", line.map_or_else(String::new, |line| format!(", line {line}")))]
pub struct CodebookFileFault {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: Option<u64>,
    /// What is wrong.
    pub problem: CodebookProblem,
}

/// What is wrong with a codebook's file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CodebookProblem {
    /// It is larger than a codebook can be.
    #[error("it has {bytes} bytes, and a codebook at most {most}")]
    TooLarge {
        /// Its size.
        bytes: usize,
        /// The greatest size.
        most: usize,
    },
    /// It holds more codes than are taken.
    #[error("it has more than {most} codes")]
    TooMany {
        /// The greatest number.
        most: usize,
    },
    /// Its codes stand deeper below each other than is taken.
    #[error("the codes stand more than {most} levels below each other")]
    TooDeep {
        /// The greatest depth.
        most: usize,
    },
    /// It is no text.
    #[error("{0}")]
    NoText(Box<Problem>),
    /// It is no JSON.
    #[error("this is not JSON ({reason})")]
    NotJson {
        /// What the parser found.
        reason: String,
    },
    /// It is no XML.
    #[error("the XML is broken here ({reason})")]
    NotXml {
        /// What the parser found.
        reason: String,
    },
    /// It is JSON or XML of something else.
    #[error("this is no codebook: {expected} is expected")]
    OtherFile {
        /// What a codebook would begin with.
        expected: &'static str,
    },
    /// A later version of this program wrote it.
    #[error(
        "a newer version of Rubricator wrote this ({found}, this one knows {}); reload the page to get the newest \
         version, then try again",
        super::own::FORMAT
    )]
    NewerFormat {
        /// The format it states.
        found: String,
    },
    /// A field of the codebook cannot be read.
    #[error("the codebook cannot be read: {reason}")]
    Unreadable {
        /// What was found.
        reason: String,
    },
    /// The codebook has a fault.
    #[error(transparent)]
    Unsound(CodebookFault),
    /// A table has no column for names, or several.
    #[error(
        "one column named “tag”, “name” or “path” is needed, and one named “description” may be there; found are: {}",
        found.join(", ")
    )]
    Columns {
        /// The names in its first row.
        found: Vec<String>,
    },
    /// A row has too few cells.
    #[error("this row has {found} cells, and {needed} are needed")]
    Cells {
        /// How many it has.
        found: usize,
        /// How many the columns need.
        needed: usize,
    },
    /// A row cannot be read.
    #[error("{0}")]
    Row(Box<Problem>),
    /// A code has no name.
    #[error("a code without a name")]
    NoName,
    /// Two codes beside each other have one name.
    #[error("there is already a code “{name}” in this place")]
    SameName {
        /// The name.
        name: String,
    },
    /// A code stands below one that is not there.
    #[error("“{name}” stands below “{parent}”, which is not in the file")]
    UnknownParent {
        /// The code.
        name: String,
        /// The one above it.
        parent: String,
    },
    /// Codes stand below each other in a circle.
    #[error("these codes stand below each other in a circle: {}", names.join(", "))]
    Circle {
        /// Their names.
        names: Vec<String>,
    },
    /// There is no code in it.
    #[error("there are no codes in it")]
    NoCodes,
}
