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
    for (start, word) in Words::of(text) {
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

/// Words and what stands between them (UAX #29). Most words of most texts are letters without accents and end before a
/// blank, which needs no tables; any other stretch is cut by them from where the last one ended.
struct Words<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Words<'t> {
    const fn of(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// The length of an unaccented word or of the blank before one; `None` where the tables must say.
    fn plain(rest: &[u8]) -> Option<usize> {
        let is_word = |byte: &u8| byte.is_ascii_alphanumeric();
        match rest.first()? {
            b' ' => rest.get(1).is_some_and(is_word).then_some(1),
            first if is_word(first) => {
                let end = rest.iter().position(|byte| !is_word(byte))?;
                matches!(rest.get(end), Some(b' ' | b'\n')).then_some(end)
            }
            _ => None,
        }
    }
}

impl<'t> Iterator for Words<'t> {
    type Item = (usize, &'t str);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let word = match Self::plain(rest.as_bytes()).and_then(|length| rest.get(..length)) {
            Some(word) => word,
            None => rest.split_word_bounds().next()?,
        };
        let start = self.at;
        self.at += word.len();
        Some((start, word))
    }
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::Words;

    #[test]
    fn words_are_those_of_the_tables() {
        let parts = [
            "Ada",
            " ",
            "\n",
            "e\u{301}",
            "\u{301}",
            "3.5",
            ".",
            ",",
            "'",
            "’",
            "_",
            "\u{200D}",
            "👩",
            "🇩🇪",
            "🇫",
            "漢字",
            "かな",
            "カ",
            "\u{FEFF}",
            "שלום",
            "\"",
            "7",
            "a",
            "-",
            "\t",
            "\r\n",
            "\u{AD}",
            "हिन्दी",
        ];
        let mut number = 7_usize;
        for _ in 0..3_000 {
            let mut text = String::new();
            for _ in 0..12 {
                number =
                    number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push_str(parts[(number >> 33) % parts.len()]);
            }
            let expected: Vec<_> = text.split_word_bound_indices().collect();
            assert_eq!(Words::of(&text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }
}
