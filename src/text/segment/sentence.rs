//! Sentences: UAX #29 with what news needs on top of it: abbreviations, initials, ordinals, quotations and footnote marks.
//! Whether a sentence ends at a full stop is decided from the few words around it and never from afar, so that the
//! sentence at a position costs its own length. Departures from UAX #29 are marked where they are made.

use super::abbreviation::{ends_in_abbreviation, is_attribution};
use super::script::is_cjk;
use super::{char_after, char_before, next_paragraph, paragraph_at};
use crate::text::{Offset, Span, Text};

/// The sentence that holds `at` or ends there, with its closing quotes and without white space around it.
///
/// White space between two sentences belongs to the first. `None` on blank lines.
///
/// ```
/// use rubricator::text::{Offset, Span, Text, sentence_at};
/// let text = Text::new("Mr. Bo left. Ada stayed.");
/// assert_eq!(sentence_at(&text, Offset::new(5)), Span::from_range(0..12));
/// assert_eq!(sentence_at(&text, Offset::new(13)), Span::from_range(13..24));
/// ```
#[must_use]
pub fn sentence_at(text: &Text, at: Offset) -> Option<Span> {
    let paragraph = paragraph_at(text, at)?;
    let content = text.slice(paragraph)?;
    let at = text.floor(at).to_usize().saturating_sub(paragraph.start().to_usize()).min(content.len());
    let mut start = 0;
    let mut end = None;
    for (byte, mark) in content.get(..at)?.char_indices().rev() {
        match end_at(content, byte, mark) {
            Some(found) if found.next <= at => {
                start = found.next;
                break;
            }
            // The position lies in the closing quotes or the white space after this sentence.
            Some(found) => end = Some(found.end),
            None => {}
        }
    }
    let end = end.or_else(|| {
        let following = content.get(at..)?.char_indices();
        following.filter_map(|(byte, mark)| end_at(content, at + byte, mark)).map(|found| found.end).next()
    });
    Span::from_range(start..end.unwrap_or(content.len()))?.shift_right(paragraph.start().byte())
}

/// The start of the first sentence that begins after `at`; the end of the text if there is none.
///
/// ```
/// use rubricator::text::{Offset, Text, next_sentence};
/// assert_eq!(next_sentence(&Text::new("One. Two."), Offset::ZERO), Offset::new(5));
/// ```
#[must_use]
pub fn next_sentence(text: &Text, at: Offset) -> Offset {
    let at = text.floor(at);
    let (Some(sentence), Some(paragraph)) = (sentence_at(text, at), paragraph_at(text, at)) else {
        return next_paragraph(text, at);
    };
    if at < sentence.start() {
        return sentence.start();
    }
    let rest = text.get(sentence.end().to_usize()..paragraph.end().to_usize()).unwrap_or_default();
    match rest.find(|c: char| !c.is_whitespace()) {
        Some(space) => Offset::from_usize(sentence.end().to_usize() + space),
        None => next_paragraph(text, at.max(sentence.start())),
    }
}

/// The start of the last sentence that begins before `at`; 0 if there is none.
///
/// ```
/// use rubricator::text::{Offset, Text, previous_sentence};
/// assert_eq!(previous_sentence(&Text::new("One. Two."), Offset::new(7)), Offset::new(5));
/// ```
#[must_use]
pub fn previous_sentence(text: &Text, at: Offset) -> Offset {
    let before = text.get(..text.floor(at).to_usize()).unwrap_or_default();
    before
        .char_indices()
        .rev()
        .find(|(_, c)| !c.is_whitespace())
        .and_then(|(byte, _)| sentence_at(text, Offset::from_usize(byte)))
        .map_or(Offset::ZERO, Span::start)
}

/// Where one sentence ends and the next begins, in bytes of the paragraph.
struct End {
    end: usize,
    next: usize,
}

/// The end of the sentence whose terminator `mark` stands at `at`; `None` if no sentence ends there.
///
/// The end of the paragraph is not reported: it ends a sentence with or without a terminator.
fn end_at(paragraph: &str, at: usize, mark: char) -> Option<End> {
    if !is_terminator(mark) {
        return None;
    }
    let closed = close(paragraph, at + mark.len_utf8());
    let rest = paragraph.get(closed.end..)?;
    let opening = rest.trim_start();
    let space = rest.len() - opening.len();
    let first = opening.chars().next()?;
    // SB8a: of a run of terminators the last decides, and a comma or a dash goes on with the sentence.
    if is_terminator(first) && (space == 0 || first != '…') || is_continuation(first) {
        return None;
    }
    if space == 0 && !(is_full_width(mark) || is_cjk(first) && mark != '.') {
        return None;
    }
    // 「…。」と言った: the particle quotes what stands before it.
    if closed.quoted && space == 0 && matches!(first, 'と' | 'っ') {
        return None;
    }
    let following = opening.trim_start_matches(is_opener);
    let goes_on = following.starts_with(char::is_lowercase);
    let ends = if mark == '.' && char_before(paragraph, at) != Some('.') {
        // SB8, and the abbreviations, which UAX #29 leaves to tailoring.
        !goes_on && (closed.quoted || !ends_in_abbreviation(paragraph.get(..at)?, following))
    } else if matches!(mark, '.' | '…') {
        !goes_on
    } else {
        // UAX #29 ends a sentence after `"No!"` whatever follows; in news, `he said` or `Bo asked` does.
        !(closed.any && goes_on || closed.quoted && is_attribution(following))
    };
    ends.then_some(End { end: closed.end, next: closed.end + space })
}

/// The quotes, brackets and footnote marks that stay with the sentence before them.
struct Closed {
    end: usize,
    any: bool,
    quoted: bool,
}

fn close(paragraph: &str, from: usize) -> Closed {
    let mut closed = Closed { end: from, any: false, quoted: false };
    while let Some(c) = char_after(paragraph, closed.end) {
        if is_closer(c) {
            closed.quoted |= !matches!(c, ')' | ']' | '}' | '）' | '］' | '*' | '_');
            closed.end += c.len_utf8();
        } else if let Some(mark) = footnote_mark(paragraph.get(closed.end..).unwrap_or_default()) {
            // UAX #29 would cut "[1]" after its bracket.
            closed.end += mark;
            continue;
        } else if let Some(guillemet) = spaced_guillemet(paragraph.get(closed.end..).unwrap_or_default()) {
            closed.quoted = true;
            closed.end += guillemet;
        } else {
            break;
        }
        closed.any = true;
    }
    closed
}

/// The length of a footnote mark such as "[12]".
fn footnote_mark(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('[')?;
    let digits = inside.bytes().take(4).take_while(u8::is_ascii_digit).count();
    (0 < digits && inside.as_bytes().get(digits) == Some(&b']')).then_some(digits + 2)
}

/// The length of white space and the guillemet that closes a French quotation; before a letter it opens a German one.
fn spaced_guillemet(rest: &str) -> Option<usize> {
    let mut characters = rest.chars();
    let space = characters.next().filter(|c| matches!(c, ' ' | '\u{A0}' | '\u{202F}'))?;
    let guillemet = characters.next().filter(|&c| c == '»')?;
    let closes = characters.next().is_none_or(|c| c.is_whitespace() || !c.is_alphanumeric() && !is_opener(c));
    closes.then_some(space.len_utf8() + guillemet.len_utf8())
}

/// Sentence terminators: the classes ATerm and STerm of the scripts that news is written in, and the ellipsis.
const fn is_terminator(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '‼'
            | '‽'
            | '⁇'
            | '⁈'
            | '⁉'
            | '\u{589}'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '။'
            | '።'
            | '፧'
            | '។'
    ) || is_full_width(c)
}

/// Terminators that no space follows.
const fn is_full_width(c: char) -> bool {
    matches!(c, '。' | '．' | '！' | '？' | '｡' | '﹒' | '﹖' | '﹗')
}

/// What goes on with the sentence after a terminator: the class SContinue.
const fn is_continuation(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '-' | '–' | '—' | '،' | '؛' | '、' | '，' | '：' | '；')
}

/// What closes a sentence when it follows a terminator directly; German closes with what English opens with.
const fn is_closer(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '“' | '’' | '‘' | '»' | '«' | '›' | '‹' | '″' | ')' | ']' | '}' | '*' | '_'
    ) || matches!(c, '」' | '』' | '）' | '】' | '》' | '〉' | '］' | '＂')
}

/// What may stand before the first word of a sentence.
const fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '„'
            | '‘'
            | '‚'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
            | '*'
            | '_'
    ) || matches!(c, '「' | '『' | '（' | '【' | '《' | '〈' | '［' | ' ' | '\u{A0}' | '\u{202F}')
}
