//! Which places of which text are drawn as suggestions; the painter asks for them block by block.

use std::cell::RefCell;

use crate::{
    app::Session,
    browser::painter::{Drawn, suggested::Stretch},
    model::DocumentId,
    text::Span,
};

thread_local! {
    static SHOWN: RefCell<Shown> = const { RefCell::new(Shown { document: None, spans: Vec::new(), current: None }) };
}

struct Shown {
    document: Option<DocumentId>,
    /// In the order of the text; they do not overlap.
    spans: Vec<Span>,
    current: Option<Span>,
}

/// What names a suggestion in the page: its place in the text, in bytes.
pub fn id_of(span: Span) -> String {
    format!("{}-{}", span.start().byte(), span.end().byte())
}

/// Sets what is drawn from now on; answers the places at which something changes.
pub fn set(document: Option<DocumentId>, spans: Vec<Span>) -> Vec<Span> {
    SHOWN.with_borrow_mut(|shown| {
        let mut before = std::mem::replace(&mut shown.spans, spans);
        if std::mem::replace(&mut shown.document, document) != document {
            before.clear();
        }
        differing(&before, &shown.spans)
    })
}

/// What is in only one of two sorted lists. Cost: O(n).
fn differing(some: &[Span], others: &[Span]) -> Vec<Span> {
    let (mut some, mut others) = (some.iter().peekable(), others.iter().peekable());
    let mut differing = Vec::new();
    loop {
        match (some.peek(), others.peek()) {
            (None, None) => return differing,
            (Some(one), Some(other)) if one == other => {
                some.next();
                others.next();
            }
            (Some(one), other) if other.is_none_or(|other| one < other) => {
                differing.extend(some.next().copied())
            }
            _ => differing.extend(others.next().copied()),
        }
    }
}

/// Sets which one is looked at.
pub fn set_current(current: Option<Span>) {
    SHOWN.with_borrow_mut(|shown| shown.current = current);
}

/// Draws the suggestions of a block; says whether there are any.
pub fn draw(session: &Session, drawn: &Drawn, block: usize) -> bool {
    let Some(open) = session.open() else { return false };
    let Some(place) = open.blocks.get(block).map(|block| block.span) else { return false };
    let stretches = SHOWN.with_borrow(|shown| {
        if shown.document != Some(open.document) {
            return Vec::new();
        }
        let first = shown.spans.partition_point(|span| span.end() <= place.start());
        let spans = shown.spans.iter().skip(first).take_while(|span| span.start() < place.end());
        let stretch = |span: &Span| Stretch {
            start: open.text.to_utf16(span.start()).get(),
            end: open.text.to_utf16(span.end()).get(),
            id: id_of(*span),
            title: "A known name: click, then accept or refuse".to_owned(),
            current: shown.current == Some(*span),
        };
        spans.map(stretch).collect::<Vec<_>>()
    });
    // What cannot be drawn is still in the list to review.
    !stretches.is_empty() && drawn.suggest(&stretches).is_ok()
}
