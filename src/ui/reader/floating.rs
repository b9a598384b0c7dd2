//! Where a list floats beside a passage, which it must not hide: below it, or above it where there is more room.

use super::geometry::{Geometry, Passage};

/// Between the passage and the list, in CSS pixels; above it stand the names of its labels.
const GAP: f64 = 10.0;
const NAMES: f64 = 12.0;

/// How high a list may always be, in CSS pixels.
const LEAST: f64 = 120.0;

/// How much of the lowest part of the text is covered by what is said, in CSS pixels.
const SAID: f64 = 80.0;

/// A corner of the list, in CSS pixels from the surface's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Floating {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge, or the lower one of a list above the passage.
    pub edge: f64,
    /// Whether it lies above.
    pub above: bool,
    /// How high it may be, so that all of it can be seen.
    pub room: f64,
}

impl Floating {
    /// The place of a list of about that size.
    pub fn beside(passage: Passage, geometry: &Geometry, width: f64, height: f64) -> Self {
        let (top, bottom) = geometry.view;
        let below = passage.last.top + passage.last.height + GAP;
        let over = passage.first.top - GAP - NAMES;
        let (under, upper) = (bottom - below - GAP, over - top - GAP);
        let above = under - SAID < height && under < upper;
        let line = if above { passage.first } else { passage.last };
        Self {
            left: line.left.min(geometry.width - width).max(0.0),
            edge: if above { over } else { below },
            above,
            room: if above { upper } else { under }.max(LEAST),
        }
    }
}
