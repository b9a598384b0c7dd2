//! What a single line shows of its kind: heading marks, list marks, underlines, how wide it is and how it ends.

use std::ops::Range;

use super::run::{is_blank, line_above, line_below};
use crate::text::segment::{is_month, is_wide};

/// Lines no wider than this may have been broken by a program, or be headings with an underline.
pub(super) const WRAP_COLUMNS: usize = 100;

/// The length of the mark that makes a line a list item, without the space after it.
pub(super) fn list_mark(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let digits = bytes.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let length = match bytes.first()? {
        b'-' | b'*' => 1,
        b'0'..=b'9' if digits <= 3 && matches!(bytes.get(digits), Some(b'.' | b')')) => digits + 1,
        byte if byte.is_ascii_alphabetic() && bytes.get(1) == Some(&b')') => 2,
        _ => line.chars().next().filter(|c| matches!(c, '•' | '–' | '·' | '◦' | '▪' | '‣'))?.len_utf8(),
    };
    let rest = line.get(length..)?;
    let item = rest.strip_prefix([' ', '\t', '\u{A0}'])?.trim_start();
    // "3. Mai 2025" at the start of a German paragraph is a day.
    let is_day = line.as_bytes().get(digits) == Some(&b'.')
        && item.split(|c: char| !c.is_alphanumeric()).next().is_some_and(is_month);
    (!item.is_empty() && !is_day).then_some(length)
}

/// The level of a Markdown heading, 1 to 6.
pub(super) fn heading_level(line: &str) -> Option<usize> {
    let level = line.bytes().take(7).take_while(|&byte| byte == b'#').count();
    let rest = line.get(level..)?;
    ((1..=6).contains(&level) && rest.starts_with([' ', '\t']) && !rest.trim().is_empty()).then_some(level)
}

pub(super) fn without_heading_marks(line: &str) -> &str {
    if heading_level(line).is_none() {
        return if line.bytes().all(|byte| byte == b'#') { "" } else { line };
    }
    let content = line.trim_start_matches('#').trim();
    let open = content.trim_end_matches('#');
    // CommonMark: closing marks count only after a space.
    if open.ends_with(char::is_whitespace) || open.is_empty() { open.trim_end() } else { content }
}

/// Whether a line is the underline of a setext heading (CommonMark 4.3), of at least three marks.
pub(super) fn is_underline(line: &str) -> bool {
    let line = line.trim_matches([' ', '\t', '\r']);
    3 <= line.len() && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// Whether `line` is a heading by the underline below it: short, alone above, and no mark of another kind.
pub(super) fn is_underlined(text: &str, line: &Range<usize>) -> bool {
    let underlined =
        line_below(text, line).is_some_and(|below| is_underline(text.get(below).unwrap_or_default()));
    underlined && {
        let content = text.get(line.clone()).map_or("", str::trim);
        !content.is_empty()
            && width(content) <= WRAP_COLUMNS
            && !is_underline(content)
            && heading_level(content).is_none()
            && list_mark(content).is_none()
            && line_above(text, line).is_none_or(|above| is_blank(text, &above))
    }
}

/// Whether `c` at the end of a line ends a sentence.
pub(super) const fn ends_sentence(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '"'
            | '”'
            | '“'
            | '»'
            | '«'
            | '’'
            | ')'
            | '。'
            | '！'
            | '？'
            | '」'
            | '؟'
            | '۔'
            | '।'
    )
}

/// Whether `c` at the end of a line ends a sentence or a part of one.
pub(super) const fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, ',' | ';' | ':' | '،' | '；' | '：' | '，')
}

/// The columns of a line, wide characters counting two; exact only as far as
/// needed to know that a line is long.
pub(super) fn width(line: &str) -> usize {
    const ENOUGH: usize = 400;
    // No character takes more than four bytes, and an ASCII one takes one column.
    if 4 * ENOUGH <= line.len() {
        return ENOUGH;
    }
    if line.is_ascii() {
        return line.len();
    }
    line.chars().take(ENOUGH).map(|c| if is_wide(c) { 2 } else { 1 }).sum()
}
