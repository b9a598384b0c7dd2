//! Tags of more attributes than any page has are thinned before they are parsed: each attribute is compared with all
//! before it, so that a tag of many thousands would take minutes, and memory many times their size.

use std::borrow::Cow;

use memchr::memchr;

/// The most attributes of a tag.
const MOST: usize = 250;

/// The page without the attributes beyond the first ones of each tag. Linear in its size.
pub(super) fn thinned(html: &str) -> Cow<'_, str> {
    let bytes = html.as_bytes();
    let mut thin: Option<String> = None;
    let (mut at, mut copied) = (0, 0);
    while let Some(next) = memchr(b'<', bytes.get(at..).unwrap_or_default()) {
        at += next + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let (enough, end) = attributes(bytes, at);
        if let Some(enough) = enough {
            let thin = thin.get_or_insert_default();
            // Both are places of ASCII signs.
            thin.push_str(html.get(copied..enough).unwrap_or_default());
            copied = end;
        }
        at = end;
    }
    match thin {
        Some(thin) => Cow::Owned(thin + html.get(copied..).unwrap_or_default()),
        None => Cow::Borrowed(html),
    }
}

/// Behind which place of a tag there are too many attributes, and where the tag ends: at its `>`.
fn attributes(bytes: &[u8], begin: usize) -> (Option<usize>, usize) {
    let (mut at, mut count, mut enough) = (begin, 0, None);
    // A quotation mark is one only behind `=`.
    let mut follows_equals = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'>' => return (enough, at),
            b'"' | b'\'' if follows_equals => {
                let Some(close) = memchr(*byte, bytes.get(at + 1..).unwrap_or_default()) else {
                    return (enough, bytes.len());
                };
                at += close + 1;
                follows_equals = false;
            }
            b'=' => follows_equals = true,
            byte if byte.is_ascii_whitespace() || *byte == b'/' => {
                let next = bytes.get(at + 1).copied().unwrap_or(b'>');
                let begins = !next.is_ascii_whitespace() && !matches!(next, b'/' | b'=' | b'>');
                if begins && !follows_equals {
                    count += 1;
                    if count == MOST + 1 {
                        enough = Some(at);
                    }
                }
            }
            _ => follows_equals = false,
        }
        at += 1;
    }
    (enough, bytes.len())
}

#[cfg(test)]
mod tests {
    use super::{MOST, thinned};

    #[test]
    fn only_what_is_too_much_goes() {
        let tag = |count: usize| {
            let attributes: String = (0..count).map(|at| format!(" a{at} = '>\" x'")).collect();
            format!("a < b <p{attributes}>x</p>é")
        };
        assert_eq!(thinned(&tag(MOST)), tag(MOST));
        assert_eq!(thinned(&tag(MOST * 3)), tag(MOST));
        assert_eq!(thinned("<p a='"), "<p a='");
        assert_eq!(thinned("x<"), "x<");
    }
}
