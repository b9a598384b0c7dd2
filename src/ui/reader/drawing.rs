//! From the scene to the painter: what a block's pieces look like.
//! Lines lie one a lane below the text, over a tint of the innermost label; names stand where annotations start.

use crate::{
    app::Session,
    browser::painter,
    model::Codebook,
    scene::{self, Piece},
    text::{Block, BlockKind, Span, Text, add_item},
    ui::colour::{self, Line},
};

/// The height of a lane and the thickness of its line, in CSS pixels.
const LANE: u32 = 3;
const THICKNESS: u32 = 2;

/// What the painter has to know of each block.
pub fn specs(text: &Text, blocks: &[Block]) -> Vec<painter::BlockSpec> {
    let utf16 = |offset| text.to_utf16(offset).get();
    let spec = |block: &Block| painter::BlockSpec {
        tag: match block.kind {
            BlockKind::Heading => painter::BlockTag::H2,
            BlockKind::Paragraph => painter::BlockTag::P,
            BlockKind::ListItem => painter::BlockTag::Li,
        },
        start: utf16(block.span.start()),
        length: utf16(block.span.end()).saturating_sub(utf16(block.span.start())),
        gap: block.gap,
    };
    blocks.iter().map(spec).collect()
}

/// The pieces of a block of the open document.
pub fn pieces(session: &Session, block: Span) -> Vec<painter::Piece<'_>> {
    let (Some(open), Some(body)) = (session.open(), session.body()) else { return Vec::new() };
    let codebook = &session.state().project().codebook;
    let painted = |piece: &Piece| painter::Piece {
        text: open.text.slice(piece.span).unwrap_or_default(),
        mark: (!piece.marks.is_empty()).then(|| mark(session, codebook, piece)),
    };
    // The lifetime of the text is the session's, so the pieces borrow nothing else.
    scene::pieces(block, body).iter().map(painted).collect()
}

fn mark(session: &Session, codebook: &Codebook, piece: &Piece) -> painter::Mark {
    let lanes = piece.marks.iter().map(|mark| u32::from(mark.lane) + 1).max().unwrap_or(1);
    let background = background(codebook, piece, lanes);
    let mut drawn = painter::Mark { background, lanes, ..painter::Mark::default() };
    for mark in &piece.marks {
        add_item(&mut drawn.annotations, " ", &mark.annotation.to_string());
        add_item(&mut drawn.labels, " ", &mark.label);
        if !mark.first {
            continue;
        }
        let label = codebook.label(&mark.label);
        add_item(&mut drawn.names, " · ", label.map_or(&mark.label, |label| &label.short));
        if let Some(annotation) = session.body().and_then(|body| body.annotation(mark.annotation)) {
            add_item(&mut drawn.description, "; ", &session.describe_mark(annotation));
        }
    }
    drawn
}

fn background(codebook: &Codebook, piece: &Piece, lanes: u32) -> String {
    let mut layers = String::new();
    for mark in &piece.marks {
        let (shade, line) = colour::of_label(codebook, &mark.label);
        let image = match line {
            Line::Solid => format!("linear-gradient({shade} 0 0)"),
            Line::Dashed => format!("repeating-linear-gradient(90deg, {shade} 0 7px, transparent 7px 10px)"),
            Line::Dotted => format!("repeating-linear-gradient(90deg, {shade} 0 3px, transparent 3px 5px)"),
        };
        let up = (lanes - 1 - u32::from(mark.lane).min(lanes - 1)) * LANE;
        let layer = format!("{image} 0 calc(100% - {up}px) / 100% {THICKNESS}px no-repeat");
        add_item(&mut layers, ", ", &layer);
    }
    let inner = piece.marks.last().map(|mark| colour::of_label(codebook, &mark.label).0).unwrap_or_default();
    add_item(&mut layers, ", ", &format!("color-mix(in oklab, {inner} var(--tint), transparent)"));
    layers
}
