//! The signs of WebAnno TSV: `|` between stacked values, `;` between slots, `[3]` after a value that several rows share,
//! `_` for nothing and `*` for an annotation without a value. A backslash takes each of them its meaning.

/// The parts of a cell between unescaped separators.
pub(super) fn split(cell: &str, separator: char) -> impl Iterator<Item = &str> {
    let mut is_escaped = false;
    cell.split(move |letter| {
        let is_end = letter == separator && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        is_end
    })
}

/// A value and what stands in brackets after it.
pub(super) fn suffix(value: &str) -> (&str, Option<&str>) {
    // What follows an odd number of backslashes is escaped.
    let is_escaped = |before: &str| before.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
    let inside =
        value.strip_suffix(']').filter(|rest| !is_escaped(rest)).and_then(|rest| rest.rsplit_once('['));
    match inside {
        Some((value, id)) if !id.is_empty() && !is_escaped(value) => (value, Some(id)),
        _ => (value, None),
    }
}

/// The relation of a chain's link, and the numbers of the chain and of the link in it: `coref->1-2`.
pub(super) fn chain(value: &str) -> Option<(&str, u32, u32)> {
    let (relation, numbers) = value.rsplit_once("->")?;
    let (chain, link) = numbers.split_once('-')?;
    Some((relation, chain.parse().ok()?, link.parse().ok()?))
}

/// The value that is written; `None` for `*` and `_`.
pub(super) fn value(written: &str) -> Option<String> {
    (!matches!(written, "*" | "_" | "")).then(|| unescape(written))
}

/// What is escaped, as it is meant.
pub(super) fn unescape(written: &str) -> String {
    let mut letters = written.chars();
    let mut plain = String::with_capacity(written.len());
    while let Some(letter) = letters.next() {
        match (letter, if letter == '\\' { letters.next() } else { None }) {
            ('\\', Some('t')) => plain.push('\t'),
            ('\\', Some('n')) => plain.push('\n'),
            ('\\', Some('r')) => plain.push('\r'),
            ('\\', Some('f')) => plain.push('\u{C}'),
            ('\\', Some('b')) => plain.push('\u{8}'),
            ('\\', Some('u')) => {
                // Only versions up to 3.1 write this.
                let digits: String = letters.clone().take(4).collect();
                match u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32) {
                    Some(letter) if digits.len() == 4 => {
                        plain.push(letter);
                        letters.nth(3);
                    }
                    _ => plain.push('u'),
                }
            }
            (_, Some(escaped)) => plain.push(escaped),
            (letter, None) => plain.push(letter),
        }
    }
    plain
}

/// A value as it is written.
pub(super) fn escape(value: &str) -> String {
    let mut written = String::with_capacity(value.len());
    let mut letters = value.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' | '[' | ']' | '|' | '_' | ';' | '*' => written.extend(['\\', letter]),
            '-' if letters.peek() == Some(&'>') => written.push_str("\\-"),
            '\t' => written.push_str("\\t"),
            '\n' | '\r' => written.push_str("\\n"),
            letter => written.push(letter),
        }
    }
    written
}

/// A stretch of the text as it is written after `#Text=`.
pub(super) fn escape_text(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => written.push_str("\\\\"),
            '\t' => written.push_str("\\t"),
            '\r' => written.push_str("\\r"),
            '\u{C}' => written.push_str("\\f"),
            '\u{8}' => written.push_str("\\b"),
            letter if letter < ' ' => written.extend(['\\', letter]),
            letter => written.push(letter),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::{chain, escape, split, suffix, unescape, value};

    #[test]
    fn every_sign_can_be_escaped() {
        let hard = "a\\b[c]|d_e->f;g*\th\ni";
        assert_eq!(unescape(&escape(hard)), hard);
        assert_eq!(split(&format!("{}|*", escape(hard)), '|').count(), 2);
        assert_eq!((value("*"), value("_"), value("\\*")), (None, None, Some("*".to_owned())));
    }

    #[test]
    fn suffixes_are_told_from_values() {
        assert_eq!(suffix("PER[3]"), ("PER", Some("3")));
        assert_eq!(suffix("1-5[0_1]"), ("1-5", Some("0_1")));
        assert_eq!(suffix("PER\\[3\\]"), ("PER\\[3\\]", None));
        assert_eq!(suffix("\\\\[3]"), ("\\\\", Some("3")));
        assert_eq!(chain("coref->1-2"), Some(("coref", 1, 2)));
        assert_eq!(chain("coref"), None);
        assert_eq!(unescape("\\u00e9"), "é");
    }
}
