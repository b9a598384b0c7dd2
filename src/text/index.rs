//! The checkpoints of a text: how many UTF-16 units, code points and line ends lie before every 128th byte.
//! A conversion jumps to the nearest checkpoint and counts at most 128 bytes from there, so it costs the same anywhere in
//! a text of any size. Invariant: checkpoint `i` counts exactly the characters that start before byte `128 * i`.

/// Bytes between two checkpoints; at 12 bytes each they take under a tenth of the text.
const STRIDE: usize = 128;

/// The checkpoints of one text, made once and never changed.
///
/// Its memory is at most 12 bytes for every 128 bytes of text, plus 12.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextIndex {
    checkpoints: Box<[Counts]>,
    total: Counts,
}

impl TextIndex {
    /// Counts through `text` once; linear in its length.
    ///
    /// ```
    /// use rubricator::text::TextIndex;
    /// assert_eq!(TextIndex::new("one\ntwo").line_count(), 2);
    /// ```
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut total = Counts::default();
        let checkpoints = text
            .as_bytes()
            .chunks(STRIDE)
            .map(|chunk| {
                let before = total;
                total = total.plus(Counts::of(chunk));
                before
            })
            .collect();
        Self { checkpoints, total }
    }

    /// The number of lines: one more than the line feeds, so an empty text has one.
    ///
    /// ```
    /// use rubricator::text::TextIndex;
    /// assert_eq!(TextIndex::new("").line_count(), 1);
    /// ```
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.total.lines as usize + 1
    }

    /// The bytes of memory that the checkpoints take.
    ///
    /// ```
    /// use rubricator::text::TextIndex;
    /// assert!(TextIndex::new(&"a".repeat(8_000)).memory() <= 1_000);
    /// ```
    #[must_use]
    pub fn memory(&self) -> usize {
        self.checkpoints.len() * size_of::<Counts>()
    }

    /// The counts of the characters that start before `byte`; constant cost.
    pub(super) fn before(&self, text: &str, byte: usize) -> Counts {
        let Some(&checkpoint) = self.checkpoints.get(byte / STRIDE) else {
            return self.total;
        };
        let from = byte / STRIDE * STRIDE;
        let rest = text.as_bytes().get(from..byte.min(text.len())).unwrap_or_default();
        checkpoint.plus(Counts::of(rest))
    }

    /// The byte where the character begins that has exactly `wanted` counted before it; a binary search and a short scan.
    ///
    /// `None` beyond the end, and where no character begins, as inside a surrogate pair.
    pub(super) fn position(&self, text: &str, wanted: u32, count: fn(Counts) -> u32) -> Option<usize> {
        if wanted == count(self.total) {
            return Some(text.len());
        }
        if count(self.total) < wanted {
            return None;
        }
        let nearest = self.checkpoints.partition_point(|&before| count(before) <= wanted).checked_sub(1)?;
        let mut counted = count(*self.checkpoints.get(nearest)?);
        let from = nearest * STRIDE;
        for (byte, &value) in text.as_bytes().get(from..)?.iter().enumerate() {
            if starts_character(value) {
                if counted == wanted {
                    return Some(from + byte);
                }
                counted += count(Counts::of(&[value]));
                if wanted < counted {
                    return None;
                }
            }
        }
        None
    }

    /// The byte where line `line` begins, counted from 0; a binary search and a short scan.
    pub(super) fn line_start(&self, text: &str, line: u32) -> Option<usize> {
        if line == 0 {
            return Some(0);
        }
        let nearest = self.checkpoints.partition_point(|before| before.lines < line).checked_sub(1)?;
        let mut counted = self.checkpoints.get(nearest)?.lines;
        let from = nearest * STRIDE;
        for (byte, &value) in text.as_bytes().get(from..)?.iter().enumerate() {
            if value == b'\n' {
                counted += 1;
                if counted == line {
                    return Some(from + byte + 1);
                }
            }
        }
        None
    }
}

/// How much of each unit lies before some byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub utf16: u32,
    pub code_points: u32,
    pub lines: u32,
}

impl Counts {
    /// What `bytes` adds, each character counted at its first byte. Eight bytes at a time, of which the highest bit says
    /// what each is: WebAssembly has no wider instructions that every browser knows, but it counts bits.
    fn of(bytes: &[u8]) -> Self {
        const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
        const LOW_SEVEN: u64 = !HIGH;
        let (mut starts, mut pairs, mut lines) = (0_u32, 0_u32, 0_u32);
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            let word = u64::from_ne_bytes(*word);
            // A byte that goes on with a character is 10xxxxxx.
            starts += 8 - (word & !(word << 1) & HIGH).count_ones();
            // A character of four bytes begins with 1111xxxx.
            pairs += (word & word << 1 & word << 2 & word << 3 & HIGH).count_ones();
            // What differs from the line feed in nothing has neither one of the low seven bits nor the high one.
            let other = word ^ u64::from_ne_bytes([b'\n'; 8]);
            lines += (!(((other & LOW_SEVEN) + LOW_SEVEN) | other) & HIGH).count_ones();
        }
        for &byte in rest {
            starts += u32::from(starts_character(byte));
            // Four-byte characters are the ones that UTF-16 writes as a surrogate pair.
            pairs += u32::from(0xF0 <= byte);
            lines += u32::from(byte == b'\n');
        }
        Self { utf16: starts + pairs, code_points: starts, lines }
    }

    fn plus(self, more: Self) -> Self {
        Self {
            utf16: self.utf16.saturating_add(more.utf16),
            code_points: self.code_points.saturating_add(more.code_points),
            lines: self.lines.saturating_add(more.lines),
        }
    }
}

/// Whether a byte of UTF-8 is the first of its character.
const fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}
