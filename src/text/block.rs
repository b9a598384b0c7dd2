//! A text cut into the blocks that a page shows: headings, paragraphs, list items.
//! Invariant: blocks are ordered and disjoint, never empty, and whatever lies outside them is white space; a block never
//! begins or ends with white space, so never holds the line end that ends it. A line is a block, but where paragraphs are
//! broken into lines of a fixed width, a run of lines is. Every decision looks at no more than the lines near by.

mod mark;
mod run;

use memchr::memchr_iter;
use unicode_segmentation::UnicodeSegmentation;

use self::mark::{
    ends_clause, ends_sentence, heading_level, is_underlined, list_mark, width, without_heading_marks,
};
use self::run::line_at;
pub(super) use self::run::{is_wrapped, pieces_of_run, run_after, run_around, run_before};
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

/// Headings are at most this wide, and of at most this many words.
const HEADING_COLUMNS: usize = 90;
const HEADING_WORDS: usize = 14;
/// A line this wide is running text.
const LONG_COLUMNS: usize = 120;
/// First words of lines that name a writer or a source.
const BYLINE_WORDS: &str = "By BY Von Par Por Door Photo Foto Image Source Updated Published";
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
            let gap = found.last().is_some_and(|last| is_gap(text, last.span.end(), span.start()));
            found.push(Block { kind: kind_by_marks(text, span), span, gap });
        }
        next = run_after(text, run.end(), wrapped);
    }
    name_unmarked_headings(text, &mut found);
    found
}

/// Where the words of a block begin: behind the mark of a list item or a Markdown heading, else at its start.
///
/// ```
/// use rubricator::text::{blocks, words_start};
/// let text = "- Ada sang.";
/// assert_eq!(words_start(text, &blocks(text)[0]).byte(), 2);
/// ```
#[must_use]
pub fn words_start(text: &str, block: &Block) -> Offset {
    let content = text.get(block.span.range()).unwrap_or_default();
    let mark = match block.kind {
        BlockKind::ListItem => list_mark(content.split('\n').next().unwrap_or_default()),
        BlockKind::Heading => heading_level(content),
        BlockKind::Paragraph => None,
    };
    let Some(rest) = mark.and_then(|mark| content.get(mark..)) else { return block.span.start() };
    let before = content.len() - rest.trim_start().len();
    Offset::from_usize(block.span.start().to_usize() + before)
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
    let space =
        kept.rfind(char::is_whitespace).filter(|_| !line.get(cut..).unwrap_or_default().starts_with(' '));
    // Without a space in its second half the line is of a script that has none, or one endless word.
    let kept =
        space.filter(|&space| kept.len() / 2 < space).and_then(|space| kept.get(..space)).unwrap_or(kept);
    kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '–' | '—'))
}

/// The kind that a block's own marks give it.
fn kind_by_marks(text: &str, span: Span) -> BlockKind {
    let content = text.get(span.range()).unwrap_or_default();
    let first = content.split('\n').next().unwrap_or_default().trim_end();
    let has_underline =
        first.len() < content.len() && is_underlined(text, &line_at(text, span.start().to_usize()));
    if heading_level(first).is_some() || has_underline {
        BlockKind::Heading
    } else if list_mark(first).is_some() {
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
            let ended_above = found.get(at - 1).is_some_and(|above| content(above).ends_with(ends_sentence));
            !was_title
                && (block.gap || long_above && ended_above)
                && columns <= HEADING_COLUMNS
                && LONG_COLUMNS.max(columns * 2) <= next
                && found.get(at + 1).is_some_and(|below| below.kind == BlockKind::Paragraph)
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
    let first = line.split(' ').next().unwrap_or_default();
    let names_a_source = BYLINE_WORDS.split(' ').any(|word| word == first);
    has_year || names_a_source || line.contains([':', '|', '@', '©'])
}

/// Whether a blank line lies between two blocks.
fn is_gap(text: &str, from: Offset, to: Offset) -> bool {
    let between = text.as_bytes().get(from.to_usize()..to.to_usize()).unwrap_or_default();
    memchr_iter(b'\n', between).nth(1).is_some()
}
