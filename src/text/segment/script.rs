//! Which characters belong to scripts that are not to be cut at spaces.
//! Ranges are whole Unicode blocks, so that a script's own marks and digits come with its letters.

/// Whether `c` is of a script whose words have no spaces between them, or (Korean) whose spaces stand between phrases of a
/// noun and its particles; there a selection is left as the person made it.
pub const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
        | '\u{0F00}'..='\u{109F}' // Tibetan, Myanmar
        | '\u{1100}'..='\u{11FF}' // Hangul Jamo
        | '\u{1780}'..='\u{17FF}' // Khmer
        | '\u{1950}'..='\u{19FF}' // Tai Le, New Tai Lue, Khmer symbols
        | '\u{1A20}'..='\u{1AAF}' // Tai Tham
        | '\u{1B00}'..='\u{1B7F}' // Balinese
        | '\u{A980}'..='\u{A9DF}' // Javanese
        | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}' // Myanmar extended
        | '\u{AA80}'..='\u{AADF}' // Tai Viet
        | '\u{A960}'..='\u{A97F}' | '\u{AC00}'..='\u{D7FF}') // Hangul
        || is_cjk(c)
}

/// Whether `c` is Chinese or Japanese, punctuation included.
pub(super) const fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{30FF}' // Radicals, punctuation, hiragana, katakana
        | '\u{3100}'..='\u{312F}' | '\u{31A0}'..='\u{31FF}' // Bopomofo, strokes, katakana extensions
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{A4CF}' // Ideographs, Yi
        | '\u{F900}'..='\u{FAFF}' // Compatibility ideographs
        | '\u{FF65}'..='\u{FF9F}' // Half-width katakana
        | '\u{1B000}'..='\u{1B16F}' // Kana extensions
        | '\u{20000}'..='\u{3FFFF}') // Ideographs of the later planes
}

/// Whether `c` takes about two columns, so that fewer of them make a long line.
pub(in crate::text) const fn is_wide(c: char) -> bool {
    is_cjk(c) || matches!(c, '\u{1100}'..='\u{11FF}' | '\u{AC00}'..='\u{D7FF}' | '\u{FF01}'..='\u{FF60}')
}

/// Whether two characters of this kind always have a word boundary between them (word-break class Other).
pub(super) const fn is_lone_word(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{3003}' | '\u{3041}'..='\u{3096}' | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}' | '\u{20000}'..='\u{2A6DF}')
}
