//! What the names of the registry propose in a text: places that speak of an actor and are not tagged yet. Proposed and
//! never done; what was refused is not proposed again.

use std::collections::BTreeSet;

use super::dictionary::{By, Dictionary, Known};
use crate::model::{ActorId, Body, Codebook};
use crate::text::{Offset, Span, Text, order};

/// The most actors of one name between whom is chosen: one a digit.
const OFFERED: usize = 9;

/// A place that speaks of an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Where.
    pub span: Span,
    /// Who may be meant, the likeliest first; never empty.
    pub actors: Vec<ActorId>,
}

/// What the whole of a text says about each proposal in it: who is spoken of, and what was refused.
#[derive(Clone, Debug, Default)]
pub struct Grounds {
    tagged: BTreeSet<ActorId>,
    named: BTreeSet<ActorId>,
    refused: BTreeSet<Span>,
}

impl Grounds {
    /// Of a text in which known names stand at these places, which are those of [`Dictionary::places`] for the whole
    /// text. Cost: O((k + n + r) log k) for k places, n annotations and r refused ones.
    pub fn new(known: &[Known], body: &Body, refused: Vec<Span>) -> Self {
        let named = known.iter().filter(|one| one.by == By::Name).map(|one| one.actor);
        Self {
            tagged: order::set(body.annotations().filter_map(|annotation| annotation.actor)),
            named: order::set(named),
            refused: order::set(refused),
        }
    }

    fn speak_of(&self, actor: ActorId) -> bool {
        self.tagged.contains(&actor) || self.named.contains(&actor)
    }

    /// What is proposed of a piece of the places, see [`piece`]: the longest of those that overlap, none that is tagged
    /// as an actor or was refused. Of several actors of one name those come first who are tagged in the text. What is
    /// proposed of each piece is together what is proposed of all. Cost: O(p log n) for p places and n annotations.
    pub fn proposals(
        &self,
        dictionary: &Dictionary,
        piece: &[Known],
        text: &Text,
        body: &Body,
        codebook: &Codebook,
    ) -> Vec<Proposal> {
        let is_tagged = |span: Span| {
            body.overlapping(span).iter().filter_map(|(_, id)| body.annotation(*id)).any(|annotation| {
                annotation.fragments.overlap(span)
                    && codebook.label(&annotation.label).is_some_and(|label| label.names_actor)
            })
        };
        let speaks =
            |one: &&Known| one.by == By::Name || self.speak_of(one.actor) && dictionary.tells(text, **one);
        let mut proposals: Vec<Proposal> = Vec::new();
        for one in piece.iter().filter(speaks) {
            if let Some(last) = proposals.last_mut().filter(|last| one.span.overlaps(last.span)) {
                // Of one place each bearer of the name is offered.
                if last.span == one.span && !last.actors.contains(&one.actor) {
                    last.actors.push(one.actor);
                }
            } else {
                proposals.push(Proposal { span: one.span, actors: vec![one.actor] });
            }
        }
        proposals.retain(|one| !self.refused.contains(&one.span) && !is_tagged(one.span));
        for one in &mut proposals {
            // A stable sort: others stay in the order of their ids.
            order::sort_by_key(&mut one.actors, |actor| !self.tagged.contains(actor));
            one.actors.truncate(OFFERED);
        }
        proposals
    }
}

/// The first of these places, as many as wanted and what overlaps with them: what is proposed of them does not depend
/// on what follows. Empty where there are none.
pub fn piece(known: &[Known], wanted: usize) -> &[Known] {
    let mut end = Offset::ZERO;
    let ends = known.iter().enumerate().position(|(at, one)| {
        let is_apart = end <= one.span.start();
        end = end.max(one.span.end());
        wanted <= at && 0 < at && is_apart
    });
    known.get(..ends.unwrap_or(known.len())).unwrap_or(known)
}
