//! The bytes of a page as text: by its byte order mark, by what its head declares, or else as UTF-8, and where it is
//! not that, as Windows-1252 (HTML Standard, section 13.2.3). What cannot be decoded is told, never dropped in silence.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use memchr::memmem;

use crate::format::Problem;

/// Pages declare their encoding in their first bytes; the standard looks at 1024, authors put it later.
const LOOK: usize = 4096;

/// The text, without a byte order mark, and what is to be said about it.
pub(super) fn decode(bytes: &[u8]) -> (Cow<'_, str>, Option<Problem>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes.get(mark..).unwrap_or_default());
    }
    if let Some(encoding) = declared(bytes).or_else(|| wide(bytes)) {
        // A page that was saved anew, in another encoding than it declares, is no rarity.
        return match std::str::from_utf8(bytes) {
            Ok(text) if encoding != UTF_8 && !text.is_ascii() && wide(bytes).is_none() => (text.into(), None),
            _ => decode_as(encoding, bytes),
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), None),
        Err(error) => {
            let good = error.valid_up_to();
            let before = bytes.get(..good).unwrap_or_default();
            let line = before.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
            let column = good - before.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1) + 1;
            let byte = bytes.get(good).copied().unwrap_or_default();
            (decode_as(WINDOWS_1252, bytes).0, Some(Problem::TakenAsWindows { line, column, byte }))
        }
    }
}

fn decode_as<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> (Cow<'b, str>, Option<Problem>) {
    let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
    let problem = has_errors
        .then(|| Problem::Undecodable { encoding: encoding.name(), count: text.matches('\u{FFFD}').count() });
    (text, problem)
}

/// What `<meta charset=…>`, `<meta http-equiv … content="…; charset=…">` or an XML declaration says.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..LOOK.min(bytes.len())).unwrap_or_default().to_ascii_lowercase();
    let xml = head.strip_prefix(b"<?xml").and_then(|rest| {
        let end = memchr::memchr(b'>', rest)?;
        label_after(rest.get(..end)?, b"encoding")
    });
    xml.or_else(|| {
        memmem::find_iter(&head, b"<meta").find_map(|at| {
            let rest = head.get(at..)?;
            let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
            label_after(rest.get(..end)?, b"charset")
        })
    })
    // A declaration that can be read as ASCII is not in UTF-16.
    .map(|encoding| if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

fn label_after(tag: &[u8], name: &[u8]) -> Option<&'static Encoding> {
    let at = memmem::find(tag, name)? + name.len();
    let rest = tag.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'' | b';' | b'/' | b'?');
    let end = rest.iter().position(is_end).unwrap_or(rest.len());
    Encoding::for_label(rest.get(..end)?)
}

/// UTF-16 without a mark, as its `<` gives it away.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [b'<', 0, ..] => Some(UTF_16LE),
        [0, b'<', ..] => Some(UTF_16BE),
        _ => None,
    }
}
