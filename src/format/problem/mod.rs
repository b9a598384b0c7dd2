//! What can be wrong in a file, with what was found there and what became of it; in plain words in [`words`].

mod words;

use super::Severity;
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
    /// A record is hardly anything but brackets, so that it would take many times its size in memory.
    TooDense {
        /// How long the record is, in bytes.
        bytes: usize,
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
    /// Bytes of a file are no letters of the encoding in which it is; each became U+FFFD.
    Undecodable {
        /// The encoding.
        encoding: &'static str,
        /// How many there are.
        count: usize,
    },
    /// A page is nested too deep or has too many parts; its beginning is kept.
    PageCut,
    /// A page is too large for its main text to be told from the rest.
    WholePage,
    /// A document of a word processor cannot be read.
    BrokenDocument {
        /// Why.
        reason: String,
    },
    /// A document has tracked changes: what was inserted is taken, what was deleted is not.
    TrackedChanges {
        /// How many insertions.
        inserted: usize,
        /// How many deletions.
        deleted: usize,
    },
    /// Parts of a document that stand beside its running text.
    LeftBehind {
        /// What they are.
        what: &'static str,
        /// How many.
        count: usize,
    },
    /// A database cannot be read.
    BrokenDatabase {
        /// Why.
        reason: String,
    },
    /// A database is used with a log beside it, which may hold what came last.
    LogBeside,
    /// A page holds hardly any text.
    HardlyText {
        /// How many letters.
        letters: usize,
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
    /// Further findings about the same files, which are not listed.
    More {
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
    /// A Rubricator backup or another zip archive.
    Zip,
    /// A workbook of a spreadsheet.
    Workbook,
    /// A page with all its parts in one file, as browsers save it (`.mht`).
    WebArchive,
    /// Slides.
    Slides,
    /// A text of LibreOffice or OpenOffice.
    OpenDocument,
    /// An old Office file (OLE compound file).
    OldOffice,
    /// An Office file locked with a password.
    LockedOffice,
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
            | Self::More { .. }
            | Self::WholePage
            | Self::TrackedChanges { .. }
            | Self::LeftBehind { .. }
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
            | Self::Undecodable { .. }
            | Self::HardlyText { .. }
            | Self::LogBeside
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
            | Self::TooDense { .. }
            | Self::TooLarge { .. }
            | Self::ActorTwice
            | Self::BrokenXml { .. }
            | Self::PageCut
            | Self::BrokenDatabase { .. }
            | Self::BrokenDocument { .. }
            | Self::OpenQuote
            | Self::NoTextColumn
            | Self::WithoutText { .. }
            | Self::NoSuchRecord { .. } => Severity::Error,
        }
    }
}
