//! What a link may lead to, nearest first.
//! An actor is offered once, whatever the text calls it: as what is linked already, else by the nearest mention.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::WINDOW;
use crate::model::{Actor, ActorId, Annotation, AnnotationId, Body, RelationType, Target};
use crate::text::{Span, Text, order};

/// One thing a link may lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The link's other end.
    pub target: Target,
    /// The registry entry's canonical name, else the words the annotation lies on, of any length.
    pub name: String,
    /// The characters between the two, in code points, 0 where they overlap or touch; `None` for an actor without a
    /// mention nearby.
    pub distance_code_points: Option<u32>,
    /// A link of this type leads there already.
    pub already: bool,
}

/// What a link of a type may lead to from an annotation, nearest first, at most `limit`.
///
/// The distance is that between the envelopes of both annotations, so that whoever interrupts a quotation is at no
/// distance from it; equally near ones come in the order of the text. Mentions of one registry entry are offered
/// once. After them come the registry's other actors, if the type may lead to one: those that links of this document
/// lead to most often first, then by name.
///
/// Looks at the 256 annotations before and the 256 after it in the order of the text and at no others, so a mention
/// farther away is found only through the registry. Cost: O(log n) for n annotations, and O(a log a) for a actors.
pub fn candidates(
    body: &Body,
    text: &Text,
    from: AnnotationId,
    relation: &RelationType,
    actors: &BTreeMap<ActorId, Actor>,
    limit: usize,
) -> Vec<Candidate> {
    let Some(start) = body.annotation(from).filter(|start| relation.from.contains(&start.label)) else {
        return Vec::new();
    };
    // What each linked thing is linked as: an actor by its entry or by one of its mentions.
    let linked: Vec<(Target, Target)> = body
        .from(from)
        .filter(|link| link.kind == relation.key)
        .map(|link| (meant(link.to, body, actors), link.to))
        .collect();
    let offer = |meant: Target, otherwise: Target, name: String, distance_code_points| {
        let target = linked.iter().rev().find(|(linked, _)| *linked == meant).map(|(_, target)| *target);
        Candidate {
            target: target.unwrap_or(otherwise),
            name,
            distance_code_points,
            already: target.is_some(),
        }
    };

    let mut offered: Vec<Target> = Vec::new();
    let mut found = Vec::new();
    for (distance, other) in nearest_first(body, text, start) {
        if found.len() == limit {
            return found;
        }
        let Some(other) = body.annotation(other).filter(|other| relation.joins(&start.label, &other.label))
        else {
            continue;
        };
        let mention = Target::Annotation(other.id);
        let meant = meant_by(other, actors).unwrap_or(mention);
        if order::put(&mut offered, meant) {
            found.push(offer(meant, mention, name(other, text, actors), Some(distance)));
        }
    }
    if relation.to_registry && found.len() < limit {
        let mut others: Vec<_> = actors
            .values()
            .filter(|actor| offered.binary_search(&Target::Actor(actor.id)).is_err())
            .map(|actor| (Reverse(body.to(Target::Actor(actor.id)).count()), actor.name.as_str(), actor.id))
            .collect();
        order::sort(&mut others);
        found.extend(
            others
                .into_iter()
                .take(limit - found.len())
                .map(|(_, name, id)| offer(Target::Actor(id), Target::Actor(id), name.to_owned(), None)),
        );
    }
    found.truncate(limit);
    found
}

/// The other annotations in the window, with their distances. Records are left alone: finding one is what costs.
fn nearest_first(body: &Body, text: &Text, start: &Annotation) -> Vec<(u32, AnnotationId)> {
    let Some(rank) = body.rank(start.id) else {
        return Vec::new();
    };
    let order = body.order();
    let window = rank.saturating_sub(WINDOW)..order.len().min(rank + 1 + WINDOW);
    let envelope = start.fragments.envelope();
    let mut near: Vec<(u32, AnnotationId)> = order
        .get(window)
        .unwrap_or_default()
        .iter()
        .filter(|(_, id)| *id != start.id)
        .map(|(span, id)| (distance_code_points(text, envelope, *span), *id))
        .collect();
    // A stable sort: equally near ones stay in the order of the text.
    order::sort_by_key(&mut near, |(distance, _)| *distance);
    near
}

/// The registry entry behind what a link leads to, else that itself.
fn meant(target: Target, body: &Body, actors: &BTreeMap<ActorId, Actor>) -> Target {
    match target {
        Target::Annotation(id) => {
            body.annotation(id).and_then(|annotation| meant_by(annotation, actors)).unwrap_or(target)
        }
        Target::Actor(_) => target,
    }
}

/// The registry entry behind a mention.
fn meant_by(mention: &Annotation, actors: &BTreeMap<ActorId, Actor>) -> Option<Target> {
    mention.actor.filter(|actor| actors.contains_key(actor)).map(Target::Actor)
}

fn name(annotation: &Annotation, text: &Text, actors: &BTreeMap<ActorId, Actor>) -> String {
    let actor = annotation.actor.and_then(|id| actors.get(&id));
    actor.map_or_else(
        || annotation.fragments.iter().filter_map(|span| text.slice(span)).collect::<Vec<_>>().join(" … "),
        |actor| actor.name.clone(),
    )
}

fn distance_code_points(text: &Text, one: Span, other: Span) -> u32 {
    let (left, right) = if one < other { (one, other) } else { (other, one) };
    let between = |end, start| text.to_code_point(start).get().saturating_sub(text.to_code_point(end).get());
    between(left.end(), right.start())
}
