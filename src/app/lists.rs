//! What lists show and in which order: plain functions over the session.

use std::collections::BTreeMap;

use super::session::Session;
use crate::{
    model::{Actor, ActorId, Annotation, AnnotationId, Key},
    text::{fold, order},
};

/// The registry by name.
pub fn in_name_order(actors: &BTreeMap<ActorId, Actor>) -> Vec<&Actor> {
    let mut named: Vec<(String, &Actor)> = actors.values().map(|actor| (fold(&actor.name), actor)).collect();
    // Actors come by id, and those of one name keep that order.
    order::sort_by(&mut named, |(one, _), (other, _)| one.cmp(other));
    named.into_iter().map(|(_, actor)| actor).collect()
}

/// The open document's annotations in the order of the text: those of a label, and those whose text, actor or note
/// hold the words, whatever their case. Without words the cost is that of a copy.
pub fn annotations_matching(session: &Session, label: Option<&Key>, words: &str) -> Vec<AnnotationId> {
    let (Some(open), Some(body)) = (session.open(), session.body()) else { return Vec::new() };
    if label.is_none() && words.is_empty() {
        return body.order().iter().map(|(_, id)| *id).collect();
    }
    let words = fold(words);
    let holds = |text: &str| fold(text).contains(&words);
    let matches = |annotation: &&Annotation| {
        if label.is_some_and(|label| annotation.label != *label) {
            return false;
        }
        if words.is_empty() {
            return true;
        }
        let actor = annotation.actor.and_then(|actor| session.state().actors().get(&actor));
        actor.is_some_and(|actor| actor.names().any(holds))
            || holds(open.text.slice(annotation.fragments.envelope()).unwrap_or_default())
            || holds(&annotation.note)
    };
    body.annotations().filter(matches).map(|annotation| annotation.id).collect()
}
