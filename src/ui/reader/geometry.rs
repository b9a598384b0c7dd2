//! Where things that float over the text belong: cursor, handles, palette. In CSS pixels from the surface's corner.

use crate::{
    app::{Edge, Session},
    browser::{
        Surface,
        selection::{self, Rect},
    },
    model::AnnotationId,
    text::Offset,
};

/// The most fragments whose ends get handles, so that a click stays quick.
const MOST_HANDLES: usize = 8;

/// Where things belong; nothing where there is nothing to show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Geometry {
    /// The reading cursor.
    pub caret: Option<Spot>,
    /// Whether text is selected, so that there is no cursor to be shown.
    pub selected: bool,
    /// The selected text, for the palette; only where that is wanted.
    pub selection: Option<Passage>,
    /// The annotation that an offer is for.
    pub offer: Option<Passage>,
    /// The ends of the chosen annotation's fragments.
    pub handles: Vec<Handle>,
    /// The width of the surface.
    pub width: f64,
    /// The top and bottom edge of what can be seen of it.
    pub view: (f64, f64),
}

/// The first and the last line of a passage, each where it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Passage {
    /// The first line.
    pub first: Spot,
    /// The last line, which may be the same.
    pub last: Spot,
}

/// A line's height at a place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spot {
    /// From the left edge of the surface.
    pub left: f64,
    /// From its top edge.
    pub top: f64,
    /// The height of the line there.
    pub height: f64,
}

/// A grip at an end of a fragment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handle {
    /// The annotation.
    pub annotation: AnnotationId,
    /// Which fragment, counted from 0.
    pub fragment: usize,
    /// Which end of it.
    pub edge: Edge,
    /// Where.
    pub spot: Spot,
}

impl Geometry {
    /// Measures where a session's things belong on the surface that shows it.
    pub fn measure(session: &Session, surface: &Surface) -> Self {
        let Some(open) = session.open() else { return Self::default() };
        let frame = surface.frame();
        let utf16 = |offset: Offset| open.text.to_utf16(offset).get();
        let spot = |rect: Rect, left: f64| Spot {
            left: left - frame.left,
            top: rect.top - frame.top,
            height: rect.height,
        };
        let at = |offset: Offset| {
            let place = selection::rect_of(surface, utf16(offset), utf16(offset))?;
            Some(spot(place.first, place.first.left))
        };
        let passage = |start: Offset, end: Offset| {
            let place = selection::rect_of(surface, utf16(start), utf16(end))?;
            Some(Passage {
                first: spot(place.first, place.first.left),
                last: spot(place.last, place.last.left),
            })
        };
        let selected = open.selection.span().and_then(|span| passage(span.start(), span.end()));
        let offer = open.offer.as_ref().and_then(|offer| session.body()?.annotation(offer.from));
        let mut handles = Vec::new();
        if let (Some(chosen), None) = (session.chosen(), open.selection.span()) {
            for (fragment, span) in chosen.fragments.iter().enumerate().take(MOST_HANDLES) {
                let place = selection::rect_of(surface, utf16(span.start()), utf16(span.end()));
                let Some(place) = place else { continue };
                let ends = [
                    (Edge::Start, spot(place.first, place.first.left)),
                    (Edge::End, spot(place.last, place.last.right())),
                ];
                handles.extend(ends.map(|(edge, spot)| Handle {
                    annotation: chosen.id,
                    fragment,
                    edge,
                    spot,
                }));
            }
        }
        Self {
            caret: at(open.selection.head),
            selected: selected.is_some(),
            selection: selected,
            offer: offer
                .and_then(|annotation| passage(annotation.fragments.start(), annotation.fragments.end())),
            handles,
            width: frame.width,
            view: surface
                .view()
                .map_or_else(Default::default, |(top, bottom)| (top - frame.top, bottom - frame.top)),
        }
    }
}
