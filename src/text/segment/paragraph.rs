//! Paragraphs as a reader sees them: a line, or in a text that is broken into lines of a fixed width, a run of them.
//! A paragraph here is always one of the blocks of [`blocks`](crate::text::blocks), found without cutting the whole text.

use crate::text::block::{pieces_of_run, run_after, run_around, run_before};
use crate::text::{Offset, Span, Text};

/// The paragraph that holds `at` or ends there, without white space around it; `None` on blank lines.
///
/// ```
/// use rubricator::text::{Offset, Span, Text, paragraph_at};
/// let text = Text::new("One.\n\nTwo.");
/// assert_eq!(paragraph_at(&text, Offset::new(2)), Span::from_range(0..4));
/// assert_eq!(paragraph_at(&text, Offset::new(5)), None);
/// ```
#[must_use]
pub fn paragraph_at(text: &Text, at: Offset) -> Option<Span> {
    let at = text.floor(at);
    let run = run_around(text, at, text.is_wrapped())?;
    let pieces = pieces_of_run(text, run, text.is_wrapped());
    // Indentation and trailing spaces belong to the paragraph of their line.
    pieces.iter().find(|piece| at <= piece.end()).or_else(|| pieces.last()).copied()
}

/// The start of the first paragraph that begins after `at`; the end of the text if there is none.
///
/// ```
/// use rubricator::text::{Offset, Text, next_paragraph};
/// assert_eq!(next_paragraph(&Text::new("One.\n\nTwo."), Offset::ZERO), Offset::new(6));
/// ```
#[must_use]
pub fn next_paragraph(text: &Text, at: Offset) -> Offset {
    let at = text.floor(at);
    let wrapped = text.is_wrapped();
    let mut run = run_around(text, at, wrapped).or_else(|| run_after(text, at, wrapped));
    while let Some(here) = run {
        let piece = pieces_of_run(text, here, wrapped).into_iter().find(|piece| at < piece.start());
        if let Some(piece) = piece {
            return piece.start();
        }
        run = run_after(text, here.end(), wrapped);
    }
    text.len()
}

/// The start of the last paragraph that begins before `at`; 0 if there is none.
///
/// ```
/// use rubricator::text::{Offset, Text, previous_paragraph};
/// assert_eq!(previous_paragraph(&Text::new("One.\n\nTwo."), Offset::new(6)), Offset::ZERO);
/// ```
#[must_use]
pub fn previous_paragraph(text: &Text, at: Offset) -> Offset {
    let at = text.floor(at);
    let wrapped = text.is_wrapped();
    let mut run = run_around(text, at, wrapped).or_else(|| run_before(text, at, wrapped));
    while let Some(here) = run {
        let piece = pieces_of_run(text, here, wrapped).into_iter().rev().find(|piece| piece.start() < at);
        if let Some(piece) = piece {
            return piece.start();
        }
        run = run_before(text, here.start(), wrapped);
    }
    Offset::ZERO
}
