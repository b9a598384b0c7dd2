//! Codebooks as files of their own: ours (JSON, lossless), REFI-QDA codebooks (`.qdc`) and Taguette's tables (CSV). The
//! foreign two hold a tree of codes and nothing else; [`Shape`] says what becomes of it. A file is taken whole or not
//! at all: what is wrong with it is said with its line, and nothing is changed.

mod codes;
mod fault;
mod own;
mod qdc;
mod table;

pub use codes::{Codes, Shape};
pub use fault::{CodebookFileFault, CodebookProblem};

use super::exchange::Source;
use crate::model::{Codebook, CodebookFault, Letters};

/// The most bytes a codebook's file can have.
pub const MAX_CODEBOOK_BYTES: usize = 8_000_000;

/// A format of codebooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodebookFormat {
    /// Our own.
    Own,
    /// The REFI-QDA standard for exchanging codebooks, version 1.0 (<https://www.qdasoftware.org>).
    Qdc,
    /// The table that Taguette writes and reads (<https://www.taguette.org>).
    Table,
}

/// What a codebook's file holds.
#[derive(Clone, Debug, PartialEq)]
pub enum CodebookFile {
    /// A codebook of ours.
    Own {
        /// The name of the project that it came from.
        name: String,
        /// The codebook.
        codebook: Box<Codebook>,
        /// How to annotate, as Markdown.
        guidelines: String,
    },
    /// A tree of codes.
    Codes(Codes),
}

/// A codebook as another format holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The file.
    pub file: String,
    /// What the format cannot hold, with how many of them are left out.
    pub losses: Vec<(&'static str, usize)>,
}

impl CodebookFormat {
    /// All formats, ours first.
    pub const ALL: [Self; 3] = [Self::Own, Self::Qdc, Self::Table];

    /// The name for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Own => "Codebook (JSON)",
            Self::Qdc => "REFI-QDA codebook (QDC)",
            Self::Table => "Taguette codebook (CSV)",
        }
    }

    /// What its files' names end in, without the dot.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Own => "codebook.json",
            Self::Qdc => "qdc",
            Self::Table => "csv",
        }
    }
}

/// Reads a codebook's file; which format it is shows from what it holds. Linear in its size.
///
/// # Errors
/// It is none of the formats, a later version of this program wrote it, or something in it is wrong: an entry without a
/// name, two of a name, a circle of parents, columns that are not there.
///
/// ```
/// use rubricator::format::codebook::{CodebookFile, parse};
/// let file = "tag,description\nclaim,What somebody demands\nclaim.money,\n";
/// let Ok(CodebookFile::Codes(codes)) = parse("codebook.csv", file.as_bytes()) else { panic!("no codes") };
/// assert_eq!(codes.count(), 2);
/// let wrong = parse("codebook.csv", "code;meaning\n1;x\n".as_bytes());
/// assert!(wrong.is_err_and(|fault| fault.to_string().contains("“tag”, “name” or “path”")));
/// ```
#[allow(
    clippy::result_large_err,
    reason = "it is made once, where a file is refused; on wasm32 it is smaller"
)]
pub fn parse(file: &str, bytes: &[u8]) -> Result<CodebookFile, CodebookFileFault> {
    let fault = |line, problem| CodebookFileFault { file: file.to_owned(), line, problem };
    if MAX_CODEBOOK_BYTES < bytes.len() {
        let (bytes, most) = (bytes.len(), MAX_CODEBOOK_BYTES);
        return Err(fault(None, CodebookProblem::TooLarge { bytes, most }));
    }
    let source = Source { path: file, bytes };
    let text = source.text();
    let start = text.as_ref().map_or("", |text| text.trim_start());
    let read = if start.starts_with('{') {
        own::parse(start)
    } else if start.starts_with('<') {
        qdc::parse(start).map(CodebookFile::Codes)
    } else {
        // Whatever it is called: by a name of JSON it would be read as a list of objects.
        table::parse(&Source { path: "codebook.csv", bytes }).map(CodebookFile::Codes)
    };
    // Blank lines before the beginning count as well.
    let before = text.as_ref().map_or(0, |text| text.len() - start.len());
    let lines = text.as_ref().map_or("", |text| text.get(..before).unwrap_or_default()).matches('\n').count();
    read.map_err(|(line, problem)| fault(line.map(|line| line + lines as u64), problem))
}

/// Prints a codebook.
pub fn print(format: CodebookFormat, name: &str, codebook: &Codebook, guidelines: &str) -> Printed {
    match format {
        CodebookFormat::Own => Printed { file: own::print(name, codebook, guidelines), losses: Vec::new() },
        CodebookFormat::Qdc | CodebookFormat::Table => {
            let (codes, mut losses) = Codes::of(codebook, format);
            losses.push(("guidelines", usize::from(!guidelines.trim().is_empty())));
            losses.retain(|(_, count)| 0 < *count);
            let file = if format == CodebookFormat::Qdc { qdc::print(&codes) } else { table::print(&codes) };
            Printed { file, losses }
        }
    }
}

/// What is wrong, and in which line.
type Wrong = (Option<u64>, CodebookProblem);

/// Refuses a codebook that nobody could work with. Letters given twice are only taken from the second;
/// so are those that begin, or are begun by, the letters of another.
fn sound(mut codebook: Codebook) -> Result<Codebook, CodebookProblem> {
    let mut taken: Vec<Letters> = Vec::new();
    let labels = codebook.labels.iter_mut().map(|label| &mut label.letter);
    for letter in labels.chain(codebook.relations.iter_mut().map(|relation| &mut relation.letter)) {
        *letter = letter.filter(|letter| !taken.iter().any(|taken| taken.clashes(*letter)));
        taken.extend(*letter);
    }
    let is_grave = |fault: &CodebookFault| !matches!(fault, CodebookFault::JoinsNothing { .. });
    match codebook.faults().into_iter().find(is_grave) {
        Some(fault) => Err(CodebookProblem::Unsound(fault)),
        None => Ok(codebook),
    }
}
