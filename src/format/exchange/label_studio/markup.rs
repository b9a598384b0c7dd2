//! The tags and the text between them of XML and HTML, as far as labeling configurations and marked-up texts need them.
//! Nothing is ever looked up outside, and entities are those of HTML's basic set and numbers. Linear in the text.

/// A piece of a marked-up text.
pub(super) enum Piece<'a> {
    /// A tag that opens an element, or stands for an empty one: its name and the rest of it.
    Open(&'a str, &'a str),
    /// A tag that closes an element.
    Close,
    /// What stands between tags, entities as they are written.
    Text(&'a str),
}

/// The pieces of a text. Comments, declarations, scripts and styles are passed over.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            if rest.is_empty() {
                return None;
            }
            let is_tag = |after: &str| {
                after.starts_with(|next: char| next.is_ascii_alphabetic() || "/!?".contains(next))
            };
            if !rest.strip_prefix('<').is_some_and(is_tag) {
                let end =
                    rest.char_indices().skip(1).find(|(_, one)| *one == '<').map_or(rest.len(), |(at, _)| at);
                let (piece, after) = rest.split_at(end);
                rest = after;
                return Some(Piece::Text(piece));
            }
            let passed = if rest.starts_with("<!--") { after(rest, "-->") } else { None };
            if let Some(after) = passed {
                rest = after;
                continue;
            }
            let end = tag_end(rest);
            let (tag, after_tag) = rest.split_at(end);
            rest = after_tag;
            let inside = tag.trim_start_matches('<').trim_end_matches('>');
            if inside.starts_with('/') {
                return Some(Piece::Close);
            }
            if inside.starts_with(['!', '?']) {
                continue;
            }
            let length = inside.find(|one: char| one.is_whitespace() || one == '/').unwrap_or(inside.len());
            let (name, attributes) = inside.split_at(length);
            for (raw, end) in [("script", "</script"), ("style", "</style")] {
                if name.eq_ignore_ascii_case(raw) {
                    rest = rest.find(end).and_then(|at| rest.get(at..)).unwrap_or_default();
                }
            }
            return Some(Piece::Open(name, attributes));
        }
    })
}

fn after<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    text.get(text.find(end)? + end.len()..)
}

/// Where the tag ends that the text begins with; a `>` inside quotation marks does not end it.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}

/// The value of an attribute of a tag.
pub(super) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes;
    while let Some(at) = rest.find('=') {
        let (key, after) = (rest.get(..at)?.trim(), rest.get(at + 1..)?.trim_start());
        let quote = after.chars().next().filter(|one| matches!(one, '"' | '\''))?;
        let value = after.get(1..)?;
        let end = value.find(quote)?;
        if key.trim_start_matches('/').trim() == name {
            return Some(decode(value.get(..end)?));
        }
        rest = value.get(end + 1..)?;
    }
    None
}

/// The text with its entities resolved; an entity that is not known stays as it is written.
pub(super) fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, entity) = rest.split_at(at);
        decoded.push_str(before);
        let end = entity.bytes().take(12).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(entity.get(1..end)?)?, end))) {
            Some((character, end)) => {
                decoded.push(character);
                rest = entity.get(end + 1..).unwrap_or_default();
            }
            None => {
                decoded.push('&');
                rest = entity.get(1..).unwrap_or_default();
            }
        }
    }
    decoded + rest
}

fn character(entity: &str) -> Option<char> {
    match entity {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        _ => {
            let number = entity.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}
