//! Where the person is: cursor, selection, chosen annotation.
//! The selection always lies on grapheme boundaries inside the text.

use super::{Open, Selection, Session};
use crate::{
    app::{
        command::{Direction, Motion, Unit},
        outcome::{Outcome, Refusal, Stamp},
    },
    model::{Annotation, AnnotationId, Key},
    scene,
    text::{self, Offset, Span},
};

impl Session {
    pub(super) fn move_cursor(&mut self, motion: Motion, extend: bool) -> Result<Outcome, Refusal> {
        let open = self.opened()?;
        let head = destination(open, motion, extend);
        let anchor = if extend { open.selection.anchor } else { head };
        open.selection = Selection { anchor, head };
        open.offer = None;
        Ok(Outcome { reveal: Some(head), ..Outcome::focus() })
    }

    pub(super) fn select(
        &mut self,
        anchor: Offset,
        head: Offset,
        words: bool,
        stamp: &mut Stamp<'_>,
    ) -> Result<Outcome, Refusal> {
        let open = self.opened()?;
        let marked = Selection { anchor, head }.span();
        let snapped = marked.and_then(|span| {
            if words { text::snap_words(&open.text, span) } else { text::snap(&open.text, span) }
        });
        open.offer = None;
        open.selection = match snapped {
            Some(span) if head < anchor => Selection { anchor: span.end(), head: span.start() },
            Some(span) => Selection { anchor: span.start(), head: span.end() },
            None => Selection::at(text::floor_grapheme(&open.text, head)),
        };
        match (self.armed.clone(), snapped) {
            (Some(label), Some(_)) => self.label(label, stamp),
            _ => Ok(Outcome::focus()),
        }
    }

    pub(super) fn select_unit(&mut self, unit: Unit, stamp: &mut Stamp<'_>) -> Result<Outcome, Refusal> {
        let open = self.opened()?;
        let place = open.selection.anchor.min(open.selection.head);
        let selected = open.selection.span();
        let larger = [Unit::Word, Unit::Sentence, Unit::Paragraph];
        let from = larger.iter().position(|one| *one == unit).unwrap_or(0);
        // Behind the last character of the text lies nothing: there the unit that ends is meant.
        let before = text::previous_grapheme(&open.text, place);
        let at = |unit: &Unit| unit_at(open, *unit, place).or_else(|| unit_at(open, *unit, before));
        let wider = larger[from..].iter().filter_map(at).find(|span| {
            selected.is_none_or(|selected| span.contains_span(selected) && span.len() > selected.len())
        });
        let span = wider.or(selected).ok_or(Refusal::OnlyWhiteSpace)?;
        self.select(span.start(), span.end(), false, stamp)
    }

    pub(super) fn click_at(&mut self, place: Offset) -> Result<Outcome, Refusal> {
        let (open, body) = self.loaded()?;
        let here = body.at(place);
        let next = match open.chosen.and_then(|chosen| here.iter().position(|id| *id == chosen)) {
            Some(at) => here.get((at + 1) % here.len()).copied(),
            None => here.first().copied(),
        };
        let open = self.opened()?;
        open.selection = Selection::at(text::floor_grapheme(&open.text, place));
        open.chosen = next;
        open.offer = None;
        Ok(Outcome::focus())
    }

    pub(super) fn choose(&mut self, id: Option<AnnotationId>) -> Result<Outcome, Refusal> {
        let start = match id {
            Some(id) => Some(self.annotation(id)?.fragments.start()),
            None => None,
        };
        let open = self.opened()?;
        open.chosen = id;
        open.offer = None;
        if let Some(start) = start {
            open.selection = Selection::at(start);
        }
        Ok(Outcome { reveal: start, ..Outcome::focus() })
    }

    pub(super) fn step(&mut self, forward: bool) -> Result<Outcome, Refusal> {
        let (open, body) = self.loaded()?;
        let order = body.order();
        let cursor = open.selection.head;
        // From the chosen annotation, unless the cursor has left it.
        let chosen = open
            .chosen
            .and_then(|id| body.annotation(id))
            .filter(|one| one.fragments.start() <= cursor && cursor <= one.fragments.end());
        let next = match chosen.and_then(|chosen| body.rank(chosen.id)) {
            Some(rank) if forward => rank.checked_add(1),
            Some(rank) => rank.checked_sub(1),
            None if forward => Some(order.partition_point(|(span, _)| span.start() < cursor)),
            None => order.partition_point(|(span, _)| span.start() < cursor).checked_sub(1),
        };
        let Some((_, id)) = next.and_then(|at| order.get(at)).copied() else {
            let end = if forward { "No annotation follows" } else { "No annotation comes before" };
            return Ok(Outcome::default().saying(end));
        };
        let description = body.annotation(id).map(|annotation| self.describe(annotation)).unwrap_or_default();
        Ok(self.choose(Some(id))?.saying(description))
    }

    pub(super) fn escape(&mut self) -> Result<Outcome, Refusal> {
        let armed = self.armed.is_some();
        if let Some(open) = &mut self.open {
            if open.offer.take().is_some() {
                return Ok(Outcome::focus());
            }
            if !armed {
                if open.selection.span().is_some() {
                    open.selection = Selection::at(open.selection.head);
                } else {
                    open.chosen = None;
                }
            }
        }
        self.armed = None;
        Ok(Outcome::focus())
    }

    pub(super) fn arm(&mut self, key: Option<Key>) -> Result<Outcome, Refusal> {
        let said = match &key {
            Some(key) => {
                let label = self
                    .state
                    .project()
                    .codebook
                    .label(key)
                    .ok_or_else(|| Refusal::NotInCodebook(key.to_string()))?;
                format!("Every selection becomes: {}. Esc ends this.", label.name)
            }
            None => "Selections are no longer tagged at once.".to_owned(),
        };
        self.armed = key;
        Ok(Outcome::focus().saying(said))
    }

    /// An annotation in words, with the passage it lies on.
    pub fn describe(&self, annotation: &Annotation) -> String {
        let quoted = self.open().and_then(|open| open.text.slice(annotation.fragments.envelope()));
        format!("{}: {}", self.describe_mark(annotation), quoted.unwrap_or_default())
    }

    /// An annotation in words: its label, its actor, its links.
    pub fn describe_mark(&self, annotation: &Annotation) -> String {
        let Ok((open, body)) = self.loaded() else { return String::new() };
        let codebook = &self.state.project().codebook;
        scene::describe(annotation, body, &open.text, self.state.actors(), codebook)
    }
}

fn destination(open: &Open, motion: Motion, extend: bool) -> Offset {
    let (text, head) = (&open.text, open.selection.head);
    match motion {
        Motion::To(place) => text::floor_grapheme(text, place),
        Motion::Text(Direction::Back) => Offset::ZERO,
        Motion::Text(Direction::Forward) => text.len(),
        Motion::Block(direction) => text::paragraph_at(text, head).map_or(head, |block| match direction {
            Direction::Back => block.start(),
            Direction::Forward => block.end(),
        }),
        // A plain arrow leaves the selection at the end it points to.
        Motion::By(Unit::Character, direction) if !extend && open.selection.span().is_some() => {
            open.selection.span().map_or(head, |selected| match direction {
                Direction::Back => selected.start(),
                Direction::Forward => selected.end(),
            })
        }
        Motion::By(unit, Direction::Back) => match unit {
            Unit::Character => text::previous_grapheme(text, head),
            // In Thai a word of UAX #29 may begin inside a grapheme cluster.
            Unit::Word => text::floor_grapheme(text, text::previous_word(text, head)),
            Unit::Sentence => text::previous_sentence(text, head),
            Unit::Paragraph => text::previous_paragraph(text, head),
        },
        Motion::By(unit, Direction::Forward) => match unit {
            Unit::Character => text::next_grapheme(text, head),
            Unit::Word => {
                let end = text::next_word(text, head);
                if text::is_grapheme_boundary(text, end) { end } else { text::next_grapheme(text, end) }
            }
            Unit::Sentence => text::next_sentence(text, head),
            Unit::Paragraph => text::next_paragraph(text, head),
        },
    }
}

fn unit_at(open: &Open, unit: Unit, place: Offset) -> Option<Span> {
    match unit {
        Unit::Character => Span::new(place, text::next_grapheme(&open.text, place)),
        Unit::Word => text::word_at(&open.text, place),
        Unit::Sentence => text::sentence_at(&open.text, place).map(|span| without_mark(open, span)),
        Unit::Paragraph => text::paragraph_at(&open.text, place),
    }
}

/// A sentence at the start of a block, without the mark that makes it a list item or a heading.
fn without_mark(open: &Open, sentence: Span) -> Span {
    let block = open.blocks.binary_search_by(|block| block.span.start().cmp(&sentence.start()));
    let block = block.ok().and_then(|at| open.blocks.get(at));
    let start = block.map(|block| text::words_start(open.text.as_str(), block));
    start.and_then(|start| Span::new(start, sentence.end())).unwrap_or(sentence)
}
