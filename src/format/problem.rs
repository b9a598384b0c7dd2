//! What can be wrong in a file, with what was found there and what became of it, in plain words.

use std::fmt;

use super::Severity;
use super::migrate::VERSION;
use crate::text::Unit;

/// What is wrong at one place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A line is no JSON.
    NotJson {
        /// The byte column, from 1.
        column: usize,
        /// What the parser found.
        reason: String,
    },
    /// A line is JSON, but no object.
    NotObject {
        /// What it is instead.
        found: &'static str,
    },
    /// A line has no `text`, or it is no string.
    NoText,
    /// There is no character besides white space.
    EmptyText,
    /// A line was written by a later version of this program.
    NewerFormat {
        /// The format it states.
        found: String,
    },
    /// A line states a format that is not ours.
    ForeignFormat {
        /// What it states.
        found: String,
    },
    /// Spans are given, but not in which unit they count.
    NoUnit,
    /// The unit's name is not known.
    UnknownUnit {
        /// What is stated.
        found: String,
    },
    /// Line ends were changed or a byte order mark was dropped.
    TextNormalized {
        /// How many CRLF became LF.
        crlf: usize,
        /// How many lone CR became LF.
        lone_cr: usize,
        /// Whether a byte order mark was dropped.
        bom: bool,
    },
    /// The text is not the one whose hash is stated.
    HashMismatch {
        /// The hash in the file.
        stated: String,
        /// The hash of the text.
        actual: String,
    },
    /// Keys of a line that mean nothing here.
    UnknownKeys {
        /// The keys.
        keys: Vec<String>,
    },
    /// A field holds something of another type.
    UnreadableField {
        /// The key.
        field: String,
        /// What it holds.
        found: String,
    },
    /// A date and time cannot be read.
    UnreadableTime {
        /// What is stated.
        found: String,
    },
    /// A name is not one of those a field can hold.
    UnknownName {
        /// The field.
        field: &'static str,
        /// What is stated.
        found: String,
        /// What was taken instead.
        used: &'static str,
    },
    /// A span, relation or actor does not have the expected shape.
    UnreadableRecord {
        /// What the parser found.
        reason: String,
    },
    /// Start and end are no places of the text.
    NoSuchPlace {
        /// The start as stated.
        start: String,
        /// The end as stated.
        end: String,
        /// The length of the text in that unit.
        length: u32,
        /// The unit.
        unit: Unit,
    },
    /// The quoted text was not at its place, but elsewhere.
    QuoteMoved {
        /// The place as stated.
        stated: String,
        /// The place where it was found, in the unit of the file.
        found: String,
        /// The text.
        quote: String,
    },
    /// The quoted text is not in the document, or the place does not say which of several it is.
    QuoteNotFound {
        /// The place as stated.
        stated: String,
        /// The text.
        quote: String,
    },
    /// The numbers of a mark of an outside file are no place of its text.
    OutsideText {
        /// The place as stated.
        stated: String,
        /// How long the text is.
        length: usize,
        /// In what that is counted.
        count: &'static str,
    },
    /// A mark holds no character.
    EmptySpan {
        /// The place as stated.
        at: String,
    },
    /// Another text than the quoted one stands at a mark's place, and the quoted one nowhere near.
    OtherText {
        /// The place as stated.
        stated: String,
        /// The text that the file quotes.
        quote: String,
        /// The text that stands there.
        written: String,
    },
    /// A label, relation type or actor was left out because the person said so.
    LeftOut {
        /// Its name.
        name: String,
    },
    /// Start and end are not those of the fragments.
    FragmentsDisagree {
        /// The place as stated.
        stated: String,
        /// The place of the fragments.
        found: String,
    },
    /// Two records of a file share an id.
    DuplicateId,
    /// Ids that are no UUIDs.
    ForeignIds {
        /// The first of them.
        first: String,
    },
    /// A relation starts from, or leads to, a span that is not there.
    NoSuchSpan {
        /// Which end.
        end: &'static str,
        /// The id stated.
        id: String,
    },
    /// An actor is referred to that neither the line nor the registry knows.
    NoSuchActor {
        /// The id stated.
        id: String,
    },
    /// A relation leads to an actor that neither the line nor the registry knows.
    NoSuchActorAsTarget {
        /// The id stated.
        id: String,
    },
    /// A file's line is not UTF-8.
    InvalidUtf8 {
        /// The byte column of the first bad byte, from 1.
        column: usize,
    },
    /// A file of lines is in another encoding.
    Utf16Lines,
    /// A line is longer than this program takes in.
    LineTooLong {
        /// The greatest length in bytes.
        most: usize,
    },
    /// A text file is not UTF-8.
    NotUtf8 {
        /// The line of the first bad byte, from 1.
        line: u64,
        /// Its byte column, from 1.
        column: usize,
        /// The byte.
        byte: u8,
    },
    /// A text file has the mark of UTF-16, but is broken.
    NotUtf16 {
        /// The byte where it breaks, from 0.
        at: usize,
    },
    /// A file is no text.
    Binary {
        /// What it seems to be.
        kind: FileKind,
    },
    /// A text is larger than this program takes in.
    TooLarge {
        /// Its size in bytes.
        bytes: usize,
        /// The greatest size in bytes.
        most: usize,
    },
    /// A text holds control characters; they stay.
    ControlCharacters {
        /// How many.
        count: usize,
        /// The line of the first, from 1.
        line: usize,
        /// The first.
        first: char,
    },
    /// A backup holds a file that does not belong there.
    ForeignEntry,
    /// A backup's history cannot be used.
    HistoryUnusable {
        /// Why.
        reason: String,
    },
    /// Two lines of a file share a document's id.
    DocumentTwice,
    /// Two registry entries of a line share an id.
    ActorTwice,
    /// A file of annotations has no text beside it.
    WithoutText {
        /// The name the text's file would have.
        expected: String,
        /// How many annotations it holds.
        spans: usize,
        /// How many relations.
        relations: usize,
        /// How many attributes.
        attributes: usize,
        /// How many notes.
        notes: usize,
    },
    /// Something is said of a record that is not there.
    NoSuchRecord {
        /// Its id.
        id: String,
    },
    /// A line has more or fewer columns than the others of its file.
    OtherColumns {
        /// How many.
        found: usize,
        /// How many the others have.
        expected: usize,
    },
    /// A row of a table has more or fewer cells than the first one.
    OtherCells {
        /// How many.
        found: usize,
        /// How many the first row has.
        expected: usize,
    },
    /// A quotation mark begins a cell that never ends.
    OpenQuote,
    /// No column of a table holds texts.
    NoTextColumn,
    /// A file is not UTF-8 and was read as Windows-1252.
    TakenAsWindows {
        /// The line, from 1.
        line: u64,
        /// The byte in it, from 1.
        column: usize,
        /// What it is.
        byte: u8,
    },
    /// A token's tag is none of the scheme.
    UnknownTag {
        /// The tag.
        found: String,
    },
    /// A tag goes on with a span that was not begun.
    OrphanTag {
        /// The tag.
        tag: String,
    },
    /// A file is not well-formed XML; what stands before is kept.
    BrokenXml {
        /// What the parser found.
        reason: String,
    },
    /// Records of a kind that is not taken in.
    NotTaken {
        /// Their kind, in the file's words.
        what: String,
        /// How many.
        count: usize,
    },
    /// Annotations are on pictures, parts of pages or other things than a stretch of text.
    NotOnText {
        /// How many.
        count: usize,
    },
    /// Tags are numbers without names.
    NumberedTags,
    /// A record is something else than a document.
    NotDocument {
        /// What it is.
        what: &'static str,
    },
    /// A file is no part of the format in which the others are.
    OtherFile {
        /// The format.
        format: &'static str,
    },
}

/// What a file that is no text seems to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A PDF.
    Pdf,
    /// A Rubricator backup, a Word file or another zip archive.
    Zip,
    /// An old Office file (OLE compound file).
    OldOffice,
    /// Rich Text Format.
    Rtf,
    /// A picture.
    Picture,
    /// Compressed by gzip.
    Gzip,
    /// An archive or program.
    Other,
    /// UTF-16 or UTF-32 without a mark.
    WideText,
}

impl FileKind {
    const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Pdf => ("a PDF", "copy its text into a text file and import that"),
            Self::Zip => (
                "a zip archive (Word and LibreOffice files are such)",
                "save it as plain text (.txt) in the program it comes from and import that; \
                 a project backup is opened, not imported",
            ),
            Self::OldOffice => (
                "an old Office file",
                "save it as plain text (.txt, UTF-8) in the program it comes from and import that",
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

impl Problem {
    /// How much it matters.
    pub const fn severity(&self) -> Severity {
        match self {
            Self::NoUnit
            | Self::ForeignFormat { .. }
            | Self::TextNormalized { .. }
            | Self::ForeignIds { .. }
            | Self::OrphanTag { .. }
            | Self::NotOnText { .. }
            | Self::NumberedTags
            | Self::NotDocument { .. }
            | Self::OtherFile { .. }
            | Self::LeftOut { .. }
            | Self::NotTaken { .. }
            | Self::UnknownKeys { .. } => Severity::Info,
            Self::UnknownUnit { .. }
            | Self::HashMismatch { .. }
            | Self::UnreadableField { .. }
            | Self::UnreadableTime { .. }
            | Self::UnknownName { .. }
            | Self::QuoteMoved { .. }
            | Self::OtherText { .. }
            | Self::FragmentsDisagree { .. }
            | Self::DuplicateId
            | Self::DocumentTwice
            | Self::NoSuchActor { .. }
            | Self::ControlCharacters { .. }
            | Self::ForeignEntry
            | Self::OtherColumns { .. }
            | Self::OtherCells { .. }
            | Self::TakenAsWindows { .. }
            | Self::UnknownTag { .. }
            | Self::HistoryUnusable { .. } => Severity::Warning,
            Self::NotJson { .. }
            | Self::NotObject { .. }
            | Self::NoText
            | Self::EmptyText
            | Self::NewerFormat { .. }
            | Self::UnreadableRecord { .. }
            | Self::NoSuchPlace { .. }
            | Self::QuoteNotFound { .. }
            | Self::OutsideText { .. }
            | Self::EmptySpan { .. }
            | Self::NoSuchSpan { .. }
            | Self::NoSuchActorAsTarget { .. }
            | Self::InvalidUtf8 { .. }
            | Self::Utf16Lines
            | Self::LineTooLong { .. }
            | Self::NotUtf8 { .. }
            | Self::NotUtf16 { .. }
            | Self::Binary { .. }
            | Self::TooLarge { .. }
            | Self::ActorTwice
            | Self::BrokenXml { .. }
            | Self::OpenQuote
            | Self::NoTextColumn
            | Self::WithoutText { .. }
            | Self::NoSuchRecord { .. } => Severity::Error,
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
