//! What to draw on the reading surface, without saying where: blocks cut into pieces, lanes for overlaps, words for
//! screen readers. Invariant: what a block looks like depends only on the annotations that meet this block, so that
//! one annotation repaints only its own blocks.

mod describe;
mod lane;
mod legible;
mod piece;

pub use describe::describe;
pub use lane::LANES;
pub use legible::{Illegible, illegible, nearest_legible};
pub use piece::{Mark, Piece, blocks_of, pieces};
