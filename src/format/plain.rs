//! Plain text and Markdown, taken over as they are: import changes only line ends and a byte order mark.
//! Nothing is guessed: UTF-8, or UTF-16 with its mark; everything else is refused with what to do instead.

use uuid::Uuid;

use super::{FileKind, ImportedDocument, Issue, Problem, text_sha256};
use crate::model::{Document, DocumentId, Extra, Meta, ProjectId, Status};
use crate::text::{self, Text};

/// The most bytes one document's text can have.
pub const MAX_TEXT_BYTES: usize = 20_000_000;

/// Reads a text file as one document without annotations. The title is the text's own, the language not known.
///
/// # Errors
/// The file is empty, too large, no text, or in an encoding that it does not announce.
///
/// ```
/// use rubricator::format::parse_plain;
/// use rubricator::model::ProjectId;
/// use uuid::Uuid;
/// let project = ProjectId::new(Uuid::nil());
/// let read = parse_plain("talks.txt", "Talks\r\n\r\nAda met Bo.".as_bytes(), &mut Uuid::max, project);
/// assert_eq!(read.map(|read| read.text.to_string()).as_deref(), Ok("Talks\n\nAda met Bo."));
/// ```
pub fn parse(
    file_name: &str,
    bytes: &[u8],
    new_id: &mut dyn FnMut() -> Uuid,
    project: ProjectId,
) -> Result<ImportedDocument, Box<Issue>> {
    let raw = decode(bytes).map_err(|problem| Box::new(Issue::new(file_name, None, None, problem)))?;
    let normalized = text::normalize(&raw);
    drop(raw);
    let mut problems = Vec::new();
    if normalized.crlf > 0 || normalized.lone_cr > 0 || normalized.bom {
        problems.push(Problem::TextNormalized {
            crlf: normalized.crlf,
            lone_cr: normalized.lone_cr,
            bom: normalized.bom,
        });
    }
    let text = Text::new(normalized.text);
    problems.extend(control_characters(&text));
    let document = Document {
        id: DocumentId::new(new_id()),
        project,
        title: text::title(&text).to_owned(),
        meta: Meta::default(),
        status: Status::Todo,
        position: 0.0,
        text_sha256: text_sha256(&text),
        extra: Extra::default(),
    };
    Ok(ImportedDocument {
        document,
        text,
        annotations: Vec::new(),
        relations: Vec::new(),
        actors: Vec::new(),
        looks: Vec::new(),
        modified: None,
        annotator: String::new(),
        issues: problems.into_iter().map(|problem| Issue::new(file_name, None, None, problem)).collect(),
    })
}

/// Control characters that no writer puts into an article on purpose, and those that silently turn the direction of
/// what follows (Unicode Standard Annex 9, section 2), so that a text reads otherwise than it is written.
pub(super) fn control_characters(text: &str) -> Option<Problem> {
    let turns = |letter: char| matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let odd =
        |letter: char| turns(letter) || letter.is_control() && !matches!(letter, '\n' | '\t' | '\u{85}');
    // Most texts have long stretches of plain ASCII, which are passed over eight bytes at a time.
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let suspects = words.iter().enumerate().filter(|(_, word)| !is_plain(**word));
    let suspects = suspects.flat_map(|(at, _)| at * 8..at * 8 + 8);
    let mut places = suspects.chain(text.len() - rest.len()..text.len()).filter_map(|at| {
        let letter = text.get(at..)?.chars().next()?;
        odd(letter).then_some((at, letter))
    });
    let (at, first) = places.next()?;
    let count = 1 + places.count();
    let line = text.get(..at).unwrap_or_default().matches('\n').count() + 1;
    Some(Problem::ControlCharacters { count, line, first })
}

/// Whether these are printable characters of ASCII, all of them: none below the space, no DEL, no high bit. What a byte
/// carries into the next can only add to the doubts, as a byte that carries is in doubt itself.
const fn is_plain(word: [u8; 8]) -> bool {
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    let bytes = u64::from_ne_bytes(word);
    let below_space = bytes.wrapping_sub(u64::from_ne_bytes([0x20; 8]));
    let above_tilde = bytes.wrapping_add(u64::from_ne_bytes([0x01; 8]));
    (bytes | below_space | above_tilde) & HIGH == 0
}

/// The text of a file; a byte order mark stays as a character, so that its dropping can be reported.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Problem> {
    if bytes.len() > MAX_TEXT_BYTES {
        // A large file of another kind is better told what it is.
        let too_large = Problem::TooLarge { bytes: bytes.len(), most: MAX_TEXT_BYTES };
        return Err(magic(bytes).map_or(too_large, |kind| Problem::Binary { kind }));
    }
    let text = if let Some(units) = bytes.strip_prefix(b"\xFF\xFE") {
        decode_utf16(units, u16::from_le_bytes)?
    } else if let Some(units) = bytes.strip_prefix(b"\xFE\xFF") {
        decode_utf16(units, u16::from_be_bytes)?
    } else {
        if let Some(kind) = binary(bytes) {
            return Err(Problem::Binary { kind });
        }
        std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?.to_owned()
    };
    if text.trim_matches(|letter: char| letter.is_whitespace() || letter == '\u{FEFF}').is_empty() {
        return Err(Problem::EmptyText);
    }
    // UTF-16 grows by half when it is mostly Chinese, Japanese or Korean.
    if text.len() > MAX_TEXT_BYTES {
        return Err(Problem::TooLarge { bytes: text.len(), most: MAX_TEXT_BYTES });
    }
    Ok(text)
}

/// UTF-16 after its mark; the mark itself is kept as a character so that its dropping is reported.
fn decode_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Problem> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut text = String::from('\u{FEFF}');
    // From here on, bytes are counted in the file: two for the mark, two for each unit.
    let mut at = 2;
    for letter in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        let letter = letter.map_err(|_| Problem::NotUtf16 { at })?;
        at += 2 * letter.len_utf16();
        text.push(letter);
    }
    if rest.is_empty() { Ok(text) } else { Err(Problem::NotUtf16 { at }) }
}

fn not_utf8(bytes: &[u8], good: usize) -> Problem {
    let before = bytes.get(..good).unwrap_or_default();
    let line = before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let byte = bytes.get(good).copied().unwrap_or_default();
    Problem::NotUtf8 { line, column: good - line_start + 1, byte }
}

/// What bytes are that are no text, by their beginning and by the zeros in them.
pub(in crate::format) fn binary(bytes: &[u8]) -> Option<FileKind> {
    magic(bytes).or_else(|| nul_bytes(bytes))
}

/// What a file is by its first bytes, as far as people are likely to try.
fn magic(bytes: &[u8]) -> Option<FileKind> {
    const KNOWN: [(&[u8], FileKind); 15] = [
        (b"%PDF-", FileKind::Pdf),
        (b"PK\x03\x04", FileKind::Zip),
        (b"PK\x05\x06", FileKind::Zip),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileKind::OldOffice),
        (b"{\\rtf", FileKind::Rtf),
        (b"\x89PNG\r\n\x1A\n", FileKind::Picture),
        (b"\xFF\xD8\xFF", FileKind::Picture),
        (b"GIF87a", FileKind::Picture),
        (b"GIF89a", FileKind::Picture),
        (b"II*\0", FileKind::Picture),
        (b"MM\0*", FileKind::Picture),
        (b"\x1F\x8B", FileKind::Gzip),
        (b"\x7FELF", FileKind::Other),
        (b"7z\xBC\xAF\x27\x1C", FileKind::Other),
        (b"SQLite format 3\0", FileKind::Other),
    ];
    let head = bytes.get(..1000.min(bytes.len())).unwrap_or_default();
    let is_mail = head.starts_with(b"From: <Saved by") || head.starts_with(b"MIME-Version:");
    if is_mail && memchr::memmem::find(head, b"multipart/related").is_some() {
        return Some(FileKind::WebArchive);
    }
    let (_, kind) = KNOWN.iter().find(|(start, _)| bytes.starts_with(start))?;
    let holds = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    Some(match kind {
        FileKind::Zip if holds(b"xl/workbook") => FileKind::Workbook,
        FileKind::Zip if holds(b"ppt/presentation") => FileKind::Slides,
        FileKind::Zip if holds(b"application/vnd.oasis.opendocument") => FileKind::OpenDocument,
        // The name of a stream, in UTF-16.
        FileKind::OldOffice if holds(b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0") => {
            FileKind::LockedOffice
        }
        kind => *kind,
    })
}

/// Many NUL bytes are another kind of file; a few in a text are control characters that stay and are reported.
fn nul_bytes(bytes: &[u8]) -> Option<FileKind> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let nuls = head.iter().filter(|byte| **byte == 0).count();
    let half = |parity: usize| head.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    if nuls * 20 <= head.len() {
        return None;
    }
    // Text in Latin letters without a mark has NUL in nearly every other byte, and only there.
    let [even, odd] = [half(0), half(1)];
    let wide = even.max(odd) * 10 >= head.len() * 4 && even.min(odd) * 10 <= head.len();
    Some(if wide { FileKind::WideText } else { FileKind::Other })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_control_character_is_found_wherever_it_stands() {
        let odd = [
            '\0', '\u{1f}', '\r', '\u{7f}', '\u{80}', '\u{9f}', '\u{202a}', '\u{202e}', '\u{2066}',
            '\u{2069}',
        ];
        let plain = [
            '\n', '\t', ' ', '~', '\u{85}', '\u{a0}', '\u{2029}', '\u{202f}', '\u{2065}', '\u{206a}', 'é',
            '😀',
        ];
        for before in 0..20 {
            for after in 0..20 {
                let around = |letter: char| format!("{}{letter}{}", "a".repeat(before), "b".repeat(after));
                for letter in odd {
                    let found = control_characters(&around(letter));
                    let expected = Problem::ControlCharacters { count: 1, line: 1, first: letter };
                    assert_eq!(found, Some(expected), "{letter:?} after {before}");
                }
                for letter in plain {
                    assert_eq!(control_characters(&around(letter)), None, "{letter:?} after {before}");
                }
            }
        }
        let several = "\u{7f}one\n\u{202e}two\0";
        let expected = Problem::ControlCharacters { count: 3, line: 1, first: '\u{7f}' };
        assert_eq!(control_characters(several), Some(expected));
    }
}
