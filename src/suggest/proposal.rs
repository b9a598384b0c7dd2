//! What the names of the registry propose in a text: places that speak of an actor and are not tagged yet. Proposed and
//! never done; what was refused is not proposed again.

use std::collections::BTreeSet;

use super::dictionary::{By, Dictionary, Known};
use crate::model::{ActorId, Body, Codebook};
use crate::text::{Span, Text, order};

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

/// What is proposed of the places where known names stand, which are those of [`Dictionary::places`] for the whole text:
/// the longest of those that overlap, none that is tagged as an actor or was refused. Of several actors of one name those
/// come first who are spoken of in the text. Cost: O(k log n) for k places and n annotations.
pub fn proposals(
    dictionary: &Dictionary,
    known: &[Known],
    text: &Text,
    body: &Body,
    codebook: &Codebook,
    refused: &[Span],
) -> Vec<Proposal> {
    let tagged = body.annotations().filter_map(|annotation| annotation.actor);
    let named = known.iter().filter(|one| one.by == By::Name).map(|one| one.actor);
    let tagged: BTreeSet<ActorId> = order::set(tagged);
    let here: BTreeSet<ActorId> = order::set(tagged.iter().copied().chain(named));
    let is_tagged = |span: Span| {
        body.overlapping(span).iter().filter_map(|(_, id)| body.annotation(*id)).any(|annotation| {
            annotation.fragments.overlap(span)
                && codebook.label(&annotation.label).is_some_and(|label| label.names_actor)
        })
    };
    let speaks =
        |one: &&Known| one.by == By::Name || here.contains(&one.actor) && dictionary.tells(text, **one);
    let mut proposals: Vec<Proposal> = Vec::new();
    for one in known.iter().filter(speaks) {
        if let Some(last) = proposals.last_mut().filter(|last| one.span.overlaps(last.span)) {
            // Of one place each bearer of the name is offered.
            if last.span == one.span && !last.actors.contains(&one.actor) {
                last.actors.push(one.actor);
            }
        } else {
            proposals.push(Proposal { span: one.span, actors: vec![one.actor] });
        }
    }
    proposals.retain(|one| !refused.contains(&one.span) && !is_tagged(one.span));
    for one in &mut proposals {
        // A stable sort: others stay in the order of their ids.
        order::sort_by_key(&mut one.actors, |actor| !tagged.contains(actor));
        one.actors.truncate(OFFERED);
    }
    proposals
}
