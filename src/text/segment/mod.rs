//! The units in which a person reads and moves: grapheme clusters, words, sentences and paragraphs.
//! Every function works from the position outwards and stops at the unit's own edge, so its cost is the length of that
//! unit, whatever the length of the document. Units follow UAX #29; each file says where it departs from it.

mod abbreviation;
mod grapheme;
mod paragraph;
mod script;
mod sentence;
mod stop;
mod word;

pub(super) use abbreviation::is_month;
pub use grapheme::{floor_grapheme, is_grapheme_boundary, next_grapheme, previous_grapheme};
pub use paragraph::{next_paragraph, paragraph_at, previous_paragraph};
pub use script::is_unspaced;
pub(super) use script::is_wide;
pub use sentence::{next_sentence, previous_sentence, sentence_at};
pub use stop::{next_end, next_start, previous_end, previous_start};
pub(super) use word::{is_inside_word, word_end, word_start};
pub use word::{next_word, previous_word, word_at};

/// The last character of `text` before byte `at`.
fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The first character of `text` from byte `at`.
fn char_after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}
