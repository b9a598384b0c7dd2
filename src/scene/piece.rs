//! Blocks cut into pieces, each covered by one and the same set of annotations.
//! The pieces of a block tile it exactly, and nothing outside the block changes them.

use std::cmp::Reverse;
use std::ops::Range;

use super::lane::lanes;
use crate::model::{AnnotationId, Body, Key};
use crate::text::{Block, Offset, Span, order};

/// A maximal stretch of a block covered by one and the same set of annotations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it lies in the text.
    pub span: Span,
    /// What covers it, the longest fragment first; empty for bare text.
    pub marks: Vec<Mark>,
}

/// One annotation over one piece.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The annotation.
    pub annotation: AnnotationId,
    /// Its label's key.
    pub label: Key,
    /// The lane of its underline, 0 nearest to the text and below [`LANES`](super::LANES); the same for all pieces
    /// of one fragment in one block.
    pub lane: u8,
    /// The fragment starts where this piece starts.
    pub starts: bool,
    /// The fragment ends where this piece ends.
    pub ends: bool,
    /// The whole annotation starts where this piece starts.
    pub first: bool,
    /// The whole annotation ends where this piece ends.
    pub last: bool,
}

/// A fragment that meets the block.
struct Layer {
    fragment: Span,
    annotation: AnnotationId,
    label: Key,
    envelope: Span,
    lane: u8,
}

/// Cuts a block into pieces that tile it exactly, in the order of the text.
///
/// Lanes follow the length of whole fragments, so that two annotations which run through several blocks lie in the
/// same order in each. Cost: O(log n + k log k + marks) for n fragments in the document, k of them in the block.
pub fn pieces(block: Span, body: &Body) -> Vec<Piece> {
    let layers = layers(block, body);
    // Where a layer begins (true) or ceases (false) to cover the block.
    let mut turns: Vec<(Offset, usize, bool)> = Vec::with_capacity(2 * layers.len());
    for (depth, layer) in layers.iter().enumerate() {
        if let Some(covered) = layer.fragment.intersection(block) {
            turns.push((covered.start(), depth, true));
            turns.push((covered.end(), depth, false));
        }
    }
    order::sort(&mut turns);

    let mut pieces = Vec::with_capacity(turns.len() + 1);
    // By depth, so always the longest first.
    let mut covering: Vec<usize> = Vec::new();
    let mut start = block.start();
    let mut push = |start, end, covering: &[usize]| {
        if let Some(span) = Span::new(start, end) {
            let covering = covering.iter().filter_map(|depth| layers.get(*depth));
            pieces.push(Piece { span, marks: covering.map(|layer| layer.mark(span)).collect() });
        }
    };
    for (at, depth, begins) in turns {
        push(start, at, &covering);
        if begins {
            order::put(&mut covering, depth);
        } else {
            order::take(&mut covering, &depth);
        }
        start = at;
    }
    push(start, block.end(), &covering);
    pieces
}

/// Which of a text's blocks a span meets, empty where it lies between two of them. Cost: O(log n).
pub fn blocks_of(blocks: &[Block], span: Span) -> Range<usize> {
    let first = blocks.partition_point(|block| block.span.end() <= span.start());
    let end = blocks.partition_point(|block| block.span.start() < span.end());
    first..end.max(first)
}

/// The fragments that meet the block, the longest first, with their lanes.
fn layers(block: Span, body: &Body) -> Vec<Layer> {
    let mut layers: Vec<Layer> = body
        .overlapping(block)
        .into_iter()
        .filter_map(|(fragment, id)| {
            let annotation = body.annotation(id)?;
            let (label, envelope) = (annotation.label.clone(), annotation.fragments.envelope());
            Some(Layer { fragment, annotation: id, label, envelope, lane: 0 })
        })
        .collect();
    // Of equal ones the oldest is innermost: ids sort by time, and what is already drawn keeps its lane.
    order::sort_by_key(&mut layers, |layer| {
        (Reverse(layer.fragment.len()), layer.fragment, Reverse(layer.annotation))
    });
    let innermost_first = layers.iter().rev().filter_map(|layer| layer.fragment.intersection(block));
    let lanes = lanes(innermost_first);
    for (layer, lane) in layers.iter_mut().rev().zip(lanes) {
        layer.lane = lane;
    }
    layers
}

impl Layer {
    fn mark(&self, piece: Span) -> Mark {
        Mark {
            annotation: self.annotation,
            label: self.label.clone(),
            lane: self.lane,
            starts: self.fragment.start() == piece.start(),
            ends: self.fragment.end() == piece.end(),
            first: self.envelope.start() == piece.start(),
            last: self.envelope.end() == piece.end(),
        }
    }
}
