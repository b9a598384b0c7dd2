//! Where an annotation lies: moving its ends, adding and taking away fragments. Links always stay.

use super::{Selection, Session};
use crate::{
    app::{
        command::Edge,
        outcome::{Outcome, Refusal, Stamp},
    },
    model::{AnnotationId, Fragments, What},
    text::{Offset, Span, next_end, next_start, previous_end, previous_start, snap},
};

impl Session {
    pub(super) fn resize(
        &mut self,
        edge: Edge,
        outward: bool,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let annotation = self.chosen().ok_or(Refusal::NothingChosen)?;
        let (id, fragments) = (annotation.id, annotation.fragments.clone());
        let text = self.loaded()?.0.text.clone();
        let moved = match edge {
            Edge::Start if outward => {
                previous_start(&text, fragments.start()).map(|start| fragments.with_start(start))
            }
            Edge::Start => next_start(&text, fragments.start()).map(|start| fragments.with_start(start)),
            Edge::End if outward => next_end(&text, fragments.end()).map(|end| fragments.with_end(end)),
            Edge::End => previous_end(&text, fragments.end()).map(|end| fragments.with_end(end)),
        };
        let fragments = moved.flatten().ok_or(Refusal::CannotResize)?;
        let place = if edge == Edge::Start { fragments.start() } else { fragments.end() };
        let mut outcome = self.reshape(id, fragments, stamp)?;
        outcome.reveal = Some(place);
        Ok(outcome)
    }

    pub(super) fn resize_to(
        &mut self,
        id: AnnotationId,
        fragment: usize,
        edge: Edge,
        to: Offset,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let text = self.loaded()?.0.text.clone();
        let spans: Vec<Span> = self.annotation(id)?.fragments.iter().collect();
        let old = spans.get(fragment).copied().ok_or(Refusal::Gone)?;
        let to = text.floor(to.min(text.len()));
        let moved = match edge {
            Edge::Start => Span::new(to, old.end()),
            Edge::End => Span::new(old.start(), to),
        };
        let moved = moved.and_then(|span| snap(&text, span)).ok_or(Refusal::CannotResize)?;
        let others = spans.iter().enumerate().filter(|(at, _)| *at != fragment).map(|(_, span)| *span);
        let fragments = Fragments::new(others.chain([moved])).ok_or(Refusal::CannotResize)?;
        self.reshape(id, fragments, stamp)
    }

    pub(super) fn add_fragment(&mut self, stamp: &mut Stamp<'_>) -> Result<Outcome, Refusal> {
        let (open, _) = self.loaded()?;
        let selected = open.selection.span().ok_or(Refusal::NothingSelected)?;
        let span = snap(&open.text, selected).ok_or(Refusal::OnlyWhiteSpace)?;
        let annotation = self.chosen().ok_or(Refusal::NothingChosen)?;
        let (id, fragments) = (annotation.id, annotation.fragments.with(span));
        if fragments == annotation.fragments {
            return Err(Refusal::AlreadyThere);
        }
        let count = fragments.count();
        let outcome = self.reshape(id, fragments, stamp)?;
        self.opened()?.selection = Selection::at(span.end());
        Ok(outcome.saying(if count == 1 {
            "Made longer".to_owned()
        } else {
            format!("Added; the annotation has {count} parts")
        }))
    }

    pub(super) fn remove_fragment(
        &mut self,
        fragment: Option<usize>,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let annotation = self.chosen().ok_or(Refusal::NothingChosen)?;
        let span = match fragment {
            Some(fragment) => annotation.fragments.iter().nth(fragment).ok_or(Refusal::Gone)?,
            None => self.loaded()?.0.selection.span().ok_or(Refusal::NothingSelected)?,
        };
        if !annotation.fragments.overlap(span) {
            return Err(Refusal::NotCovered);
        }
        let text = &self.loaded()?.0.text;
        let left = annotation.fragments.without(span).ok_or(Refusal::NothingLeft)?;
        let left = Fragments::new(left.iter().filter_map(|part| snap(text, part)));
        let (id, left) = (annotation.id, left.ok_or(Refusal::NothingLeft)?);
        let count = left.count();
        let outcome = self.reshape(id, left, stamp)?;
        Ok(outcome.saying(match count {
            1 => "Taken away; the annotation has one part".to_owned(),
            _ => format!("Taken away; the annotation has {count} parts"),
        }))
    }

    fn reshape(
        &mut self,
        id: AnnotationId,
        fragments: Fragments,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let mut outcome =
            self.change_annotation(What::Reshape, id, stamp, |annotation| annotation.fragments = fragments)?;
        outcome.changed.focus = true;
        Ok(outcome)
    }
}
