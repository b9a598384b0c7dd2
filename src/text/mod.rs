//! Text positions: the very thing that the product exists for.
//! Everything here is a pure function of a text. Positions are UTF-8 bytes ([`Offset`], [`Span`]); any offset may be
//! passed anywhere: one beyond the end counts as the end, one inside a character as that character's start.

mod alike;
mod block;
mod body;
mod fold;
mod index;
mod keyed;
mod listing;
mod lookup;
mod nearby;
mod normalize;
mod offset;
pub mod order;
mod quote;
mod reanchor;
mod segment;
mod snap;
mod span;
mod unit;

pub use alike::{Form, alike};
pub use block::{Block, BlockKind, blocks, title, words_start};
pub use body::Text;
pub use fold::fold;
pub use index::TextIndex;
pub use keyed::{Keyed, Needle};
pub use listing::add_item;
pub use lookup::look_up;
pub use nearby::nearby;
pub use normalize::{Normalized, normalize};
pub use offset::{CodePointOffset, Offset, Utf16Offset};
pub use quote::{Found, Quote, describe, find};
pub use reanchor::{Reanchor, Reanchored};
pub use segment::{
    floor_grapheme, is_grapheme_boundary, is_unspaced, next_end, next_grapheme, next_paragraph,
    next_sentence, next_start, next_word, paragraph_at, previous_end, previous_grapheme, previous_paragraph,
    previous_sentence, previous_start, previous_word, sentence_at, word_at,
};
pub use snap::{snap, snap_words};
pub use span::Span;
pub use unit::Unit;
