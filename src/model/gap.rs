//! What is still open in what lies on a document, by the rules of the codebook: said where it is, never in the way.

use super::{
    Annotation, AnnotationId, Attribute, Attributes, Body, Codebook, Key, Relation, RelationId, RelationType,
    Target,
};
use crate::text::Span;

/// Something that is not as the codebook asks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// The codebook has no such label.
    UnknownLabel,
    /// The label names actors, and nobody is named.
    NoActor,
    /// A link of this type is asked for, and there is none.
    NoLink(Key),
    /// There is more than one link of a type of which one is allowed.
    SeveralLinks(Key),
    /// A link that the codebook does not allow.
    LinkNotAllowed(RelationId),
    /// A value is asked for, and there is none.
    NoValue(Key),
    /// A value that the codebook does not allow.
    ValueNotAllowed(Key),
    /// A link that starts from it lacks a value that is asked for, or has one that is not allowed.
    LinkValue(RelationId, Key),
    /// It lies in an annotation of this label, where it may not lie.
    WrongPlace(Key),
    /// Another annotation says the same of the same passage.
    Twice,
    /// What its label or a value means was changed after it was made, or what a link that starts from it means.
    Revised,
}

impl Codebook {
    /// What is open of all that lies on a document, in the order of the text. Cost: O(n log n) for n annotations and
    /// links, and their overlaps.
    pub fn gaps(&self, body: &Body) -> Vec<(AnnotationId, Gap)> {
        let mut gaps = Vec::new();
        for one in body.annotations() {
            let mut open = |gap| gaps.push((one.id, gap));
            self.check_annotation(body, one, &mut open);
            for link in body.from(one.id) {
                self.check_link(body, one, link, &mut open);
            }
            let is_revised = self.outdated(one).is_some()
                || body.from(one.id).any(|link| self.outdated_link(link).is_some());
            if is_revised {
                open(Gap::Revised);
            }
        }
        gaps
    }

    /// What is open, in words.
    pub fn gap_words(&self, gap: &Gap) -> String {
        let label = |key: &Key| self.label(key).map_or_else(|| key.to_string(), |one| one.name.clone());
        let relation = |key: &Key| self.relation(key).map_or_else(|| key.to_string(), |one| one.name.clone());
        let attribute = |known: Vec<&Attribute>, key: &Key| {
            let known = known.iter().find(|one| one.key == *key);
            known.map_or_else(|| key.to_string(), |one| one.name.clone())
        };
        match gap {
            Gap::UnknownLabel => "its label is not in the codebook".to_owned(),
            Gap::NoActor => "no actor".to_owned(),
            Gap::NoLink(key) => format!("not “{}” anybody", relation(key)),
            Gap::SeveralLinks(key) => format!("“{}” more than once", relation(key)),
            Gap::LinkNotAllowed(_) => "a link that the codebook does not allow".to_owned(),
            Gap::NoValue(key) => format!("“{}” is missing", attribute(self.span_attributes(), key)),
            Gap::ValueNotAllowed(key) => {
                format!("“{}” has a value that the codebook lacks", attribute(self.span_attributes(), key))
            }
            Gap::LinkValue(_, key) => {
                let name = attribute(self.relation_attributes(), key);
                format!("“{name}” of a link is missing or has a value that the codebook lacks")
            }
            Gap::WrongPlace(key) => format!("it lies in “{}”, where it may not lie", label(key)),
            Gap::Twice => "the same passage carries the label twice".to_owned(),
            Gap::Revised => "made before the codebook changed what it means".to_owned(),
        }
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

    fn check_annotation(&self, body: &Body, one: &Annotation, open: &mut impl FnMut(Gap)) {
        let Some(label) = self.label(&one.label) else { return open(Gap::UnknownLabel) };
        if label.names_actor && one.actor.is_none() {
            open(Gap::NoActor);
        }
        for kind in self.relations.iter().filter(|kind| kind.from.contains(&label.key)) {
            let links = body.from(one.id).filter(|link| link.kind == kind.key).count();
            if kind.offered && links == 0 {
                open(Gap::NoLink(kind.key.clone()));
            }
            if !kind.several && 1 < links {
                open(Gap::SeveralLinks(kind.key.clone()));
            }
        }
        check_values(&label.attributes, &one.attributes, |key, is_missing| {
            open(if is_missing { Gap::NoValue(key) } else { Gap::ValueNotAllowed(key) });
        });
        self.check_place(body, one, &label.inside, open);
    }

    fn check_place(&self, body: &Body, one: &Annotation, inside: &[Key], open: &mut impl FnMut(Gap)) {
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
            open(Gap::Twice);
        }
        for other in around.into_iter().filter(|other| self.label(&other.label).is_some()) {
            open(Gap::WrongPlace(other.label.clone()));
        }
    }

    fn check_link(&self, body: &Body, from: &Annotation, link: &Relation, open: &mut impl FnMut(Gap)) {
        let Some(kind) = self.relation(&link.kind) else { return open(Gap::LinkNotAllowed(link.id)) };
        if !may_lead(kind, from, link, body) {
            open(Gap::LinkNotAllowed(link.id));
        }
        check_values(&kind.attributes, &link.attributes, |key, _| open(Gap::LinkValue(link.id, key)));
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
        for choice in attribute.kind.choices().iter().filter(|choice| made < choice.about.revised) {
            if value.names(&choice.key) {
                last = last.max(choice.about.revised);
            }
        }
    }
    (made < last).then_some(last)
}
