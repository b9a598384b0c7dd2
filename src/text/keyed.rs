//! A text made ready to be searched again and again, whatever capitals and accents it is written with.
//! Lines are folded one by one, so that line `i` of the key is line `i` of the text; a place is worked out only for
//! what is shown. Words that run across a line end are not found.

use memchr::memmem;

use super::fold::{Folded, fold};
use super::segment::{is_grapheme_boundary, is_unspaced};
use super::{Span, Text};

/// The folded lines of a text; about as long as the text.
#[derive(Clone, Debug)]
pub struct Keyed(Box<str>);

/// Words to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    key: String,
    is_whole: bool,
}

impl Needle {
    /// Words that begin where a word begins and, where `is_whole`, end where one ends; `None` of nothing but white space
    /// and marks.
    ///
    /// ```
    /// use rubricator::text::Needle;
    /// assert!(Needle::new("Müll", false).is_some());
    /// assert_eq!(Needle::new(" ", false), None);
    /// ```
    #[must_use]
    pub fn new(words: &str, is_whole: bool) -> Option<Self> {
        let key = fold(words);
        (!key.is_empty()).then_some(Self { key, is_whole })
    }

    /// Whether the words stand in a short string. Linear in its length.
    ///
    /// ```
    /// use rubricator::text::Needle;
    /// assert!(Needle::new("mull", false).is_some_and(|needle| needle.is_in("Der Müller")));
    /// ```
    #[must_use]
    pub fn is_in(&self, line: &str) -> bool {
        self.stands(&fold(line)).next().is_some()
    }

    /// Where the words stand in a key, in bytes.
    fn stands<'a>(&'a self, key: &'a str) -> impl Iterator<Item = usize> + 'a {
        let found = memmem::find_iter(key.as_bytes(), self.key.as_bytes());
        found.filter(move |at| is_edge(key, *at) && (!self.is_whole || is_edge(key, at + self.key.len())))
    }
}

impl Keyed {
    /// Folds a text. Linear in its length.
    ///
    /// ```
    /// use rubricator::text::{Keyed, Needle, Text};
    /// let keyed = Keyed::new(&Text::new("Bäume\nBAUM"));
    /// assert_eq!(Needle::new("baum", false).map(|needle| keyed.count(&needle)), Some(2));
    /// ```
    #[must_use]
    pub fn new(text: &Text) -> Self {
        let mut key = String::with_capacity(text.as_str().len());
        for (number, line) in text.split('\n').enumerate() {
            if 0 < number {
                key.push('\n');
            }
            key.push_str(&fold(line));
        }
        Self(key.into_boxed_str())
    }

    /// How often the words stand in the text. Linear in its length, at the speed of memory.
    ///
    /// ```
    /// use rubricator::text::{Keyed, Needle, Text};
    /// let keyed = Keyed::new(&Text::new("tram, tramway, pram"));
    /// assert_eq!(Needle::new("tram", true).map(|needle| keyed.count(&needle)), Some(1));
    /// ```
    #[must_use]
    pub fn count(&self, needle: &Needle) -> usize {
        needle.stands(&self.0).count()
    }

    /// Where the words stand in the text that this was made of, from first to last; `skip` of them left out, `most` at
    /// the most. Besides the search, linear in the lines that hold them.
    ///
    /// ```
    /// use rubricator::text::{Keyed, Needle, Text};
    /// let text = Text::new("the  Mu\u{308}ller\nMULLER");
    /// let needle = Needle::new("muller", true).unwrap();
    /// let places = Keyed::new(&text).places(&text, &needle, 0, 9);
    /// assert_eq!(places.iter().map(|place| text.slice(*place)).collect::<Vec<_>>(), [Some("Mu\u{308}ller"), Some("MULLER")]);
    /// ```
    #[must_use]
    pub fn places(&self, text: &Text, needle: &Needle, skip: usize, most: usize) -> Vec<Span> {
        let mut places = Vec::new();
        // The line that the search has reached: its number, and where it begins in the key.
        let (mut line, mut begins) = (0, 0);
        let mut folded: Option<(usize, Folded)> = None;
        for at in needle.stands(&self.0).skip(skip).take(most) {
            let passed = self.0.get(begins..at).unwrap_or_default();
            line += memchr::memchr_iter(b'\n', passed.as_bytes()).count();
            begins += memchr::memrchr(b'\n', passed.as_bytes()).map_or(0, |end| end + 1);
            let Some(start) = text.line_start(line) else { break };
            let start = start.to_usize();
            if folded.as_ref().is_none_or(|(known, _)| *known != line) {
                let rest = text.get(start..).unwrap_or_default();
                let end = memchr::memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
                folded = Some((line, Folded::new(rest.get(..end).unwrap_or_default())));
            }
            let place = folded
                .as_ref()
                .and_then(|(_, folded)| folded.place(at - begins, at - begins + needle.key.len()))
                .and_then(|(from, to)| Span::from_range(start + from..start + to))
                .filter(|span| {
                    is_grapheme_boundary(text, span.start()) && is_grapheme_boundary(text, span.end())
                });
            places.extend(place);
        }
        places
    }
}

/// Whether a word may begin or end at this byte of a key.
pub(super) fn is_edge(key: &str, at: usize) -> bool {
    let before = key.get(..at).and_then(|before| before.chars().next_back());
    let after = key.get(at..).and_then(|after| after.chars().next());
    match (before, after) {
        (Some(before), Some(after)) => {
            !before.is_alphanumeric() || !after.is_alphanumeric() || is_unspaced(before) || is_unspaced(after)
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, words: &str, is_whole: bool, expected: &[&str]) {
        let text = Text::new(text);
        let keyed = Keyed::new(&text);
        let needle = Needle::new(words, is_whole).unwrap();
        let places = keyed.places(&text, &needle, 0, usize::MAX);
        let found: Vec<_> = places.iter().filter_map(|place| text.slice(*place)).collect();
        assert_eq!(found, expected, "{words:?} in {text:?}");
    }

    #[test]
    fn words_are_found_where_words_begin() {
        check("A tram, a Tramway; no pram.", "tram", false, &["tram", "Tram"]);
        check("A tram, a Tramway; no pram.", "tram", true, &["tram"]);
        check("Straßen, STRASSE", "strasse", false, &["Straße", "STRASSE"]);
        check("安倍晋三は東京で", "晋三", true, &["晋三"]);
        check("🚋tram🚋 \u{202E}tram", "tram", true, &["tram", "tram"]);
        check("one\n\n  two one\n", "one", true, &["one", "one"]);
        check("White\nHouse", "white house", true, &[]);
    }

    #[test]
    fn pages_of_places_are_parts_of_the_whole() {
        let text = Text::new("a b a\na c a\n");
        let keyed = Keyed::new(&text);
        let needle = Needle::new("a", true).unwrap();
        let all = keyed.places(&text, &needle, 0, 9);
        assert_eq!((all.len(), keyed.count(&needle)), (4, 4));
        assert_eq!(keyed.places(&text, &needle, 1, 2), all[1..3]);
    }
}
