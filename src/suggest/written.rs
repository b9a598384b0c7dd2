//! Whether what stands in a text is written as a name is: "May" is not may and "US" not us, "TRUMP" may be Trump, and a
//! month is not a prime minister.

use crate::text::{Span, Text};

/// The fewest letters of a name that may stand in capitals throughout.
const CAPITALS: usize = 4;

/// Whether the capitals of a place fit a name, and what stands around it does not speak against it.
pub(super) fn fits(name: &str, text: &Text, place: Span) -> bool {
    let Some(written) = text.slice(place) else { return false };
    let names: Vec<&str> = name.split_whitespace().collect();
    let words: Vec<&str> = written.split_whitespace().collect();
    let letters = name.chars().filter(|letter| letter.is_alphabetic()).count();
    let word_fits = |(at, (name, word)): (usize, (&&str, &&str))| {
        let (begins, stands) = (initial(name), initial(word));
        if is_acronym(name) {
            return is_acronym(word);
        }
        if is_acronym(word) && 1 < word.chars().count() {
            return CAPITALS <= letters && begins.is_some_and(char::is_uppercase);
        }
        match (begins, stands) {
            (Some(begins), Some(stands)) if begins.is_uppercase() => stands.is_uppercase(),
            // A name that begins small may stand at the beginning of a sentence.
            (Some(begins), Some(stands)) if begins.is_lowercase() => stands.is_lowercase() || at == 0,
            _ => true,
        }
    };
    let pairs = names.iter().zip(&words);
    names.len() == words.len()
        && pairs.enumerate().all(word_fits)
        && !(names.len() == 1 && is_another_word(written, text, place))
}

/// Whether a word is written as initials are: capitals only, as "US", "U.S." or "E-U".
pub(super) fn is_acronym(word: &str) -> bool {
    let mut letters = word.chars().filter(|letter| letter.is_alphabetic()).peekable();
    let count = word.chars().filter(|letter| letter.is_uppercase()).count();
    1 < count && letters.peek().is_some() && letters.all(char::is_uppercase)
}

fn initial(word: &str) -> Option<char> {
    word.chars().find(|letter| letter.is_alphanumeric())
}

/// Whether a lone capitalised word is most likely no name here: a month beside its day, or a word that every sentence
/// may begin with.
fn is_another_word(written: &str, text: &Text, place: Span) -> bool {
    let lower = written.to_lowercase();
    let before = text.get(..place.start().to_usize()).unwrap_or_default();
    let after = text.get(place.end().to_usize()..).unwrap_or_default();
    if MONTHS.contains(&lower.as_str()) {
        let word =
            before.trim_end().rsplit(|letter: char| !letter.is_alphanumeric()).next().unwrap_or_default();
        let word = if before.ends_with(char::is_whitespace) { word.to_lowercase() } else { String::new() };
        let is_dated = word.starts_with(|letter: char| letter.is_ascii_digit())
            || BEFORE_MONTHS.contains(&word.as_str());
        let is_followed = after.trim_start().starts_with(|letter: char| letter.is_ascii_digit());
        if is_dated || is_followed {
            return true;
        }
    }
    COMMON.contains(&lower.as_str()) && begins_sentence(before)
}

/// Whether a sentence, a line or a quotation begins after this.
fn begins_sentence(before: &str) -> bool {
    let before =
        before.trim_end_matches([' ', '"', '“', '„', '«', '‘', '\'', '(', '[', '*', '#', '-', '–', '—']);
    before.chars().next_back().is_none_or(|last| matches!(last, '.' | '!' | '?' | ':' | '\n' | '…'))
}

const MONTHS: [&str; 8] = ["may", "april", "march", "june", "july", "august", "mai", "avril"];

const BEFORE_MONTHS: [&str; 27] = [
    "in", "since", "until", "till", "by", "of", "from", "early", "late", "mid", "last", "next", "this",
    "each", "every", "im", "seit", "bis", "ab", "ende", "anfang", "mitte", "en", "depuis", "de", "le", "to",
];

/// Words of English that are names as well, and with which a sentence may begin.
const COMMON: [&str; 24] = [
    "may", "will", "mark", "bill", "rose", "grant", "hope", "hunt", "page", "young", "long", "case", "price",
    "best", "little", "rich", "frank", "wood", "brown", "black", "white", "green", "more", "most",
];
