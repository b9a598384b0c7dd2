//! Texts out of blocks, for formats that say what a heading, a paragraph or a list item is. Headings and items get the
//! marks that Markdown gives them, so that the page cuts the text into the same blocks again. Nothing else is added but
//! line ends: one between the items of a list and the rows of a table, two between all else.

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    /// A heading of that level, 1 to 6.
    Heading(usize),
    /// Running text.
    Paragraph,
    /// An item of a list inside so many others, with its number in a list that counts.
    Item(usize, Option<u32>),
    /// A row of a table.
    Row,
}

/// A text on its way.
#[derive(Debug, Default)]
pub(super) struct Prose {
    text: String,
    last: Option<Piece>,
}

impl Prose {
    /// Adds a block. White space at its ends goes; one that holds nothing else is none.
    pub(super) fn push(&mut self, piece: Piece, words: &str) {
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let is_tight = matches!(
            (self.last, piece),
            (Some(Piece::Item(..)), Piece::Item(..)) | (Some(Piece::Row), Piece::Row)
        );
        if self.last.is_some() {
            self.text.push_str(if is_tight { "\n" } else { "\n\n" });
        }
        match piece {
            Piece::Heading(level) => {
                self.text.extend(std::iter::repeat_n('#', level.clamp(1, 6)));
                self.text.push(' ');
                // A heading is a line.
                self.text.extend(words.chars().map(|letter| if letter == '\n' { ' ' } else { letter }));
            }
            Piece::Item(depth, number) => {
                self.text.extend(std::iter::repeat_n("  ", depth.min(8)));
                match number {
                    Some(number) => self.text.push_str(&format!("{number}. ")),
                    None => self.text.push_str("- "),
                }
                self.text.push_str(words);
            }
            Piece::Paragraph | Piece::Row => self.text.push_str(words),
        }
        self.last = Some(piece);
    }

    /// The text.
    pub(super) fn finish(self) -> String {
        self.text
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Prose};
    use crate::text::{BlockKind, blocks};

    #[test]
    fn the_page_cuts_a_text_into_the_blocks_of_which_it_was_made() {
        let mut prose = Prose::default();
        for (piece, words) in [
            (Piece::Heading(1), "Tram\nto the harbour"),
            (Piece::Paragraph, "The council voted on Monday."),
            (Piece::Paragraph, "  "),
            (Piece::Item(0, None), "cheap"),
            (Piece::Item(1, None), "green"),
            (Piece::Item(0, Some(12)), "quick"),
            (Piece::Row, "Year\tRiders"),
            (Piece::Row, "2031\t9,000"),
            (Piece::Heading(3), "What now?"),
        ] {
            prose.push(piece, words);
        }
        let text = prose.finish();
        assert_eq!(
            text,
            "# Tram to the harbour\n\nThe council voted on Monday.\n\n- cheap\n  - green\n12. quick\n\n\
             Year\tRiders\n2031\t9,000\n\n### What now?"
        );
        let kinds: Vec<_> = blocks(&text).iter().map(|block| block.kind).collect();
        let [heading, paragraph, item] = [BlockKind::Heading, BlockKind::Paragraph, BlockKind::ListItem];
        assert_eq!(kinds, [heading, paragraph, item, item, item, paragraph, paragraph, heading]);
    }
}
