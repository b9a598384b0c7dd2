//! What becomes of what was annotated: for each document the changes of its records, and how many of which kind.

use std::collections::{BTreeMap, BTreeSet};

use super::definition::{is_empty, renamed};
use super::{AttributeOf, Fate, Revision, RevisionFault, Side};
use crate::model::{
    Annotation, AnnotationId, Attributes, Body, Change, Codebook, Extra, Key, Label, Relation, RelationType,
    Target, Timestamp, Value,
};

/// A revision worked out on a codebook.
#[derive(Clone, Debug)]
pub struct Plan<'r> {
    revision: &'r Revision,
    before: &'r Codebook,
    after: Codebook,
}

/// What a revision does to the records of documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    /// The changes, in an order in which they can be applied.
    pub changes: Vec<Change>,
    /// How many annotations become others.
    pub changed: usize,
    /// How many annotations go.
    pub deleted: usize,
    /// How many links become others.
    pub relinked: usize,
    /// How many links go.
    pub unlinked: usize,
    /// How many values are lost.
    pub cleared: usize,
    /// How many records forbid it.
    pub forbidding: usize,
}

/// What becomes of a record.
enum Becomes<T> {
    Same,
    Other(Box<T>),
    Gone,
    Forbidden,
}

impl Effect {
    /// Both together.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.changes.extend(other.changes);
        self.changed += other.changed;
        self.deleted += other.deleted;
        self.relinked += other.relinked;
        self.unlinked += other.unlinked;
        self.cleared += other.cleared;
        self.forbidding += other.forbidding;
        self
    }
}

impl Revision {
    /// Works out what becomes of a codebook.
    ///
    /// # Errors
    /// Where an entry is not there, or the codebook would have a fault that it does not have now.
    pub fn plan<'r>(&'r self, before: &'r Codebook) -> Result<Plan<'r>, RevisionFault> {
        Ok(Plan { after: self.codebook(before)?, revision: self, before })
    }
}

impl Plan<'_> {
    /// The codebook afterwards.
    pub const fn codebook(&self) -> &Codebook {
        &self.after
    }

    /// What becomes of what lies on a document. Whoever made an annotation stays who made it. Cost: O(n log n).
    pub fn effect(&self, body: &Body, at: Timestamp) -> Effect {
        let mut effect = Effect::default();
        let mut annotations = Vec::new();
        // What an annotation is called afterwards, where that changes; none where it goes.
        let mut labels: BTreeMap<AnnotationId, Option<Key>> = BTreeMap::new();
        for one in body.annotations() {
            match self.annotation(one, &mut effect) {
                Becomes::Same => {}
                Becomes::Forbidden => effect.forbidding += 1,
                Becomes::Gone => {
                    effect.deleted += 1;
                    labels.insert(one.id, None);
                    annotations.push(Change::remove(one.clone().into()));
                }
                Becomes::Other(mut after) => {
                    if after.label != one.label {
                        labels.insert(one.id, Some(after.label.clone()));
                    }
                    after.modified = at;
                    if let Some(change) = Change::replace(one.clone().into(), (*after).into()) {
                        effect.changed += 1;
                        annotations.push(change);
                    }
                }
            }
        }
        let mut links = Links { plan: self, body, labels: &labels, met: BTreeSet::new() };
        for one in body.relations() {
            match links.relation(one, &mut effect) {
                Becomes::Same => {}
                Becomes::Forbidden => effect.forbidding += 1,
                Becomes::Gone => {
                    effect.unlinked += 1;
                    effect.changes.push(Change::remove(one.clone().into()));
                }
                Becomes::Other(mut after) => {
                    after.modified = at;
                    if let Some(change) = Change::replace(one.clone().into(), (*after).into()) {
                        effect.relinked += 1;
                        effect.changes.push(change);
                    }
                }
            }
        }
        effect.changes.extend(annotations);
        effect
    }

    fn annotation(&self, one: &Annotation, effect: &mut Effect) -> Becomes<Annotation> {
        match self.revision {
            Revision::DeleteLabel { key, fate } if one.label == *key => match fate {
                Fate::Keep => Becomes::Forbidden,
                Fate::Delete => Becomes::Gone,
                Fate::Move(into) => match self.after.label(into) {
                    Some(label) => Becomes::Other(Box::new(self.relabelled(one, label, effect))),
                    None => Becomes::Forbidden,
                },
            },
            Revision::MergeLabels { from, into } if from.contains(&one.label) => {
                Becomes::Other(Box::new(Annotation { label: into.clone(), ..one.clone() }))
            }
            Revision::SplitLabel { key, new, chosen } if one.label == *key && chosen.contains(&one.id) => {
                // It was decided under the codebook as it becomes.
                let codebook_version = self.after.version;
                Becomes::Other(Box::new(Annotation {
                    label: new.key.clone(),
                    codebook_version,
                    ..one.clone()
                }))
            }
            Revision::Confirm(chosen) if chosen.contains(&one.id) => {
                Becomes::Other(Box::new(Annotation { codebook_version: self.after.version, ..one.clone() }))
            }
            _ => match self.attributes(Side::Annotations, &one.label, one.id.uuid(), &one.attributes, effect)
            {
                Becomes::Other(attributes) => {
                    let attributes = *attributes;
                    Becomes::Other(Box::new(Annotation { attributes, ..one.clone() }))
                }
                Becomes::Same | Becomes::Gone => Becomes::Same,
                Becomes::Forbidden => Becomes::Forbidden,
            },
        }
    }

    /// An annotation under another label, with what that label takes.
    fn relabelled(&self, one: &Annotation, label: &Label, effect: &mut Effect) -> Annotation {
        let mut after = Annotation { label: label.key.clone(), ..one.clone() };
        let own = self.before.label(&one.label);
        // Values of which the label that goes knew nothing either are none of its.
        after.attributes.retain(|key, value| {
            let asked = own.is_some_and(|own| own.attribute(key).is_some());
            !asked || label.attribute(key).is_some_and(|attribute| attribute.allows(value))
        });
        effect.cleared += one.attributes.len() - after.attributes.len();
        if !label.names_actor && after.actor.take().is_some() {
            effect.cleared += 1;
        }
        after
    }

    fn attributes(
        &self,
        side: Side,
        host: &Key,
        id: uuid::Uuid,
        values: &Attributes,
        effect: &mut Effect,
    ) -> Becomes<Attributes> {
        let value = |of: &AttributeOf| values.get(&of.key).filter(|_| of.side == side);
        let with = |key: &Key, value: Option<Value>| {
            let mut after = values.clone();
            match value {
                Some(value) => after.insert(key.clone(), value),
                None => after.remove(key),
            };
            Becomes::Other(Box::new(after))
        };
        match self.revision {
            Revision::Attribute { side: of, attribute, asked_by, clears } if *of == side => {
                let Some(value) = values.get(&attribute.key) else { return Becomes::Same };
                let fitted = attribute.kind.fit(value).filter(|_| asked_by.contains(host));
                match fitted {
                    Some(fitted) if fitted == *value => Becomes::Same,
                    Some(fitted) => with(&attribute.key, Some(fitted)),
                    None if !self.asked_before(side, host, &attribute.key, value) => Becomes::Same,
                    None if *clears => {
                        effect.cleared += 1;
                        with(&attribute.key, None)
                    }
                    None => Becomes::Forbidden,
                }
            }
            Revision::DeleteAttribute { of, clears } if value(of).is_some() => {
                if !clears {
                    return Becomes::Forbidden;
                }
                effect.cleared += 1;
                with(&of.key, None)
            }
            Revision::DeleteChoice { of, key, fate } => {
                let into = if let Fate::Move(into) = fate { Some(into) } else { None };
                let renamed = value(of).and_then(|value| renamed(value, std::slice::from_ref(key), into));
                match (renamed, fate) {
                    (None, _) => Becomes::Same,
                    (Some(_), Fate::Keep) => Becomes::Forbidden,
                    (Some(left), _) => {
                        effect.cleared += usize::from(into.is_none());
                        with(&of.key, Some(left).filter(|left| !is_empty(left)))
                    }
                }
            }
            Revision::MergeChoices { of, from, into } => {
                let merged = value(of).and_then(|value| renamed(value, from, Some(into)));
                merged.map_or(Becomes::Same, |merged| with(&of.key, Some(merged)))
            }
            Revision::SplitChoice { of, key, new, chosen } if chosen.contains(&id) => {
                let split =
                    value(of).and_then(|value| renamed(value, std::slice::from_ref(key), Some(&new.key)));
                split.map_or(Becomes::Same, |split| with(&of.key, Some(split)))
            }
            _ => Becomes::Same,
        }
    }

    /// Whether a value was one that the codebook asked for; what other tools left there is none of this.
    fn asked_before(&self, side: Side, host: &Key, key: &Key, value: &Value) -> bool {
        let attribute = match side {
            Side::Annotations => self.before.label(host).and_then(|label| label.attribute(key)),
            Side::Links => {
                let relation = self.before.relation(host);
                relation.and_then(|one| one.attributes.iter().find(|attribute| attribute.key == *key))
            }
        };
        attribute.is_some_and(|attribute| attribute.allows(value))
    }
}

/// The links of a document whose annotations become others.
struct Links<'p> {
    plan: &'p Plan<'p>,
    body: &'p Body,
    labels: &'p BTreeMap<AnnotationId, Option<Key>>,
    /// The links that there are or will be, as far as others may become like them.
    met: BTreeSet<(AnnotationId, Target)>,
}

impl Links<'_> {
    fn relation(&mut self, one: &Relation, effect: &mut Effect) -> Becomes<Relation> {
        let is_gone = |id: &AnnotationId| matches!(self.labels.get(id), Some(None));
        if is_gone(&one.from) || matches!(one.to, Target::Annotation(id) if is_gone(&id)) {
            return Becomes::Gone;
        }
        match self.plan.revision {
            Revision::DeleteLabel { .. } => self.after_relabelling(one),
            Revision::DeleteRelation { key, fate } if one.kind == *key => match fate {
                Fate::Keep => Becomes::Forbidden,
                Fate::Delete => Becomes::Gone,
                Fate::Move(into) => self.moved(one, into, true),
            },
            Revision::MergeRelations { from, into } if from.contains(&one.kind) => {
                self.moved(one, into, false)
            }
            Revision::Confirm(chosen) if chosen.contains(&one.from) => {
                let codebook_version = self.plan.after.version;
                Becomes::Other(Box::new(Relation { codebook_version, ..one.clone() }))
            }
            _ => {
                let id = one.id.uuid();
                match self.plan.attributes(Side::Links, &one.kind, id, &one.attributes, effect) {
                    Becomes::Other(attributes) => {
                        let attributes = *attributes;
                        Becomes::Other(Box::new(Relation { attributes, ..one.clone() }))
                    }
                    Becomes::Same | Becomes::Gone => Becomes::Same,
                    Becomes::Forbidden => Becomes::Forbidden,
                }
            }
        }
    }

    /// A link that its ends may no longer have goes; one that they could not have before either stays as it is.
    fn after_relabelling(&self, one: &Relation) -> Becomes<Relation> {
        let known = self.plan.before.relation(&one.kind).is_some();
        let ends = [Some(one.from), if let Target::Annotation(id) = one.to { Some(id) } else { None }];
        let touched = ends.into_iter().flatten().any(|id| self.labels.contains_key(&id));
        match self.plan.after.relation(&one.kind) {
            None if known => Becomes::Gone,
            Some(kind) if touched && !self.may_lead(kind, one) => Becomes::Gone,
            _ => Becomes::Same,
        }
    }

    fn moved(&mut self, one: &Relation, into: &Key, checks: bool) -> Becomes<Relation> {
        let Some(kind) = self.plan.after.relation(into) else { return Becomes::Forbidden };
        if checks && !self.may_lead(kind, one) {
            return Becomes::Gone;
        }
        // A second link between the same ends that says nothing more would only be counted twice.
        let is_there = self.body.from(one.from).any(|other| other.kind == *into && other.to == one.to);
        let is_bare = one.attributes.is_empty() && one.note.is_empty() && one.extra == Extra::default();
        let is_first = self.met.insert((one.from, one.to));
        if is_bare && (is_there || !is_first) {
            return Becomes::Gone;
        }
        Becomes::Other(Box::new(Relation { kind: into.clone(), ..one.clone() }))
    }

    fn may_lead(&self, kind: &RelationType, one: &Relation) -> bool {
        let label = |id: AnnotationId| match self.labels.get(&id) {
            Some(label) => label.clone(),
            None => self.body.annotation(id).map(|one| one.label.clone()),
        };
        label(one.from).is_some_and(|from| {
            kind.may_lead(&from, one.to, |target| match target {
                Target::Annotation(id) => label(id),
                Target::Actor(_) => None,
            })
        })
    }
}
