//! Lines put together into runs: what was one paragraph before a program broke it into lines of a fixed width.
//! Whether a text is wrapped is decided once for the whole of it; everything else here looks only at a position's own run,
//! so that a paragraph is found without cutting the text. Both ways give the same pieces.

use std::ops::Range;

use memchr::{memchr, memchr_iter, memrchr};

use super::mark::{
    WRAP_COLUMNS, ends_clause, ends_sentence, heading_level, is_underline, is_underlined, list_mark, width,
};
use crate::text::{Offset, Span};

/// A line at least this wide is more likely broken than ended.
const FULL_COLUMNS: usize = 40;
/// How far below the usual width a broken line with the next word on it may still end.
const RAGGED_COLUMNS: usize = 8;

/// Whether paragraphs of `text` run over several lines of a fixed width; linear in its length.
///
/// Such lines are hardly ever over 100 columns, mostly over 40, mostly end inside a sentence, and end where the next word
/// would not have fitted.
pub(in crate::text) fn is_wrapped(text: &str) -> bool {
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
    let filled = inner.iter().filter(|(_, with_next)| usual < with_next + RAGGED_COLUMNS).count();
    lines / 50 >= long
        && 2 <= inner.len()
        && inner.len() * 6 <= full * 10
        && inner.len() * 6 <= filled * 10
        && ended * 2 <= inner.len()
}

/// The run of lines around `at`; `None` on a blank line.
///
/// In a wrapped text it reaches from blank line to blank line, else it is one line, with the underline of a heading.
pub(in crate::text) fn run_around(text: &str, at: Offset, wrapped: bool) -> Option<Span> {
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
pub(in crate::text) fn run_after(text: &str, at: Offset, wrapped: bool) -> Option<Span> {
    let rest = text.get(at.to_usize()..)?;
    let blank = rest.len() - rest.trim_start().len();
    (blank < rest.len())
        .then(|| run_around(text, Offset::from_usize(at.to_usize() + blank), wrapped))
        .flatten()
}

/// The last run that ends before `at`, which lies on a blank line or at the start of a line.
pub(in crate::text) fn run_before(text: &str, at: Offset, wrapped: bool) -> Option<Span> {
    let end = text.get(..at.to_usize())?.trim_end().len();
    (0 < end).then(|| run_around(text, Offset::from_usize(end), wrapped)).flatten()
}

/// The spans of the blocks in a run of lines, first to last.
pub(in crate::text) fn pieces_of_run(text: &str, run: Span, wrapped: bool) -> Vec<Span> {
    if !wrapped {
        return trimmed(text, run.range()).into_iter().collect();
    }
    let lines: Vec<_> = lines_of(text.get(run.range()).unwrap_or_default())
        .map(|line| line.start + run.start().to_usize()..line.end + run.start().to_usize())
        .collect();
    let content = |line: &Range<usize>| text.get(line.clone()).map_or("", str::trim);
    let inner = lines.len().saturating_sub(1);
    let full = lines.iter().take(inner).filter(|line| FULL_COLUMNS <= width(content(line))).count();
    let joins = inner <= full * 2;
    let is_list = lines.first().is_some_and(|line| list_mark(content(line)).is_some());
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
    pieces.into_iter().filter_map(|piece| trimmed(text, piece)).collect()
}

/// The width that nine in ten inner lines do not exceed, outliers beyond wrapping left aside.
fn usual_width(inner: &[(usize, usize)]) -> usize {
    let mut lines_of = [0_usize; WRAP_COLUMNS + 1];
    for (alone, _) in inner {
        if let Some(count) = lines_of.get_mut(*alone) {
            *count += 1;
        }
    }
    let below = lines_of.iter().sum::<usize>() * 9 / 10;
    let mut passed = 0;
    let width = lines_of.iter().position(|count| {
        passed += count;
        below < passed
    });
    width.unwrap_or(0)
}

pub(super) fn is_blank(text: &str, line: &Range<usize>) -> bool {
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
pub(super) fn line_at(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let (before, after) = text.as_bytes().split_at(at);
    memrchr(b'\n', before).map_or(0, |feed| feed + 1)
        ..memchr(b'\n', after).map_or(text.len(), |feed| at + feed)
}

pub(super) fn line_above(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    line.start.checked_sub(1).map(|feed| line_at(text, feed))
}

pub(super) fn line_below(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    (line.end < text.len()).then(|| line_at(text, line.end + 1))
}
