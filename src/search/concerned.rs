//! The records that a change of the registry or the codebook concerns, wherever they lie.

use std::collections::BTreeSet;

use super::index::Index;
use crate::model::{ActorId, Annotation, AnnotationId, Body, Key, Record, Relation, Target};

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Concern {
    /// Everything that refers to one of these actors.
    Actors(Vec<ActorId>),
    /// The links that lead to one of these actors themselves.
    Links(Vec<ActorId>),
    /// The annotations of a label.
    Label(Key),
    /// The relations of a type.
    Relation(Key),
    /// The annotations that have a value for an attribute.
    Attribute(Key),
    /// These annotations.
    Annotations(Vec<AnnotationId>),
}

impl Index {
    /// The records that are concerned, document by document. With `links` the relations from and to the annotations
    /// among them are there too. Linear in the annotations and links of the project.
    pub fn concerned(&self, concern: &Concern, links: bool) -> Vec<Record> {
        let wanted = Wanted::of(concern);
        let mut records = Vec::new();
        for (_, _, body) in self.volumes() {
            let annotations: Vec<&Annotation> =
                body.annotations().filter(|annotation| wanted.annotation(annotation)).collect();
            let chosen: BTreeSet<AnnotationId> = if links {
                annotations.iter().map(|annotation| annotation.id).collect()
            } else {
                BTreeSet::new()
            };
            let relations = body.relations().filter(|relation| {
                wanted.relation(relation) || !chosen.is_empty() && touches(relation, &chosen)
            });
            records.extend(relations.cloned().map(Record::from));
            records.extend(annotations.into_iter().cloned().map(Record::from));
        }
        records
    }

    /// What lies on a document.
    pub fn body(&self, document: crate::model::DocumentId) -> Option<&Body> {
        self.state.body(document)
    }
}

fn touches(relation: &Relation, chosen: &BTreeSet<AnnotationId>) -> bool {
    let to = match relation.to {
        Target::Annotation(id) => chosen.contains(&id),
        Target::Actor(_) => false,
    };
    to || chosen.contains(&relation.from)
}

/// The like, ready to be asked often.
enum Wanted<'c> {
    Actors(BTreeSet<ActorId>),
    Links(BTreeSet<ActorId>),
    Label(&'c Key),
    Relation(&'c Key),
    Attribute(&'c Key),
    Annotations(BTreeSet<AnnotationId>),
}

impl<'c> Wanted<'c> {
    fn of(concern: &'c Concern) -> Self {
        match concern {
            Concern::Actors(actors) => Self::Actors(actors.iter().copied().collect()),
            Concern::Links(actors) => Self::Links(actors.iter().copied().collect()),
            Concern::Label(key) => Self::Label(key),
            Concern::Relation(key) => Self::Relation(key),
            Concern::Attribute(key) => Self::Attribute(key),
            Concern::Annotations(ids) => Self::Annotations(ids.iter().copied().collect()),
        }
    }

    fn annotation(&self, annotation: &Annotation) -> bool {
        match self {
            Self::Actors(actors) => annotation.actor.is_some_and(|actor| actors.contains(&actor)),
            Self::Label(label) => annotation.label == **label,
            Self::Attribute(key) => annotation.attributes.contains_key(*key),
            Self::Annotations(ids) => ids.contains(&annotation.id),
            Self::Relation(_) | Self::Links(_) => false,
        }
    }

    fn relation(&self, relation: &Relation) -> bool {
        match self {
            Self::Actors(actors) | Self::Links(actors) => {
                matches!(relation.to, Target::Actor(actor) if actors.contains(&actor))
            }
            Self::Relation(kind) => relation.kind == **kind,
            Self::Attribute(key) => relation.attributes.contains_key(*key),
            Self::Label(_) | Self::Annotations(_) => false,
        }
    }
}
