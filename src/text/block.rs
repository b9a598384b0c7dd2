//! A text cut into the blocks that a page shows: headings, paragraphs, list items.
//! Invariant: blocks are ordered and disjoint, never empty, and whatever lies outside them is white space; a block never
//! begins or ends with white space, so never holds the line end that ends it. A line is a block, but where paragraphs are
//! broken into lines of a fixed width, a run of lines is. Every decision looks at no more than the lines near by.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memrchr};
use unicode_segmentation::UnicodeSegmentation;

use super::segment::{is_month, is_wide};
use super::{Offset, Span};

/// What a block is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A title or a line between paragraphs that names what follows; Markdown's marks stay in its span.
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list; its mark stays in its span.
    ListItem,
}

/// A stretch of text that a page shows as one element.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Block {
    /// What it is to a reader.
    pub kind: BlockKind,
    /// Where it lies, without white space at its ends.
    pub span: Span,
    /// Whether a blank line precedes it; never so on the first block.
    pub gap: bool,
}

/// Lines no wider than this may have been broken by a program.
const WRAP_COLUMNS: usize = 100;
/// A line at least this wide is more likely broken than ended.
const FULL_COLUMNS: usize = 40;
/// How far below the usual width a broken line with the next word on it may still end.
const RAGGED_COLUMNS: usize = 8;
/// Headings are at most this wide, and of at most this many words.
const HEADING_COLUMNS: usize = 90;
const HEADING_WORDS: usize = 14;
/// A line this wide is running text.
const LONG_COLUMNS: usize = 120;
/// The title that [`title`] makes has at most this many grapheme clusters.
const TITLE_GRAPHEMES: usize = 120;

/// The blocks of `text`, first to last; linear in its length.
///
/// ```
/// use rubricator::text::{BlockKind, blocks};
/// let found = blocks("# News\n\nAda met Bo.\n- one\n");
/// let kinds: Vec<_> = found.iter().map(|block| block.kind).collect();
/// assert_eq!(kinds, [BlockKind::Heading, BlockKind::Paragraph, BlockKind::ListItem]);
/// assert!(found.iter().map(|block| block.gap).eq([false, true, false]));
/// ```
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let wrapped = is_wrapped(text);
    let mut found: Vec<Block> = Vec::new();
    let mut next = run_after(text, Offset::ZERO, wrapped);
    while let Some(run) = next {
        for span in pieces_of_run(text, run, wrapped) {
            let gap = found
                .last()
                .is_some_and(|last| is_gap(text, last.span.end(), span.start()));
            found.push(Block {
                kind: kind_by_marks(text, span),
                span,
                gap,
            });
        }
        next = run_after(text, run.end(), wrapped);
    }
    name_unmarked_headings(text, &mut found);
    found
}

/// The first line that is not blank, without Markdown heading marks, cut between words to at most 120 grapheme clusters.
///
/// Empty if the text is. The cost is that of the blank lines before it.
///
/// ```
/// use rubricator::text::title;
/// assert_eq!(title("\n## Ada met Bo ##\nMore."), "Ada met Bo");
/// ```
#[must_use]
pub fn title(text: &str) -> &str {
    let line = text
        .split('\n')
        .map(|line| without_heading_marks(line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')))
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    let Some((cut, _)) = line.grapheme_indices(true).nth(TITLE_GRAPHEMES) else {
        return line;
    };
    let kept = line.get(..cut).unwrap_or(line);
    let space = kept
        .rfind(char::is_whitespace)
        .filter(|_| !line.get(cut..).unwrap_or_default().starts_with(' '));
    // Without a space in its second half the line is of a script that has none, or one endless word.
    let kept = space
        .filter(|&space| kept.len() / 2 < space)
        .and_then(|space| kept.get(..space))
        .unwrap_or(kept);
    kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—'))
}

/// Whether paragraphs of `text` run over several lines of a fixed width; linear in its length.
///
/// Such lines are hardly ever over 100 columns, mostly over 40, mostly end inside a sentence, and end where the next word
/// would not have fitted.
pub(super) fn is_wrapped(text: &str) -> bool {
    let mut lines = 0_usize;
    let mut long = 0_usize;
    let mut inner: Vec<(usize, usize)> = Vec::new();
    let mut ended = 0_usize;
    let mut previous: Option<&str> = None;
    for line in lines_of(text) {
        let Some(content) = text.get(line).map(str::trim).filter(|line| !line.is_empty()) else {
            previous = None;
            continue;
        };
        lines += 1;
        long += usize::from(WRAP_COLUMNS < width(content));
        // One line in fifty may be an address or a table; more, and a line is a paragraph.
        if 5 + lines / 50 < long {
            return false;
        }
        if let Some(above) = previous.replace(content).filter(|_| list_mark(content).is_none()) {
            inner.push((
                width(above),
                width(above) + 1 + width(content.split(' ').next().unwrap_or_default()),
            ));
            ended += usize::from(above.ends_with(ends_sentence));
        }
    }
    let usual = usual_width(&inner);
    let full = inner.iter().filter(|(alone, _)| FULL_COLUMNS <= *alone).count();
    let filled = inner
        .iter()
        .filter(|(_, with_next)| usual < with_next + RAGGED_COLUMNS)
        .count();
    lines / 50 >= long
        && 2 <= inner.len()
        && inner.len() * 6 <= full * 10
        && inner.len() * 6 <= filled * 10
        && ended * 2 <= inner.len()
}

/// The run of lines around `at`; `None` on a blank line.
///
/// In a wrapped text it reaches from blank line to blank line, else it is one line, with the underline of a heading.
pub(super) fn run_around(text: &str, at: Offset, wrapped: bool) -> Option<Span> {
    let mut run = line_at(text, at.to_usize());
    if is_blank(text, &run) {
        return None;
    }
    if wrapped {
        while let Some(above) = line_above(text, &run).filter(|line| !is_blank(text, line)) {
            run.start = above.start;
        }
        while let Some(below) = line_below(text, &run).filter(|line| !is_blank(text, line)) {
            run.end = below.end;
        }
    } else if is_underlined(text, &run) {
        run.end = line_below(text, &run)?.end;
    } else if is_underline(text.get(run.clone())?) {
        run.start = line_above(text, &run)
            .filter(|above| is_underlined(text, above))
            .map_or(run.start, |above| above.start);
    }
    Span::from_range(run)
}

/// The first run that begins at or after `at`, which lies on a blank line or at the end of a line.
pub(super) fn run_after(text: &str, at: Offset, wrapped: bool) -> Option<Span> {
    let rest = text.get(at.to_usize()..)?;
    let blank = rest.len() - rest.trim_start().len();
    (blank < rest.len())
        .then(|| run_around(text, Offset::from_usize(at.to_usize() + blank), wrapped))
        .flatten()
}

/// The last run that ends before `at`, which lies on a blank line or at the start of a line.
pub(super) fn run_before(text: &str, at: Offset, wrapped: bool) -> Option<Span> {
    let end = text.get(..at.to_usize())?.trim_end().len();
    (0 < end)
        .then(|| run_around(text, Offset::from_usize(end), wrapped))
        .flatten()
}

/// The spans of the blocks in a run of lines, first to last.
pub(super) fn pieces_of_run(text: &str, run: Span, wrapped: bool) -> Vec<Span> {
    if !wrapped {
        return trimmed(text, run.range()).into_iter().collect();
    }
    let lines: Vec<_> = lines_of(text.get(run.range()).unwrap_or_default())
        .map(|line| line.start + run.start().to_usize()..line.end + run.start().to_usize())
        .collect();
    let content = |line: &Range<usize>| text.get(line.clone()).map_or("", str::trim);
    let inner = lines.len().saturating_sub(1);
    let full = lines
        .iter()
        .take(inner)
        .filter(|line| FULL_COLUMNS <= width(content(line)))
        .count();
    let joins = inner <= full * 2;
    let is_list = lines
        .first()
        .is_some_and(|line| list_mark(content(line)).is_some());
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut above = "";
    let mut is_closed = true;
    for line in &lines {
        let here = content(line);
        // In the middle of a sentence a dash or a number that happens to begin a line is no list mark.
        let is_item = list_mark(here).is_some() && (is_list || above.ends_with(ends_clause));
        let is_heading = heading_level(here).is_some();
        match pieces.last_mut() {
            Some(last) if !is_closed && !is_item && !is_heading && (joins || is_list) => last.end = line.end,
            Some(last) if is_underline(here) && *last == lines.first().cloned().unwrap_or_default() => {
                last.end = line.end;
                is_closed = true;
                above = here;
                continue;
            }
            _ => pieces.push(line.clone()),
        }
        is_closed = is_heading || lines.first() == Some(line) && is_underlined(text, line);
        above = here;
    }
    pieces
        .into_iter()
        .filter_map(|piece| trimmed(text, piece))
        .collect()
}

/// The kind that a block's own marks give it.
fn kind_by_marks(text: &str, span: Span) -> BlockKind {
    let first = line_at(text, span.start().to_usize());
    let line = text.get(first.clone()).map_or("", str::trim);
    if heading_level(line).is_some() || is_underlined(text, &first) && first.end < span.end().to_usize() {
        BlockKind::Heading
    } else if list_mark(line).is_some() {
        BlockKind::ListItem
    } else {
        BlockKind::Paragraph
    }
}

/// Finds headings that no mark gives away: a short first line, and short lines with nothing final about them that stand
/// apart from what precedes and lead to a long paragraph. Cautious: a paragraph taken for a heading disturbs more.
fn name_unmarked_headings(text: &str, found: &mut [Block]) {
    let content = |block: &Block| text.get(block.span.range()).unwrap_or_default();
    let widths: Vec<usize> = found.iter().map(|block| width(content(block))).collect();
    let mut after_title = false;
    for at in 0..found.len() {
        let was_title = std::mem::take(&mut after_title);
        let (Some(block), Some(&columns)) = (found.get(at), widths.get(at)) else {
            continue;
        };
        let line = content(block);
        if block.kind != BlockKind::Paragraph || line.contains('\n') || line.ends_with(ends_clause) && at != 0
        {
            after_title = at == 0 && block.kind == BlockKind::Heading;
            continue;
        }
        let next = widths.get(at + 1).copied().unwrap_or(0);
        let is_heading = if at == 0 {
            let later = widths.iter().skip(1).take(6).copied().max().unwrap_or(0);
            let is_open = !line.ends_with(['.', ',', ';', ':', '。', '"', '”', '»']);
            is_open && columns <= LONG_COLUMNS && LONG_COLUMNS.max(columns + columns / 2) <= later
        } else {
            let long_above = widths.get(at - 1).is_some_and(|&above| LONG_COLUMNS <= above);
            let ended_above = found
                .get(at - 1)
                .is_some_and(|above| content(above).ends_with(ends_sentence));
            !was_title
                && (block.gap || long_above && ended_above)
                && columns <= HEADING_COLUMNS
                && LONG_COLUMNS.max(columns * 2) <= next
                && found
                    .get(at + 1)
                    .is_some_and(|below| below.kind == BlockKind::Paragraph)
                && line.split_whitespace().count() <= HEADING_WORDS
                && line.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase())
                && !is_byline(line)
        };
        after_title = at == 0 && is_heading;
        if let Some(block) = found.get_mut(at).filter(|_| is_heading) {
            block.kind = BlockKind::Heading;
        }
    }
}

/// Whether a short line names a writer, a day or a source instead of what follows.
fn is_byline(line: &str) -> bool {
    let has_year = line
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20")));
    let prefixes = [
        "By ",
        "BY ",
        "Von ",
        "Par ",
        "Por ",
        "Door ",
        "Photo",
        "Foto",
        "Image",
        "Source",
        "Updated",
        "Published",
    ];
    has_year || line.contains([':', '|', '@', '©']) || prefixes.iter().any(|prefix| line.starts_with(prefix))
}

/// The length of the mark that makes a line a list item, without the space after it.
fn list_mark(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let digits = bytes
        .iter()
        .take(4)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let length = match bytes.first()? {
        b'-' | b'*' => 1,
        b'0'..=b'9' if digits <= 3 && matches!(bytes.get(digits), Some(b'.' | b')')) => digits + 1,
        byte if byte.is_ascii_alphabetic() && bytes.get(1) == Some(&b')') => 2,
        _ => line
            .chars()
            .next()
            .filter(|c| matches!(c, '•' | '–' | '·' | '◦' | '▪' | '‣'))?
            .len_utf8(),
    };
    let rest = line.get(length..)?;
    let item = rest.strip_prefix([' ', '\t', '\u{A0}'])?.trim_start();
    // "3. Mai 2025" at the start of a German paragraph is a day.
    let is_day = line.as_bytes().get(digits) == Some(&b'.')
        && item
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .is_some_and(is_month);
    (!item.is_empty() && !is_day).then_some(length)
}

/// The level of a Markdown heading, 1 to 6.
fn heading_level(line: &str) -> Option<usize> {
    let level = line.bytes().take(7).take_while(|&byte| byte == b'#').count();
    let rest = line.get(level..)?;
    ((1..=6).contains(&level) && rest.starts_with([' ', '\t']) && !rest.trim().is_empty()).then_some(level)
}

fn without_heading_marks(line: &str) -> &str {
    if heading_level(line).is_none() {
        return if line.bytes().all(|byte| byte == b'#') {
            ""
        } else {
            line
        };
    }
    let content = line.trim_start_matches('#').trim();
    let open = content.trim_end_matches('#');
    // CommonMark: closing marks count only after a space.
    if open.ends_with(char::is_whitespace) || open.is_empty() {
        open.trim_end()
    } else {
        content
    }
}

/// Whether a line is the underline of a setext heading (CommonMark 4.3), of at least three marks.
fn is_underline(line: &str) -> bool {
    let line = line.trim_matches([' ', '\t', '\r']);
    3 <= line.len() && (line.bytes().all(|byte| byte == b'=') || line.bytes().all(|byte| byte == b'-'))
}

/// Whether `line` is a heading by the underline below it: short, alone above, and no mark of another kind.
fn is_underlined(text: &str, line: &Range<usize>) -> bool {
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

/// Whether a blank line lies between two blocks.
fn is_gap(text: &str, from: Offset, to: Offset) -> bool {
    let between = text
        .as_bytes()
        .get(from.to_usize()..to.to_usize())
        .unwrap_or_default();
    memchr_iter(b'\n', between).nth(1).is_some()
}

/// The columns of a line, wide characters counting two; exact only as far as
/// needed to know that a line is long.
fn width(line: &str) -> usize {
    const ENOUGH: usize = 4 * LONG_COLUMNS;
    // No character takes more than four bytes, and an ASCII one takes one column.
    if 4 * ENOUGH <= line.len() {
        return ENOUGH;
    }
    if line.is_ascii() {
        return line.len();
    }
    line.chars()
        .take(ENOUGH)
        .map(|c| if is_wide(c) { 2 } else { 1 })
        .sum()
}

/// The width that nine in ten inner lines do not exceed, outliers beyond wrapping left aside.
fn usual_width(inner: &[(usize, usize)]) -> usize {
    let mut widths: Vec<_> = inner
        .iter()
        .map(|(alone, _)| *alone)
        .filter(|&alone| alone <= WRAP_COLUMNS)
        .collect();
    let ninth = widths.len() * 9 / 10;
    if widths.is_empty() {
        0
    } else {
        *widths.select_nth_unstable(ninth).1
    }
}

/// Whether `c` at the end of a line ends a sentence.
const fn ends_sentence(c: char) -> bool {
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
const fn ends_clause(c: char) -> bool {
    ends_sentence(c) || matches!(c, ',' | ';' | ':' | '،' | '；' | '：' | '，')
}

fn is_blank(text: &str, line: &Range<usize>) -> bool {
    text.get(line.clone()).unwrap_or_default().trim_start().is_empty()
}

/// The range without white space at its ends; `None` if there is nothing else.
fn trimmed(text: &str, range: Range<usize>) -> Option<Span> {
    let content = text.get(range.clone())?;
    let end = range.start + content.trim_end().len();
    Span::from_range(range.end - content.trim_start().len()..end)
}

/// Every line, without its line feed.
fn lines_of(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    memchr_iter(b'\n', text.as_bytes())
        .chain([text.len()])
        .map(move |end| std::mem::replace(&mut start, end + 1)..end)
}

/// The line that holds `at`; a line feed belongs to the line it ends.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let (before, after) = text.as_bytes().split_at(at);
    memrchr(b'\n', before).map_or(0, |feed| feed + 1)
        ..memchr(b'\n', after).map_or(text.len(), |feed| at + feed)
}

fn line_above(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    line.start.checked_sub(1).map(|feed| line_at(text, feed))
}

fn line_below(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    (line.end < text.len()).then(|| line_at(text, line.end + 1))
}
