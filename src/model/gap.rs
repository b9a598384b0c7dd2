//! What is still open in what lies on a document, by the rules of the codebook: said where it is, never in the way.

use super::{Annotation, AnnotationId, Body, Codebook, Key, Label, RelationId, Target};

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
    /// It lies in none of those in which it may lie.
    NotInside,
    /// What its label or a value means was changed after it was made.
    Revised,
}

impl Codebook {
    /// What is open of all that lies on a document, in the order of the text. Linear in annotations and links.
    pub fn gaps(&self, body: &Body) -> Vec<(AnnotationId, Gap)> {
        let mut gaps = Vec::new();
        for annotation in body.annotations() {
            let mut found = Vec::new();
            match self.label(&annotation.label) {
                None => found.push(Gap::UnknownLabel),
                Some(label) => {
                    if label.names_actor && annotation.actor.is_none() {
                        found.push(Gap::NoActor);
                    }
                    self.gaps_of_values(annotation, label, &mut found);
                    if !is_inside(annotation, label, body) {
                        found.push(Gap::NotInside);
                    }
                }
            }
            self.gaps_of_links(annotation, body, &mut found);
            gaps.extend(found.into_iter().map(|gap| (annotation.id, gap)));
        }
        gaps
    }

    fn gaps_of_values(&self, annotation: &Annotation, label: &Label, found: &mut Vec<Gap>) {
        let mut revised = annotation.codebook_version < label.about.revised;
        for attribute in &label.attributes {
            match annotation.attributes.get(&attribute.key) {
                None if attribute.required => found.push(Gap::NoValue(attribute.key.clone())),
                None => {}
                Some(value) if !attribute.allows(value) => {
                    found.push(Gap::ValueNotAllowed(attribute.key.clone()));
                }
                Some(value) => {
                    revised |= annotation.codebook_version < attribute.about.revised;
                    let chosen = attribute.kind.choices().iter().filter(|choice| value.names(&choice.key));
                    revised |= chosen.into_iter().any(|one| annotation.codebook_version < one.about.revised);
                }
            }
        }
        if revised {
            found.push(Gap::Revised);
        }
    }

    fn gaps_of_links(&self, annotation: &Annotation, body: &Body, found: &mut Vec<Gap>) {
        for kind in self.relations.iter().filter(|kind| kind.from.contains(&annotation.label)) {
            let count = body.from(annotation.id).filter(|link| link.kind == kind.key).count();
            if count == 0 && kind.offered {
                found.push(Gap::NoLink(kind.key.clone()));
            }
            if 1 < count && !kind.several {
                found.push(Gap::SeveralLinks(kind.key.clone()));
            }
        }
        let label_of = |target| match target {
            Target::Annotation(id) => body.annotation(id).map(|one| one.label.clone()),
            Target::Actor(_) => None,
        };
        for link in body.from(annotation.id) {
            let allowed = self.relation(&link.kind);
            if !allowed.is_some_and(|kind| kind.may_lead(&annotation.label, link.to, label_of)) {
                found.push(Gap::LinkNotAllowed(link.id));
            }
        }
    }

    /// What is open, in words.
    pub fn gap_words(&self, gap: &Gap) -> String {
        let relation = |key: &Key| self.relation(key).map_or_else(|| key.to_string(), |one| one.name.clone());
        let attribute = |key: &Key| {
            let known = self.span_attributes();
            let known = known.iter().find(|one| one.key == *key);
            known.map_or_else(|| key.to_string(), |one| one.name.clone())
        };
        match gap {
            Gap::UnknownLabel => "its label is not in the codebook".to_owned(),
            Gap::NoActor => "no actor".to_owned(),
            Gap::NoLink(key) => format!("not “{}” anybody", relation(key)),
            Gap::SeveralLinks(key) => format!("“{}” more than once", relation(key)),
            Gap::LinkNotAllowed(_) => "a link that the codebook does not allow".to_owned(),
            Gap::NoValue(key) => format!("“{}” is missing", attribute(key)),
            Gap::ValueNotAllowed(key) => format!("“{}” has a value that the codebook lacks", attribute(key)),
            Gap::NotInside => "it lies outside of where it may lie".to_owned(),
            Gap::Revised => "made before the codebook changed what it means".to_owned(),
        }
    }
}

/// Whether an annotation lies where its label may lie.
fn is_inside(annotation: &Annotation, label: &Label, body: &Body) -> bool {
    label.inside.is_empty() || {
        let place = annotation.fragments.envelope();
        let around = body.overlapping(place).into_iter().filter_map(|(_, id)| body.annotation(id));
        around.into_iter().any(|other| {
            other.id != annotation.id
                && label.inside.contains(&other.label)
                && other.fragments.envelope().contains_span(place)
        })
    }
}
