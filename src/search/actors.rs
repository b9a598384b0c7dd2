//! What is known of the actors of a registry: how often each is mentioned, what they are said to have made, what is aimed at
//! them, and all passages of one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    find::{Found, Page},
    index::Index,
};
use crate::{
    model::{ActorId, Annotation, Body, Relation, Target},
    text::order,
};

/// What is known of an actor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorFigures {
    /// How many annotations name it.
    pub mentions: usize,
    /// In how many documents it is mentioned or linked to.
    pub documents: usize,
    /// The links that lead to it or to a mention of it, by type and by the label they start from.
    pub links: Vec<LinkFigure>,
}

/// How many links of a kind lead to an actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkFigure {
    /// The key of the relation type.
    pub kind: String,
    /// The key of the label from which they start.
    pub from: String,
    /// How many annotations they start from.
    pub count: usize,
}

/// Some of the passages of an actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Only {
    /// Those that name it.
    Mentions,
    /// Those of a label that are linked to it, or to a mention of it.
    Linked {
        /// The key of the relation type.
        kind: String,
        /// The key of the label.
        from: String,
    },
}

impl ActorFigures {
    /// How many links of a type start from annotations of a label.
    pub fn linked(&self, kind: &str, from: &str) -> usize {
        let found = self.links.iter().find(|link| link.kind == kind && link.from == from);
        found.map_or(0, |link| link.count)
    }

    fn count_link(&mut self, kind: &str, from: &str) {
        match self.links.iter_mut().find(|link| link.kind == kind && link.from == from) {
            Some(link) => link.count += 1,
            None => self.links.push(LinkFigure { kind: kind.to_owned(), from: from.to_owned(), count: 1 }),
        }
    }
}

impl Index {
    /// What is known of each actor that anything refers to. Linear in the annotations and links of the project.
    pub fn actor_figures(&self) -> BTreeMap<ActorId, ActorFigures> {
        let mut figures: BTreeMap<ActorId, ActorFigures> = BTreeMap::new();
        let mut last: BTreeMap<ActorId, usize> = BTreeMap::new();
        for (number, (_, _, body)) in self.volumes().enumerate() {
            let mut note = |actor: ActorId, figures: &mut BTreeMap<ActorId, ActorFigures>| {
                if last.insert(actor, number) != Some(number) {
                    figures.entry(actor).or_default().documents += 1;
                }
            };
            for annotation in body.annotations() {
                if let Some(actor) = annotation.actor {
                    figures.entry(actor).or_default().mentions += 1;
                    note(actor, &mut figures);
                }
            }
            for relation in body.relations() {
                let from = body.annotation(relation.from);
                if let (Some(actor), Some(from)) = (actor_of(relation.to, body), from) {
                    figures.entry(actor).or_default().count_link(&relation.kind, &from.label);
                    note(actor, &mut figures);
                }
            }
        }
        figures
    }

    /// The passages of an actor: those that name it, and those that are linked to it or to a mention of it; of these
    /// `only` some.
    pub fn passages(&self, actor: ActorId, only: Option<&Only>, from: usize, most: usize) -> Found {
        let mut page = Page::new(from, most);
        let kind = if let Some(Only::Linked { kind, .. }) = only { Some(kind) } else { None };
        for (_, shelved, body) in self.volumes() {
            let leads = |link: &&Relation| {
                kind.is_none_or(|kind| *link.kind == **kind) && actor_of(link.to, body) == Some(actor)
            };
            let linked = order::set(body.relations().filter(leads).map(|link| link.from));
            let names = |annotation: &Annotation| annotation.actor == Some(actor);
            let speaks = |annotation: &&Annotation| match only {
                None => names(annotation) || linked.contains(&annotation.id),
                Some(Only::Mentions) => names(annotation),
                Some(Only::Linked { from, .. }) => {
                    *annotation.label == **from && linked.contains(&annotation.id)
                }
            };
            let speaking: Vec<&Annotation> = body.annotations().filter(speaks).collect();
            page.take(speaking.len(), |skip, wanted| {
                let shown = speaking.iter().skip(skip).take(wanted);
                shown.map(|annotation| self.hit(annotation, shelved, body)).collect()
            });
        }
        page.found
    }
}

/// The actor to which a link leads, by itself or by a mention.
pub(super) fn actor_of(target: Target, body: &Body) -> Option<ActorId> {
    match target {
        Target::Actor(actor) => Some(actor),
        Target::Annotation(id) => body.annotation(id)?.actor,
    }
}
