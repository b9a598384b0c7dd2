//! Problems in plain words: what was found, and what became of it or what to do, without a full stop.

use std::fmt;

use super::{FileKind, Problem};
use crate::{format::migrate::VERSION, text::Unit};

impl FileKind {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Pdf => ("a PDF", "copy its text into a text file and import that"),
            Self::Zip => (
                "a zip archive",
                "give it a name that ends in .zip, so that the files in it are imported, or save what it holds as \
                 plain text (.txt)",
            ),
            Self::Workbook => {
                ("a workbook", "save its sheet as CSV in the spreadsheet program and import that")
            }
            Self::WebArchive => (
                "a web page packed into one file (.mht)",
                "open it in the browser, save it as “HTML only” and import that, or copy its text and paste it here",
            ),
            Self::Slides => ("a file of slides", "copy its text into a text file and import that"),
            Self::OpenDocument => {
                ("an OpenDocument file", "save it as Word document (.docx) in LibreOffice and import that")
            }
            Self::LockedOffice => (
                "an Office file locked with a password",
                "take the password off in the program it comes from, save it and import that",
            ),
            Self::OldOffice => (
                "an old Office file",
                "save it as Word document (.docx) or plain text (.txt, UTF-8) in the program it comes from and import that",
            ),
            Self::Rtf => (
                "a Rich Text file",
                "save it as plain text (.txt, UTF-8) in a word processor and import that",
            ),
            Self::Picture => ("a picture", "only its text can be annotated: import that as a text file"),
            Self::Gzip => ("a compressed file", "unpack it and import what is inside"),
            Self::Other => ("not text", "import a text, Markdown or JSON Lines file"),
            Self::WideText => (
                "text in UTF-16 or UTF-32 without a byte order mark",
                "save it as UTF-8 in a text editor and import that",
            ),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson { column, reason } => {
                write!(formatter, "not JSON at column {column} ({reason}); the line was left out")
            }
            Self::NotObject { found } => {
                write!(formatter, "{found} where an object was expected; the line was left out")
            }
            Self::NoText => write!(formatter, "no \"text\" string; the line was left out"),
            Self::EmptyText => {
                write!(formatter, "the text is empty; there is nothing to annotate, so it was left out")
            }
            Self::NewerFormat { found } => write!(
                formatter,
                "written by a newer version of Rubricator ({found}; this one knows rubricator/{VERSION}); \
                 the line was left out: reload the page to get the newest version"
            ),
            Self::ForeignFormat { found } => {
                write!(
                    formatter,
                    "the format is {}, which is not ours; the line was read as ours",
                    cut(found)
                )
            }
            Self::NoUnit => {
                write!(formatter, "no \"offset_unit\" is stated; positions were taken as code points")
            }
            Self::UnknownUnit { found } => write!(
                formatter,
                "the offset unit {} is not code_point, utf16 or byte; positions were taken as code points",
                cut(found)
            ),
            Self::TextNormalized { crlf, lone_cr, bom } => {
                let mut parts = Vec::new();
                if *bom {
                    parts.push("a byte order mark was dropped".to_owned());
                }
                if *crlf > 0 {
                    parts.push(format!("{crlf} CRLF line ends became LF"));
                }
                if *lone_cr > 0 {
                    parts.push(format!("{lone_cr} CR line ends became LF"));
                }
                write!(formatter, "{}; positions were shifted accordingly", parts.join(", "))
            }
            Self::HashMismatch { stated, actual } => write!(
                formatter,
                "the text has changed since its hash was taken (stated {}, found {}); each span was checked by its own text",
                cut(stated),
                cut(actual)
            ),
            Self::UnknownKeys { keys } => {
                let keys: Vec<_> = keys.iter().map(|key| cut(key)).collect();
                write!(formatter, "these keys mean nothing here and were left out: {}", keys.join(", "))
            }
            Self::UnreadableField { field, found } => {
                write!(formatter, "{field} is {}, which cannot be read; it was left out", cut(found))
            }
            Self::UnreadableTime { found } => {
                write!(
                    formatter,
                    "{} is no date and time (RFC 3339); the time of the import was taken",
                    cut(found)
                )
            }
            Self::UnknownName { field, found, used } => {
                write!(formatter, "the {field} {} is not known; {used} was taken", cut(found))
            }
            Self::UnreadableRecord { reason } => {
                write!(formatter, "cannot be read ({reason}); it was left out")
            }
            Self::NoSuchPlace { start, end, length, unit } => write!(
                formatter,
                "{start} to {end} is no place in the text, which has {length} {}; it was left out",
                counted(*unit)
            ),
            Self::QuoteMoved { stated, found, quote } => {
                write!(formatter, "{} was not at {stated} but at {found}; it was put there", cut(quote))
            }
            Self::QuoteNotFound { stated, quote } => write!(
                formatter,
                "{} is not at {stated}, and nowhere else that is certain; it was left out",
                cut(quote)
            ),
            Self::OutsideText { stated, length, count } => write!(
                formatter,
                "{stated} is no place in the text, which has {length} {count}; it was left out"
            ),
            Self::EmptySpan { at } => {
                write!(formatter, "it holds no character ({at}); it was left out")
            }
            Self::OtherText { stated, quote, written } => write!(
                formatter,
                "at {stated} stands {}, not {}; it was kept where its numbers put it",
                cut(written),
                cut(quote)
            ),
            Self::LeftOut { name } => {
                write!(formatter, "{} was left out, as you asked", cut(name))
            }
            Self::FragmentsDisagree { stated, found } => {
                write!(
                    formatter,
                    "start and end say {stated}, its fragments {found}; the fragments were kept"
                )
            }
            Self::DuplicateId => write!(formatter, "the id is used twice in the file; this one got a new id"),
            Self::ForeignIds { first } => write!(
                formatter,
                "ids that are no UUIDs, such as {}, were replaced by UUIDs made from them",
                cut(first)
            ),
            Self::NoSuchSpan { end, id } => {
                write!(
                    formatter,
                    "its \"{end}\" is {}, which is no span of the line; it was left out",
                    cut(id)
                )
            }
            Self::NoSuchActor { id } => {
                write!(formatter, "the actor {} is not known; the link to it was left out", cut(id))
            }
            Self::NoSuchActorAsTarget { id } => {
                write!(formatter, "it leads to the actor {}, which is not known; it was left out", cut(id))
            }
            Self::InvalidUtf8 { column } => {
                write!(formatter, "not UTF-8 at byte {column} of the line; the line was left out")
            }
            Self::Utf16Lines => {
                write!(formatter, "the file is in UTF-16; save it as UTF-8 in a text editor and import that")
            }
            Self::LineTooLong { most } => {
                write!(formatter, "the line is longer than {}; it was left out", size(*most))
            }
            Self::NotUtf8 { line, column, byte } => write!(
                formatter,
                "not UTF-8: byte {column} of line {line} is 0x{byte:02X}; save the file as UTF-8 in a text editor and import that"
            ),
            Self::NotUtf16 { at } => write!(
                formatter,
                "begins like UTF-16 but breaks at byte {at}; save the file as UTF-8 in a text editor and import that"
            ),
            Self::Binary { kind } => {
                let (what, next) = kind.words();
                write!(formatter, "this is {what}; {next}")
            }
            Self::TooDense { bytes } => write!(
                formatter,
                "its {bytes} bytes are hardly anything but brackets and would take far too much memory; it was left out"
            ),
            Self::TooLarge { bytes, most } => write!(
                formatter,
                "the text has {}, and the most one document can have is {}; split it into several files",
                size(*bytes),
                size(*most)
            ),
            Self::ControlCharacters { count, line, first } => write!(
                formatter,
                "{count} control characters stand in the text, the first (U+{:04X}) in line {line}; they stay",
                u32::from(*first)
            ),
            Self::ForeignEntry => write!(formatter, "it does not belong to a backup and was left out"),
            Self::HistoryUnusable { reason } => {
                write!(
                    formatter,
                    "the history cannot be used ({reason}); documents are complete, undo begins anew"
                )
            }
            Self::DocumentTwice => {
                write!(
                    formatter,
                    "a document of this id came in an earlier line; this one was kept beside it under a new id"
                )
            }
            Self::ActorTwice => write!(formatter, "an actor of this id came before; this one was left out"),
            Self::WithoutText { expected, spans, relations, attributes, notes } => write!(
                formatter,
                "there is no {expected} beside it; its {spans} spans, {relations} relations, {attributes} attributes \
                 and {notes} notes were left out"
            ),
            Self::NoSuchRecord { id } => {
                write!(formatter, "it says something of {}, which is not there; it was left out", cut(id))
            }
            Self::OtherColumns { found, expected } => {
                write!(
                    formatter,
                    "the line has {found} columns, the others have {expected}; its token was kept"
                )
            }
            Self::OtherCells { found, expected } => {
                write!(
                    formatter,
                    "the row has {found} cells, the first one has {expected}; it was read as far as they go"
                )
            }
            Self::OpenQuote => {
                write!(formatter, "a quotation mark begins a cell and none ends it; the line was left out")
            }
            Self::NoTextColumn => write!(formatter, "no column holds texts; the file was left out"),
            Self::TakenAsWindows { line, column, byte } => write!(
                formatter,
                "not UTF-8: byte {column} of line {line} is 0x{byte:02X}; it was read as Windows-1252 (Western European), \
                 so look at its accented letters"
            ),
            Self::Undecodable { encoding, count } => write!(
                formatter,
                "{count} letters cannot be read as {encoding}, which the file is said to be in; they became U+FFFD"
            ),
            Self::PageCut => write!(
                formatter,
                "the page is nested too deep or has too many parts; what follows from there was left out"
            ),
            Self::WholePage => write!(
                formatter,
                "the page is too large for its main text to be told from the rest; all of its text came in"
            ),
            Self::BrokenDocument { reason } => write!(
                formatter,
                "the document cannot be read ({reason}); open it in a word processor, save it anew and import that"
            ),
            Self::TrackedChanges { inserted, deleted } => write!(
                formatter,
                "changes are tracked: {inserted} insertions were taken and {deleted} deletions left out, as if all were \
                 accepted"
            ),
            Self::LeftBehind { what, count } => write!(formatter, "{count} {what} were left out"),
            Self::BrokenDatabase { reason } => {
                write!(
                    formatter,
                    "the database cannot be read ({reason}); what stands behind that was left out"
                )
            }
            Self::LogBeside => write!(
                formatter,
                "the program that wrote this file keeps the last changes in a log beside it; close the project there \
                 first, so that they are in the file"
            ),
            Self::HardlyText { letters } => write!(
                formatter,
                "the page holds hardly any text ({letters} letters); it came in as it is. Pages that load their text \
                 when they are looked at are best copied and pasted"
            ),
            Self::UnknownTag { found } => {
                write!(formatter, "{} is no tag; its token was taken as outside of any span", cut(found))
            }
            Self::OrphanTag { tag } => {
                write!(formatter, "{} goes on with a span that was not begun; one was begun here", cut(tag))
            }
            Self::BrokenXml { reason } => write!(formatter, "not XML ({reason}); what follows was left out"),
            Self::NotTaken { what, count } => {
                write!(formatter, "{count} records {} have no place here and were left out", cut(what))
            }
            Self::NotOnText { count } => {
                write!(formatter, "{count} annotations are on no stretch of text; they were left out")
            }
            Self::More { count } => write!(formatter, "{count} more findings are not listed"),
            Self::NumberedTags => write!(
                formatter,
                "tags are numbers, and what they stand for is not in the file; each became a label such as tag_3"
            ),
            Self::NotDocument { what } => write!(formatter, "it is {what}, not a document; it was left out"),
            Self::OtherFile { format } => {
                write!(formatter, "it is no part of a {format} corpus and was left out")
            }
        }
    }
}

/// A string from a file in quotation marks, cut to a length that a message can hold.
fn cut(found: &str) -> String {
    let mut characters = found.chars();
    let head: String = characters.by_ref().take(60).collect();
    if characters.next().is_some() { format!("{head:?}…") } else { format!("{head:?}") }
}

const fn counted(unit: Unit) -> &'static str {
    match unit {
        Unit::CodePoint => "code points",
        Unit::Utf16 => "UTF-16 units",
        Unit::Byte => "bytes",
    }
}

/// A size in plain words.
fn size(bytes: usize) -> String {
    if bytes < 1_000_000 {
        return format!("{bytes} bytes");
    }
    let tenths = bytes / 100_000;
    if tenths.is_multiple_of(10) {
        format!("{} MB", tenths / 10)
    } else {
        format!("{}.{} MB", tenths / 10, tenths % 10)
    }
}
