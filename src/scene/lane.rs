//! Lanes: at which height below its line of text each fragment of a block is underlined.
//! Of two fragments that overlap, no two get the same lane but the last, which takes whatever finds no lane of its
//! own; and a fragment inside another one lies nearer to the text.

use crate::text::{Span, order};

/// How many lanes there are. A seventh fragment over one and the same place shares the last lane.
pub const LANES: u8 = 6;

/// The lane of each span, 0 nearest to the text; the spans come innermost first. Cost: O(n log n).
///
/// Greedy interval colouring: each span takes the lowest lane in which nothing before it overlaps it. Where a span
/// holds another one, all that kept the inner one from a lane keeps the outer one from it too, so the outer one ends
/// up farther from the text.
pub(super) fn lanes(innermost_first: impl IntoIterator<Item = Span>) -> Vec<u8> {
    let mut taken: Vec<Vec<Span>> = vec![Vec::new(); usize::from(LANES - 1)];
    let place = |span: Span| {
        for (lane, taken) in (0..).zip(&mut taken) {
            // What a lane holds is disjoint, so the last span that starts before this one's end decides.
            let before = taken.partition_point(|other| other.start() < span.end());
            let free = taken[..before].last().is_none_or(|last| last.end() <= span.start());
            if free {
                order::put(taken, span);
                return lane;
            }
        }
        LANES - 1
    };
    innermost_first.into_iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Offset;

    fn check(spans: &[(u32, u32)], expected: &[u8]) {
        let spans = spans.iter().filter_map(|&(start, end)| Span::new(Offset::new(start), Offset::new(end)));
        assert_eq!(lanes(spans), expected);
    }

    #[test]
    fn neighbours_share_a_lane_and_overlaps_do_not() {
        check(&[(0, 3), (3, 6), (2, 4)], &[0, 0, 1]);
    }

    #[test]
    fn the_outer_one_lies_farther_from_the_text() {
        check(&[(4, 6), (3, 7), (0, 9)], &[0, 1, 2]);
    }

    #[test]
    fn the_last_lane_is_shared() {
        check(&[(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (0, 7), (0, 8)], &[0, 1, 2, 3, 4, 5, 5, 5]);
    }
}
