//! Looking known names up in a text: at every place where a word begins, whatever capitals and accents it is written
//! with. Invariant: a place never splits a grapheme cluster, begins inside a word or ends inside one.

use super::fold::Folded;
use super::keyed::is_edge;
use super::segment::{is_grapheme_boundary, is_inside_word};
use super::{Span, Text};

/// The places within a stretch, which begins and ends where lines do, at which something known stands as whole words.
/// `look` is given the folded rest of a line from the beginning of a word on, see [`fold`](super::fold()), and says how
/// long what it knows is, in bytes of it. Places come in the order of the text and may overlap.
///
/// Words that run across a line end are not found. Linear in the stretch, besides the looking.
///
/// ```
/// use rubricator::text::{Span, Text, look_up};
/// let text = Text::new("Müller, the MULLER; Müllerin");
/// let whole = Span::from_range(0..text.as_str().len()).unwrap();
/// let found = look_up(&text, whole, |rest| rest.starts_with("muller").then_some((6, ())).into_iter().collect());
/// assert_eq!(found.iter().map(|(span, ())| text.slice(*span)).collect::<Vec<_>>(), [Some("Müller"), Some("MULLER")]);
/// ```
pub fn look_up<T>(
    text: &Text,
    stretch: Span,
    mut look: impl FnMut(&str) -> Vec<(usize, T)>,
) -> Vec<(Span, T)> {
    let mut found = Vec::new();
    let mut line_start = stretch.start().to_usize();
    for line in text.slice(stretch).unwrap_or_default().split_inclusive('\n') {
        let folded = Folded::new(line);
        for (at, letter) in folded.key.char_indices() {
            if !letter.is_alphanumeric() || !is_edge(&folded.key, at) {
                continue;
            }
            let Some(rest) = folded.key.get(at..) else { continue };
            for (length, what) in look(rest) {
                let place = folded
                    .place(at, at + length)
                    .filter(|_| is_edge(&folded.key, at + length))
                    .and_then(|(start, end)| Span::from_range(line_start + start..line_start + end))
                    .filter(|span| is_whole(text, *span));
                found.extend(place.map(|span| (span, what)));
            }
        }
        line_start += line.len();
    }
    found
}

fn is_whole(text: &Text, span: Span) -> bool {
    let may_cut = |at| is_grapheme_boundary(text, at) && !is_inside_word(text, at);
    may_cut(span.start()) && may_cut(span.end())
}
