//! Approximate search by Myers' bit-parallel algorithm (J. ACM 46(3), 1999), in Hyyrö's block form for long patterns.
//! A column of the edit-distance table is kept as two bits a row, 64 rows a word, so one character of the text costs one
//! step for each 64 characters of the pattern. Distances count insertions, deletions and replacements of code points.

/// Rows of the edit-distance table in one word.
const WORD: usize = 64;
/// One error is allowed for so many characters of the pattern.
const CHARACTERS_PER_ERROR: usize = 4;
/// Steps that one search may take, about a fifth of a second.
const STEPS: usize = 32_000_000;
/// So many places are looked at more closely, those with the fewest errors.
const PLACES: usize = 256;

/// A stretch of the text that is like the pattern.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub start: usize,
    pub end: usize,
    /// One less the errors over the characters of the pattern.
    pub likeness: f32,
}

/// The places where `exact` stands with at most a quarter of its characters wrong, in no particular order.
pub(super) fn search(text: &str, exact: &str, near: usize) -> Vec<Place> {
    let forward: Vec<char> = exact.chars().collect();
    let backward: Vec<char> = forward.iter().rev().copied().collect();
    let limit = forward.len() / CHARACTERS_PER_ERROR;
    let (Some(pattern), Some(reversed)) = (Pattern::new(&forward), Pattern::new(&backward)) else {
        return Vec::new();
    };
    if limit == 0 {
        return Vec::new();
    }
    let reach = STEPS / pattern.words / 2;
    let from = text.floor_char_boundary(near.saturating_sub(reach));
    let to = text.ceil_char_boundary(near.saturating_add(reach).min(text.len()));
    let window = text.get(from..to).unwrap_or_default();
    let mut ends = pattern.ends(window, limit);
    if PLACES < ends.len() {
        ends.select_nth_unstable_by_key(PLACES, |end| (end.errors, (from + end.byte).abs_diff(near)));
        ends.truncate(PLACES);
    }
    let places = ends.into_iter().filter_map(|end| {
        // The best start for an end is the best end of the pattern read backwards.
        let before = window.get(..end.byte)?.chars().rev().take(forward.len() + limit);
        let length = reversed.closest_at_start(before.clone()).characters;
        let bytes: usize = before.take(length).map(char::len_utf8).sum();
        let likeness = 1.0 - end.errors as f32 / forward.len() as f32;
        Some(Place { start: from + end.byte - bytes, end: from + end.byte, likeness })
    });
    places.collect()
}

/// A pattern ready to be compared with texts: for each of its characters the rows where it stands.
pub(super) struct Pattern {
    characters: usize,
    words: usize,
    /// `words` masks for each distinct character; the first group is empty, for characters not in the pattern.
    masks: Vec<u64>,
    /// The group of each ASCII character.
    ascii: [usize; 128],
    /// The group of every other character of the pattern, sorted.
    others: Vec<(char, usize)>,
}

/// Where in a text the pattern ends, and with how many errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct MatchEnd {
    errors: usize,
    byte: usize,
}

/// How near the beginning of a text comes to the pattern, and how many characters of the text that takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Closest {
    errors: usize,
    characters: usize,
}

impl Pattern {
    /// `None` if there are no characters.
    pub(super) fn new(pattern: &[char]) -> Option<Self> {
        let words = pattern.len().div_ceil(WORD);
        let mut made = Self {
            characters: pattern.len(),
            words,
            masks: vec![0; words],
            ascii: [0; 128],
            others: Vec::new(),
        };
        for (row, &c) in pattern.iter().enumerate() {
            let group = match (made.group(c), made.others.binary_search_by_key(&c, |other| other.0)) {
                (0, place) => {
                    let group = made.masks.len() / words;
                    made.masks.resize(made.masks.len() + words, 0);
                    match (made.ascii.get_mut(c as usize), place) {
                        (Some(slot), _) => *slot = group,
                        (None, Err(place)) => made.others.insert(place, (c, group)),
                        (None, Ok(_)) => {}
                    }
                    group
                }
                (group, _) => group,
            };
            if let Some(mask) = made.masks.get_mut(group * words + row / WORD) {
                *mask |= 1 << (row % WORD);
            }
        }
        (0 < words).then_some(made)
    }

    /// The number of characters.
    pub(super) const fn len(&self) -> usize {
        self.characters
    }

    /// The fewest errors between the pattern and any beginning of `text`.
    pub(super) fn errors_at_start(&self, text: impl Iterator<Item = char>) -> usize {
        self.closest_at_start(text).errors
    }

    /// The beginning of `text` with the fewest errors; of equals the one of nearly the pattern's own length.
    fn closest_at_start(&self, text: impl Iterator<Item = char>) -> Closest {
        let mut column = Column::new(self);
        let mut closest = Closest { errors: self.characters, characters: 0 };
        for (before, c) in text.enumerate() {
            // Each character skipped at the start is an error: the top row counts up.
            let errors = column.advance(self, c, 1);
            let characters = before + 1;
            let rank = |errors: usize, length: usize| (errors, length.abs_diff(self.characters));
            if rank(errors, characters) < rank(closest.errors, closest.characters) {
                closest = Closest { errors, characters };
            }
        }
        closest
    }

    /// The ends in `text` with at most `limit` errors: of each run of such ends the first and the last of the best.
    fn ends(&self, text: &str, limit: usize) -> Vec<MatchEnd> {
        let mut column = Column::new(self);
        let mut ends: Vec<MatchEnd> = Vec::new();
        let mut run: Option<(MatchEnd, MatchEnd)> = None;
        for (start, c) in text.char_indices() {
            // A match may begin anywhere: the top row stays at nought.
            let errors = column.advance(self, c, 0);
            let here = MatchEnd { errors, byte: start + c.len_utf8() };
            if limit < errors {
                ends.extend(run.take().into_iter().flat_map(|(first, last)| [first, last]));
            } else {
                run = Some(match run {
                    Some((first, last)) if first.errors < errors => (first, last),
                    Some((first, _)) if first.errors == errors => (first, here),
                    _ => (here, here),
                });
            }
        }
        ends.extend(run.into_iter().flat_map(|(first, last)| [first, last]));
        ends.dedup();
        ends
    }

    fn group(&self, c: char) -> usize {
        match self.ascii.get(c as usize) {
            Some(&group) => group,
            None => self
                .others
                .binary_search_by_key(&c, |other| other.0)
                .ok()
                .and_then(|place| self.others.get(place))
                .map_or(0, |other| other.1),
        }
    }
}

/// One column of the edit-distance table: the steps up and down from row to row, and the value in the last row.
struct Column {
    rises: Vec<u64>,
    falls: Vec<u64>,
    last_row: u64,
    errors: usize,
}

impl Column {
    fn new(pattern: &Pattern) -> Self {
        Self {
            rises: vec![u64::MAX; pattern.words],
            falls: vec![0; pattern.words],
            last_row: 1 << (pattern.characters.saturating_sub(1) % WORD),
            errors: pattern.characters,
        }
    }

    /// Moves on by one character of the text, the top row changing by `top` (0 or 1); the errors in the last row.
    fn advance(&mut self, pattern: &Pattern, c: char, top: i8) -> usize {
        let group = pattern.group(c) * pattern.words;
        let masks = pattern.masks.get(group..group + pattern.words).unwrap_or_default();
        let mut change = top;
        let last = pattern.words - 1;
        for (word, ((rises, falls), &mask)) in
            self.rises.iter_mut().zip(&mut self.falls).zip(masks).enumerate()
        {
            let falls_in = u64::from(change < 0);
            let rises_in = u64::from(0 < change);
            let vertical = mask | *falls;
            let equal = mask | falls_in;
            let horizontal = ((equal & *rises).wrapping_add(*rises) ^ *rises) | equal;
            let up = *falls | !(horizontal | *rises);
            let down = *rises & horizontal;
            let row = if word == last { self.last_row } else { 1 << (WORD - 1) };
            change = i8::from(up & row != 0) - i8::from(down & row != 0);
            let up = up << 1 | rises_in;
            let down = down << 1 | falls_in;
            *rises = down | !(vertical | up);
            *falls = up & vertical;
        }
        self.errors = self.errors.saturating_add_signed(isize::from(change));
        self.errors
    }
}

#[cfg(test)]
mod tests {
    use super::{MatchEnd, Pattern};
    use proptest::prelude::*;

    /// The last row of the table by the textbook; `anchored` makes the match begin where the text does.
    fn last_row(pattern: &[char], text: &[char], anchored: bool) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut row = Vec::new();
        for (at, c) in text.iter().enumerate() {
            let mut next = vec![if anchored { at + 1 } else { 0 }];
            for (above, p) in pattern.iter().enumerate() {
                let replaced = column[above] + usize::from(p != c);
                next.push(replaced.min(column[above + 1] + 1).min(next[above] + 1));
            }
            row.push(next[pattern.len()]);
            column = next;
        }
        row
    }

    fn letters(length: usize) -> impl Strategy<Value = Vec<char>> {
        prop::collection::vec(prop::sample::select(vec!['a', 'b', 'c', 'é', '中']), 1..length)
    }

    proptest! {
        #[test]
        fn distances_are_those_of_the_textbook(pattern in letters(150), text in letters(300)) {
            let Some(built) = Pattern::new(&pattern) else { return Ok(()) };
            let anchored = last_row(&pattern, &text, true);
            let fewest = anchored.iter().copied().min().unwrap_or(usize::MAX).min(pattern.len());
            prop_assert_eq!(built.errors_at_start(text.iter().copied()), fewest);

            let free = last_row(&pattern, &text, false);
            let limit = pattern.len() / 4;
            let written: String = text.iter().collect();
            let found = built.ends(&written, limit);
            for end in &found {
                let characters = written[..end.byte].chars().count();
                prop_assert_eq!(free[characters - 1], end.errors);
            }
            let best = free.iter().copied().min().filter(|&errors| errors <= limit);
            prop_assert_eq!(found.iter().map(|end| end.errors).min(), best);
        }
    }

    #[test]
    fn of_a_run_of_ends_the_first_and_the_last_best_are_kept() {
        let pattern: Vec<char> = "hello".chars().collect();
        let ends = Pattern::new(&pattern).map(|pattern| pattern.ends("say hellx now", 1));
        assert_eq!(ends, Some(vec![MatchEnd { errors: 1, byte: 8 }, MatchEnd { errors: 1, byte: 9 }]));
    }
}
