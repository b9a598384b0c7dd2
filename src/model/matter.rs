//! What is open in a document: where it breaks a rule of the codebook, and what was annotated before an entry's meaning
//! was changed. Rules never block: they are checked on what is there, and what breaks one is listed.

use super::{
    Annotation, AnnotationId, Attribute, Attributes, Body, Codebook, Key, Relation, RelationId, RelationType,
    Target, Value,
};
use crate::text::Span;

/// Something that is open at an annotation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// The codebook does not have its label.
    UnknownLabel,
    /// Its label names actors, and it names none.
    NoActor,
    /// It has no link of a type that is offered for its label.
    NoLink(Key),
    /// It has no value of an attribute that is required.
    NoValue(Key),
    /// It has a value that its attribute does not take.
    WrongValue(Key),
    /// It lies in an annotation of a label in which it may not lie.
    WrongPlace(Key),
    /// Another annotation says the same of the same passage.
    Twice,
    /// It has several links of a type that one may have once.
    SeveralLinks(Key),
    /// A link that starts from it is of no type that the codebook has.
    UnknownLink(RelationId),
    /// A link that starts from it may not lead there.
    WrongLink(RelationId),
    /// A link that starts from it lacks a required value or has one that is not taken.
    WrongLinkValue(RelationId, Key),
    /// It was made before this version changed the meaning of its label or a value of its.
    Outdated(u32),
    /// A link that starts from it was made before this version changed the meaning of its type or a value of its.
    OutdatedLink(RelationId, u32),
}

impl Codebook {
    /// All that is open in a document, in the order of its text. Cost: O(n log n) for n annotations and links, and for
    /// labels that may lie in some others only, their overlaps.
    pub fn open_matters(&self, body: &Body) -> Vec<(AnnotationId, Matter)> {
        let mut matters = Vec::new();
        for one in body.annotations() {
            let mut open = |matter| matters.push((one.id, matter));
            self.check_annotation(body, one, &mut open);
            for link in body.from(one.id) {
                self.check_link(body, one, link, &mut open);
            }
        }
        matters
    }

    /// The last version that changed the meaning of something that an annotation says, where it was made before.
    pub fn outdated(&self, one: &Annotation) -> Option<u32> {
        let label = self.label(&one.label)?;
        last_revised(label.about.revised, &label.attributes, &one.attributes, one.codebook_version)
    }

    /// The like for a link.
    pub fn outdated_link(&self, one: &Relation) -> Option<u32> {
        let kind = self.relation(&one.kind)?;
        last_revised(kind.about.revised, &kind.attributes, &one.attributes, one.codebook_version)
    }

    fn check_annotation(&self, body: &Body, one: &Annotation, open: &mut impl FnMut(Matter)) {
        let Some(label) = self.label(&one.label) else { return open(Matter::UnknownLabel) };
        if label.names_actor && one.actor.is_none() {
            open(Matter::NoActor);
        }
        for kind in self.relations.iter().filter(|kind| kind.from.contains(&label.key)) {
            let links = body.from(one.id).filter(|link| link.kind == kind.key).count();
            if kind.offered && links == 0 {
                open(Matter::NoLink(kind.key.clone()));
            }
            if !kind.several && 1 < links {
                open(Matter::SeveralLinks(kind.key.clone()));
            }
        }
        check_values(&label.attributes, &one.attributes, |key, is_missing| {
            open(if is_missing { Matter::NoValue(key) } else { Matter::WrongValue(key) });
        });
        self.check_place(body, one, &label.inside, open);
        if let Some(version) = self.outdated(one) {
            open(Matter::Outdated(version));
        }
    }

    fn check_place(&self, body: &Body, one: &Annotation, inside: &[Key], open: &mut impl FnMut(Matter)) {
        let mut around: Vec<&Annotation> = Vec::new();
        let mut is_twice = false;
        for (_, id) in body.overlapping(one.fragments.envelope()) {
            let Some(other) = body.annotation(id).filter(|other| other.id != one.id) else { continue };
            is_twice |=
                other.label == one.label && other.fragments == one.fragments && other.actor == one.actor;
            let is_around = !inside.is_empty() && other.fragments != one.fragments && covers(other, one);
            if is_around
                && !inside.contains(&other.label)
                && !around.iter().any(|met| met.label == other.label)
            {
                around.push(other);
            }
        }
        if is_twice {
            open(Matter::Twice);
        }
        for other in around.into_iter().filter(|other| self.label(&other.label).is_some()) {
            open(Matter::WrongPlace(other.label.clone()));
        }
    }

    fn check_link(&self, body: &Body, from: &Annotation, link: &Relation, open: &mut impl FnMut(Matter)) {
        let Some(kind) = self.relation(&link.kind) else { return open(Matter::UnknownLink(link.id)) };
        if !may_lead(kind, from, link, body) {
            open(Matter::WrongLink(link.id));
        }
        check_values(&kind.attributes, &link.attributes, |key, _| open(Matter::WrongLinkValue(link.id, key)));
        if let Some(version) = self.outdated_link(link) {
            open(Matter::OutdatedLink(link.id, version));
        }
    }
}

fn may_lead(kind: &RelationType, from: &Annotation, link: &Relation, body: &Body) -> bool {
    kind.may_lead(&from.label, link.to, |target| match target {
        Target::Annotation(id) => body.annotation(id).map(|to| to.label.clone()),
        Target::Actor(_) => None,
    })
}

fn check_values(asked: &[Attribute], values: &Attributes, mut open: impl FnMut(Key, bool)) {
    for attribute in asked {
        match values.get(&attribute.key) {
            None if attribute.required => open(attribute.key.clone(), true),
            Some(value) if !attribute.allows(value) => open(attribute.key.clone(), false),
            _ => {}
        }
    }
}

fn covers(outer: &Annotation, inner: &Annotation) -> bool {
    let holds = |outer: Span, inner: Span| outer.start() <= inner.start() && inner.end() <= outer.end();
    inner.fragments.iter().all(|part| outer.fragments.iter().any(|whole| holds(whole, part)))
}

fn last_revised(own: u32, asked: &[Attribute], values: &Attributes, made: u32) -> Option<u32> {
    let mut last = own;
    for attribute in asked {
        let Some(value) = values.get(&attribute.key) else { continue };
        last = last.max(attribute.about.revised);
        let is_chosen = |key: &str| match value {
            Value::Text(text) => text == key,
            Value::Several(keys) => keys.iter().any(|one| one == key),
            Value::Flag(_) | Value::Number(_) => false,
        };
        for choice in attribute.kind.choices().iter().filter(|choice| made < choice.about.revised) {
            if is_chosen(&choice.key) {
                last = last.max(choice.about.revised);
            }
        }
    }
    (made < last).then_some(last)
}
