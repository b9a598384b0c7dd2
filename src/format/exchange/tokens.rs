//! Texts cut into words and marks (UAX #29), for formats that are made of tokens.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::text::{self, Offset, Text};

/// A word or mark of a text, in bytes.
#[derive(Clone, Copy)]
pub(super) struct Token {
    /// Where it starts.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// Whether a sentence begins with it, not counting the first.
    pub(super) begins_sentence: bool,
}

impl Token {
    /// Its characters.
    pub(super) fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// Words and marks of a text, cut at the ends of spans, too. These are sorted and do not overlap; no sentence ends
/// inside one. Linear.
pub(super) fn words(text: &Text, spans: &[Range<usize>]) -> Vec<Token> {
    let mut sentences = Vec::new();
    let mut at = Offset::ZERO;
    while at < text.len() {
        at = text::next_sentence(text, at);
        sentences.push(at.to_usize());
    }
    let mut cuts = spans.iter().flat_map(|span| [span.start, span.end]).peekable();
    let mut sentences = sentences.into_iter().peekable();
    let mut inside = spans.iter().peekable();
    let mut tokens: Vec<Token> = Vec::new();
    let mut begins_sentence = false;
    for (start, word) in text.split_word_bound_indices() {
        let end = start + word.len();
        while sentences.next_if(|sentence| *sentence <= start).is_some() {
            begins_sentence = true;
        }
        begins_sentence |= word.contains('\n');
        let mut from = start;
        while from < end {
            while cuts.next_if(|cut| *cut <= from).is_some() {}
            let to = cuts.peek().map_or(end, |cut| (*cut).min(end));
            while inside.next_if(|span| span.end <= from).is_some() {}
            let piece = text.get(from..to).unwrap_or_default();
            let blank = piece.len() - piece.trim_start().len();
            if !piece.trim().is_empty() {
                // A sentence may not end inside a span: its tags would begin anew.
                let is_inside = inside.peek().is_some_and(|span| span.start < from + blank);
                let token = Token {
                    start: from + blank,
                    end: from + blank + piece.trim().len(),
                    begins_sentence: begins_sentence && !is_inside && !tokens.is_empty(),
                };
                begins_sentence = false;
                tokens.push(token);
            }
            from = to;
        }
    }
    tokens
}
