//! The annotations and relations of one document, found by id, by place and by link.
//! The order is that of the text: by start, then end, then id.

use std::collections::BTreeMap;

use super::{Annotation, AnnotationId, IntervalIndex, Relation, RelationId, Target};
use crate::text::{Offset, Span, order};

/// All annotations and relations of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Body {
    // Records in boxes: maps whose values have one size share their code in the bundle.
    annotations: BTreeMap<AnnotationId, Box<Annotation>>,
    relations: BTreeMap<RelationId, Box<Relation>>,
    fragments: IntervalIndex<AnnotationId>,
    /// Envelope and id in the order of the text.
    order: Vec<(Span, AnnotationId)>,
    /// The links by where they start and by where they lead, sorted.
    outgoing: Vec<(AnnotationId, RelationId)>,
    incoming: Vec<(Target, RelationId)>,
}

impl Body {
    /// A body of these records. Cost: O(n log n).
    pub fn new(
        annotations: impl IntoIterator<Item = Annotation>,
        relations: impl IntoIterator<Item = Relation>,
    ) -> Self {
        let annotations =
            order::map(annotations.into_iter().map(|annotation| (annotation.id, Box::new(annotation))));
        let relations = order::map(relations.into_iter().map(|relation| (relation.id, Box::new(relation))));
        let fragments = IntervalIndex::new(
            annotations.values().flat_map(|one| one.fragments.iter().map(|span| (span, one.id))),
        );
        let mut in_order: Vec<_> =
            annotations.values().map(|annotation| (annotation.fragments.envelope(), annotation.id)).collect();
        order::sort(&mut in_order);
        let mut outgoing: Vec<_> = relations.values().map(|relation| (relation.from, relation.id)).collect();
        order::sort(&mut outgoing);
        let mut incoming: Vec<_> = relations.values().map(|relation| (relation.to, relation.id)).collect();
        order::sort(&mut incoming);
        Self { annotations, relations, fragments, order: in_order, outgoing, incoming }
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
        self.annotations.get(&id).map(Box::as_ref)
    }

    /// The relation of that id.
    pub fn relation(&self, id: RelationId) -> Option<&Relation> {
        self.relations.get(&id).map(Box::as_ref)
    }

    /// The annotations in the order of the text.
    pub fn annotations(&self) -> impl DoubleEndedIterator<Item = &Annotation> {
        self.order.iter().filter_map(|(_, id)| self.annotation(*id))
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
        self.relations.values().map(Box::as_ref)
    }

    /// The relations that start from an annotation.
    pub fn from(&self, id: AnnotationId) -> impl Iterator<Item = &Relation> {
        let first = self.outgoing.partition_point(|(from, _)| *from < id);
        let all = self.outgoing.iter().skip(first).take_while(move |(from, _)| *from == id);
        all.filter_map(|(_, relation)| self.relation(*relation))
    }

    /// The relations that lead to a target.
    pub fn to(&self, target: Target) -> impl Iterator<Item = &Relation> {
        let first = self.incoming.partition_point(|(to, _)| *to < target);
        let all = self.incoming.iter().skip(first).take_while(move |(to, _)| *to == target);
        all.filter_map(|(_, relation)| self.relation(*relation))
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
        order::put(&mut self.order, (annotation.fragments.envelope(), annotation.id));
        self.annotations.insert(annotation.id, Box::new(annotation));
        before
    }

    /// Takes an annotation away. Its relations stay: an edit removes them by name.
    pub(crate) fn take_annotation(&mut self, id: AnnotationId) -> Option<Annotation> {
        let annotation = self.annotations.remove(&id)?;
        for span in annotation.fragments.iter() {
            self.fragments.remove(span, id);
        }
        order::take(&mut self.order, &(annotation.fragments.envelope(), id));
        Some(*annotation)
    }

    pub(crate) fn put_relation(&mut self, relation: Relation) -> Option<Relation> {
        let before = self.take_relation(relation.id);
        order::put(&mut self.outgoing, (relation.from, relation.id));
        order::put(&mut self.incoming, (relation.to, relation.id));
        self.relations.insert(relation.id, Box::new(relation));
        before
    }

    pub(crate) fn take_relation(&mut self, id: RelationId) -> Option<Relation> {
        let relation = self.relations.remove(&id)?;
        order::take(&mut self.outgoing, &(relation.from, id));
        order::take(&mut self.incoming, &(relation.to, id));
        Some(*relation)
    }
}
