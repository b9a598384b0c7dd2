//! The other places where the same characters stand, so that one decision can be made for all of them.
//! Invariant: an occurrence never splits a grapheme cluster, and no two overlap.

use memchr::memmem;

use super::segment;
use super::{Offset, Span, Text};

/// Where an occurrence may stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Edges {
    /// Anywhere, even inside a longer word.
    #[default]
    Any,
    /// Only as whole words: no letter or digit continues it on either side, where the script puts spaces between words.
    /// A possessive or a hyphen does not count, so "Ada" stands in "Ada's" and in "pro-Ada".
    WholeWords,
}

/// Every place where `needle` stands exactly, first to last, without overlaps; lazy, linear over the whole text.
///
/// ```
/// use rubricator::text::{Edges, Text, occurrences};
/// let text = Text::new("Bo, Bob and Bo's boat");
/// assert_eq!(occurrences(&text, "Bo", Edges::Any).count(), 3);
/// assert_eq!(occurrences(&text, "Bo", Edges::WholeWords).count(), 2);
/// ```
pub fn occurrences<'t>(text: &'t Text, needle: &str, edges: Edges) -> impl Iterator<Item = Span> + use<'t> {
    // An empty needle stands everywhere and nowhere; spans of it are empty, so none comes out.
    let finder = memmem::Finder::new(needle).into_owned();
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = text.as_bytes().get(from..)?;
            let start = from + finder.find(rest)?;
            let end = start + finder.needle().len();
            // After a refused place the search goes on one byte later: a good one may overlap it.
            from = start + 1;
            let span = Span::from_range(start..end);
            if let Some(span) = span.filter(|&span| is_whole(text, span, edges)) {
                from = end;
                return Some(span);
            }
        }
    })
}

fn is_whole(text: &str, span: Span, edges: Edges) -> bool {
    let cuts = |at: Offset| segment::is_inside_word(text, at) || is_inside_number(text, at.to_usize());
    let fits = |at: Offset| edges == Edges::Any || !cuts(at);
    segment::is_grapheme_boundary(text, span.start())
        && segment::is_grapheme_boundary(text, span.end())
        && fits(span.start())
        && fits(span.end())
}

/// Whether `at` stands beside the separator within a number, as on either side of the point in "3.5".
fn is_inside_number(text: &str, at: usize) -> bool {
    let is_digit =
        |byte: Option<usize>| byte.and_then(|byte| text.as_bytes().get(byte)).is_some_and(u8::is_ascii_digit);
    let is_separator = |byte: Option<usize>| {
        byte.and_then(|byte| text.as_bytes().get(byte)).is_some_and(|byte| b".,:".contains(byte))
    };
    let after_separator =
        is_digit(at.checked_sub(2)) && is_separator(at.checked_sub(1)) && is_digit(Some(at));
    let before_separator = is_digit(at.checked_sub(1)) && is_separator(Some(at)) && is_digit(Some(at + 1));
    after_separator || before_separator
}
