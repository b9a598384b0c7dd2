//! The annotations and relations of one document, found by id, by place and by link.
//! The order is that of the text: by start, then end, then id.

use std::collections::{BTreeMap, BTreeSet};

use super::{Annotation, AnnotationId, IntervalIndex, Relation, RelationId, Target};
use crate::text::{Offset, Span, order};

/// All annotations and relations of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    annotations: BTreeMap<AnnotationId, Annotation>,
    relations: BTreeMap<RelationId, Relation>,
    fragments: IntervalIndex<AnnotationId>,
    /// Envelope and id in the order of the text.
    order: Vec<(Span, AnnotationId)>,
    outgoing: BTreeSet<(AnnotationId, RelationId)>,
    incoming: BTreeSet<(Target, RelationId)>,
}

impl Body {
    /// A body of these records. Cost: O(n log n).
    pub fn new(
        annotations: impl IntoIterator<Item = Annotation>,
        relations: impl IntoIterator<Item = Relation>,
    ) -> Self {
        let annotations = order::map(annotations.into_iter().map(|annotation| (annotation.id, annotation)));
        let fragments = IntervalIndex::new(
            annotations.values().flat_map(|one| one.fragments.iter().map(|span| (span, one.id))),
        );
        let mut in_order: Vec<_> =
            annotations.values().map(|annotation| (annotation.fragments.envelope(), annotation.id)).collect();
        order::sort(&mut in_order);
        let mut body = Self { annotations, fragments, order: in_order, ..Self::default() };
        for relation in relations {
            body.put_relation(relation);
        }
        body
    }

    /// How many annotations there are.
    pub fn annotation_count(&self) -> usize {
        self.annotations.len()
    }

    /// How many relations there are.
    pub fn relation_count(&self) -> usize {
        self.relations.len()
    }

    /// The annotation of that id.
    pub fn annotation(&self, id: AnnotationId) -> Option<&Annotation> {
        self.annotations.get(&id)
    }

    /// The relation of that id.
    pub fn relation(&self, id: RelationId) -> Option<&Relation> {
        self.relations.get(&id)
    }

    /// The annotations in the order of the text.
    pub fn annotations(&self) -> impl DoubleEndedIterator<Item = &Annotation> {
        self.order.iter().filter_map(|(_, id)| self.annotations.get(id))
    }

    /// Envelope and id of each annotation in the order of the text.
    pub fn order(&self) -> &[(Span, AnnotationId)] {
        &self.order
    }

    /// The place of an annotation in [`Body::order`]. Cost: O(log n).
    pub fn rank(&self, id: AnnotationId) -> Option<usize> {
        let annotation = self.annotations.get(&id)?;
        self.order.binary_search(&(annotation.fragments.envelope(), id)).ok()
    }

    /// The relations by id.
    pub fn relations(&self) -> impl Iterator<Item = &Relation> {
        self.relations.values()
    }

    /// The relations that start from an annotation.
    pub fn from(&self, id: AnnotationId) -> impl Iterator<Item = &Relation> {
        let all = (id, RelationId::new(uuid::Uuid::nil()))..=(id, RelationId::new(uuid::Uuid::max()));
        self.outgoing.range(all).filter_map(|(_, relation)| self.relations.get(relation))
    }

    /// The relations that lead to a target.
    pub fn to(&self, target: Target) -> impl Iterator<Item = &Relation> {
        let all = (target, RelationId::new(uuid::Uuid::nil()))..=(target, RelationId::new(uuid::Uuid::max()));
        self.incoming.range(all).filter_map(|(_, relation)| self.relations.get(relation))
    }

    /// The fragments that share a character with the span, with their annotations, by start. Cost: O(log n + hits).
    pub fn overlapping(&self, span: Span) -> Vec<(Span, AnnotationId)> {
        self.fragments.overlapping(span)
    }

    /// The annotations that hold the character at an offset, the shortest first.
    pub fn at(&self, offset: Offset) -> Vec<AnnotationId> {
        let mut found = self.fragments.at(offset);
        order::sort_by_key(&mut found, |(span, id)| (span.len(), *id));
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// Adds an annotation or replaces the one of the same id, which is given back.
    pub(crate) fn put_annotation(&mut self, annotation: Annotation) -> Option<Annotation> {
        let before = self.take_annotation(annotation.id);
        for span in annotation.fragments.iter() {
            self.fragments.insert(span, annotation.id);
        }
        let entry = (annotation.fragments.envelope(), annotation.id);
        let at = self.order.partition_point(|other| *other < entry);
        self.order.insert(at, entry);
        self.annotations.insert(annotation.id, annotation);
        before
    }

    /// Takes an annotation away. Its relations stay: an edit removes them by name.
    pub(crate) fn take_annotation(&mut self, id: AnnotationId) -> Option<Annotation> {
        let annotation = self.annotations.remove(&id)?;
        for span in annotation.fragments.iter() {
            self.fragments.remove(span, id);
        }
        if let Ok(at) = self.order.binary_search(&(annotation.fragments.envelope(), id)) {
            self.order.remove(at);
        }
        Some(annotation)
    }

    pub(crate) fn put_relation(&mut self, relation: Relation) -> Option<Relation> {
        let before = self.take_relation(relation.id);
        self.outgoing.insert((relation.from, relation.id));
        self.incoming.insert((relation.to, relation.id));
        self.relations.insert(relation.id, relation);
        before
    }

    pub(crate) fn take_relation(&mut self, id: RelationId) -> Option<Relation> {
        let relation = self.relations.remove(&id)?;
        self.outgoing.remove(&(relation.from, id));
        self.incoming.remove(&(relation.to, id));
        Some(relation)
    }
}
